"""``kg load``."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import chosen, counted, emit_json, printable, project_option, report_options

if TYPE_CHECKING:
    from kg.loaders import FileReport, Report
    from kg.loaders.engine import Progress


def _then_stop(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """Print what needs no project, and stop."""
    if not asked or ctx.resilient_parsing:
        return
    if param.name == "loaders":
        from kg.loaders import loaders as known

        for name, one in known().items():
            click.echo(f"{name:16}{one.help}")
    else:
        from kg.schema import record_schema

        emit_json(record_schema())
    ctx.exit()


@click.command("load")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--published", metavar="DATE", help="Date of publication, such as 2026-01-16 or 2026-01.")
@click.option("--publisher", metavar="NAME", help="Who published it: a name, or the code of a government such as AUS.")
@click.option("--author", metavar="NAME", multiple=True, help="Who wrote it; may be given several times.")
@click.option("--title", metavar="TEXT", help="Its title.")
@click.option("--url", metavar="URL", help="Where it can be read; also the name by which a later version replaces it.")
@click.option(
    "--id", "id_", metavar="ID", help="The name of the source. Default: its URL, else the sha256 of its text."
)
@click.option("--licence", metavar="TEXT", help="Under which terms it may be used.")
@click.option("--language", metavar="TAG", help="Language of the text, such as en.")
@click.option("--head-of-government", metavar="NAME", help="Who says 'I' in a release of a government.")
@click.option("--loader", metavar="NAME", help="The loader to use where a file does not say what it is.")
@click.option("--map", "map_", metavar="FILE", help="For a table: the YAML file that maps its columns to records.")
@click.option("--strict", is_flag=True, help="For a table: fail when a row cannot be mapped.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read files.")
@click.option("--loaders", is_flag=True, is_eager=True, expose_value=False, callback=_then_stop,
              help="List the loaders and stop.")  # fmt: skip
@click.option("--schema", is_flag=True, is_eager=True, expose_value=False, callback=_then_stop,
              help="Print the JSON Schema of hand-written records and stop.")  # fmt: skip
@report_options
@project_option
def command(
    project: Path,
    paths: tuple[str, ...],
    map_: str | None,
    loader: str | None,
    workers: int,
    output: str | None,
    strict: bool,
    **given: Any,
) -> None:
    """Load documents, records, tables, folders of them, and patterns such as 'notes/*.md'.

    What is known of a text from outside stands in its own head, in NAME.meta.json beside it, or in options, which win.
    A source that is there already is replaced; one that has not changed is left alone. A file that cannot be loaded is
    reported and does not stop the others; the exit code is then 1.

    Example:

        kg load readout.txt --published 2026-01-16 --publisher CGTN
    """
    if not paths:
        raise click.UsageError("Name a file or folder to load.")
    from kg.loaders import Options, load
    from kg.project import Project

    more = {"map": map_, "strict": "true" if strict else None}
    options = Options(meta=_meta(given), more={key: value for key, value in more.items() if value})
    form = chosen(output)
    loader = loader or ("table" if map_ else None)
    with _progress() as progress:
        report = load(Project.find(project), paths, options, loader=loader, workers=workers, progress=progress)
    if form == "json":
        emit_json(report.as_dict())
    else:
        _say(report)
    if report.failed:
        sys.exit(1)


def _meta(given: dict[str, Any]) -> Any:
    from kg.errors import BadParameter, LoadError
    from kg.loaders import Meta
    from kg.loaders.reading import to_edtf

    values = {key.rstrip("_"): value for key, value in given.items() if value}
    if "published" in values:
        try:
            values["published"] = to_edtf(values["published"])
        except LoadError as error:
            raise BadParameter(f"--published: {error}") from None
    return Meta(**values)


@contextmanager
def _progress() -> "Iterator[Progress | None]":
    """A bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("Loading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("load", total=None, file="")

        def step(file: "FileReport", done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, file=printable(Path(file.path).name)[:40])

        yield step


_ONE = 12  # files: more are summed up instead of being listed one by one


def _say(report: "Report") -> None:
    many = len(report.files) > _ONE
    for file in report.files:
        if file.status == "failed":
            click.echo(f"Failed: {printable(file.error or '')}", err=True)
            continue
        if many:
            continue
        if file.reason:
            click.echo(f"Skipped: {printable(file.path)}: {file.reason}.")
        for source in file.sources:
            click.echo(f"{source.change.capitalize()}: {printable(source.title)}  ({_short(source.id)})")
            if source.counts:
                click.echo("  " + ", ".join(f"{n} {name}" for name, n in source.counts.items()))
            for note in source.notes:
                click.echo(f"  Note: {printable(note)}")
    if many:
        _notes(report)
        for reason, count in Counter(file.reason for file in report.files if file.reason).most_common():
            click.echo(f"Skipped {counted(count, 'file')}: {reason}.")
    total = report.summary()
    parts = [f"{total[name]} {name}" for name in ("loaded", "replaced", "unchanged") if total[name]]
    said = ", ".join(parts) or "nothing loaded"
    tail = "".join(f", {total[name]} {name}" for name in ("skipped", "failed") if total[name])
    if many or len(report.files) > 1 or total["failed"]:
        click.echo(f"{counted(total['files'], 'file')}: {said}{tail}.")


def _short(key: str) -> str:
    """The id of a source, as `kg forget` takes it; of one that is a sha256 its beginning."""
    return key[:16] if re.fullmatch("[0-9a-f]{64}", key) else key


def _notes(report: "Report") -> None:
    """The notes of many files: each once, with the number of sources that it is about."""
    found = Counter(note for file in report.files for source in file.sources for note in source.notes)
    for note, count in found.most_common():
        click.echo(f"Note on {counted(count, 'source')}: {printable(note)}")
    sums: Counter[str] = Counter()
    for file in report.files:
        for source in file.sources:
            sums.update(source.counts)
    if sums:
        click.echo(", ".join(f"{n} {name}" for name, n in sums.most_common()))
