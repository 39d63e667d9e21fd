"""From what was found in a text to records: who met, said, undertook, traded and signed, each with its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from kg import iris
from kg.edtf import Edtf
from kg.errors import RecordError
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
from kg.loaders import known
from kg.loaders.people import People
from kg.records import (
    Agreement,
    AgreementAct,
    Commitment,
    Mechanism,
    MechanismStatus,
    MeetingAccount,
    Participation,
    Place,
    Record,
    Relation,
    Span,
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


class _Writer:
    """Writes the records of one extraction."""

    def __init__(self, found: Extraction, source: str) -> None:
        self.found = found
        self.source = source
        self.key = iris.code_of(source)
        self.text = found.document.text
        self.published = _date(found.document.published)
        self.people = People(self.key)
        self.out: dict[str, Record] = {}
        self.taken: set[str] = set()
        self.spoken: list[tuple[tuple[int, int], str]] = []

    def all(self) -> list[Record]:
        accounts = [
            _Account(m, self._owned("account", m.span), _date(m.date), spans=[m.span, *m.spans])
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
        part = f"{_last(account.iri, self.key)}.{iris.code_of(who).split('.', 1)[-1]}"
        self._add(
            Participation(
                iri=self._unique(iris.owned("participation", self.key, part)),
                participant=who,
                participation_in=account.iri,
                participation_role=role,
                in_office=self.people.office(person, account.when or self.published),
                on_behalf_of=(known.party(party),) if party else (),
                citation=(self._span(account.found.span),),
            )
        )

    def _place(self, name: str | None, state: str | None) -> str | None:
        if not name:
            return None
        bare = name.removeprefix("the ").removeprefix("The ").strip()
        place = known.known_place(bare, state) or known.known_place(name, state)
        if place is not None:
            self._add(Place(iri=place.iri, name=place.name, in_state=place.state))  # type: ignore[arg-type]
            return place.iri
        if not bare:
            return None
        iri = iris.place(bare, state)
        self._add(Place(iri=iri, name=bare, in_state=known.party(state) if state else None))  # type: ignore[arg-type]
        return iri

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
        self.spoken.append((said.span, iri))
        self._add(
            Statement(
                iri=iri,
                when=made_at.when if made_at else self.published,
                concerns=self._concerns(self._pair(parties, named)),
                about_sector=_concepts("sector", said.sectors, topics),
                about_forum=_forums([*said.forums, *(c for c in named if not _is_actor(c))], topics),
                about_actor=tuple(known.party(c) for c in named if _is_actor(c)),
                about_principle=_concepts("principle", said.principles, topics),
                citation=(self._span(said.span),),
                rule=said.rule,
                text=self.text[slice(*said.span)],
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
                about_forum=_forums(undertaken.forums, topics),
                about_principle=_concepts("principle", (), topics),
                citation=(self._span(undertaken.span),),
                rule=undertaken.rule,
                text=self.text[start:end],
                committed_by=tuple(known.party(code) for code in undertaken.by),
                stated_by=self.people.iri(speaker) if speaker and speaker.kind != "group" else None,
                commitment_kind=iris.concept("commitment-kind", undertaken.kind),
                commitment_strength=iris.concept("commitment-strength", s) if (s := undertaken.strength) else None,
                due=_date(undertaken.due),
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
            others = {code for code in named if _is_actor(code)}
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
                when=_date(figure.period) or _date(str(figure.year) if figure.year else None),
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
        name = _bare(body.name)
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
        when = _date(paper.date) or (made_at.when if made_at else None)
        name = _bare(paper.name)
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

    # --- about what -----------------------------------------------------------------------------------------

    def _topics(self, span: tuple[int, int]) -> list[TopicFound]:
        return [t for t in self.found.topics if any(_within(s, span) for s in t.spans)]

    def _uncovered(self) -> list[tuple[TopicFound, tuple[int, int]]]:
        """Topics that no statement or commitment is about, each with the sentence that names it first."""
        acts = [*(s.span for s in self.found.statements), *(c.span for c in self.found.commitments)]
        said = {("sector", k) for s in self.found.statements for k in s.sectors}
        said |= {("forum", k) for s in self.found.statements for k in s.forums}
        said |= {("principle", k) for s in self.found.statements for k in s.principles}
        out = []
        for topic in self.found.topics:
            if (topic.scheme, topic.id) in said or any(_within(t, act) for t in topic.spans for act in acts):
                continue
            if topic.spans:
                out.append((topic, sentence_around(self.text, *topic.spans[0])))
        return out

    def _attach(self, account: _Account, topics: Iterable[tuple[TopicFound, tuple[int, int]]]) -> None:
        for topic, sentence in topics:
            make = iris.forum if topic.scheme == "forum" else lambda key, s=topic.scheme: iris.concept(s, key)
            account.about.setdefault(topic.scheme, []).append(make(topic.id))
            account.spans.append(sentence)

    # --- names ----------------------------------------------------------------------------------------------

    def _add(self, record: Record) -> None:
        self.out.setdefault(record.iri, record)

    def _span(self, span: tuple[int, int]) -> str:
        record = Span.of(self.source, self.text, *span)
        self._add(record)
        return record.iri

    def _concerns(self, codes: Iterable[str]) -> tuple[str, ...]:
        pair = sorted(set(codes))
        if len(pair) != 2:
            return ()
        relation = Relation.between(known.party(pair[0]), known.party(pair[1]))
        self._add(relation)
        return (relation.iri,)

    def _owned(self, kind: str, span: tuple[int, int]) -> str:
        return self._unique(iris.owned(kind, self.key, f"{span[0]}-{span[1]}"))

    def _unique(self, iri: str) -> str:
        """`iri`, with a number where the same words already stand for another thing of its kind."""
        wanted, number = iri, 1
        while wanted in self.taken:
            number += 1
            wanted = f"{iri}.{number}"
        self.taken.add(wanted)
        return wanted


def _date(text: str | None) -> Edtf | None:
    if not text:
        return None
    try:
        return Edtf.parse(text)
    except RecordError:
        return None


def _is_actor(code: str) -> bool:
    return known.party(code).startswith(iris.BASE + "actor/")


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _last(iri: str, key: str) -> str:
    return iris.code_of(iri).removeprefix(key + ".")


def _bare(name: str) -> str:
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in {"a", "an", "the"} else words)


def _concepts(scheme: str, given: Sequence[str], topics: Iterable[TopicFound]) -> tuple[str, ...]:
    keys = dict.fromkeys([*given, *(t.id for t in topics if t.scheme == scheme)])
    return tuple(iris.concept(scheme, key) for key in sorted(keys))


def _forums(given: Sequence[str], topics: Iterable[TopicFound]) -> tuple[str, ...]:
    keys = dict.fromkeys([*given, *(t.id for t in topics if t.scheme == "forum")])
    return tuple(iris.forum(key) for key in sorted(keys))
