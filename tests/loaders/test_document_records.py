"""From what was found in a text to records, without reading a text."""

from typing import Any

import pytest

from kg import iris
from kg.extract.model import (
    ActorRef,
    CommitmentFound,
    Document,
    Extraction,
    Frame,
    InstrumentFound,
    MechanismFound,
    MeetingFound,
    StatementFound,
    TopicFound,
)
from kg.loaders.document import records
from kg.records import Record

TEXT = (
    "The two ministers met in Ottawa. Carney said trade matters. Both sides discussed energy. They signed a memorandum "
    "of understanding and a treaty. Canada will host the next round in 2031."
)
CARNEY = ActorRef("person", "Mark Carney", "CAN", "head-of-government", iri=iris.person("Mark Carney", "CAN"))
CHAN = ActorRef("person", "Chan", "CHN", "finance-minister", certain=False)
LEE = ActorRef("person", "Lee Example", "CHN", "finance-minister")


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def meeting(**about: Any) -> MeetingFound:
    given: dict[str, Any] = {
        "kind": "meeting",
        "status": "held",
        "states": ("CAN", "CHN"),
        "participants": (CARNEY, LEE),
        "span": at("The two ministers met in Ottawa"),
        "rule": "test",
        "date": "2030-05-02",
        "place": "Ottawa",
        "country": "CAN",
    }
    return MeetingFound(**(given | about))


def made(text: str = TEXT, **found: Any) -> dict[str, list[Any]]:
    extraction = Extraction(
        document=Document(text, id="k", published="2030-05-03", publisher="CAN"),
        frame=Frame("third-person", ("CAN", "CHN"), None),
        **found,
    )
    out: dict[str, list[Record]] = {}
    listed = records(extraction, iris.source("k"))
    assert len({r.iri for r in listed}) == len(listed), "each thing once"
    for record in listed:
        out.setdefault(record.cls, []).append(record)
    return out


def test_a_president_who_is_head_of_state_and_of_government_acts_in_that_office() -> None:
    biden = ActorRef("person", "Joe Biden", "USA", "president", iri=iris.person("Joe Biden", "USA"))
    found = made(meetings=(meeting(states=("CAN", "USA"), participants=(CARNEY, biden), date="2024-06-08"),))
    offices = {p.participant: p.in_office for p in found["Participation"]}
    assert offices[iris.person("Joe Biden", "USA")] == iris.office("USA", "head-of-state")


@pytest.mark.parametrize(
    ("state", "title", "office"),
    [
        ("NOR", "prime-minister", "head-of-government"),
        ("CHL", "president", "head-of-state"),
        ("CHL", "prime-minister", None),
        ("NOR", "president", None),
        ("IRN", "president", None),
    ],
)
def test_a_leader_whom_the_reference_data_lack_acts_in_the_office_told(
    state: str, title: str, office: str | None
) -> None:
    leader = ActorRef("person", "Ingrid Solheim", state, title)
    found = made(meetings=(meeting(states=("CAN", state), participants=(CARNEY, leader), date="2031-03-12"),))
    offices = {p.participant: p.in_office for p in found["Participation"]}
    assert offices[iris.person("Ingrid Solheim", state)] == (iris.office(state, office) if office else None)


def test_who_led_once_is_in_no_office() -> None:
    text = "Former Prime Minister Ola Norman of Norway met President Ada Sur of Chile in Oslo on 12 March 2031."
    one = ActorRef("person", "Ola Norman", "NOR", "prime-minister")
    other = ActorRef("person", "Ada Sur", "CHL", "president")
    found = made(text=text, meetings=(meeting(states=("CHL", "NOR"), participants=(one, other), date="2031-03-12"),))
    assert {iris.code_of(p.in_office) for p in found["Participation"] if p.in_office} == {"CHL.head-of-state"}


def test_participants_in_role_and_office() -> None:
    found = made(meetings=(meeting(),))
    host, guest = sorted(found["Participation"], key=lambda p: p.participant)
    assert (host.participant, host.in_office) == (
        iris.person("Mark Carney", "CAN"),
        iris.office("CAN", "head-of-government"),
    )
    assert host.participation_role == iris.concept("participation-role", "host")
    assert (guest.participant, guest.in_office) == (
        iris.person("Lee Example", "CHN"),
        iris.office("CHN", "finance-minister"),
    )
    assert guest.on_behalf_of == (iris.actor("CHN"),)
    (account,) = found["MeetingAccount"]
    assert account.takes_place_at == (iris.place("Ottawa", "CAN"),)
    assert account.concerns == (iris.relation("CAN", "CHN"),)


def test_in_a_third_country_nobody_is_host() -> None:
    found = made(meetings=(meeting(place="Seoul", country="KOR", forum="APEC"),))
    assert {p.participation_role for p in found["Participation"]} == {None}
    (account,) = found["MeetingAccount"]
    assert (account.host_country, account.on_margins_of) == (iris.actor("KOR"), iris.forum("APEC"))


def test_who_is_not_sure_stays_a_candidate() -> None:
    found = made(meetings=(meeting(participants=(CHAN,)),))
    (person,) = found["Person"]
    assert (person.iri, person.surname) == (iris.person("Chan", "k"), "Chan")


def test_two_meetings_told_by_the_same_words() -> None:
    found = made(meetings=(meeting(), meeting(states=("CAN", "JPN"), participants=())))
    assert [a.iri.rsplit("/", 1)[-1] for a in found["MeetingAccount"]] == ["k.0-31", "k.0-31.2"]


def test_forums_with_three_letters_are_no_states() -> None:
    (account,) = made(meetings=(meeting(states=("CAN", "WTO"), participants=()),))["MeetingAccount"]
    assert account.party == (iris.actor("CAN"), iris.forum("WTO"))


def said(speaker: ActorRef, words: str, **about: Any) -> StatementFound:
    return StatementFound(speaker, "indirect", at(words), "test", **about)


def test_speakers() -> None:
    state = ActorRef("state", "CAN", "CAN")
    both = ActorRef("group", "", members=(state, ActorRef("state", "CHN", "CHN")))
    found = made(
        meetings=(meeting(),),
        statements=(
            said(CARNEY, "trade matters"),
            said(state, "Carney said"),
            said(both, "Both sides discussed energy"),
        ),
    )
    by = {s.text: s for s in found["Statement"]}
    assert by["trade matters"].speaker == CARNEY.iri
    assert by["trade matters"].on_behalf_of == (iris.actor("CAN"),)
    assert (by["Carney said"].speaker, by["Carney said"].on_behalf_of) == (iris.actor("CAN"), ())
    joint = by["Both sides discussed energy"]
    assert (joint.speaker, joint.on_behalf_of) == (None, (iris.actor("CAN"), iris.actor("CHN")))
    (account,) = found["MeetingAccount"]
    assert all(s.made_at == account.iri and s.when.text == "2030-05-02" for s in found["Statement"])


@pytest.mark.parametrize(
    "meetings",
    [
        (),
        (meeting(status="planned"),),
        (meeting(date="2029-05-02"),),
        (meeting(date=None),),
        (meeting(), meeting(date="2030-05-01", span=at("Ottawa"))),
    ],
)
def test_where_it_was_said_is_left_open_when_it_is_not_plain(meetings: tuple[MeetingFound, ...]) -> None:
    (statement,) = made(meetings=meetings, statements=(said(CARNEY, "trade matters"),))["Statement"]
    assert (statement.made_at, statement.when.text) == (None, "2030-05-03")


def test_topics_go_to_the_words_that_hold_them_else_to_the_meeting() -> None:
    topics = (
        TopicFound("sector", "trade", (at("trade"),), "test"),
        TopicFound("sector", "energy", (at("energy"),), "test"),
    )
    found = made(meetings=(meeting(),), statements=(said(CARNEY, "trade matters"),), topics=topics)
    assert found["Statement"][0].about_sector == (iris.concept("sector", "trade"),)
    (account,) = found["MeetingAccount"]
    assert account.about_sector == (iris.concept("sector", "energy"),)
    cited = {s.exact for s in found["Span"] if s.iri in account.citation}
    assert "Both sides discussed energy." in cited


def test_commitments_in_their_statement() -> None:
    words = "Canada will host the next round in 2031"
    found = made(
        statements=(said(CARNEY, words),),
        commitments=(
            CommitmentFound(("CAN",), "unilateral", at("host the next round"), "test", "firm", "2031", speaker=CARNEY),
        ),
    )
    (commitment,) = found["Commitment"]
    assert commitment.stated_in == found["Statement"][0].iri
    assert (commitment.due.text, commitment.stated_by) == ("2031", CARNEY.iri)


def test_documents_and_mechanisms() -> None:
    both = ("CAN", "CHN")
    found = made(
        meetings=(meeting(),),
        instruments=(
            InstrumentFound("a memorandum of understanding", "memorandum", "signed", both, at("memorandum"), "t"),
            InstrumentFound("a treaty", "treaty", "planned", both, at("treaty"), "t"),
        ),
        mechanisms=(MechanismFound("the Joint Commission", both, "new", at("next round"), "t"),),
    )
    (act,) = found["AgreementAct"]
    assert act.agreement == iris.concept("agreement", "CAN-CHN.2030-05-02.memorandum-of-understanding")
    assert act.agreement_action == iris.concept("agreement-action", "signature")
    (status,) = found["MechanismStatus"]
    assert status.mechanism == found["Mechanism"][0].iri == iris.concept("mechanism", "CAN-CHN.joint-commission")
