"""The index of paths that a load of tables leaves behind holds what the store says, however it came to be."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import duckdb
import pyoxigraph as ox
import pytest

from kg import iris, loading
from kg.graph import Graph
from kg.ontology import model
from kg.paths import index as paths_index
from kg.paths.build import step_names
from kg.paths.edges import edges_of
from kg.paths.index import Index, open_index
from kg.paths.tables import Tables
from kg.project import Project
from tests.core.conftest import WORDS, account, document
from tests.tables.conftest import Load
from tests.tables.samples import SAMPLES
from tests.tables.test_every_loader import load


@pytest.fixture(autouse=True)
def renewed_by_each_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_FEW_EDGES", 0)
    monkeypatch.setattr(paths_index, "_DELTA_QUADS", 0)


Edges = set[tuple[str, str, str, str, int, int, str]]
SKIPPED = {iris.GRAPH_LOG, iris.GRAPH_DERIVED, iris.GRAPH_ONTOLOGY}


def said(graph: Graph) -> Edges:
    """The edges of all sources, quad by quad."""
    return {
        (e.start, e.end, e.property, name, e.first, e.last, e.evidence)
        for name in graph.graph_names(system=True)
        if name not in SKIPPED
        for e in edges_of(graph.quads(name))
    }


def indexed(index: Index) -> Edges:
    """The edges of an index, each found from both of its ends."""
    columns, found = index.columns, list[int]()
    for node in range(len(index.nodes)):
        for edge in index.neighbours[index.offsets[node] : index.offsets[node + 1]].tolist():
            assert node in (columns["start"][edge], columns["end"][edge])
            found.append(edge)
    assert sorted(found) == sorted([*range(len(columns["start"]))] * 2)
    return {
        (
            index.nodes[columns["start"][e]],
            index.nodes[columns["end"][e]],
            index.props[columns["prop"][e]],
            index.sources[columns["source"][e]],
            int(columns["first"][e]),
            int(columns["last"][e]),
            index.nodes[columns["evidence"][e]],
        )
        for e in set(found)
        if columns["prop"][e] >= 0
    }


def check(project: Project) -> None:
    with project.reading() as graph:
        index = open_index(graph, project.folder / "paths")
        assert indexed(index) == said(graph)
        live = index.columns["prop"] >= 0
        for number in {*index.columns["start"][live].tolist(), *index.columns["end"][live].tolist()}:
            kind = int(index.classes[number])
            name = index.class_names[kind] if kind < len(index.class_names) else None
            assert name == graph.cls(index.nodes[number]), index.nodes[number]
            assert index.nodes.find(index.nodes[number]) == number


def base(project: Project) -> str:
    return (project.folder / "paths" / "current").read_text()


def unread(graph: Graph, sources: Sequence[str], room: int) -> NoReturn:
    raise AssertionError(f"{sources} are read from the store")


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_load_of_a_table_leaves_the_index_ready(
    project: Project, put: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # A graph is read from the store one by one where no part is there: none is.
    monkeypatch.setattr(paths_index, "_few_quads", unread)
    load(put, name, tmp_path)
    monkeypatch.undo()
    before = base(project)
    check(project)
    assert base(project) == before, "it was not made by the load"
    assert not list((project.folder / "paths").glob("part-*"))
    shutil.rmtree(project.folder / "paths")
    check(project)


def test_a_small_table_is_a_delta_until_it_is_much(
    project: Project, put: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = base(project)
    monkeypatch.setattr(loading, "_FEW_EDGES", 10_000)
    monkeypatch.setattr(paths_index, "_DELTA_QUADS", 20_000)
    load(put, "icews", tmp_path)
    check(project)
    assert base(project) == before
    monkeypatch.setattr(paths_index, "_DELTA_QUADS", 0)
    check(project)
    assert base(project) != before


def test_tables_one_after_the_other_make_one_index(project: Project, put: Load, tmp_path: Path) -> None:
    for name in ("un-votes", "gdelt.2", "icews"):
        (tmp_path / name).mkdir()
        load(put, name, tmp_path / name)
        check(project)
    with project.writing() as turn:
        turn.forget(iris.source("unvotes"))
    check(project)
    (tmp_path / "again").mkdir()
    load(put, "un-votes", tmp_path / "again")
    check(project)


def test_a_document_after_a_table_makes_a_delta(
    project: Project, put: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(put, "un-votes", tmp_path)
    before = base(project)
    monkeypatch.setattr(paths_index, "_DELTA_QUADS", 20_000)
    with project.writing() as turn:
        people = [("Lee A", "KOR"), ("Mark Carney", "CAN")]
        turn.put(document("b"), account("b", people=people), text=WORDS)
    check(project)
    assert base(project) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from kg.loaders import Options
from kg.loaders.engine import load
from kg.loading import Loading
from kg.project import Project
Loading._renew_paths = lambda self: os.kill(os.getpid(), signal.SIGKILL)
load(Project.find(sys.argv[1]), [Path(sys.argv[2])], Options())
"""


def test_killed_before_the_index_is_renewed_the_next_search_does_it(project: Project, tmp_path: Path) -> None:
    there = tmp_path / "sample"
    there.mkdir()
    path = SAMPLES["un-votes"](there)
    done = subprocess.run([sys.executable, "-c", KILLED, str(project.root), str(path)], env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    assert list((project.folder / "paths").glob("part-*")), "the edges were not kept"
    with project.reading() as graph:
        assert iris.source("unvotes") in graph.graph_names()
    check(project)
    assert not list((project.folder / "paths").glob("part-*"))
    for broken in (project.folder / "paths").glob("base-*/start.npy"):
        broken.write_bytes(b"cut off")
    check(project)


def test_many_products_of_a_table_go_in_at_once(tmp_path: Path) -> None:
    """Row by row what twenty thousand products bring takes a quarter of a minute."""
    seller, kind = ox.NamedNode(iris.KG + "exporter"), ox.NamedNode(iris.RDF_TYPE)
    where = ox.NamedNode(iris.source("codes"))
    flow, top = ox.NamedNode(iris.KG + "TradeFlow"), ox.NamedNode(iris.actor("CHL"))
    quads = []
    for number in range(20_000):
        figure = ox.NamedNode(iris.owned("flow", "codes", f"{number:06}"))
        quads += [ox.Quad(figure, seller, top, where), ox.Quad(figure, kind, flow, where)]
    tables = Tables(duckdb.connect())
    begun = time.process_time()
    tables.add_quads(quads)
    assert time.process_time() - begun < 5
    arrays = tables.arrays(tmp_path, step_names(), list(model().classes))
    assert len(arrays["start"]) == 20_000
