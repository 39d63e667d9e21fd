"""What the questions on data sets answer: events, votes, treaties and trade."""

import time
from pathlib import Path

import pytest

from kg import iris
from kg.errors import BadParameter
from kg.graph import Graph
from kg.project import Project
from kg.questions import ask
from tests.questions.conftest import BOTH, CAN, CHN, PAIR, load
from tests.questions.rows import cells, plain
from tests.questions.writer import Writer


class TestEvents:
    def test_balance_by_month_and_quad_class(self, graph: Graph) -> None:
        rows = ask(graph, "events-balance", **BOTH)
        assert [(p, q, n, float(g) if g is not None else None) for p, q, n, g in (
            (str(r["period"]), plain(r["quad"]), int(r["events"]), r["goldstein"]) for r in rows
        )] == [
            ("2014-06", "Verbal cooperation", 2, 2.95),
            ("2014-07", "Material conflict", 1, -8.0),
            ("2014-07", "Verbal conflict", 1, -2.0),
            ("2014-07", None, 1, None),
        ]  # fmt: skip
        assert [c.row for c in rows[1].citations] == ["e4"]

    def test_balance_by_year_between_days(self, graph: Graph) -> None:
        rows = ask(graph, "events-balance", **BOTH, by="year", since="2014-07-01", until="2014-07-30")
        assert cells(rows, "period", "quad", "events") == [
            ("2014", "Material conflict", 1), ("2014", "Verbal conflict", 1),
        ]  # fmt: skip
        assert ask(graph, "events-balance", **BOTH, since="2015-01-01") == []
        with pytest.raises(BadParameter, match="one of month, year"):
            ask(graph, "events-balance", **BOTH, by="week")

    def test_behind_a_peak_strongest_first(self, graph: Graph) -> None:
        rows = ask(graph, "events", **BOTH, since="2014-07", until="2014-07")
        assert cells(rows, "date", "initiator", "code") == [
            ("2014-07-30", "Canada", str(graph.label(iris.concept("cameo", "163")))),
            ("2014-07-29", "Canada", str(graph.label(iris.concept("cameo", "112")))),
            ("2014-07-31", "Canada", str(graph.label(iris.concept("cameo", "010")))),
        ]
        assert len(ask(graph, "events", **BOTH, count=1)) == 1


class TestVotes:
    def test_agreement_by_issue_and_decade(self, graph: Graph) -> None:
        rows = ask(graph, "vote-agreement", **BOTH)
        assert cells(rows, "issue", "decade", "votes", "alike", "opposed") == [
            ("All", 1990, 1, 0, 1),
            ("All", 2000, 2, 1, 0),
            ("Arms", 1990, 1, 0, 1),
            ("Arms", 2000, 1, 1, 0),
        ]
        assert [float(r["share"]) for r in rows] == [0, 50, 0, 100]
        assert ask(graph, "vote-agreement", a="Canada", b="India") == []


class TestTreaties:
    def test_that_bind_both_or_were_signed_only(self, graph: Graph) -> None:
        rows = ask(graph, "treaties", **BOTH, as_of="2005-01-01")
        assert cells(rows, "agreement", "binds_both") == [("Treaty on canals", True), ("Treaty on stars", False)]
        assert plain(rows[1]["done_b"]) == ["Signature"]

    def test_before_and_after(self, graph: Graph) -> None:
        assert cells(ask(graph, "treaties", **BOTH), "binds_both") == [False, False], "one of them withdrew"
        assert cells(ask(graph, "treaties", **BOTH, as_of="1996-06-01"), "agreement") == []


class TestTrade:
    def test_beside_the_sectors_spoken_of(self, graph: Graph) -> None:
        rows = ask(graph, "trade", **BOTH, since="2026-01-01")
        assert cells(rows, "product", "reporter", "sectors", "spoken") == [
            ("Energy", "China", ["Energy"], 1), ("Energy", "Canada", ["Energy"], 1), ("Pencils", "Canada", [], None),
        ]  # fmt: skip
        assert len(ask(graph, "trade", **BOTH, sector="energy")) == 2
        assert ask(graph, "trade", a="China", b="India") == []

    def test_sources_stand_in_for_reporters_that_are_not_told(self, tmp_path: Path) -> None:
        papers = [Writer(key, None, "2026-01-10", "Papers", "press") for key in ("one", "other")]
        for paper, value in zip(papers, ("410", "455"), strict=True):
            paper.add("TradeFlow", "1", exporter=CAN, importer=CHN, product="Salmon", value=value, currency="USD",
                      when="2025", concerns=PAIR)  # fmt: skip
        project = Project.init(tmp_path)
        load(project, papers)
        with project.reading() as both:
            rows = ask(both, "trade", **BOTH)
        assert [float(apart) for apart in cells(rows, "apart")] == [9.9, 9.9]

    def test_of_many_figures_takes_seconds(self, tmp_path: Path) -> None:
        """Trying every pair of three thousand figures takes half a minute."""
        table = Writer("many", None, "2026-01-10", "Statistics", "data-set")
        for number in range(1_500):
            for reporter, value in ((CAN, number + 9), (CHN, 2 * (number + 9))):
                row = f"{number}-{iris.code_of(reporter)}"
                table.add("TradeFlow", row, exporter=CAN, importer=CHN, reporter=reporter, product=f"Good {number}",
                          value=str(value), currency="USD", when="2026", concerns=PAIR)  # fmt: skip
        project = Project.init(tmp_path)
        load(project, [table])
        with project.reading() as many:
            begun = time.process_time()
            rows = ask(many, "trade", **BOTH)
            assert time.process_time() - begun < 12
        assert (len(rows), {row["apart"] for row in rows}) == (3_000, {50})
