"""All that is known of a thing, in groups, each line with the sources that say it.

Nothing here knows a class by name: what points to a thing is grouped by its class and by how it points there, as the
ontology has them. Of a thing with very many acts only the first `LOOKED_AT` of each kind are looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.graph import Graph, SourceInfo
from kg.ontology import PropertyInfo, model
from kg.questions.parameters import circle
from kg.questions.run import is_known

__all__ = ["LOOKED_AT", "Group", "Line", "Shown", "caption_of", "show"]

LOOKED_AT = 20_000
# What points to a thing but says nothing of it.
_SILENT = frozenset({"relates", "spanOf", "inScheme", "loadedSource", "citation", "account"})
_NAMES = ("prefLabel", "altLabel", "hiddenLabel")
# Kept apart or told elsewhere: days repeat the EDTF date.
_UNTOLD = frozenset({"type", *_NAMES, "earliest", "latest", "dueEarliest", "dueLatest", "publishedLatest"})

_POINTING = """
SELECT DISTINCT ?it ?class ?source ?when ?earliest ?latest ?meeting WHERE {{
  {{
    SELECT DISTINCT ?it ?source WHERE {{ VALUES ?x {{ {things} }} GRAPH ?source {{ ?it <{prop}> ?x }} }} LIMIT {limit}
  }}
  FILTER(?source != graph:derived)
  GRAPH ?source {{ ?it a ?class }}
  OPTIONAL {{ GRAPH ?source {{ ?it kg:participationIn ?account }} }}
  BIND(COALESCE(?account, ?it) AS ?dated)
  OPTIONAL {{ GRAPH ?source {{ ?dated kg:when ?when }} }}
  OPTIONAL {{ GRAPH ?source {{ ?dated kg:earliest ?earliest }} }}
  OPTIONAL {{ GRAPH ?source {{ ?dated kg:latest ?latest }} }}
  OPTIONAL {{ GRAPH graph:derived {{ ?meeting kg:account ?dated }} }}
}}"""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is known: what, when, and by which sources; `iri` is None for a plain value."""

    text: str
    iri: str | None
    date: str | None
    sources: tuple[SourceInfo, ...]

    def as_dict(self) -> dict[str, Any]:
        """The line as JSON has it."""
        return {
            "text": self.text,
            "iri": self.iri,
            "date": self.date,
            "sources": [
                {"iri": s.iri, "title": s.title, "publisher": s.publisher, "published": s.published}
                for s in self.sources
            ],
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind, newest first; `count` is how many there are, or at least are when `more_than_looked_at`."""

    name: str
    lines: tuple[Line, ...]
    count: int
    more_than_looked_at: bool = False

    @property
    def left_out(self) -> str:
        """How many lines are not shown, in words; empty when all are."""
        left = self.count - len(self.lines)
        if self.more_than_looked_at:
            return f"at least {left} more; only the first {LOOKED_AT} were looked at, newer ones may be among the rest"
        return f"{left} more" if left else ""

    def as_dict(self) -> dict[str, Any]:
        """The group as JSON has it."""
        return {
            "name": self.name,
            "count": self.count,
            "more": self.count - len(self.lines),
            "counted_all": not self.more_than_looked_at,
            "lines": [line.as_dict() for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """What `show` found of a thing."""

    iri: str
    label: str
    cls: str | None
    groups: tuple[Group, ...]

    def as_dict(self) -> dict[str, Any]:
        """What was found as JSON has it."""
        return {
            "iri": self.iri,
            "label": self.label,
            "class": self.cls,
            "groups": [group.as_dict() for group in self.groups],
        }


@dataclass(slots=True)
class _Found:
    """What is gathered of one line."""

    iri: str
    texts: set[str] = field(default_factory=set)
    earliest: str | None = None
    latest: str | None = None
    sources: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Kind:
    """What is gathered of one group; `cls` is the class of its things."""

    cls: str
    things: dict[str, _Found] = field(default_factory=dict)
    cut: bool = False


def show(graph: Graph, iri: str, *, as_of: str | None = None, known_at: str | None = None, limit: int = 10) -> Shown:
    """All that is known of a thing.

    Args:
        graph: the graph.
        iri: the thing; a person is shown under all names that judgements say are theirs.
        as_of: what held on this day (ISO): terms and memberships that ran then, acts until then.
        known_at: only what sources published by this day (ISO) say.
        limit: at most so many lines in each group.
    """
    things = circle(graph, iri)
    # What is known of a meeting stands in the accounts that tell of it.
    accounts = [f.value for f in graph.facts(iri) if f.property == "account"]
    groups = [*_own(graph, accounts or things, known_at, limit)]
    found: dict[str, _Kind] = {}
    for prop in model().properties.values():
        if prop.is_object and prop.name not in _SILENT:
            _pointing(graph, accounts or things, prop, as_of, known_at, found)
    groups += [_group(graph, name, kind, limit) for name, kind in found.items()]
    if graph.store.contains_named_graph(ox.NamedNode(iri)):
        groups += _told(graph, iri)
    return Shown(iri, graph.label(iri), graph.cls(iri), tuple(sorted(groups, key=_place)))


def _place(group: Group) -> tuple[int, str]:
    name = group.name.partition(" (")[0]
    first = {"Names": -3, "Codes": -2, "Facts": -1}
    order = {c.label: c.order for c in model().classes.values()}
    return (first.get(group.name, order.get(name, 99)), group.name)


# --- what is said of it ---------------------------------------------------------------------------------------------


def _own(graph: Graph, things: Sequence[str], known_at: str | None, limit: int) -> Iterable[Group]:
    names: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    facts: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for fact in (f for thing in things for f in graph.facts(thing)):
        if known_at is not None and not is_known(graph, fact.source, known_at):
            continue
        prop = model().properties.get(fact.property)
        if fact.property in _NAMES:
            names[fact.value if fact.lang in ("en", None) else f"{fact.value} ({fact.lang})"].add(fact.source)
        elif prop is not None and ("notation" in prop.parents or iris.SKOS + "notation" in prop.standard):
            codes[f"{prop.label}: {fact.value}"].add(fact.source)
        elif fact.property not in _UNTOLD:
            value = graph.label(fact.value) if fact.is_iri else fact.value
            name = prop.label if prop else fact.property
            facts[f"{name}: {value}", fact.value if fact.is_iri else None].add(fact.source)
    for title, found in (("Names", names), ("Codes", codes)):
        if found:
            lines = [Line(text, None, None, _infos(graph, sources)) for text, sources in found.items()]
            yield Group(title, tuple(lines[: 3 * limit]), len(lines))
    if facts:
        lines = [Line(text, iri, None, _infos(graph, sources)) for (text, iri), sources in facts.items()]
        yield Group("Facts", tuple(lines[: 3 * limit]), len(lines))


def _infos(graph: Graph, sources: Iterable[str]) -> tuple[SourceInfo, ...]:
    """The sources; what is derived is told by the sources it is derived from."""
    skip = (iris.GRAPH_DERIVED, iris.GRAPH_LOG, iris.GRAPH_ONTOLOGY)
    infos = [graph.source(s) for s in sources if s not in skip]
    return tuple(sorted(infos, key=lambda s: (s.system, s.published or "9999", s.iri)))


# --- what points to it ----------------------------------------------------------------------------------------------


def _pointing(
    graph: Graph,
    things: Sequence[str],
    prop: PropertyInfo,
    as_of: str | None,
    known_at: str | None,
    found: dict[str, _Kind],
) -> None:
    """Gather what points to the things through one property."""
    listed = " ".join(f"<{thing}>" for thing in things)
    rows = graph.query(_POINTING.format(things=listed, prop=prop.iri, limit=LOOKED_AT))
    cut = len({(_text(r["it"]), _text(r["source"])) for r in rows}) >= LOOKED_AT
    for row in rows:
        cls = model().most_specific([_text(row["class"]) or ""])
        source = _text(row["source"]) or ""
        if cls is None or (known_at is not None and not is_known(graph, source, known_at)):
            continue
        earliest, latest = _text(row["earliest"]), _text(row["latest"])
        iri, meeting = _text(row["it"]) or "", _text(row["meeting"])
        lasts = meeting is None and model().classes[cls].role == "link"
        if as_of is not None and not _held(earliest, latest, as_of, lasts=lasts):
            continue
        # A meeting is one line, whoever tells of it and however the thing took part; but not under itself.
        if meeting is not None and prop.name != "participationIn":
            group, iri, key = found.setdefault("Meeting", _Kind("Meeting")), meeting, meeting
        else:
            name = f"{model().classes[cls].label} ({prop.label})"
            group, key = found.setdefault(name, _Kind(cls)), _witness(graph, iri, source)
        group.cut |= cut
        line = group.things.setdefault(key, _Found(iri))
        line.iri = min(line.iri, iri)
        line.sources.add(source)
        line.texts.update(t for t in [_text(row["when"])] if t)
        line.earliest = min(filter(None, (line.earliest, earliest)), default=None)
        line.latest = max(filter(None, (line.latest, latest)), default=None)


def _witness(graph: Graph, iri: str, source: str) -> str:
    """A key that is one for the same act in two copies of one text, and for one thing that several sources name."""
    info = graph.source(source)
    _, own, rest = iri.partition(f"/{info.key}.")
    return f"{info.sha256}.{iri.removeprefix(iris.BASE).partition('/')[0]}.{rest}" if own and info.sha256 else iri


def _group(graph: Graph, name: str, kind: _Kind, limit: int) -> Group:
    ordered = sorted(kind.things.values(), key=lambda f: f.iri)
    ordered.sort(key=lambda f: f.latest or f.earliest or "", reverse=True)
    lines = tuple(
        Line(caption_of(graph, kind.cls, f.iri), f.iri, " or ".join(sorted(f.texts)) or None, _infos(graph, f.sources))
        for f in ordered[:limit]
    )
    return Group(name, lines, len(ordered), kind.cut)


def _held(earliest: str | None, latest: str | None, day: str, *, lasts: bool) -> bool:
    """Whether what lasts (a term, a membership) may have run on the day, or what is done was done by then."""
    begun = earliest is None or earliest <= day
    return begun and (not lasts or latest is None or latest >= day)


def caption_of(graph: Graph, cls: str, iri: str) -> str:
    """What a thing of a class is called in a line; a vote also by its roll call, a term by its office."""
    text, info = graph.label(iri), model().classes[cls]
    if info.link_to is not None:
        # A vote says how, its roll call on what.
        ends = [f.value for f in graph.facts(iri) if f.property == info.link_to]
        extra = graph.label(ends[0]) if ends else ""
        if extra and extra not in text:
            return f"{text}, {extra}"
    return text


def _told(graph: Graph, source: str) -> Iterable[Group]:
    """Of a source: how many things of each class it tells of."""
    rows = graph.query(
        f"SELECT ?class (COUNT(DISTINCT ?it) AS ?n) WHERE {{ GRAPH <{source}> {{ ?it a ?class }} }} GROUP BY ?class"
    )
    info = (graph.source(source),)
    counts = [(model().most_specific([_text(r["class"]) or ""]), _text(r["n"])) for r in rows]
    lines = [Line(f"{model().classes[c].label}: {n}", None, None, info) for c, n in counts if c is not None]
    if lines:
        lines.sort(key=lambda line: line.text)
        yield Group("Things it tells of", tuple(lines), len(lines))


def _text(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None
