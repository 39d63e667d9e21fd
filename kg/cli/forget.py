"""``kg forget``."""

from pathlib import Path

import click

from kg.cli.common import chosen, counted, emit_json, project_option


@click.command("forget")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "output", flag_value="json", default=None, help="Print JSON, also on a terminal.")
@project_option
def command(project: Path, sources: tuple[str, ...], output: str | None) -> None:
    """Remove exactly what sources said, and their texts where no other source has the same.

    SOURCE is the id of a source, as 'kg sources' prints it, the beginning of one, or its IRI. Either all are forgotten
    or, when one is unknown, none.

    Example:

        kg forget readout-2026-01
    """
    from kg.loaders.forgetting import forget
    from kg.project import Project

    changes = forget(Project.find(project), sources)
    if chosen(output) == "json":
        emit_json([{"iri": c.source, "change": c.kind, "removed": c.removed} for c in changes])
        return
    for change in changes:
        click.echo(f"Forgot {change.source.rsplit('/', 1)[-1]}: {counted(change.removed, 'quad')}.")
