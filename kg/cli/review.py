"""``kg review``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import chosen, emit, emit_json, output_options, printable, project_option
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.citations import Citation
    from kg.project import Project
    from kg.review import Candidate


@click.command("review")
@click.option("--same", nargs=2, metavar="ID ID", help="These two are one.")
@click.option("--different", nargs=2, metavar="ID ID", help="These two are not one.")
@click.option("--undo", "taken_back", nargs=2, metavar="ID ID", help="Take back what was decided on these two.")
@output_options
@project_option
def command(
    project: Path,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    taken_back: tuple[str, str] | None,
    output: str | None,
) -> None:
    """Judge what waits for a person: accounts that may tell of one meeting, names that may mean one person.

    On a terminal each pair is shown and asked; otherwise all are listed. What is decided stands in judgements.yaml,
    which may be edited by hand, and can be taken back.

    Example:

        kg review --same person/readout.carney person/CAN.mark-carney
    """
    from kg.project import Project
    from kg.review import judge, undo

    if sum(option is not None for option in (same, different, taken_back)) > 1:
        raise UsageError("Give one of --same, --different and --undo.")
    opened = Project.find(project)
    if same:
        click.echo("Noted: the two are one." if judge(opened, "same", *same) else "That stands there already.")
    elif different:
        done = judge(opened, "different", *different)
        click.echo("Noted: the two are not one." if done else "That stands there already.")
    elif taken_back:
        click.echo("Taken back." if undo(opened, *taken_back) else "Nothing was decided on these two.")
    else:
        _review(opened, output)


def _review(project: "Project", output: str | None) -> None:
    from kg.resolve import Judgements
    from kg.review import candidates

    with project.reading() as graph:
        waiting = candidates(graph, Judgements.read(project.judgements_file))
    form = chosen(output)
    if form == "json":
        emit_json([c.as_dict() for c in waiting])
    elif output is None and waiting and sys.stdin.isatty():
        _ask(project, waiting)
    else:
        rows = [
            {"kind": c.kind, "one": c.label_one, "other": c.label_other, "reason": c.reason}
            | {"id_one": _short(c.one), "id_other": _short(c.other)}
            for c in waiting
        ]
        emit(rows, output, columns=["kind", "one", "id_one", "other", "id_other", "reason"], empty="Nothing waits.")


def _short(iri: str) -> str:
    from kg import iris

    return iri.removeprefix(iris.BASE)


def _ask(project: "Project", waiting: "list[Candidate]") -> None:
    from kg.review import judge

    for number, candidate in enumerate(waiting, 1):
        click.echo(f"\n{number} of {len(waiting)}: one {candidate.kind}? ({candidate.reason})")
        for label, iri, cited in (
            (candidate.label_one, candidate.one, candidate.cited_one),
            (candidate.label_other, candidate.other, candidate.cited_other),
        ):
            click.echo(printable(f"  {label}  ({_short(iri)})"))
            for citation in cited:
                click.echo(printable(f"      {_words(citation)}"))
        answer = click.prompt("  (s)ame, (d)ifferent, (l)ater or (q)uit", type=click.Choice(list("sdlq")), default="l")
        if answer == "q":
            return
        if answer in "sd":
            judge(project, "same" if answer == "s" else "different", candidate.one, candidate.other)


def _words(citation: "Citation") -> str:
    where = ", ".join(x for x in (citation.title, citation.published) if x)
    words = citation.sentence or (f"row {citation.row}" if citation.row else "")
    return f"{where}: {' '.join(words.split())[:300]}" if words else where
