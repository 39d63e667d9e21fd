"""``kg export``."""

from pathlib import Path

import click

from kg.cli.common import project_option, writable
from kg.cli.terminal import exact_output


@click.command("export")
@click.option(
    "--format",
    "-f",
    "format_",
    default="turtle",
    show_default=True,
    metavar="FORMAT",
    help="turtle, trig, nquads, jsonld or csv.",
)
@click.option("--source", "-s", "sources", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@click.option("--output", "-o", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@click.option(
    "--bundle",
    "bundle_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a zip file with N-Quads, the kept texts and the judgements.",
)
@project_option
def command(project: Path, format_: str, sources: tuple[str, ...], file: Path | None, bundle_file: Path | None) -> None:
    """Write the graph as RDF or CSV, to standard output or a file; the same graph gives the same bytes.

    N-Quads and TriG keep which source says what: loaded into an empty project they restore the graph.

    Example:

        kg export --format trig -o graph.trig
    """
    from kg.export import bundle, export
    from kg.project import Project
    from kg.store import replacing

    opened = Project.find(project)
    if bundle_file is not None:
        with replacing(writable(bundle_file)) as out:
            count = bundle(opened, out, sources)
        click.echo(f"{count:,} quads written to {bundle_file}", err=True)
        return
    with opened.reading() as graph:
        if file is None:
            export(graph, exact_output(), format_, sources)
            return
        with replacing(writable(file)) as out:
            count = export(graph, out, format_, sources)
    click.echo(f"{count:,} quads written to {file}", err=True)
