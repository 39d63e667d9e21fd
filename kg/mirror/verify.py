"""Whether the copy in Neo4j is what the graphs say, from what is really there on both sides.

Each side is read once and gives per source the sum of a code of each node and relationship. Where the sums of a source
differ, its nodes and relationships are compared one by one, and each that is missing, extra or altered is named.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg import iris
from kg.mirror.apart import working
from kg.mirror.compare import SHARED, Sums, edge_code, edge_identity, edge_source, exactly, node_source
from kg.mirror.counting import count, total, wanted_items
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node, Properties
from kg.mirror.naming import bare, is_bare
from kg.mirror.reconcile import chunks
from kg.mirror.remote import Remote
from kg.mirror.writer import Writer

__all__ = ["Drift", "Verification", "repair", "verify"]

Kind = Literal["missing", "extra", "altered"]
_WRITE = 5_000
# They share two processors with this process and with Neo4j; what counts is that none of them waits.
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that is not as it should be.

    Attributes:
        source: IRI of the source that it belongs to; empty for what several share.
        kind: missing, extra or altered in Neo4j.
        item: the node, relationship or schema object, in words.
        detail: what is altered.
        wanted, found: the two states, where they exist; `element` is the id of `found` in Neo4j.
    """

    source: str
    kind: Kind
    item: str
    detail: str = ""
    wanted: Node | Edge | None = None
    found: Node | Edge | None = None
    element: str = ""


@dataclass(slots=True)
class Verification:
    """What a verification found; `nodes` and `edges` count what Neo4j holds."""

    drifts: list[Drift] = field(default_factory=list)
    sources: int = 0
    nodes: int = 0
    edges: int = 0

    @property
    def ok(self) -> bool:
        """Whether the mirror is exact."""
        return not self.drifts


def verify(graphs: Graphs, remote: Remote) -> Verification:
    """Compare the mirror with the graphs.

    Raises:
        MirrorError: the target is not this project's.
    """
    remote.claim()
    with working(graphs, count, workers=_WORKERS) as counts:
        there = Sums()
        for item in remote.items():
            if isinstance(item, Node):
                there.node(item)
            else:
                there.edge(item)
        wanted = total(graphs, counts)
    found = Verification(sources=len(graphs.names), nodes=there.nodes, edges=there.edges)
    sources = {s for s in wanted.keys() | there.sums.keys() if wanted.get(s, 0) != there.sums.get(s, 0)}
    if sources:
        found.drifts += _drifts(graphs, remote, sources)
    for name, fault in remote.schema_faults().items():
        kind: Kind = "missing" if fault == "missing" else "altered"
        found.drifts.append(Drift(SHARED, kind, f"schema object {name}", "" if kind == "missing" else fault))
    noted = remote.revisions()
    for name in sorted(noted.keys() - set(graphs.names)):
        found.drifts.append(Drift(name, "extra", f"note that {_short(name)} is mirrored"))
    for name in sorted(set(graphs.names) - noted.keys()):
        found.drifts.append(Drift(name, "missing", f"note that {_short(name)} is mirrored"))
    found.drifts.sort(key=lambda d: (d.source, d.kind, d.item))
    return found


# --- item by item -----------------------------------------------------------------------------------------------------


def _drifts(graphs: Graphs, remote: Remote, sources: Collection[str]) -> Iterator[Drift]:
    shared = SHARED in sources
    named = [s for s in sources if s != SHARED]
    nodes: dict[str, Node] = {}
    edges: dict[int, list[Edge]] = {}
    every: set[str] = set()
    ends: set[str] = set()
    for item in wanted_items(graphs):
        if isinstance(item, Node):
            every.add(item.iri)
            if node_source(item) in sources:
                nodes[item.iri] = item
        else:
            ends.update((item.start, item.end))
            if edge_source(item) in sources:
                edges.setdefault(edge_code(item), []).append(item)
    if shared:
        nodes.update((iri, bare(iri)) for iri in ends - every)
    yield from _node_drifts(nodes, remote.stored_nodes(named, shared), ends)
    yield from _edge_drifts(edges, remote.stored_edges(named, shared))


def _node_drifts(
    wanted: dict[str, Node], stored: Iterable[tuple[Node, str, bool]], ends: Collection[str]
) -> Iterator[Drift]:
    strange: dict[str, list[tuple[Node, str]]] = {}
    missing = dict(wanted)
    for node, element, linked in stored:
        same = missing.get(node.iri)
        if same is not None and same.labels == node.labels and exactly(same.properties) == exactly(node.properties):
            del missing[node.iri]
        elif node.iri not in wanted and linked and is_bare(node) and node.iri not in ends:
            # Somebody linked something of their own to a thing that has gone: it stays for them.
            continue
        else:
            strange.setdefault(node.iri, []).append((node, element))
    for iri, found in strange.items():
        for node, element in found:
            if (node_wanted := missing.pop(iri, None)) is not None:
                detail = _difference(node_wanted, node)
                yield Drift(
                    node_source(node_wanted), "altered", _node_text(node_wanted), detail, node_wanted, node, element
                )
            else:
                yield Drift(node_source(node), "extra", _node_text(node), "", None, node, element)
    for node in missing.values():
        yield Drift(node_source(node), "missing", _node_text(node), "", node)


def _edge_drifts(wanted: dict[int, list[Edge]], stored: Iterable[tuple[Edge, str]]) -> Iterator[Drift]:
    extra: list[tuple[Edge, str]] = []
    for edge, element in stored:
        same = wanted.get(edge_code(edge))
        if same:
            same.pop()
        else:
            extra.append((edge, element))
    missing = [edge for edges in wanted.values() for edge in edges]
    # The same but for its properties, then the same ends and type whatever its source.
    for identity in (edge_identity, lambda edge: (edge.type, edge.start, edge.end)):
        by_identity: dict[tuple[str, ...], list[Edge]] = {}
        for edge in missing:
            by_identity.setdefault(identity(edge), []).append(edge)
        left: list[tuple[Edge, str]] = []
        for edge, element in extra:
            same = by_identity.get(identity(edge))
            if same:
                was = same.pop()
                detail = _property_difference(was.properties, edge.properties)
                yield Drift(edge_source(was), "altered", _edge_text(was), detail, was, edge, element)
            else:
                left.append((edge, element))
        extra, missing = left, [edge for edges in by_identity.values() for edge in edges]
    for edge, element in extra:
        yield Drift(edge_source(edge), "extra", _edge_text(edge), "", None, edge, element)
    for edge in missing:
        yield Drift(edge_source(edge), "missing", _edge_text(edge), "", edge)


# --- mending ----------------------------------------------------------------------------------------------------------


def repair(graphs: Graphs, remote: Remote, found: Verification) -> int:
    """Mend just what a verification found; the number of things that were mended."""
    remote.take_turn(uuid.uuid4().hex)
    writer = Writer(remote, "repair")
    try:
        for part in chunks([d for d in found.drifts if d.wanted is not None or d.found is not None], _WRITE):
            gone = [d for d in part if d.wanted is None and isinstance(d.found, Node)]
            old = [d.found for d in part if isinstance(d.found, Edge)]
            new = [d.wanted for d in part if isinstance(d.wanted, Edge)]
            merge = [(d.wanted, _lost_labels(d)) for d in part if isinstance(d.wanted, Node)]
            written = {node.iri for node, _ in merge}
            writer.write(
                delete=[d.element for d in part if isinstance(d.found, Edge)],
                delete_nodes=[d.element for d in gone],
                merge=merge,
                ends=sorted({end for e in new for end in (e.start, e.end)} - written),
                edges=new,
                sweep=sorted({end for e in old for end in (e.start, e.end)} - written),
            )
    finally:
        writer.close()
    if any(d.item.startswith("schema object") for d in found.drifts):
        for name, fault in remote.schema_faults().items():
            if fault != "missing":
                remote.drop_schema(name)
        remote.make_schema()
    wanted = graphs.revisions()
    remote.drop_revisions(sorted(remote.revisions().keys() - wanted.keys()))
    remote.note_revisions(wanted)
    remote.finish("")
    return len(found.drifts)


def _lost_labels(drift: Drift) -> list[str]:
    wanted, found = drift.wanted, drift.found
    if isinstance(wanted, Node) and isinstance(found, Node):
        return sorted(set(found.labels) - set(wanted.labels))
    return []


# --- words ------------------------------------------------------------------------------------------------------------


def _short(iri: str) -> str:
    return iri.removeprefix(iris.BASE)


def _node_text(node: Node) -> str:
    return f"node {':'.join(node.labels) or 'Thing'} {_short(node.iri)} ({_cut(node.properties.get('name', ''))})"


def _edge_text(edge: Edge) -> str:
    return f"relationship ({_short(edge.start)})-[:{edge.type}]->({_short(edge.end)})"


def _difference(wanted: Node, found: Node) -> str:
    parts = []
    if lost := sorted(set(wanted.labels) - set(found.labels)):
        parts.append(f"without label {', '.join(lost)}")
    if more := sorted(set(found.labels) - set(wanted.labels)):
        parts.append(f"with label {', '.join(more)}")
    if said := _property_difference(wanted.properties, found.properties):
        parts.append(said)
    return "; ".join(parts)


def _property_difference(wanted: Properties, found: Properties) -> str:
    parts = []
    for key in sorted(wanted.keys() | found.keys()):
        if key not in found:
            parts.append(f"without {key}")
        elif key not in wanted:
            parts.append(f"with {key} = {_cut(found[key])}")
        elif exactly({key: wanted[key]}) != exactly({key: found[key]}):
            parts.append(f"{key} is {_cut(found[key])}, not {_cut(wanted[key])}")
    return "; ".join(parts)


def _cut(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
