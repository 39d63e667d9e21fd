"""Letters, numbers and days that no answer may stumble over."""

import time
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg import iris, records
from kg.errors import RecordError
from kg.iris import XSD
from kg.questions.run import _plain
from kg.questions.wording import differing, quantities


@pytest.mark.parametrize("text", ["buy ſix vans", "buy sıx vans", "pay fıve euros", "pay SİX euros", "pay 5 uſd"])
def test_letters_that_patterns_take_for_others_are_read_as_those(text: str) -> None:
    (found,) = quantities(text)
    assert found.low is not None


def test_endless_digits_are_no_figure() -> None:
    assert not quantities("buy " + "9" * 5000 + " vans")


@pytest.mark.parametrize("text", ["buy 5 vans and ", "from 5 x ", "five ", "1" + " " * 20])
def test_many_figures_are_read_in_time_that_grows_with_the_text(text: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        quantities(text * count)
        return time.process_time() - begin

    assert min(seconds(4000) for _ in range(3)) < 2


def test_tables_of_figures_are_not_compared() -> None:
    one, other = (", ".join(f"{n} vans" for n in range(start, start + 400)) for start in (1000, 5000))
    begin = time.process_time()
    assert differing(one, other) is None
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("9" * 5000, "decimal"), ("2030-13-45", "date"), ("-0005-01-01", "date"), ("many", "decimal"), ("7", "integer")],
)
def test_values_of_foreign_rdf_are_taken_or_passed_over(text: str, datatype: str) -> None:
    found = _plain(ox.Literal(text, datatype=ox.NamedNode(XSD + datatype)))
    assert [len(str(value)) < 6000 for value in found] == [True] * (text[0] in "79")


@pytest.mark.parametrize("value", ["1e999999999", "1e5000", "1e20", "-1e20", "1e-19"])
def test_figures_with_more_digits_than_can_be_computed_with_are_refused(value: str) -> None:
    with pytest.raises(RecordError, match="digits"):
        records.TradeFlow(
            iri=iris.owned("flow", "a", "1"),
            exporter=iris.actor("BRA"),
            importer=iris.actor("IDN"),
            value=Decimal(value),
            currency="USD",
        )
