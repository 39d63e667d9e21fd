"""``kg cypher``."""

from pathlib import Path

import click

from kg.cli.common import chosen, emit, output_options, project_option
from kg.errors import UsageError
from kg.mirror.options import Options, target_options


@click.command("cypher")
@click.argument("query", required=False)
@click.option(
    "--file", "-f", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Read the query from a file."
)
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A parameter; JSON or text.")
@click.option("--write", is_flag=True, help="Let the query change the database.")
@click.option("--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="Most rows to print.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="When the server gives the query up.",
)
@output_options
@target_options
@project_option
def command(
    project: Path,
    query: str | None,
    file: Path | None,
    params: tuple[str, ...],
    write: bool,
    limit: int,
    time_limit: float,
    output: str | None,
    target: Options,
) -> None:
    """Run a Cypher query on the mirror in Neo4j; it cannot change anything unless you give --write.

    What you change by hand in the mirror is not in the record: 'kg mirror verify' names it, 'kg mirror verify --repair'
    takes it back. Nodes of your own, without the label Thing, are left alone by both.

    Exit code 1 when there is no answer.

    Example:
        kg cypher "MATCH (p:Person)-[:ATTENDED]->(m:Meeting) RETURN p.name, m.name, m.when"
        kg cypher 'MATCH (s:State {iso3: $code}) RETURN s' -p code=CAN --json
        kg cypher -f question.cypher --csv
    """
    from kg.mirror.connection import resolve
    from kg.mirror.query import parse_parameters, run

    if (query is None) == (file is None):
        raise UsageError("Give a query or a file with one (-f FILE), and not both.")
    text = query if query is not None else Path(str(file)).read_text(encoding="utf-8")
    parameters = parse_parameters(params)
    found = resolve(project, target)
    with found.connect(notes=True) as driver:
        answer = run(driver, text, parameters, database=found.database, write=write, seconds=time_limit, rows=limit)
    for note in answer.notes:
        click.echo(f"Note: {note}", err=True)
    if answer.plan:
        click.echo(answer.plan, err=bool(answer.rows))
        if not answer.rows:
            return
    if answer.columns or not answer.changes:
        emit(answer.rows, output, columns=answer.columns)
    if answer.cut:
        click.echo(f"There are more than {limit} rows; see more with --limit.", err=True)
    if answer.changes:
        told = ", ".join(f"{number} {what}" for what, number in answer.changes.items())
        click.echo(f"Changed: {told}.", err=chosen(output) != "table")
    if not answer.rows and not answer.changes:
        raise SystemExit(1)
