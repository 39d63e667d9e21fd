"""Run a Cypher query that a person wrote: reading only unless asked, within limits of time and rows."""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.errors import BadParameter, QueryError

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Result, ResultSummary

__all__ = ["Answer", "parse_parameters", "run"]

_LEADING = re.compile(r"(?:\s|//[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
_MODE = re.compile(r"(?:(CYPHER(?:\s+\d+)?(?:\s+\w+\s*=\s*\w+)*)\s+)?(?:EXPLAIN|PROFILE)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_]\w*")
# They change nothing in the graph, so the server lets them pass as reading.
_FORBIDDEN = {
    "LoadCSV": "LOAD CSV reads files and addresses outside the graph",
    "TerminateTransactions": "TERMINATE ends what others run",
}
_CHANGES = {
    "nodes_created": "nodes created",
    "nodes_deleted": "nodes deleted",
    "relationships_created": "relationships created",
    "relationships_deleted": "relationships deleted",
    "properties_set": "properties set",
    "labels_added": "labels added",
    "labels_removed": "labels removed",
    "indexes_added": "indexes added",
    "indexes_removed": "indexes removed",
    "constraints_added": "constraints added",
    "constraints_removed": "constraints removed",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of plain values by column; `cut` when there were more; what was changed; the server's notes.

    A node is `{"labels": [...], **properties}`, a relationship `{"type": ..., "start": ..., "end": ...,
    **properties}` with the names or IRIs of its ends, a path the list of its nodes and relationships.
    `plan` is the plan in words, for EXPLAIN and PROFILE.
    """

    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    cut: bool = False
    changes: Mapping[str, int] = field(default_factory=dict)
    notes: Sequence[str] = ()
    plan: str | None = None


def parse_parameters(given: Iterable[str]) -> dict[str, Any]:
    """Parameters from `name=value` texts: a value is JSON where it reads as such (2024, true, ["a"]), else text.

    Raises BadParameter for a text without `=` or a name that Cypher would not take.
    """
    found: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not _NAME.fullmatch(name):
            raise BadParameter(f"'{text}' is no parameter; write name=value, for instance -p year=2024.")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def run(
    driver: "Driver",
    text: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    database: str | None = None,
    write: bool = False,
    seconds: float = 30.0,
    rows: int = 1000,
) -> Answer:
    """Run one query.

    Unless `write`, it is asked for its plan first and refused when that writes, reads files or ends others' work,
    and it runs in a transaction in which the server itself refuses to write. The server gives it up after
    `seconds`; no more than `rows` rows are fetched.

    Raises QueryError with the server's own sentence when the query is wrong, refused or too slow.
    """
    from neo4j import READ_ACCESS, WRITE_ACCESS, Query, unit_of_work
    from neo4j.exceptions import ClientError, CypherSyntaxError, DriverError, Neo4jError

    values = dict(parameters or {})

    def answer(result: "Result") -> Answer:
        columns = list(result.keys())
        fetched = [{name: plain(record[name]) for name in columns} for record in islice(result, rows + 1)]
        return _answer(columns, fetched, rows, result.consume())

    @unit_of_work(timeout=seconds)
    def read(tx: "ManagedTransaction") -> Answer:
        return answer(tx.run(text, values))

    access = WRITE_ACCESS if write else READ_ACCESS
    try:
        with driver.session(database=database, default_access_mode=access, fetch_size=1000) as session:
            if write:
                # CALL ... IN TRANSACTIONS runs only outside of a transaction of ours.
                return answer(session.run(Query(text, timeout=seconds), values))
            with suppress(CypherSyntaxError):  # run as it stands, it is reported with its true line and column
                _refuse_writing(session.run(_explained(text), values).consume())
            return session.execute_read(read)
    except ClientError as error:
        raise QueryError(_sentence(error, seconds)) from error
    except (Neo4jError, DriverError) as error:
        raise QueryError(f"The query could not be run: {getattr(error, 'message', None) or error}") from error


def _explained(text: str) -> Any:
    start = _LEADING.match(text)
    rest = text[start.end() if start else 0 :]
    return "EXPLAIN " + (_MODE.sub(r"\1", rest, count=1) if _MODE.match(rest) else text)


def _refuse_writing(summary: "ResultSummary") -> None:
    if summary.query_type in ("w", "rw"):
        raise QueryError("This query writes; nothing was run. Give --write to let it change the database.")
    for operator in _operators(summary.plan):
        if reason := _FORBIDDEN.get(operator):
            raise QueryError(f"{reason}; nothing was run. Give --write to let it.")


def _operators(plan: Any) -> Iterable[str]:
    if plan:
        yield str(plan["operatorType"]).partition("@")[0]
        for child in plan.get("children", ()):
            yield from _operators(child)


def _sentence(error: Any, seconds: float) -> str:
    code = error.code or ""
    if "TransactionTimedOut" in code:
        return f"The query took longer than {seconds:g} s and was given up; narrow it, or give it more time."
    if code == "Neo.ClientError.Statement.AccessMode":
        return "This query writes; nothing was changed. Give --write to let it change the database."
    if code == "Neo.ClientError.Statement.ParameterMissing":
        return f"{error.message}; give each with -p name=value."
    return f"Neo4j does not take the query: {error.message}"


def _answer(columns: list[str], fetched: list[dict[str, Any]], rows: int, summary: "ResultSummary") -> Answer:
    counters = summary.counters
    plan = summary.profile or summary.plan
    return Answer(
        columns,
        fetched[:rows],
        cut=len(fetched) > rows,
        changes={text: n for name, text in _CHANGES.items() if (n := getattr(counters, name, 0))},
        notes=_notes(summary),
        plan=plan["args"].get("string-representation") if plan else None,
    )


def _notes(summary: "ResultSummary") -> list[str]:
    found = [
        status.status_description.partition(": ")[2]
        for status in summary.gql_status_objects
        if status.raw_severity in ("WARNING", "INFORMATION")
    ]
    return list(dict.fromkeys(found))


def plain(value: Any) -> Any:
    """A value of Neo4j as one that JSON holds: dates and durations as ISO 8601, points as coordinates."""
    from neo4j.graph import Node, Path, Relationship
    from neo4j.spatial import Point

    if isinstance(value, Node):
        return {"labels": sorted(value.labels), **_properties(value)}
    if isinstance(value, Relationship):
        start, end = (_called(node) for node in value.nodes)
        return {"type": value.type, "start": start, "end": end, **_properties(value)}
    if isinstance(value, Path):
        steps: list[Any] = [value.nodes[0]]
        for link, node in zip(value.relationships, value.nodes[1:], strict=True):
            steps += [link, node]
        return [plain(step) for step in steps]
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if (form := getattr(value, "iso_format", None)) is not None:
        return form()  # before lists: a duration is a tuple
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, bytes | bytearray):
        return value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)


def _properties(entity: Any) -> dict[str, Any]:
    return {key: plain(part) for key, part in sorted(entity.items())}


def _called(node: Any) -> Any:
    """What an end of a relationship is called: its name or IRI, where the query fetched them."""
    if node is None:
        return None
    return node.get("name") or node.get("iri") or node.element_id
