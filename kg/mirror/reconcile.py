"""Make what stands for some things in Neo4j what the graphs say of them, and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kg.mirror.compare import edge_code, exactly
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node
from kg.mirror.mapping import Bundle
from kg.mirror.naming import is_bare
from kg.mirror.remote import Remote, Stored
from kg.mirror.vocabulary import BASE_LABEL
from kg.mirror.writer import Writer

CHUNK = 500
T = TypeVar("T")


@dataclass(slots=True)
class Counts:
    """What was written."""

    nodes: int = 0
    edges: int = 0
    nodes_removed: int = 0
    edges_removed: int = 0

    @property
    def changes(self) -> int:
        """All of it together."""
        return self.nodes + self.edges + self.nodes_removed + self.edges_removed


@dataclass(slots=True)
class Work:
    """What one transaction has to write."""

    delete: list[str] = field(default_factory=list)
    merge: list[tuple[Node, list[str]]] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    strip: list[str] = field(default_factory=list)
    sweep: set[str] = field(default_factory=set)
    renamed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.delete or self.merge or self.edges or self.strip or self.sweep)


class Reconciler:
    """Compares things on both sides, some hundreds at a time, and writes what differs."""

    def __init__(self, graphs: Graphs, remote: Remote, writer: Writer) -> None:
        self.graphs = graphs
        self.remote = remote
        self.writer = writer
        self.counts = Counts()
        self.renamed: set[str] = set()

    def things(self, iris: Iterable[str]) -> None:
        """Bring these things up to date, with the shortcuts that hang on them."""
        for chunk in chunks(sorted(iris), CHUNK):
            self._chunk(chunk)

    def renames(self) -> None:
        """Bring the captions up to date that hold the name of a thing whose name was changed."""
        while self.renamed:
            iri = self.renamed.pop()
            self.things(self.graphs.named_after(iri))

    def all_shortcuts(self) -> None:
        """Bring all shortcuts up to date."""
        for shortcut in self.graphs.words.shortcuts:
            ends = self.graphs.shortcut_ends(shortcut) | self.remote.shortcut_ends(shortcut.type)
            for chunk in chunks(sorted(ends), CHUNK):
                work = Work()
                stored = self.remote.shortcuts_to(shortcut.type, chunk)
                for end in chunk:
                    _edges(self.graphs.shortcuts(shortcut, end), stored[end], work)
                self._write(work)

    def _chunk(self, iris: Sequence[str]) -> None:
        work = Work()
        nodes, stored = self.remote.of_subjects(iris)
        for iri in iris:
            wanted = self.graphs.bundle(iri)
            self._node(wanted, nodes.get(iri), work)
            _edges(wanted.edges, stored[iri], work)
        for shortcut in self.graphs.words.shortcuts:
            ends = self.graphs.ends_touched(shortcut, iris) | self._ends_before(shortcut.end, shortcut.via, iris)
            before = self.remote.shortcuts_to(shortcut.type, sorted(ends))
            for end in sorted(ends):
                _edges(self.graphs.shortcuts(shortcut, end), before[end], work)
        self._write(work)

    def _ends_before(self, end: str, via: str | None, iris: Sequence[str]) -> set[str]:
        """The ends of the shortcuts that hung on these things when they were written last."""
        types = self.graphs.words.types
        steps = f"->(e:{BASE_LABEL})" if via is None else f"->()<-[:{types[via]}]-(e:{BASE_LABEL})"
        query = f"UNWIND $iris AS i MATCH (p:{BASE_LABEL} {{iri: i}})-[:{types[end]}]{steps} RETURN DISTINCT e.iri"
        rows = self.remote.rows(query, iris=iris)
        return {row[0] for row in rows if row[0] is not None}

    def _node(self, wanted: Bundle, found: Node | None, work: Work) -> None:
        node = wanted.node
        if node is not None:
            if found is None:
                work.merge.append((node, []))
                return
            if found.labels == node.labels and exactly(found.properties) == exactly(node.properties):
                return
            work.merge.append((node, sorted(set(found.labels) - set(node.labels))))
            if found.properties.get("name") != node.properties["name"]:
                work.renamed.append(node.iri)
        elif found is not None:
            if not is_bare(found):
                work.strip.append(found.iri)
                work.renamed.append(found.iri)
            work.sweep.add(found.iri)

    def _write(self, work: Work) -> None:
        work.renamed = [iri for iri in work.renamed if self.graphs.named_after(iri)]
        if not work:
            return
        self.renamed.update(work.renamed)
        written = {node.iri for node, _ in work.merge}
        ends = {end for edge in work.edges for end in (edge.start, edge.end)} - written
        self.writer.write(
            delete=work.delete, merge=work.merge, ends=sorted(ends), edges=work.edges,
            strip=work.strip, sweep=sorted(work.sweep - written), renamed=work.renamed,
        )  # fmt: skip
        self.counts.nodes += len(work.merge)
        self.counts.edges += len(work.edges)
        self.counts.nodes_removed += len(work.strip)
        self.counts.edges_removed += len(work.delete)


def _edges(wanted: Sequence[Edge], stored: Sequence[Stored], work: Work) -> None:
    """Note what to create and delete so that the stored relationships become the wanted ones."""
    there: dict[int, list[str]] = {}
    ends = {}
    for edge, element in stored:
        there.setdefault(edge_code(edge), []).append(element)
        ends[element] = edge
    for edge in wanted:
        same = there.get(edge_code(edge))
        if same:
            same.pop()
        else:
            work.edges.append(edge)
    for elements in there.values():
        for element in elements:
            work.delete.append(element)
            work.sweep.update((ends[element].start, ends[element].end))


def chunks(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    """The items, some at a time."""
    return (items[at : at + size] for at in range(0, len(items), size))
