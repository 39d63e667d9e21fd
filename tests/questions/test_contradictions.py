"""What clashes between two sources is told, with what differs; what only looks like it is not."""

from collections.abc import Iterator

import pytest

from kg.graph import Graph
from kg.project import Project
from kg.questions import ask
from tests.questions.conftest import load
from tests.questions.disagreeing import TWO, disagreeing
from tests.questions.rows import cells, keys


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    project = Project.init(tmp_path_factory.mktemp("clash"))
    load(project, disagreeing())
    with project.reading() as found:
        yield found


def told(graph: Graph, what: str) -> list[tuple[object, ...]]:
    rows = [row for row in ask(graph, "contradictions", **TWO) if row["what"] == what]
    return cells(rows, "by", "one", "other")


def test_everything_that_clashes_and_no_more(graph: Graph) -> None:
    assert sorted(cells(ask(graph, "contradictions", **TWO), "what")) == [
        "denial", "denial", "due time", "number", "rate", "stance", "start of office",
    ]  # fmt: skip


def test_a_rate_of_one_committer_and_never_of_two(graph: Graph) -> None:
    """Brazil's duty on palm oil and Indonesia's on sugar are of one meeting and sector, and agree."""
    assert told(graph, "rate") == [(["Brazil"], "5.5 percent", "8 percent")]


def test_due_times_of_one_undertaking(graph: Graph) -> None:
    assert told(graph, "due time") == [(["Indonesia"], "2027-05", "2027-12")]


def test_amounts_and_that_an_upper_limit_excludes_nothing_below() -> None:
    from kg.questions.wording import differing

    assert differing("put 40 million dollars into mangroves", "put up to 60 million dollars into mangroves") is None
    assert differing("invest $50 million", "invest 70 million US dollars")
    assert differing("invest 50 million euros", "invest 50 million dollars") is None
    assert differing("cut duties by 5 percent", "cut duties to 10 percent") is None
    assert differing("pay some 21 billion dollars", "pay 22 billion dollars") is None
    assert differing("cut duties from 100 percent to 6.1 percent", "cut duties to 6.1 percent") is None
    assert differing("open by 1 March 2026", "open by 15 May 2027") is None


@pytest.mark.parametrize(
    ("sure", "denial"), [("buy 20 ferries", "Brazil did not agree to buy 20 ferries"),
                         ("lift its ban on poultry", "not lift its ban on poultry")],
)  # fmt: skip
def test_a_denial_by_a_statement_or_a_refusal(graph: Graph, sure: str, denial: str) -> None:
    rows = [row for row in ask(graph, "contradictions", **TWO) if row["what"] == "denial" and row["one"] == sure]
    assert cells(rows, "other") == [denial]
    assert keys(rows[0]) == ["brazil-readout", "indonesia-readout"]


def test_a_stance_of_one_speaker(graph: Graph) -> None:
    (row,) = [row for row in ask(graph, "contradictions", **TWO) if row["what"] == "stance"]
    assert (row["one"], row["other"]) == ("Brazil supports reform of the WTO", "Brazil opposes reform of the WTO")


def test_without_a_meeting_only_what_was_published_within_a_month(graph: Graph) -> None:
    (row,) = [row for row in ask(graph, "contradictions", **TWO) if row["what"] == "number"]
    assert (row["one"], row["other"]) == ("200 buses", "300 buses")
    assert keys(row) == ["mail", "paper"]


def test_reference_data_alone_are_no_matter_of_a_pair(graph: Graph) -> None:
    """The start of a term is told where a source on the two has a part in it, once for two offices."""
    (row,) = [row for row in ask(graph, "contradictions", **TWO) if row["what"] == "start of office"]
    assert {row["one"], row["other"]} >= {"2023-01-04"} and "roll" in keys(row)
    assert ask(graph, "contradictions", a="Japan", b="Norway") == [], "Suga's start differs within the reference data"


@pytest.mark.parametrize(
    ("text", "cue", "found"),
    [
        ("it had committed to buy 20 ferries", "deny", ("it", "buy 20 ferries")),
        ("Brazil has made no commitment to buy ferries", "say", ("Brazil", "buy ferries")),
        ("Brazil never promised to buy ferries", "", ("Brazil", "buy ferries")),
        ("Brazil will buy ferries", "say", None),
        ("it had committed to buy 20 ferries", "say", None),
    ],
)
def test_denied(text: str, cue: str, found: tuple[str, str] | None) -> None:
    from kg.questions.wording import denied

    assert denied(text, cue) == found
