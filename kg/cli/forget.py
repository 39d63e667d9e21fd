"""``kg forget``."""

from pathlib import Path

import click

from kg.cli.common import chosen, counted, emit_json, project_option, report_options


@click.command("forget")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@report_options
@project_option
def command(project: Path, sources: tuple[str, ...], output: str | None) -> None:
    """Remove exactly what sources said, and their texts where no other source has the same.

    SOURCE is what names a source to 'kg load' and in 'kg sources': its id or the beginning of one, its IRI, its
    address, its title, or its file. Either all are forgotten or, when one is unknown or means several, none.

    Example:

        kg forget readout-2026-01

        kg forget table.csv https://example.org/article
    """
    from kg.loaders.forgetting import forget
    from kg.project import Project

    changes = forget(Project.find(project), sources)
    if chosen(output) == "json":
        emit_json([{"iri": c.source, "change": c.kind, "removed": c.removed} for c in changes])
        return
    for change in changes:
        click.echo(f"Forgot {change.source.rsplit('/', 1)[-1]}: {counted(change.removed, 'quad')}.")
