"""A made-up graph of any size in the shape of a real one: coded events, roll calls with votes, readouts of meetings."""

import random
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import iris
from kg.ontology import model

TYPE = ox.NamedNode(iris.RDF_TYPE)
XSD = iris.XSD
STATES = [f"{a}{b}{c}" for a in "ABCDEFGH" for b in "KLMNO" for c in "UVWXY"]
WORDS = [
    "talks",
    "on",
    "trade",
    "energy",
    "finance",
    "climate",
    "and",
    "the",
    "safety",
    "of",
    "citizens",
    "were",
    "frank",
    "and",
    "useful",
    "to",
    "both",
    "sides",
]


def prop(name: str) -> ox.NamedNode:
    return ox.NamedNode(model().prop(name).iri)


def cls(name: str) -> ox.NamedNode:
    return ox.NamedNode(model().cls(name).iri)


P = {p.name: ox.NamedNode(p.iri) for p in model().properties.values()}


def typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(datatype))


class Maker:
    """Yields the quads of one source."""

    def __init__(self, key: str, seed: int) -> None:
        self.key = key
        self.graph = ox.NamedNode(iris.source(key))
        self.random = random.Random(seed)

    def quad(self, thing: ox.NamedNode, name: str, value: object) -> ox.Quad:
        return ox.Quad(thing, P[name], value, self.graph)  # type: ignore[arg-type]

    def kind(self, thing: ox.NamedNode, name: str) -> ox.Quad:
        return ox.Quad(thing, TYPE, cls(name), self.graph)

    def thing(self, kind: str, part: object) -> ox.NamedNode:
        return ox.NamedNode(iris.owned(kind, self.key, str(part)))

    def state(self) -> ox.NamedNode:
        return ox.NamedNode(iris.actor(self.random.choice(STATES)))

    def day(self) -> str:
        return f"{self.random.randint(1995, 2025)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def dated(self, thing: ox.NamedNode) -> Iterator[ox.Quad]:
        day = self.day()
        yield self.quad(thing, "when", typed(day, iris.EDTF))
        yield self.quad(thing, "earliest", typed(day, XSD + "date"))
        yield self.quad(thing, "latest", typed(day, XSD + "date"))

    def words(self, n: int) -> str:
        return " ".join(self.random.choices(WORDS, k=n))

    def source(self, name: str) -> Iterator[ox.Quad]:
        yield self.kind(self.graph, name)
        yield self.quad(self.graph, "title", ox.Literal(f"Source {self.key}"))
        yield self.quad(self.graph, "publisher", ox.NamedNode(iris.BASE + "publisher/P"))
        yield self.quad(self.graph, "url", typed(f"https://example.org/{self.key}", XSD + "anyURI"))

    def events(self, n: int) -> Iterator[ox.Quad]:
        """`n` coded events of 11 quads each."""
        yield from self.source("Dataset")
        for row in range(n):
            event = self.thing("event", row)
            yield self.kind(event, "Event")
            yield from self.dated(event)
            yield self.quad(event, "initiator", self.state())
            yield self.quad(event, "target", self.state())
            yield self.quad(
                event, "eventCode", ox.NamedNode(iris.concept("cameo", f"{self.random.randint(10, 203):03}"))
            )
            yield self.quad(event, "goldstein", typed(f"{self.random.randint(-100, 100) / 10:g}", XSD + "decimal"))
            yield self.quad(event, "mentions", typed(str(self.random.randint(1, 500)), XSD + "integer"))
            yield self.quad(event, "row", ox.Literal(str(row)))
            yield self.quad(event, "sourceUrl", typed(f"https://example.org/{self.key}/{row}", XSD + "anyURI"))

    def votes(self, n: int) -> Iterator[ox.Quad]:
        """About `n` votes of 4 quads each, in roll calls of all states."""
        yield from self.source("Dataset")
        for call in range(max(1, n // len(STATES))):
            roll = self.thing("roll-call", call)
            yield self.kind(roll, "RollCall")
            yield from self.dated(roll)
            yield self.quad(roll, "resolution", ox.Literal(f"R/{call}"))
            yield self.quad(roll, "heldIn", ox.NamedNode(iris.forum("UN")))
            for state in STATES:
                vote = self.thing("vote", f"{call}.{state}")
                yield self.kind(vote, "Vote")
                yield self.quad(vote, "voter", ox.NamedNode(iris.actor(state)))
                yield self.quad(vote, "rollCall", roll)
                option = self.random.choice(["yes", "no", "abstain", "absent"])
                yield self.quad(vote, "option", ox.NamedNode(iris.concept("vote-option", option)))

    def document(self, quads: int) -> Iterator[ox.Quad]:
        """A readout of a meeting with statements, of about `quads` quads."""
        yield from self.source("Document")
        account = self.thing("account", "0-9")
        a, b = self.random.sample(STATES, 2)
        yield self.kind(account, "MeetingAccount")
        yield from self.dated(account)
        for number, code in enumerate((a, b)):
            yield self.quad(account, "party", ox.NamedNode(iris.actor(code)))
            part = self.thing("participation", number)
            yield self.kind(part, "Participation")
            yield self.quad(part, "participant", ox.NamedNode(iris.person(f"Leader {self.random.randint(0, 3)}", code)))
            yield self.quad(part, "participationIn", account)
            role = ox.NamedNode(iris.concept("participation-role", "host" if number else "guest"))
            yield self.quad(part, "participationRole", role)
        for number in range(max(1, (quads - 20) // 14)):
            said, span = self.thing("statement", number), self.thing("span", number)
            yield self.kind(said, "Statement")
            yield self.quad(said, "text", ox.Literal(self.words(20)))
            yield self.quad(said, "speaker", ox.NamedNode(iris.actor(self.random.choice((a, b)))))
            yield self.quad(said, "madeAt", account)
            yield self.quad(said, "concerns", ox.NamedNode(iris.relation(a, b)))
            yield self.quad(said, "aboutSector", ox.NamedNode(iris.concept("sector", self.random.choice(WORDS))))
            yield self.quad(said, "mode", ox.NamedNode(iris.concept("statement-mode", "indirect")))
            yield self.quad(said, "citation", span)
            yield self.kind(span, "Span")
            yield self.quad(span, "spanOf", self.graph)
            yield self.quad(span, "spanStart", typed(str(number * 100), XSD + "integer"))
            yield self.quad(span, "spanEnd", typed(str(number * 100 + 99), XSD + "integer"))
            yield self.quad(span, "exact", ox.Literal(self.words(20)))


def reference() -> Iterator[ox.Quad]:
    """States, forum and persons, with names in three languages."""
    graph = ox.NamedNode(iris.GRAPH_REFERENCE + "bench")
    things = [(iris.actor(code), "State", f"State {code}") for code in STATES]
    things += [
        (iris.person(f"Leader {n}", code), "Person", f"Leader {n} of {code}") for code in STATES for n in range(4)
    ]
    things += [(iris.forum("UN"), "Forum", "United Nations")]
    for iri, name, label in things:
        thing = ox.NamedNode(iri)
        yield ox.Quad(thing, TYPE, cls(name), graph)
        for language in ("en", "fr", "zh"):
            yield ox.Quad(thing, P["prefLabel"], ox.Literal(f"{label} {language}", language=language), graph)


def derived(documents: range) -> Iterator[ox.Quad]:
    """A meeting for each account."""
    graph = ox.NamedNode(iris.GRAPH_DERIVED)
    for number in documents:
        meeting = ox.NamedNode(f"{iris.BASE}meeting/bench.{number}")
        yield ox.Quad(meeting, TYPE, cls("Meeting"), graph)
        yield ox.Quad(meeting, P["account"], ox.NamedNode(iris.owned("account", f"doc{number}", "0-9")), graph)
        yield ox.Quad(meeting, P["when"], typed("2024", iris.EDTF), graph)


def quads(total: int) -> Iterator[ox.Quad]:
    """A graph of about `total` quads: events 55, votes 20, documents 25 in a hundred."""
    yield from reference()
    yield from Maker("events", 1).events(max(1, total * 55 // 1100))
    yield from Maker("votes", 2).votes(max(1, total * 20 // 400))
    documents = range(max(1, total * 25 // 50_000))
    for number in documents:
        yield from Maker(f"doc{number}", number).document(500)
    yield from derived(documents)


def store(folder: Path, total: int) -> ox.Store:
    """A store on disk with a graph of about `total` quads, opened for reading."""
    if not folder.exists():
        made = ox.Store(str(folder))
        made.bulk_extend(quads(total))
        made.flush()
        del made
    return ox.Store.read_only(str(folder))
