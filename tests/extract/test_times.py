"""Times as a text tells them, against a publication on Wednesday 26 April 2017."""

import pytest

from kg.extract.dates import find
from kg.extract.nlp import parse, sentences
from kg.extract.pipeline import document, extract

DAY = "2017-04-26"


def times(text: str, published: str | None = DAY) -> list[str | None]:
    doc = document(text, {"published": published} if published else {})
    return [d.edtf for d in find(doc, sentences(parse(doc)))]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They will meet from 19 - 25 May 2018.", "2018-05-19/2018-05-25"),
        ("She will stay from 30 September to 1 October.", "2017-09-30/2017-10-01"),
        ("They met on April 7.", "2017-04-07"),
        ("They met on January 12, 2016.", "2016-01-12"),
        ("They met last October.", "2016-10"),
        ("They met on Friday.", "2017-04-21"),
        ("They will meet on Friday.", "2017-04-28"),
        ("They met yesterday.", "2017-04-25"),
        ("He will travel next month.", "2017-05"),
        ("It will be held this year.", "2017"),
        ("It will be held in the latter half of 2018.", "2018-07/2018-12"),
        ("It will be held in the second half of the year.", "2017-07/2017-12"),
        ("They spoke last week.", "2017-04-17/2017-04-23"),
        ("Talks were held in November 2014.", "2014-11"),
        ("It began in August of last year.", "2016-08"),
        ("They spoke three weeks ago.", "2017-04-03/2017-04-09"),
        ("It opens in summer 2019.", "2019-06/2019-08"),
        ("Their December meeting was long.", "2016-12"),
    ],
)
def test_a_time_is_as_precise_as_the_words(text: str, edtf: str) -> None:
    assert times(text) == [edtf]


@pytest.mark.parametrize("text", ["It cost $2011.", "It may 4 times fail.", "It rose by 1,990 tons.", "In the 1990s."])
def test_numbers_are_no_years(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize("published", [None, "2017", "garbage"])
def test_without_the_day_of_publication_relative_times_stay_open(published: str | None) -> None:
    assert times("They met on Friday.", published) == [None]
    assert times("They met on 7 April 2016.", published) == ["2016-04-07"]


def test_an_open_time_is_a_warning_that_names_the_option() -> None:
    warnings = extract("Chile and Norway met on Friday.").warnings
    assert len(warnings) == 1
    assert "--published" in warnings[0]
    assert not extract("Chile and Norway met on Friday.", {"published": DAY}).warnings
