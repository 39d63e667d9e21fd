"""Reading the graph: one published generation of the store, with the look-ups that everything else is built from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import iris
from kg.errors import NotFound, QueryError
from kg.ontology import model
from kg.texts import Texts

if TYPE_CHECKING:
    import rdflib

__all__ = ["PREFIXES", "Fact", "Graph", "SourceInfo", "Term"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
PREFIXES: Mapping[str, str] = {
    "kg": iris.KG,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": iris.RDFS,
    "owl": iris.OWL,
    "skos": iris.SKOS,
    "dcterms": iris.DCTERMS,
    "xsd": iris.XSD,
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "graph": iris.SYSTEM_GRAPHS,
    "actor": iris.BASE + "actor/",
    "forum": iris.BASE + "forum/",
    "person": iris.BASE + "person/",
    "office": iris.BASE + "office/",
    "sector": iris.BASE + "sector/",
    "principle": iris.BASE + "principle/",
    "relation": iris.BASE + "relation/",
    "source": iris.BASE + "source/",
}


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source: its key, IRI, class and description. Dates are EDTF texts."""

    key: str
    iri: str
    cls: str
    title: str
    publisher: str | None = None
    publisher_iri: str | None = None
    publisher_kind: str | None = None
    publisher_state: str | None = None
    published: str | None = None
    published_latest: str | None = None
    author: tuple[str, ...] = ()
    url: str | None = None
    licence: str | None = None
    sha256: str | None = None
    system: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a source says of another: property name, value as text, datatype, language and graph."""

    property: str
    value: str
    is_iri: bool
    datatype: str | None
    lang: str | None
    source: str


@dataclass(slots=True)
class Graph:
    """A published generation of the graph, open for reading. Get one from `Project.reading`.

    Attributes:
        store: the Oxigraph store, read-only.
        texts: the kept texts.
    """

    store: ox.Store
    texts: Texts
    _labels: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _sources: dict[str, SourceInfo] = field(default_factory=dict)

    # --- quads ------------------------------------------------------------------------------------------------

    def graph_names(self, *, system: bool = False) -> list[str]:
        """IRIs of the graphs of sources, sorted; with `system`, those of ontology, reference and derived data too."""
        names = sorted(str(g.value) for g in self.store.named_graphs())
        return [n for n in names if system or not n.startswith(iris.SYSTEM_GRAPHS)]

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """All quads of one graph."""
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def dataset(self) -> "rdflib.Dataset":
        """The same graph as an rdflib Dataset whose default graph is the union of all graphs (read-only)."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)

    def query(
        self, sparql: str, bindings: Mapping[str, Term] | None = None, *, union: bool = True
    ) -> list[dict[str, Term | None]]:
        """Run a SELECT query of our own; returns one mapping of variable to term per row.

        The prefixes kg, skos, dcterms, xsd, rdf, rdfs, prov, org, oa and those of common IRIs are declared. `bindings`
        fixes variables. With `union`, patterns outside GRAPH see all graphs together.

        Raises:
            QueryError: the query is wrong.
        """
        substitutions = {ox.Variable(k): v for k, v in (bindings or {}).items()}
        try:
            found = self.store.query(
                sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=union, substitutions=substitutions
            )
        except (SyntaxError, ValueError, OSError) as error:
            raise QueryError(f"The query cannot be run: {error}") from None
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("This query must be a SELECT query.")
        names = [v.value for v in found.variables]
        return [{n: row[n] for n in names} for row in found]

    # --- sources ----------------------------------------------------------------------------------------------

    def sources(self, *, system: bool = False) -> list[SourceInfo]:
        """Every source that was loaded, sorted by IRI; with `system`, the reference data sets too."""
        wanted = self.graph_names(system=system)
        skip = (iris.GRAPH_DERIVED, iris.GRAPH_LOG, iris.GRAPH_ONTOLOGY)
        return [self.source(name) for name in wanted if name not in skip]

    def source(self, iri_or_key: str) -> SourceInfo:
        """The description of a source by IRI or key.

        Raises:
            NotFound: no such source was loaded.
        """
        # No key holds a colon; graphs that come with RDF may have IRIs of any scheme.
        iri = iri_or_key if ":" in iri_or_key else iris.source(iri_or_key)
        if iri not in self._sources:
            self._sources[iri] = self._describe_source(iri)
        return self._sources[iri]

    def _describe_source(self, iri: str) -> SourceInfo:
        node = node_of(iri)
        if not self.store.contains_named_graph(node):
            raise NotFound(f"No source {iri!r} was loaded; `kg sources` lists them.")
        about: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(node, None, None, node):
            about.setdefault(iris.local(quad.predicate.value), []).append(_text(quad.object))
        publisher = _first(about, "publisher")
        kind = state = None
        if publisher:
            at = ox.NamedNode(publisher)
            kind = self._value(at, "publisherKind")
            state = self._value(at, "publisherState")
        return SourceInfo(
            key=iris.code_of(iri) or iri,
            iri=iri,
            cls=model().most_specific(about.get("type", ())) or "Source",
            title=_first(about, "title") or iris.code_of(iri),
            publisher=self.label(publisher) if publisher else None,
            publisher_iri=publisher,
            publisher_kind=iris.code_of(kind) if kind else None,
            publisher_state=iris.code_of(state) if state else None,
            published=_first(about, "published"),
            published_latest=_first(about, "publishedLatest"),
            author=tuple(sorted(about.get("author", ()))),
            url=_first(about, "url"),
            licence=_first(about, "licence"),
            sha256=_first(about, "sha256"),
            system=iri.startswith(iris.SYSTEM_GRAPHS),
        )

    def _value(self, subject: ox.NamedNode, name: str) -> str | None:
        found = sorted(
            _text(q.object) for q in self.store.quads_for_pattern(subject, ox.NamedNode(iris.KG + name), None, None)
        )
        return found[0] if found else None

    def text(self, source_iri: str) -> str | None:
        """The kept text of a source; None when it has none or it was not kept."""
        digest = self.source(source_iri).sha256
        return self.texts.get(digest) if digest else None

    # --- things -----------------------------------------------------------------------------------------------

    def facts(self, iri: str) -> list[Fact]:
        """All that is said of a thing, by any source, in a stable order."""
        found = [
            _fact(q.predicate.value, q.object, q.graph_name)
            for q in self.store.quads_for_pattern(node_of(iri), None, None, None)
        ]
        return sorted(found, key=lambda f: (f.property, f.value, f.lang or "", f.source))

    def facts_about(self, iri: str) -> list[tuple[str, Fact]]:
        """All that points to a thing: pairs of the IRI that points and the fact, in a stable order."""
        found = [
            (q.subject.value, _fact(q.predicate.value, q.object, q.graph_name))
            for q in self.store.quads_for_pattern(None, None, node_of(iri), None)
            if isinstance(q.subject, ox.NamedNode)
        ]
        return sorted(found, key=lambda pair: (pair[1].property, pair[0], pair[1].source))

    def cls(self, iri: str) -> str | None:
        """Name of the most specific class of a thing; None when no source says one."""
        kinds = self.store.quads_for_pattern(node_of(iri), ox.NamedNode(iris.RDF_TYPE), None, None)
        return model().most_specific(q.object.value for q in kinds if isinstance(q.object, ox.NamedNode))

    def stands_for(self, iri: str) -> str:
        """The thing that stands for all that a person judged to be the same as this one; often itself."""
        same, derived = ox.NamedNode(iris.OWL + "sameAs"), ox.NamedNode(iris.GRAPH_DERIVED)
        heads = self.store.quads_for_pattern(ox.NamedNode(iri), same, None, derived)
        return min((q.object.value for q in heads if isinstance(q.object, ox.NamedNode)), default=iri)

    def exists(self, iri: str) -> bool:
        """Whether any source says anything of a thing."""
        return next(iter(self.store.quads_for_pattern(node_of(iri), None, None, None)), None) is not None

    def label(self, iri: str) -> str:
        """What to call a thing: its English name, else a name in another language, its title, or a caption."""
        if iri not in self._labels:
            self._labels[iri] = self._name(iri) or self._caption(iri) or iris.code_of(iri)
        return self._labels[iri]

    def labels(self, wanted: Iterable[str]) -> dict[str, str]:
        """`label` of several things."""
        return {iri: self.label(iri) for iri in wanted}

    def _name(self, iri: str) -> str | None:
        node = ox.NamedNode(iri)
        names = [
            q.object
            for q in self.store.quads_for_pattern(node, ox.NamedNode(iris.SKOS + "prefLabel"), None, None)
            if isinstance(q.object, ox.Literal)
        ]
        if names:
            return min(names, key=lambda n: (n.language != "en", n.language or "", n.value)).value
        titles = [
            _text(q.object)
            for q in self.store.quads_for_pattern(node, ox.NamedNode(iris.DCTERMS + "title"), None, None)
        ]
        return min(titles) if titles else None

    def _short(self, iri: str) -> str:
        """What a caption calls a thing: its name or the end of its IRI, never its own caption."""
        if iri not in self._names:
            self._names[iri] = self._name(iri) or iris.code_of(iri)
        return self._names[iri]

    def _caption(self, iri: str) -> str | None:
        name = self.cls(iri)
        pattern = model().classes[name].caption if name else None
        if pattern is None:
            return None
        values: dict[str, list[str]] = {}
        for fact in self.facts(iri):
            if f"{{{fact.property}}}" not in pattern:
                continue
            text = self._short(fact.value) if fact.is_iri else fact.value
            if text not in values.setdefault(fact.property, []):
                values[fact.property].append(text)
        return caption(pattern, {k: " – ".join(v) for k, v in values.items()})


def node_of(iri: str) -> ox.NamedNode:
    """The term of an IRI that a person gave.

    Raises:
        NotFound: it is no IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise NotFound(f"{iri!r} is no IRI; `kg find` tells the IRI of a name.") from None


def value_of(term: object) -> str:
    """The IRI or text of a term of a row."""
    return str(getattr(term, "value", term))


@lru_cache(maxsize=200)
def _parts(pattern: str) -> tuple[list[tuple[str, bool, str]], str]:
    """A caption pattern's names, each with what stands before it and whether that joins on; and what stands last."""
    parts, rest = [], pattern
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        parts.append((before, before.startswith((",", ":")), name))
    return parts, rest


def caption(pattern: str, values: Mapping[str, str], limit: int = 90) -> str:
    """Fill a caption pattern of the ontology; what is not known is left out, what is long is cut.

    >>> caption("{meetingKind} {party} {when}", {"meetingKind": "Meeting", "party": "Canada – China"})
    'Meeting Canada – China'
    >>> caption("{product} {when}: {value}", {"product": "total", "value": "12"})
    'total: 12'
    """
    text = ""
    parts, rest = _parts(pattern)
    for before, joins, name in parts:
        value = values.get(name)
        if joins:
            text = text.rstrip()
        text = text + before + value if value else text.rstrip(" ,:") + before
    text = " ".join((text + rest).split()).replace(" ,", ",").strip(" ,:")
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _first(about: Mapping[str, list[str]], name: str) -> str | None:
    values = about.get(name)
    return min(values) if values else None


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _fact(predicate: str, value: Term, graph: object) -> Fact:
    literal = value if isinstance(value, ox.Literal) else None
    return Fact(
        property=iris.local(predicate),
        value=_text(value),
        is_iri=isinstance(value, ox.NamedNode),
        datatype=literal.datatype.value if literal else None,
        lang=literal.language if literal else None,
        source=graph.value if isinstance(graph, ox.NamedNode) else "",
    )
