"""Persons of the reference data: who of a name held an office on a day, and who alone bears a full name.

A data set tells of leaders by surname or by a longer form of their name ("Mauno H. Koivisto"). Who is meant follows
from the office on the day; where that leaves nobody, or several, the name stands for nobody of the reference data.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import iris
from kg.ontology import data_path

__all__ = ["Held", "in_office", "known_person", "of_leader", "office_known"]

_FILES = ("offices.ttl", "tenures-editorial.ttl", "tenures-reign.ttl")
# Kinds of office by which one that a source names may stand in the reference data.
_AS = {
    "head-of-state": frozenset(("head-of-state", "paramount-leader", "effective-leader")),
    "head-of-government": frozenset(("head-of-government", "paramount-leader", "effective-leader")),
    "paramount-leader": frozenset(("paramount-leader", "effective-leader")),
}


@dataclass(frozen=True, slots=True)
class Held:
    """That a person held an office of a state from the first day to the last (ISO, "" where open or unknown)."""

    person: str
    state: str
    kind: str
    first: str
    last: str

    def on(self, day: str) -> bool:
        """Whether it may have been so on a day, month or year."""
        return (not self.first or self.first[: len(day)] <= day) and (not self.last or day <= self.last[: len(day)])


@dataclass(frozen=True, slots=True)
class _People:
    held: dict[str, list[Held]]  # by code of a state
    names: dict[str, tuple[tuple[str, ...], ...]]  # of a person: preferred name first, each as folded words
    surnames: dict[str, tuple[str, ...]]
    labels: dict[str, str]


def _words(name: str) -> tuple[str, ...]:
    return tuple(w for w in iris.fold(name).split("-") if w not in ("jr", "sr"))


@lru_cache(maxsize=1)
def _people() -> _People:
    import pyoxigraph as ox

    about: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in _FILES:
        for quad in ox.parse(path=str(data_path("ontology") / "reference" / file)):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                about[quad.subject.value][iris.local(quad.predicate.value)].append(quad.object.value)
    held: dict[str, list[Held]] = defaultdict(list)
    for has in list(about.values()):
        for holder, office in zip(has.get("holder", ()), has.get("office", ()), strict=False):
            first, last = (has.get(name, [""])[0] for name in ("earliest", "latest"))
            for state in about[office].get("officeOf", ()):
                for kind in about[office].get("officeKind", ()):
                    held[iris.code_of(state)].append(Held(holder, iris.code_of(state), iris.code_of(kind), first, last))
    persons = {h.person for listed in held.values() for h in listed}
    return _People(
        dict(held),
        {
            p: tuple(dict.fromkeys(map(_words, (*about[p]["prefLabel"], *about[p].get("altLabel", ())))))
            for p in persons
            if about[p].get("prefLabel")
        },
        {p: _words(about[p]["surname"][0]) for p in persons if about[p].get("surname")},
        {p: about[p]["prefLabel"][0] for p in persons if about[p].get("prefLabel")},
    )


def of_leader(person: str) -> str | None:
    """The preferred name of a person who held an office by the reference data, None of anybody else."""
    return _people().labels.get(person)


def _bears(person: str, words: Sequence[str]) -> bool:
    """Whether words are a name of a person, a part of it, or more than it."""
    said = set(words)
    return any(said <= set(name) or set(name) <= said for name in _people().names.get(person, ()))


def _surnamed(person: str, words: Sequence[str]) -> bool:
    surname = _people().surnames.get(person, ())
    return bool(surname) and set(surname) <= set(words)


def _one(found: Iterable[Held], words: Sequence[str]) -> Held | None:
    """The one person among these, or the one among them who bears the very name."""
    people = {h.person: h for h in found}
    if len(people) > 1:
        exact = {p: h for p, h in people.items() if tuple(words) in _people().names.get(p, ())}
        people = exact or people
    return next(iter(people.values())) if len(people) == 1 else None


@lru_cache(maxsize=100_000)
def in_office(name: str, state: str | None, day: str, kind: str | None = None) -> Held | None:
    """Who of that name held an office on a day, None where nobody or several did.

    Args:
        state: code of the state; None to look in all, for which the name must be a full one.
        day: ISO day, month or year.
        kind: kind of the office, where the source tells it: then a surname suffices, as one person holds it.
    """
    words = _words(name)
    if not words or (state is None and len(words) < 2):
        return None
    everybody = _people().held
    there = [h for s in ([state] if state else everybody) for h in everybody.get(s, ()) if h.on(day)]
    if kind is not None:
        same = [h for h in there if h.kind in _AS.get(kind, frozenset((kind,)))]
        if state is None:  # the very name: a part of it has namesakes among the leaders of the world
            return _one((h for h in same if words in _people().names.get(h.person, ())), words)
        if found := _one((h for h in same if _bears(h.person, words) or _surnamed(h.person, words)), words):
            return found
    if state is None:
        return _one((h for h in there if words in _people().names.get(h.person, ())), words)
    if len(words) > 1:
        return _one((h for h in there if len(_full(h.person)) > 1 and _bears(h.person, words)), words)
    if kind is not None:
        return None  # a namesake in another office
    return _one((h for h in there if _surnamed(h.person, words) or _bears(h.person, words)), words)


def _full(person: str) -> Sequence[str]:
    return max(_people().names.get(person, ((),)), key=len)


def office_known(state: str, kind: str, day: str) -> bool:
    """Whether the reference data say who held an office of that kind on a day."""
    return any(h.kind == kind and h.first and h.on(day) for h in _people().held.get(state, ()))


@lru_cache(maxsize=100_000)
def known_person(name: str, state: str | None = None) -> tuple[str, str] | None:
    """IRI and code of the state of whom a full name means, whatever the day; None where nobody or several fit."""
    words = _words(name)
    if len(words) < 2:
        return None
    everybody = _people().held
    fitting = {h.person: h for s in ([state] if state else everybody) for h in everybody.get(s, ())}
    found = _one((h for h in fitting.values() if words in _people().names.get(h.person, ())), words)
    return (found.person, found.state) if found else None
