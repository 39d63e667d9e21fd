"""Paths in the mirror: the edges around two things come from Neo4j, the same search ranks them as in the store.

Both ends are widened in turn, the smaller one first, hop by hop over named relationship types, so that nothing runs
through documents, relations and places. After ``h`` widenings all paths of at most ``h`` hops lie in what was read.
What the order of paths needs of the rest of the graph (how much a thing is connected to, the newest day) is counted by
Neo4j.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg import iris
from kg.graph import Graph
from kg.mirror.kinds import Edge, Node
from kg.mirror.mapping import edge_quads, node_quads
from kg.mirror.remote import Remote, plain, quoted
from kg.mirror.said import term_of
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, Vocabulary
from kg.ontology import model
from kg.paths import Paths, find_in, passable
from kg.paths.build import columns_of
from kg.paths.edges import NO_CLASS, edges_of, first_end, step_properties
from kg.paths.edges import Edge as Step
from kg.paths.index import Index, Strings, adjacency

__all__ = ["find_paths"]

# What is derived from sources names no ties of its own.
_SKIP = (iris.GRAPH_DERIVED,)
_BATCH = 5_000


def find_paths(
    graph: Graph, remote: Remote, start: str, goal: str, *, max_hops: int = 6, k: int = 3, **options: Any
) -> Paths:
    """The `k` best paths between two things in the mirror; arguments and errors as in `kg.paths.find_paths`.

    Args:
        graph: the graph of the project, for names and kept texts.
        remote: the mirror.
        start, goal, max_hops, k, options: see `kg.paths.find_paths`.

    Raises:
        MirrorError: nothing is mirrored in the target, or another project.
        UnknownName: a class that is asked for does not exist.
    """
    remote.require()
    around = _Around(remote, (start, goal), options.get("through", ()), options.get("avoid", ()))
    hops = 0
    while True:
        hops = hops + 1 if around.widen() else max_hops
        found = find_in(graph, around.index(), start, goal, max_hops=hops, k=k, **options)
        if len(found.paths) >= k or hops >= max_hops:
            return found


class _Around:
    """What was read of the mirror around two things."""

    def __init__(self, remote: Remote, ends: tuple[str, str], through: Sequence[str], avoid: Sequence[str]) -> None:
        self._remote = remote
        self._words = remote.words
        self._steps = _Cypher(remote.words)
        self._classes, self._also, self._never = passable(through, avoid)
        self._kinds: dict[str, str | None] = {}
        self._same = self._aliases()
        self._read: set[str] = set()
        self._frontiers = [self._with_same([end]) for end in ends]
        self._reached = [set(frontier) for frontier in self._frontiers]
        self._edges: dict[tuple[str, Step], None] = {}
        self._degrees: dict[str, int] = {}
        self._newest: int | None = None
        # Of each source of which it was asked, the digest of its text.
        self._digests: dict[str, str | None] = {}

    def widen(self) -> bool:
        """Read one hop more around one of the two things; whether there may be paths beyond what was read."""
        side = min((0, 1), key=lambda s: len(self._frontiers[s]))
        frontier = self._frontiers[side]
        found = self._touching(sorted(frontier - self._read))
        self._read |= frontier
        self._edges.update(dict.fromkeys(found))
        near: set[str] = set()
        for _, edge in self._edges:
            if edge.start in frontier:
                near.add(edge.end)
            if edge.end in frontier:
                near.add(edge.start)
        new = self._with_same(near) - self._reached[side]
        self._reached[side] |= new
        self._frontiers[side] = {iri for iri in new if self._may_pass(iri)}
        return all(self._frontiers)

    def _may_pass(self, iri: str) -> bool:
        return iri not in self._never and (iri in self._also or self._kinds.get(iri) in self._classes)

    def _with_same(self, things: Iterable[str]) -> set[str]:
        return {same for iri in things for same in (iri, *self._same.get(iri, ()))}

    def _aliases(self) -> dict[str, tuple[str, ...]]:
        """Of each thing that is the same as others for a path, these and itself: first the one that stands for them."""
        found: dict[str, tuple[str, ...]] = {}
        account = quoted(self._words.types[iris.KG + "account"])
        same = self._words.types[iris.OWL + "sameAs"]
        for (told,) in self._remote.rows(
            f"MATCH (m:{BASE_LABEL})-[:{account} {{source: $derived}}]->(t:{BASE_LABEL}) "
            "WITH m, collect([t.iri, labels(t)]) AS told WHERE size(told) > 1 RETURN told",
            derived=iris.GRAPH_DERIVED,
        ):
            members = tuple(sorted((str(iri) for iri, _ in told), key=_order))
            found.update(dict.fromkeys(members, members))
            for iri, labels in told:
                self._note(iri, labels)
        joined: dict[str, list[str]] = {}
        for one, one_labels, other, other_labels in self._remote.rows(
            f"MATCH (a:{BASE_LABEL})-[:{quoted(same)} {{source: $derived}}]->(b:{BASE_LABEL}) "
            "RETURN a.iri, labels(a), b.iri, labels(b)",
            derived=iris.GRAPH_DERIVED,
        ):
            self._note(one, one_labels)
            self._note(other, other_labels)
            joined.setdefault(other, [other]).append(one)
        for group in joined.values():
            found.update(dict.fromkeys(group, tuple(group)))
        return found

    # --- reading ------------------------------------------------------------------------------------------------------

    def _touching(self, things: Sequence[str]) -> Iterator[tuple[str, Step]]:
        """The edges at some things, with their sources."""
        quads: dict[str, list[ox.Quad]] = {}
        for part in _parts(things):
            for query in (self._steps.direct, self._steps.through_links):
                for row in self._remote.rows(query, things=part, skip=_SKIP):
                    source = str(row[0])
                    quads.setdefault(source, []).extend(self._quads(source, *row[1:]))
            for kind, one, one_labels, other, other_labels, properties, days in self._remote.rows(
                self._steps.as_relationship, things=part, skip=_SKIP
            ):
                self._note(one, one_labels)
                self._note(other, other_labels)
                source = str(properties["source"])
                held = [Edge(kind, one, other, plain(properties)), *_described(source, other, days)]
                for edge in held:
                    quads.setdefault(source, []).extend(edge_quads(self._words, edge))
        for source, said in quads.items():
            yield from ((source, edge) for edge in edges_of(dict.fromkeys(said)))

    def _quads(
        self, source: str, kind: str, one: str, one_labels: list[str], one_said: Any, other: str, *rest: Any
    ) -> Iterator[ox.Quad]:
        """One step, and what its source says of the class and the days of its ends."""
        other_labels, other_said = rest
        graph = ox.NamedNode(source)
        yield ox.Quad(term_of(one), ox.NamedNode(self._words.by_type[kind]), term_of(other), graph)
        for iri, labels, said in ((one, one_labels, one_said), (other, other_labels, other_said)):
            known = self._note(iri, labels)
            if said is not None:
                node = Node(iri, known, plain({k: v for k, v in said.items() if v is not None}) | {"source": source})
                yield from node_quads(self._words, node)

    def _note(self, iri: str, labels: Iterable[str]) -> tuple[str, ...]:
        known = tuple(sorted(label for label in labels if label != BASE_LABEL))
        if iri not in self._kinds:
            self._kinds[iri] = _class_of(self._words, known)
        return known

    # --- for the search -----------------------------------------------------------------------------------------------

    def index(self) -> Index:
        """What was read so far, in the form in which it is searched."""
        props, class_names = sorted(set(step_properties().values())), list(model().classes)
        class_numbers = {name: n for n, name in enumerate(class_names)}
        names = sorted(
            self._with_same(iri for _, edge in self._edges for iri in (edge.start, edge.end))
            | {edge.evidence for _, edge in self._edges},
            key=_order,
        )
        nodes = Strings.of(names)
        numbers = {iri: n for n, iri in enumerate(names)}
        sources = sorted({source for source, _ in self._edges})
        source_numbers = {source: n for n, source in enumerate(sources)}
        columns = columns_of(((source_numbers[source], edge) for source, edge in self._edges), numbers, props)
        offsets, neighbours = adjacency(columns["start"], columns["end"], len(names))
        witness = self._witnesses(sources)

        def degrees(wanted: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
            iris_wanted = [names[n] for n in wanted.tolist()]
            self._count(set(iris_wanted))
            return np.array([self._degrees.get(iri, 0) for iri in iris_wanted], dtype=np.float64)

        return Index(
            nodes=nodes,
            classes=np.array([class_numbers.get(self._kinds.get(n) or "", NO_CLASS) for n in names], dtype=np.uint8),
            columns=columns,
            offsets=offsets,
            neighbours=neighbours,
            sources=sources,
            props=props,
            class_names=class_names,
            alias=self._alias_numbers(numbers),
            witnesses=np.array([source_numbers.get(witness.get(s, s), n) for n, s in enumerate(sources)], np.int32),
            degrees=degrees,
            newest=self._newest_day(),
        )

    def _witnesses(self, sources: Sequence[str]) -> dict[str, str]:
        """The first of the sources that hold the same text as each."""
        if new := [source for source in sources if source not in self._digests]:
            query = f"MATCH (s:{BASE_LABEL}) WHERE s.iri IN $sources RETURN s.iri, s.sha256"
            self._digests.update(dict.fromkeys(new))
            self._digests.update((iri, digest) for iri, digest in self._remote.rows(query, sources=new))
        first: dict[str, str] = {}
        digests = ((source, self._digests[source]) for source in sources)
        return {source: first.setdefault(str(digest), source) for source, digest in digests if digest is not None}

    def _alias_numbers(self, numbers: dict[str, int]) -> dict[int, int]:
        found = {}
        for iri, same in self._same.items():
            if iri in numbers and (first := same[0]) != iri and first in numbers:
                found[numbers[iri]] = numbers[first]
        return found

    def _count(self, things: Collection[str]) -> None:
        for part in _parts(sorted(things - self._degrees.keys())):
            for iri, count in self._remote.rows(self._steps.degrees, things=part, skip=_SKIP, first=self._steps.first):
                self._degrees[iri] = count

    def _newest_day(self) -> int:
        if self._newest is None:
            ((day,),) = self._remote.rows(self._steps.newest, skip=_SKIP)
            found = day.to_native() if day is not None else date.min
            self._newest = found.toordinal()
        return self._newest


class _Cypher:
    """The queries, with labels and relationship types from the ontology."""

    def __init__(self, words: Vocabulary) -> None:
        known = model()
        links = {cls.neo4j_label: cls for cls in known.classes.values() if cls.role == "link" and cls.neo4j_label}
        steps = "|".join(quoted(words.types[iri]) for iri in sorted(step_properties()) if iri in words.types)
        kinds = "|".join(quoted(kind) for kind in sorted(words.links_by_type))
        is_link = "|".join(quoted(label) for label in sorted(links))
        acts, actors = _labelled(words, ("act", "account")), _labelled(words, ("actor",))
        # The type of the relationship from a link to its first end, by the label of the link.
        self.first = {
            str(label): words.types[known.prop(str(first_end(cls))).iri]
            for label, cls in links.items()
            if first_end(cls)
        }
        said = (
            "CASE WHEN {0}.source = r.source THEN {0} {{.earliest, .latest, .types, .untyped}} ELSE head(COLLECT {{ "
            f"MATCH (:{BASE_LABEL} {{{{iri: r.source}}}})-[d:{DESCRIBES}]->({{0}}) "
            "RETURN d {{.earliest, .latest, .types, .untyped}} }}) END"
        )
        start = f"UNWIND $things AS i MATCH (n:{BASE_LABEL} {{iri: i}})"
        returned = (
            f"RETURN DISTINCT r.source, type(r), a.iri, labels(a), {said.format('a')}, "
            f"b.iri, labels(b), {said.format('b')}"
        )
        self.direct = f"""
            {start}-[r:{steps}]-(:{BASE_LABEL})
            WITH r, startNode(r) AS a, endNode(r) AS b
            WHERE NOT a:{is_link} AND NOT r.source IN $skip {returned}"""
        self.through_links = f"""
            {start}<-[:{steps}]-(a:{is_link})
            WITH DISTINCT a MATCH (a)-[r:{steps}]->(b:{BASE_LABEL})
            WHERE NOT r.source IN $skip {returned}"""
        self.as_relationship = f"""
            {start}-[r:{kinds}]-(:{BASE_LABEL})
            WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b WHERE NOT r.source IN $skip
            RETURN type(r), a.iri, labels(a), b.iri, labels(b), properties(r), {said.format("b")}"""
        self.degrees = f"""
            {start} WITH n, n:{acts} AS act
            RETURN n.iri,
              COUNT {{ (n)-[r:{steps}]->(m:{BASE_LABEL})
                       WHERE NOT n:{is_link} AND NOT r.source IN $skip AND (NOT act OR m:{actors}) }}
              + COUNT {{ (n)<-[r:{steps}]-(m:{BASE_LABEL})
                         WHERE NOT m:{is_link} AND NOT r.source IN $skip AND (NOT act OR m:{actors}) }}
              + COUNT {{ (n)<-[r:{steps}]-(l:{is_link})-[q:{steps}]->(m:{BASE_LABEL})
                         WHERE q.source = r.source AND NOT r.source IN $skip AND (NOT act OR m:{actors})
                         AND any(x IN labels(l) WHERE $first[x] IN [type(r), type(q)]
                                 AND NOT ($first[x] = type(r) AND $first[x] = type(q))) }}
              + COUNT {{ (n)-[r:{kinds}]-(m:{BASE_LABEL}) WHERE NOT r.source IN $skip AND (NOT act OR m:{actors}) }}"""
        self.newest = f"""
            CALL () {{
              MATCH (n:{BASE_LABEL}) WHERE n.latest IS :: DATE
                AND EXISTS {{ (n)-[r:{steps}]->() WHERE NOT r.source IN $skip }}
              RETURN max(n.latest) AS day
              UNION ALL
              MATCH (l:{is_link})-[r:{steps}]->(n) WHERE l.earliest IS NULL AND l.latest IS NULL
                AND n.latest IS :: DATE AND NOT r.source IN $skip
              RETURN max(n.latest) AS day
              UNION ALL
              MATCH ()-[r:{kinds}]->(n) WHERE r.latest IS :: DATE RETURN max(r.latest) AS day
              UNION ALL
              MATCH (n:{BASE_LABEL}) WHERE n.latest IS :: DATE
                AND EXISTS {{ ()-[r:{kinds}]->(n) WHERE r.earliest IS NULL AND r.latest IS NULL }}
              RETURN max(n.latest) AS day
            }} RETURN max(day)"""


def _labelled(words: Vocabulary, roles: Collection[str]) -> str:
    labels = {c.neo4j_label for c in words.model.classes.values() if c.role in roles and c.neo4j_label}
    return "|".join(quoted(label) for label in sorted(labels))


def _class_of(words: Vocabulary, labels: tuple[str, ...]) -> str | None:
    exact = words.class_of.get(labels)
    if exact is not None:
        return iris.local(exact)
    return model().most_specific(cls for cls, line in words.labels.items() if line and set(line) <= set(labels))


def _described(source: str, iri: str, said: Any) -> Iterator[Edge]:
    if said is not None:
        days = {k: said[k] for k in ("earliest", "latest") if said.get(k) is not None}
        yield Edge(DESCRIBES, source, iri, plain(days))


def _order(iri: str) -> bytes:
    return iri.encode("utf-8")


def _parts(things: Sequence[str]) -> Iterator[list[str]]:
    for begin in range(0, len(things), _BATCH):
        yield list(things[begin : begin + _BATCH])
