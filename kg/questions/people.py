"""Answers as people read them: one line for what several sources undertake alike, and places from small to large.

Programs get every row as it is (`kg.questions.ask`); tables and memos go through `for_people`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.edtf import Edtf
from kg.errors import RecordError
from kg.graph import Graph
from kg.questions.catalogue import Question
from kg.questions.clashes import one_undertaking
from kg.questions.run import Row, Thing

__all__ = ["for_people", "grouped", "listed", "places"]

_WITHIN = ox.NamedNode(iris.KG + "withinPlace")


def for_people(graph: Graph, asked: Question, rows: Sequence[Row]) -> list[Row]:
    """The rows of an answer for a table: undertakings put together, places of a meeting in one."""
    found = grouped(rows) if asked.grouped else list(rows)
    if "place" not in asked.columns:
        return found
    return [replace(row, values={**row.values, "place": places(graph, row["place"])}) for row in found]


def places(graph: Graph, found: Iterable[Thing]) -> list[str]:
    """Places in words, a place within another of them before it: "La Moneda, Santiago" is one place, not two."""
    by_iri = {place.iri: place for place in found}
    around = {
        iri: next(
            (
                q.object.value
                for q in graph.store.quads_for_pattern(ox.NamedNode(iri), _WITHIN, None, None)
                if isinstance(q.object, ox.NamedNode) and q.object.value in by_iri and q.object.value != iri
            ),
            None,
        )
        for iri in by_iri
    }
    told = []
    for iri, place in by_iri.items():
        if iri in around.values():
            continue
        names, at, seen = [place.label], around[iri], {iri}
        while at is not None and at not in seen:
            names.append(by_iri[at].label)
            seen.add(at)
            at = around[at]
        told.append(", ".join(names))
    return told


def grouped(rows: Sequence[Row]) -> list[Row]:
    """Undertakings of the same parties on one day in the same words, as one row each with all that they rest on."""
    groups: list[list[Row]] = []
    for row in rows:
        home = next((group for group in groups if all(_alike(row, other) for other in group)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    return [group[0] if len(group) == 1 else _one(group) for group in groups]


def _alike(one: Row, other: Row) -> bool:
    if one["by"] != other["by"] or not {*listed(one["date"])} & {*listed(other["date"])}:
        return False
    if one["status"] and other["status"] and one["status"] != other["status"]:
        return False
    due = [_times(row["due"]) for row in (one, other)]
    if any(not first.overlaps(second) for first in due[0] for second in due[1]):
        return False
    return one["words"] == other["words"] or one_undertaking(str(one["words"]), str(other["words"]))


def _one(group: Sequence[Row]) -> Row:
    """One row of several: the fullest words, the closest due time, the judgement that there is, all citations."""
    values: dict[str, Any] = {}
    for name in group[0].values:
        every = list(dict.fromkeys(v for row in group for v in listed(row[name])))
        values[name] = every if isinstance(group[0][name], list) or len(every) > 1 else next(iter(every), None)
    values["words"] = max((str(row["words"]) for row in group), key=len)
    dues = [due for row in group for due in _times(row["due"])]
    values["due"] = min(dues, key=_length).text if dues else None
    judged = next((row for row in group if row["status"]), group[0])
    values |= {name: judged[name] for name in ("status", "judged", "assessor")}
    values["overdue"] = judged["overdue"] if judged["status"] else _overdue(group)
    cited = {(c.source, c.span, c.row): c for row in group for c in row.citations}
    ordered = sorted(cited.values(), key=lambda c: (c.published or "9999", c.source, c.span or (0, 0), c.row or ""))
    acts = tuple(sorted({act for row in group for act in row.acts}))
    return Row(values, tuple(ordered), sum(row.more for row in group), acts)


def _overdue(group: Sequence[Row]) -> bool | None:
    """By the closest due time of all, which the sources that say less leave open."""
    known = [row["overdue"] for row in group if row["overdue"] is not None]
    return None if not known else any(known)


def _times(value: Any) -> list[Edtf]:
    return [time for text in listed(value) if (time := _time(str(text))) is not None]


@lru_cache(maxsize=4096)
def _time(text: str) -> Edtf | None:
    try:
        return Edtf.parse(text)
    except RecordError:
        return None


def _length(due: Edtf) -> int:
    if due.earliest is None or due.latest is None:
        return 1_000_000
    return (due.latest - due.earliest).days


def listed(value: Any) -> list[Any]:
    """A value of a row as a list, whether its column holds one or several."""
    return value if isinstance(value, list) else [] if value is None else [value]
