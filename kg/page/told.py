"""Things of the graph as a page shows them: attributes of nodes, and the links that acts and link things make.

An account of a meeting is shown as its meeting; a participation, tenure, membership or vote is no node but a link
between its two ends; a status, kind or role is a fact.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kg import iris
from kg.citations import Citation, citations
from kg.errors import NotFound
from kg.graph import Fact, Graph
from kg.ontology import model

# Shown as time and name of a thing, or of use to machines only.
_UNTOLD = frozenset({
    "type", "prefLabel", "altLabel", "when", "earliest", "latest", "citation", "concerns", "relates", "account", "row",
    "rule", "sha256", "inScheme", "topConceptOf", "broader", "narrower", "exactMatch", "closeMatch", "broadMatch",
    "narrowMatch", "relatedMatch", "sameAs", "publishedLatest", "dueEarliest", "dueLatest", "sourceUrl", "label",
})  # fmt: skip
# Votes or participations in one act that a page still draws.
_FOLLOWED = 40
_NAMED_LIKE = ("prefLabel", "altLabel", "demonym")
_NUMBERS = frozenset({iris.XSD + name for name in ("decimal", "integer", "double", "float")})


@cache
def _link_ends() -> frozenset[str]:
    """The properties by which a participation, tenure, membership or vote names its last end."""
    links = [info for info in model().classes.values() if info.role == "link"]
    return frozenset(end for info in links if (end := info.link_to or info.shortcut_to))


@dataclass(slots=True)
class Link:
    """What connects two nodes, with all that says so."""

    start: str
    end: str
    relation: str
    property: str
    earliest: str | None
    latest: str | None
    sources: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)


class Teller:
    """Looks things up in one graph, each once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._classes: dict[str, str | None] = {}
        self._facts: dict[str, list[Fact]] = {}
        self._citations: dict[str, list[Citation]] = {}
        self._meetings: dict[str, str] = {}
        self.cited: set[str] = set()

    def cls(self, iri: str) -> str | None:
        """Name of the most specific class of a thing."""
        if iri not in self._classes:
            self._classes[iri] = self.graph.cls(iri)
        return self._classes[iri]

    def role(self, iri: str) -> str:
        """What the ontology makes of the class of a thing: actor, act, account, link ..., "none" where unknown."""
        name = self.cls(iri)
        return model().classes[name].role if name else "none"

    def facts(self, iri: str) -> list[Fact]:
        """All that is said of a thing."""
        if iri not in self._facts:
            self._facts[iri] = self.graph.facts(iri)
        return self._facts[iri]

    def shown_as(self, iri: str) -> str:
        """The node that stands for a thing: for an account of a meeting that meeting, else the thing itself."""
        if self.role(iri) != "account":
            return iri
        if iri not in self._meetings:
            owners = [s for s, fact in self.graph.facts_about(iri) if fact.property == "account"]
            self._meetings[iri] = owners[0] if owners else iri
        return self._meetings[iri]

    def told_by(self, iri: str) -> list[str]:
        """The things whose quads tell of a node: the accounts of a meeting, else the thing itself."""
        accounts = [f.value for f in self.facts(iri) if f.property == "account"]
        return accounts or [iri]

    def is_node(self, iri: str) -> bool:
        """Whether a page draws a thing as a node."""
        role = self.role(iri)
        return role in ("actor", "act", "account", "office", "place") or (
            role == "concept" and self.cls(iri) != "Concept"
        )

    # --- time -------------------------------------------------------------------------------------------------

    def days(self, iri: str) -> tuple[str | None, str | None]:
        """Earliest and latest day of a thing, over all that tell of it."""
        earliest = [f.value for teller in self.told_by(iri) for f in self.facts(teller) if f.property == "earliest"]
        latest = [f.value for teller in self.told_by(iri) for f in self.facts(teller) if f.property == "latest"]
        own = [f for f in self.facts(iri) if f.property in ("earliest", "latest")]
        if own:
            earliest = [f.value for f in own if f.property == "earliest"]
            latest = [f.value for f in own if f.property == "latest"]
        return (min(earliest) if earliest else None, max(latest) if latest else None)

    # --- links ------------------------------------------------------------------------------------------------

    def links_said(self, node: str) -> Iterator[Link]:
        """The links that a node makes by what is said of itself."""
        for teller in self.told_by(node):
            days = self.days(teller) if self.days(teller) != (None, None) else self.days(node)
            yield from self._said(node, teller, days)

    def links_of(self, node: str) -> Iterator[Link]:
        """The links that a node makes by what it says itself, and by participations, memberships and votes in it.

        Where these are more than a reader can follow (a roll call of all states), they are left to the named things.
        """
        yield from self.links_said(node)
        for teller in self.told_by(node):
            meets = [(s, f) for s, f in self.graph.facts_about(teller) if f.property in _link_ends()]
            if len(meets) <= _FOLLOWED:
                for subject, fact in meets:
                    yield from self.link_thing(subject, fact.source)

    def _said(self, node: str, teller: str, days: tuple[str | None, str | None]) -> Iterator[Link]:
        acts = self.role(teller) in ("act", "account")
        for fact in self.facts(teller):
            if not fact.is_iri or fact.property in _UNTOLD or not self._step(fact.property):
                continue
            if self.is_node(fact.value):
                end = self.shown_as(fact.value)
                if end != node:
                    time = days if acts else (None, None)
                    yield Link(node, end, _label(fact.property), fact.property, *time, [fact.source], [teller])

    @staticmethod
    def _step(name: str) -> bool:
        known = model().properties.get(name)
        return known is not None and known.is_object

    def link_thing(self, iri: str, source: str) -> Iterator[Link]:
        """A participation, tenure, membership or vote as a link from its first end to its others."""
        info = model().classes[self.cls(iri) or "Participation"]
        first, last = info.link_from or info.shortcut_from, info.link_to or info.shortcut_to
        said = [f for f in self.facts(iri) if f.source == source]
        starts = [f.value for f in said if f.property == first]
        kept = [f for f in said if f.property in ("participationRole", "membershipRole", "option")]
        role = ", ".join(self.graph.label(f.value).lower() for f in kept if f.is_iri)
        for start in starts:
            for fact in said:
                if fact.property != last or not fact.is_iri:
                    continue
                end = self.shown_as(fact.value)
                days = self.days(iri)
                if days == (None, None) and self.role(fact.value) == "account":
                    days = self.days(fact.value)
                relation = _label(info.link_to or info.shortcut_to or info.name) + (f" ({role})" if role else "")
                yield Link(start, end, relation, info.name, *days, [source], [iri])

    # --- what a page shows of a node or a link ----------------------------------------------------------------

    def node(self, iri: str) -> dict[str, Any]:
        """The attributes of a node for :func:`kg.page.render`."""
        earliest, latest = self.days(iri)
        tellers = self.told_by(iri)
        said = [f for teller in dict.fromkeys([iri, *tellers]) for f in self.facts(teller)]
        label = self.graph.label(iri)
        names = [f.value for f in said if f.property in _NAMED_LIKE]
        told = list(self._told(said))
        about: dict[str, Any] = {
            "iri": iri,
            "label": label,
            "cls": self.cls(iri) or "",
            "earliest": earliest,
            "latest": latest,
            "aliases": list(dict.fromkeys(n for n in names if n != label)),
            "facts": told,
        }
        if self.role(iri) == "act":
            about["citations"] = self.cite([iri])
        self.cited.update(f["source"] for f in told)
        return about

    def act(self, iri: str) -> dict[str, Any]:
        """The attributes of an act for :func:`kg.page.timeline`."""
        earliest, latest = self.days(iri)
        return {
            "iri": iri,
            "label": self.graph.label(iri),
            "cls": self.cls(iri) or "",
            "earliest": earliest,
            "latest": latest,
            "citations": self.cite([iri]),
        }

    def _told(self, said: Iterable[Fact]) -> Iterator[dict[str, Any]]:
        order = {name: i for i, name in enumerate(("text", "description", "definition", "note"))}
        # One name for a fact whether it is literal or a concept; what is drawn as a link is not told twice.
        for fact in sorted(said, key=lambda f: (order.get(f.property, 9), f.property)):
            if fact.property in _UNTOLD or fact.source in (iris.GRAPH_DERIVED, iris.GRAPH_LOG):
                continue
            if fact.is_iri and (
                self.is_node(fact.value) or self.role(fact.value) in ("span", "source", "relation", "link")
            ):
                continue
            value = self.graph.label(fact.value) if fact.is_iri else _value(fact)
            yield {"property": _label(fact.property), "value": value, "lang": fact.lang, "source": fact.source}

    def cite(self, evidence: Iterable[str]) -> list[dict[str, Any]]:
        """Where things stand, each place once, first those with words."""
        found: dict[tuple[object, ...], Citation] = {}
        for iri in evidence:
            if iri not in self._citations:
                self._citations[iri] = citations(self.graph, iri)
            for citation in self._citations[iri]:
                found.setdefault((citation.source, citation.span, citation.row), citation)
        listed = sorted(found.values(), key=lambda c: c.quote is None and c.row is None)
        self.cited.update(c.source for c in listed)
        return [_citation(c) for c in listed]

    def sources(self) -> dict[str, dict[str, Any]]:
        """The description of every source that was cited so far."""
        return {iri: about for iri in sorted(self.cited) if (about := self._source(iri)) is not None}

    def _source(self, iri: str) -> dict[str, Any] | None:
        try:
            info = self.graph.source(iri)
        except NotFound:
            return None
        return {
            "title": info.title,
            "publisher": info.publisher or ("Reference data" if info.system else None),
            "published": info.published,
            "url": info.url,
            "licence": info.licence,
            "kind": info.publisher_kind,
        }


def merged(links: Iterable[Link]) -> list[Link]:
    """One link for each pair, relation and time; several that say so are its evidence."""
    found: dict[tuple[str, str, str, str | None, str | None], Link] = {}
    for link in links:
        key = (link.start, link.end, link.relation, link.earliest, link.latest)
        known = found.setdefault(key, link)
        if known is not link:
            known.sources += [s for s in link.sources if s not in known.sources]
            known.evidence += [e for e in link.evidence if e not in known.evidence]
    return list(found.values())


def _citation(citation: Citation) -> dict[str, Any]:
    about: Mapping[str, Any] = citation.as_dict()
    return {**about, "url": citation.report or citation.url}


def _label(name: str) -> str:
    known = model().properties.get(name)
    return known.label if known else name


def _value(fact: Fact) -> str:
    if fact.datatype in _NUMBERS:
        whole, dot, rest = fact.value.partition(".")
        # Codes and years are numbers too; only what is long is easier to read in groups.
        if whole.lstrip("-").isdigit() and 4 < len(whole.lstrip("-")) < 40:
            return f"{int(whole):,}{dot}{rest}"
    if fact.datatype == iris.XSD + "boolean":
        return {"true": "yes", "false": "no"}.get(fact.value, fact.value)
    return fact.value
