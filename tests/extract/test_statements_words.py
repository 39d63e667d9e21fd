"""The words of a statement stand for themselves: with the verb that gives them sense, without outer marks."""

import pytest

from kg.extract.pipeline import document, extract
from kg.loaders.document import records
from kg.records import Statement

META = {"published": "2024-03-05", "publisher": "Daily Ledger"}
LEAD = "Talks in Oslo\n\nNorwegian Prime Minister Jonas Store met Japanese Prime Minister Fumio Kishida on Monday. "


def words(text: str) -> list[str]:
    """The words of each statement as they are recorded."""
    found = extract(LEAD + text, document(LEAD + text, META))
    written = records(found, "https://w3id.org/bilateral/source/x")
    return [r.text for r in written if isinstance(r, Statement)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway welcomed the accord on salmon.", "welcomed the accord on salmon"),
        ("Store raised the detention of two sailors.", "raised the detention of two sailors"),
        ("Kishida accepted an invitation to visit Bergen.", "accepted an invitation to visit Bergen"),
        ("Norway agreed to reopen the consulate.", "agreed to reopen the consulate"),
        ("Norway denied that it would build ferries.", "denied that it would build ferries"),
        ("Norway does not recognise the claim.", "does not recognise the claim"),
        ("Norway refused to accept the claim.", "refused to accept the claim"),
        ("Store would welcome a visit by the emperor.", "would welcome a visit by the emperor"),
        ("Norway confirmed the sale of two ferries.", "confirmed the sale of two ferries"),
        ("Norway is not willing to sign the accord.", "is not willing to sign the accord"),
        ("The need for patience was stressed by Norway.", "The need for patience was stressed"),
        ("Norway praised the accord and called for more.", "praised the accord and called for more"),
        # what stands for itself without the verb of saying
        ("Norway said the port was open.", "the port was open"),
        ("Norway confirmed that two ferries were sold.", "two ferries were sold"),
    ],
)
def test_the_verb_stands_with_what_it_gives_sense_to(text: str, expected: str) -> None:
    assert words(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The harbour is open to all," Store said.', ["The harbour is open to all"]),
        ("“The harbour is open to all,” Store said.", ["The harbour is open to all"]),
        ('Store said: "The harbour is open to all."', ["The harbour is open to all."]),
        (
            '"It is open," Store said. "It stays so. Nobody will close it."',
            ["It is open", "It stays so.", "Nobody will close it."],
        ),
        ('Kishida called the harbour "a gift".', ['called the harbour "a gift"']),
    ],
)
def test_marks_around_a_quotation_are_left_out_and_those_within_stay(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_the_span_is_still_that_of_the_clause() -> None:
    text = LEAD + "Norway welcomed the accord on salmon."
    (said,) = extract(text, META).to_json()["statements"]
    assert text[slice(*said["span"])] == "the accord on salmon"
    assert text[slice(*said["words"])] == "welcomed the accord on salmon"
