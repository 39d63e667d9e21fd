"""The files of reference data as things, and what several tests ask of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from kg import iris
from kg.ontology import data_path

ROOT = data_path("ontology")
FILES = [*sorted(ROOT.glob("reference/*.ttl")), *sorted(ROOT.glob("schemes/*.ttl"))]
TODAY = "2026-01-16"


@dataclass
class Thing:
    """What the files say of a thing: values by property, with languages."""

    types: set[str] = field(default_factory=set)
    values: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tagged: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def one(self, name: str) -> str:
        return self.values[name][0] if self.values[name] else ""


@cache
def read(stem: str) -> dict[str, Thing]:
    """Things of a file by IRI without the base."""
    (path,) = [p for p in FILES if p.stem == stem]
    things: defaultdict[str, Thing] = defaultdict(Thing)
    for quad in ox.parse(path=str(path)):
        assert isinstance(quad.subject, ox.NamedNode), f"{path.name} has a blank node"
        thing, name = things[quad.subject.value.removeprefix(iris.BASE)], iris.local(quad.predicate.value)
        value = quad.object.value.removeprefix(iris.BASE) if not isinstance(quad.object, ox.Triple) else ""
        if name == "type":
            thing.types.add(iris.local(value))
        thing.values[name].append(value)
        if isinstance(quad.object, ox.Literal):
            thing.tagged[name].append((value, quad.object.language or ""))
    return dict(things)


def of_class(stem: str, *classes: str) -> dict[str, Thing]:
    return {iri: thing for iri, thing in read(stem).items() if thing.types & set(classes)}


def polities() -> dict[str, Thing]:
    return of_class("states", "State", "Polity") | of_class("territories", "Polity")


def holds(thing: Thing, day: str) -> bool:
    return thing.one("earliest") <= day <= (thing.one("latest") or "9999")


def members(forum: str, *roles: str, day: str = TODAY) -> set[str]:
    return {
        iris.code_of(thing.one("member"))
        for thing in of_class("memberships-editorial", "Membership").values()
        if thing.one("memberIn") == f"forum/{forum}"
        and iris.code_of(thing.one("membershipRole")) in (roles or ("member",))
        and holds(thing, day)
    }
