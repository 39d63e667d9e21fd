"""Tables of links, kinds and days in DuckDB, joined to the arrays of edges: what `kg.paths.edges` does quad by quad.

They are taken from a store that is read property by property, or straight from the columns of a table that is being
loaded. Both ways are held together by tests.
"""

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
from kg.paths.edges import NO_CLASS, NODE_ROLES, UNKNOWN, first_end, step_properties

__all__ = ["COLUMNS", "Arrays", "Tables", "packed_names"]

# start, end, prop, source, first, last, evidence; node_block, node_offsets (IRIs in the order of their bytes), classes.
# Properties, sources and classes are numbers of lists that whoever asks keeps.
Arrays = Mapping[str, npt.NDArray[Any]]
COLUMNS = ("start", "end", "prop", "source", "first", "last", "evidence")
_NODES = ("start", "end", "evidence")
# With more graphs than this, each property is read in one go rather than graph by graph.
_FEW_GRAPHS = 40
_NO_DAY = "DATE '0001-01-01'"


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
                self._fill(table, *zip(*rows, strict=True))

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
        self._number(props, class_names)
        self._join(props, class_names)
        unknown = f"WHEN {{0}} IS NULL OR {{0}} = {_NO_DAY} THEN {UNKNOWN}"
        ordinal = f"(CASE {unknown} ELSE date_diff('day', {_NO_DAY}, {{0}}) + 1 END)::INTEGER AS {{0}}"
        found = self._run(
            f"SELECT DISTINCT start, stop AS end, prop, source, {ordinal.format('first')}, {ordinal.format('last')}, "  # noqa: S608
            "evidence FROM paths.edges ORDER BY source, evidence, start, prop, stop"
        ).fetchnumpy()
        arrays: dict[str, npt.NDArray[Any]] = {
            c: np.ascontiguousarray(np.ma.getdata(found[c]), dtype=np.int32) for c in COLUMNS
        }
        names = packed_names(self._run, "SELECT iri FROM paths.iris ORDER BY number", folder)
        block, offsets = names["node_block"], names["node_offsets"]
        kinds = self._run("SELECT subject, class FROM paths.named").fetchnumpy()
        classes = np.full(len(offsets) - 1, NO_CLASS, dtype=np.uint8)
        classes[np.ma.getdata(kinds["subject"])] = np.ma.getdata(kinds["class"])
        # What has a class, or is an end of what has none, need not be a node.
        used = np.zeros(len(classes), dtype=bool)
        for column in _NODES:
            used[arrays[column]] = True
        if not used.all():
            numbers = (np.cumsum(used) - 1).astype(np.int32)
            arrays |= {column: numbers[arrays[column]] for column in _NODES}
            sizes = np.diff(offsets)
            block, classes = block[np.repeat(used, sizes)], classes[used]
            offsets = np.concatenate([[0], np.cumsum(sizes[used])]).astype(np.int64)
        return {**arrays, "node_block": block, "node_offsets": offsets, "classes": classes}

    def _fill(self, table: str, *columns: Sequence[Any]) -> None:
        """Put rows into a table, column by column: row by row takes a millisecond for each."""
        cells = ", ".join("unnest(?)" for _ in columns)
        self._run(f"INSERT INTO paths.{table} SELECT {cells}", [list(c) for c in columns])

    def _number(self, props: Sequence[str], class_names: Sequence[str]) -> None:
        """Tables iris (sorted by their bytes), ends, named and bounds, in which numbers stand for texts.

        What follows joins numbers, which takes a fraction of what long texts take. The most special of the classes
        that a source gives a thing is that by which it goes; what has none makes no edge.
        """
        self._run("CREATE TABLE paths.properties (name VARCHAR, number INTEGER)")
        self._fill("properties", props, range(len(props)))
        self._run("CREATE TABLE paths.known (iri VARCHAR, class INTEGER)")
        self._fill("known", [model().classes[name].iri for name in class_names], range(len(class_names)))
        self._run(
            "CREATE TABLE paths.iris AS SELECT iri, (row_number() OVER (ORDER BY iri) - 1)::INTEGER AS number "
            "FROM (SELECT subject AS iri FROM paths.kinds UNION SELECT value FROM paths.links)"
        )
        self._run(
            "CREATE TABLE paths.ends AS SELECT l.source, s.number AS subject, p.number AS prop, v.number AS value "
            "FROM paths.links l JOIN paths.iris s ON s.iri = l.subject JOIN paths.iris v ON v.iri = l.value "
            "JOIN paths.properties p ON p.name = l.prop"
        )
        self._run(
            "CREATE TABLE paths.bounds AS SELECT d.source, i.number AS subject, max(d.first) AS first, "
            "max(d.last) AS last FROM paths.days d JOIN paths.iris i ON i.iri = d.subject GROUP BY ALL"
        )
        self._run(
            "CREATE TABLE paths.named AS SELECT DISTINCT k.source, i.number AS subject, n.class FROM paths.kinds k "
            "JOIN paths.known n ON n.iri = k.class JOIN paths.iris i ON i.iri = k.subject"
        )
        several = self._run(
            "SELECT source, subject, list(class) FROM paths.named GROUP BY ALL HAVING count(*) > 1"
        ).fetchall()
        if several:
            numbers = {name: i for i, name in enumerate(class_names)}
            best = [numbers.get(model().most_specific([class_names[c] for c in r[2]]) or "") for r in several]
            self._run("CREATE TABLE paths.best (source INTEGER, subject INTEGER, class INTEGER)")
            self._fill("best", [r[0] for r in several], [r[1] for r in several], best)
            self._run("DELETE FROM paths.named USING paths.best b WHERE named.source = b.source "
                      "AND named.subject = b.subject")  # fmt: skip
            self._run("INSERT INTO paths.named SELECT * FROM paths.best WHERE class IS NOT NULL")

    def _join(self, props: Sequence[str], class_names: Sequence[str]) -> None:
        """Table edges (start, stop, prop, source, first, last, evidence), as `edges_of` has them."""
        prop_numbers = {name: i for i, name in enumerate(props)}
        roles: list[tuple[int, str, int | None]] = []
        for number, name in enumerate(class_names):
            info = model().classes[name]
            if info.role == "link":
                roles.append((number, "link", prop_numbers.get(first_end(info) or "")))
            elif info.role in NODE_ROLES:
                roles.append((number, "node", None))
        self._run("CREATE TABLE paths.roles (class INTEGER, role VARCHAR, key INTEGER)")
        self._fill("roles", *zip(*roles, strict=True))
        self._run(
            "CREATE TABLE paths.steps AS SELECT l.*, r.role, l.prop IS NOT DISTINCT FROM r.key AS is_key "
            "FROM paths.ends l JOIN paths.named n USING (source, subject) JOIN paths.roles r ON r.class = n.class"
        )
        self._run("CREATE VIEW paths.others AS SELECT * FROM paths.steps WHERE role = 'link' AND NOT is_key")
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


def packed_names(run: Callable[[str], Any], query: str, folder: Path) -> dict[str, npt.NDArray[Any]]:
    """The IRIs that a query yields in its order: their bytes one behind the other, and where each begins."""
    file = folder / "nodes.txt"
    target = str(file).replace("'", "''")
    run(f"COPY ({query}) TO '{target}' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')")
    data = np.fromfile(file, dtype=np.uint8)
    file.unlink()
    breaks = np.flatnonzero(data == ord("\n"))
    offsets = np.concatenate([[0], breaks - np.arange(len(breaks))]).astype(np.int64)
    return {"node_block": data[data != ord("\n")], "node_offsets": offsets}
