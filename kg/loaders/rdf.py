"""RDF in the ontology of kg, in any syntax.

Quads keep their graphs: each named graph is one source, and ends up as the file has it. Triples outside of named graphs
are one source by file. Blank nodes get names made of their content.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

import kg
from kg import iris, rdf
from kg.edtf import Edtf
from kg.errors import LoadError
from kg.loaders import known
from kg.loaders.base import BulkLoader, Meta, Options, Stored
from kg.loaders.reading import sidecar
from kg.loaders.skolem import renamed, skolem_names
from kg.loaders.sources import canonical_url
from kg.loading import Change, Loading
from kg.ontology import model
from kg.records import Dataset, Record
from kg.resolve import touched_parties

__all__ = ["LOADERS", "parsed_file", "stored_graphs"]

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_IN_MEMORY = 16_000_000  # bytes; larger files are sorted into a store on disk
_LARGE = 200_000  # quads of one graph; larger ones are written without being held in memory
_MAX_DEPTH = 200
_MAX_ENTITY = 10_000  # characters
_ENTITY = re.compile(r"&([^#;&\s][^;&\s]*);")
_TYPE = ox.NamedNode(iris.RDF_TYPE)
_TITLE = ox.NamedNode(iris.DCTERMS + "title")
_SOURCES = {iris.KG + "Document", iris.KG + "Dataset"}
_SAY = {"Document", "Dataset", "Publisher", "Relation", "Span"}


class Rdf(BulkLoader):
    """A file of RDF."""

    name = "rdf"
    help = "RDF in our ontology: .ttl .nt .nq .trig .rdf .jsonld; each named graph is a source."

    @property
    def version(self) -> str:
        return kg.__version__

    def matches(self, path: Path, head: bytes) -> float:
        suffix = path.suffix.lower()
        if suffix in _FORMATS:
            return 0.9
        if suffix == ".xml" and b"<rdf:RDF" in head:
            return 0.9
        return 0.7 if suffix == ".json" and b'"@context"' in head else 0.0

    def load_into(self, loading: Loading, path: Path, options: Options) -> Iterator[Stored]:
        syntax = _FORMATS.get(path.suffix.lower())
        if syntax is None:
            syntax = ox.RdfFormat.JSON_LD if path.suffix.lower() == ".json" else ox.RdfFormat.RDF_XML
        if syntax == ox.RdfFormat.JSON_LD:
            _check_depth(path)
        elif syntax == ox.RdfFormat.RDF_XML:
            _check_entities(path)
        with path.open("rb") as file, parsed_file(loading, path, file, syntax, path.stat().st_size) as parsed:
            yield from stored_graphs(loading, parsed, path, options.meta.over(sidecar(path)), self.name)


def _check_depth(path: Path) -> None:
    """Refuse JSON that is nested so deeply that a parser would overflow its stack."""
    depth, quoted, escaped = 0, False, False
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            for byte in chunk:
                if quoted:
                    quoted = escaped or byte != 0x22
                    escaped = byte == 0x5C and not escaped
                elif byte == 0x22:
                    quoted = True
                elif byte in b"{[":
                    depth += 1
                    if depth > _MAX_DEPTH:
                        raise LoadError(
                            f"{path} is nested more than {_MAX_DEPTH} levels deep; it is no JSON-LD of ours."
                        )
                elif byte in b"}]":
                    depth -= 1


def _check_entities(path: Path) -> None:
    """Refuse XML that declares entities which grow far beyond the file when they are put in.

    Entities that shorten the names of vocabularies, as ontologies have them, may stay. The parser that is asked first
    counts what it puts in, and stops at a hundred times the size of the file.
    """
    if not _declares(path):
        return
    from xml.parsers import expat

    sizes: dict[str, int] = {}

    def declared(name: str, parameter: bool, value: str | None, *_: object) -> None:
        if value is None or parameter:
            return  # what lies outside of the file is never fetched
        size = len(value) + sum(sizes.get(inner, 0) for inner in _ENTITY.findall(value))
        sizes[name] = size
        if size > _MAX_ENTITY:
            raise LoadError(
                f"{path} declares an entity {name[:50]!r} that stands for more than {_MAX_ENTITY:,} characters; "
                "write them where they belong."
            )

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declared
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise LoadError(f"{path} is no well-formed RDF/XML: {expat.errors.messages.get(error.code, error)}"
                        f" (line {error.lineno}).") from None  # fmt: skip


def _declares(path: Path) -> bool:
    """Whether a file of XML may declare entities."""
    before = b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            if b"<!doctype" in (before + chunk).lower():
                return True
            before = chunk[-16:]
    return False


@contextmanager
def parsed_file(loading: Loading, path: Path, file: IO[bytes], syntax: ox.RdfFormat, size: int) -> Iterator[ox.Store]:
    """The file as a store of its own, in memory when it is small."""
    folder = loading.writer.workspace / "rdf"
    shutil.rmtree(folder, ignore_errors=True)
    store = ox.Store() if size < _IN_MEMORY else ox.Store(str(folder))
    try:
        store.bulk_load(file, syntax)
    except MemoryError:
        raise LoadError(f"{path} holds a line or value longer than 16 MB, which is none of ours; shorten it.") from None
    except (SyntaxError, ValueError, OSError) as error:
        raise LoadError(f"{path} is no well-formed {syntax.name}: {_reason(error)}") from None
    try:
        yield store
    finally:
        del store
        shutil.rmtree(folder, ignore_errors=True)


def _reason(error: Exception) -> str:
    text = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
    where = f" (line {error.lineno})" if isinstance(error, SyntaxError) and error.lineno else ""
    return f"{text[:200]}{where}."


def stored_graphs(loading: Loading, parsed: ox.Store, path: Path, meta: Meta, loader: str) -> Iterator[Stored]:
    """Put each graph of a parsed file into the project as a source; triples outside of graphs are one more.

    Raises:
        LoadError: it holds nothing of a source, or what no source may hold.
    """
    names: list[ox.NamedNode] = []
    for name in sorted(parsed.named_graphs(), key=str):
        if isinstance(name, ox.BlankNode):
            raise LoadError(f"{path} names a graph by a blank node; name it by an IRI.")
        names.append(name)
    loose = next(parsed.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None
    ours = [n for n in names if not n.value.startswith(iris.SYSTEM_GRAPHS)]
    if not ours and not loose:
        raise LoadError(f"{path} holds no statement of a source.")
    for name in ours:
        yield _one(loading, parsed, name, name, path, meta if len(ours) == 1 and not loose else Meta(), loader)
    if loose:
        target = _name_of(parsed, path, meta)
        yield _one(loading, parsed, ox.DefaultGraph(), target, path, meta, loader)


def _name_of(parsed: ox.Store, path: Path, meta: Meta) -> ox.NamedNode:
    """The source to which triples outside of graphs belong: the one that they describe, else one for the file."""
    if meta.id:
        return ox.NamedNode(iris.source(iris.key_of(meta.id)))
    described = {
        q.subject
        for q in parsed.quads_for_pattern(None, _TYPE, None, ox.DefaultGraph())
        if isinstance(q.object, ox.NamedNode) and q.object.value in _SOURCES and isinstance(q.subject, ox.NamedNode)
    }
    if len(described) == 1:
        return described.pop()
    if meta.url:
        return ox.NamedNode(iris.source(iris.sha256(canonical_url(meta.url))))
    return ox.NamedNode(iris.source(iris.sha256(path.read_bytes())))


def _one(
    loading: Loading,
    parsed: ox.Store,
    graph: ox.NamedNode | ox.DefaultGraph,
    target: ox.NamedNode,
    path: Path,
    meta: Meta,
    loader: str,
) -> Stored:
    counts: Counter[str] = Counter()
    blank, size, described = [], 0, False
    for quad in parsed.quads_for_pattern(None, None, None, graph):
        size += 1
        if isinstance(quad.object, ox.Triple) or isinstance(quad.subject, ox.Triple):
            raise LoadError(
                f"{path} holds triples about triples (RDF 1.2), which kg does not read; use nodes for them."
            )
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            blank.append(quad)
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            counts[iris.local(quad.object.value)] += 1
            described = described or (quad.subject == target and quad.object.value in _SOURCES)
    try:
        names = skolem_names(blank, target.value) if blank else {}
    except LoadError as error:
        raise LoadError(f"{path}: {error}") from None

    def wanted() -> Iterator[ox.Quad]:
        for quad in parsed.quads_for_pattern(None, None, None, graph):
            yield renamed(quad, names, target)
        if not described:
            yield from _description(target.value, path, meta)

    if size > _LARGE:
        change = _put_large(loading, target, wanted, loader, path)
    else:
        change = loading.put_quads(target.value, set(wanted()), loader=loader, file=path.name)
    order = [name for name in model().classes if counts[name] and name not in _SAY]
    titles = [q.object.value for q in loading.store.quads_for_pattern(target, _TITLE, None, target)]  # type: ignore[union-attr]
    return Stored(
        change=change,
        title=min(titles, default=iris.code_of(target.value)),
        counts={name: counts[name] for name in order},
    )


def _description(target: str, path: Path, meta: Meta) -> Iterator[ox.Quad]:
    """A source that does not describe itself is described by what is known from outside."""
    records: list[Record] = []
    publisher = None
    if meta.publisher:
        publisher, record = known.publisher(meta.publisher)
        records += [record] if record else []
    about = Dataset(
        iri=target,
        title=meta.title or (path.stem if target.startswith(iris.BASE) else target),
        publisher=publisher,
        author=meta.author,
        published=Edtf.parse(meta.published) if meta.published else None,
        url=meta.url,
        licence=meta.licence,
        language=meta.language,
        provenance=meta.provenance,
    )
    yield from rdf.quads([about, *records], target)


def _put_large(loading: Loading, target: ox.NamedNode, wanted: Any, loader: str, path: Path) -> Change:
    """Make the graph of a source hold these quads without holding them in memory."""
    there = sum(1 for _ in loading.store.quads_for_pattern(None, None, None, target))
    if there:
        new = 0
        same = True
        for quad in wanted():
            new += 1
            if quad not in loading.store:
                same = False
                break
        if same and new == there:
            return Change(target.value, "unchanged")
        loading.forget(target.value)
    loading.store.bulk_extend(wanted())
    loading.touch(touched_parties(wanted()))
    kind = "replaced" if there else "loaded"
    loading.log(target.value, kind, loader=loader, file=path.name)
    added = sum(1 for _ in loading.store.quads_for_pattern(None, None, None, target))
    return Change(target.value, kind, added, there)  # type: ignore[arg-type]


LOADERS: tuple[BulkLoader, ...] = (Rdf(),)
