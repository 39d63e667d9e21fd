"""``kg brief``."""

from pathlib import Path

import click

from kg.cli.common import project_option, writable
from kg.cli.days import day_option


@click.command("brief")
@click.argument("a")
@click.argument("b")
@day_option("--since", "Leave out what was said and done before this day.")
@day_option("--on", "As things stood on this day. Default: the day of the latest source on the two.")
@day_option("--known-at", "Only what sources published by this day tell.")
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a file."
)
@project_option
def command(
    project: Path, a: str, b: str, since: str | None, on: str | None, known_at: str | None, file: Path | None
) -> None:
    """Write a memo on a pair of states in Markdown: offices, meetings, statements, commitments, forums, disagreements.

    Each sentence has footnotes to document, publisher, date and words, and the memo says what is not known.

    Example:

        kg brief Canada China --on 2026-01-16 -o canada-china.md
    """
    from kg.brief import brief
    from kg.project import Project

    with Project.find(project).reading() as graph:
        text = brief(graph, a, b, since=since, on=on, known_at=known_at)
    if file is None:
        click.echo(text, nl=False)
        return
    from kg.store import write_atomically

    write_atomically(writable(file), text.encode("utf-8"))
    click.echo(f"Wrote {file}.", err=True)
