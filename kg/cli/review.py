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
@click.option("--accept", metavar="ID", help="The text says what this candidate suggests.")
@click.option("--reject", metavar="ID", help="The text does not say it.")
@click.option("--reopen", "reopened", metavar="ID", help="Take back what was decided on this candidate.")
@click.option("--decided", is_flag=True, help="List the candidates that were accepted or rejected.")
@output_options
@project_option
def command(
    project: Path,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    taken_back: tuple[str, str] | None,
    accept: str | None,
    reject: str | None,
    reopened: str | None,
    decided: bool,
    output: str | None,
) -> None:
    """Judge what waits for a person: accounts that may tell of one meeting, names that may mean one person, readings
    of texts that are not certain.

    On a terminal each is shown and asked; otherwise all are listed. What is decided stands in judgements.yaml, which
    may be edited by hand, and can be taken back. A candidate that was accepted is shown by --decided; it counts as no
    act.

    Example:

        kg review --same person/readout.carney person/CAN.mark-carney
    """
    from kg.project import Project
    from kg.review import decide, judge, reopen, undo

    if sum(bool(option) for option in (same, different, taken_back, accept, reject, reopened, decided)) > 1:
        raise UsageError("Give one of --same, --different, --undo, --accept, --reject, --reopen and --decided.")
    opened = Project.find(project)
    if same:
        click.echo("Noted: the two are one." if judge(opened, "same", *same) else "That stands there already.")
    elif different:
        done = judge(opened, "different", *different)
        click.echo("Noted: the two are not one." if done else "That stands there already.")
    elif taken_back:
        click.echo("Taken back." if undo(opened, *taken_back) else "Nothing was decided on these two.")
    elif accept or reject:
        done = decide(opened, "accepted", accept) if accept else decide(opened, "rejected", reject or "")
        click.echo(f"Noted: {'accepted' if accept else 'rejected'}." if done else "That stands there already.")
    elif reopened:
        click.echo("Taken back." if reopen(opened, reopened) else "Nothing was decided on it.")
    elif decided:
        _decided(opened, output)
    else:
        _review(opened, output)


def _decided(project: "Project", output: str | None) -> None:
    from kg.resolve import Judgements
    from kg.review import decided

    with project.reading() as graph:
        found = decided(graph, Judgements.read(project.judgements_file))
    if chosen(output) == "json":
        emit_json([{"decision": decision, **c.as_dict()} for decision, c in found])
        return
    rows = [
        {"decision": decision, "suggests": c.label_other, "words": c.label_one, "reason": c.reason, "id": _short(c.one)}
        for decision, c in found
    ]
    emit(rows, output, columns=["decision", "suggests", "words", "id", "reason"], empty="Nothing was decided.")


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
    from kg.review import decide, judge

    for number, candidate in enumerate(waiting, 1):
        if candidate.kind == "reading":
            click.echo(f"\n{number} of {len(waiting)}: {candidate.label_other}? ({candidate.reason})")
            for citation in candidate.cited_one:
                click.echo(printable(f"      {_words(citation)}"))
            answer = click.prompt(
                "  (a)ccept, (r)eject, (l)ater or (q)uit", type=click.Choice(list("arlq")), default="l"
            )
            if answer == "q":
                return
            if answer in "ar":
                decide(project, "accepted" if answer == "a" else "rejected", candidate.one)
            continue
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
