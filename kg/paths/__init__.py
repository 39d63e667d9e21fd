"""How two things are connected: paths through acts and offices, each hop with what, when and the words that say so.

A path runs through acts (met, said about, undertook, voted, signed, traded), through persons, states and offices. It
passes forums, mechanisms, sectors and principles only when asked to, because nearly everything is connected through
them; relations, documents and places are never steps. The search runs over arrays on disk (`kg.paths.index`);
networkx is the face for analysis (`neighbourhood`).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import pyoxigraph as ox

from kg import iris
from kg.citations import Citation, citations
from kg.graph import Graph
from kg.ontology import model
from kg.project import Project

if TYPE_CHECKING:
    import networkx as nx

    from kg.paths.index import Index
    from kg.paths.search import Filter

__all__ = ["Hop", "Node", "Path", "Paths", "find_paths", "neighbourhood"]

_ROLES = ("actor", "act", "account", "office")


@dataclass(frozen=True, slots=True)
class Node:
    """A step of a path."""

    iri: str
    label: str
    cls: str | None


@dataclass(frozen=True, slots=True)
class Hop:
    """What connects two neighbouring steps: relation in words, date (EDTF), number of parallels, citations."""

    relation: str
    date: str | None
    count: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """One path; `cost` orders paths of equal length (see `kg.paths.search`)."""

    nodes: tuple[Node, ...]
    hops: tuple[Hop, ...]
    cost: float

    @property
    def length(self) -> int:
        """Number of hops."""
        return len(self.hops)


@dataclass(frozen=True, slots=True)
class Paths:
    """The answer to "how are these two connected?", best path first."""

    start: Node
    goal: Node
    paths: tuple[Path, ...]

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON has it."""
        return {
            "from": _node_dict(self.start),
            "to": _node_dict(self.goal),
            "paths": [
                {
                    "length": path.length,
                    "nodes": [_node_dict(n) for n in path.nodes],
                    "hops": [
                        {
                            "relation": hop.relation,
                            "date": hop.date,
                            "count": hop.count,
                            "citations": [c.as_dict() for c in hop.citations],
                        }
                        for hop in path.hops
                    ],
                }
                for path in self.paths
            ],
        }


def _node_dict(node: Node) -> dict[str, str | None]:
    return {"iri": node.iri, "label": node.label, "class": node.cls}


class Options(TypedDict, total=False):
    """What narrows or widens a search for paths; see `find_paths`."""

    through: Sequence[str]
    avoid: Sequence[str]
    since: date | None
    until: date | None
    sources: Sequence[str]
    max_hops: int
    k: int
    cited: int


def find_paths(project: Project, graph: Graph, start: str, goal: str, **options: Unpack[Options]) -> Paths:
    """The `k` best paths between two things.

    Args:
        project, graph: the project, and its graph as it was opened.
        start, goal: IRIs.
        through: names of classes that a path may pass though it would not by itself (``Forum``, ``Sector``), or IRIs
            of things that each path must pass.
        avoid: names of classes or IRIs of things that no path may pass.
        since, until: hops must be able to lie between these days; what has no date is then left out.
        sources: IRIs of the sources whose word counts; all when empty.
        max_hops: length at most; 6 when not given.
        k: how many; 3 when not given.
        cited: citations at most per hop; 3 when not given.

    Raises:
        UnknownName: a class of `through` or `avoid` does not exist.
    """
    from kg.paths.index import open_index

    return find_in(graph, open_index(graph, project.folder / "paths"), start, goal, **options)


def find_in(
    graph: Graph,
    index: "Index",
    start: str,
    goal: str,
    *,
    through: Sequence[str] = (),
    avoid: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    sources: Sequence[str] = (),
    max_hops: int = 6,
    k: int = 3,
    cited: int = 3,
) -> Paths:
    """`find_paths` on an index that is open already; `graph` gives names and citations."""
    from kg.paths.search import Found, search

    ends = (_node(graph, start), _node(graph, goal))
    first, last = index.nodes.find(start), index.nodes.find(goal)
    allowed = _filter(index, through, avoid, since, until, sources, max_hops)
    if first is None or last is None or allowed is None:
        return Paths(*ends, ())
    stops = [n for n in (index.nodes.find(t) for t in through if _is_iri(t)) if n is not None]
    if len(stops) < sum(_is_iri(t) for t in through):
        return Paths(*ends, ())
    if stops:
        wide = search(index, first, last, allowed, k * 200)
        found: list[Found] = [f for f in wide if set(stops) <= set(f.nodes)][:k]
    else:
        found = search(index, first, last, allowed, k)
    return Paths(*ends, tuple(_path(graph, index, allowed, f.nodes, f.cost, cited) for f in found))


def _is_iri(text: str) -> bool:
    return text.startswith(("http:", "https:"))


def passable(through: Sequence[str], avoid: Sequence[str]) -> tuple[set[str], set[str], set[str]]:
    """Names of the classes that a path may pass, IRIs that it may pass besides, IRIs that it must not pass.

    Args:
        through, avoid: names of classes or IRIs, as in `find_paths`.

    Raises:
        UnknownName: a class does not exist.
    """
    names = {c.name for c in model().classes.values() if c.role in _ROLES and c.through is None}
    for name in through:
        if not _is_iri(name):
            names.update(model().subclasses(model().cls(name).name))
    for name in avoid:
        if not _is_iri(name):
            names.difference_update(model().subclasses(model().cls(name).name))
    return names, set(filter(_is_iri, through)), set(filter(_is_iri, avoid))


def _filter(
    index: "Index",
    through: Sequence[str],
    avoid: Sequence[str],
    since: date | None,
    until: date | None,
    sources: Sequence[str],
    max_hops: int,
) -> "Filter | None":
    from kg.paths.search import Filter

    names, also, never = passable(through, avoid)
    numbers = {name: i for i, name in enumerate(index.class_names)}
    source_numbers = {name: i for i, name in enumerate(index.sources)}
    wanted = frozenset(source_numbers[s] for s in sources if s in source_numbers) if sources else None
    if wanted is not None and not wanted:
        return None
    return Filter(
        classes=frozenset(numbers[n] for n in names),
        also=frozenset(n for n in map(index.nodes.find, sorted(also)) if n is not None),
        never=frozenset(n for n in map(index.nodes.find, sorted(never)) if n is not None),
        since=since.toordinal() if since else None,
        until=until.toordinal() if until else None,
        sources=wanted,
        max_hops=max_hops,
    )


def _node(graph: Graph, iri: str) -> Node:
    """A step as people see it: an account of a meeting is the meeting."""
    if graph.cls(iri) == "MeetingAccount":
        tells_of = graph.store.quads_for_pattern(None, ox.NamedNode(iris.KG + "account"), ox.NamedNode(iri), None)
        meeting = next((q.subject.value for q in tells_of if isinstance(q.subject, ox.NamedNode)), None)
        if meeting:
            return Node(meeting, graph.label(meeting), graph.cls(meeting))
    return Node(iri, graph.label(iri), graph.cls(iri))


def _path(graph: Graph, index: "Index", allowed: "Filter", nodes: tuple[int, ...], cost: float, cited: int) -> Path:
    steps = tuple(_node(graph, index.nodes[n]) for n in nodes)
    hops = tuple(_hop(graph, index, allowed, one, other, cited) for one, other in itertools.pairwise(nodes))
    return Path(steps, hops, cost)


def _hop(graph: Graph, index: "Index", allowed: "Filter", one: int, other: int, cited: int) -> Hop:
    from kg.paths.search import edges_between

    edges = edges_between(index, allowed, one, other)
    columns = index.columns
    # By names, not numbers: a source that came later has a later number.
    edges.sort(
        key=lambda e: (
            -int(columns["last"][e]),
            int(columns["prop"][e]),
            index.sources[int(columns["source"][e])],
            index.nodes[int(columns["evidence"][e])],
        )
    )
    relations = dict.fromkeys(model().properties[index.props[int(columns["prop"][e])]].label for e in edges)
    evidence = dict.fromkeys(index.nodes[int(columns["evidence"][e])] for e in edges)
    found: dict[tuple[object, ...], Citation] = {}
    for iri in evidence:
        for citation in citations(graph, iri):
            found.setdefault((citation.source, citation.span, citation.row), citation)
        if len(found) >= cited:
            break
    dates = [d for iri in list(evidence)[:cited] if (d := _date(graph, iri))]
    return Hop(
        relation=", ".join(relations),
        date=dates[0] if dates else None,
        count=len(evidence),
        citations=tuple(found.values())[:cited],
    )


def _date(graph: Graph, iri: str) -> str | None:
    """EDTF text of a thing, or of the encounter in which a participation took place."""
    facts = graph.facts(iri)
    own = [f.value for f in facts if f.property == "when"]
    if not own:
        encounters = [f.value for f in facts if f.property == "participationIn"]
        own = [f.value for e in encounters for f in graph.facts(e) if f.property == "when"]
    return min(own, key=lambda w: (-len(w), w)) if own else None


def neighbourhood(
    project: Project,
    graph: Graph,
    starts: Sequence[str],
    *,
    depth: int = 1,
    through: Sequence[str] = (),
    avoid: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    sources: Sequence[str] = (),
    limit: int = 2_000,
) -> "nx.MultiDiGraph[str]":
    """What lies within `depth` hops of some things, for analysis with networkx and for drawing.

    Returns:
        A MultiDiGraph whose nodes are IRIs with ``label`` and ``cls``; an edge runs from the act (or first end of a
        link) to what it names, with ``relation``, ``property``, ``source``, ``earliest``, ``latest`` (ISO days or
        None) and ``evidence`` (IRI of what to cite). Nearest nodes first, `limit` at most.
    """
    import networkx as nx

    from kg.paths.edges import UNKNOWN
    from kg.paths.index import open_index
    from kg.paths.search import reachable

    index = open_index(graph, project.folder / "paths")
    allowed = _filter(index, through, avoid, since, until, sources, depth)
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    numbers = [n for n in (index.nodes.find(s) for s in starts) if n is not None]
    if allowed is None or not numbers:
        return found
    kept = reachable(index, allowed, numbers, depth)[:limit]
    names = {n: index.nodes[n] for n in kept}
    for name in names.values():
        found.add_node(name, label=graph.label(name), cls=graph.cls(name))
    columns = index.columns

    def day(number: int) -> str | None:
        return None if number == UNKNOWN else date.fromordinal(number).isoformat()

    seen: set[int] = set()
    for node in kept:
        for edge in index.neighbours[index.offsets[node] : index.offsets[node + 1]].tolist():
            one, other = int(columns["start"][edge]), int(columns["end"][edge])
            if edge in seen or one not in names or other not in names or columns["prop"][edge] < 0:
                continue
            seen.add(edge)
            prop = model().properties[index.props[int(columns["prop"][edge])]]
            found.add_edge(
                names[one],
                names[other],
                relation=prop.label,
                property=prop.name,
                source=index.sources[int(columns["source"][edge])],
                earliest=day(int(columns["first"][edge])),
                latest=day(int(columns["last"][edge])),
                evidence=index.nodes[int(columns["evidence"][edge])],
            )
    return found
