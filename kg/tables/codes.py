"""Codes and names of states and organisations, by scheme and day, from the reference data.

What does not resolve is nobody: the caller makes a finding of it, never a guess. A code that is used on a day when its
state did not exist means who then had the same number of the Correlates of War (the Soviet Union for Russia in 1960,
Serbia for Yugoslavia in 2010): data sets often carry one code through such changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from kg import iris
from kg.names import fold
from kg.ontology import data_path

__all__ = ["FIRST", "LAST", "SCHEMES", "Codes", "Span", "codes"]

SCHEMES = ("iso2", "iso3", "isoNumeric", "m49", "fips", "cow", "gw", "forum", "name")
FIRST, LAST = "0000-00-00", "9999-99-99"
_FILES = ("reference/states.ttl", "reference/territories.ttl", "schemes/forums.ttl")


class Span(NamedTuple):
    """Who is meant from the first day to the last (ISO texts that compare as dates)."""

    first: str
    last: str
    iri: str


@dataclass(frozen=True, slots=True)
class _Bearer:
    iri: str
    first: str
    last: str
    own: bool


class Codes:
    """Look-up of codes by scheme (see `SCHEMES`; "name" for names) and day."""

    def __init__(self, about: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._bearers: dict[tuple[str, str], list[_Bearer]] = defaultdict(list)
        self.labels = {iri: has["prefLabel"][0] for iri, has in about.items() if "prefLabel" in has}
        self._bounds = {
            iri: (has.get("earliest", [FIRST])[0], has.get("latest", [LAST])[0]) for iri, has in about.items()
        }
        same_number: dict[str, list[str]] = defaultdict(list)
        for iri, has in about.items():
            for number in has.get("cow", ()):
                same_number[number].append(iri)
        for iri, has in about.items():
            for key in _keys(iri, has):
                self._bearers[key].append(_Bearer(iri, *self._bounds[iri], own=True))
        for bearers in self._bearers.values():
            # A code that was given anew to another state says nothing of the time between.
            if len({b.iri for b in bearers}) == 1:
                others = {o for n in about[bearers[0].iri].get("cow", ()) for o in same_number[n]}
                bearers += [_Bearer(o, *self._bounds[o], own=False) for o in sorted(others - {bearers[0].iri})]

    def spans(self, scheme: str, code: str) -> list[Span]:
        """Who bears a code when, in order of time, without overlap; empty when nobody ever did."""
        bearers = self._bearers.get((scheme, fold(code) if scheme == "name" else code), [])
        if not bearers:
            return []
        if len({b.iri for b in bearers}) == 1 and scheme != "name":
            # Whoever alone ever had a code is meant by it whatever the day: data sets date loosely.
            return [Span(FIRST, LAST, bearers[0].iri)]
        starts = sorted({b.first for b in bearers} | {_next(b.last) for b in bearers if b.last != LAST})
        found: list[Span] = []
        for start, end in zip(starts, [*(_before(s) for s in starts[1:]), LAST], strict=True):
            there = [b for b in bearers if b.first <= start and end <= b.last]
            if not there:
                continue
            best = min(there, key=lambda b: (not b.own, [-ord(c) for c in b.first], b.iri))
            if scheme == "name" and len({b.iri for b in there if b.own}) > 1:
                continue  # one name, two bearers on one day
            if found and found[-1].iri == best.iri and _next(found[-1].last) == start:
                found[-1] = Span(found[-1].first, end, best.iri)
            else:
                found.append(Span(start, end, best.iri))
        return found

    def one(self, scheme: str, code: str | None, day: str | None = None) -> str | None:
        """IRI of whom a code means on a day (ISO; a month or year counts as its first day); without a day, at last."""
        if not code:
            return None
        if day is None:
            own = [b for b in self._bearers.get((scheme, fold(code) if scheme == "name" else code), []) if b.own]
            last = max((b.last for b in own), default=None)
            there = {b.iri for b in own if b.last == last}
            return there.pop() if len(there) == 1 else None
        day = (day + "-01-01")[:10] if len(day) < 10 else day
        return next((s.iri for s in self.spans(scheme, code) if s.first <= day <= s.last), None)

    def label(self, iri: str) -> str:
        """Preferred name of a state or forum."""
        return self.labels.get(iri, iris.code_of(iri))


def _keys(iri: str, has: Mapping[str, Sequence[str]]) -> Iterable[tuple[str, str]]:
    for scheme in SCHEMES[:-2]:
        yield from ((scheme, code) for code in has.get(scheme, ()))
    if "/forum/" in iri:
        yield "forum", iris.code_of(iri)
    names = (*has.get("prefLabel", ()), *has.get("altLabel", ()))
    # "Zanzibar (1963-1964)" is called Zanzibar, too.
    yield from (("name", key) for key in dict.fromkeys(fold(n.split(" (")[0]) for n in names) if key)
    yield from (("name", key) for key in dict.fromkeys(fold(n) for n in names if " (" in n) if key)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(1)).isoformat()


def _before(day: str) -> str:
    return FIRST if day == FIRST else (date.fromisoformat(day) - timedelta(1)).isoformat()


@lru_cache(maxsize=1)
def codes() -> Codes:
    """The codes of the reference data that come with kg."""
    import pyoxigraph as ox

    about: dict[str, dict[str, list[str]]] = {}
    for name in _FILES:
        for quad in ox.parse(path=str(data_path("ontology") / name)):
            if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode | ox.Triple):
                continue
            if not quad.subject.value.startswith((iris.BASE + "actor/", iris.BASE + "forum/")):
                continue
            values = about.setdefault(quad.subject.value, {}).setdefault(iris.local(quad.predicate.value), [])
            if isinstance(quad.object, ox.Literal) and quad.object.language == "en":
                values.insert(0, quad.object.value)
            else:
                values.append(quad.object.value)
    return Codes(about)
