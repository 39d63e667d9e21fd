"""``kg extract``: print what is read from texts, or write it file by file."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kg.cli.common import emit_json, printable
from kg.errors import BadParameter, UsageError

# More files than this are worth starting processes for: each needs two seconds to load the language model.
_PARALLEL_FROM = 24


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write NAME.json for each text."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also on a terminal.")
@click.option("--published", metavar="DATE", help="Date of publication, such as 2026-01-16; overrides the sidecar.")
@click.option("--publisher", metavar="NAME", help="Alpha-3 code of the publishing government, else a name.")
@click.option("--title", metavar="TEXT", help="Title, where the text does not begin with it.")
@click.option("--author", metavar="NAME", help="Author of the text, who is no party.")
@click.option("--head-of-government", metavar="NAME", help="Who is 'I' in a release of the publisher.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes; default: one a core for many files.")
def command(
    paths: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    published: str | None,
    publisher: str | None,
    title: str | None,
    author: str | None,
    head_of_government: str | None,
    workers: int | None,
) -> None:
    """Print what is read from texts: who met, who said what, who undertook what.

    A FILE is a .txt or .md file or a folder of them. NAME.meta.json beside NAME.txt may give title,
    published, publisher, author, url and head_of_government. Offsets count characters of the text as
    'kg load' keeps it; for Markdown, whose marks and line breaks are left out, it is printed too.

    Example:

        kg extract readout.txt --published 2026-01-16 --publisher CAN

        kg extract texts/ --out found/
    """
    from kg.extract.files import listed

    if published is not None:
        _check_date(published)
    given = {
        "published": published,
        "publisher": publisher,
        "title": title,
        "author": author,
        "head_of_government": head_of_government,
    }
    files = list(dict.fromkeys(file for path in paths for file in listed(path)))
    names = [f.stem for f in files]
    if out is not None and len(set(names)) < len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise UsageError(f"Two texts are named {twice}, so that one would overwrite the other; extract them apart.")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    results = _run(files, given, workers)
    if out is None and (as_json or len(files) > 1 or not sys.stdout.isatty()):
        found = [value for _, value in results]
        emit_json(found[0] if len(files) == 1 else found)
        _warn(found)
        return
    for file, value in results:
        _warn([value])
        if out is None:
            _show(value, file)
        else:
            text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
            (out / f"{file.stem}.json").write_text(text, encoding="utf-8")


def _check_date(text: str) -> None:
    from kg.edtf import Edtf
    from kg.errors import RecordError

    try:
        Edtf.parse(text)
    except RecordError as error:
        raise BadParameter(f"--published: {error}") from None


def _one(job: tuple[Path, dict[str, str | None]]) -> dict[str, Any]:
    from kg.extract.files import read_noted
    from kg.extract.pipeline import extract as run

    path, given = job
    document, notes = read_noted(path, given)
    found = run(document.text, document).to_json()
    found["warnings"] = [*notes, *found["warnings"]]
    # Marks and line breaks of Markdown are no part of the text in which offsets count.
    return found if path.suffix.lower() == ".txt" else found | {"text": document.text}


def _run(files: list[Path], given: dict[str, str | None], workers: int | None) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Extractions in the order of the files, whatever the number of processes."""
    import os

    count = workers or (min(os.cpu_count() or 1, 8) if len(files) >= _PARALLEL_FROM else 1)
    jobs = [(file, given) for file in files]
    if count == 1 or len(files) == 1:
        for job in jobs:
            yield job[0], _one(job)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from zip(files, pool.map(_one, jobs, chunksize=8), strict=True)


def _warn(found: list[dict[str, Any]]) -> None:
    for value in found:
        for warning in value["warnings"]:
            click.echo(f"Warning: {value['id'] or 'text'}: {warning}", err=True)


def _show(value: dict[str, Any], file: Path) -> None:
    """The extraction in words, for a person at a terminal."""
    from kg.extract.files import read

    text = read(file).text

    def words(span: list[int]) -> str:
        return printable(" ".join(text[span[0] : span[1]].split()))

    for m in value["meetings"]:
        who = ", ".join(m["participants"]) or "no names"
        where = m["place"] or m["country"] or "place not told"
        click.echo(f"{m['kind']} {m['status']}: {'+'.join(m['states'])} ({who}), {m['date'] or 'no date'}, {where}")
        click.echo(f"    {words(m['span'])}")
    for s in value["statements"]:
        click.echo(f"{s['speaker']} ({s['mode']}{', ' + s['cue'] if s['cue'] else ''}): {words(s['span'])}")
    for c in value["commitments"]:
        due = f", due {c['due']}" if c["due"] else ""
        click.echo(f"{'+'.join(c['by'])} undertakes ({c['kind']}{due}): {words(c['span'])}")
    for f in value["trade_flows"]:
        amount = f"{f['value']:,.0f} {f['currency']} ({f['year'] or 'no year'})"
        click.echo(f"{f['exporter']} to {f['importer']}: {f['product']} {amount}")
    for key in ("sectors", "forums", "principles"):
        if value[key]:
            click.echo(f"{key}: {', '.join(value[key])}")
