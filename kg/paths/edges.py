"""The graph as a path search sees it: which things are connected, by what, when and according to whom.

Read from the ontology's annotations: a property with ``kg:step`` connects two things; a link (a participation, a
tenure, a vote) is no step of its own but connects its first end with its others. An act and the accounts of a meeting
are steps. Relations, documents, places and spans are none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pyoxigraph as ox

from kg import iris
from kg.ontology import ClassInfo, model

__all__ = ["NODE_ROLES", "NO_CLASS", "UNKNOWN", "Edge", "edges_of", "first_end", "step_properties"]

UNKNOWN = -(2**31)
NO_CLASS = 255
NODE_ROLES = frozenset({"actor", "act", "account", "office", "concept"})


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection that one source asserts.

    Attributes:
        start, end: IRIs of the two things; `start` is the act, or the first end of a link.
        property: name of the property, for a link the one that leads to `end`.
        first, last: ordinal days (`date.toordinal`) between which it holds; UNKNOWN where not known or open.
        evidence: IRI of the thing to cite: the act, or the link node.
    """

    start: str
    end: str
    property: str
    first: int
    last: int
    evidence: str


@lru_cache(maxsize=1)
def step_properties() -> Mapping[str, str]:
    """IRI -> name of the properties along which paths run."""
    return {p.iri: p.name for p in model().properties.values() if p.is_object and p.step}


def first_end(info: ClassInfo) -> str | None:
    """The property that names the end of a link from which its edges start."""
    return info.link_from or info.shortcut_from


def edges_of(quads: Iterable[ox.Quad]) -> Iterator[Edge]:
    """The edges that the quads of one source assert."""
    steps = step_properties()
    days = {iris.KG + "earliest": 0, iris.KG + "latest": 1}
    classes: dict[str, list[str]] = {}
    links: dict[str, list[tuple[str, str]]] = {}
    bounds: dict[str, list[int]] = {}
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if predicate in steps and isinstance(value, ox.NamedNode):
            links.setdefault(subject, []).append((steps[predicate], value.value))
        elif predicate == iris.RDF_TYPE and isinstance(value, ox.NamedNode):
            classes.setdefault(subject, []).append(value.value)
        elif predicate in days and isinstance(value, ox.Literal):
            bounds.setdefault(subject, [UNKNOWN, UNKNOWN])[days[predicate]] = _ordinal(value.value)
    for subject, ends in links.items():
        name = model().most_specific(classes.get(subject, ()))
        if name is None:
            continue
        info = model().classes[name]
        first, last = bounds.get(subject, (UNKNOWN, UNKNOWN))
        if info.role == "link":
            yield from _of_link(subject, info, ends, (first, last), bounds)
        elif info.role in NODE_ROLES:
            for prop, end in ends:
                yield Edge(subject, end, prop, first, last, subject)


def _of_link(
    subject: str, info: ClassInfo, ends: list[tuple[str, str]], own: tuple[int, int], bounds: Mapping[str, list[int]]
) -> Iterator[Edge]:
    key = first_end(info)
    starts = [end for prop, end in ends if prop == key]
    others = [(prop, end) for prop, end in ends if prop != key]
    # A participation has no time of its own: it has that of the encounter.
    inherited = next((bounds[end] for _, end in others if end in bounds), None)
    first, last = own if own != (UNKNOWN, UNKNOWN) or inherited is None else (inherited[0], inherited[1])
    for start in starts:
        for prop, end in others:
            yield Edge(start, end, prop, first, last, subject)


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return UNKNOWN
