"""Queries that people write: run in a process of their own, on one published generation, killed at their limit.

The process opens the store read-only, so that a query can change nothing. SERVICE is refused before the query runs:
Oxigraph would otherwise send parts of it to any address.
"""

import re
import subprocess
import sys
from typing import IO

from kg.errors import QueryError, UnknownName
from kg.project import Project

__all__ = ["FORMATS", "check", "run"]

FORMATS = ("csv", "json", "tsv", "xml", "turtle", "ntriples")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|\#[^\n\r]*"
    r"|[?$][\w]+"
    r"|[\w.-]*:[\w:%.\\-]*"
    r"|(?P<word>[A-Za-z]+)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check(query: str) -> None:
    """Refuse what must not run.

    Raises:
        QueryError: the query holds SERVICE.
    """
    try:
        plain = _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)), query)
    except (ValueError, OverflowError):
        raise QueryError("The query holds an escape that is no character.") from None
    for text in (query, plain):
        if any((m["word"] or "").upper() == "SERVICE" for m in _TOKEN.finditer(text)):
            raise QueryError("SERVICE is not allowed here: a query may not reach other machines.")


def names_graphs(query: str) -> bool:
    """Whether a query says itself, with FROM, which graphs it is about."""
    return any((m["word"] or "").upper() == "FROM" for m in _TOKEN.finditer(query))


def run(project: Project, query: str, out: IO[bytes], *, format: str | None = None, limit: float = 30.0) -> bool:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query and write its answer.

    Args:
        format: one of `FORMATS`; default csv for rows, turtle for triples.
        limit: seconds after which the query is given up.

    Returns:
        whether there was any answer (rows, triples, or true).

    Raises:
        QueryError: the query is wrong, not allowed, or took too long.
        UnknownName: there is no such format.
    """
    if format is not None and format not in FORMATS:
        raise UnknownName(f"There is no format {format!r}; there are {', '.join(FORMATS)}.")
    check(query)
    with project.generations.reading():  # holds the generation while the child reads it
        folder = project.generations.current()
        command = [sys.executable, "-m", "kg.sparql_worker", str(folder), format or "", str(names_graphs(query))]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            try:
                answer, error = child.communicate(query.encode("utf-8", "surrogateescape"), timeout=limit)
            except subprocess.TimeoutExpired:
                child.kill()
                child.communicate()
                raise QueryError(
                    f"The query took more than {limit:g} s; narrow it, or give it more with --time-limit."
                ) from None
            except BaseException:
                child.kill()
                raise
    if child.returncode not in (0, 3):
        message = error.decode("utf-8", "replace").strip().splitlines()
        died = "it is nested too deeply or needs too much memory; make it simpler or narrow it."
        raise QueryError(f"The query cannot be run: {message[-1] if message else died}")
    out.write(answer)
    return child.returncode == 0
