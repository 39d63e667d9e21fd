"""Answering a question: its query with the values of the parameters, its solutions as rows, each with its citations."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.citations import Citation, citations
from kg.graph import Graph
from kg.ontology import model
from kg.questions.catalogue import LISTS, Column, Question, question
from kg.questions.chains import chains
from kg.questions.clashes import clashing
from kg.questions.parameters import Value, read_all

__all__ = ["Row", "Thing", "ask", "finish", "with_values"]

Solution = Mapping[str, list[Any]]
# A number with more digits is not written out.
_DIGITS = 40
_VALUES = re.compile(r"VALUES \?(\w+) \{[^}]*\}")


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A thing in an answer, by what to call it."""

    label: str
    iri: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer.

    Attributes:
        values: by column: a `Thing`, text, number, day or truth value, a list of these, or None.
        citations: where it stands; the first few of them.
        more: how many citations were left out.
        acts: IRIs of the acts on which it rests, all of them.
    """

    values: Mapping[str, Any]
    citations: tuple[Citation, ...]
    more: int = 0
    acts: tuple[str, ...] = ()

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def as_dict(self) -> dict[str, Any]:
        """The row as JSON has it: things as ``{"iri", "label"}``, with ``acts``, ``citations``, ``more_citations``."""
        found = {name: _json(value) for name, value in self.values.items()}
        found["acts"] = list(self.acts)
        found["citations"] = [c.as_dict() for c in self.citations]
        if self.more:
            found["more_citations"] = self.more
        return found


def ask(graph: Graph, name: str, /, *, cite: int = 5, **given: Any) -> list[Row]:
    """Answer a question.

    Args:
        graph: the graph.
        name: name of the question; `kg.questions.questions` lists them.
        cite: at most so many citations per row.
        given: its parameters; names, dates and numbers may be texts as people type them.

    Raises:
        UnknownName: there is no such question.
        BadParameter: a parameter is unknown, missing or cannot be read, or the two of a pair are one.
        NotFound, AmbiguousName: a name stands for nothing, or for several things.
    """
    asked = question(name)
    values = read_all(graph, asked, given)

    def query(given: Mapping[str, Value]) -> Iterable[Mapping[str, Any]]:
        return graph.query(with_values(asked.sparql, given))

    solutions = chains(graph, asked, values, query) if asked.steps else query(values)
    return finish(graph, asked, values, solutions, cite=cite)


def with_values(sparql: str, values: Mapping[str, Value]) -> str:
    """The query of a question with these values in the place of those of its example; `UNDEF` for none."""

    def put(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            return match[0]
        return f"VALUES ?{name} {{ {' '.join(map(str, values[name])) or 'UNDEF'} }}"

    return _VALUES.sub(put, sparql)


def finish(
    graph: Graph,
    asked: Question,
    values: Mapping[str, Value],
    solutions: Iterable[Mapping[str, Any]],
    *,
    cite: int = 5,
) -> list[Row]:
    """Rows from the solutions of a query: solutions that are one row are put together, sorted and cited.

    A value of a solution may be a term, a plain Python value, or a list of these.
    """
    groups: dict[tuple[Any, ...], list[Solution]] = defaultdict(list)
    every: Iterable[Solution] = ({name: _plain(value) for name, value in s.items()} for s in solutions)
    if asked.compared:
        parties = (t.value for t in values["either"] if isinstance(t, ox.NamedNode))
        every = clashing(graph, parties, every)
    for plain in every:
        key = tuple(tuple(plain.get(name, [])) for name in asked.row)
        if any(key):
            groups[key].append(plain)
    if asked.latest:
        groups = {key: _latest(asked, found) for key, found in groups.items()}
    ordered = _in_order(graph, asked, sorted(groups.values(), key=lambda found: _as_it_stands(asked, found)))
    if (count := values.get("count")) and isinstance(count[0], ox.Literal):
        ordered = ordered[: int(count[0].value)]
    day = next((t.value for t in values.get("known_at", ()) if isinstance(t, ox.Literal)), None)
    return [_row(graph, asked, found, cite, day) for found in ordered]


def _as_it_stands(asked: Question, found: Sequence[Solution]) -> list[list[str]]:
    """The values of a row as texts: an order that is the same whichever engine answered."""
    return [sorted({str(v) for f in found for v in f.get(c.variable, ())}) for c in asked.columns.values()]


def _in_order(graph: Graph, asked: Question, rows: list[list[Solution]]) -> list[list[Solution]]:
    for entry in reversed(asked.order):
        column = asked.columns[entry.removeprefix("-")]
        keyed = [(_column(graph, column, found), found) for found in rows]
        known = [(value, found) for value, found in keyed if value not in (None, [])]
        known.sort(key=lambda pair: _sortable(pair[0]), reverse=entry.startswith("-"))
        rows = [found for _, found in known] + [found for value, found in keyed if value in (None, [])]
    return rows


def _plain(value: Any) -> list[Any]:
    """A value of a solution as a list of plain values; a number without a fraction is an int, else a Decimal."""
    if value is None:
        return []
    if isinstance(value, list | tuple):
        return [p for item in value for p in _plain(item)]
    if isinstance(value, ox.NamedNode):
        return [value.value]
    if isinstance(value, float):
        return [_number(Decimal(str(value)))]
    if not isinstance(value, ox.Literal):
        return [value]
    kind = iris.local(value.datatype.value)
    if kind in ("integer", "int", "long", "decimal", "double", "float"):
        try:
            return [_number(Decimal(value.value))]
        except InvalidOperation:
            return []  # RDF from elsewhere may hold what is no number
    if kind == "boolean":
        return [value.value in ("true", "1")]
    if kind == "date":
        try:
            return [date.fromisoformat(value.value[:10])]
        except ValueError:
            return []  # no day, or one before the year 1
    return [value.value]


def _number(value: Decimal) -> int | Decimal:
    if not value.is_finite() or value.adjusted() > _DIGITS:
        return value
    return int(value) if value == value.to_integral_value() else value.normalize()


def _latest(asked: Question, found: Sequence[Solution]) -> list[Solution]:
    """The solutions with the latest value; what has none, such as the same act in a copy, is only cited."""
    name = asked.latest or ""
    last = max((max(f[name]) for f in found if f.get(name)), default=None)
    if last is None:
        return list(found)
    kept = {*asked.row, *asked.cite}
    told = [f for f in found if f.get(name) and max(f[name]) == last]
    return told + [{k: v for k, v in f.items() if k in kept} for f in found if not f.get(name)]


def _column(graph: Graph, column: Column, found: Sequence[Solution]) -> Any:
    values = list(dict.fromkeys(v for f in found for v in f.get(column.variable, ())))
    if column.how == "count":
        return len(values)
    if column.kind in ("thing", "things"):
        values = [Thing(graph.label(iri), iri) for v in values for iri in v.split()]
    elif column.kind == "text":
        # A text may name a thing, such as the place that a source gives.
        values = [Thing(graph.label(v), v) if str(v).startswith(iris.BASE) else v for v in values]
    elif column.kind == "class":
        values = [model().cls(v).label for v in [model().most_specific(values)] if v]
    values.sort(key=_sortable)
    if column.kind in LISTS:
        return values
    if column.how in ("first", "last"):
        return next(iter(values if column.how == "first" else values[::-1]), None)
    return None if not values else values[0] if len(values) == 1 else values


def _row(graph: Graph, asked: Question, found: Sequence[Solution], limit: int, known_at: str | None) -> Row:
    things = [iri for f in found for name in asked.cite for v in f.get(name, ()) for iri in str(v).split()]
    acts = tuple(sorted(set(things)))
    shown, left = _cited(graph, acts, limit, known_at)
    values = {c.name: _column(graph, c, found) for c in asked.columns.values() if not c.hidden or "thing" in c.kind}
    for column in asked.columns.values():
        if column.kind == "sentence":
            values[column.name] = shown[0].sentence if shown else None
    return Row(values, tuple(shown), left, acts)


def _cited(graph: Graph, things: Sequence[str], limit: int, known_at: str | None) -> tuple[list[Citation], int]:
    """The first citations of some things, and how many things or places are left out."""
    shown: dict[Any, Citation] = {}
    left = 0
    for iri in things:
        if len(shown) >= limit:
            left += 1
            continue
        for citation in citations(graph, iri):
            if known_at is None or is_known(graph, citation.source, known_at):
                shown[citation.source, citation.span, citation.row] = citation
    ordered = sorted(shown.values(), key=lambda c: (c.published or "9999", c.source, c.span or (0, 0), c.row or ""))
    return ordered[:limit], left + max(0, len(ordered) - limit)


def is_known(graph: Graph, source: str, day: str) -> bool:
    """Whether a source had been published by a day; the reference data that comes with kg always had."""
    if source.startswith(iris.SYSTEM_GRAPHS):
        return True
    latest = graph.source(source).published_latest
    return latest is not None and latest <= day


def _sortable(value: Any) -> tuple[int, Any]:
    if isinstance(value, list):
        return _sortable(value[0]) if value else (9, "")
    if isinstance(value, bool | int | Decimal | float):
        return (0, value)
    if isinstance(value, Thing):
        return (2, (value.label, value.iri))
    return (1, str(value))


def _json(value: Any) -> Any:
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, Thing):
        return {"iri": value.iri, "label": value.label}
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
