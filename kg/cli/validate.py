"""``kg validate``."""

import sys
from pathlib import Path

import click

from kg.cli.common import chosen, counted, emit, output_options, project_option


@click.command("validate")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--strict", is_flag=True, help="Let warnings fail the check, too.")
@output_options
@project_option
def command(project: Path, sources: tuple[str, ...], strict: bool, output: str | None) -> None:
    """Check sources against the shapes of the ontology, each by itself, and their citations against the kept texts.

    Every finding has an id that stays the same as long as the fault is there. Exit code 1 when a source breaks the
    model; warnings do not count, but with --strict.

    Example:

        kg validate
    """
    from kg.project import Project
    from kg.validate import validate

    with Project.find(project).reading() as graph:
        findings = validate(graph, sources)
        checked = len(sources) or len(graph.graph_names())
    emit(
        [f.as_dict() for f in findings],
        output,
        columns=["id", "severity", "source", "node", "value", "message"],
        empty=f"{counted(checked, 'source')} checked, nothing found.",
    )
    if chosen(output) == "table" and findings:
        violations = sum(f.severity == "violation" for f in findings)
        found = f"{counted(violations, 'violation')}, {counted(len(findings) - violations, 'warning')}"
        click.echo(f"{counted(checked, 'source')} checked: {found}.", err=True)
    if any(strict or f.severity == "violation" for f in findings):
        sys.exit(1)
