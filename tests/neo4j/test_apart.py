"""The graph is read by processes of their own with the same result, whoever calls, and a failure is told."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import MirrorError
from kg.mirror.apart import SHORTCUTS, _Worker, working
from kg.mirror.bulk import write_files
from kg.mirror.counting import count, total
from kg.mirror.graphs import Graphs
from tests.neo4j.mirrored import sample, store_of


def on_disk(folder: Path) -> Graphs:
    store = ox.Store(str(folder))
    store.bulk_extend(sample())
    store.flush()
    del store
    return Graphs(ox.Store.read_only(str(folder)), on_disk=True, folder=folder)


def fails(graphs: Graphs, sources: Iterator[str]) -> Iterator[str]:
    """A task that ends amid its work."""
    yield next(sources)
    raise OSError("no more paper")


def counted(graphs: Graphs, workers: int) -> dict[str, int]:
    with working(graphs, count, workers=workers) as counts:
        return total(graphs, counts)


def test_any_number_of_processes_count_the_same(tmp_path: Path) -> None:
    graphs = on_disk(tmp_path / "store")
    alone = counted(Graphs(store_of(sample())), 1)
    assert len(alone) > 3
    assert counted(graphs, 1) == counted(graphs, 2) == alone


def test_every_source_is_taken_once_and_the_largest_first(tmp_path: Path) -> None:
    graphs = on_disk(tmp_path / "store")
    sizes = graphs.survey().sizes
    assert graphs.by_size()[0] == max(sizes, key=lambda name: sizes[name])
    with working(graphs, listed, workers=2) as found:
        assert sorted(found) == sorted([*graphs.names, SHORTCUTS])


def listed(graphs: Graphs, sources: Iterator[str]) -> Iterator[str]:
    """A task that says which sources it was given."""
    yield from sources


def test_a_process_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    graphs = on_disk(tmp_path / "store")
    with pytest.raises(MirrorError, match="no more paper"), working(graphs, fails, workers=1) as found:
        list(found)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_process_that_is_ended_while_it_starts_is_an_error_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    graphs = on_disk(tmp_path / "store")
    begin = _Worker.begin
    first: list[_Worker] = []

    def ended(worker: _Worker, *given: Any) -> None:
        # The other one waits for what this one should have surveyed.
        if not first:
            first.append(worker)
            worker._process.kill()
            worker._process.wait()
        begin(worker, *given)

    monkeypatch.setattr(_Worker, "begin", ended)
    with pytest.raises(MirrorError, match="ended with -9"):
        counted(graphs, workers)


def test_files_half_written_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs = on_disk(tmp_path / "store")

    def fails_late(*_: object) -> None:
        raise OSError("no more paper")

    with monkeypatch.context() as patch:
        patch.setattr(Graphs, "revisions", fails_late)
        with pytest.raises(OSError, match="no more paper"):
            write_files(graphs, tmp_path / "files", "test")
    assert not list((tmp_path / "files").iterdir())
    assert write_files(graphs, tmp_path / "files", "test").nodes


def children() -> set[str]:
    """The processes that this one has begun."""
    return {pid for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()}


def test_nothing_is_left_when_the_caller_stops_early(tmp_path: Path) -> None:
    graphs = on_disk(tmp_path / "store")
    before = children()
    with working(graphs, listed, workers=2) as found:
        next(found)
        assert children() - before
    assert not children() - before


def test_a_script_needs_no_guard(tmp_path: Path) -> None:
    on_disk(tmp_path / "store")
    script = tmp_path / "script.py"
    script.write_text(
        "import pyoxigraph as ox\nfrom pathlib import Path\nfrom kg.mirror.bulk import write_files\n"
        "from kg.mirror.graphs import Graphs\nstore = Path('store')\n"
        "graphs = Graphs(ox.Store.read_only(str(store)), on_disk=True, folder=store)\n"
        "print(write_files(graphs, Path('files'), 'test').nodes > 5)\n"
    )
    ran = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("True\n", "")
