"""``kg sparql``."""

import sys
from pathlib import Path

import click

from kg.cli.common import project_option
from kg.cli.terminal import exact_output
from kg.errors import UsageError


@click.command("sparql")
@click.argument("query", required=False)
@click.option("--file", "-f", type=click.Path(path_type=Path, dir_okay=False), help="Read the query from a file.")
@click.option("--format", "format_", metavar="FORMAT", help="csv, tsv, json or xml for rows; turtle or ntriples.")
@click.option("--tsv", "format_", flag_value="tsv", default=None, help="The same as --format tsv.")
@click.option("--csv", "format_", flag_value="csv", default=None, help="The same as --format csv.")
@click.option("--json", "format_", flag_value="json", default=None, help="The same as --format json.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Give the query up after this time.",
)
@project_option
def command(project: Path, query: str | None, file: Path | None, format_: str | None, time_limit: float) -> None:
    """Run a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) on the graph; it cannot change anything.

    Patterns outside GRAPH see all sources together; GRAPH ?source { ... } says who says what. The prefixes kg, skos,
    dcterms, prov, org, oa, rdf, rdfs, xsd, actor, forum, person, sector and source are declared.

    Exit code 1 when there is no answer.

    Example:

        kg sparql 'SELECT ?source ?title WHERE { GRAPH ?source { ?source dcterms:title ?title } }'
    """
    from kg.project import Project
    from kg.sparql import run

    if (query is None) == (file is None):
        raise UsageError("Give a query or a file with one (-f FILE), and not both.")
    text = query if query is not None else file.read_text(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    found = run(Project.find(project), text, exact_output(), format=format_, limit=time_limit)
    sys.stdout.buffer.flush()
    if not found:
        sys.exit(1)
