"""Whole tables into the store: column expressions to N-Triples by DuckDB, which Oxigraph's bulk loader takes.

Both work on files beside the unpublished generation, so that a crash leaves nothing and memory stays flat. A source
that is loaded again unchanged is skipped by its digest; one that changed, and one that is forgotten, leaves the store
by being left out of a copy, when it is large and most of the store.
"""

import math
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.errors import LoadError
from kg.loading import Change, Loading
from kg.records import Source
from kg.resolve import touched_parties
from kg.tables.compile import Columns, lines
from kg.tables.progress import side_by_side, threads_for

__all__ = [
    "LastLoad",
    "Shape",
    "bulk_load",
    "count_graph",
    "count_things",
    "drop_graph",
    "is_current",
    "last_load",
    "write_lines",
]

# Beyond this many quads a copy of the store without them may be faster than to remove them one by one.
_REMOVE_LIMIT = 200_000
# Most bytes of a file of lines: what each thread of the bulk loader holds in memory at a time, some six times over.
# Smaller files make more files of the store, which it must put together at once.
_CHUNK_BYTES = 128 * 1024 * 1024
# Size of the pieces of which these files are made, so that they come out equal, for threads that are done together.
_PIECE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shape:
    """What one table yields: an ibis table and the records that each of its rows stands for."""

    table: Any
    columns: Sequence[Columns]


def write_lines(connection: Any, shapes: Iterable[Shape], folder: Path) -> list[Path]:
    """Write the N-Triples of tables into files of a folder, none larger than what is loaded in one go.

    Args:
        connection: an ibis DuckDB backend on which the tables of `shapes` live.
    """
    import ibis

    files: list[Path] = []
    connection.raw_sql("SET preserve_insertion_order = false")
    for number, shape in enumerate(shapes):
        texts = [line for columns in shape.columns for line in lines(columns)]
        rows = shape.table.select(line=ibis.array(texts).unnest()).filter(ibis._.line.notnull())
        query = ibis.to_sql(rows, dialect="duckdb")
        target = folder / f"lines-{number}"
        quoted = str(target).replace("'", "''")
        connection.raw_sql(
            f"COPY ({query}) TO '{quoted}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01', "
            f"FILE_SIZE_BYTES {_PIECE_BYTES})"
        )
        files += sorted(target.iterdir())
    return _joined(files)


def _joined(files: Sequence[Path]) -> list[Path]:
    """The files put together to a few of equal size, as many for each thread as for the others."""
    sizes = [file.stat().st_size for file in files]
    whole, threads = sum(sizes), threads_for(len(files))
    count = 1 if whole <= _PIECE_BYTES else threads * math.ceil(whole / threads / _CHUNK_BYTES)
    found: list[Path] = []
    done = 0
    for file, size in zip(files, sizes, strict=True):
        if found and done + size / 2 < len(found) * whole / count:
            with found[-1].open("ab") as out, file.open("rb") as lines_:
                shutil.copyfileobj(lines_, out, 1 << 20)
            file.unlink()
        else:
            found.append(file)
        done += size
    return found


def count_things(connection: Any, shapes: Iterable[Shape]) -> dict[str, int]:
    """How many things of each class tables stand for; a thing of several rows counts once."""
    import ibis

    by_class: dict[str, list[Any]] = {}
    for shape in shapes:
        for columns in shape.columns:
            by_class.setdefault(columns.cls, []).append(shape.table.select(iri=columns.iri))
    found = {}
    for cls, tables in by_class.items():
        everything = tables[0] if len(tables) == 1 else ibis.union(*tables)
        count = int(connection.to_pyarrow(everything.iri.nunique()).as_py())
        if count:
            found[cls] = count
    return found


def bulk_load(
    loading: Loading,
    source: Source,
    files: Sequence[Path],
    quads: Iterable[ox.Quad],
    *,
    loader: str,
    file: str,
    version: str,
    edges: Path,
) -> Change:
    """Load a source from files of N-Triples (all for its graph), in the place of what it said before.

    Args:
        source: its description, with the sha256 by which an unchanged source is known.
        quads: its description, and what it says besides, such as the publisher or a scheme that it brings.
        loader, file, version: for the log: which loader read which file, and the version of its rules.
        edges: folder of what it brings to the index of paths (see `kg.tables.edges`).

    Whoever calls it has made sure, by `is_current`, that the source has changed.

    Raises:
        LoadError: a value is too long for a triple.
    """
    before = count_graph(loading.store, source.iri)
    if before:
        drop_graph(loading, source.iri, before)

    graph = ox.NamedNode(source.iri)

    def into_store(path: Path) -> None:
        # The lines are of our own making, so that their IRIs need not be checked again.
        try:
            loading.store.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)
        except MemoryError:
            raise LoadError(f"{file} has a cell of more than some 8 MB, which is no value; shorten it.") from None
        path.unlink()

    side_by_side(files, into_store)
    loading.store.bulk_extend(quads)
    loading.touch(_parties_of(loading.store, source.iri))
    after = count_graph(loading.store, source.iri)
    at = loading.log(source.iri, "replaced" if before else "loaded", loader=loader, file=file, version=version)
    loading.keep_edges(source.iri, at, edges)
    return Change(source.iri, "replaced" if before else "loaded", after, before)


def is_current(loading: Loading, source: Source, loader: str, version: str) -> bool:
    """Whether the store holds this source as this version of the loader would load it from the same file."""
    graph = ox.NamedNode(source.iri)
    digests = loading.store.quads_for_pattern(graph, ox.NamedNode(iris.KG + "sha256"), None, graph)
    if source.sha256 is None or {q.object.value for q in digests} != {source.sha256}:  # type: ignore[union-attr]
        return False
    found = last_load(loading.store, source.iri)
    return found is not None and (found.loader, found.version) == (loader, version)


@dataclass(frozen=True, slots=True)
class LastLoad:
    """What the log says of the last load of a source: the loader, its version, and the file."""

    loader: str
    version: str
    file: str


def last_load(store: ox.Store, source: str) -> LastLoad | None:
    """The last load of a source that is in the store, None where there is no such source."""
    if not store.contains_named_graph(ox.NamedNode(source)):
        return None
    found = store.query(
        f"SELECT ?loader ?version ?file WHERE {{ GRAPH <{iris.GRAPH_LOG}> {{ ?load <{iris.KG}loadedSource> <{source}> ;"
        f" <{iris.KG}loader> ?loader ; <{iris.KG}loaderVersion> ?version ; <{iris.KG}file> ?file ;"
        f" <{iris.KG}loadedAt> ?at }} }} ORDER BY DESC(?at) LIMIT 1"
    )
    for row in found:  # type: ignore[union-attr]
        return LastLoad(*(row[name].value for name in ("loader", "version", "file")))
    return None


def count_graph(store: ox.Store, graph: str) -> int:
    """Number of quads of a graph."""
    found = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(next(iter(found))["n"].value)  # type: ignore[arg-type]


def drop_graph(loading: Loading, graph: str, size: int | None = None) -> None:
    """Remove all of a graph, the fast way for its size. What it touched is derived anew at the next publication."""
    name = ox.NamedNode(graph)
    loading.touch(_parties_of(loading.store, graph))
    size = count_graph(loading.store, graph) if size is None else size
    if size <= _REMOVE_LIMIT or not _is_most(loading.store, size):
        # What is read stays as it was when the reading began.
        for quad in loading.store.quads_for_pattern(None, None, None, name):
            loading.store.remove(quad)
        loading.store.remove_graph(name)
        return
    folder = loading.writer.workspace
    kept = folder / "kept.nq"
    with kept.open("wb") as out:
        for other in list(loading.store.named_graphs()):
            if other != name:
                ox.serialize(loading.store.quads_for_pattern(None, None, None, other), out, ox.RdfFormat.N_QUADS)
    copy = folder / "store"
    fresh = ox.Store(str(copy))
    fresh.bulk_load(path=str(kept), format=ox.RdfFormat.N_QUADS)
    fresh.flush()
    del fresh
    kept.unlink()
    loading.writer.replace_store(copy)


def _is_most(store: ox.Store, size: int) -> bool:
    """Whether no more quads would stay than go: to copy one takes about as long as to remove one, 20 microseconds."""
    return 2 * size >= len(store)


def _parties_of(store: ox.Store, graph: str) -> set[frozenset[str]]:
    party = ox.NamedNode(iris.KG + "party")
    return touched_parties(store.quads_for_pattern(None, party, None, ox.NamedNode(graph)))
