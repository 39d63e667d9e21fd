"""Tables as ``neo4j-admin database import`` reads them: one per set of labels or type of relationship.

When something has a property for which a table has no column, the table goes on in another file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kg.mirror.kinds import Properties, Value

__all__ = ["DIVIDER", "Tables", "quoted"]

# Between the items of a list.
DIVIDER = "\x1f"
_ROWS = 2_000
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double", date: "date"}


@dataclass(slots=True)
class _Table:
    """One file of nodes or relationships: its fixed first columns, its columns so far, and rows not yet written."""

    path: Path
    first: Sequence[str]
    columns: dict[str, str]
    rows: list[str] = field(default_factory=list)
    multiline: bool = False

    def takes(self, properties: Properties) -> bool:
        """Whether there is a column for each property."""
        columns = self.columns
        for key, value in properties.items():
            if columns.get(key) != ("string" if type(value) is str else _type(value)):
                return False
        return True

    def write(self) -> None:
        if not self.rows:
            return
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write("\n".join(self.rows) + "\n")
        self.rows.clear()

    def begin(self) -> None:
        names = [*self.first, *(quoted(f"{key}:{kind}") for key, kind in self.columns.items())]
        self.path.write_text(",".join(names) + "\n", encoding="utf-8")


class Tables:
    """The tables that one process writes.

    Args:
        folder: where.
        prefix: what the names of the files begin with, other for each process.
    """

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self.folder = folder
        self.prefix = prefix
        self.tables: dict[tuple[str, ...], _Table] = {}
        self.files: list[tuple[str, _Table]] = []
        self.longest = 0

    def put(self, kind: str, names: tuple[str, ...], fixed: Sequence[tuple[str, str]], properties: Properties) -> bool:
        """Write a row; `fixed` are its first columns and their fields. Whether every property could be written."""
        table = self.tables.get((kind, *names))
        if table is None or not table.takes(properties):
            types = {key: _type(value) for key, value in properties.items()}
            table = self._widen(kind, names, [name for name, _ in fixed], table, types)
        complete = True
        fields = [text for _, text in fixed]
        for key in table.columns:
            value = properties.get(key)
            text = "" if value is None else _field(value)
            if text is None:
                complete, text = False, ""
            fields.append(text)
        row = ",".join(fields)
        if not table.multiline and ("\n" in row or "\r" in row):
            table.multiline = True
        if len(row) > self.longest:
            self.longest = len(row)
        table.rows.append(row)
        if len(table.rows) >= _ROWS:
            table.write()
        return complete

    def _widen(
        self, kind: str, names: tuple[str, ...], first: list[str], before: _Table | None, types: dict[str, str]
    ) -> _Table:
        columns = dict(types)
        if before is not None:
            before.write()
            # A key whose values have another type now has its old type no more.
            columns = {**before.columns, **types}
        table = _Table(self.folder / f"{self.prefix}{kind}-{len(self.files):04}.csv", first, columns)
        table.begin()
        self.tables[(kind, *names)] = table
        self.files.append((f"--{kind}={':'.join(names)}=" if kind == "nodes" else f"--{kind}={names[0]}=", table))
        return table

    def close(self) -> "Files":
        """Write what is left, and say which files there are."""
        found = Files(longest=self.longest)
        for option, table in self.files:
            table.write()
            found.options.append(f"{option}{table.path}")
            if table.multiline:
                found.multiline.append(str(table.path))
        return found


@dataclass(slots=True)
class Files:
    """Written files: the options of neo4j-admin that name them, those in which a field may hold several lines, and the
    characters of the longest row."""

    options: list[str] = field(default_factory=list)
    multiline: list[str] = field(default_factory=list)
    longest: int = 0

    def __iadd__(self, other: "Files") -> "Files":
        self.options += other.options
        self.multiline += other.multiline
        self.longest = max(self.longest, other.longest)
        return self

    def arguments(self) -> list[str]:
        """The arguments for all of them."""
        # A buffer must hold the largest value; a larger one than needed costs much time.
        megabytes = max(4, 4 * self.longest // 1_000_000 + 1)
        several = ["--multiline-fields-format=v2", f"--multiline-fields={','.join(self.multiline)}"]
        return [f"--read-buffer-size={megabytes}m", *self.options, *(several if self.multiline else ())]


def _type(value: Value) -> str:
    if isinstance(value, list):
        return _type(value[0]) + "[]"
    if isinstance(value, datetime):
        return "datetime" if value.tzinfo is not None else "localdatetime"
    return _TYPES[type(value)]


def _field(value: Value) -> str | None:
    """The text of a field; None for what a field cannot hold."""
    if type(value) is str:
        return quoted(value)
    if isinstance(value, list):
        texts = [_plain(item) for item in value]
        if any(not text or DIVIDER in text for text in texts):
            return None
        return quoted(DIVIDER.join(texts))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else repr(value)


def quoted(text: str) -> str:
    """A text as a field."""
    return '"' + text.replace('"', '""') + '"'
