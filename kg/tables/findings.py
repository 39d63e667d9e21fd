"""What a load could not map: rows with an unknown code or an impossible date, kept until the source is loaded again."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import iris
from kg.errors import LoadError
from kg.store import write_atomically

if TYPE_CHECKING:
    from kg.project import Project

__all__ = ["Finding", "of_source", "read", "refuse", "summed_up", "write"]

_LIMIT = 100_000
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that was left out, or of which a part was.

    Attributes:
        source: key of the source; `file` and `row` say where (row from 1, the header not counted).
        reason: what is wrong, in words; `value` what stands there.
    """

    source: str
    file: str
    row: int
    reason: str
    value: str

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON has it."""
        return asdict(self)


def summed_up(found: Sequence[Finding], key: str) -> str:
    """One sentence on the findings of a source: how many, why, and where they are listed."""
    reasons = Counter(f.reason for f in found).most_common()
    told = [f"{reason} ({n:,})" for reason, n in reasons[:_REASONS]]
    if rest := sum(n for _, n in reasons[_REASONS:]):
        told.append(f"{rest:,} more")
    return f"{len(found):,} finding{'s' if len(found) > 1 else ''}: {'; '.join(told)}. 'kg findings {key}' lists all."


def refuse(found: Sequence[Finding]) -> None:
    """What ``--strict`` makes of findings.

    Raises:
        LoadError: there are some; the message tells of the first.
    """
    if found:
        one, rows = found[0], "row" if len(found) == 1 else "rows"
        raise LoadError(
            f"{len(found):,} {rows} cannot be mapped, or not wholly; the first is row {one.row} of {one.file}: "
            f"{one.reason} ({one.value!r}). Without --strict they are listed by 'kg findings'."
        )


def _path(folder: Path, key: str) -> Path:
    return folder / "findings" / f"{key}.csv"


def write(folder: Path, key: str, findings: Iterable[Finding]) -> None:
    """Keep the findings of a source (the first 100,000), in the place of those of its last load."""
    path = _path(folder, key)
    listed = list(findings)
    if not listed:
        path.unlink(missing_ok=True)
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerows((f.file, f.row, f.reason, f.value) for f in listed[:_LIMIT])
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, buffer.getvalue().encode())


def read(folder: Path, key: str | None = None) -> list[Finding]:
    """The findings of a source, or of all, in the order of files and rows."""
    paths = [_path(folder, key)] if key else sorted((folder / "findings").glob("*.csv"))
    found = []
    for path in paths:
        if path.is_file():
            with path.open(newline="", encoding="utf-8") as file:
                found += [Finding(path.stem, f, int(n), reason, value) for f, n, reason, value in csv.reader(file)]
    return found


def of_source(project: "Project", name: str) -> list[Finding]:
    """The findings of a source, given by its id, IRI, title or file.

    Raises:
        NotFound: no such source was loaded.
        AmbiguousName: several are named so.
    """
    if found := read(project.folder, iris.code_of(name)):
        return found
    from kg.loaders.forgetting import named_sources

    with project.generations.reading() as store:
        (source,) = named_sources(store, [name], project.root)
    return read(project.folder, iris.code_of(source))
