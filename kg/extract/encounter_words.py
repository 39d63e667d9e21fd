"""The words of encounters, and one mention of an encounter as a value."""

# ruff: noqa: SIM905 (lists of words read best as words)

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.context import DocContext
from kg.extract.frames import BODIES
from kg.extract.gazetteer import Gazetteer
from kg.extract.model import ActorRef, Paragraph, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

NEVER = re.compile(
    r"(?i)\b(annually|on an? (annual|regular|biennial|yearly) basis|always|often|frequently|regularly"
    r"|every (year|two years|six months)|each year|biennially|once a year|periodically|at least once)\b"
)
ONCE = set("the this that my our his her their your today's first second third last recent".split())
HOLDING = set("hold begin commence resume occur convene happen conclude open start host take schedule".split())
SITES = set(
    (
        "city capital headquarters hall house palace hotel office residence margin sideline building town resort "
        "venue today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday"
    ).split()
)
BODY_NOUNS = {"committee", "commission"}
PARTICLES = {"with", "to", "in", "at", "up", "for", "from", "down", "together", "on", "off"}


@dataclass(slots=True)
class Occurrence:
    """One mention of an encounter in the text."""

    kind: str
    status: str
    states: set[str]
    people: list[ActorRef]
    span: Span
    rule: str
    sentence: int
    date: str | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    host: str | None = None
    visitor: str | None = None  # party that travels
    explicit: bool = False  # names the other party itself
    definite: bool = False  # "the meeting": may point back
    title: bool = False
    key: str = ""  # what is signed
    spans: list[Span] = field(default_factory=list)
    assumed: str | None = None  # the day of publication, of a title in the report of a meeting
    loose_date: bool = False  # "this week": a day told later says when
    guests: list[ActorRef] = field(default_factory=list)  # of further parties, who came to it
    lead: str | None = None  # the day of publication, of an undated visit that the heading or first sentence tells
    last: int = -1  # the last sentence that tells of it, where several do
    past: bool = False  # had been signed, last met: before what is told
    opening: bool = False  # told by the heading or the first sentence
    exact: bool = False  # whether the assumed day is sure: remarks made at the meeting


@dataclass(frozen=True)
class Words:
    """The encounter scheme as sets of lemmas; verbs with the preposition that leads to the other party."""

    nouns: dict[str, str]
    verbs: dict[str, dict[str, str]]  # lemma -> preposition ("" for an object) -> class
    groups: dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def words(names: Gazetteer) -> Words:
    """The lexicon of encounters out of the ontology."""
    scheme = names.concepts.get("encounter", {})
    nouns = {
        label.casefold(): key
        for key in ("meeting", "call", "visit", "summit", "signing")
        for label in scheme.get(key, ())
        if key
    }
    verbs: dict[str, dict[str, str]] = {}
    for key in ("meet", "speak", "travel", "host", "sign", "discuss", "light"):
        for label in scheme.get(key, ()):
            head, _, rest = label.casefold().partition(" ")
            if not set(rest.split()) <= PARTICLES:
                continue  # "hold talks with": the noun tells it
            verbs.setdefault(head, {}).setdefault(
                rest if key in {"meet", "speak", "travel", "sign", "host"} else "", key
            )
    groups = {k: frozenset(w.casefold() for w in v) for k, v in scheme.items()}
    return Words(nouns, verbs, groups)


def recurs(token: "Token") -> bool:
    """Whether the words around a noun or verb make it a series: annually, on a regular basis, always."""
    if any(a.lower_ == "time" and any(c.lower_ in {"every", "each"} for c in a.children) for a in token.ancestors):
        return True  # every time I have met them
    verb = (
        token
        if token.pos_ in {"VERB", "AUX"}
        else next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), token)
    )
    near = [
        t
        for c in verb.children
        if c.dep_ in {"advmod", "npadvmod", "prep"}
        for t in c.subtree
        if abs(t.i - verb.i) < 12
    ]
    text = " ".join(
        t.text
        for t in sorted(
            {t.i: t for t in [*near, *(token.subtree if token != verb else [])]}.values(), key=lambda t: t.i
        )
    )
    return bool(NEVER.search(text))


def is_body(token: "Token") -> bool:
    """Whether a noun names a standing body, whose meetings are not those of the leaders."""
    return token.lemma_.lower() in BODY_NOUNS | {
        "group",
        "council",
        "dialogue",
        "mechanism",
        "team",
        "body",
        "forum",
        "board",
        "subcommittee",
    }


def unmixed(actors: list[ActorRef], others: list[ActorRef], met: list[ActorRef]) -> list[ActorRef]:
    """All actors, but of each party that "with" names, only those whom it names."""
    named = {a.party for a in met if a.kind == "person"}
    return [a for a in [*actors, *others] if a.party not in named or a in met or a.kind != "person"]


def takes_place(token: "Token") -> bool:
    """Whether a noun is what takes place, is held, begins or resumes."""
    verb = token.head
    if token.dep_ not in NOUN_SUBJECTS or verb.pos_ != "VERB":
        return False
    return verb.lemma_ in HOLDING - {"take"} or (
        verb.lemma_ == "take" and any(c.lower_ == "place" for c in verb.children)
    )


def flat(actor: ActorRef) -> list[ActorRef]:
    """The actor itself, or all members of a group."""
    if actor.kind == "group":
        return [a for member in actor.members for a in flat(member)]
    return [actor]


def parties_of(actors: list[ActorRef]) -> set[str]:
    """Codes of the parties for which actors act; a forum counts where it meets as one."""
    return {a.party for a in actors if a.party and (a.kind != "organisation" or a.party in BODIES)}


def people_of(actors: list[ActorRef]) -> list[ActorRef]:
    """The persons among actors whose party is known, each once."""
    out: list[ActorRef] = []
    for actor in actors:
        if actor.kind == "person" and actor not in out and actor.party:
            out.append(actor)
    return out


def modifier_states(ctx: DocContext, paragraph: Paragraph, token: "Token") -> list[str]:
    """Codes of the states in a modifier such as "China-Canada" or "Australian-Malaysian"."""
    codes = []
    for part in token.subtree:
        code = ctx.modifiers.get((paragraph.index, part.i))
        if code:
            codes.append(code)
    return codes
