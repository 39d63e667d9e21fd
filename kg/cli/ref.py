"""``kg ref``."""

from typing import Any

import click

from kg.cli.common import chosen, emit, emit_json, in_columns, output_options


@click.command("ref")
@click.argument("name", required=False)
@click.option("--schemes", "list_schemes", is_flag=True, help="List the schemes instead of the classes.")
@click.option("--cypher", is_flag=True, help="Show what stands in Neo4j, with a query for each; by NAME, only that.")
@output_options
def command(name: str | None, list_schemes: bool, cypher: bool, output: str | None) -> None:
    """Show the model: all classes, or one class, property or scheme by NAME.

    Example:

        kg ref

        kg ref Meeting

        kg ref sectors

        kg ref --cypher ATTENDED
    """
    from kg import ref

    if cypher:
        _cypher(name, output)
        return
    if name is None:
        if list_schemes:
            emit(ref.schemes(), output, columns=["id", "label", "entries", "definition"])
        else:
            emit(ref.classes(), output, columns=["name", "label", "parents", "definition"])
            if chosen(output) == "table":
                click.echo("\n'kg ref NAME' shows one of them, 'kg ref --schemes' the lists of ids.")
        return
    shown = ref.describe(name)
    form = chosen(output)
    if form == "json":
        emit_json(shown)
        return
    if form == "table":
        click.echo(_heading(shown))
    if shown["kind"] == "class":
        # First what a person may write into the map of a table, since that is what most ask for.
        rows = sorted(shown["properties"], key=lambda p: p["in_map"] is None)
        columns = ["name", "in_map", "values", "many", "required", "of", "definition"]
        emit(rows, output, columns=columns, empty="No properties.")
        if form == "table" and rows:
            click.echo(f"\n{_on_maps(shown)}")
    elif shown["kind"] == "scheme":
        described = any(entry["definition"] for entry in shown["entries"])
        columns = ["id", "label", "aliases", *(["definition"] if described else [])]
        emit(shown["entries"], output, columns=columns, empty="No entries.")
    elif in_columns(form):
        emit([shown], output)


def _cypher(name: str | None, output: str | None) -> None:
    from kg.mirror.reference import entries, named

    found = entries() if name is None else named(name)
    columns = ["kind", "name", "on", "meaning"] if name is None else ["kind", "name", "on", "meaning", "example"]
    emit(found, output, columns=columns)


def _on_maps(shown: dict[str, Any]) -> str:
    from kg.words import with_article

    if not any(p["in_map"] for p in shown["properties"]):
        return f"No row of a table stands for {with_article(shown['name'])}."
    return "'in map' is what the map of a table calls it (docs/tables.md); what has no name there no map can set."


def _heading(shown: dict[str, Any]) -> str:
    lines = [f"{shown.get('name') or shown['id']}: {shown['label']}"]
    if shown["definition"]:
        lines.append(shown["definition"])
    for key, title in (
        ("parents", "kind of"),
        ("subclasses", "kinds"),
        ("of", "property of"),
        ("values", "values"),
        ("specialises", "standard"),
        ("neo4j", "in Neo4j"),
        ("iri", "IRI"),
    ):
        value = shown.get(key)
        if value:
            lines.append(f"  {title}: {', '.join(value) if isinstance(value, list) else value}")
    return "\n".join([*lines, ""])
