"""``kg page``."""

import sys
from pathlib import Path

import click

from kg.cli.common import project_option
from kg.cli.days import as_date, day_option


@click.command("page")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), metavar="FILE",
              help="Where to write; - is standard output. Default: a file named after what it shows.")  # fmt: skip
@click.option("--timeline", is_flag=True, help="Draw the acts over time instead of the network.")
@click.option("--max-nodes", type=click.IntRange(1, 100_000), metavar="N",
              help="Show N things at most. Default: 400, or 5000 acts over time.")  # fmt: skip
@day_option("--since", "Only what may have happened on or after this day, month or year.")
@day_option("--until", "Only what may have happened on or before this day, month or year.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only what this source says.")
@click.option("--title", metavar="TEXT", help="Heading of the page.")
@project_option
def command(
    project: Path,
    names: tuple[str, ...],
    out: Path | None,
    timeline: bool,
    max_nodes: int | None,
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    title: str | None,
) -> None:
    """Draw the graph as one HTML file that works offline: what is around one thing, between two or more, or everything.

    Each thing and each link shows the words that say so, in their sentence, with publisher, date and address. What
    would make the page unreadable is left out, the least connected first, and the page says how much that is.

    Example:

        kg page "Xi Jinping" "Mark Carney" -o leaders.html

        kg page Canada China --timeline --since 2020-01-01
    """
    from kg.page.make import project_page
    from kg.project import Project

    page = project_page(
        Project.find(project),
        names,
        timeline=timeline,
        max_nodes=max_nodes,
        since=as_date(since),
        until=as_date(until),
        sources=sources,
        title=title,
    )
    if out is not None and str(out) == "-":
        sys.stdout.write(page.html)
        return
    from kg.page import write

    path = write(out or Path(page.file_name), page.html)
    more = f", {page.left_out} more left out" if page.left_out else ""
    click.echo(f"{path}: {page.summary}{more}.", err=True)
