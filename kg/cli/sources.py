"""``kg sources``."""

from pathlib import Path

import click

from kg.cli.common import emit, output_options, project_option


@click.command("sources")
@click.option("--all", "everything", is_flag=True, help="Show the reference data that comes with kg, too.")
@output_options
@project_option
def command(project: Path, output: str | None, everything: bool) -> None:
    """List the sources: id, title, publisher, date, loader and number of quads.

    Example:

        kg sources --json
    """
    from kg.inventory import source_list
    from kg.project import Project

    with Project.find(project).reading() as graph:
        rows = source_list(graph, system=everything)
    emit(
        rows,
        output,
        columns=["id", "title", "publisher", "published", "loader", "quads"],
        empty="No source was loaded yet; load one with 'kg load FILE'.",
    )
