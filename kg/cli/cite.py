"""``kg cite``."""

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.common import chosen, emit, emit_json, in_columns, output_options, printable, project_option


@click.command("cite")
@click.argument("thing", metavar="NAME")
@output_options
@project_option
def command(project: Path, thing: str, output: str | None) -> None:
    """Show the words that a claim rests on, in their sentence, with title, publisher, date and link.

    NAME is the IRI of a statement, commitment, meeting or other act, its part behind the base, the beginning of that
    (the id of the source within may be cut short, too), a name, or what kg prints for a thing. 'kg ask ... --ids'
    prints the ids of a table's rows, with --json they are "acts". The words are compared with the kept text again; when
    they differ the exit code is 1.

    Example:

        kg cite statement/joint-statement.120-260

        kg cite statement/4fe1b2c3d4e5.120-260
    """
    from kg.captions import find_thing
    from kg.citations import check, citations
    from kg.project import Project

    with Project.find(project).reading() as graph:
        iri = find_thing(graph, thing)
        found = citations(graph, iri)
        rows: list[dict[str, Any]] = [c.as_dict() | {"checked": check(graph, c)} for c in found]
    form = chosen(output)
    if form == "json":
        emit_json(rows)
    elif in_columns(form):
        emit(rows, output)
    else:
        for row in rows:
            click.echo(printable(_in_words(row)))
    if not rows:
        sys.exit(1)


def _in_words(row: dict[str, Any]) -> str:
    head = ", ".join(str(x) for x in (row["title"], row["publisher"], row["published"]) if x)
    lines = [head]
    if row["quote"] is not None:
        lines.append(f"  {row['before']}»{row['quote']}«{row['after']}".replace("\n", " "))
        start, end = row["span"]
        kept = "checked against the kept text" if row["checked"] else "text not kept"
        lines.append(f"  characters {start}-{end}, {kept}")
    if row["row"]:
        lines.append(f"  row {row['row']}")
    lines += [f"  {row[name]}" for name in ("report", "url") if row[name]]
    return "\n".join(lines) + "\n"
