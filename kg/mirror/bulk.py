"""Files for ``neo4j-admin database import full``, and the import itself: the way in for millions of quads.

Files are written as the graph is read, by two processes where the store lies on disk. What a CSV field cannot hold (an
empty text in a list, the sign that divides lists) is left out, and the sources that say it stay open, so that the next
sync writes it.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pyoxigraph as ox

from kg.errors import MirrorError
from kg.mirror.csvfiles import DIVIDER, Files, Tables, quoted
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node, Properties
from kg.mirror.mapping import bare
from kg.mirror.remote import Remote
from kg.mirror.server import Server
from kg.mirror.sync import sync
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, MIRROR_LABEL, STATE_LABEL

__all__ = ["Bulk", "import_files", "write_files"]

ARGUMENTS = "arguments"
_WORKERS = 2

Told = Callable[[str, int], None]


@dataclass(slots=True)
class Bulk:
    """What was written: the folder, how many nodes and relationships, and the sources that a sync must complete."""

    folder: Path
    nodes: int = 0
    edges: int = 0
    open_sources: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Part:
    """What one process wrote; `dangling` are the things that it named and did not describe."""

    files: Files
    nodes: int
    edges: int
    open_sources: set[str]
    dangling: set[str]


def write_files(
    graphs: Graphs, folder: Path, project: str, *, generation: str = "", progress: Told = lambda step, items: None
) -> Bulk:
    """Write the files of a whole mirror.

    Args:
        graphs: what to mirror.
        folder: an empty folder, or one that does not exist yet.
        project: id of the project.
        generation: a name of the state of the store.
        progress: called with what is being written and the number of nodes and relationships written since.

    Raises:
        MirrorError: the folder holds something, or a process that wrote was ended.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise MirrorError(f"{folder} is not empty; name a new folder for the files.")
    if "," in str(folder) or "\n" in str(folder):
        raise MirrorError(f"neo4j-admin cannot read files from {folder}; name a folder without commas.")
    mine = _Writing(graphs, folder)
    done, files, dangling = Bulk(folder), Files(), set[str]()
    for part in _sources(graphs, folder, mine, progress):
        files += part.files
        done.nodes += part.nodes
        done.edges += part.edges
        done.open_sources |= part.open_sources
        dangling |= part.dangling
    last = _Writing(graphs, folder, "last-")
    for iri in sorted(dangling):
        # One that another process has described is written already.
        if graphs.bundle(iri).node is None:
            last.node(bare(iri), ())
    for name, revision in graphs.revisions().items():
        whole = name not in done.open_sources
        last.tables.put("nodes", (STATE_LABEL,), [], {"source": name, "revision": revision if whole else ""})
    owner: Properties = {"project": project}
    if generation and not done.open_sources:
        owner["generation"] = generation
    last.tables.put("nodes", (MIRROR_LABEL,), [], owner)
    done.nodes += last.nodes
    files += last.tables.close()
    options = [
        "--id-type=string", f"--array-delimiter=U+{ord(DIVIDER):04X}", "--read-buffer-size=64m", *files.arguments(),
    ]  # fmt: skip
    # As neo4j-admin reads them: one argument per line, after an @.
    lines = [f'"{option}"' if " " in option else option for option in options]
    (folder / ARGUMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return done


def _sources(graphs: Graphs, folder: Path, mine: "_Writing", progress: Told) -> Iterable[_Part]:
    """Write what all sources say, and the shortcuts."""
    workers = min(_WORKERS, os.cpu_count() or 1, len(graphs.names))
    if graphs.folder is None or workers < 2:
        for name in graphs.names:
            progress(name, mine.source(name))
        progress("shortcuts", mine.shortcuts())
        return [mine.end()]
    context = get_context("spawn")
    following, written = context.Value("q", 0), context.Value("q", 0)
    told = 0
    with ProcessPoolExecutor(workers, context, initializer=_share, initargs=(following, written)) as pool:
        waiting: set[Future[_Part]] = {
            pool.submit(_write_part, graphs.folder, graphs.names, folder, f"{number}-") for number in range(workers)
        }
        progress("shortcuts", mine.shortcuts())
        parts = [mine.end()]
        try:
            while waiting:
                done, waiting = wait(waiting, timeout=0.3)
                parts += [future.result() for future in done]
                now = written.value
                progress("", now - told)
                told = now
        except BrokenProcessPool:
            raise MirrorError(
                f"A process that wrote files to {folder} was ended (memory?); empty it and try again."
            ) from None
    return parts


_following: "Synchronized[int]"
_written: "Synchronized[int]"


def _share(following: "Synchronized[int]", written: "Synchronized[int]") -> None:
    """Keep what the processes share: the number of the source that is next, and how much is written."""
    global _following, _written
    _following, _written = following, written


def _write_part(store: Path, names: Sequence[str], folder: Path, prefix: str) -> _Part:
    """Write one source after the other, as long as there are any that no other process has taken."""
    work = _Writing(Graphs(ox.Store.read_only(str(store)), names, on_disk=True, folder=store), folder, prefix)
    while True:
        with _following.get_lock():
            number = _following.value
            _following.value += 1
        if number >= len(names):
            return work.end()
        items = work.source(names[number])
        with _written.get_lock():
            _written.value += items


class _Writing:
    """One process's files."""

    def __init__(self, graphs: Graphs, folder: Path, prefix: str = "") -> None:
        self.graphs = graphs
        self.tables = Tables(folder, prefix)
        self.nodes = self.edges = 0
        self.open_sources: set[str] = set()
        self._described: set[str] = set()
        self._ends: set[str] = set()

    def source(self, name: str) -> int:
        """Write the things of which a source is the first to speak; how many nodes and relationships these are."""
        before = self.nodes + self.edges
        for found in self.graphs.bundles(name):
            sources = [e.start if e.type == DESCRIBES else str(e.properties["source"]) for e in found.edges]
            if found.node is not None:
                self.node(found.node, sources)
            for edge, source in zip(found.edges, sources, strict=True):
                self.edge(edge, source)
        return self.nodes + self.edges - before

    def shortcuts(self) -> int:
        """Write the shortcuts; how many these are."""
        before = self.edges
        for shortcut in self.graphs.words.shortcuts:
            for end in self.graphs.shortcut_ends(shortcut):
                for edge in self.graphs.shortcuts(shortcut, end):
                    # Their ends are named by the participations and tenures that they stand for, too.
                    self._row(edge, "")
        return self.edges - before

    def end(self) -> _Part:
        """Close the files."""
        dangling = self._ends - self._described
        return _Part(self.tables.close(), self.nodes, self.edges, self.open_sources, dangling)

    def node(self, node: Node, sources: Sequence[str]) -> None:
        """Write a node that these sources describe."""
        properties = {key: value for key, value in node.properties.items() if key != "iri"}
        self._described.add(node.iri)
        fixed = [("iri:ID", quoted(node.iri))]
        if not self.tables.put("nodes", (BASE_LABEL, *node.labels), fixed, properties):
            own = node.properties.get("source")
            self.open_sources.update(sources, [str(own)] if own else [])
        self.nodes += 1

    def edge(self, edge: Edge, source: str) -> None:
        """Write a relationship of a source."""
        self._ends.update((edge.start, edge.end))
        self._row(edge, source)

    def _row(self, edge: Edge, source: str) -> None:
        fixed = [(":START_ID", quoted(edge.start)), (":END_ID", quoted(edge.end))]
        if not self.tables.put("relationships", (edge.type,), fixed, edge.properties):
            self.open_sources.add(source)
        self.edges += 1


def import_files(graphs: Graphs, server: Server, bulk: Bulk, project: str, *, generation: str = "") -> None:
    """Import files into the database of a project's own server, in the place of what it holds.

    The server is ended and started again; constraints, indexes and what files cannot hold follow.

    Raises:
        MirrorError: the database holds something else than a mirror of this project, or the import fails.
    """
    before = server.up()
    with server.driver() as driver:
        remote = Remote(driver, "neo4j", project, graphs.words)
        remote.claim()
        ours = [BASE_LABEL, MIRROR_LABEL, STATE_LABEL]
        other = f"none(l IN labels(n) WHERE l IN $ours) OR (n:{BASE_LABEL} AND n.iri IS NULL)"
        query = f"MATCH (n) WHERE {other} RETURN 1 LIMIT 1"
        if remote.rows(query, ours=ours):
            raise MirrorError(
                "The database holds nodes that are not of the mirror; an import would delete them; use kg mirror sync."
            )
    server.down()
    server.admin(["database", "import", "full", f"@{bulk.folder / ARGUMENTS}", "--overwrite-destination", "neo4j"])
    server.up(before.line)
    with server.driver() as driver:
        sync(graphs, Remote(driver, "neo4j", project, graphs.words), generation=generation)
