"""The graphs that are mirrored, thing by thing.

A mirror holds the graph of each source, of each reference data set and scheme, and what is derived. The log of loads
(which differs from project to project) and the ontology (which is in the labels) stay at home.
"""

import hashlib
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple, cast

import pyoxigraph as ox

from kg import iris
from kg.mirror.kinds import Edge, Node, Properties, Scalar
from kg.mirror.mapping import Bundle, bundle
from kg.mirror.naming import bare, preferred
from kg.mirror.said import Row, Said, iri_of, term_of, things
from kg.mirror.vocabulary import PREF_LABEL, TITLE, Shortcut, Vocabulary, vocabulary

NOT_MIRRORED = frozenset({iris.GRAPH_LOG, iris.GRAPH_ONTOLOGY})
_KEPT_NAMES = 200_000
_LARGE_BYTES = 40_000_000
_TYPE = ox.NamedNode(iris.RDF_TYPE)


class Survey(NamedTuple):
    """The codes (see `code`) of the things of which more than one graph speaks, and of how many each graph speaks."""

    shared: set[int]
    sizes: dict[str, int]


def code(iri: str) -> int:
    """A number that stands for an IRI in every process; texts take much more room."""
    return zlib.crc32(iri.encode())


def surveyed(codes: Mapping[str, Iterable[int]]) -> Survey:
    """What there is to be known, of the codes of the things of which each graph speaks, each once per graph."""
    seen: set[int] = set()
    shared: set[int] = set()
    sizes: dict[str, int] = {}
    for name, found in codes.items():
        mine = set(found)
        sizes[name] = len(mine)
        shared |= seen & mine
        seen |= mine
    return Survey(shared, sizes)


class Graphs:
    """Mirrored graphs of a store that does not change meanwhile.

    Args:
        store: the store.
        names: IRIs of the graphs; all but those that stay at home when None.
        on_disk: whether the store lies on disk, which then gives the quads of a graph thing by thing; those of a store
            in memory are sorted here first.
        folder: the folder of the store, where another process may open it too.
        words: the vocabulary; that of the ontology when None.
    """

    def __init__(
        self,
        store: ox.Store,
        names: Iterable[str] | None = None,
        *,
        on_disk: bool = False,
        folder: Path | None = None,
        words: Vocabulary | None = None,
    ) -> None:
        found = (g.value for g in store.named_graphs() if type(g) is ox.NamedNode) if names is None else names
        self.store = store
        self.names = sorted(set(found) - NOT_MIRRORED)
        self.words = words or vocabulary()
        self._mirrored = frozenset(self.names)
        self.folder = folder
        self._on_disk = on_disk
        self._known_names: dict[str, str | None] = {}
        self._survey: Survey | None = None

    # --- things -------------------------------------------------------------------------------------------------------

    def in_graph(self, name: str) -> Iterator[tuple[str, Said]]:
        """The things that a graph describes, each once, with what it says of each."""
        # A query has the fewest terms looked up: the store keeps their texts apart, which is most of the work.
        found = self.store.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        rows = cast("Iterable[Row]", found)
        if self._on_disk:
            return things(rows)
        by_subject: dict[object, list[Row]] = {}
        for subject, predicate, value in rows:
            by_subject.setdefault(subject, []).append((subject, predicate, value))
        return things(chain.from_iterable(by_subject.values()))

    def about(self, iri: str) -> dict[str, Said]:
        """What each mirrored graph says of a thing, by graph, sorted."""
        found: dict[str, list[Row]] = {}
        for subject, predicate, value, graph in self.store.quads_for_pattern(term_of(iri), None, None, None):
            if type(graph) is ox.NamedNode and graph.value in self._mirrored:
                found.setdefault(graph.value, []).append((subject, predicate, value))
        return {name: said for name in sorted(found) for _, said in things(found[name])}

    def bundle(self, iri: str) -> Bundle:
        """All that stands for one thing; of one that nothing describes, no node and no relationships."""
        return bundle(self.words, iri, self.about(iri), self.name_of)

    def bundles(self, name: str) -> Iterator[Bundle]:
        """All that stands for the things of which a graph is the first (by IRI) to speak."""
        shared = self.survey().shared
        for iri, said in self.in_graph(name):
            # Two with one code cost a look-up, no more.
            if code(iri) in shared:
                about = self.about(iri)
                if next(iter(about)) != name:
                    continue
            else:
                about = {name: said}
            yield bundle(self.words, iri, about, self.name_of)

    def survey(self) -> Survey:
        """What is to be known of all graphs before things are read one by one."""
        if self._survey is None:
            self._survey = surveyed(self.codes(self.names))
        return self._survey

    def codes(self, names: Iterable[str]) -> "dict[str, array[int]]":
        """The codes of the things of which each of some graphs speaks."""
        return {name: array("L", map(code, self.subjects(name))) for name in names}

    def know(self, survey: Survey) -> None:
        """Take over a survey that was made of the same graphs elsewhere."""
        self._survey = survey

    def is_large(self) -> bool:
        """Whether to read all of it takes longer than to start a process; a guess from the size of the store."""
        return self.folder is not None and sum(f.stat().st_size for f in self.folder.iterdir()) > _LARGE_BYTES

    def by_size(self) -> list[str]:
        """The graphs, those first that describe most."""
        sizes = self.survey().sizes
        return sorted(self.names, key=lambda name: (-sizes[name], name))

    def subjects(self, name: str) -> Iterator[str]:
        """The IRIs of the things that a graph describes, each once."""
        rows = self.store.query(f"SELECT DISTINCT ?s WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        for row in rows:  # type: ignore[union-attr]
            yield iri_of(row[0])

    def name_of(self, iri: str) -> str | None:
        """The name that mirrored graphs give to a thing; None when they give none."""
        try:
            return self._known_names[iri]
        except KeyError:
            pass
        literals: dict[str, list[ox.Literal]] = {}
        subject = term_of(iri)
        for predicate in (PREF_LABEL, TITLE):
            for quad in self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None):
                if type(quad.object) is ox.Literal and self._is_mirrored(quad):
                    literals.setdefault(predicate, []).append(quad.object)
        if len(self._known_names) >= _KEPT_NAMES:
            self._known_names.clear()
        found = self._known_names[iri] = preferred(literals)
        return found

    def _is_mirrored(self, quad: ox.Quad) -> bool:
        return type(quad.graph_name) is ox.NamedNode and quad.graph_name.value in self._mirrored

    def named_after(self, iri: str) -> set[str]:
        """The things whose caption may hold the name of this one."""
        words = self.words
        inside = {name for _, names in words.captions.values() for name in names}
        found: set[str] = set()
        for quad in self.store.quads_for_pattern(None, None, term_of(iri), None):
            if iris.local(quad.predicate.value) in inside and self._is_mirrored(quad):
                found.add(iri_of(quad.subject))
        return found

    def undescribed(self, named: Iterable[str]) -> Iterator[Node]:
        """The bare nodes of those among some things that no graph describes."""
        for iri in sorted(named):
            if self.bundle(iri).node is None:
                yield bare(iri)

    # --- shortcuts ----------------------------------------------------------------------------------------------------

    def all_shortcuts(self) -> Iterator[Edge]:
        """The shortcuts of all kinds."""
        for shortcut in self.words.shortcuts:
            for end in sorted(self.shortcut_ends(shortcut)):
                yield from self.shortcuts(shortcut, end)

    def shortcut_ends(self, shortcut: Shortcut) -> set[str]:
        """The things at which some shortcut of a kind ends."""
        found: set[str] = set()
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(shortcut.end), None, None):
            if self._is_mirrored(quad) and type(quad.object) is not ox.Literal:
                found.update(self._ends_for(shortcut, iri_of(quad.object)))
        return found

    def _ends_for(self, shortcut: Shortcut, told: str) -> Iterator[str]:
        if shortcut.via is None:
            yield told
            return
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(shortcut.via), term_of(told), None):
            if self._is_mirrored(quad):
                yield iri_of(quad.subject)

    def ends_touched(self, shortcut: Shortcut, subjects: Iterable[str]) -> set[str]:
        """The ends of shortcuts that hang on what is said of these things."""
        found: set[str] = set()
        for iri in subjects:
            subject = term_of(iri)
            for quad in self.store.quads_for_pattern(subject, ox.NamedNode(shortcut.end), None, None):
                if type(quad.object) is not ox.Literal and self._is_mirrored(quad):
                    found.update(self._ends_for(shortcut, iri_of(quad.object)))
            if shortcut.via is not None:
                found.add(iri)
        return found

    def shortcuts(self, shortcut: Shortcut, end: str) -> list[Edge]:
        """The shortcuts of a kind that end at a thing: one from each thing at the other end."""
        said: dict[str, tuple[set[str], dict[str, set[str]]]] = {}
        for told in self._told_by(shortcut, end):
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(shortcut.end), told, None):
                if not self._is_mirrored(quad):
                    continue
                graph = quad.graph_name
                about = list(self.store.quads_for_pattern(quad.subject, None, None, graph))
                if not any(q.predicate == _TYPE and q.object == ox.NamedNode(shortcut.cls) for q in about):
                    continue
                for start in (q.object for q in about if q.predicate.value == shortcut.start):
                    if type(start) is ox.Literal:
                        continue
                    sources, keeps = said.setdefault(iri_of(start), (set(), {}))
                    sources.add(graph.value)  # type: ignore[union-attr]
                    for predicate, key in shortcut.keeps:
                        values = (q.object for q in about if q.predicate.value == predicate)
                        texts = {v.value if type(v) is ox.Literal else iris.code_of(iri_of(v)) for v in values}
                        keeps.setdefault(key, set()).update(texts)
        edges = []
        for start_iri, (sources, keeps) in sorted(said.items()):
            listed: list[Scalar] = sorted(sources)
            properties: Properties = {"sources": listed}
            properties.update((key, "; ".join(sorted(texts))) for key, texts in keeps.items() if texts)
            edges.append(Edge(shortcut.type, start_iri, end, properties))
        return edges

    def _told_by(self, shortcut: Shortcut, end: str) -> list[ox.NamedNode | ox.BlankNode]:
        if shortcut.via is None:
            return [term_of(end)]
        found = self.store.quads_for_pattern(term_of(end), ox.NamedNode(shortcut.via), None, None)
        told = {iri_of(q.object) for q in found if type(q.object) is not ox.Literal and self._is_mirrored(q)}
        return [term_of(iri) for iri in sorted(told)]

    # --- what changed -------------------------------------------------------------------------------------------------

    def digest(self, name: str) -> str:
        """A digest of the quads of a graph, whatever their order."""
        total = 0
        for quad in self.store.quads_for_pattern(None, None, None, ox.NamedNode(name)):
            line = f"{quad.subject} {quad.predicate} {quad.object}"
            total += int.from_bytes(hashlib.blake2b(line.encode(), digest_size=16).digest())
        return f"{total % 2**128:032x}"

    def revisions(self) -> Mapping[str, str]:
        """A text for each graph that differs when what the graph holds differs.

        The log tells it without a look at the graphs that it names; of all others a digest is taken, such as of what
        is derived.
        """
        log = ox.NamedNode(iris.GRAPH_LOG)
        noted: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(iris.KG + "loadedSource"), None, log):
            noted.setdefault(iri_of(quad.object), []).append(iri_of(quad.subject))
        for name in self.names:
            node = ox.NamedNode(name)
            for quad in self.store.quads_for_pattern(node, ox.NamedNode(iris.KG + "sha256"), None, log):
                noted.setdefault(name, []).append(str(quad.object))
        return {
            name: hashlib.blake2b("\n".join(sorted(noted[name])).encode(), digest_size=16).hexdigest()
            if name in noted
            else self.digest(name)
            for name in self.names
        }
