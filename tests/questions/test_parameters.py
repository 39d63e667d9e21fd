"""Every question runs as its example says, cites what it rests on, and refuses parameters that are wrong."""

import pytest

from kg.errors import AmbiguousName, BadParameter, NotFound, UnknownName
from kg.graph import Graph
from kg.questions import ask, questions
from tests.questions.conftest import BOTH


@pytest.mark.parametrize("name", sorted(questions()))
class TestEveryQuestion:
    def test_its_example_runs_as_it_stands(self, graph: Graph, name: str) -> None:
        asked = questions()[name]
        graph.query(asked.sparql)

    def test_each_row_is_cited(self, graph: Graph, name: str) -> None:
        import shlex

        given = dict(item.split("=", 1) for item in shlex.split(questions()[name].example))
        rows = ask(graph, name, **given)
        assert all(row.citations for row in rows)

    def test_its_header_names_all_that_its_query_answers(self, name: str) -> None:
        asked = questions()[name]
        assert asked.answers.endswith("?")
        if asked.steps:  # its rows are made of several answers of the query
            assert all(f"?{step}" in asked.sparql for step in asked.steps[1:3])
            assert {asked.steps[0], asked.steps[3]} <= set(asked.parameters)
            return
        for needed in (*asked.row, *asked.cite, *(c.variable for c in asked.columns.values() if c.kind != "sentence")):
            assert f"?{needed}" in asked.sparql, needed
        for parameter in asked.parameters:
            by_relation = parameter in asked.relation and "VALUES ?relation {" in asked.sparql
            assert f"VALUES ?{parameter} {{" in asked.sparql or by_relation or parameter == "count", parameter


class TestParameters:
    def test_missing(self, graph: Graph) -> None:
        with pytest.raises(BadParameter, match=r"needs 'b' .*kg ask meetings a=Canada b=China"):
            ask(graph, "meetings", a="Canada")

    def test_unknown(self, graph: Graph) -> None:
        with pytest.raises(BadParameter, match="Did you mean since"):
            ask(graph, "meetings", **BOTH, sinse="2026")

    def test_a_name_that_is_none(self, graph: Graph) -> None:
        with pytest.raises(NotFound, match="Did you mean Canada"):
            ask(graph, "meetings", a="Kanada", b="China")

    def test_a_name_of_the_wrong_kind(self, graph: Graph) -> None:
        with pytest.raises(NotFound, match="person of words"):
            ask(graph, "words", person="CHN")

    def test_an_ambiguous_name(self, graph: Graph) -> None:
        with pytest.raises(AmbiguousName, match="may mean"):
            ask(graph, "words", person="Trudeau")

    @pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "16.1.2026", "../.."])
    def test_a_day_that_is_none(self, graph: Graph, day: str) -> None:
        with pytest.raises(BadParameter, match="since of meetings"):
            ask(graph, "meetings", **BOTH, since=day)

    @pytest.mark.parametrize("days", ["-1", "many", "1.5", "99999999999"])
    def test_a_number_that_is_none(self, graph: Graph, days: str) -> None:
        with pytest.raises(BadParameter, match="whole number"):
            ask(graph, "third-parties", **BOTH, days=days)

    def test_a_kind_that_is_none_lists_the_kinds(self, graph: Graph) -> None:
        with pytest.raises(BadParameter, match="there are expectation, joint, unilateral"):
            ask(graph, "commitments", **BOTH, of_kind="vague")

    def test_words_cannot_change_the_query(self, graph: Graph) -> None:
        assert ask(graph, "words", person="Xi", topic='") } DROP ALL # ?x \\ \n') == []

    def test_an_unknown_question(self, graph: Graph) -> None:
        with pytest.raises(UnknownName, match="Did you mean meetings"):
            ask(graph, "meeting", **BOTH)
