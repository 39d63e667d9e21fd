"""Where a claim stands: the words, their sentence, and the source with publisher and date."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.errors import AmbiguousName, CheckFailed, NotFound
from kg.graph import Graph, SourceInfo
from kg.texts import sentence_around

__all__ = ["Citation", "check", "citations", "short_id", "thing_of"]

_DIGEST = re.compile(r"(?<=/)([0-9a-f]{12})[0-9a-f]{52}(?=\.|$)")
_LEAST = 4  # letters of a beginning

_CITATION = ox.NamedNode(iris.KG + "citation")
_ROW = ox.NamedNode(iris.KG + "row")
_SOURCE_URL = ox.NamedNode(iris.KG + "sourceUrl")
_ENCOUNTER = ox.NamedNode(iris.KG + "participationIn")
_ACCOUNT = ox.NamedNode(iris.KG + "account")


@dataclass(frozen=True, slots=True)
class Citation:
    """One place on which a claim rests.

    Attributes:
        source, title, publisher, published, url: the source, by IRI and in words.
        quote: the exact words; `before` and `after` complete their sentence, where the text is kept.
        span: offsets of the words in the text (code points, end exclusive).
        row: the row of a table, where the source is one; `report` the page that the row names.
        kept: whether the text was there to take the sentence from.
    """

    source: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    quote: str | None = None
    before: str = ""
    after: str = ""
    span: tuple[int, int] | None = None
    row: str | None = None
    report: str | None = None
    kept: bool = True
    sha256: str | None = None

    @property
    def sentence(self) -> str | None:
        """The sentence in which the words stand."""
        return None if self.quote is None else f"{self.before}{self.quote}{self.after}"

    def as_dict(self) -> dict[str, Any]:
        """The citation as JSON has it; what is not known is None."""
        return asdict(self) | {"span": list(self.span) if self.span else None}


def citations(graph: Graph, iri: str) -> list[Citation]:
    """Where everything that is said of an act stands, best first: earliest published, then source, then span.

    A meeting is cited by the accounts that tell of it; a span stands for itself; whatever has neither words nor row
    is cited by the sources that describe it.
    """
    node = ox.NamedNode(iri)
    accounts = [q.object for q in graph.store.quads_for_pattern(node, _ACCOUNT, None, None)]
    found: list[Citation] = []
    for subject in accounts or [node]:
        if isinstance(subject, ox.NamedNode):
            found += _of(graph, subject)
    unique = {(c.source, c.span, c.row): c for c in found}
    return sorted(unique.values(), key=lambda c: (c.published or "9999", c.source, c.span or (0, 0), c.row or ""))


def _of(graph: Graph, node: ox.NamedNode) -> Iterable[Citation]:
    found: list[Citation] = []
    spans = {(q.object.value, q.graph_name) for q in graph.store.quads_for_pattern(node, _CITATION, None, None)}  # type: ignore[union-attr]
    if node.value.startswith(iris.BASE + "span/"):
        spans.add((node.value, ox.DefaultGraph()))
    for span_iri, _ in sorted(spans, key=lambda pair: pair[0]):
        found += _of_span(graph, span_iri)
    rows = {(q.graph_name, q.object) for q in graph.store.quads_for_pattern(node, _ROW, None, None)}
    if len(rows) == 1 and found:
        # One record of a data set that has words: the words say which row they are.
        (graph_name, row), *_ = rows
        if isinstance(row, ox.Literal) and {c.source for c in found} == {getattr(graph_name, "value", None)}:
            return [replace(c, row=row.value) for c in found]
    for quad in graph.store.quads_for_pattern(node, _ROW, None, None):
        if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            urls = sorted(
                q.object.value  # type: ignore[union-attr]
                for q in graph.store.quads_for_pattern(node, _SOURCE_URL, None, quad.graph_name)
            )
            info = graph.source(quad.graph_name.value)
            found.append(_cite(info, row=quad.object.value, report=urls[0] if urls else None))
    if not found:
        # A participation is told by the account that it belongs to.
        encounters = [q.object for q in graph.store.quads_for_pattern(node, _ENCOUNTER, None, None)]
        found = [c for e in encounters if isinstance(e, ox.NamedNode) for c in _of(graph, e)]
    if not found:
        names = {q.graph_name for q in graph.store.quads_for_pattern(node, None, None, None)}
        skip = {iris.GRAPH_DERIVED, iris.GRAPH_LOG, iris.GRAPH_ONTOLOGY}
        found = [_cite(graph.source(n.value)) for n in names if isinstance(n, ox.NamedNode) and n.value not in skip]
    return found


def _of_span(graph: Graph, iri: str) -> Iterable[Citation]:
    about = {f.property: f.value for f in graph.facts(iri)}
    if not {"spanOf", "spanStart", "spanEnd", "exact"} <= set(about):
        return
    info = graph.source(about["spanOf"])
    start, end = int(about["spanStart"]), int(about["spanEnd"])
    text = graph.texts.get(info.sha256) if info.sha256 else None
    before = after = ""
    if text is not None and text[start:end] == about["exact"]:
        left, right = sentence_around(text, start, end)
        before, after = text[left:start], text[end:right]
    yield _cite(info, quote=about["exact"], before=before, after=after, span=(start, end), kept=text is not None)


def _cite(info: SourceInfo, **where: Any) -> Citation:
    return Citation(
        source=info.iri,
        title=info.title,
        publisher=info.publisher,
        published=info.published,
        url=info.url,
        sha256=info.sha256,
        **where,
    )


def short_id(iri: str) -> str:
    """What stands for an IRI where there is little room; `thing_of` takes it back.

    >>> short_id(iris.BASE + "statement/" + "0123456789abcdef" * 4 + ".120-260")
    'statement/0123456789ab.120-260'
    """
    return _DIGEST.sub(lambda match: match[1], iri.removeprefix(iris.BASE))


def thing_of(graph: Graph, text: str) -> str:
    """The IRI that a text stands for: an IRI, its part behind the base, or one whose key of a source is cut short.

    "statement/0123.120-260" is the statement at these characters of the source whose id begins with 0123, and
    "statement/0123" the only statement of such sources.

    Raises:
        NotFound: nothing is known of it.
        AmbiguousName: several begin so.
    """
    iri = text if text.startswith(("http:", "https:")) else iris.BASE + text.lstrip("/")
    if graph.exists(iri):
        return iri
    kind, _, begun = iri.removeprefix(iris.BASE).partition("/")
    found: set[str] = set()
    if len(begun) >= _LEAST and iri.startswith(iris.BASE):
        key, _, part = begun.rpartition(".")
        for name in (iris.GRAPH_DERIVED, *graph.graph_names()):
            whole = iris.code_of(name)
            if key and whole.startswith(key) and graph.exists(cut := iris.owned(kind, whole, part)):
                found.add(cut)
            elif name == iris.GRAPH_DERIVED or whole.startswith(begun) or begun.startswith(whole):
                found.update(_beginning(graph, name, iri))
    if not found:
        raise NotFound(
            f"Nothing is known of {text!r}; give an IRI, its part behind {iris.BASE}, or the beginning of it."
        )
    if len(found) > 1:
        some = ", ".join(short_id(one) for one in sorted(found)[:5])
        raise AmbiguousName(f"Several things begin with {text!r}: {some}{' ...' if len(found) > 5 else ''}.")
    return found.pop()


def _beginning(graph: Graph, name: str, begun: str) -> Iterable[str]:
    """The things of one graph whose IRI begins so."""
    rows = graph.query(
        f"SELECT DISTINCT ?it WHERE {{ GRAPH <{name}> {{ ?it a ?class }} "
        f"FILTER(STRSTARTS(STR(?it), {ox.Literal(begun)})) }} LIMIT 20"
    )
    return [row["it"].value for row in rows if isinstance(row["it"], ox.NamedNode)]


def check(graph: Graph, citation: Citation) -> bool:
    """Compare the quoted words with the kept text again; False when the text is not kept.

    Raises:
        CheckFailed: the text does not hold these words at this place.
    """
    if citation.quote is None or citation.span is None:
        return True
    text = graph.text(citation.source)
    if text is None:
        return False
    start, end = citation.span
    if text[start:end] != citation.quote:
        raise CheckFailed(
            f"The kept text of {citation.title!r} does not say {citation.quote[:60]!r} at {start}-{end}; "
            "load the document again."
        )
    return True
