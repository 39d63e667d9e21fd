"""The edges of many quads as arrays: what `kg.paths.edges` does quad by quad, as joins of tables.

What a store says goes by way of `kg.paths.tables`. `merged` puts the arrays of several parts into one. The ways are
held together by tests.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg import iris
from kg.duck import file_text
from kg.graph import Graph
from kg.ontology import model
from kg.paths.edges import NO_CLASS, Edge, edges_of, step_properties
from kg.paths.tables import COLUMNS, Arrays, Tables, packed_names

__all__ = ["COLUMNS", "Arrays", "columns_of", "merged", "of_quads", "packed", "read_edges", "step_names"]


def step_names() -> list[str]:
    """Names of the properties along which paths run, by the numbers that they have in arrays."""
    return sorted(set(step_properties().values()))


def read_edges(
    graph: Graph, sources: Sequence[str], props: Sequence[str], class_names: Sequence[str], *, alone: bool = True
) -> Arrays:
    """The edges of some sources, read from the store; sources are numbered as they are given.

    Args:
        alone: whether these are (nearly) all sources, so that reading the others with them costs little.
    """
    with tempfile.TemporaryDirectory(prefix="kg-paths-") as folder:
        database = _database(Path(folder))
        try:
            tables = Tables(database)
            tables.read(graph, Path(folder), sources, alone=alone)
            return tables.arrays(Path(folder), props, class_names)
        finally:
            database.close()


def _database(folder: Path) -> Any:
    """A database in memory, which puts what is too much for it into `folder`: on disk it would be packed first."""
    import duckdb

    return duckdb.connect(config={"memory_limit": "1GB", "threads": 2, "temp_directory": str(folder)})


def of_quads(quads: Sequence[Iterable[ox.Quad]], props: Sequence[str], class_names: Sequence[str]) -> Arrays:
    """The edges that the quads of each of some sources assert; sources are numbered as they are given.

    For some ten thousands of quads; more of them are faster in `Tables`.
    """
    edges, kinds = [], dict[str, set[str]]()
    for number, said in enumerate(quads):
        whole = list(said)
        edges += [(number, edge) for edge in edges_of(whole)]
        for quad in whole:
            if quad.predicate.value == iris.RDF_TYPE and isinstance(quad.subject, ox.NamedNode):
                kinds.setdefault(quad.subject.value, set()).add(quad.object.value)  # type: ignore[union-attr]
    names = sorted({i.encode("utf-8") for _, e in edges for i in (e.start, e.end, e.evidence)})
    ids = {name.decode("utf-8"): i for i, name in enumerate(names)}
    class_ids = {name: i for i, name in enumerate(class_names)}
    block, offsets = packed(names)
    classes = [class_ids.get(model().most_specific(kinds.get(name, ())) or "", NO_CLASS) for name in ids]
    return {
        **columns_of(edges, ids, props),
        "node_block": block,
        "node_offsets": offsets,
        "classes": np.array(classes, dtype=np.uint8),
    }


def columns_of(
    edges: Iterable[tuple[int, Edge]], numbers: Mapping[str, int], props: Sequence[str]
) -> dict[str, npt.NDArray[np.int32]]:
    """The columns of edges, each with the number of its source; `numbers` are those of the nodes by IRI."""
    prop_ids = {name: i for i, name in enumerate(props)}
    rows = sorted(
        (number, numbers[e.evidence], numbers[e.start], prop_ids[e.property], numbers[e.end], e.first, e.last)
        for number, e in edges
    )
    table = np.array(rows, dtype=np.int32).reshape(-1, len(COLUMNS))
    order = ("source", "evidence", "start", "prop", "end", "first", "last")
    return {name: np.ascontiguousarray(table[:, i]) for i, name in enumerate(order)}


def packed(names: Sequence[bytes]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Names as one block of bytes, and where each begins."""
    offsets = np.concatenate([[0], np.cumsum([len(name) for name in names])]).astype(np.int64)
    return np.frombuffer(b"".join(names), dtype=np.uint8), offsets


# --- parts put together -----------------------------------------------------------------------------------------------


def merged(
    parts: Sequence[tuple[Arrays, Mapping[int, int]]],
    class_names: Sequence[str],
    cls: Callable[[str], str | None],
    *,
    whole: bool = False,
) -> Arrays:
    """The edges of several parts as one.

    Args:
        parts: arrays, and for the number of each source whose edges stay its number from now on.
        cls: name of the class of a node as all sources together have it. It is asked of what no single source owns.
        whole: whether the first part knows all sources but those of the other parts, so that it is asked less often.
    """
    kept = []
    for arrays, renumbered in parts:
        table = np.full(int(arrays["source"].max(initial=-1)) + 1, -1, dtype=np.int32)
        for old, number in renumbered.items():
            if old < len(table):
                table[old] = number
        source = table[arrays["source"]]
        kept.append((arrays, np.flatnonzero(source >= 0), source))
    with tempfile.TemporaryDirectory(prefix="kg-paths-") as name:
        folder = Path(name)
        database = _database(folder)
        try:
            database.execute("CREATE TABLE names (part INTEGER, old INTEGER, iri VARCHAR)")
            numbers = []
            for part, (arrays, edges, _) in enumerate(kept):
                used = np.zeros(len(arrays["classes"]), dtype=bool)
                for column in ("start", "end", "evidence"):
                    used[arrays[column][edges]] = True
                numbers.append(np.flatnonzero(used))
                _write_names(arrays["node_block"], arrays["node_offsets"], numbers[-1], folder / "names.txt")
                query = f"SELECT ?, row_number() OVER () - 1, iri FROM {_text(folder / 'names.txt')}"  # noqa: S608
                database.execute(f"INSERT INTO names {query}", [part])
            database.execute(
                "CREATE TABLE ranked AS SELECT part, old, iri, "
                "(dense_rank() OVER (ORDER BY iri) - 1)::INTEGER AS number FROM names"
            )
            names = packed_names(
                database.execute, "SELECT iri FROM ranked GROUP BY number, iri ORDER BY number", folder
            )
            new_numbers = []
            for part in range(len(kept)):
                found = database.execute("SELECT number FROM ranked WHERE part = ? ORDER BY old", [part]).fetchnumpy()
                new = np.full(len(kept[part][0]["classes"]), -1, dtype=np.int32)
                new[numbers[part]] = np.ma.getdata(found["number"])
                new_numbers.append(new)
        finally:
            database.close()
    return _renumbered(kept, new_numbers, names, class_names, cls, whole)


def _renumbered(
    kept: Sequence[tuple[Arrays, npt.NDArray[np.int64], npt.NDArray[np.int32]]],
    numbers: Sequence[npt.NDArray[np.int32]],
    names: Arrays,
    class_names: Sequence[str],
    cls: Callable[[str], str | None],
    whole: bool,
) -> Arrays:
    """The edges that are kept of each part, with the numbers that its nodes have in `names`."""
    columns: dict[str, list[npt.NDArray[np.int32]]] = {c: [] for c in COLUMNS}
    block, offsets = names["node_block"], names["node_offsets"]
    classes = np.full(len(offsets) - 1, NO_CLASS, dtype=np.uint8)
    owned = np.zeros(NO_CLASS + 1, dtype=bool)
    owned[[i for i, name in enumerate(class_names) if model().classes[name].owned]] = True
    asked = np.ones(len(classes), dtype=bool)
    for part, ((arrays, edges, source), new) in enumerate(zip(kept, numbers, strict=True)):
        for column in COLUMNS:
            values = source[edges] if column == "source" else arrays[column][edges]
            columns[column].append(new[values] if column in ("start", "end", "evidence") else values)
        here, kinds = new[new >= 0], arrays["classes"][new >= 0]
        if whole and part == 0:
            classes[here], asked[here] = kinds, False
        else:
            classes[here[owned[kinds]]] = kinds[owned[kinds]]
            asked[here[owned[kinds]]] = False
            asked[here[~owned[kinds] & (kinds != NO_CLASS)]] = True
    class_numbers = {name: i for i, name in enumerate(class_names)}
    for node in np.flatnonzero(asked).tolist():
        iri = block[offsets[node] : offsets[node + 1]].tobytes().decode("utf-8")
        classes[node] = class_numbers.get(cls(iri) or "", NO_CLASS)
    return {**{c: np.concatenate(v) for c, v in columns.items()}, **names, "classes": classes}


def _write_names(
    block: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], numbers: npt.NDArray[np.int64], file: Path
) -> None:
    """Write some IRIs, one a line."""
    sizes = offsets[numbers + 1] - offsets[numbers]
    ends = np.cumsum(sizes + 1)
    lines = np.full(int(ends[-1]) if len(ends) else 0, ord("\n"), dtype=np.uint8)
    inside = np.ones(len(lines), dtype=bool)
    inside[ends - 1] = False
    if len(numbers) == len(offsets) - 1:
        lines[inside] = block
    else:
        wanted = np.zeros(len(offsets) - 1, dtype=bool)
        wanted[numbers] = True
        lines[inside] = block[np.repeat(wanted, np.diff(offsets))]
    lines.tofile(file)


def _text(file: Path) -> str:
    return (
        f"read_csv({file_text(file)}, header = false, auto_detect = false, delim = '\x01', quote = '', escape = '', "
        "new_line = '\\n', columns = {'iri': 'VARCHAR'})"
    )
