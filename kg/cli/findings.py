"""``kg findings``."""

from pathlib import Path

import click

from kg.cli.common import emit, output_options, project_option


@click.command("findings")
@click.argument("source", required=False)
@click.option("--count", is_flag=True, help="Count them by source, file and reason.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Print at most so many.")
@output_options
@project_option
def command(project: Path, source: str | None, count: bool, limit: int | None, output: str | None) -> None:
    """List the rows of tables that a load could not map, or not wholly.

    Each names the file, the row (from 1, the header not counted), what stands there and why it could not be mapped.
    SOURCE is the id of a source, as 'kg sources' prints it. Nothing is lost silently: what is not listed is in the
    graph. 'kg load --strict' makes a finding an error.

    Example:

        kg findings unvotes --count
    """
    from collections import Counter

    from kg.project import Project
    from kg.tables.findings import of_source, read

    found = Project.find(project)
    listed = of_source(found, source) if source else read(found.folder)
    if count:
        counts = Counter((f.source, f.file, f.reason) for f in listed)
        rows = [dict(zip(("source", "file", "reason"), what, strict=True), count=n) for what, n in counts.most_common()]
        emit(rows[:limit], output, columns=("source", "file", "reason", "count"), empty="No findings.")
        return
    emit(
        [f.as_dict() for f in listed[:limit]],
        output,
        columns=("source", "file", "row", "reason", "value"),
        empty="No findings.",
    )
