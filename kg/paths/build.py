"""The edges of the whole graph as arrays, read in bulk: what `kg.paths.edges` does quad by quad, as joins of tables.

Oxigraph writes what each property connects as CSV, and DuckDB joins it; the two ways are held together by a test.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from kg import iris
from kg.graph import Graph
from kg.ontology import model
from kg.paths.edges import NO_CLASS, NODE_ROLES, UNKNOWN, first_end, step_properties

__all__ = ["read_edges"]


def read_edges(
    graph: Graph, sources: Sequence[str], props: Sequence[str], class_names: Sequence[str]
) -> dict[str, npt.NDArray[Any]]:
    """The columns of the edges of some sources, with the names and classes of their nodes.

    Returns:
        start, end, prop, source, first, last, evidence; node_block, node_offsets (IRIs in the order of their bytes),
        classes. Properties, sources and classes are numbers of the lists given.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="kg-paths-") as folder:
        database = duckdb.connect(str(Path(folder) / "paths.duckdb"), config={"memory_limit": "1GB", "threads": 2})
        try:
            _read(database, graph, Path(folder), sources)
            _join(database, props, sources)
            return _arrays(database, class_names)
        finally:
            database.close()


def _read(database: Any, graph: Graph, folder: Path, sources: Sequence[str]) -> None:
    """Tables links (source, subject, prop, value), kinds (source, subject, class) and days of what has any."""
    database.execute("CREATE TABLE graphs (name VARCHAR, number INTEGER)")
    database.executemany("INSERT INTO graphs VALUES (?, ?)", [[s, i] for i, s in enumerate(sources)] or [["", -1]])
    database.execute("CREATE TABLE links (source INTEGER, subject VARCHAR, prop VARCHAR, value VARCHAR)")
    database.execute("CREATE TABLE kinds (source INTEGER, subject VARCHAR, class VARCHAR)")
    database.execute("CREATE TABLE days (source INTEGER, subject VARCHAR, first DATE, last DATE)")
    file = folder / "rows.csv"
    for iri, name in step_properties().items():
        if _write(graph, iri, file):
            query = f"INSERT INTO links SELECT number, s, ?, o FROM {_csv(file)} JOIN graphs ON name = g WHERE kind"  # noqa: S608
            database.execute(query, [name])
    if _write(graph, iris.RDF_TYPE, file):
        query = f"INSERT INTO kinds SELECT number, s, o FROM {_csv(file)} LEFT JOIN graphs ON name = g WHERE kind"  # noqa: S608
        database.execute(query)
    for name, cells in (("earliest", "try_cast(o AS DATE), NULL"), ("latest", "NULL, try_cast(o AS DATE)")):
        if _write(graph, iris.KG + name, file):
            query = f"INSERT INTO days SELECT number, s, {cells} FROM {_csv(file)} JOIN graphs ON name = g"  # noqa: S608
            database.execute(query)
    database.execute(
        "CREATE TABLE bounds AS SELECT source, subject, max(first) AS first, max(last) AS last FROM days GROUP BY ALL"
    )


def _write(graph: Graph, prop: str, file: Path) -> bool:
    """Write graph, subject and value of a property, and whether the value is a thing; whether there are any."""
    pattern = (None, ox.NamedNode(prop), None, None)
    if next(iter(graph.store.quads_for_pattern(*pattern)), None) is None:
        return False
    found = graph.store.query(
        f"SELECT ?g ?s ?o (isIRI(?o) AS ?kind) WHERE {{ GRAPH ?g {{ ?s <{prop}> ?o }} FILTER(isIRI(?s)) }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    found.serialize(str(file), ox.QueryResultsFormat.CSV)
    return True


def _csv(file: Path) -> str:
    name = str(file).replace("'", "''")
    columns = "{'g': 'VARCHAR', 's': 'VARCHAR', 'o': 'VARCHAR', 'kind': 'BOOLEAN'}"
    return f"read_csv('{name}', header = true, auto_detect = false, quote = '\"', escape = '\"', columns = {columns})"


def _join(database: Any, props: Sequence[str], sources: Sequence[str]) -> None:
    """Table edges (start, stop, prop, source, first, last, evidence), as `kg.paths.edges.edges_of` has them."""
    rows = []
    for info in model().classes.values():
        if info.role == "link":
            rows.append([info.name, "link", first_end(info)])
        elif info.role in NODE_ROLES:
            rows.append([info.name, "node", None])
    database.execute("CREATE TABLE roles (class VARCHAR, role VARCHAR, key VARCHAR)")
    database.executemany("INSERT INTO roles VALUES (?, ?, ?)", rows)
    database.execute(
        "CREATE TABLE classed AS SELECT source, subject, list_sort(list_distinct(list(class))) AS classes FROM kinds "
        "WHERE source IS NOT NULL GROUP BY ALL"
    )
    _name_classes(database, "classed", "named")
    database.execute(
        "CREATE TABLE steps AS SELECT l.*, r.role, r.key FROM links l JOIN named n USING (source, subject) "
        "JOIN roles r ON r.class = n.class"
    )
    # A link has the days of its own, else those of an end that has any, as a participation has those of its encounter.
    database.execute(
        "CREATE TABLE inherited AS SELECT s.source, s.subject, arg_min(b.first, s.value) AS first, "
        "arg_min(b.last, s.value) AS last FROM (SELECT * FROM steps WHERE role = 'link' AND prop <> key) s "
        "JOIN (SELECT source, subject, coalesce(first, DATE '0001-01-01') AS first, "
        "coalesce(last, DATE '0001-01-01') AS last FROM bounds) b ON b.source = s.source AND b.subject = s.value "
        "GROUP BY ALL"
    )
    database.execute(
        """CREATE TABLE edges AS
        SELECT subject AS start, value AS stop, prop, source, first, last, subject AS evidence
        FROM steps LEFT JOIN bounds USING (source, subject) WHERE role = 'node'
        UNION ALL
        SELECT a.value, b.value, b.prop, a.source, coalesce(own.first, CASE WHEN own.last IS NULL THEN i.first END),
            coalesce(own.last, CASE WHEN own.first IS NULL THEN i.last END), a.subject
        FROM (SELECT * FROM steps WHERE role = 'link' AND prop = key) a
        JOIN (SELECT * FROM steps WHERE role = 'link' AND prop <> key) b USING (source, subject)
        LEFT JOIN bounds own USING (source, subject) LEFT JOIN inherited i USING (source, subject)"""
    )
    database.execute(
        "CREATE TABLE nodes AS SELECT iri, row_number() OVER (ORDER BY iri) - 1 AS number FROM "
        "(SELECT start AS iri FROM edges UNION SELECT stop FROM edges UNION SELECT evidence FROM edges)"
    )
    database.execute("CREATE TABLE properties (name VARCHAR, number INTEGER)")
    database.executemany("INSERT INTO properties VALUES (?, ?)", [[p, i] for i, p in enumerate(props)])


def _name_classes(database: Any, table: str, target: str) -> None:
    """Table `target` (source, subject, class): the most special class of each set of classes in `table`."""
    sets = [row[0] for row in database.execute(f"SELECT DISTINCT classes FROM {table}").fetchall()]  # noqa: S608
    database.execute("CREATE OR REPLACE TABLE best (classes VARCHAR[], class VARCHAR)")
    best = [[classes, model().most_specific(classes)] for classes in sets]
    if best:
        database.executemany("INSERT INTO best VALUES (?, ?)", best)
    columns = "source, subject" if target == "named" else "subject"
    query = f"CREATE TABLE {target} AS SELECT {columns}, class FROM {table} JOIN best USING (classes)"  # noqa: S608
    database.execute(query)


def _arrays(database: Any, class_names: Sequence[str]) -> dict[str, npt.NDArray[Any]]:
    unknown = f"WHEN e.{{0}} IS NULL OR e.{{0}} = DATE '0001-01-01' THEN {UNKNOWN}"
    ordinal = "CASE " + unknown + " ELSE date_diff('day', DATE '0001-01-01', e.{0}) + 1 END AS {0}"
    rows: Mapping[str, npt.NDArray[Any]] = database.execute(
        "SELECT a.number AS start, b.number AS end, p.number AS prop, e.source AS source, "  # noqa: S608  names only
        + f"{ordinal.format('first')}, {ordinal.format('last')}, c.number AS evidence FROM edges e "
        "JOIN nodes a ON a.iri = e.start JOIN nodes b ON b.iri = e.stop JOIN nodes c ON c.iri = e.evidence "
        "JOIN properties p ON p.name = e.prop ORDER BY e.source, c.number, a.number, p.number, b.number"
    ).fetchnumpy()
    arrays: dict[str, npt.NDArray[Any]] = {
        name: np.ascontiguousarray(np.ma.getdata(column), dtype=np.int32) for name, column in rows.items()
    }
    names = database.execute("SELECT iri FROM nodes ORDER BY number").fetchall()
    raw = [name.encode("utf-8") for (name,) in names]
    arrays["node_block"] = np.frombuffer(b"".join(raw), dtype=np.uint8)
    arrays["node_offsets"] = np.concatenate([[0], np.cumsum([len(r) for r in raw])]).astype(np.int64)
    database.execute(
        "CREATE TABLE everywhere AS SELECT subject, list_sort(list_distinct(list(class))) AS classes FROM kinds "
        "WHERE subject IN (SELECT iri FROM nodes) GROUP BY ALL"
    )
    _name_classes(database, "everywhere", "kind")
    classes = np.full(len(raw), NO_CLASS, dtype=np.uint8)
    numbers = {name: i for i, name in enumerate(class_names)}
    query = "SELECT number, class FROM kind JOIN nodes ON iri = subject WHERE class IS NOT NULL"
    found = database.execute(query).fetchnumpy()
    if len(found["number"]):
        classes[found["number"]] = [numbers[str(name)] for name in found["class"]]
    arrays["classes"] = classes
    return arrays
