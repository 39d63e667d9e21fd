"""Which part of the graph a page shows: what is around one thing, between two, or the most connected of all.

Acts are chosen first, by how many of the named things they touch, how much they connect and how recent they are;
each brings the things it links, until the page is full.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import iris
from kg.graph import Graph
from kg.ontology import model
from kg.page.told import Link, Teller, merged

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from kg.page.chronicle import Act
    from kg.project import Project

__all__ = ["Choice", "Drawing", "choose_acts", "drawing", "narrate"]

# Acts looked at closely, as a multiple of what fits on a page, and at least; the rest is judged by its day alone.
_CLOSE, _LEAST = 5, 500
# Acts that found no room before the search for smaller ones ends.
_PATIENCE = 300
_LATEST = ox.NamedNode(iris.KG + "latest")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page may show: acts by number of named things they touch; `since`, `until` are ISO days."""

    focus: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    sources: frozenset[str] = frozenset()


@dataclass(slots=True)
class Drawing:
    """A part of the graph, ready for :func:`kg.page.render`."""

    graph: "MultiDiGraph[str]"
    sources: dict[str, dict[str, Any]]
    focus: list[str]
    left_out: int


@dataclass(slots=True)
class _Acts:
    """Acts in question, with the named things that each touches; and links without an act (tenures, memberships)."""

    touched: dict[str, set[str]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)


def choose_acts(project: "Project", teller: Teller, choice: Choice) -> tuple[dict[str, set[str]], list[Link]]:
    """The acts that a page is about, with the named things each touches, and links that need no act.

    With two or more named things: what touches at least two of them, or concerns the relation of a pair; where there
    is none, the paths between them. With one: all that touches it. With none: every act that a source tells of.
    """
    if not choice.focus:
        return _of_sources(teller, choice), []
    around = {thing: _around(teller, thing, choice) for thing in choice.focus}
    touched: dict[str, set[str]] = {}
    for thing, found in around.items():
        for act in found.touched:
            touched.setdefault(act, set()).add(thing)
    links = [link for found in around.values() for link in found.links]
    if len(choice.focus) > 1:
        shared = {act for act, things in touched.items() if len(things) > 1}
        for one, other in combinations(choice.focus, 2):
            shared |= _concerning(teller, one, other, touched)
        touched = {act: touched.get(act, set()) for act in shared}
        if not touched:
            touched = _on_paths(project, teller, choice)
        links = _shared(teller, links, set(choice.focus))
    return {act: things for act, things in touched.items() if _passes(teller, act, choice)}, links


def _shared(teller: Teller, links: Sequence[Link], focus: set[str]) -> list[Link]:
    """Of memberships those in what two named things both belong to; offices and votes whoever holds or casts them."""
    seen: dict[str, set[str]] = {}
    for link in links:
        for named, other in ((link.start, link.end), (link.end, link.start)):
            if named in focus:
                seen.setdefault(other, set()).add(named)
    return [
        link
        for link in links
        if all(end in focus or len(seen[end]) > 1 or teller.role(end) != "actor" for end in (link.start, link.end))
    ]


def _around(teller: Teller, thing: str, choice: Choice) -> _Acts:
    found = _Acts()
    role = teller.role(thing)
    if role in ("act", "account"):
        found.touched[teller.shown_as(thing)] = {thing}
    if role == "source":
        for quad in teller.graph.store.quads_for_pattern(None, ox.NamedNode(iris.RDF_TYPE), None, ox.NamedNode(thing)):
            if isinstance(quad.subject, ox.NamedNode) and teller.role(quad.subject.value) in ("act", "account"):
                found.touched[teller.shown_as(quad.subject.value)] = {thing}
        return found
    for told in teller.told_by(thing):
        for subject, fact in teller.graph.facts_about(told):
            if choice.sources and fact.source not in choice.sources and fact.source != iris.GRAPH_DERIVED:
                continue
            kind = teller.role(subject)
            if kind in ("act", "account"):
                found.touched.setdefault(teller.shown_as(subject), set()).add(thing)
            elif kind == "link":
                for link in teller.link_thing(subject, fact.source):
                    other = link.end if link.start == thing else link.start
                    if teller.role(other) == "act":
                        found.touched.setdefault(other, set()).add(thing)
                    if thing in (link.start, link.end):
                        found.links.append(link)
                found.touched.update((act, {thing}) for act in _acts_behind(teller, subject))
    return found


def _acts_behind(teller: Teller, link: str) -> Iterator[str]:
    """The meeting of a participation in which a thing is neither end: the office held, the state stood for."""
    for fact in teller.facts(link):
        if fact.is_iri and teller.role(fact.value) in ("act", "account"):
            yield teller.shown_as(fact.value)


def _concerning(teller: Teller, one: str, other: str, touched: dict[str, set[str]]) -> set[str]:
    """Acts of the relation of two: all of it for two states; for persons what they did themselves."""
    pair = (_party(teller, one), _party(teller, other))
    if pair[0] is None or pair[1] is None or pair[0] == pair[1]:
        return set()
    about = {
        teller.shown_as(subject)
        for subject, fact in teller.graph.facts_about(iris.relation(pair[0], pair[1]))
        if fact.property == "concerns" and teller.role(subject) in ("act", "account")
    }
    return about if pair == (one, other) else about & set(touched)


def _party(teller: Teller, thing: str) -> str | None:
    """The party of a pair that a thing is or stands for."""
    name = teller.cls(thing)
    if name is None:
        return None
    if model().is_a(name, "Polity") or name == "Forum":
        return thing
    stands = [f.value for f in teller.facts(thing) if f.property in ("nationality", "institutionOf", "officeOf")]
    return stands[0] if stands else None


def _on_paths(project: "Project", teller: Teller, choice: Choice) -> dict[str, set[str]]:
    from kg.paths import find_paths

    touched: dict[str, set[str]] = {}
    for one, other in combinations(choice.focus, 2):
        found = find_paths(project, teller.graph, one, other, k=12, cited=1)
        for path in found.paths:
            for step in path.nodes:
                if teller.role(step.iri) in ("act", "account"):
                    touched.setdefault(teller.shown_as(step.iri), set()).update((one, other))
    return touched


def _of_sources(teller: Teller, choice: Choice) -> dict[str, set[str]]:
    """Every act of every source, without the reference data."""
    store = teller.graph.store
    kind = ox.NamedNode(iris.RDF_TYPE)
    names = [info.iri for info in model().classes.values() if info.role in ("act", "account")]
    acts: dict[str, set[str]] = {}
    accounts = False
    for name in names:
        for quad in store.quads_for_pattern(None, kind, ox.NamedNode(name), None):
            source = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            if not isinstance(quad.subject, ox.NamedNode) or source.startswith(iris.SYSTEM_GRAPHS):
                continue
            if choice.sources and source not in choice.sources:
                continue
            acts.setdefault(quad.subject.value, set())
            accounts = accounts or name.endswith("#MeetingAccount")
    if accounts:
        acts = {teller.shown_as(iri) if "/account/" in iri else iri: set() for iri in acts}
    if choice.since or choice.until:
        acts = {act: things for act, things in acts.items() if _passes(teller, act, choice)}
    return acts


def _passes(teller: Teller, act: str, choice: Choice) -> bool:
    if choice.sources and not any(
        f.source in choice.sources for told in teller.told_by(act) for f in teller.facts(told)
    ):
        return False
    if not (choice.since or choice.until):
        return True
    days = teller.days(act)
    return days != (None, None) and _in_time(*days, choice)


def _in_time(earliest: str | None, latest: str | None, choice: Choice) -> bool:
    after = choice.since is None or latest is None or latest >= choice.since
    return after and (choice.until is None or earliest is None or earliest <= choice.until)


# --- the network ----------------------------------------------------------------------------------------------------


def drawing(project: "Project", graph: Graph, choice: Choice, *, max_nodes: int = 400) -> Drawing:
    """The network of a page: at most `max_nodes` things.

    What is left out is counted: all acts, and what the nearest of them would bring.
    """
    import networkx as nx

    teller = Teller(graph)
    touched, loose = choose_acts(project, teller, choice)
    ranked = _ranked(teller, touched, max(max_nodes * _CLOSE, _LEAST))
    focus = [thing for thing in dict.fromkeys(map(teller.shown_as, choice.focus)) if teller.is_node(thing)]
    nodes = dict.fromkeys(focus)
    unseen: set[str] = set(touched) - nodes.keys()
    links: list[Link] = []
    refused = 0
    for act in ranked:
        own = merged(_kept(teller.links_of(act), choice))
        wanted = dict.fromkeys([act, *(end for link in own for end in (link.start, link.end))])
        if len(nodes.keys() | wanted.keys()) <= max_nodes:
            nodes.update(wanted)
            links += own
        else:
            unseen.update(wanted)
            refused += 1
            # The page is full; what only the rest would bring is not worth the search.
            if refused > _PATIENCE:
                break
    # What links two things without an act: an office held, a membership, a nationality.
    for link in merged(_kept([*loose, *_between(teller, nodes)], choice)):
        ends = {link.start, link.end}
        # A vote or participation belongs to its act, which found room or did not.
        if any(teller.role(end) == "act" and end not in nodes for end in ends):
            continue
        if len(nodes.keys() | ends) <= max_nodes:
            nodes.update(dict.fromkeys((link.start, link.end)))
            links.append(link)
        else:
            unseen.update(ends)
    left_out = len(unseen - nodes.keys())
    drawn: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in nodes:
        drawn.add_node(iri, **teller.node(iri))
    for link in merged(links):
        if link.start not in nodes or link.end not in nodes:
            continue
        drawn.add_edge(
            link.start, link.end, relation=link.relation, property=link.property, earliest=link.earliest,
            latest=link.latest, source=link.sources[0], citations=teller.cite(link.evidence),
        )  # fmt: skip
        teller.cited.update(link.sources)
    return Drawing(drawn, teller.sources(), focus, left_out)


def _kept(links: Iterable[Link], choice: Choice) -> Iterator[Link]:
    for link in links:
        # A membership without a date may have been at any time; a nationality or a part is not meant to have one.
        undated = link.earliest is None and link.latest is None and link.property in model().classes
        if not _in_time(link.earliest, link.latest, choice) or (undated and (choice.since or choice.until)):
            continue
        if choice.sources:
            link.sources = [s for s in link.sources if s in choice.sources]
            if not link.sources:
                continue
        yield link


def _between(teller: Teller, nodes: Iterable[str]) -> Iterator[Link]:
    """What drawn actors, places and offices say of each other: nationality, part of, lies in."""
    drawn = set(nodes)
    for iri in list(drawn):
        if teller.role(iri) not in ("act", "account"):
            yield from (link for link in teller.links_said(iri) if link.end in drawn)


def _ranked(teller: Teller, touched: dict[str, set[str]], close: int) -> list[str]:
    """Acts by number of named things they touch, then by kind, what they connect and their day."""
    acts = list(touched)
    if len(acts) > close:
        latest: dict[str, str] = {}
        for quad in teller.graph.store.quads_for_pattern(None, _LATEST, None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                latest[quad.subject.value] = quad.object.value
        acts.sort(key=lambda act: (-len(touched[act]), latest.get(act, "") == "", _back(latest.get(act, "")), act))
        acts = acts[:close]

    def order(act: str) -> tuple[int, int, int, str, str]:
        name = teller.cls(act)
        # Coded events and votes come by the thousand; what people wrote of and met for tells more.
        many = name in ("Event", "RollCall", "TradeFlow")
        told = len({f.source for t in teller.told_by(act) for f in teller.facts(t)} - {iris.GRAPH_DERIVED})
        return (-len(touched[act]), int(many), -told, _back(teller.days(act)[1] or ""), act)

    return sorted(acts, key=order)


def _back(day: str) -> str:
    """A key that sorts days backwards."""
    return day.translate(str.maketrans("0123456789", "9876543210")) if day else "~"


# --- the timeline ---------------------------------------------------------------------------------------------------


def narrate(
    project: "Project", graph: Graph, choice: Choice, *, max_acts: int = 5000
) -> tuple[list["Act"], dict[str, dict[str, Any]], int]:
    """The acts of a timeline, the sources that tell of them, and how many acts were left out."""
    teller = Teller(graph)
    touched, _ = choose_acts(project, teller, choice)
    kept: Sequence[str] = _ranked(teller, touched, max_acts)[:max_acts]
    acts: list[Any] = [teller.act(iri) for iri in kept]
    return acts, teller.sources(), len(touched) - len(kept)
