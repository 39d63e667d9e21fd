"""Files on disk: what is damaged is named, what is no file is not replaced, what went with the clock is seen."""

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import iris
from kg.errors import ProjectError
from kg.loaders.seen import Seen
from kg.project import Project
from kg.store import replacing, write_atomically
from tests.core.conftest import account


@pytest.mark.parametrize("damage", ["*.sst", "MANIFEST*"])
def test_a_damaged_store_is_a_sentence(damage: str, project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    for file in project.generations.current().glob(damage):
        os.truncate(file, 7)
    with pytest.raises(ProjectError, match="cannot be opened"), project.reading():
        pass
    with pytest.raises(ProjectError, match="cannot be opened"):
        load("b", *account("b"))


def test_the_file_that_a_link_names_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert real.read_bytes() == b"new"
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_what_is_no_file_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_atomically(pipe, b"told")
    reader.join(10)
    assert read == [b"told"]
    assert pipe.is_fifo()


def test_an_error_while_writing_leaves_the_old_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(file) as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_source_that_is_gone_is_not_seen_whatever_the_clock_says() -> None:
    store = ox.Store()
    load, log = ox.NamedNode("http://x/load"), ox.NamedNode(iris.GRAPH_LOG)
    source = ox.NamedNode(iris.source("a"))
    for name, value in (("loadedSource", source), ("loadedAt", ox.Literal("2026-01-01")), ("sha256", ox.Literal("d"))):
        store.add(ox.Quad(load, ox.NamedNode(iris.KG + name), value, log))
    assert Seen(store).current("d") == []
    store.add(ox.Quad(source, ox.NamedNode(iris.RDF_TYPE), ox.NamedNode(iris.KG + "Document"), source))
    assert Seen(store).current("d") == [source.value]
