"""``kg mirror``: the same graph in Neo4j."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import counted, emit, emit_json, output_options, printable, project_option, report_options
from kg.cli.group import SuggestGroup
from kg.errors import CheckFailed
from kg.mirror.options import Options, target_options

if TYPE_CHECKING:
    from kg.mirror.sync import Progress
    from kg.mirror.verify import Drift, Verification


@click.group("mirror", cls=SuggestGroup)
def command() -> None:
    """Keep a complete, verified copy of the graph in Neo4j.

    The copy holds what every source says, with the source on each relationship, and can be read back.

    Example:
        kg neo4j up
        kg mirror sync
        kg mirror verify
    """


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar on the terminal; nothing where standard error goes elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step, items: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} written"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[at]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("sync", total=None, at="")

        def tell(step: str, items: int) -> None:
            bar.update(task, advance=items)
            if step:
                bar.update(task, at=step.rsplit("/", 1)[-1][:50])

        yield tell


@command.command()
@project_option
@target_options
@report_options
def sync(project: Path, target: Options, output: str | None) -> None:
    """Bring the copy in Neo4j up to date with the graph.

    Only what changed is written, source by source. When it is cut off, at whatever moment, the next one goes on.

    Example:
        kg mirror sync
        KG_NEO4J_PASSWORD_FILE=secret kg mirror sync --uri neo4j+s://HOST --user neo4j
    """
    from kg.mirror.sides import both_sides
    from kg.mirror.sync import sync as run

    began = time.monotonic()
    with both_sides(project, target) as sides, _progress() as progress:
        report = run(sides.graphs, sides.remote, generation=sides.generation, progress=progress)
    counts = report.counts
    if output == "json":
        emit_json(
            {
                "written": report.written, "removed": report.removed, "unchanged": report.unchanged,
                "nodes_written": counts.nodes, "relationships_written": counts.edges,
                "nodes_removed": counts.nodes_removed, "relationships_removed": counts.edges_removed,
            }
        )  # fmt: skip
        return
    if not report.written and not report.removed:
        click.echo(f"Nothing changed: all {report.unchanged} sources are mirrored.")
        return
    written = f"{counted(counts.nodes, 'node')} and {counted(counts.edges, 'relationship')} written"
    click.echo(
        f"{counted(len(report.written), 'source')} written, {len(report.removed)} removed, "
        f"{report.unchanged} unchanged: {written}, {counts.nodes_removed} and "
        f"{counts.edges_removed} removed, in {time.monotonic() - began:.1f} s."
    )


@command.command()
@project_option
@target_options
@click.option("--repair", is_flag=True, help="Mend what has drifted, and nothing else.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most items to name per source."
)
@report_options
def verify(project: Path, target: Options, repair: bool, limit: int, output: str | None) -> None:
    """Check node by node and relationship by relationship that the copy is exact.

    Both sides are read whole. What is missing, extra or altered in Neo4j is named, source by source.

    Exit code 1 when something differs; with --repair, when something still differs after mending.

    Example:
        kg mirror verify
        kg mirror verify --repair
    """
    from kg.mirror.sides import both_sides
    from kg.mirror.verify import repair as mend
    from kg.mirror.verify import verify as run

    with both_sides(project, target) as sides:
        found = run(sides.graphs, sides.remote)
        left = found
        if repair and not found.ok:
            mend(sides.graphs, sides.remote, found)
            left = run(sides.graphs, sides.remote)
    if output == "json":
        emit_json({"ok": left.ok, "repaired": repair and not found.ok, "drift": [_row(d) for d in found.drifts]})
    else:
        _say(found, limit)
        if repair and not found.ok:
            click.echo(f"Mended: {len(found.drifts)} items.")
    if not left.ok:
        raise CheckFailed(
            f"The mirror differs from the graph in {len(left.drifts)} items; `kg mirror sync` writes what the graph "
            "has learned since, `kg mirror verify --repair` mends everything."
        )


def _row(drift: "Drift") -> dict[str, Any]:
    return {"source": drift.source or None, "kind": drift.kind, "item": drift.item, "detail": drift.detail or None}


def _say(found: "Verification", limit: int) -> None:
    by_source: dict[str, list[Drift]] = {}
    for drift in found.drifts:
        by_source.setdefault(drift.source, []).append(drift)
    for source, drifts in by_source.items():
        click.echo(f"{source or 'what several sources share'}: {len(drifts)} items differ")
        for drift in drifts[:limit]:
            detail = f": {drift.detail}" if drift.detail else ""
            click.echo(printable(f"  {drift.kind:8}{drift.item}{detail}"))
        if len(drifts) > limit:
            click.echo(f"  and {len(drifts) - limit} more (--limit)")
    if found.ok:
        click.echo(f"The mirror is exact: {found.sources} sources, {found.nodes} nodes, {found.edges} relationships.")


@command.command()
@project_option
@target_options
def read(project: Path, target: Options) -> None:
    """Write the graph as N-Quads, read back from Neo4j alone.

    Example:
        kg mirror read > graph.nq
    """
    import pyoxigraph as ox

    from kg.mirror.read import read as run
    from kg.mirror.sides import both_sides

    with both_sides(project, target) as sides:
        quads = run(sides.remote)
        while part := list(islice(quads, 10_000)):
            ox.serialize(part, output=sys.stdout.buffer, format=ox.RdfFormat.N_QUADS)


@command.command()
@project_option
@target_options
@output_options
def status(project: Path, target: Options, output: str | None) -> None:
    """List the sources that the copy in Neo4j does not hold as they are now.

    Exit code 1 when there are some.

    Example:
        kg mirror status
    """
    from kg.mirror.sides import both_sides

    with both_sides(project, target) as sides:
        sides.remote.claim()
        noted, wanted = sides.remote.revisions(), sides.graphs.revisions()
    rows = [
        {"source": name, "state": "not in the mirror" if name not in noted else "changed"}
        for name, revision in wanted.items()
        if noted.get(name) != revision
    ]
    rows += [{"source": name, "state": "gone from the graph"} for name in sorted(noted.keys() - wanted.keys())]
    emit(rows, output, columns=["source", "state"], empty=f"All {len(wanted)} sources are mirrored.")
    if rows:
        raise SystemExit(1)


@command.command()
@project_option
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--import", "run_import", is_flag=True, help="Import them into the project's own server, replacing its data."
)
def bulk(project: Path, folder: Path, run_import: bool) -> None:
    """Write FOLDER with files for neo4j-admin, the fast way in for millions of quads.

    With --import the project's own server (kg neo4j up) is ended, filled and started again. Elsewhere, on a server that
    does not run: neo4j-admin database import full @FOLDER/arguments neo4j; then 'kg mirror sync' for the indexes.

    Example:
        kg mirror bulk /tmp/files --import
        kg mirror verify
    """
    from kg.mirror.bulk import import_files, write_files
    from kg.mirror.server import Server
    from kg.mirror.sides import local_side

    began = time.monotonic()
    with local_side(project) as (graphs, home, generation), _progress() as progress:
        written = write_files(graphs, folder, home.id, generation=generation, progress=progress)
        click.echo(f"{written.nodes} nodes and {written.edges} relationships in {folder}.")
        if run_import:
            import_files(graphs, Server(project), written, home.id, generation=generation)
            click.echo(f"Imported, in {time.monotonic() - began:.1f} s in all; 'kg mirror verify' checks it.")
