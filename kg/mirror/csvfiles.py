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
    longest: int = 0

    def row(self, fixed: str, properties: Properties) -> bool | None:
        """Take a row. Whether every property could be written; None where one has no column, and nothing was taken."""
        fields = [fixed] if fixed else []
        found = 0
        complete = True
        for key, kind in self.columns.items():
            value = properties.get(key)
            if value is None:
                fields.append("")
                continue
            found += 1
            if type(value) is str:
                if kind != "string":
                    return None
                fields.append(quoted(value))
                continue
            if kind != _type(value):
                return None
            text = _field(value)
            if text is None:
                complete, text = False, ""
            fields.append(text)
        if found != len(properties):
            return None
        self.rows.append(",".join(fields))
        if len(self.rows) >= _ROWS:
            self.write()
        return complete

    def write(self) -> None:
        if not self.rows:
            return
        text = "\n".join(self.rows) + "\n"
        self.multiline = self.multiline or text.count("\n") > len(self.rows) or "\r" in text
        self.longest = max(self.longest, *map(len, self.rows))
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(text)
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
        self.tables: dict[tuple[str, tuple[str, ...]], _Table] = {}
        self.files: list[tuple[str, _Table]] = []

    def put(
        self, kind: str, names: tuple[str, ...], first: Sequence[str], fixed: Sequence[str], properties: Properties
    ) -> bool:
        """Write a row; `first` are the names of its first columns and `fixed` their texts.

        Returns whether every property could be written.
        """
        table = self.tables.get((kind, names))
        texts = ",".join([quoted(text) for text in fixed])
        complete = table.row(texts, properties) if table is not None else None
        if complete is None:
            types = {key: _type(value) for key, value in properties.items()}
            complete = self._widen(kind, names, first, table, types).row(texts, properties)
        return complete is True

    def _widen(
        self, kind: str, names: tuple[str, ...], first: Sequence[str], before: _Table | None, types: dict[str, str]
    ) -> _Table:
        columns = dict(types)
        if before is not None:
            before.write()
            # A key whose values have another type now has its old type no more.
            columns = {**before.columns, **types}
        table = _Table(self.folder / f"{self.prefix}{kind}-{len(self.files):04}.csv", first, columns)
        table.begin()
        self.tables[(kind, names)] = table
        self.files.append((f"--{kind}={':'.join(names)}=" if kind == "nodes" else f"--{kind}={names[0]}=", table))
        return table

    def close(self) -> "Files":
        """Write what is left, and say which files there are."""
        found = Files()
        for option, table in self.files:
            table.write()
            found.longest = max(found.longest, table.longest)
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
