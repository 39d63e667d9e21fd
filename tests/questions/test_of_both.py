"""An act that names both sides, two acts on the same words, and sources whose names are parts of others."""

from collections.abc import Iterator

import pytest

from kg.graph import Graph
from kg.project import Project
from kg.questions import ask
from tests.questions.conftest import load, of_both, readout_of_canada

TWO = {"a": "South Korea", "b": "USA"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    project = Project.init(tmp_path_factory.mktemp("both"))
    # "a" is a part of "https://w3id.org/bilateral/", "again" of nothing.
    load(project, [*of_both(), readout_of_canada("a", "2026-01-16"), readout_of_canada("again", "2026-01-18")])
    with project.reading() as found:
        yield found


def test_one_act_of_both_binds_both(graph: Graph) -> None:
    (row,) = ask(graph, "treaties", **TWO)
    assert str(row["agreement"]) == "Treaty on maps" and row["binds_both"] is True


def test_each_act_is_a_row_also_where_two_rest_on_the_same_words(graph: Graph) -> None:
    kinds = sorted(row["what"] for row in ask(graph, "timeline", **TWO))
    assert kinds == ["Act on an agreement", "Commitment", "Commitment", "Meeting", "Statement"]


def test_copies_are_one_whatever_their_sources_are_called(graph: Graph) -> None:
    for name, count in (("said", 3), ("commitments", 2)):
        assert len(ask(graph, name, a="Canada", b="China")) == count, name
    assert [r["witnesses"] for r in ask(graph, "timeline", a="Canada", b="China")] == [1] * 6
