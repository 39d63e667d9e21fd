"""``kg stats``."""

from pathlib import Path

import click

from kg.cli.common import chosen, emit, emit_json, output_options, project_option


@click.command("stats")
@output_options
@project_option
def command(project: Path, output: str | None) -> None:
    """Count what the graph holds: quads, sources, and things by class.

    Example:

        kg stats
    """
    from kg.inventory import stats
    from kg.project import Project

    with Project.find(project).reading() as graph:
        numbers = stats(graph)
    if chosen(output) == "json":
        emit_json(numbers)
        return
    if chosen(output) == "table":
        click.echo(f"{numbers['sources']:,} sources, {numbers['quads']:,} quads\n")
    emit(numbers["classes"], output, columns=["class", "count"], empty="Nothing was loaded yet.")
