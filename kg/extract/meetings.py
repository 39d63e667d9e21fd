"""Which words of a text tell of one encounter, and what they tell together."""

from dataclasses import replace

from kg.edtf import Edtf
from kg.errors import RecordError
from kg.extract.context import DocContext
from kg.extract.encounter_places import day_of
from kg.extract.encounter_words import Occurrence, parties_of
from kg.extract.encounters import Finder
from kg.extract.model import ActorRef, Candidate, MeetingFound

_OFF = {"postponed", "cancelled", "possible"}
_TALKS = {"meeting", "call", "summit"}


def find(ctx: DocContext) -> list[MeetingFound | Candidate]:
    """The encounters that a document reports, in the order of the text, each once."""
    merged: list[Occurrence] = []
    for occurrence in Finder(ctx).find():
        _settle(ctx, occurrence)
        known = next((m for m in _order(merged, occurrence) if _same(m, occurrence)), None)
        if known is None and occurrence.key == "back" and not _put_off(merged, occurrence):
            continue  # "the journey" points back to nothing
        if known is None:
            merged.append(occurrence)
        else:
            _join(known, occurrence)
    _inherit(ctx, merged)
    _from_lead(ctx, merged)
    merged = _fold(merged)
    out: list[MeetingFound | Candidate] = []
    for m in merged:
        people = tuple(_fullest(ctx, [*m.people, *m.guests]))
        states = m.states | parties_of(m.guests)
        if m.status == "possible":
            parties = tuple(sorted(m.states))
            out.append(
                Candidate("meeting", m.span, f"The text says of this {m.kind} only that it may be.", m.rule, parties)
            )
            continue
        out.append(
            MeetingFound(
                m.kind,
                m.status,
                tuple(sorted(states)),
                people,
                m.span,
                m.rule,
                m.date,
                m.place,
                m.country,
                m.forum,
                tuple(m.spans),
                m.host,
            )
        )
        doubtful = [p.name for p in people if not p.certain]
        if doubtful:
            out.append(Candidate("person", m.span, "it is not told for which party they act", m.rule, tuple(doubtful)))
    return out


def _put_off(merged: list[Occurrence], new: Occurrence) -> bool:
    """Whether "the trip will now take place in April" gives a new time to a visit that was put off."""
    known = next((m for m in merged if m.kind == new.kind and m.status == "postponed" and new.states <= m.states), None)
    if known is None or new.status != "planned" or new.date is None:
        return False
    new.visitor, new.country = known.visitor, new.country or known.country
    here = {p.party for p in new.people}
    new.people += [p for p in known.people if p.party == known.visitor and p.party not in here]
    new.states |= known.states
    return True


def _surname(name: str) -> str:
    """The last word of a name without the Arabic article, which papers leave out at the second naming."""
    return name.split()[-1].casefold().removeprefix("al-").removeprefix("el-")


def _order(merged: list[Occurrence], occurrence: Occurrence) -> list[Occurrence]:
    """Earlier encounters, those told nearest before first."""
    return sorted(merged, key=lambda m: (m.kind != occurrence.kind, -m.sentence))


def _settle(ctx: DocContext, o: Occurrence) -> None:
    """What the words around an occurrence add: the country of a named place."""
    if o.country is None and o.place is not None:
        o.country = ctx.gazetteer.state_of_place(o.place)
    if o.title and o.date is None and o.kind != "visit" and ctx.frame.kind in {"transcript", "third-person"}:
        o.assumed, o.exact = ctx.document.published, ctx.frame.kind == "transcript"
    first = o.title or (bool(ctx.body) and o.sentence == ctx.body[0].index)
    o.opening = first and ctx.frame.kind == "third-person"
    if o.kind == "visit" and o.opening and (o.date is None or o.loose_date):
        o.lead = ctx.document.published


def _names(people: list[ActorRef]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for person in people:
        out.setdefault(person.party, set()).add(_surname(person.name))
    return out


def _agree(one: Occurrence, other: Occurrence) -> bool:
    """Whether the people named for two encounters may be those of one."""
    a, b = _names(one.people), _names(other.people)
    return all(a[party] & b[party] for party in a.keys() & b.keys())


def _overlap(one: str | None, other: str | None) -> bool | None:
    """Whether two times may be one; None where one of them is not told."""
    if not one or not other:
        return None
    try:
        return Edtf.parse(one).overlaps(Edtf.parse(other))
    except RecordError:
        return None


def _near(one: str | None, other: str | None) -> bool:
    """Whether two days are at most a week apart: a report is published some days after the meeting in its title."""
    if not one or not other:
        return False
    try:
        a, b = Edtf.parse(one).exact, Edtf.parse(other).exact
    except RecordError:
        return False
    return a is not None and b is not None and abs((a - b).days) <= 7


def _same(known: Occurrence, new: Occurrence) -> bool:
    if {known.status, new.status} & _OFF and known.status != new.status:
        return False  # what was put off is not the one that took place
    if known.states != new.states and not (new.definite and not new.explicit and new.states <= known.states):
        return False
    if known.kind == "signing" or new.kind == "signing":
        return known.kind == new.kind and (known.key == new.key or not new.key)
    if "several" in {known.key, new.key}:  # recent visits by A and by B are none of those told elsewhere
        return False
    when = _overlap(known.date or known.assumed, new.date or new.assumed)
    if when is False and (known.date is None or new.date is None) and not known.exact and not new.exact:
        when = bool(_near(known.date or known.assumed, new.date or new.assumed))
    loose = (
        known.title
        or new.title
        or (new.definite and known.kind == new.kind and new.date is None and new.status == "held")
        or (new.definite and known.kind == new.kind and when is True)
    )
    if known.status != new.status and not loose:
        return False
    if when is False or not _agree(known, new):
        return False
    if known.country and new.country and known.country != new.country:
        return False
    if new.forum and known.forum != new.forum and not new.definite and not known.title and when is not True:
        return False
    if {known.kind, new.kind} == {"visit", "call"}:
        return False
    if "visit" in {known.kind, new.kind} and known.kind != new.kind:
        return _visit_and_meeting(known, new)
    if known.kind == new.kind == "visit":
        if known.visitor and new.visitor and known.visitor != new.visitor:
            return False
        return when is True or known.country is None or new.country is None or known.country == new.country
    if (
        known.kind != new.kind
        and "call" in {known.kind, new.kind}
        and new.explicit
        and not known.title
        and known.sentence != new.sentence
    ):
        return not new.date or when is True
    if known.place and new.place and known.place != new.place and known.country is None:
        return False
    if new.definite or known.title or new.title:
        return when is not None or not known.date or not new.date
    if when is True or known.sentence == new.sentence:
        return True
    if known.date is None and new.date is not None:
        return known.status == new.status and not _both_told(known, new)
    if new.date is None:
        return known.status == new.status
    return when is None


def _both_told(one: Occurrence, other: Occurrence) -> bool:
    return bool(one.place and other.place and one.place != other.place)


def _visit_and_meeting(known: Occurrence, new: Occurrence) -> bool:
    """A visit and a meeting are two where the meeting has a form, a day or people of its own."""
    meeting = known if known.kind != "visit" else new
    visit = new if meeting is known else known
    if known.sentence == new.sentence:
        return True
    if meeting.title and not visit.title:
        return visit.date is None or (meeting.date or meeting.assumed) in {visit.date, None}
    if visit is known and _near(meeting.date, visit.lead) and _overlap(visit.date, meeting.date) is not False:
        return meeting.kind in _TALKS
    if visit is known and known.opening and not new.title and new.date is None and not new.past:
        day = known.date is not None and len(known.date) == len("2026-01-16")
        held = known.status == new.status == "held"
        return day and held and new.kind in _TALKS and new.sentence - known.sentence <= 2
    if new.kind == "visit":
        return bool(new.definite and not new.explicit and new.date is None)
    if meeting.date and visit.date and meeting.date == visit.date:
        return True
    return bool(not meeting.explicit and meeting.date is None and meeting.place is None)


def _join(known: Occurrence, new: Occurrence) -> None:
    """Let an encounter know what a further mention tells."""
    stays = known.kind == "visit" and known.date and "-" in known.date[4:5] and len(known.date) > 9
    if _finer(new.date, known.date) and (known.loose_date or not stays):
        known.date, known.loose_date = new.date, new.loose_date
        if known.title or not known.explicit:
            known.status = new.status
    for person in new.people:
        same = [i for i, p in enumerate(known.people) if _surname(p.name) == _surname(person.name)]
        if same:
            if len(person.name) > len(known.people[same[0]].name):
                known.people[same[0]] = person
        else:
            known.people.append(person)
    leads = False
    opened = known.opening and known.kind == "visit" and known.sentence != new.sentence and new.kind in _TALKS
    if opened and (known.lead is None or new.date):
        known.kind, known.lead, leads = new.kind, None, True  # the visit of the heading is the meeting of the text
    if (leads or known.title) and not new.title and (new.explicit or new.date):
        known.status = new.status
        known.spans.append(known.span)
        known.span, known.rule, known.title = new.span, new.rule, False
        known.sentence = new.sentence
    else:
        known.spans.append(new.span)
    if "call" in {known.kind, new.kind} and known.kind != new.kind:
        known.kind = "call"
    if known.kind == "meeting" and new.kind == "visit" and new.visitor:
        known.kind = "visit" if known.sentence == new.sentence and not known.place else known.kind
    known.place, known.country = known.place or new.place, known.country or new.country
    known.forum = known.forum or new.forum
    known.visitor, known.host = known.visitor or new.visitor, known.host or new.host
    known.states |= new.states
    known.last = max(known.last, new.sentence)
    known.guests += [g for g in new.guests if all(_surname(p.name) != _surname(g.name) for p in known.guests)]
    known.explicit = known.explicit or new.explicit


def _finer(new: str | None, old: str | None) -> bool:
    if not new:
        return False
    if not old:
        return True
    try:
        one, other = Edtf.parse(new), Edtf.parse(old)
    except RecordError:
        return False
    if None in {one.earliest, one.latest, other.earliest, other.latest}:
        return False
    assert one.earliest and one.latest and other.earliest and other.latest
    return (one.latest - one.earliest) < (other.latest - other.earliest)


def _inherit(ctx: DocContext, merged: list[Occurrence]) -> None:
    """Times that follow from the frame: remarks made at a meeting, an undated encounter within a dated visit."""
    published = ctx.document.published
    spoken = ctx.frame.kind == "transcript" or (
        ctx.frame.kind == "first-person" and any(m.rule == "be here with" for m in merged)
    )
    for m in merged:
        if m.title and m.date is None and m.kind != "visit":
            if spoken or ctx.frame.kind in {"first-person", "third-person"}:
                m.date = published
            _here(ctx, m)
    if ctx.frame.kind == "transcript" and all(m.date != published for m in merged if m.kind in _TALKS):
        leaders = {a.name for a in ctx.frame.leaders}
        for m in merged:  # "we have had very good talks", said side by side
            if (
                m.kind == "meeting"
                and m.date is None
                and m.status == "held"
                and len(leaders) > 1
                and leaders <= {p.name for p in m.people}
            ):
                m.date = published
                break
    visits = [m for m in merged if m.kind == "visit" and m.date and "/" in m.date and not m.loose_date]
    for m in merged:
        if m.date is None and m.status == "planned" and m.kind in {"meeting", "signing"}:
            inside = [
                v for v in visits if v.states == m.states and v.status == m.status and abs(v.sentence - m.sentence) < 25
            ]
            inside = [v for v in inside if not (m.country and v.country and m.country != v.country)]
            if len(inside) == 1 and not m.forum:
                m.date = inside[0].date
                m.place = m.place or inside[0].place
                m.country = m.country or inside[0].country


def _from_lead(ctx: DocContext, merged: list[Occurrence]) -> None:
    """Days that a report tells without a time: of what its first sentence says was held, that of the dateline; of a
    signing, that of the talks told in the sentences before.
    """
    opened = day_of(ctx)
    for m in merged:
        if m.date is None and opened is not None and m.sentence == opened[0] and m.status == "held" and not m.title:
            m.date = opened[1] if m.kind in {*_TALKS, "signing"} else None
    for m in merged:
        told = m.rule == "verb: sign" or m.people  # not "welcomed the signing"
        if m.kind != "signing" or m.status != "held" or m.date is not None or m.past or not told:
            continue
        before = [k for k in merged if k.kind != "signing" and k.status == "held" and m.states <= k.states and k.date]
        near = [k for k in before if 0 <= m.sentence - max(k.sentence, k.last) <= 2]
        recent = [k for k in before if k.sentence < m.sentence and _near(k.date, ctx.document.published)]
        near = near or (recent if len({k.date for k in recent}) == 1 else [])
        if near:
            talks = max(near, key=lambda k: max(k.sentence, k.last))
            m.date, m.place, m.country = talks.date, m.place or talks.place, m.country or talks.country


def _here(ctx: DocContext, m: Occurrence) -> None:
    """Place and forum of remarks: "here in this city of Hangzhou", "the East Asia Summit here today"."""
    for sentence in ctx.sentences:
        for token in sentence.span:
            if token.lower_ != "here":
                continue
            after = range(token.i, min(token.i + 8, sentence.span.end))
            for i in after:
                hit = ctx.places.get((sentence.paragraph.index, i))
                if hit is not None and m.place is None and hit[0] != "state":
                    m.place, m.country = hit[2], m.country or hit[1] or None
                elif hit is not None and hit[0] == "state":
                    m.country = m.country or hit[1]
            for i in range(max(token.i - 4, sentence.span.start), token.i):
                actor = ctx.who(sentence.paragraph, sentence.paragraph.doc[i])
                if actor is not None and actor.kind == "organisation" and m.forum is None:
                    m.forum = actor.party
            return


def _fold(merged: list[Occurrence]) -> list[Occurrence]:
    """Drop what later mentions have shown to be one with another: titles and visits within a visit."""
    out: list[Occurrence] = []
    for m in merged:
        twin = next(
            (
                k
                for k in out
                if k.states == m.states
                and k.kind == m.kind == "visit"
                and k.visitor == m.visitor
                and _inside(m.date, k.date)
                and _agree(k, m)
            ),
            None,
        )
        if twin is not None:
            twin.spans.append(m.span)
            continue
        out.append(m)
    return out


def _inside(one: str | None, other: str | None) -> bool:
    return bool(one and other and _overlap(one, other))


def _fullest(ctx: DocContext, people: list[ActorRef]) -> list[ActorRef]:
    out: list[ActorRef] = []
    for person in people:
        if all(p.name != person.name for p in out):
            out.append(replace(person))
    return sorted(out, key=lambda p: (p.party, p.name))
