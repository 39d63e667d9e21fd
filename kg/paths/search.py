"""The k best paths between two nodes over the adjacency arrays.

Paths are loopless. They are ordered by the number of hops, then by an additive cost, then by the IRIs of their nodes.
The cost of a hop grows with the degree of its two nodes (what is connected to everything says little), with its age,
and falls with the number of independent sources. The degree of an act is the number of its ties to actors: that much
was said at a meeting does not make it a lesser one.

For each number of hops the search lays out the layers of nodes that can lie on such a path, finds for each the least
cost that remains (dynamic programming from the far end), and walks them best first, so that paths come out in order
and nothing is walked in vain.
"""

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kg.ontology import model
from kg.paths.edges import UNKNOWN
from kg.paths.index import Index

__all__ = ["Filter", "Found", "hop_cost", "search"]

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_EPSILON = 1e-9
# Beyond so many steps of one enumeration the best found so far are returned.
_BUDGET = 200_000


@dataclass(frozen=True, slots=True)
class Filter:
    """What a path may use.

    Attributes:
        classes: numbers of the classes that its inner nodes may have.
        also: nodes that it may pass whatever their class; `never` those that it must not.
        since, until: ordinal days; a hop must be able to lie between them, and one without a date is left out.
        sources: numbers of the sources whose word counts; None for all.
        max_hops: length at most.
    """

    classes: frozenset[int]
    also: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()
    since: int | None = None
    until: int | None = None
    sources: frozenset[int] | None = None
    max_hops: int = 6


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A path: its length, cost, and the numbers of its nodes."""

    hops: int
    cost: float
    nodes: tuple[int, ...] = field(compare=False)


def hop_cost(degree_one: Floats, degree_other: Floats, years: Floats, witnesses: Floats) -> Floats:
    """Cost of hops: half the binary logarithms of the degrees, a tenth for each year of age, and 1 / witnesses."""
    return (
        np.log2(1 + np.asarray(degree_one)) / 2
        + np.log2(1 + np.asarray(degree_other)) / 2
        + np.asarray(years) / 10
        + 1 / np.asarray(witnesses)
    )


class _View:
    """The index under a filter, with aliases applied."""

    def __init__(self, index: Index, allowed: Filter) -> None:
        self.index = index
        columns = index.columns
        self.edge_ok: Mask = columns["prop"] >= 0
        if allowed.sources is not None:
            self.edge_ok &= np.isin(columns["source"], sorted(allowed.sources))
        if allowed.since is not None or allowed.until is not None:
            self.edge_ok &= (columns["first"] != UNKNOWN) | (columns["last"] != UNKNOWN)
        if allowed.since is not None:
            self.edge_ok &= (columns["last"] == UNKNOWN) | (columns["last"] >= allowed.since)
        if allowed.until is not None:
            self.edge_ok &= (columns["first"] == UNKNOWN) | (columns["first"] <= allowed.until)
        self.node_ok: Mask = np.isin(index.classes, sorted(allowed.classes))
        self.node_ok[sorted(allowed.also)] = True
        self.node_ok[sorted(allowed.never)] = False
        self.representative = np.arange(len(index.classes), dtype=np.int32)
        self.members: dict[int, list[int]] = {}
        for one, other in index.alias.items():
            self.representative[one] = other
            self.members.setdefault(other, [other]).append(one)
        roles = {name: model().classes[name].role for name in index.class_names if name in model().classes}
        self.acts = [i for i, name in enumerate(index.class_names) if roles.get(name) in ("act", "account")]
        self.actors = [i for i, name in enumerate(index.class_names) if roles.get(name) == "actor"]
        self.newest = int(columns["last"].max(initial=UNKNOWN)) if index.newest is None else index.newest

    def edges_at(self, nodes: Ints) -> tuple[Ints, Ints, Ints]:
        """Edges at some nodes: node, other end, number of the edge; allowed edges only, aliases applied."""
        special = [m for n in nodes.tolist() if n in self.members for m in self.members[n] if m != n]
        everyone = np.concatenate([nodes, np.array(special, dtype=np.int32)]) if special else nodes
        starts = self.index.offsets[everyone]
        counts = self.index.offsets[everyone + 1] - starts
        total = int(counts.sum())
        ends = np.cumsum(counts)
        positions = np.arange(total) - np.repeat(ends - counts, counts) + np.repeat(starts, counts)
        edges = self.index.neighbours[positions]
        keep = self.edge_ok[edges]
        edges, here = edges[keep], np.repeat(everyone, counts)[keep]
        one, other = self.index.columns["start"][edges], self.index.columns["end"][edges]
        there = np.where(one == here, other, one)
        return self.representative[here], self.representative[there], edges

    def degrees(self, nodes: Ints) -> Floats:
        """Number of edges of nodes and their aliases, whatever the filter; of acts those to actors."""
        found = self._own_degrees(nodes)
        for position, node in enumerate(nodes.tolist()):
            if node in self.members:
                found[position] = self._own_degrees(np.array(self.members[node], dtype=np.int32)).sum()
        return found

    def _own_degrees(self, nodes: Ints) -> Floats:
        if self.index.degrees is not None:
            return self.index.degrees(nodes)
        found = (self.index.offsets[nodes + 1] - self.index.offsets[nodes]).astype(np.float64)
        acts = np.flatnonzero(np.isin(self.index.classes[nodes], self.acts))
        if len(acts):
            found[acts] = self._ties(nodes[acts])
        return found

    def _ties(self, nodes: Ints) -> Floats:
        """Number of edges of each node that lead to actors."""
        starts = self.index.offsets[nodes]
        counts = self.index.offsets[nodes + 1] - starts
        ends = np.cumsum(counts)
        positions = np.arange(int(counts.sum())) - np.repeat(ends - counts, counts) + np.repeat(starts, counts)
        edges, here = self.index.neighbours[positions], np.repeat(np.arange(len(nodes)), counts)
        one, other = self.index.columns["start"][edges], self.index.columns["end"][edges]
        there = np.where(one == nodes[here], other, one)
        ties = np.isin(self.index.classes[there], self.actors)
        return np.bincount(here[ties], minlength=len(nodes)).astype(np.float64)


def _view(index: Index, allowed: Filter) -> _View:
    found = index.views.get(allowed)
    if found is None:
        found = index.views[allowed] = _View(index, allowed)
    assert isinstance(found, _View)
    return found


def search(index: Index, start: int, goal: int, allowed: Filter, k: int) -> list[Found]:
    """The `k` best paths from `start` to `goal` (fewer where there are fewer), best first."""
    view = _view(index, allowed)
    start, goal = int(view.representative[start]), int(view.representative[goal])
    if start == goal or k < 1:
        return []
    distances = _Distances(view, goal)
    found: list[Found] = []
    for hops in range(1, allowed.max_hops + 1):
        if len(found) >= k:
            break
        if distances.to(start, hops) is None:
            if distances.exhausted:
                break
            continue
        found += _of_length(view, distances, start, goal, hops, k - len(found))
    return found


class _Distances:
    """Hops from each node to the goal, as far as they are needed."""

    def __init__(self, view: _View, goal: int) -> None:
        self.view = view
        self.hops = np.full(len(view.node_ok), 127, dtype=np.int8)
        self.hops[goal] = 0
        self.frontier = np.array([goal], dtype=np.int32)
        self.depth = 0
        self.exhausted = False

    def to(self, node: int, depth: int) -> int | None:
        """Hops from `node` to the goal where they are at most `depth`."""
        while self.depth < depth and not self.exhausted:
            inner = self.frontier if self.depth == 0 else self.frontier[self.view.node_ok[self.frontier]]
            _, there, _ = self.view.edges_at(inner)
            new = np.unique(there[self.hops[there] == 127])
            self.depth += 1
            self.hops[new] = self.depth
            self.frontier = new
            self.exhausted = not len(new)
        return int(self.hops[node]) if self.hops[node] <= depth else None


@dataclass(slots=True)
class _Layer:
    """Hops from the nodes of one layer to the next: parallel edges are one hop."""

    one: Ints
    other: Ints
    cost: Floats
    remaining: dict[int, float] = field(default_factory=dict)
    order: dict[int, npt.NDArray[np.int64]] = field(default_factory=dict)


def _of_length(view: _View, distances: _Distances, start: int, goal: int, hops: int, k: int) -> list[Found]:
    layers = _layers(view, distances, start, goal, hops)
    if layers is None:
        return []
    found: list[Found] = []
    for path in _walk(layers, start, hops):
        if len(found) >= k and path.cost > found[k - 1].cost + _EPSILON:
            break
        found.append(path)
    names = view.index.nodes
    return sorted(found, key=lambda p: (round(p.cost, 9), [names[n] for n in p.nodes]))[:k]


def _layers(view: _View, distances: _Distances, start: int, goal: int, hops: int) -> list[_Layer] | None:
    layers: list[_Layer] = []
    nodes = np.array([start], dtype=np.int32)
    for step in range(hops):
        left = hops - step - 1
        here, there, edges = view.edges_at(nodes)
        keep = distances.hops[there] <= left
        keep &= (there == goal) if left == 0 else (there != goal) & (there != start) & view.node_ok[there]
        layer = _hops(view, here[keep], there[keep], edges[keep])
        if not len(layer.one):
            return None
        layers.append(layer)
        nodes = np.unique(layer.other)
    after = {goal: 0.0}
    for layer in reversed(layers):
        beyond = np.array([after.get(n, np.inf) for n in layer.other.tolist()])
        total = layer.cost + beyond
        order = np.lexsort((total, layer.one))
        layer.one, layer.other, layer.cost = layer.one[order], layer.other[order], layer.cost[order]
        total = total[order]
        starts = np.flatnonzero(np.r_[True, layer.one[1:] != layer.one[:-1]])
        bounds = np.r_[starts, len(layer.one)]
        layer.remaining = dict(zip(layer.one[starts].tolist(), total[starts].tolist(), strict=True))
        layer.order = {
            int(layer.one[a]): np.arange(a, b) for a, b in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        }
        after = layer.remaining
    return layers


def _hops(view: _View, here: Ints, there: Ints, edges: Ints) -> _Layer:
    """Parallel edges between two nodes made one hop with its cost."""
    pairs = here.astype(np.int64) * len(view.node_ok) + there
    unique, first, inverse = np.unique(pairs, return_index=True, return_inverse=True)
    one, other = here[first], there[first]
    columns = view.index.columns
    last = np.full(len(unique), UNKNOWN, dtype=np.int64)
    np.maximum.at(last, inverse, columns["last"][edges])
    witness = np.unique(np.stack([inverse, view.index.witnesses[columns["source"][edges]]], axis=1), axis=0)
    witnesses = np.bincount(witness[:, 0], minlength=len(unique)).astype(np.float64)
    # What has no date counts as ten years old.
    years = np.where(last == UNKNOWN, 10.0, np.maximum(0, view.newest - last) / 365.25)
    return _Layer(one, other, hop_cost(view.degrees(one), view.degrees(other), years, witnesses))


def _walk(layers: list[_Layer], start: int, hops: int) -> Iterator[Found]:
    """Complete loopless paths, cheapest first. Siblings enter the heap one by one, in the order of their cost."""
    heap: list[tuple[float, int, tuple[int, ...], float, int]] = []
    ticket = 0

    def offer(path: tuple[int, ...], spent: float, position: int) -> None:
        nonlocal ticket
        layer = layers[len(path) - 1]
        choices = layer.order.get(path[-1])
        if choices is None or position >= len(choices):
            return
        edge = int(choices[position])
        other = int(layer.other[edge])
        after = 0.0 if len(path) == hops else layers[len(path)].remaining.get(other, np.inf)
        ticket += 1
        heapq.heappush(heap, (spent + float(layer.cost[edge]) + after, ticket, path, spent, position))

    offer((start,), 0.0, 0)
    for _ in range(_BUDGET):
        if not heap:
            return
        _, _, path, spent, position = heapq.heappop(heap)
        layer = layers[len(path) - 1]
        edge = int(layer.order[path[-1]][position])
        other, cost = int(layer.other[edge]), float(layer.cost[edge])
        offer(path, spent, position + 1)
        if other in path:
            continue
        longer = (*path, other)
        if len(longer) == hops + 1:
            yield Found(hops, spent + cost, longer)
        else:
            offer(longer, spent + cost, 0)


def edges_between(index: Index, allowed: Filter, one: int, other: int) -> list[int]:
    """Numbers of the allowed edges between two nodes, aliases applied."""
    view = _view(index, allowed)
    _, there, edges = view.edges_at(np.array([one], dtype=np.int32))
    return sorted(edges[there == view.representative[other]].tolist())


def reachable(index: Index, allowed: Filter, starts: Collection[int], depth: int) -> list[int]:
    """Nodes within `depth` hops of any of `starts`, nearest first."""
    view = _view(index, allowed)
    seen = dict.fromkeys(int(view.representative[s]) for s in starts)
    frontier = np.array(sorted(seen), dtype=np.int32)
    for step in range(depth):
        inner = frontier if step == 0 else frontier[view.node_ok[frontier]]
        _, there, _ = view.edges_at(inner)
        new = [n for n in np.unique(there).tolist() if n not in seen]
        seen.update(dict.fromkeys(new))
        frontier = np.array(new, dtype=np.int32)
    return list(seen)
