"""``kg path``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import chosen, counted, emit, emit_json, in_columns, output_options, printable, project_option
from kg.cli.days import as_date, day_option
from kg.errors import BadParameter
from kg.mirror.options import Options, target_options

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.names import Names
    from kg.paths import Paths


@click.command("path")
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@click.option("--through", multiple=True, metavar="WHAT", help="Pass things of this class too, or this thing surely.")
@click.option("--avoid", multiple=True, metavar="WHAT", help="Pass nothing of this class, or not this thing.")
@day_option("--since", "Only what may have happened on or after this day, month or year.")
@day_option("--until", "Only what may have happened on or before this day, month or year.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="Only what this source says.")
@click.option("--max-hops", type=click.IntRange(1, 12), default=6, show_default=True, help="Length at most.")
@click.option("-k", "k", type=click.IntRange(1, 100), default=3, show_default=True, help="How many paths.")
@click.option("--neo4j", is_flag=True, help="Search the mirror in Neo4j: the same paths (see kg mirror sync).")
@target_options
@output_options
@project_option
def command(
    project: Path,
    start: str,
    goal: str,
    through: tuple[str, ...],
    avoid: tuple[str, ...],
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    max_hops: int,
    k: int,
    neo4j: bool,
    target: Options,
    output: str | None,
) -> None:
    """Say how two things are connected: through what was done and who held which office, with the words that say so.

    The shortest paths come first, among these the ones that tell most: through what few others share, recent, and said
    by several sources. Forums, mechanisms, sectors and principles are passed only with --through, for nearly everything
    is connected through them. Exit code 1 when there is no path.

    Example:

        kg path "Xi Jinping" "Mark Carney" --since 2025-01-01
    """
    from kg.names import Names
    from kg.paths import find_paths
    from kg.project import Project

    opened = Project.find(project)
    with opened.reading() as graph:
        names = Names.of(graph)
        one, other = names.one(start), names.one(goal)
        if one.iri == other.iri:
            raise BadParameter(f"{start!r} and {goal!r} are both {one.label}; a path leads from one thing to another.")
        ends = one.iri, other.iri
        wanted: dict[str, Any] = {
            "through": [_class_or_thing(names, t) for t in through],
            "avoid": [_class_or_thing(names, a) for a in avoid],
            "since": as_date(since),
            "until": as_date(until),
            "sources": [graph.source(s).iri for s in sources],
            "max_hops": max_hops,
            "k": k,
        }
        found = (
            _in_mirror(project, target, graph, ends, wanted) if neo4j else find_paths(opened, graph, *ends, **wanted)
        )
    form = chosen(output)
    if form == "json":
        emit_json(found.as_dict())
    elif in_columns(form):
        emit(_rows(found), output)
    else:
        click.echo(printable(_in_words(found, max_hops)), nl=False)
    if not found.paths:
        sys.exit(1)


def _in_mirror(
    project: Path, target: Options, graph: "Graph", ends: tuple[str, str], wanted: dict[str, Any]
) -> "Paths":
    from kg.mirror.connection import resolve
    from kg.mirror.paths import find_paths
    from kg.mirror.remote import Remote
    from kg.mirror.vocabulary import vocabulary
    from kg.project import Project

    where = resolve(project, target)
    with where.connect() as driver:
        remote = Remote(driver, where.database, Project.find(project).id, vocabulary())
        return find_paths(graph, remote, *ends, **wanted)


def _class_or_thing(names: "Names", text: str) -> str:
    from kg.ontology import model

    by_name = {name.lower(): name for name in model().classes}
    return by_name.get(text.lower()) or names.one(text).iri


def _rows(found: "Paths") -> list[dict[str, object]]:
    return [
        {
            "path": number,
            "hop": position,
            "from": path.nodes[position - 1].label,
            "relation": hop.relation,
            "to": path.nodes[position].label,
            "date": hop.date,
            "count": hop.count,
            "title": cited.title if cited else None,
            "publisher": cited.publisher if cited else None,
            "published": cited.published if cited else None,
            "quote": cited.quote if cited else None,
        }
        for number, path in enumerate(found.paths, 1)
        for position, hop in enumerate(path.hops, 1)
        for cited in [hop.citations[0] if hop.citations else None]
    ]


def _in_words(found: "Paths", max_hops: int) -> str:
    if not found.paths:
        return f"No path of at most {counted(max_hops, 'hop')} from {found.start.label} to {found.goal.label}.\n"
    lines = []
    for number, path in enumerate(found.paths, 1):
        lines.append(f"{number}. {counted(path.length, 'hop')}")
        lines.append(f"   {path.nodes[0].label}")
        for hop, node in zip(path.hops, path.nodes[1:], strict=True):
            more = f", {hop.count} times" if hop.count > 1 else ""
            lines.append(f"   │ {hop.relation}{', ' + hop.date if hop.date else ''}{more}")
            for cited in hop.citations[:1]:
                where = ", ".join(x for x in (cited.title, cited.publisher, cited.published) if x)
                lines.append(f"   │   {where}{', row ' + cited.row if cited.row else ''}")
                if cited.sentence:
                    lines.append(f"   │   » {' '.join(cited.sentence.split())} «")
            lines.append(f"   {node.label}{f' ({node.cls})' if node.cls else ''}")
        lines.append("")
    return "\n".join(lines)
