"""The edges of many quads as arrays: what `kg.paths.edges` does quad by quad, as joins of tables.

`Tables` takes what properties connect, from a store that is read property by property or straight from the columns of
a table that is being loaded, and joins it. `merged` puts the arrays of several parts into one. The ways are held
together by tests.
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
from kg.paths.edges import NO_CLASS, NODE_ROLES, UNKNOWN, Edge, edges_of, first_end, step_properties

__all__ = ["COLUMNS", "Arrays", "Tables", "merged", "of_quads", "read_edges", "step_names"]

# start, end, prop, source, first, last, evidence; node_block, node_offsets (IRIs in the order of their bytes), classes.
# Properties, sources and classes are numbers of lists that whoever asks keeps.
Arrays = Mapping[str, npt.NDArray[Any]]
COLUMNS = ("start", "end", "prop", "source", "first", "last", "evidence")
# With more graphs than this, each property is read in one go rather than graph by graph.
_FEW_GRAPHS = 40
_NO_DAY = "DATE '0001-01-01'"


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
    import duckdb

    with tempfile.TemporaryDirectory(prefix="kg-paths-") as folder:
        database = duckdb.connect(str(Path(folder) / "edges.duckdb"), config={"memory_limit": "1GB", "threads": 2})
        try:
            tables = Tables(database)
            tables.read(graph, Path(folder), sources, alone=alone)
            return tables.arrays(Path(folder), props, class_names)
        finally:
            database.close()


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


class Tables:
    """Tables in the schema ``paths`` of a DuckDB database: links, kinds and days, each row with its source."""

    def __init__(self, database: Any) -> None:
        self._run = database.execute
        self._many = database.executemany
        self._run("SET preserve_insertion_order = true")
        self._run("DROP SCHEMA IF EXISTS paths CASCADE")
        self._run("CREATE SCHEMA paths")
        self._run("CREATE TABLE paths.links (source INTEGER, subject VARCHAR, prop VARCHAR, value VARCHAR)")
        self._run("CREATE TABLE paths.kinds (source INTEGER, subject VARCHAR, class VARCHAR)")
        self._run("CREATE TABLE paths.days (source INTEGER, subject VARCHAR, first DATE, last DATE)")

    def add_links(self, query: str, prop: str) -> None:
        """Take what a property connects from a query with the columns source, subject, value."""
        cells = "source, subject, ?, value"
        self._run(f"INSERT INTO paths.links SELECT {cells} FROM ({query}) WHERE value IS NOT NULL", [prop])  # noqa: S608

    def add_kinds(self, query: str) -> None:
        """Take classes (IRIs) from a query with the columns source, subject, class."""
        self._run(f"INSERT INTO paths.kinds SELECT source, subject, class FROM ({query})")  # noqa: S608

    def add_days(self, query: str) -> None:
        """Take bounds from a query with the columns source, subject, first, last (texts)."""
        cells = "source, subject, try_cast(first AS DATE), try_cast(last AS DATE)"
        self._run(f"INSERT INTO paths.days SELECT {cells} FROM ({query})")  # noqa: S608

    def add_quads(self, quads: Iterable[ox.Quad], source: int = 0) -> None:
        """Take some quads of a source."""
        steps = step_properties()
        links, kinds, days = [], [], []
        for quad in quads:
            prop, subject, value = quad.predicate.value, quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
                continue
            about = subject.value
            if prop in steps and isinstance(value, ox.NamedNode):
                links.append((source, about, steps[prop], value.value))
            elif prop == iris.RDF_TYPE:
                kinds.append((source, about, value.value))
            elif prop in (iris.KG + "earliest", iris.KG + "latest"):
                first = prop == iris.KG + "earliest"
                days.append((source, about, value.value if first else None, None if first else value.value))
        for table, rows in (("links", links), ("kinds", kinds), ("days", days)):
            if rows:
                # Column by column: row by row takes a millisecond for each.
                cells = ", ".join("unnest(?)" for _ in rows[0])
                self._run(f"INSERT INTO paths.{table} SELECT {cells}", [list(c) for c in zip(*rows, strict=True)])

    def read(self, graph: Graph, folder: Path, sources: Sequence[str], *, alone: bool = True) -> None:
        """Take sources from the store, by way of files in `folder`."""
        self._run("CREATE TABLE paths.graphs (name VARCHAR, number INTEGER)")
        self._many("INSERT INTO paths.graphs VALUES (?, ?)", [[s, i] for i, s in enumerate(sources)] or [["", -1]])
        single = [None] if alone and len(sources) > _FEW_GRAPHS else sources

        def rows_of(prop: str) -> str | None:
            made = (_write(graph, prop, name, folder / f"rows-{i}.csv") for i, name in enumerate(single))
            files = [file for file in made if file]
            query = f"SELECT number AS source, s, o, kind FROM {_csv(files)} JOIN paths.graphs ON name = g"  # noqa: S608
            return query if files else None

        for prop, name in step_properties().items():
            if rows := rows_of(prop):
                self.add_links(f"SELECT source, s AS subject, o AS value FROM ({rows}) WHERE kind", name)  # noqa: S608
        if rows := rows_of(iris.RDF_TYPE):
            self.add_kinds(f"SELECT source, s AS subject, o AS class FROM ({rows}) WHERE kind")  # noqa: S608
        for name, cells in (("earliest", "o AS first, NULL AS last"), ("latest", "NULL AS first, o AS last")):
            if rows := rows_of(iris.KG + name):
                self.add_days(f"SELECT source, s AS subject, {cells} FROM ({rows})")  # noqa: S608

    def arrays(self, folder: Path, props: Sequence[str], class_names: Sequence[str]) -> Arrays:
        """The edges; the class of a node is that which the sources taken here give it. `folder` is to work in."""
        self._name_classes()
        self._join()
        self._run("CREATE TABLE paths.properties (name VARCHAR, number INTEGER)")
        self._many("INSERT INTO paths.properties VALUES (?, ?)", [[p, i] for i, p in enumerate(props)])
        unknown = f"WHEN e.{{0}} IS NULL OR e.{{0}} = {_NO_DAY} THEN {UNKNOWN}"
        ordinal = f"(CASE {unknown} ELSE date_diff('day', {_NO_DAY}, e.{{0}}) + 1 END)::INTEGER AS {{0}}"
        found = self._run(
            "SELECT DISTINCT a.number AS start, b.number AS end, p.number AS prop, e.source AS source, "  # noqa: S608
            f"{ordinal.format('first')}, {ordinal.format('last')}, c.number AS evidence FROM paths.edges e "
            "JOIN paths.nodes a ON a.iri = e.start JOIN paths.nodes b ON b.iri = e.stop "
            "JOIN paths.nodes c ON c.iri = e.evidence JOIN paths.properties p ON p.name = e.prop"
        ).fetchnumpy()
        made = {c: np.ascontiguousarray(np.ma.getdata(found[c]), dtype=np.int32) for c in COLUMNS}
        order = np.lexsort([made[c] for c in ("end", "prop", "start", "evidence", "source")])
        arrays: dict[str, npt.NDArray[Any]] = {c: made[c][order] for c in COLUMNS}
        arrays |= _names(self._run, "SELECT iri FROM paths.nodes ORDER BY number", folder)
        self._run("CREATE TABLE paths.classes (name VARCHAR, number INTEGER)")
        self._many("INSERT INTO paths.classes VALUES (?, ?)", [[c, i] for i, c in enumerate(class_names)])
        kinds = self._run(
            "SELECT n.number AS node, c.number AS class FROM paths.named k JOIN paths.nodes n ON n.iri = k.subject "
            "JOIN paths.classes c ON c.name = k.class"
        ).fetchnumpy()
        classes = np.full(len(arrays["node_offsets"]) - 1, NO_CLASS, dtype=np.uint8)
        classes[np.ma.getdata(kinds["node"])] = np.ma.getdata(kinds["class"])
        arrays["classes"] = classes
        return arrays

    def _name_classes(self) -> None:
        """Table named (source, subject, class): the most special of the classes that a source gives a thing."""
        known = {cls.iri: name for name, cls in model().classes.items()}
        self._run("CREATE TABLE paths.known (iri VARCHAR, class VARCHAR)")
        self._many("INSERT INTO paths.known VALUES (?, ?)", list(known.items()))
        self._run(
            "CREATE TABLE paths.named AS SELECT DISTINCT k.source, k.subject, n.class FROM paths.kinds k "
            "JOIN paths.known n ON n.iri = k.class"
        )
        several = self._run(
            "SELECT source, subject, list(class) FROM paths.named GROUP BY ALL HAVING count(*) > 1"
        ).fetchall()
        if several:
            self._run("CREATE TABLE paths.best (source INTEGER, subject VARCHAR, class VARCHAR)")
            best = [(source, subject, model().most_specific(classes)) for source, subject, classes in several]
            self._many("INSERT INTO paths.best VALUES (?, ?, ?)", best)
            self._run("DELETE FROM paths.named USING paths.best b WHERE named.source = b.source "
                      "AND named.subject = b.subject")  # fmt: skip
            self._run("INSERT INTO paths.named SELECT * FROM paths.best WHERE class IS NOT NULL")

    def _join(self) -> None:
        """Tables edges (start, stop, prop, source, first, last, evidence), as `edges_of` has them, and nodes."""
        roles = []
        for info in model().classes.values():
            if info.role == "link":
                roles.append([info.name, "link", first_end(info)])
            elif info.role in NODE_ROLES:
                roles.append([info.name, "node", None])
        self._run("CREATE TABLE paths.roles (class VARCHAR, role VARCHAR, key VARCHAR)")
        self._many("INSERT INTO paths.roles VALUES (?, ?, ?)", roles)
        self._run(
            "CREATE TABLE paths.bounds AS SELECT source, subject, max(first) AS first, max(last) AS last "
            "FROM paths.days GROUP BY ALL"
        )
        self._run(
            "CREATE TABLE paths.steps AS SELECT l.*, r.role, l.prop IS NOT DISTINCT FROM r.key AS is_key "
            "FROM paths.links l JOIN paths.named n USING (source, subject) JOIN paths.roles r ON r.class = n.class"
        )
        self._run("CREATE TABLE paths.others AS SELECT * FROM paths.steps WHERE role = 'link' AND NOT is_key")
        # A link has the days of its own, else those of an end that has any, as a participation has those of its
        # encounter.
        self._run(
            "CREATE TABLE paths.inherited AS SELECT s.source, s.subject, arg_min(b.first, s.value) AS first, "  # noqa: S608
            "arg_min(b.last, s.value) AS last FROM paths.others s "
            f"JOIN (SELECT source, subject, coalesce(first, {_NO_DAY}) AS first, coalesce(last, {_NO_DAY}) AS last "
            "FROM paths.bounds) b ON b.source = s.source AND b.subject = s.value GROUP BY ALL"
        )
        self._run(
            """CREATE TABLE paths.edges AS
            SELECT subject AS start, value AS stop, prop, source, first, last, subject AS evidence
            FROM paths.steps LEFT JOIN paths.bounds USING (source, subject) WHERE role = 'node'
            UNION ALL
            SELECT a.value, b.value, b.prop, a.source,
                coalesce(own.first, CASE WHEN own.last IS NULL THEN i.first END),
                coalesce(own.last, CASE WHEN own.first IS NULL THEN i.last END), a.subject
            FROM (SELECT * FROM paths.steps WHERE role = 'link' AND is_key) a
            JOIN paths.others b USING (source, subject)
            LEFT JOIN paths.bounds own USING (source, subject) LEFT JOIN paths.inherited i USING (source, subject)"""
        )
        self._run(
            "CREATE TABLE paths.nodes AS SELECT iri, (row_number() OVER (ORDER BY iri) - 1)::INTEGER AS number FROM "
            "(SELECT start AS iri FROM paths.edges UNION SELECT stop FROM paths.edges "
            "UNION SELECT evidence FROM paths.edges)"
        )


def _write(graph: Graph, prop: str, name: str | None, file: Path) -> Path | None:
    """Write graph, subject and value of a property in one graph or all, and whether the value is a thing."""
    where = ox.NamedNode(name) if name else None
    if next(iter(graph.store.quads_for_pattern(None, ox.NamedNode(prop), None, where)), None) is None:
        return None
    bound = f"BIND(<{name}> AS ?g) GRAPH <{name}>" if name else "GRAPH ?g"
    found = graph.store.query(
        f"SELECT ?g ?s ?o (isIRI(?o) AS ?kind) WHERE {{ {bound} {{ ?s <{prop}> ?o }} FILTER(isIRI(?s)) }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    found.serialize(str(file), ox.QueryResultsFormat.CSV)
    return file


def _csv(files: Sequence[Path]) -> str:
    names = ", ".join(map(file_text, files))
    columns = "{'g': 'VARCHAR', 's': 'VARCHAR', 'o': 'VARCHAR', 'kind': 'BOOLEAN'}"
    return f"read_csv([{names}], header = true, auto_detect = false, quote = '\"', escape = '\"', columns = {columns})"


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
    import duckdb

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
        database = duckdb.connect(str(folder / "edges.duckdb"), config={"memory_limit": "1GB", "threads": 2})
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
            names = _names(database.execute, "SELECT iri FROM ranked GROUP BY number, iri ORDER BY number", folder)
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


def _names(run: Callable[[str], Any], query: str, folder: Path) -> dict[str, npt.NDArray[Any]]:
    """The IRIs that a query yields in its order: their bytes one behind the other, and where each begins."""
    file = folder / "nodes.txt"
    target = str(file).replace("'", "''")
    run(f"COPY ({query}) TO '{target}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')")
    data = np.fromfile(file, dtype=np.uint8)
    file.unlink()
    breaks = np.flatnonzero(data == ord("\n"))
    offsets = np.concatenate([[0], breaks - np.arange(len(breaks))]).astype(np.int64)
    return {"node_block": data[data != ord("\n")], "node_offsets": offsets}
