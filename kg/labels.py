"""Where names come from: rows of names, read from the graph or given as they are."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from kg import iris
from kg.words import readable

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.graph import Graph

__all__ = ["GraphLabels", "Kind", "Labels", "ListLabels", "Row", "Term"]

Kind = Literal["name", "alias", "demonym", "metonym", "surname", "title", "code"]
_KINDS: dict[str, Kind] = {
    iris.SKOS + "prefLabel": "name",
    iris.SKOS + "altLabel": "alias",
    iris.SKOS + "hiddenLabel": "alias",
    iris.DCTERMS + "title": "alias",
    iris.KG + "surname": "surname",
    iris.KG + "demonym": "demonym",
    iris.KG + "metonym": "metonym",
    iris.KG + "capital": "metonym",
    iris.KG + "titleWord": "title",
    iris.KG + "iso2": "code",
    iris.KG + "iso3": "code",
}
# Languages in which an exact name is looked for through the index; others are found with the spelling.
_LANGUAGES = (None, "en", "zh", "fr", "es", "ru", "ar", "de", "pt", "it", "ja", "ko")


class Row(NamedTuple):
    """One name of one thing. `cls` may be empty where whoever gives the row can tell it later (`Labels.cls`)."""

    iri: str
    cls: str
    label: str
    lang: str
    kind: Kind


class Term(NamedTuple):
    """That a person held an office; days as ISO texts, "" when open or unknown."""

    office: str
    holder: str
    earliest: str
    latest: str

    def on(self, day: str) -> bool:
        """Whether it may have held on the day."""
        return (not self.earliest or self.earliest <= day) and (not self.latest or day <= self.latest)


class Labels(Protocol):
    """Where names come from."""

    def rows(self) -> Iterable[Row]:
        """All names."""
        ...

    def exact(self, label: str) -> Iterable[Row]:
        """The names that are exactly this text, in any language."""
        ...

    def cls(self, iri: str) -> str | None:
        """The class of a thing; None when nothing is known of it."""
        ...

    def label(self, iri: str) -> str:
        """What to call a thing."""
        ...

    def terms(self, office: str) -> Iterable[Term]:
        """Who held an office when."""
        ...

    def stands_for(self, iri: str) -> str:
        """The thing that stands for all that a person judged to be the same as this one; often itself."""
        ...


class ListLabels:
    """Names from rows, such as those of reference files alone."""

    def __init__(self, rows: Iterable[Row], terms: Iterable[Term] = ()) -> None:
        self._rows = list(rows)
        self._exact: dict[str, list[Row]] = {}
        self._cls: dict[str, str] = {}
        self._label: dict[str, tuple[bool, str]] = {}
        self._terms: dict[str, list[Term]] = {}
        for row in self._rows:
            self._exact.setdefault(row.label, []).append(row)
            self._cls.setdefault(row.iri, row.cls)
            if row.kind == "name":
                best = (row.lang != "en", row.label)
                self._label[row.iri] = min(best, self._label.get(row.iri, best))
        for term in terms:
            self._terms.setdefault(term.office, []).append(term)

    def rows(self) -> Iterable[Row]:
        return self._rows

    def exact(self, label: str) -> Iterable[Row]:
        return self._exact.get(label, ())

    def cls(self, iri: str) -> str | None:
        return self._cls.get(iri)

    def label(self, iri: str) -> str:
        return self._label.get(iri, (True, iris.code_of(iri)))[1]

    def terms(self, office: str) -> Iterable[Term]:
        return self._terms.get(office, ())

    def stands_for(self, iri: str) -> str:
        return iri


class GraphLabels:
    """Names from the graph: an exact name is found through the store's index, the rest is read when first needed."""

    def __init__(self, graph: "Graph") -> None:
        self._graph = graph

    def rows(self) -> Iterator[Row]:
        import pyoxigraph as ox

        for predicate, kind in _KINDS.items():
            for quad in self._graph.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
                yield _row(quad, kind)

    def exact(self, label: str) -> Iterator[Row]:
        import pyoxigraph as ox

        label = readable(label)
        for language in _LANGUAGES:
            literal = ox.Literal(label, language=language) if language else ox.Literal(label)
            for quad in self._graph.store.quads_for_pattern(None, None, literal, None):
                kind = _KINDS.get(quad.predicate.value)
                if kind:
                    yield _row(quad, kind)

    def cls(self, iri: str) -> str | None:
        return self._graph.cls(iri)

    def label(self, iri: str) -> str:
        return self._graph.label(iri)

    def terms(self, office: str) -> Iterator[Term]:
        import pyoxigraph as ox

        store, node = self._graph.store, ox.NamedNode
        for quad in store.quads_for_pattern(None, node(iris.KG + "office"), node(office), None):
            about: dict[str, str] = {}
            for fact in store.quads_for_pattern(quad.subject, None, None, quad.graph_name):
                if not isinstance(fact.object, ox.Triple):
                    about[iris.local(fact.predicate.value)] = fact.object.value
            if "holder" in about:
                yield Term(office, about["holder"], about.get("earliest", ""), about.get("latest", ""))

    def stands_for(self, iri: str) -> str:
        return self._graph.stands_for(iri)


def _row(quad: "ox.Quad", kind: Kind) -> Row:
    language = getattr(quad.object, "language", None) or ""
    return Row(getattr(quad.subject, "value", ""), "", getattr(quad.object, "value", ""), language, kind)
