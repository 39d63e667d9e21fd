"""From what was found in a text to records: who met, said, undertook, traded and signed, each with its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from kg import iris
from kg.edtf import Edtf
from kg.extract.model import (
    ActorRef,
    CommitmentFound,
    Extraction,
    FlowFound,
    InstrumentFound,
    MechanismFound,
    MeetingFound,
    StatementFound,
    TopicFound,
)
from kg.extract.model import Candidate as Doubt
from kg.loaders import known
from kg.loaders.writing import Writing, bare_name, dated, is_actor, last_part, lies_in
from kg.records import (
    Agreement,
    AgreementAct,
    Candidate,
    Commitment,
    Mechanism,
    MechanismStatus,
    MeetingAccount,
    Participation,
    Record,
    Statement,
    TradeFlow,
)
from kg.texts import sentence_around

__all__ = ["records"]

# A text reports what was said at a meeting that ended at most so long before it was published.
_NEWS = timedelta(days=10)
_ACTIONS = {"signed": "signature", "issued": "issue", "in-force": "entry-into-force"}
_AGREEMENT_KINDS = {
    "treaty": "treaty",
    "memorandum": "memorandum",
    "joint-statement": "joint-statement",
    "declaration": "declaration",
    "plan": "action-plan",
    "exchange-of-letters": "exchange-of-notes",
    "contract": "contract",
}
# What a doubt is about, as the class of what it would become.
_SUGGESTS = {
    "statement": "Statement",
    "person": "Participation",
    "meeting": "MeetingAccount",
    "commitment": "Commitment",
}
_TALKS = {"meeting", "call", "summit", "margins"}


def records(found: Extraction, source: str) -> list[Record]:
    """The records of what was found in a text, of the source of that IRI; the source's own record is not among them.

    The same extraction always gives the same records in the same order.
    """
    return _Writer(found, source).all()


@dataclass
class _Account:
    found: MeetingFound
    iri: str
    when: Edtf | None
    record: MeetingAccount | None = None
    about: dict[str, list[str]] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)


class _Writer(Writing):
    """Writes the records of one extraction."""

    def __init__(self, found: Extraction, source: str) -> None:
        super().__init__(found.document.text, source)
        self.found = found
        self.published = dated(found.document.published)
        self.spoken: list[tuple[tuple[int, int], str]] = []

    def all(self) -> list[Record]:
        accounts = [
            _Account(m, self._owned("account", m.span), dated(m.date), spans=[m.span, *m.spans])
            for m in self.found.meetings
            if len(set(m.states)) > 1
        ]
        main = self._main(accounts)
        uncovered = self._uncovered()
        if main is not None:
            self._attach(main, uncovered)
        for account in accounts:
            self._meeting(account)
        for said in self.found.statements:
            self._statement(said, accounts)
        for undertaken in self.found.commitments:
            self._commitment(undertaken, accounts)
        for figure in self.found.flows:
            self._flow(figure)
        for body in self.found.mechanisms:
            self._mechanism(body)
        for paper in self.found.instruments:
            self._instrument(paper, accounts)
        for doubt in self.found.candidates:
            self._candidate(doubt)
        return [*self.people.records(), *self.out.values()]

    # --- met ------------------------------------------------------------------------------------------------

    def _meeting(self, account: _Account) -> None:
        m = account.found
        place = self._place(m.place, m.country)
        about = account.about
        self._add(
            MeetingAccount(
                iri=account.iri,
                when=account.when,
                concerns=self._concerns(m.states),
                about_sector=tuple(about.get("sector", ())),
                about_forum=tuple(about.get("forum", ())),
                about_principle=tuple(about.get("principle", ())),
                citation=tuple(self._span(s) for s in dict.fromkeys(account.spans)),
                rule=m.rule,
                party=tuple(known.party(code) for code in m.states),
                meeting_kind=iris.concept("meeting-kind", m.kind),
                meeting_status=iris.concept("meeting-status", m.status),
                takes_place_at=(place,) if place else (),
                host_country=known.party(m.country) if m.country else None,
                on_margins_of=iris.forum(m.forum) if m.forum else None,
            )
        )
        host = m.host or (m.country if m.country in m.states and m.kind != "call" else None)
        for person in m.participants:
            self._participation(account, person, host)

    def _participation(self, account: _Account, person: ActorRef, host: str | None) -> None:
        who = self.people.iri(person)
        if who is None:
            return
        party = person.party if person.party in account.found.states else ""
        role = None
        if host in account.found.states and party:
            role = iris.concept("participation-role", "host" if party == host else "guest")
        part = f"{last_part(account.iri, self.key)}.{iris.code_of(who).split('.', 1)[-1]}"
        self._add(
            Participation(
                iri=self._unique(iris.owned("participation", self.key, part)),
                participant=who,
                participation_in=account.iri,
                participation_role=role,
                in_office=self.people.office(person, account.when or self.published)
                or known.told_office(person, party, self.text),
                on_behalf_of=(known.party(party),) if party else (),
                citation=(self._span(account.found.span),),
            )
        )

    def _main(self, accounts: Sequence[_Account]) -> _Account | None:
        """The meeting that the text is about: the one held just before it, else the first between its parties."""
        parties = set(self.found.frame.parties)
        about = [a for a in accounts if not parties or set(a.found.states) & parties]
        return self._just_held(about) or (about[0] if about else None)

    def _just_held(self, accounts: Sequence[_Account]) -> _Account | None:
        """The one meeting that was held in the days before the text was published; None when that is not plain."""
        if self.published is None or self.published.latest is None:
            return None
        last = self.published.latest
        recent = [
            a
            for a in accounts
            if a.found.status == "held"
            and a.when is not None
            and a.when.earliest is not None
            and a.when.latest is not None
            and a.when.earliest <= last
            and last - a.when.latest <= _NEWS
            and a.when.latest - a.when.earliest <= _NEWS
        ]
        talks = [a for a in recent if a.found.kind in _TALKS]
        chosen = talks or recent
        return chosen[0] if len(chosen) == 1 else None

    def _made_at(self, parties: Iterable[str], accounts: Sequence[_Account]) -> _Account | None:
        parties = set(parties)
        return self._just_held([a for a in accounts if parties & set(a.found.states)]) if parties else None

    # --- said, undertook ------------------------------------------------------------------------------------

    def _statement(self, said: StatementFound, accounts: Sequence[_Account]) -> None:
        speaker = said.speaker
        parties = tuple(said.on_behalf_of.split("+")) if said.on_behalf_of else speaker.parties
        one = None if speaker.kind == "group" else self.people.iri(speaker)
        behalf = tuple(known.party(code) for code in parties)
        if one is None and not behalf:
            return
        if one in behalf:
            behalf = ()
        made_at = self._made_at(parties, accounts)
        iri = self._owned("statement", said.span)
        topics = self._topics(said.span)
        named = [code for code in said.about if code not in parties]
        words = said.words or said.span
        self.spoken.append((said.span, iri))
        self._add(
            Statement(
                iri=iri,
                when=made_at.when if made_at else self.published,
                concerns=self._concerns(self._pair(parties, named)),
                about_sector=_concepts("sector", said.sectors, topics),
                about_forum=_concepts("forum", [*said.forums, *(c for c in named if not is_actor(c))], topics),
                about_actor=tuple(known.party(c) for c in named if is_actor(c)),
                about_principle=_concepts("principle", said.principles, topics),
                citation=(self._span(words),),
                rule=said.rule,
                text=self.text[slice(*words)],
                speaker=one,
                on_behalf_of=behalf,
                mode=iris.concept("statement-mode", said.mode),
                cue=said.cue or None,
                addressee=self.people.iris(said.addressee) if said.addressee else (),
                made_at=made_at.iri if made_at else None,
            )
        )

    def _commitment(self, undertaken: CommitmentFound, accounts: Sequence[_Account]) -> None:
        speaker = undertaken.speaker
        made_at = self._made_at(undertaken.by, accounts)
        topics = self._topics(undertaken.span)
        start, end = undertaken.span
        within = [iri for (a, b), iri in self.spoken if a <= start and end <= b]
        self._add(
            Commitment(
                iri=self._owned("commitment", undertaken.span),
                when=made_at.when if made_at else self.published,
                concerns=self._concerns(self._pair(undertaken.by, ())),
                about_sector=_concepts("sector", undertaken.sectors, topics),
                about_forum=_concepts("forum", undertaken.forums, topics),
                about_principle=_concepts("principle", (), topics),
                citation=(self._span(undertaken.span),),
                rule=undertaken.rule,
                text=self.text[start:end],
                committed_by=tuple(known.party(code) for code in undertaken.by),
                stated_by=self.people.iri(speaker) if speaker and speaker.kind != "group" else None,
                commitment_kind=iris.concept("commitment-kind", undertaken.kind),
                commitment_strength=iris.concept("commitment-strength", s) if (s := undertaken.strength) else None,
                due=dated(undertaken.due),
                condition=undertaken.condition or None,
                stated_in=within[0] if within else None,
                made_at=made_at.iri if made_at else None,
            )
        )

    def _pair(self, parties: Iterable[str], named: Sequence[str]) -> tuple[str, ...]:
        """The pair between which stands what `parties` say, naming others; empty when it is not plain."""
        own = sorted(set(parties))
        if len(own) == 2:
            return tuple(own)
        frame = self.found.frame.parties
        if len(own) == 1:
            if len(frame) == 2 and own[0] in frame:
                return frame
            others = {code for code in named if is_actor(code)}
            if len(others) == 1:
                return tuple(sorted({*own, *others}))
        return ()

    # --- traded, stands, signed -----------------------------------------------------------------------------

    def _flow(self, figure: FlowFound) -> None:
        chain = []
        for name in figure.origins:
            iri, record = known.publisher(name)
            if record is not None:
                self._add(record)
            chain.append(iri)
        self._add(
            TradeFlow(
                iri=self._owned("flow", figure.span),
                when=dated(figure.period) or dated(str(figure.year) if figure.year else None),
                concerns=self._concerns((figure.exporter, figure.importer)),
                citation=(self._span(figure.span),),
                rule=figure.rule,
                exporter=known.party(figure.exporter),
                importer=known.party(figure.importer),
                value=Decimal(str(figure.value)),
                currency=figure.currency,
                product=figure.product,
                approximate=figure.approximate,
                origin=chain[0] if chain else None,
                compiled_by=tuple(chain[1:]),
            )
        )

    def _mechanism(self, body: MechanismFound) -> None:
        name = bare_name(body.name)
        codes = "-".join(sorted(body.states)) if 0 < len(body.states) <= 4 else self.key
        iri = iris.concept("mechanism", f"{codes}.{iris.fold(name)}")
        self._add(
            Mechanism(iri=iri, name=name, mechanism_of=tuple(known.party(c) for c in body.states))  # type: ignore[arg-type]
        )
        self._add(
            MechanismStatus(
                iri=self._owned("mechanism-status", body.span),
                when=self.published,
                concerns=self._concerns(body.states),
                citation=(self._span(body.span),),
                rule=body.rule,
                mechanism=iri,
                mechanism_state=iris.concept("mechanism-state", body.status),
            )
        )

    def _instrument(self, paper: InstrumentFound, accounts: Sequence[_Account]) -> None:
        action = _ACTIONS.get(paper.status)
        if action is None or not paper.states:
            return
        made_at = self._made_at(paper.states, accounts) if action != "entry-into-force" else None
        when = dated(paper.date) or (made_at.when if made_at else None)
        name = bare_name(paper.name)
        codes = "-".join(sorted(set(paper.states)))
        if when is None or when.exact is None or len(paper.states) > 4:
            part = f"{self.key}.{paper.span[0]}-{paper.span[1]}"
        elif paper.kind == "joint-statement":
            part = f"{codes}.{when.text}.joint-statement"  # two of one day between the same parties are one
        else:
            part = f"{codes}.{when.text}.{iris.fold(name)}"
        kind = _AGREEMENT_KINDS.get(paper.kind)
        agreement = Agreement(
            iri=iris.concept("agreement", part),
            name=f"{name[:1].upper()}{name[1:]}",  # type: ignore[arg-type]
            agreement_kind=iris.concept("agreement-kind", kind) if kind else None,
        )
        self._add(agreement)
        self._add(
            AgreementAct(
                iri=self._owned("agreement-act", paper.span),
                when=when,
                concerns=self._concerns(paper.states),
                citation=(self._span(paper.span),),
                rule=paper.rule,
                agreement=agreement.iri,
                agreement_action=iris.concept("agreement-action", action),
                party=tuple(known.party(code) for code in paper.states),
                made_at=made_at.iri if made_at else None,
            )
        )

    def _candidate(self, doubt: Doubt) -> None:
        named = ", ".join(doubt.values)
        self._add(
            Candidate(
                iri=self._owned("candidate", doubt.span),
                suggests=_SUGGESTS.get(doubt.what, "Act"),
                reason=f"{named}: {doubt.reason}" if named else doubt.reason,
                rule=doubt.rule,
                citation=(self._span(doubt.span),),
            )
        )

    # --- about what -----------------------------------------------------------------------------------------

    def _topics(self, span: tuple[int, int]) -> list[TopicFound]:
        return [t for t in self.found.topics if any(lies_in(s, span) for s in t.spans)]

    def _uncovered(self) -> list[tuple[TopicFound, tuple[int, int]]]:
        """Topics that no statement or commitment is about, each with the sentence that names it first."""
        acts = [*(s.span for s in self.found.statements), *(c.span for c in self.found.commitments)]
        said = {("sector", k) for s in self.found.statements for k in s.sectors}
        said |= {("forum", k) for s in self.found.statements for k in s.forums}
        said |= {("principle", k) for s in self.found.statements for k in s.principles}
        out = []
        for topic in self.found.topics:
            if (topic.scheme, topic.id) in said or any(lies_in(t, act) for t in topic.spans for act in acts):
                continue
            if topic.spans:
                out.append((topic, sentence_around(self.text, *topic.spans[0])))
        return out

    def _attach(self, account: _Account, topics: Iterable[tuple[TopicFound, tuple[int, int]]]) -> None:
        for topic, sentence in topics:
            account.about.setdefault(topic.scheme, []).append(_topic(topic.scheme, topic.id))
            account.spans.append(sentence)


def _topic(scheme: str, key: str) -> str:
    return iris.forum(key) if scheme == "forum" else iris.concept(scheme, key)


def _concepts(scheme: str, given: Sequence[str], topics: Iterable[TopicFound]) -> tuple[str, ...]:
    keys = dict.fromkeys([*given, *(t.id for t in topics if t.scheme == scheme)])
    return tuple(_topic(scheme, key) for key in sorted(keys))
