"""The graph as a file: RDF in several syntaxes, a table, or a bundle with texts and judgements.

The bytes depend on what the graph holds and on nothing else: quads are sorted, graph by graph. Only the graphs of
sources go out; ontology, reference and derived data are the same in every project, and the log of loads stays at home.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import pyoxigraph as ox

from kg import iris
from kg.errors import UnknownName
from kg.graph import Graph
from kg.project import Project

__all__ = ["FORMATS", "bundle", "export"]

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "csv": None,
}
_PREFIXES = {
    "kg": iris.KG,
    "skos": iris.SKOS,
    "dcterms": iris.DCTERMS,
    "owl": iris.OWL,
    "xsd": iris.XSD,
}
_COLUMNS = ("subject", "property", "value", "kind", "datatype", "language", "source")
# More than the prefix lines need.
_HEAD = 4096
# Of a zip file that must not depend on when it was made.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def export(graph: Graph, out: IO[bytes], format: str = "turtle", sources: Sequence[str] = ()) -> int:
    """Write sources (all, or those of these IRIs or keys) in one of `FORMATS`; returns the number of quads written.

    Turtle has no named graphs and says once what several sources say; the others keep who said it.

    Raises:
        UnknownName: there is no such format.
        NotFound: a source was never loaded.
    """
    if format not in FORMATS:
        raise UnknownName(f"There is no format {format!r}; there are {', '.join(FORMATS)}.")
    names = sorted(graph.source(s).iri for s in sources) if sources else graph.graph_names()
    syntax = FORMATS[format]
    if syntax is None:
        return _table(graph, names, out)
    if syntax == ox.RdfFormat.TURTLE:
        triples = sorted({q.triple for name in names for q in graph.quads(name)}, key=_order)
        with io.BufferedWriter(_SortedPrefixes(out)) as sorted_out:
            ox.serialize(triples, sorted_out, syntax, prefixes=_PREFIXES)
        return len(triples)
    count = 0

    def counted() -> Iterator[ox.Quad]:
        nonlocal count
        for quad in _sorted(graph, names):
            count += 1
            yield quad

    with io.BufferedWriter(_SortedPrefixes(out)) as sorted_out:
        ox.serialize(counted(), sorted_out, syntax, prefixes=_PREFIXES if syntax == ox.RdfFormat.TRIG else None)
    return count


class _SortedPrefixes(io.RawIOBase):
    """Passes bytes on, the prefix lines at their head sorted: Oxigraph writes them in an order that varies."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._head: bytes | None = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self._head is None:
            self._out.write(data)
        else:
            self._head += bytes(data)
            if len(self._head) > _HEAD:
                self._flush_head()
        return len(data)

    def _flush_head(self) -> None:
        lines = (self._head or b"").splitlines(keepends=True)
        count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
        self._out.write(b"".join(sorted(lines[:count]) + lines[count:]))
        self._head = None

    def close(self) -> None:
        if self._head is not None:
            self._flush_head()
        super().close()


def _order(item: ox.Quad | ox.Triple) -> tuple[str, bool, str, str]:
    return (str(item.subject), item.predicate.value != iris.RDF_TYPE, item.predicate.value, str(item.object))


def _sorted(graph: Graph, names: Iterable[str]) -> Iterator[ox.Quad]:
    for name in names:
        yield from sorted(graph.quads(name), key=_order)


def _table(graph: Graph, names: Iterable[str], out: IO[bytes]) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    count = 0
    for name in names:
        for quad in sorted(graph.quads(name), key=_order):
            value = quad.object
            literal = value if isinstance(value, ox.Literal) else None
            writer.writerow(
                (
                    _plain(quad.subject),
                    quad.predicate.value,
                    _plain(value),
                    "literal" if literal else "iri",
                    literal.datatype.value if literal else "",
                    (literal.language or "") if literal else "",
                    name,
                )
            )
            count += 1
    text.detach()
    return count


def _plain(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def bundle(project: Project, out: IO[bytes], sources: Sequence[str] = ()) -> int:
    """Write a zip file with ``graph.nq``, the kept texts and the judgements; returns the number of quads.

    Loaded into an empty project it gives back the same sources, texts and judgements.
    """
    with project.reading() as graph, zipfile.ZipFile(out, "w") as archive:
        with archive.open(_member("graph.nq"), "w", force_zip64=True) as file:
            count = export(graph, file, "nquads", sources)
        wanted = [graph.source(s) for s in sources] if sources else graph.sources()
        for digest in sorted({s.sha256 for s in wanted if s.sha256}):
            text = graph.texts.get(digest)
            if text is not None:
                archive.writestr(_member(f"texts/{digest}.txt"), text.encode("utf-8"))
        if project.judgements_file.is_file():
            archive.writestr(_member("judgements.yaml"), project.judgements_file.read_bytes())
    return count


def _member(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _NO_TIME)
    found.compress_type = zipfile.ZIP_DEFLATED
    return found
