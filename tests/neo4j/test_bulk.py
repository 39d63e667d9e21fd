"""Files for neo4j-admin make the same mirror as a sync."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from kg import iris
from kg.errors import MirrorError
from kg.mirror.bulk import import_files, write_files
from kg.mirror.graphs import Graphs
from kg.mirror.read import read
from kg.mirror.remote import Remote
from kg.mirror.server import Server
from kg.mirror.verify import verify
from kg.ontology import model
from tests.neo4j.mirrored import KG, A, mirrored_quads, node, sample, store_of, typed

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


def hard() -> list[ox.Quad]:
    """Values that CSV readers stumble over."""
    act = node(iris.owned("statement", "a", "hard"))
    values = [
        ("text", ox.Literal('say "yes", please;\r\n\n\t' + "x" * 100_000)),
        ("note", ox.Literal("", language="en")),
        ("note", ox.Literal("b", language="en")),
        ("row", ox.Literal("with the \x1f divider")),
        ("sourceUrl", typed("http://x/?a=b,c", iris.XSD + "anyURI")),
        ("cue", ox.Literal("")),
        ("rule", ox.Literal("\\N 'x' 😀 مرحبا")),
        ("earliest", typed("2026-01-16", iris.XSD + "date")),
        ("value", typed("-1000.25", iris.XSD + "decimal")),
    ]
    quads = [ox.Quad(act, node(model().prop(name).iri), value, node(A)) for name, value in values]
    odd = node("http://example.org/odd")
    for value in ("5", "2026-01-16T10:00:00Z", "2026-01-16T10:00:00", "true", "2026-01-16"):
        datatype = {"5": "integer", "true": "boolean", "2026-01-16": "date"}.get(value, "dateTime")
        quads.append(ox.Quad(node(f"http://example.org/{value}"), odd, typed(value, iris.XSD + datatype), node(A)))
    return [*quads, ox.Quad(act, node(iris.RDF_TYPE), node(KG + "Statement"), node(A))]


def on_disk(folder: Path, quads: list[ox.Quad]) -> Graphs:
    """Of a store that several processes read."""
    store = ox.Store(str(folder))
    store.bulk_extend(quads)
    store.flush()
    del store
    return Graphs(ox.Store.read_only(str(folder)), on_disk=True, folder=folder)


def test_an_import_is_an_exact_mirror(neo4j_server, remote: Remote, tmp_path: Path) -> None:
    for number, (quads, open_sources) in enumerate([(sample(), set()), (sample() + hard(), {A}), (sample(), set())]):
        graphs = on_disk(tmp_path / f"store-{number}", quads) if number else Graphs(store_of(quads))
        written = write_files(graphs, tmp_path / str(number), "test", generation="5")
        assert written.open_sources == open_sources
        import_files(graphs, Server(neo4j_server.project), written, "test", generation="5")
        assert verify(graphs, remote).drifts == []
        assert set(store_of(list(read(remote))).quads_for_pattern(None, None, None, None)) == mirrored_quads(graphs)


def test_what_is_not_ours_is_not_overwritten(neo4j_server, remote: Remote, tmp_path: Path) -> None:
    remote.run("CREATE (:Note {text: 'mine'})")
    graphs = Graphs(store_of(sample()))
    written = write_files(graphs, tmp_path / "files", "test")
    with pytest.raises(MirrorError, match="not of the mirror"):
        import_files(graphs, Server(neo4j_server.project), written, "test")
    with pytest.raises(MirrorError, match="not empty"):
        write_files(graphs, tmp_path / "files", "test")


def test_from_the_command_line(kg: Callable[..., Result], tmp_path: Path) -> None:
    kg("init")
    found = kg("mirror", "bulk", "files")
    assert found.exit_code == 0, found.output
    assert "relationships in" in found.stdout
    assert (tmp_path / "files" / "arguments").exists()


@pytest.mark.parametrize("name", ["a,b", 'a"b', "a\nb", "a\udcffb"])
def test_a_folder_that_the_import_cannot_name_is_refused_and_not_made(tmp_path: Path, name: str) -> None:
    with pytest.raises(MirrorError, match="name a folder without"):
        write_files(Graphs(store_of(sample())), tmp_path / name, "test")
    assert not (tmp_path / name).exists()
