"""The same questions asked of the mirror in Neo4j: each has a twin of its name in ``cypher/questions``.

The twin answers with the IRIs and values of the same columns; they become rows in the same way, and the words that are
cited come from the texts that the project keeps.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import MirrorError, UnknownName
from kg.graph import Graph
from kg.ontology import data_path
from kg.questions.catalogue import question
from kg.questions.chains import chains
from kg.questions.parameters import Value, read_all
from kg.questions.run import Row, finish

if TYPE_CHECKING:
    from neo4j import Driver

__all__ = ["ask_mirror", "cypher", "cypher_parameters", "with_literals"]

_PARAMETER = re.compile(r"(//.*)|\$(\w+)")


def cypher(name: str) -> str:
    """The Cypher of a question.

    Raises:
        UnknownName: there is no such question, or it has no twin.
    """
    asked = question(name)
    try:
        return (data_path("cypher") / "questions" / f"{asked.name}.cypher").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownName(f"The question {name} asks what is not mirrored; ask it without --neo4j.") from None


def cypher_parameters(values: Mapping[str, Value]) -> dict[str, Any]:
    """The parameters of a twin: things as lists of IRIs, days as dates, what was left out as null."""
    found: dict[str, Any] = {}
    for name, terms in values.items():
        things = [t.value for t in terms if isinstance(t, ox.NamedNode)]
        literals = [t for t in terms if isinstance(t, ox.Literal)]
        found[name] = _plain(literals[0]) if literals else things or None
    return found


def with_literals(text: str, values: Mapping[str, Value]) -> str:
    """A twin with its values written into it, to run wherever Cypher runs; comments keep the names of parameters."""
    parameters = cypher_parameters(values)

    def put(match: re.Match[str]) -> str:
        name = match[2]
        return match[0] if match[1] or name not in parameters else _literal(parameters[name])

    return _PARAMETER.sub(put, text)


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def _plain(literal: ox.Literal) -> date | int | str:
    kind = literal.datatype.value.rpartition("#")[2]
    if kind == "date":
        return date.fromisoformat(literal.value)
    return int(literal.value) if kind == "integer" else literal.value


def ask_mirror(
    graph: Graph, driver: "Driver", database: str | None, name: str, /, *, cite: int = 5, **given: Any
) -> list[Row]:
    """Answer a question from the mirror; for arguments and errors see `kg.questions.ask`.

    Args:
        graph: the graph of the project, for names and kept texts.
        driver, database: the mirror.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    text = cypher(name)
    asked = question(name)
    values = read_all(graph, asked, given)
    try:
        with driver.session(database=database, default_access_mode="READ") as session:

            def query(given: Mapping[str, Value]) -> list[dict[str, Any]]:
                found = session.run(text, cypher_parameters(given))
                return [{key: _native(record[key]) for key in dict(record)} for record in found]

            solutions = list(chains(graph, asked, values, query)) if asked.steps else query(values)
    except (Neo4jError, DriverError) as error:
        raise MirrorError(f"Neo4j cannot answer {name}: {error}") from error
    return finish(graph, asked, values, solutions, cite=cite)


def _native(value: Any) -> Any:
    if isinstance(value, list):
        return [_native(item) for item in value]
    return value.to_native() if hasattr(value, "to_native") else value
