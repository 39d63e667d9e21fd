"""The edges that a table brings to the index of paths, from its columns rather than from the store."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.ontology import model
from kg.paths.build import step_names
from kg.paths.edges import step_properties
from kg.paths.files import save_arrays
from kg.paths.tables import Tables
from kg.records import RECORDS, property_iri
from kg.records.base import DAYS, class_iri, shape
from kg.tables.compile import Columns, Day, days_of

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["write_edges"]


def write_edges(connection: Any, shapes: Iterable["Shape"], quads: Iterable[ox.Quad], folder: Path) -> Path:
    """Write the edges of a source as arrays (see `kg.paths.files`) into a folder within `folder`.

    Args:
        connection: an ibis DuckDB backend on which the tables of `shapes` live.
        quads: what the source says besides.
    """
    tables = Tables(connection.con)
    for one in shapes:
        for columns in one.columns:
            _take(tables, one.table, columns)
    tables.add_quads(quads)
    target = folder / "edges"
    save_arrays(target, tables.arrays(folder, step_names(), list(model().classes)))
    return target


def _take(tables: Tables, table: Any, columns: Columns) -> None:
    import ibis

    steps, kinds = step_properties(), shape(RECORDS[columns.cls])

    def query(**cells: Any) -> str:
        rows = table.select(source=ibis.literal(0), subject=columns.iri, **cells)
        return str(ibis.to_sql(rows.filter(rows.subject.notnull()), dialect="duckdb"))

    tables.add_kinds(query(**{"class": ibis.literal(class_iri(RECORDS[columns.cls].cls))}))
    for name, given in columns.fields.items():
        prop = steps.get(property_iri(name))
        for value in given if isinstance(given, list) else [given]:
            if prop is not None:
                tables.add_links(query(value=value), prop)
            elif kinds[name] == "Edtf" and DAYS.get(name) == ("earliest", "latest"):
                first, last = (value.text, value.text) if isinstance(value, Day) else days_of(value)
                tables.add_days(query(first=first, last=last))
