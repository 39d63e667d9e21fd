"""``kg show``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import chosen, emit, emit_json, in_columns, output_options, printable, project_option
from kg.cli.days import day_option

if TYPE_CHECKING:
    from kg.show import Line, Shown


@click.command("show")
@click.argument("name")
@day_option("--as-of", "What held on this day: terms that ran, acts until then.")
@day_option("--known-at", "Only what sources published by this day say.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Lines in each group.")
@output_options
@project_option
def command(project: Path, name: str, as_of: str | None, known_at: str | None, limit: int, output: str | None) -> None:
    """Show all that is known of a thing, in groups, newest first, each line with its source.

    NAME is a name, code or IRI (Canada, CAN, Xi, "Canadian PM", G20, source/KEY, statement/KEY.10-40), or what kg
    prints for a thing: "Meeting Chile – New Zealand 2031-04-01 Wellington".

    Example:

        kg show Canada --as-of 2026-01-16
    """
    from kg.captions import find_thing
    from kg.project import Project
    from kg.show import show

    with Project.find(project).reading() as graph:
        found = show(graph, find_thing(graph, name, day=as_of), as_of=as_of, known_at=known_at, limit=limit)
    form = chosen(output)
    if form == "json":
        emit_json(found.as_dict())
    elif in_columns(form):
        rows = [
            {"group": g.name, "date": line.date, "text": line.text, "iri": line.iri, "sources": _sources(line)}
            for g in found.groups
            for line in g.lines
        ]
        emit(rows, output, columns=["group", "date", "text", "iri", "sources"])
    else:
        click.echo(printable(_in_words(found)))


def _sources(line: "Line") -> str:
    return "; ".join(", ".join(x for x in (s.title, s.publisher, s.published) if x) for s in line.sources)


def _in_words(found: "Shown") -> str:
    from kg.edtf import in_words

    lines = [f"{found.label}  ({found.cls or 'Thing'}, {found.iri})"]
    for group in found.groups:
        lines += ["", group.name]
        for line in group.lines:
            # CSV and JSON are read by programs, and keep times as EDTF.
            date = " or ".join(map(in_words, line.date.split(" or "))) + "  " if line.date else ""
            name, colon, value = line.text.partition(": ")
            first = line.sources[0] if line.sources else None
            where = ", ".join(x for x in (first.title, first.published) if x) if first else ""
            more = f" and {len(line.sources) - 1} more" if len(line.sources) > 1 else ""
            lines.append(f"  {date}{name}{colon}{in_words(value)}" + (f"  [{where}{more}]" if where else ""))
        if group.left_out:
            lines.append(f"  … {group.left_out}")
    return "\n".join(lines)
