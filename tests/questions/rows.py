"""Rows of answers as a person reads them."""

from collections.abc import Iterable
from typing import Any

from kg import iris
from kg.questions import Row


def plain(value: Any) -> Any:
    """A cell as a person reads it."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value if value is None or isinstance(value, bool | int) else str(value)


def cells(rows: Iterable[Row], *columns: str) -> list[Any]:
    found = [tuple(plain(row[c]) for c in columns) for row in rows]
    return [f[0] for f in found] if len(columns) == 1 else found


def keys(row: Row) -> list[str]:
    """Keys of the sources that a row cites."""
    return sorted({iris.code_of(c.source) for c in row.citations})
