"""Which names of persons may mean one person: full names that are alike, and surnames that stand alone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg import iris
from kg.graph import Graph, value_of
from kg.resolve import Judgements

__all__ = ["namesakes"]


@dataclass(frozen=True, slots=True)
class _Person:
    iri: str
    names: frozenset[str]
    surnames: frozenset[str]
    states: frozenset[str]
    reference: bool


def namesakes(graph: Graph, judgements: Judgements) -> Iterator[tuple[str, str, str]]:
    """Pairs of persons who may be one and of whom nobody has judged, each with the reason."""
    known = list(_known_persons(graph))
    by_name: dict[str, set[str]] = defaultdict(set)
    by_surname: dict[str, list[_Person]] = defaultdict(list)
    for person in known:
        for name in person.names:
            by_name[name].add(person.iri)
        if person.reference:
            for surname in person.surnames:
                by_surname[surname].append(person)
    about = {p.iri: p for p in known}
    seen: set[frozenset[str]] = set()
    for name, persons in sorted(by_name.items()):
        for one, other in combinations(sorted(persons), 2):
            pair = frozenset((one, other))
            if pair in seen or judgements.are_decided(one, other) or (about[one].reference and about[other].reference):
                continue
            if about[one].states and about[other].states and not about[one].states & about[other].states:
                continue
            seen.add(pair)
            yield one, other, f"both are called {name.replace('-', ' ')}"
    for person in known:
        if person.reference or any("-" in name for name in person.names):
            continue
        for surname in sorted(person.names | person.surnames):
            for match in by_surname.get(surname, ()):
                pair = frozenset((person.iri, match.iri))
                if pair in seen or judgements.are_decided(person.iri, match.iri):
                    continue
                if not person.states or person.states & match.states:
                    seen.add(pair)
                    yield person.iri, match.iri, "known by surname only in this source"


def _known_persons(graph: Graph) -> Iterator[_Person]:
    about: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = graph.query(
        """SELECT DISTINCT ?person ?name ?surname ?state ?source WHERE {
          GRAPH ?source { ?person a kg:Person }
          { GRAPH ?source { ?person skos:prefLabel|skos:altLabel ?name } }
          UNION { GRAPH ?source { ?person kg:surname ?surname } }
          UNION { GRAPH ?source { ?person kg:nationality ?state } }
        }"""
    )
    for row in rows:
        person = about[value_of(row["person"])]
        person["sources"].add(value_of(row["source"]))
        for key in ("name", "surname"):
            if row[key] is not None:
                person[key].add(iris.fold(value_of(row[key])))
        if row["state"] is not None:
            person["state"].add(value_of(row["state"]))
    for iri, found in about.items():
        yield _Person(
            iri,
            frozenset(found["name"]),
            frozenset(found["surname"]),
            frozenset(found["state"]),
            any(s.startswith(iris.GRAPH_REFERENCE) for s in found["sources"]),
        )
