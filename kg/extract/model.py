"""The values that pass between the stages of extraction.

All offsets are indices into `Document.text` (Python ``str``, end exclusive), never into a cleaned copy. Everything
that was
found carries its span and ``rule``, the name of the rule or model that found it.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc as SpacyDoc
    from spacy.tokens import Span as SpacySpan

Span = tuple[int, int]
ActorKind = Literal["person", "state", "organisation", "group"]
FrameKind = Literal["joint", "first-person", "transcript", "third-person"]
ParagraphKind = Literal["title", "body", "heading", "turn-label", "dateline", "byline", "question", "furniture"]


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known about it from outside."""

    text: str
    id: str = ""
    title: str | None = None
    published: str | None = None  # EDTF, a day where known
    publisher: str | None = None  # alpha-3 code of a government, else a name
    author: str | None = None
    url: str | None = None
    head_of_government: str | None = None  # of the publisher, as "Rudd, Kevin" or "Kevin Rudd"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Somebody who acts: a person (with the party they act for), a state, an organisation, or a group of these."""

    kind: ActorKind
    name: str  # fullest name of a person, code of a party (CAN, EU), "" for a group
    party: str = ""  # code of the state or organisation that a person acts for; its own code for a state
    office: str = ""  # kind of office, such as head-of-government; "" when none is told
    members: tuple["ActorRef", ...] = ()
    iri: str | None = None  # of a reference record that the evidence points to
    certain: bool = True
    named: bool = True  # False where only the office is told and the reference data name its holder

    @property
    def parties(self) -> tuple[str, ...]:
        """Codes of the parties that are meant, sorted, each once."""
        if self.kind == "group":
            return tuple(sorted({code for member in self.members for code in member.parties}))
        return (self.party,) if self.party else ()

    @property
    def speaker(self) -> str:
        """The speaker as the text names it: a person's name, a party's code, codes of a group joined by "+".

        Where the text tells only an office ("the Prime Minister"), the party speaks; `name` and `iri` say who held it.
        """
        if self.kind == "group":
            return "+".join(self.parties)
        return self.name if self.named else self.party

    @property
    def people(self) -> tuple["ActorRef", ...]:
        """The persons that are meant."""
        if self.kind == "group":
            return tuple(person for member in self.members for person in member.people)
        return (self,) if self.kind == "person" else ()


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor, and whom they name."""

    span: Span
    kind: ActorKind
    actor: ActorRef
    rule: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, parsed; ``doc[i].idx + start`` is the offset of token i in the text."""

    index: int
    start: int
    end: int
    kind: ParagraphKind
    doc: "SpacyDoc"
    turn: ActorRef | None = None  # whose speaker turn it belongs to


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph, as spaCy span and as offsets."""

    index: int
    paragraph: Paragraph
    span: "SpacySpan"
    start: int
    end: int

    @property
    def turn(self) -> ActorRef | None:
        """Whose speaker turn the sentence belongs to, None outside of turns."""
        return self.paragraph.turn

    def text(self) -> str:
        """The words as parsed (line breaks and curly apostrophes replaced one for one)."""
        return self.span.text


@dataclass(frozen=True, slots=True)
class Frame:
    """What kind of document it is and who speaks in it."""

    kind: FrameKind
    parties: tuple[str, ...]  # the parties that the document is about, sorted; mostly two
    voice: ActorRef | None  # "I" of a first-person release, the two sides of a joint statement
    publisher_party: str = ""  # the state that publishes, if one does
    leaders: tuple[ActorRef, ...] = ()  # the persons that "the two leaders" are
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DateFound:
    """A time that the text tells, resolved as far as it can be."""

    span: Span
    edtf: str | None  # None when it cannot be resolved without the date of publication
    rule: str
    precision: Literal["day", "month", "season", "year", "interval"] = "day"
    future: bool | None = None  # against the date of publication


@dataclass(frozen=True, slots=True)
class MeetingFound:
    """An encounter of representatives of two or more parties."""

    kind: str  # meeting, call, visit, summit, signing
    status: str  # held, planned, postponed, cancelled
    states: tuple[str, ...]
    participants: tuple[ActorRef, ...]
    span: Span
    rule: str
    date: str | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    spans: tuple[Span, ...] = ()  # further mentions of the same encounter
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Attributed:
    """A clause, who says it, and by which cue."""

    speaker: ActorRef
    span: Span
    cue: str
    cue_span: Span
    rule: str
    first_person: bool = False
    main: bool = True  # on the level of the sentence, not inside a clause of another
    addressee: ActorRef | None = None
    words: Span | None = None  # with the verb of the cue, where the clause alone would say less or something else


@dataclass(frozen=True, slots=True)
class StatementFound:
    """What a text attributes to a party; the author's own voice is none."""

    speaker: ActorRef
    mode: str  # direct, indirect, mixed
    span: Span
    rule: str
    cue: str = ""
    cue_span: Span | None = None
    on_behalf_of: str = ""
    addressee: ActorRef | None = None
    sectors: tuple[str, ...] = ()
    forums: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    about: tuple[str, ...] = ()  # codes of parties that the words name
    words: Span | None = None  # what stands for itself, with "welcomed" and without outer quotation marks


@dataclass(frozen=True, slots=True)
class CommitmentFound:
    """What a party will do or has agreed to do."""

    by: tuple[str, ...]
    kind: str  # joint, unilateral, expectation
    span: Span
    rule: str
    strength: str = ""  # agreed, will, committed, plans ...
    due: str | None = None
    condition: str | None = None
    condition_span: Span | None = None
    speaker: ActorRef | None = None
    sectors: tuple[str, ...] = ()
    forums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowFound:
    """A trade figure with a direction."""

    exporter: str
    importer: str
    product: str  # "total" for all goods
    year: int | None
    value: float
    currency: str
    approximate: bool
    span: Span
    rule: str
    origins: tuple[str, ...] = ()  # chain of sources, nearest to the figure first
    period: str | None = None  # EDTF


@dataclass(frozen=True, slots=True)
class MechanismFound:
    """A commission, dialogue or working group between parties."""

    name: str
    states: tuple[str, ...]
    status: str  # existing, new, suspended, revived
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class InstrumentFound:
    """A document that was signed, issued or is to be."""

    name: str
    kind: str  # agreement, treaty, memorandum, joint-statement, plan ...
    status: str  # signed, issued, planned, in-force
    states: tuple[str, ...]
    span: Span
    rule: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class TopicFound:
    """A concept of a scheme (sector, forum, principle) that the document ties to the relation."""

    scheme: str
    id: str
    spans: tuple[Span, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something uncertain, for a person to judge: never a guess in the records."""

    what: str  # meeting, person, date, statement ...
    span: Span
    reason: str
    rule: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document."""

    document: Document
    meetings: tuple[MeetingFound, ...] = ()
    statements: tuple[StatementFound, ...] = ()
    commitments: tuple[CommitmentFound, ...] = ()
    flows: tuple[FlowFound, ...] = ()
    topics: tuple[TopicFound, ...] = ()
    mechanisms: tuple[MechanismFound, ...] = ()
    instruments: tuple[InstrumentFound, ...] = ()
    mentions: tuple[Mention, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
    frame: Frame = field(default_factory=lambda: Frame("third-person", (), None))

    def to_json(self) -> dict[str, Any]:
        """The extraction in the shape of the gold annotations, with further keys beside the ones that are scored."""
        doc = self.document
        return {
            "id": doc.id,
            "title": doc.title,
            "published": doc.published,
            "publisher": doc.publisher,
            "frame": {"kind": self.frame.kind, "parties": list(self.frame.parties)},
            "meetings": [_meeting(m) for m in self.meetings],
            "statements": [_statement(s) for s in self.statements],
            "commitments": [_commitment(c) for c in self.commitments],
            "sectors": [t.id for t in self.topics if t.scheme == "sector"],
            "forums": [t.id for t in self.topics if t.scheme == "forum"],
            "principles": [t.id for t in self.topics if t.scheme == "principle"],
            "trade_flows": [_flow(f) for f in self.flows],
            "mechanisms": [
                {"name": m.name, "states": list(m.states), "status": m.status, "span": list(m.span), "rule": m.rule}
                for m in self.mechanisms
            ],
            "instruments": [
                {
                    "name": i.name,
                    "kind": i.kind,
                    "status": i.status,
                    "states": list(i.states),
                    "date": i.date,
                    "span": list(i.span),
                    "rule": i.rule,
                }
                for i in self.instruments
            ],
            "candidates": [
                {"what": c.what, "reason": c.reason, "values": list(c.values), "span": list(c.span), "rule": c.rule}
                for c in self.candidates
            ],
            "warnings": list(self.warnings),
        }


def _actor(actor: ActorRef) -> dict[str, Any]:
    out = {
        "name": actor.name or actor.speaker,
        "kind": actor.kind,
        "party": "+".join(actor.parties),
        "office": actor.office,
    }
    return {key: value for key, value in out.items() if value} | ({"iri": actor.iri} if actor.iri else {})


def _meeting(m: MeetingFound) -> dict[str, Any]:
    return {
        "kind": m.kind,
        "status": m.status,
        "states": list(m.states),
        "participants": [p.name for p in m.participants if p.named],
        "roles": [_actor(p) for p in m.participants],
        "date": m.date,
        "place": m.place,
        "country": m.country,
        "forum": m.forum,
        "host": m.host,
        "span": list(m.span),
        "rule": m.rule,
    }


def _statement(s: StatementFound) -> dict[str, Any]:
    return {
        "speaker": s.speaker.speaker,
        "on_behalf_of": s.on_behalf_of or "+".join(s.speaker.parties),
        "mode": s.mode,
        "cue": s.cue,
        "addressee": _actor(s.addressee) if s.addressee else None,
        "sectors": list(s.sectors),
        "forums": list(s.forums),
        "principles": list(s.principles),
        "about": list(s.about),
        "span": list(s.span),
        "words": list(s.words or s.span),
        "rule": s.rule,
    }


def _commitment(c: CommitmentFound) -> dict[str, Any]:
    return {
        "by": list(c.by),
        "kind": c.kind,
        "strength": c.strength,
        "due": c.due,
        "condition": c.condition,
        "sectors": list(c.sectors),
        "forums": list(c.forums),
        "span": list(c.span),
        "rule": c.rule,
    }


def _flow(f: FlowFound) -> dict[str, Any]:
    return {
        "exporter": f.exporter,
        "importer": f.importer,
        "product": f.product,
        "year": f.year,
        "value": f.value,
        "currency": f.currency,
        "approximate": f.approximate,
        "period": f.period,
        "origins": list(f.origins),
        "span": list(f.span),
        "rule": f.rule,
    }
