"""From a row of an answer to the words: ids that a table prints, whole or cut short, and `kg cite` that takes them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg import iris
from kg.citations import short_id, thing_of
from kg.errors import AmbiguousName, NotFound
from kg.graph import Graph
from kg.project import Project

BOTH = ("a=Canada", "b=China")


def test_a_table_prints_ids_that_cite_takes(kg: Callable[..., Result], world: Path) -> None:
    root = ("-C", world)
    listed = kg("ask", "said", *BOTH, "--ids", "--csv", *root).output.splitlines()
    assert listed[0].endswith(",rests_on,ids")
    table = kg("ask", "said", *BOTH, "--ids", "--table", *root).output
    assert "statement/agency." in table
    assert "statement/agency." not in kg("ask", "said", *BOTH, "--table", *root).output
    (row,) = (r for r in json.loads(kg("ask", "said", *BOTH, *root).output) if "fair market" in r["words"])
    assert {iri.rsplit(".", 1)[0] for iri in row["acts"]} == {
        f"{iris.BASE}statement/canada-readout",
        f"{iris.BASE}statement/canada-readout-again",
    }
    cited = kg("cite", row["acts"][0].removeprefix(iris.BASE), "--table", *root)
    assert cited.exit_code == 0 and "»wants a fair market for canola«" in cited.output


def test_beginnings(graph: Graph) -> None:
    whole = next(iter(graph.query("SELECT ?s WHERE { GRAPH source:agency { ?s a kg:Statement } }")))["s"].value  # type: ignore[union-attr]
    local = whole.removeprefix(iris.BASE)
    head, _, part = local.rpartition(".")
    for text in (whole, local, f"/{local}", local[:-1], head[:-1] + "." + part, head, head[:-2]):
        assert thing_of(graph, text) == whole, text
    with pytest.raises(AmbiguousName, match="Several things begin with"):
        thing_of(graph, "statement/canada-readout")
    for nothing in ("statement/age", "statement/agency.999", "nothing/agency", "agency", "http://example.org/x"):
        with pytest.raises(NotFound):
            thing_of(graph, nothing)


def test_a_meeting_by_its_beginning(graph: Graph) -> None:
    found = thing_of(graph, "meeting/CAN-CHN.2026-01-16")
    assert graph.cls(found) == "Meeting"


def test_sources_that_are_named_by_a_digest(kg: Callable[..., Result], tmp_path: Path) -> None:
    assert kg("init").exit_code == 0
    (tmp_path / "note.txt").write_text(
        'Prime Minister Mark Carney met President Xi Jinping in Beijing. "Trade comes first," Mr Carney said.'
    )
    assert kg("load", "note.txt", "--published", "2026-01-17").exit_code == 0
    rows = json.loads(kg("ask", "meetings", *BOTH).output)
    account = rows[0]["acts"][0]
    assert len(short_id(account)) < 40
    assert short_id(account) in kg("ask", "meetings", *BOTH, "--ids", "--table").output
    with Project.find(tmp_path).reading() as graph:
        assert thing_of(graph, short_id(account)) == account


def test_periods_are_told_in_words_to_people_only(kg: Callable[..., Result], world: Path) -> None:
    asked = ("ask", "office-held", "of=China", "level=head-of-state", "-C", world)
    assert "since 2013-03-14" in kg(*asked, "--table").output
    assert "2013-03-14/.." in kg(*asked, "--csv").output
