"""Chains of meetings: a question that is asked step by step, from both ends, until the two are linked.

The query of such a question is one step: whom some persons met, where and when. What it is asked of doubles the reach
of a search, so that only the neighbourhood of the two is read, whatever the size of the graph.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.graph import Graph
from kg.questions.catalogue import Question
from kg.questions.parameters import Value

__all__ = ["MOST", "chains"]

MOST = 4
"""Meetings in the longest chain that a row can tell."""
_LINKS = ("first", "second", "third", "fourth")
_BETWEEN = ("via", "via_2", "via_3")
# Persons of whom one query asks, and chains that are looked at: beyond, the first by name are taken.
_AT_ONCE = 200
_CHAINS = 10_000

Step = Callable[[Mapping[str, Value]], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, order=True)
class _Met:
    """The last meeting of two persons; without a day it comes before all others."""

    day: str
    meeting: str
    told: str


@dataclass(slots=True)
class _Side:
    """What is reached from one end: the persons of the last step, and from whom each person was first reached."""

    ends: frozenset[str]
    front: set[str]
    before: dict[str, set[str]] = field(default_factory=dict)
    steps: int = 0

    def ways(self, person: str) -> Iterator[tuple[str, ...]]:
        """The shortest ways from the end to a person, both of them included."""
        if person in self.ends:
            yield (person,)
            return
        for previous in sorted(self.before[person]):
            for way in self.ways(previous):
                yield (*way, person)


def chains(graph: Graph, asked: Question, values: Mapping[str, Value], step: Step) -> Iterator[dict[str, Any]]:
    """The solutions of a question that is asked in steps: the last meeting of the two, and the shortest chains.

    Args:
        asked: a question whose header has "steps: START PERSONS NEXT END".
        values: the values of its parameters.
        step: answers its query for such values.
    """
    start, asking, following, end = asked.steps
    names = _Names(graph)
    one, other = names.head(_texts(values[start])[0]), names.head(_texts(values[end])[0])
    most = min(MOST, int(_texts(values["longest"])[0]))
    met: dict[frozenset[str], _Met] = {}
    if one == other or most < 1:
        return
    sides = [_Side(frozenset({p}), {p}, {p: set()}) for p in (one, other)]
    while sides[0].steps + sides[1].steps < most and all(side.front for side in sides):
        here, there = sorted(sides, key=lambda side: len(side.front))
        _advance(here, names, values, step, asking, following, met, frozenset((one, other)))
        if frozenset((one, other)) in met and here.steps + there.steps == 1:
            yield _solution([one, other], met)
        common = here.front & there.front
        if common:
            forth, back = sides
            found = (
                (*way, *reversed(rest[:-1]))
                for person in sorted(common)
                for way in forth.ways(person)
                for rest in back.ways(person)
            )
            for chain in islice(found, _CHAINS):
                yield _solution(chain, met)
            return


def _advance(
    side: _Side,
    names: "_Names",
    values: Mapping[str, Value],
    step: Step,
    asking: str,
    following: str,
    met: dict[frozenset[str], _Met],
    two: frozenset[str],
) -> None:
    """One step further from an end. That the two met themselves is noted, but is no way to go."""
    front: dict[str, set[str]] = defaultdict(set)
    every = sorted({iri for person in side.front for iri in names.all(person)})
    for at in range(0, len(every), _AT_ONCE):
        some = tuple(map(ox.NamedNode, every[at : at + _AT_ONCE]))
        for row in step({**values, asking: some}):
            one, other = names.head(_text(row[asking])), names.head(_text(row[following]))
            if one == other:
                continue
            pair = frozenset((one, other))
            this = _Met(_text(row["day"]), _text(row["meeting"]), _text(row["told"]))
            met[pair] = max(met.get(pair, this), this)
            if other not in side.before and pair != two:
                front[other].add(one)
    side.before.update(front)
    side.front = set(front)
    side.steps += 1


def _solution(chain: Sequence[str], met: Mapping[frozenset[str], _Met]) -> dict[str, Any]:
    links = [met[frozenset(pair)] for pair in pairwise(chain)]
    solution: dict[str, Any] = {"meetings": len(links), "day": _day(links[0].day)}
    solution |= {name: ox.NamedNode(person) for name, person in zip(_BETWEEN, chain[1:-1], strict=False)}
    for number, link in enumerate(links):
        solution[_LINKS[number]] = ox.NamedNode(link.meeting)
        solution[f"told_{number + 1}"] = ox.NamedNode(link.told)
    return solution


def _day(text: str) -> ox.Literal | None:
    return ox.Literal(text, datatype=ox.NamedNode(iris.XSD + "date")) if text else None


class _Names:
    """Persons who, as people judged, are one."""

    def __init__(self, graph: Graph) -> None:
        self._head: dict[str, str] = {}
        self._all: dict[str, set[str]] = defaultdict(set)
        same, derived = ox.NamedNode(iris.OWL + "sameAs"), ox.NamedNode(iris.GRAPH_DERIVED)
        for quad in graph.store.quads_for_pattern(None, same, None, derived):
            head = _text(quad.object)
            self._head[_text(quad.subject)] = head
            self._all[head].add(_text(quad.subject))

    def head(self, iri: str) -> str:
        """The one name that stands for all."""
        return self._head.get(iri, iri)

    def all(self, head: str) -> set[str]:
        """All names of a person."""
        return {head, *self._all.get(head, ())}


def _texts(value: Value) -> list[str]:
    return [_text(term) for term in value]


def _text(term: Any) -> str:
    if term is None:
        return ""
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
