"""Bring the copy in Neo4j up to date: what changed, source by source.

What is complete in the target is noted there, so that a sync goes on where another was cut off, at whatever moment.
A source that the target knows nothing of is poured in; all else is compared thing by thing and only what differs is
written, in transactions that hold each some hundred things with all their relationships and shortcuts.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from kg.mirror import schema
from kg.mirror.apart import SHORTCUTS, working
from kg.mirror.compare import edge_code, edge_source, node_code, node_source
from kg.mirror.counting import batches
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node
from kg.mirror.pour import Pour
from kg.mirror.reconcile import Counts, Reconciler, chunks
from kg.mirror.remote import Remote, plain
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, MIRROR_LABEL
from kg.mirror.writer import Writer

__all__ = ["Progress", "Report", "sync"]

# From how many things on a source is looked at as a whole before its things are compared one by one.
_LARGE = 1000
# How many nodes and relationships may be written between two notes of what is complete.
_NOTE_EVERY = 200_000
# How many of them travel together from the process that reads the graph.
_AT_ONCE = 5_000

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Report:
    """What a sync did: sources that were written, that went, and that were current; what was written for them."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    counts: Counts = field(default_factory=Counts)


def _quiet(step: str, items: int) -> None:
    """Tell nobody."""


def sync(graphs: Graphs, remote: Remote, *, generation: str = "", progress: Progress = _quiet) -> Report:
    """Make the mirror in `remote` that of `graphs`.

    Args:
        graphs: what to mirror.
        remote: where.
        generation: a name of the state of the whole store; when the mirror is complete as of the same, nothing is
            looked at. Empty when there is no such name.
        progress: called with what is being done and the number of nodes and relationships written since.

    Raises:
        MirrorError: the target is not this project's, or another sync has taken over.
    """
    mine = remote.claim()
    current = mine.get("schema") == schema.digest(graphs.words)
    if current and generation and mine.get("generation") == generation:
        return Report(unchanged=len(graphs.names))
    found, wanted = remote.revisions(), graphs.revisions()
    stale = [name for name in graphs.names if found.get(name) != wanted[name]]
    gone = sorted(set(found) - set(graphs.names))
    report = Report(stale, gone, len(graphs.names) - len(stale))
    remote.take_turn(uuid.uuid4().hex)
    if not current:
        remote.make_schema()
    work = _Sync(graphs, remote, progress, report)
    if not found and not work.holds_anything():
        work.first(wanted)
    elif stale or gone or mine.get("shortcuts") or mine.get("renamed"):
        work.rest(found, wanted, stale, gone, set(mine.get("renamed", ())), bool(mine.get("shortcuts")))
    remote.finish(generation)
    return report


class _Sync:
    def __init__(self, graphs: Graphs, remote: Remote, progress: Progress, report: Report) -> None:
        self.graphs = graphs
        self.remote = remote
        self.progress = progress
        self.report = report

    def holds_anything(self) -> bool:
        return bool(self.remote.rows(f"MATCH (n:{BASE_LABEL}) WHERE n.iri IS NOT NULL RETURN 1 LIMIT 1"))

    def _note_shortcuts(self) -> None:
        """Note that shortcuts are behind: until the end of this sync they are not written with what they hang on."""
        self.remote.run(f"MATCH (m:{MIRROR_LABEL}) SET m.shortcuts = 'behind'")

    def first(self, wanted: Mapping[str, str]) -> None:
        """Fill an empty target."""
        self._note_shortcuts()
        self.remote.note_revisions(dict.fromkeys(wanted, ""))
        complete: dict[str, str] = {}
        every = [*self.graphs.names, SHORTCUTS]
        workers = 1 if self.graphs.is_large() else 0
        with (
            working(self.graphs, batches, _AT_ONCE, workers=workers, sources=every) as found,
            Pour(self.remote, done=lambda n: self.progress("", n)) as pour,
        ):
            noted = 0
            for item in found:
                if not isinstance(item, str):
                    pour.put(*item)
                    continue
                self.progress(item or "shortcuts", 0)
                if item != SHORTCUTS:
                    complete[item] = wanted[item]
                if pour.nodes + pour.edges - noted >= _NOTE_EVERY:
                    pour.flush()
                    noted = pour.nodes + pour.edges
                    self.remote.note_revisions(complete)
                    complete.clear()
        self.remote.note_revisions(complete)
        self.report.counts.nodes += pour.nodes
        self.report.counts.edges += pour.edges

    def rest(
        self,
        found: dict[str, str],
        wanted: Mapping[str, str],
        stale: list[str],
        gone: list[str],
        renamed: set[str],
        shortcuts_behind: bool,
    ) -> None:
        """Bring a target that holds something up to date."""
        new = [name for name in stale if name not in found]
        self.remote.note_revisions(dict.fromkeys([*stale, *gone], ""))
        writer = Writer(self.remote, "things")
        try:
            work = Reconciler(self.graphs, self.remote, writer)
            work.renamed |= renamed
            for name in [*gone, *stale]:
                self.progress(name, 0)
                before = work.counts.changes
                if name in new and self._is_large(name) and not self.remote.subjects_of(name):
                    shortcuts_behind = True
                    self._note_shortcuts()
                    work.things(self._pour(name))
                else:
                    work.things(self._different(name))
                self.progress("", work.counts.changes - before)
                if name in wanted:
                    self.remote.note_revisions({name: wanted[name]})
                else:
                    self.remote.drop_revisions([name])
            work.renames()
            if shortcuts_behind:
                self.progress("shortcuts", 0)
                work.all_shortcuts()
            self.report.counts.nodes += work.counts.nodes
            self.report.counts.edges += work.counts.edges
            self.report.counts.nodes_removed += work.counts.nodes_removed
            self.report.counts.edges_removed += work.counts.edges_removed
        finally:
            writer.close()

    def _is_large(self, name: str) -> bool:
        return sum(1 for _ in zip(range(_LARGE + 1), self.graphs.subjects(name), strict=False)) > _LARGE

    def _pour(self, name: str) -> set[str]:
        """Write the things of a new source that are not in the target at all; the others are returned."""
        others: set[str] = set()
        subjects = sorted(self.graphs.subjects(name))
        with Pour(self.remote, done=lambda n: self.progress("", n)) as pour:
            for chunk in chunks(subjects, 10_000):
                bundles = {iri: self.graphs.bundle(iri) for iri in chunk}
                ends = {e for b in bundles.values() for edge in b.edges for e in (edge.start, edge.end)}
                there = {
                    row[0]
                    for row in self.remote.rows(
                        f"UNWIND $iris AS i MATCH (n:{BASE_LABEL} {{iri: i}}) RETURN i",
                        iris=sorted(ends | bundles.keys()),
                    )
                }
                pour.known(there)
                for iri, found in bundles.items():
                    alone = all(edge_source(edge) == name for edge in found.edges)
                    if iri not in there and alone:
                        pour.put([found.node] if found.node is not None else [], found.edges)
                    else:
                        others.add(iri)
        self.report.counts.nodes += pour.nodes
        self.report.counts.edges += pour.edges
        return others

    def _different(self, name: str) -> Collection[str]:
        """The things that a source describes on either side, without those that a quick look shows to be the same."""
        here, there = set(self.graphs.subjects(name)), self.remote.subjects_of(name)
        if len(here) < _LARGE:
            return here | there
        codes = self._codes_there(name)
        differ = there - here
        for iri in here:
            found = self.graphs.bundle(iri)
            code = sum(edge_code(edge) for edge in found.edges if edge_source(edge) == name)
            if found.node is not None and node_source(found.node) == name:
                code += node_code(found.node)
            if codes.get(iri) != code:
                differ.add(iri)
        return differ

    def _codes_there(self, name: str) -> dict[str, int]:
        """For each thing that a source describes in the target, the sum of the codes of what stands for it."""
        codes: dict[str, int] = {}

        def add(iri: str, code: int) -> None:
            codes[iri] = codes.get(iri, 0) + code

        owned, described = (
            f"(n:{BASE_LABEL} {{source: $name}})",
            f"(s:{BASE_LABEL} {{iri: $name}})-[d:{DESCRIBES}]->(n)",
        )
        for iri, labels, properties in self.remote.stream(
            f"MATCH {owned} RETURN n.iri, [l IN labels(n) WHERE l <> '{BASE_LABEL}'], properties(n)", name=name
        ):
            add(iri, node_code(Node(iri, tuple(sorted(labels)), plain(properties))))
        for iri, properties in self.remote.stream(f"MATCH {described} RETURN n.iri, properties(d)", name=name):
            add(iri, edge_code(Edge(DESCRIBES, name, iri, plain(properties))))
        for start in (owned, described):
            for kind, iri, end, properties in self.remote.stream(
                f"MATCH {start} MATCH (n)-[r]->(b:{BASE_LABEL}) WHERE r.source = $name AND r.iri IS NULL "
                "RETURN type(r), n.iri, b.iri, properties(r)",
                name=name,
            ):
                add(iri, edge_code(Edge(kind, iri, end, plain(properties))))
        for kind in self.graphs.words.links_by_type:
            for iri, start, end, properties in self.remote.stream(
                f"MATCH (a:{BASE_LABEL})-[r:{kind} {{source: $name}}]->(b) RETURN r.iri, a.iri, b.iri, properties(r)",
                name=name,
            ):
                add(iri, edge_code(Edge(kind, start, end, plain(properties))))
        return codes
