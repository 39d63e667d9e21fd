"""What was done: met, said, undertook, traded, voted, signed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kg.edtf import Edtf
from kg.records.base import Iris, Labels, Named, Record, Strings


@dataclass(frozen=True, kw_only=True)
class Act(Record):
    """What all acts share: time, the pair concerned, subject, and where it stands."""

    when: Edtf | None = None
    concerns: Iris = ()
    about_sector: Iris = ()
    about_forum: Iris = ()
    about_actor: Iris = ()
    about_principle: Iris = ()
    about_mechanism: Iris = ()
    citation: Iris = ()
    row: Strings = ()
    source_url: Strings = ()
    rule: str | None = None
    note: Labels = ()


@dataclass(frozen=True, kw_only=True)
class MeetingAccount(Act):
    """What one source tells of an encounter."""

    cls = "MeetingAccount"
    party: Iris = ()
    meeting_kind: str | None = None
    meeting_status: str | None = None
    takes_place_at: Iris = ()
    host_country: str | None = None
    on_margins_of: str | None = None
    part_of: str | None = None
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class Participation(Record):
    """That somebody took part in an encounter."""

    cls = "Participation"
    participant: str
    participation_in: str
    participation_role: str | None = None
    in_office: str | None = None
    on_behalf_of: Iris = ()
    citation: Iris = ()


@dataclass(frozen=True, kw_only=True)
class Statement(Act):
    """What a source says that a party said."""

    cls = "Statement"
    text: str
    speaker: str | None = None
    on_behalf_of: Iris = ()
    mode: str | None = None
    cue: str | None = None
    addressee: Iris = ()
    made_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class Commitment(Act):
    """What a party undertakes to do."""

    cls = "Commitment"
    text: str
    committed_by: Iris = ()
    stated_by: str | None = None
    beneficiary: Iris = ()
    commitment_kind: str | None = None
    commitment_strength: str | None = None
    due: Edtf | None = None
    condition: str | None = None
    stated_in: str | None = None
    made_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUp(Act):
    """A dated judgement on what became of a commitment."""

    cls = "FollowUp"
    follows_up: str
    follow_up_status: str
    assessor: str | None = None
    evidence: Iris = ()


@dataclass(frozen=True, kw_only=True)
class MechanismStatus(Act):
    """What a source says of a standing mechanism."""

    cls = "MechanismStatus"
    mechanism: str
    mechanism_state: str | None = None


@dataclass(frozen=True, kw_only=True)
class TradeFlow(Act):
    """A figure on trade from one actor to another."""

    cls = "TradeFlow"
    exporter: str
    importer: str
    value: Decimal
    currency: str
    product: str | None = None
    product_code: str | None = None
    reporter: str | None = None
    flow: str | None = None
    approximate: bool | None = None
    estimated: bool | None = None
    valuation: str | None = None
    origin: str | None = None
    compiled_by: Iris = ()


@dataclass(frozen=True, kw_only=True)
class Event(Act):
    """What a coder says that one actor did to another."""

    cls = "Event"
    event_code: str
    initiator: str | None = None
    target: str | None = None
    initiator_name: str | None = None
    target_name: str | None = None
    goldstein: Decimal | None = None
    mentions: int | None = None
    reported: date | None = None
    takes_place_at: Iris = ()


@dataclass(frozen=True, kw_only=True)
class RollCall(Act):
    """A recorded vote of a forum."""

    cls = "RollCall"
    held_in: str
    resolution: str | None = None
    title: str | None = None
    topic: Iris = ()


@dataclass(frozen=True, kw_only=True)
class Vote(Record):
    """What one actor answered in a roll call."""

    cls = "Vote"
    voter: str
    roll_call: str
    option: str
    row: Strings = ()


@dataclass(frozen=True, kw_only=True)
class Agreement(Named):
    """A document that states sign or issue together."""

    cls = "Agreement"
    agreement_kind: str | None = None
    title: str | None = None


@dataclass(frozen=True, kw_only=True)
class AgreementAct(Act):
    """That parties signed, ratified, joined, issued or left an agreement."""

    cls = "AgreementAct"
    agreement: str
    agreement_action: str
    party: Iris = ()
    made_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class RelationAct(Act):
    """Recognition, establishment, interruption or resumption of relations; a mission opened or closed."""

    cls = "RelationAct"
    relation_action: str
    party: Iris = ()
