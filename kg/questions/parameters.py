"""Reading the values of parameters: names as people type them become things, dates become days."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.edtf import Edtf
from kg.errors import BadParameter, NotFound, RecordError
from kg.graph import Graph, Term
from kg.names import GraphLabels, Names
from kg.questions.catalogue import Parameter, Question
from kg.words import readable

__all__ = ["Value", "circle", "read_all", "resolve"]

Value = tuple[Term, ...]
"""The terms that a parameter stands for; several for a person under several names, none where it is left out."""

# Kind of parameter -> class of the things among which a name is looked for.
CLASSES: Mapping[str, str | None] = {
    "actor": "Actor",
    "party": "Organisation",
    "person": "Person",
    "forum": "Forum",
    "office": "Office",
    "sector": "Sector",
    "thing": None,
}
_ENDS = ("until", "as_of", "known_at")
_CONCEPTS = ("Sector", "Principle", "Forum")


def read_all(graph: Graph, asked: Question, given: Mapping[str, Any]) -> dict[str, Value]:
    """The values of all variables of a question that are parameters.

    Raises:
        BadParameter: one is unknown, missing or cannot be read, or the two of a pair are one.
        NotFound, AmbiguousName: a name stands for nothing, or for several things.
    """
    for name in given:
        if name not in asked.parameters:
            raise BadParameter(_unknown(asked, name))
    values: dict[str, Value] = {}
    names = Names.of(graph)
    for parameter in asked.parameters.values():
        raw = given.get(parameter.name)
        if raw is None or raw == "":
            if not parameter.optional:
                raise BadParameter(
                    f"The question {asked.name} needs {parameter.name!r} ({parameter.meaning}), as in: {asked.usage}"
                )
            raw = parameter.default
        if isinstance(raw, str):
            raw = readable(raw)
        values.update(_read(graph, names, asked, parameter, raw))
    one, other = (_named(values.get(name, ())) for name in ("a", "b"))
    if one and one == other:
        label = graph.label(one[0])
        raise BadParameter(f"a and b of {asked.name} are both {label}; the question is on two.")
    if asked.relation:
        first, second = (values[name] for name in asked.relation)
        pairs = {iris.relation(a, b) for a in _named(first) for b in _named(second)}
        values["relation"] = tuple(map(ox.NamedNode, sorted(pairs)))
        values["either"] = (*first, *second)
    return values


def _unknown(asked: Question, name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name.replace("-", "_"), asked.parameters, n=2, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"The question {asked.name} has no parameter {name!r}; it takes {', '.join(asked.parameters)}.{hint}"


def _read(graph: Graph, names: Names, asked: Question, parameter: Parameter, raw: Any) -> dict[str, Value]:
    name, kind = parameter.name, parameter.kind
    if raw is None:
        return {name: (), "concept": ()} if kind == "topic" else {name: ()}
    if kind == "date":
        return {name: (_day(asked, parameter, raw),)}
    if kind == "int":
        return {name: (_integer(asked, parameter, raw),)}
    if kind == "text":
        return {name: (ox.Literal(str(raw)),)}
    if kind == "topic":
        return {name: (ox.Literal(str(raw)),), "concept": tuple(map(ox.NamedNode, _concepts(graph, str(raw))))}
    if "|" in kind:
        choices = kind.split("|")
        if str(raw) not in choices:
            raise BadParameter(f"{name} of {asked.name} must be one of {', '.join(choices)}, not {raw!r}.")
        return {name: (ox.Literal(str(raw)),)}
    try:
        return {name: tuple(map(ox.NamedNode, resolve(names, graph, raw, kind)))}
    except NotFound as error:
        # A name that nothing has is an answer; a word that is none of a fixed list is a mistake in the call.
        kind_of_error = NotFound if kind in CLASSES else BadParameter
        raise kind_of_error(f"{name} of {asked.name}: {error}") from None


def _day(asked: Question, parameter: Parameter, raw: Any) -> ox.Literal:
    try:
        when = Edtf.parse(raw) if isinstance(raw, date) else Edtf.parse(str(raw))
    except RecordError as error:
        raise BadParameter(f"{parameter.name} of {asked.name}: {error}") from None
    day = when.latest if parameter.name in _ENDS else when.earliest
    if day is None:
        raise BadParameter(f"{parameter.name} of {asked.name} must be a day, month or year, not {raw!r}.")
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(iris.XSD + "date"))


def _integer(asked: Question, parameter: Parameter, raw: Any) -> ox.Literal:
    try:
        number = int(str(raw))
    except ValueError:
        number = -1
    if not 0 <= number <= 1_000_000:
        raise BadParameter(f"{parameter.name} of {asked.name} must be a whole number from 0 on, not {raw!r}.")
    return ox.Literal(str(number), datatype=ox.NamedNode(iris.XSD + "integer"))


def resolve(names: Names, graph: Graph, raw: Any, kind: str, day: str | None = None) -> list[str]:
    """IRIs of the thing that a name stands for; a person under all their names.

    `kind` is a kind of parameter, or a scheme such as "office-kind"; `day` tells whose office is meant.

    Raises:
        NotFound, AmbiguousName: the name stands for nothing, or for several things.
    """
    text = str(raw).strip()
    if kind in CLASSES:
        return circle(graph, names.one(text, CLASSES[kind], day).iri)
    scheme = f"{iris.BASE}{kind}/"
    direct = scheme + iris.fold(text)
    if graph.exists(direct):
        return [direct]
    known = {c.iri: c.label for c in names.find(text, "Concept", 200) if c.iri.startswith(scheme)}
    if len(known) == 1:
        return list(known)
    every = graph.query(
        f"SELECT DISTINCT ?concept {{ ?concept skos:inScheme <{iris.BASE}scheme/{kind}> }} ORDER BY ?concept"
    )
    listed = [iris.code_of(r["concept"].value) for r in every if isinstance(r["concept"], ox.NamedNode)]
    raise NotFound(f"There is no {kind} named {text!r}; there are {', '.join(listed)}.")


def circle(graph: Graph, iri: str) -> list[str]:
    """A thing and all other names that judgements say are the same; the first is the one that stands for all."""
    same, derived = ox.NamedNode(iris.OWL + "sameAs"), ox.NamedNode(iris.GRAPH_DERIVED)
    head = graph.stands_for(iri)
    rest = _named(q.subject for q in graph.store.quads_for_pattern(None, same, ox.NamedNode(head), derived))
    return [head, *sorted(set(rest) - {head})]


def _named(terms: Iterable[object]) -> list[str]:
    return [t.value for t in terms if isinstance(t, ox.NamedNode)]


def _concepts(graph: Graph, text: str) -> list[str]:
    """The sectors, principles and forums that a topic names as it is written; often none."""
    labels = GraphLabels(graph)
    spellings = dict.fromkeys((text, text.lower(), text.upper(), text.title(), text[:1].upper() + text[1:]))
    found = {row.iri for spelling in spellings for row in labels.exact(spelling)}
    return sorted(iri for iri in found if graph.cls(iri) in _CONCEPTS)
