"""Files for ``neo4j-admin database import full``, and the import itself: the way in for millions of quads.

Files are written as the graph is read, by two processes where the store lies on disk. What a CSV field cannot hold (an
empty text in a list, the sign that divides lists) is left out, and the sources that say it stay open, so that the next
sync writes it.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import MirrorError
from kg.mirror.apart import SHORTCUTS, working
from kg.mirror.csvfiles import DIVIDER, Files, Tables
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node, Properties
from kg.mirror.remote import Remote
from kg.mirror.server import Server
from kg.mirror.sync import sync
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, MIRROR_LABEL, STATE_LABEL

__all__ = ["Bulk", "import_files", "write_files"]

ARGUMENTS = "arguments"
# First columns of nodes and of relationships.
_NODE, _ENDS = ("iri:ID",), (":START_ID", ":END_ID")
_WORKERS = 2
_TELL_EVERY = 20_000
# From how many nodes and relationships on it pays that Java optimises the import while it runs.
_LONG = 3_000_000

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
        MirrorError: the folder holds something, or a process that wrote failed.
    """
    folder = folder.resolve()
    if any(c in ',"' or not c.isprintable() for c in str(folder)):
        raise MirrorError(
            f"neo4j-admin cannot read files from {str(folder)!r}; name a folder without commas and quotation marks."
        )
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise MirrorError(f"{folder} is not empty; name a new folder for the files.")
    try:
        return _write_all(graphs, folder, project, generation, progress)
    except BaseException:
        # The folder was empty; what is half written is of no use.
        for file in folder.iterdir():
            file.unlink()
        raise


def _write_all(graphs: Graphs, folder: Path, project: str, generation: str, progress: Told) -> Bulk:
    done, files, dangling = Bulk(folder), Files(), set[str]()
    with working(graphs, write_part, folder, workers=_WORKERS) as found:
        for part in found:
            if not isinstance(part, _Part):
                progress(*part)
                continue
            files += part.files
            done.nodes += part.nodes
            done.edges += part.edges
            done.open_sources |= part.open_sources
            dangling |= part.dangling
    last = _Writing(graphs, folder, "last-")
    # One that another process has described is written already.
    for node in graphs.undescribed(dangling):
        last.node(node, ())
    for name, revision in graphs.revisions().items():
        whole = name not in done.open_sources
        last.tables.put("nodes", (STATE_LABEL,), (), (), {"source": name, "revision": revision if whole else ""})
    owner: Properties = {"project": project}
    if generation and not done.open_sources:
        owner["generation"] = generation
    last.tables.put("nodes", (MIRROR_LABEL,), (), (), owner)
    done.nodes += last.nodes
    files += last.tables.close()
    options = ["--id-type=string", f"--array-delimiter=U+{ord(DIVIDER):04X}", *files.arguments()]
    # As neo4j-admin reads them: one argument per line, after an @.
    lines = [f'"{option}"' if " " in option else option for option in options]
    (folder / ARGUMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return done


def write_part(graphs: Graphs, sources: Iterator[str], folder: Path) -> Iterator[tuple[str, int] | _Part]:
    """Write the files of one process: a task (see `kg.mirror.apart`).

    Yields the name of each source with the number of nodes and relationships written since, and last what there is.
    """
    work = _Writing(graphs, folder, f"{os.getpid()}-")
    for name in sources:
        for items in work.shortcuts() if name == SHORTCUTS else work.source(name):
            yield name, items
    yield work.end()


class _Writing:
    """One process's files."""

    def __init__(self, graphs: Graphs, folder: Path, prefix: str = "") -> None:
        self.graphs = graphs
        self.tables = Tables(folder, prefix)
        self.nodes = self.edges = 0
        self.open_sources: set[str] = set()
        self._described: set[str] = set()
        self._ends: set[str] = set()

    def source(self, name: str) -> Iterator[int]:
        """Write the things of which a source is the first to speak; yields now and then how much was written since."""
        before = self.nodes + self.edges
        for found in self.graphs.bundles(name):
            sources = [e.start if e.type == DESCRIBES else str(e.properties["source"]) for e in found.edges]
            if found.node is not None:
                self.node(found.node, sources)
            for edge, source in zip(found.edges, sources, strict=True):
                self.edge(edge, source)
            if (since := self.nodes + self.edges - before) >= _TELL_EVERY:
                yield since
                before += since
        yield self.nodes + self.edges - before

    def shortcuts(self) -> Iterator[int]:
        """Write the shortcuts; yields how many."""
        before = self.edges
        for edge in self.graphs.all_shortcuts():
            # Their ends are named by the participations and tenures that they stand for, too.
            self._row(edge, "")
        yield self.edges - before

    def end(self) -> _Part:
        """Close the files."""
        dangling = self._ends - self._described
        return _Part(self.tables.close(), self.nodes, self.edges, self.open_sources, dangling)

    def node(self, node: Node, sources: Sequence[str]) -> None:
        """Write a node that these sources describe."""
        properties = {key: value for key, value in node.properties.items() if key != "iri"}
        self._described.add(node.iri)
        if not self.tables.put("nodes", (BASE_LABEL, *node.labels), _NODE, (node.iri,), properties):
            own = node.properties.get("source")
            self.open_sources.update(sources, [str(own)] if own else [])
        self.nodes += 1

    def edge(self, edge: Edge, source: str) -> None:
        """Write a relationship of a source."""
        self._ends.update((edge.start, edge.end))
        self._row(edge, source)

    def _row(self, edge: Edge, source: str) -> None:
        if not self.tables.put("relationships", (edge.type,), _ENDS, (edge.start, edge.end), edge.properties):
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
    run_import(server, bulk)
    server.up(before.line)
    with server.driver() as driver:
        sync(graphs, Remote(driver, "neo4j", project, graphs.words), generation=generation)


def run_import(server: Server, bulk: Bulk) -> None:
    """Run neo4j-admin on written files; whatever the database holds, which must not be running, is lost.

    Raises:
        MirrorError: the import fails.
    """
    arguments = ["database", "import", "full", f"@{bulk.folder / ARGUMENTS}", "--overwrite-destination", "neo4j"]
    server.admin(arguments, short=bulk.nodes + bulk.edges < _LONG)
