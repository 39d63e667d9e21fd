"""``kg ask``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import chosen, emit, emit_json, in_columns, output_options, printable, project_option
from kg.errors import BadParameter
from kg.mirror.options import Options, target_options

if TYPE_CHECKING:
    from kg.questions import Question, Row


@click.command("ask")
@click.argument("name", metavar="[QUESTION]", required=False)
@click.argument("given", metavar="[NAME=VALUE]...", nargs=-1)
@click.option("--as-of", metavar="DAY", help="What held on this day.")
@click.option("--known-at", metavar="DAY", help="Only what sources published by this day tell.")
@click.option("--citations", type=click.IntRange(0), default=5, show_default=True, help="At most so many per row.")
@click.option(
    "--ids", is_flag=True, help="Show the ids of what each row rests on, as 'kg cite' and 'kg show' take them."
)
@click.option("--about", is_flag=True, help="Say what the question answers, its parameters and columns.")
@click.option(
    "--query",
    is_flag=True,
    help="Print the query with the values given, or those of its example where none is; with --neo4j in Cypher.",
)
@click.option("--neo4j", is_flag=True, help="Ask the mirror in Neo4j: the same rows (see kg mirror sync).")
@target_options
@output_options
@project_option
def command(
    project: Path,
    name: str | None,
    given: tuple[str, ...],
    output: str | None,
    as_of: str | None,
    known_at: str | None,
    citations: int,
    ids: bool,
    about: bool,
    query: bool,
    neo4j: bool,
    target: Options,
) -> None:
    """Answer a named question, each row with the words or rows it rests on; without a name, list the questions.

    Names are given as people type them (Canada, CAN, Xi, "Canadian PM") or as IRIs, dates as 2026-01-16, 2026-01 or
    2026. 'kg cite ID' shows the words in their sentence; --ids prints the ids. Exit code 1 when there is no answer or
    nothing of a name.

    Example:

        kg ask meetings a=Canada b=China since=2025

        kg ask commitments a=Canada b=China --as-of 2026-12-31 --csv

        kg ask said a=Canada b=China --ids --table
    """
    from kg.questions import question

    if name is None:
        _list(output)
        return
    asked = question(name)
    if about:
        _describe(asked)
        return
    values = _values(asked, given, {"as_of": as_of, "known_at": known_at})
    if query:
        click.echo(_query(project, asked, values, neo4j=neo4j), nl=False)
        return
    form = chosen(output)
    rows = _answer(project, asked, values, citations, target if neo4j else None, people=form == "table")
    if form == "json":
        emit_json([row.as_dict() for row in rows])
    else:
        csv = in_columns(form)
        columns = [*_columns(asked, csv=csv), *(["ids"] if ids else [])]
        emit([_flat(row, csv=csv) for row in rows], output, columns=columns)
    if not rows:
        sys.exit(1)


def _query(project: Path, asked: "Question", values: dict[str, str], *, neo4j: bool) -> str:
    """What would be run: with the values given, or where none is given, those of the example of the question."""
    from kg.project import Project
    from kg.questions.parameters import read_all
    from kg.questions.run import with_values
    from kg.questions.twins import cypher, with_literals

    if not values and not neo4j:
        return asked.sparql
    if not values:
        return cypher(asked.name)
    with Project.find(project).reading() as graph:
        terms = read_all(graph, asked, values)
    return with_literals(cypher(asked.name), terms) if neo4j else with_values(asked.sparql, terms)


def _answer(
    project: Path, asked: "Question", values: dict[str, str], citations: int, target: "Options | None", *, people: bool
) -> "list[Row]":
    from kg.project import Project
    from kg.questions import ask
    from kg.questions.people import for_people

    with Project.find(project).reading() as graph:
        if target is None:
            rows = ask(graph, asked.name, cite=citations, **values)
        else:
            from kg.mirror.connection import resolve
            from kg.mirror.remote import Remote
            from kg.mirror.vocabulary import vocabulary
            from kg.questions.twins import ask_mirror

            where = resolve(project, target)
            with where.connect() as driver:
                Remote(driver, where.database, Project.find(project).id, vocabulary()).require()
                rows = ask_mirror(graph, driver, where.database, asked.name, cite=citations, **values)
        return for_people(graph, asked, rows) if people else rows


def _values(asked: "Question", given: tuple[str, ...], options: dict[str, str | None]) -> dict[str, str]:
    values: dict[str, str] = {}
    for item in given:
        key, found, value = item.partition("=")
        if not found:
            raise BadParameter(f"{item!r} is no parameter; write name=value, as in: {asked.usage}")
        if key in values:
            raise BadParameter(f"The parameter {key!r} is given twice.")
        values[key] = value
    for key, option in options.items():
        if option is not None:
            if key in values and values[key] != option:
                raise BadParameter(f"{key} is given twice, as {values[key]!r} and as {option!r}.")
            values[key] = option
    return values


def _list(output: str | None) -> None:
    from kg.questions import questions

    rows: list[dict[str, Any]] = [
        {
            "question": q.name,
            "answers": q.answers,
            "parameters": [
                {"name": p.name, "kind": p.kind, "meaning": p.meaning, "optional": p.optional, "default": p.default}
                for p in q.parameters.values()
            ],
            "columns": q.shown,
            "example": q.usage,
        }
        for q in questions().values()
    ]
    emit(rows, output, columns=["question", "answers", "example"])


def _describe(asked: "Question") -> None:
    lines = [asked.answers, *([asked.remarks] if asked.remarks else []), "", "Parameters:"]
    for p in asked.parameters.values():
        left_out = f", {p.default} when left out" if p.default else ", may be left out" if p.optional else ""
        lines.append(f"  {p.name}  {p.meaning} ({p.kind}{left_out})")
    lines += ["", "Columns:"]
    lines += [f"  {c.name}  {c.meaning}" for c in asked.columns.values() if not c.hidden]
    lines += ["", "Example:", f"  {asked.usage}"]
    click.echo("\n".join(lines))


def _columns(asked: "Question", *, csv: bool) -> list[str]:
    """What a table shows; CSV has the IRIs of things besides."""
    if not csv:
        return [*asked.shown, "rests_on"]
    things = {c.name for c in asked.columns.values() if c.kind in ("thing", "things")}
    names = [n for c in asked.columns.values() if not c.hidden or c.name in things for n in (c.name, f"{c.name}_iri")]
    return [n for n in names if not n.endswith("_iri") or n.removesuffix("_iri") in things] + ["rests_on"]


def _flat(row: "Row", *, csv: bool) -> dict[str, Any]:
    """A row for a table or CSV: things by name (CSV: and IRI), what it rests on in words."""
    from kg.citations import short_id
    from kg.edtf import in_words

    def text(value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        # CSV is read by programs; people read "2026-09 to 2026-12" more easily than "2026-09/2026-12".
        return str(value) if csv else in_words(str(value))

    flat: dict[str, Any] = {}
    for name, value in row.values.items():
        flat[name] = list(dict.fromkeys(map(text, value))) if isinstance(value, list) else text(value)
        if csv:
            flat[f"{name}_iri"] = [v.iri for v in (value if isinstance(value, list) else [value]) if hasattr(v, "iri")]
    cited = []
    for c in row.citations:
        words = c.quote if c.quote is not None else f"row {c.row}" if c.row else ""
        if not csv and sys.stdout.isatty() and len(words) > 60:
            words = words[:59].rstrip() + "…"
        where = ", ".join(part for part in (c.publisher or c.title, c.published) if part)
        cited.append(f"{where}: {words}" if words else where)
    if row.more:
        cited.append(f"and {row.more} more")
    flat["rests_on"] = printable("; ".join(cited))
    flat["ids"] = [iri if csv else short_id(iri) for iri in row.acts]
    return flat
