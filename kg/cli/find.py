"""``kg find``."""

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.common import chosen, emit, output_options, project_option


@click.command("find")
@click.argument("text")
@click.option("--class", "cls", metavar="CLASS", help="Only things of this class, such as Person or Forum.")
@click.option("--text", "in_words", is_flag=True, help="Search the words of statements and commitments, too.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@output_options
@project_option
def command(project: Path, text: str, cls: str | None, in_words: bool, limit: int, output: str | None) -> None:
    """Find things by a name, code, surname or beginning of a name; with --text, by what was said.

    Exit code 1 when there is nothing.

    Example:

        kg find Xi

        kg find canola --text
    """
    from kg import iris
    from kg.names import Names
    from kg.project import Project

    with Project.find(project).reading() as graph:
        names = Names.of(graph)
        rows: list[dict[str, Any]] = [
            {"name": c.label, "class": c.cls, "found_as": f"{c.match}: {c.via}", "iri": c.iri}
            for c in names.find(text, cls, limit)
        ]
        if in_words:
            rows += said(graph, text, cls, limit - len(rows))
        near = [] if rows else names.suggest(text, cls)
    for row in rows:
        row["id"] = row["iri"].removeprefix(iris.BASE)
    hint = f" Did you mean {', '.join(near)}?" if near else "" if in_words else " --text searches what was said."
    emit(rows, output, columns=["name", "class", "found_as", "id"], empty=f"There is nothing named {text!r}.{hint}")
    if not rows:
        if chosen(output) != "table":
            click.echo(f"There is nothing named {text!r}.{hint}", err=True)
        sys.exit(1)


def said(graph: Any, text: str, cls: str | None, limit: int) -> list[dict[str, Any]]:
    """Acts whose words hold a text, latest source first; at most `limit`."""
    import pyoxigraph as ox

    from kg.ontology import model

    if limit <= 0:
        return []
    rows = graph.query(
        f"""SELECT DISTINCT ?act ?words ?source ?published WHERE {{
          GRAPH ?source {{ ?act kg:text ?words }}
          FILTER(CONTAINS(LCASE(?words), LCASE({ox.Literal(text)})))
          OPTIONAL {{ GRAPH ?source {{ ?source kg:publishedLatest ?published }} }}
        }} ORDER BY DESC(?published) ?act"""
    )
    found = []
    for row in rows:
        kind = graph.cls(row["act"].value)
        if cls is None or (kind and model().is_a(kind, model().cls(cls).name)):
            where = graph.source(row["source"].value)
            told = ", ".join(x for x in (where.title, where.published) if x)
            found.append(
                {"name": graph.label(row["act"].value), "class": kind, "found_as": told, "iri": row["act"].value}
            )
        if len(found) == limit:
            break
    return found
