"""What several commands share: the options for project and output, and the printing of answers.

A command takes ``@project_option`` and gets ``project``, the folder that holds ``.kg``; it takes
``@output_options`` and gets ``output``, which it hands to :func:`emit` (rows) or :func:`emit_json`.
"""

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.errors import BadParameter, NoProject

F = TypeVar("F", bound=Callable[..., Any])

# Control characters (C0 but tab and newline, DEL, C1) and marks that turn the direction of what follows:
# a text from outside must not steer the terminal.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def project_folder(start: Path | None = None) -> Path:
    """The nearest folder at or above ``start`` (default: the current one) that holds a project.

    Raises NoProject when there is none.
    """
    folder = (start or Path.cwd()).resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / ".kg" / "format").is_file():
            return candidate
    raise NoProject(f"There is no project in {folder} or above it; make one with 'kg init'.")


def _find_project(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    return None if ctx.resilient_parsing else project_folder(value)


def writable(path: Path) -> Path:
    """The path of a file to write, when its folder is there.

    Raises BadParameter when it is not.
    """
    if not path.parent.is_dir():
        raise BadParameter(f"{path} cannot be written: there is no folder {path.parent}; make it first.")
    return path


def project_option(function: F) -> F:
    """Give a command ``project``: the folder named by -C or KG_PROJECT, else the nearest one with ``.kg``."""
    return click.option(
        "-C",
        "--project",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        envvar="KG_PROJECT",
        metavar="DIR",
        callback=_find_project,
        help="Project folder. Default: KG_PROJECT, else the nearest folder with .kg.",
    )(function)


def output_options(function: F) -> F:
    """Give a command that prints rows ``output``: a form of `FORMS`, or None to choose by where the output goes."""
    return _forms(function, "table", "tsv", "csv", "json")


def report_options(function: F) -> F:
    """Give a command that reports what it did ``output``: "json", "table", or None as above."""
    return _forms(function, "table", "json")


FORMS = {
    "table": "Print for reading, also into a pipe.",
    "tsv": "Print TSV.",
    "csv": "Print CSV.",
    "json": "Print JSON, also on a terminal.",
}


def _forms(function: F, *names: str) -> F:
    for name in names:
        function = click.option(f"--{name}", "output", flag_value=name, default=None, help=FORMS[name])(function)
    return function


def in_columns(output: str | None) -> bool:
    """Whether rows are printed for programs, as CSV or TSV."""
    return output in ("csv", "tsv")


def chosen(output: str | None) -> str:
    """The form to print in: what was asked for, else a table on a terminal and JSON in a pipe."""
    return output or ("table" if sys.stdout.isatty() else "json")


def printable(text: str) -> str:
    """The text without the characters that could steer a terminal."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun, such as "1 warning" or "2 warnings"; `several` where it is not `one` with an s."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(_cell(item) for item in (_plain(value) if isinstance(value, set | frozenset) else value))
    return str(_plain(value)) if isinstance(value, date) else str(value)


_NO_EDGE = 10**6  # columns

# What a spreadsheet would run as a formula when it opens a CSV file (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _csv_cell(value: Any) -> str:
    text = printable(_cell(value))
    if isinstance(value, int | float) or not text.startswith(_FORMULA):
        return text
    return "'" + text


def emit_json(value: Any) -> None:
    """Print a value as JSON: UTF-8, indented, dates as ISO 8601, sets sorted, what steers a terminal escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    # The breaks between lines are JSON's own; those in texts are escaped already.
    click.echo(_UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def emit(
    rows: Iterable[Mapping[str, Any]],
    output: str | None = None,
    *,
    columns: Sequence[str] | None = None,
    headings: Mapping[str, str] | None = None,
    title: str | None = None,
    empty: str = "Nothing found.",
) -> None:
    """Print rows in the form that ``output`` asks for.

    ``columns`` orders and selects what a table, CSV and TSV show (default: the keys of all rows, in order of
    appearance); JSON always has everything. ``headings`` names columns for a table. On a terminal an
    empty answer is said in words (``empty``).
    """
    listed = list(rows)
    form = chosen(output)
    if form == "json":
        emit_json(listed)
        return
    names = list(columns) if columns is not None else list(dict.fromkeys(key for row in listed for key in row))
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_csv_cell(row.get(name)) for name in names] for row in listed)
        click.echo(buffer.getvalue(), nl=False)
        return
    if form == "tsv":
        for cells in (names, *([_csv_cell(row.get(name)) for name in names] for row in listed)):
            # No cell of TSV can hold a tab or the end of a line.
            click.echo("\t".join(" ".join(re.split(r"[\t\r\n]", cell)) for cell in cells))
        return
    if not listed:
        click.echo(empty)
        return
    _table(listed, names, headings or {}, title)


def _table(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], headings: Mapping[str, str], title: str | None
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        present = [row[name] for row in rows if row.get(name) is not None]
        numeric = bool(present) and all(
            isinstance(value, int | float) and not isinstance(value, bool) for value in present
        )
        heading = headings.get(name, name.replace("_", " "))
        table.add_column(Text(heading), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        # Text, not markup: a label such as "[red]" is only a label.
        table.add_row(*(Text(printable(_cell(row.get(name)))) for name in names))
    # A pipe has no width: whoever reads it wants each row on its line, whole.
    Console(soft_wrap=False, width=None if sys.stdout.isatty() else _NO_EDGE).print(table)
