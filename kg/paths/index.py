"""Adjacency arrays of the whole graph on disk, mapped into memory, so that a cold search opens at once.

The base holds the edges of every source as it was when the base was built, each with its source. Sources that changed
since are left out of the base by their number and read from the store instead (the delta), until they are too much:
then the base is renewed, with what changed in it. A load of whole tables leaves their edges beside the base as parts,
so that they need not be read from the store, and renews it. Versions of sources come from the log of loads.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

import kg
from kg import iris
from kg.graph import Graph
from kg.ontology import model
from kg.paths.build import COLUMNS, Arrays, merged, of_quads, packed, read_edges, step_names
from kg.paths.edges import NO_CLASS, edges_of
from kg.paths.files import drop_parts, open_base, open_part, save_base

__all__ = ["Index", "Strings", "adjacency", "open_index"]

Ints = npt.NDArray[np.int32]
# A delta beyond this many quads would be felt at each search.
_DELTA_QUADS = 20_000
# A source of more quads than this is read in bulk.
_QUADS_IN_MEMORY = 200_000


class Strings:
    """IRIs in one block of bytes, sorted, looked up by halving; `extra` holds what came later."""

    def __init__(self, block: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> None:
        self._block = block
        self._offsets = offsets
        self._extra: list[str] = []
        self._extra_ids: dict[str, int] = {}

    @classmethod
    def of(cls, names: Sequence[str]) -> "Strings":
        """Names that are sorted by their bytes."""
        return cls(*packed([name.encode("utf-8") for name in names]))

    def __len__(self) -> int:
        return len(self._offsets) - 1 + len(self._extra)

    def __getitem__(self, number: int) -> str:
        base = len(self._offsets) - 1
        if number >= base:
            return self._extra[number - base]
        return self._raw(number).decode("utf-8")

    def _raw(self, number: int) -> bytes:
        return self._block[self._offsets[number] : self._offsets[number + 1]].tobytes()

    def find(self, text: str) -> int | None:
        """Number of a string; None when it is not there."""
        if text in self._extra_ids:
            return self._extra_ids[text]
        wanted = text.encode("utf-8")
        low, high = 0, len(self._offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if self._raw(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._offsets) - 1 and self._raw(low) == wanted else None

    def add(self, text: str) -> int:
        """Number of a string, which is put behind the others when it is new."""
        found = self.find(text)
        if found is None:
            found = len(self)
            self._extra_ids[text] = found
            self._extra.append(text)
        return found


@dataclass(slots=True)
class Index:
    """Nodes, their classes and all edges in both directions, as arrays.

    Attributes:
        nodes: IRIs by number.
        classes: number of the class of each node in `class_names`; 255 for none.
        columns: one array per column of the edges: start, end, prop, source, first, last (ordinal days), evidence.
        offsets, neighbours: the edges of node n are ``neighbours[offsets[n]:offsets[n + 1]]``: numbers of edges.
        alias: number of a node that is the same as another, and of that other.
        witnesses: number of the witness that each source is: copies of one text are one.
        sources: IRIs of sources by number; `props` and `class_names` names by number.
        views: what a search has worked out for a filter, so that the hops that it finds need not do so again.
        degrees: of an index that holds only a part of the graph, the degrees of nodes in all of it (of acts their ties
            to actors).
        newest: of such an index, the newest ordinal day of all.
    """

    nodes: Strings
    classes: npt.NDArray[np.uint8]
    columns: Mapping[str, Ints]
    offsets: npt.NDArray[np.int64]
    neighbours: Ints
    sources: list[str]
    props: list[str]
    class_names: list[str]
    alias: dict[int, int]
    witnesses: Ints
    views: dict[Any, Any] = field(default_factory=dict)
    degrees: Callable[[Ints], npt.NDArray[np.float64]] | None = None
    newest: int | None = None

    def degree(self, node: int) -> int:
        """Number of edges of a node."""
        return int(self.offsets[node + 1] - self.offsets[node])


def _versions(graph: Graph) -> dict[str, str]:
    """IRI -> when it was last changed, of every graph that holds edges."""
    rows = graph.query(
        f"SELECT ?s (MAX(STR(?at)) AS ?v) WHERE {{ GRAPH <{iris.GRAPH_LOG}> "
        '{ ?load kg:loadedSource ?s ; kg:loadedAt ?at ; kg:loadAction ?did FILTER(?did != "unchanged") } } GROUP BY ?s',
        union=False,
    )
    logged = {r["s"].value: r["v"].value for r in rows if r["s"] and r["v"]}  # type: ignore[union-attr]
    skip = {iris.GRAPH_LOG, iris.GRAPH_DERIVED, iris.GRAPH_ONTOLOGY}
    return {name: logged.get(name, kg.__version__) for name in graph.graph_names(system=True) if name not in skip}


def open_index(graph: Graph, folder: Path, *, renew: bool = False) -> Index:
    """The index of a graph; `folder` keeps the base between calls, and is made or renewed when needed.

    Args:
        renew: put all that changed into the base, though it be little.
    """
    versions = _versions(graph)
    base = open_base(folder)
    known = base[1]["versions"] if base else {}
    changed = sorted(k for k in versions.keys() | known.keys() if versions.get(k) != known.get(k))
    if base is not None:
        if not changed:
            return _finish(graph, *base)
        few = None if renew else _few_quads(graph, changed, _DELTA_QUADS)
        if few is not None:
            return _with_delta(graph, *base, few)
    arrays, meta = _renewed(graph, folder, versions, changed, base)
    save_base(folder, arrays, meta)
    drop_parts(folder)
    return _finish(graph, arrays, meta)


def _few_quads(graph: Graph, sources: Sequence[str], room: int) -> dict[str, list[ox.Quad]] | None:
    """What some sources say now; None where that are more quads than there is room for."""
    found: dict[str, list[ox.Quad]] = {}
    for name in sources:
        found[name] = list(itertools.islice(graph.quads(name), room + 1))
        room -= len(found[name])
        if room < 0:
            return None
    return found


# --- building -----------------------------------------------------------------------------------------------------


def _renewed(
    graph: Graph,
    folder: Path,
    versions: Mapping[str, str],
    changed: Sequence[str],
    base: tuple[Arrays, dict[str, Any]] | None,
) -> tuple[Arrays, dict[str, Any]]:
    """A new base: the old one without the sources that changed, and these from the parts kept, or the store."""
    props, class_names = step_names(), list(model().classes)
    numbers = {name: i for i, name in enumerate(sorted(versions))}
    parts: list[tuple[Arrays, dict[int, int]]] = []
    if base is not None:
        kept = {i: numbers[s] for i, s in enumerate(base[1]["sources"]) if s in numbers and s not in changed}
        parts.append((base[0], kept))
    unread = []
    for name in (c for c in changed if c in numbers):
        part = open_part(folder, name, versions[name])
        if part is None:
            unread.append(name)
        else:
            parts.append((part, {0: numbers[name]}))
    if unread:
        few = _few_quads(graph, unread, _QUADS_IN_MEMORY)
        if few is not None:
            read = of_quads(list(few.values()), props, class_names)
        else:
            read = read_edges(graph, unread, props, class_names, alone=not parts)
        fresh = (read, {i: numbers[name] for i, name in enumerate(unread)})
        # What was read along with nothing before it is what the others come to.
        parts.insert(0 if base is None else 1, fresh)
    nothing_left = base is None or not set(base[1]["sources"]) & set(changed)
    arrays = merged(parts, class_names, graph.cls, whole=nothing_left)
    offsets, neighbours = adjacency(arrays["start"], arrays["end"], len(arrays["classes"]))
    meta = {"versions": dict(versions), "sources": list(numbers)}
    return {**arrays, "offsets": offsets, "neighbours": neighbours}, meta


def adjacency(start: Ints, end: Ints, count: int) -> tuple[npt.NDArray[np.int64], Ints]:
    """Edges by node, each edge at both of its ends."""
    ends = np.concatenate([start, end])
    order = np.argsort(ends, kind="stable")
    offsets = np.zeros(count + 1, dtype=np.int64)
    offsets[1:] = np.bincount(ends, minlength=count)
    size = max(1, len(start))
    return np.cumsum(offsets), (order % size).astype(np.int32)


# --- opening ------------------------------------------------------------------------------------------------------


def _finish(graph: Graph, arrays: Mapping[str, Any], meta: Mapping[str, Any]) -> Index:
    nodes = Strings(arrays["node_block"], arrays["node_offsets"])
    return Index(
        nodes=nodes,
        classes=arrays["classes"],
        columns={c: arrays[c] for c in COLUMNS},
        offsets=arrays["offsets"],
        neighbours=arrays["neighbours"],
        sources=list(meta["sources"]),
        props=step_names(),
        class_names=list(model().classes),
        alias=_aliases(graph, nodes),
        witnesses=_witnesses(graph, meta["sources"]),
    )


def _witnesses(graph: Graph, sources: list[str]) -> Ints:
    rows = graph.query("SELECT ?s ?sha WHERE { GRAPH ?s { ?s kg:sha256 ?sha } } ORDER BY ?s", union=False)
    first: dict[str, str] = {}
    same = {r["s"].value: first.setdefault(r["sha"].value, r["s"].value) for r in rows if r["s"] and r["sha"]}  # type: ignore[union-attr]
    ids = {name: i for i, name in enumerate(sources)}
    return np.array([ids.get(same.get(name, name), i) for i, name in enumerate(sources)], dtype=np.int32)


def _aliases(graph: Graph, nodes: Strings) -> dict[int, int]:
    """Of each account that shares its meeting with others, and each name that a judgement joins: its representative."""
    found: dict[int, int] = {}
    meetings: dict[str, list[str]] = {}
    account, same = ox.NamedNode(iris.KG + "account"), ox.NamedNode(iris.OWL + "sameAs")
    derived = ox.NamedNode(iris.GRAPH_DERIVED)
    for quad in graph.store.quads_for_pattern(None, account, None, derived):
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            meetings.setdefault(quad.subject.value, []).append(quad.object.value)
    for accounts in meetings.values():
        if len(accounts) > 1:
            members = [n for n in (nodes.find(a) for a in accounts) if n is not None]
            found.update({m: min(members) for m in members if m != min(members)})
    for quad in graph.store.quads_for_pattern(None, same, None, derived):
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode):
            one, other = nodes.find(quad.subject.value), nodes.find(quad.object.value)
            if one is not None and other is not None:
                found[one] = other
    return found


def _with_delta(graph: Graph, arrays: Arrays, meta: Mapping[str, Any], quads: Mapping[str, Sequence[ox.Quad]]) -> Index:
    """The base without the edges of the sources that changed, and with those that their quads make now."""
    nodes = Strings(arrays["node_block"], arrays["node_offsets"])
    sources = list(meta["sources"])
    source_ids = {name: i for i, name in enumerate(sources)}
    gone = np.array([source_ids[c] for c in quads if c in source_ids], dtype=np.int32)
    prop_ids = {p: i for i, p in enumerate(step_names())}
    rows = []
    for name, said in quads.items():
        if not said:
            continue
        source_id = source_ids.setdefault(name, len(sources))
        if source_id == len(sources):
            sources.append(name)
        for edge in edges_of(said):
            start, end, evidence = (nodes.add(iri) for iri in (edge.start, edge.end, edge.evidence))
            rows.append((start, end, prop_ids[edge.property], source_id, edge.first, edge.last, evidence))
    table = np.array(rows, dtype=np.int32).reshape(-1, len(COLUMNS))
    columns = {c: np.concatenate([arrays[c], table[:, i]]) for i, c in enumerate(COLUMNS)}
    if len(gone):
        # The edges stay where they are, so that their numbers hold; a search skips those without a property.
        dead = np.flatnonzero(np.isin(arrays["source"], gone))
        columns["prop"][dead] = -1
    new_names = [nodes[n] for n in range(len(arrays["node_offsets"]) - 1, len(nodes))]
    kinds = _kinds_of(graph, new_names, list(model().classes))
    offsets, neighbours = _merged(arrays, table, len(nodes))
    return Index(
        nodes=nodes,
        classes=np.concatenate([arrays["classes"], kinds]),
        columns=columns,
        offsets=offsets,
        neighbours=neighbours,
        sources=sources,
        props=step_names(),
        class_names=list(model().classes),
        alias=_aliases(graph, nodes),
        witnesses=_witnesses(graph, sources),
    )


def _kinds_of(graph: Graph, names: list[str], class_names: list[str]) -> npt.NDArray[np.uint8]:
    ids = {name: i for i, name in enumerate(class_names)}
    return np.array([ids.get(graph.cls(name) or "", NO_CLASS) for name in names], dtype=np.uint8)


def _merged(arrays: Mapping[str, Any], table: Ints, count: int) -> tuple[npt.NDArray[np.int64], Ints]:
    """Insert the edges of the delta into the adjacency of the base."""
    base_edges = len(arrays["start"])
    ends = np.concatenate([table[:, 0], table[:, 1]])
    numbers = np.tile(np.arange(base_edges, base_edges + len(table), dtype=np.int32), 2)
    order = np.argsort(ends, kind="stable")
    offsets = np.concatenate([arrays["offsets"], np.full(count + 1 - len(arrays["offsets"]), arrays["offsets"][-1])])
    neighbours = np.insert(arrays["neighbours"], offsets[ends[order] + 1], numbers[order])
    more = np.zeros(count + 1, dtype=np.int64)
    np.add.at(more, ends + 1, 1)
    return offsets + np.cumsum(more), neighbours
