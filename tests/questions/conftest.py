"""A small world with readouts of both sides, agreement, disagreement and tables, in a real project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import iris, records
from kg.graph import Graph
from kg.project import Project
from tests.questions.writer import Writer

CAN, CHN, IND, KOR, USA = (iris.actor(c) for c in ("CAN", "CHN", "IND", "KOR", "USA"))
XI, CARNEY, MODI = (
    iris.person(n, s) for n, s in (("Xi Jinping", "CHN"), ("Mark Carney", "CAN"), ("Narendra Modi", "IND"))
)
BEIJING, GYEONGJU, DELHI, OTTAWA = (
    iris.place(n, s) for n, s in (("Beijing", "CHN"), ("Gyeongju", "KOR"), ("New Delhi", "IND"), ("Ottawa", "CAN"))
)
G20, APEC = iris.forum("G20"), iris.forum("APEC")
HOS, HOG = (lambda c: iris.office(c, "head-of-state")), (lambda c: iris.office(c, "head-of-government"))


def sector(key: str) -> str:
    return iris.concept("sector", key)


CANADA_SAYS = (
    "Prime Minister Mark Carney met President Xi Jinping in Beijing today. "
    'Mr Carney said that Canada "wants a fair market for canola". '
    "The Prime Minister stressed that clean energy is a field where both can gain. "
    "Canada will open a trade office in Chengdu by June 2026. "
    "The two leaders agreed to hold energy talks every year. "
    "They look forward to meeting again at the G20."
)
CHINA_SAYS = (
    "President Xi Jinping met the Prime Minister of Canada, Mark Carney, in Beijing on 16 January 2026. "
    'Xi said that trade between the two "should not be a weapon". '
    "Canada reaffirmed the one-China policy, he noted. "
    "The two sides agreed to hold energy talks every year by the end of 2027. "
    "Xi called for cooperation within APEC."
)
NEWS = (
    "The meeting follows one in Gyeongju last October, where Xi Jinping and Mark Carney spoke on the margins of APEC. "
    "Xi has often praised multilateralism as the only way forward. "
    "Canadian exports to China were worth about 21.1 billion dollars in 2024."
)
AGENCY = (
    "Carney and Xi met in Gyeongju on 31 October 2025. "
    "Carney called the talks on trade constructive. "
    "Canadian exports to China came to 22 billion dollars in 2024."
)
LATER = "The trade office in Chengdu opened its doors on 20 May. Delhi: Carney met Narendra Modi on 10 February 2026."
DOUBTER = "No office in Chengdu has been opened, officials admit. Carney and Modi met in New Delhi on 11 February 2026."
PLAN = "Carney and Xi will meet in Ottawa on 3 September 2026."
OFF = "The meeting of Carney and Xi in Ottawa on 3 September 2026 has been called off."


PAIR = (iris.relation("CAN", "CHN"),)
BOTH = {"a": "Canada", "b": "China"}  # as a question is asked
AT_THE_TOP = {XI: HOS("CHN"), CARNEY: HOG("CAN")}


def readout_of_canada(key: str, published: str) -> Writer:
    pair, at_the_top = PAIR, AT_THE_TOP
    ours = Writer(key, CANADA_SAYS, published, "Prime Minister of Canada", "government", CAN)
    met = ours.meet(CANADA_SAYS[:70], [CAN, CHN], "2026-01-16", at_the_top, takes_place_at=(BEIJING,), host_country=CHN)
    said = {"made_at": met, "concerns": pair, "when": "2026-01-16"}
    ours.add(
        "Statement",
        "wants a fair market for canola",
        speaker=CARNEY,
        on_behalf_of=(CAN,),
        addressee=(XI,),
        about_sector=(sector("agriculture"), sector("trade")),
        **said,
    )
    ours.add(
        "Statement",
        "clean energy is a field where both can gain",
        speaker=CARNEY,
        on_behalf_of=(CAN,),
        about_sector=(sector("energy"),),
        **said,
    )
    ours.add(
        "Statement",
        "They look forward to meeting again at the G20",
        on_behalf_of=(CAN, CHN),
        about_forum=(G20,),
        **said,
    )
    ours.add(
        "Commitment",
        "Canada will open a trade office in Chengdu by June 2026",
        committed_by=(CAN,),
        due="2026-06",
        about_sector=(sector("trade"),),
        commitment_kind=iris.concept("commitment-kind", "unilateral"),
        commitment_strength=iris.concept("commitment-strength", "firm"),
        **said,
    )
    ours.add(
        "Commitment",
        "agreed to hold energy talks every year",
        committed_by=(CAN, CHN),
        due="2026",
        about_sector=(sector("energy"),),
        commitment_kind=iris.concept("commitment-kind", "joint"),
        **said,
    )

    return ours


def sources() -> list[Writer]:
    """Everything that is loaded."""
    pair, at_the_top = PAIR, AT_THE_TOP
    modi = {CARNEY: HOG("CAN"), MODI: HOG("IND")}
    ours = readout_of_canada("canada-readout", "2026-01-16")
    copy = readout_of_canada("canada-readout-again", "2026-01-18")
    office = ours.own("commitment", "Canada will open a trade office in Chengdu by June 2026")

    theirs = Writer(
        "china-readout", CHINA_SAYS, "2026-01-17", "Ministry of Foreign Affairs of China", "government", CHN
    )
    met = theirs.meet(
        CHINA_SAYS[:98], [CAN, CHN], "2026-01-16", at_the_top, takes_place_at=(BEIJING,), host_country=CHN
    )
    said = {"made_at": met, "concerns": pair, "when": "2026-01-16"}
    theirs.add(
        "Statement",
        "should not be a weapon",
        speaker=XI,
        on_behalf_of=(CHN,),
        addressee=(CARNEY,),
        about_sector=(sector("trade"),),
        **said,
    )
    theirs.add(
        "Statement",
        "Canada reaffirmed the one-China policy",
        speaker=XI,
        on_behalf_of=(CHN,),
        about_principle=(iris.concept("principle", "one-china"),),
        **said,
    )
    theirs.add(
        "Statement",
        "cooperation within APEC",
        speaker=XI,
        on_behalf_of=(CHN,),
        about_forum=(APEC,),
        **said,
    )
    theirs.add(
        "Commitment",
        "agreed to hold energy talks every year by the end of 2027",
        committed_by=(CAN, CHN),
        due="2027-12-31",
        about_sector=(sector("energy"),),
        commitment_kind=iris.concept("commitment-kind", "joint"),
        **said,
    )

    news = Writer("state-news", NEWS, "2026-01-16", "Morning Post of the State", "state-media", CHN)
    news.meet(
        "one in Gyeongju last October",
        [CAN, CHN],
        "2025-10",
        at_the_top,
        takes_place_at=(GYEONGJU,),
        host_country=KOR,
        on_margins_of=APEC,
    )
    news.add(
        "Statement",
        "praised multilateralism as the only way forward",
        speaker=XI,
        on_behalf_of=(CHN,),
        concerns=pair,
        about_principle=(iris.concept("principle", "multilateralism"),),
    )
    trade = {"exporter": CAN, "importer": CHN, "currency": "USD", "product": "total", "when": "2024", "concerns": pair}
    news.add("TradeFlow", "about 21.1 billion dollars in 2024", value="21100000000", approximate=True, **trade)

    agency = Writer("agency", AGENCY, "2025-11-01", "Free Agency", "press", USA)
    met = agency.meet(
        "Carney and Xi met in Gyeongju on 31 October 2025",
        [CAN, CHN],
        "2025-10-31",
        at_the_top,
        takes_place_at=(GYEONGJU,),
        host_country=KOR,
    )
    agency.add(
        "Statement",
        "called the talks on trade constructive",
        text="talks on trade constructive",
        speaker=CARNEY,
        on_behalf_of=(CAN,),
        about_sector=(sector("trade"),),
        made_at=met,
        concerns=pair,
        when="2025-10-31",
    )
    agency.add("TradeFlow", "came to 22 billion dollars in 2024", value="22000000000", **trade)

    later = Writer("later", LATER, "2026-05-21", "Daily Lantern", "press", CAN)
    later.add(
        "FollowUp",
        "The trade office in Chengdu opened its doors",
        follows_up=office,
        when="2026-05-20",
        follow_up_status=iris.concept("follow-up-status", "kept"),
        assessor="Daily Lantern",
    )
    later.meet("Carney met Narendra Modi on 10 February 2026", [CAN, IND], "2026-02-10", modi, takes_place_at=(DELHI,))

    doubter = Writer("doubter", DOUBTER, "2026-07-01", "Evening Doubter", "press", USA)
    doubter.add(
        "FollowUp",
        "No office in Chengdu has been opened",
        follows_up=office,
        when="2026-06-30",
        follow_up_status=iris.concept("follow-up-status", "broken"),
        assessor="Evening Doubter",
    )
    doubter.meet(
        "Carney and Modi met in New Delhi on 11 February 2026", [CAN, IND], "2026-02-11", modi, takes_place_at=(DELHI,)
    )

    plan = Writer("plan", PLAN, "2026-06-01", "Daily Lantern", "press", CAN)
    plan.meet(
        PLAN[:-1],
        [CAN, CHN],
        "2026-09-03",
        at_the_top,
        takes_place_at=(OTTAWA,),
        meeting_status=iris.concept("meeting-status", "planned"),
    )
    off = Writer("off", OFF, "2026-08-01", "Free Agency", "press", USA)
    off.meet(
        OFF[:-1],
        [CAN, CHN],
        "2026-09-03",
        at_the_top,
        takes_place_at=(OTTAWA,),
        meeting_status=iris.concept("meeting-status", "cancelled"),
    )
    return [
        ours,
        theirs,
        copy,
        news,
        agency,
        later,
        doubter,
        plan,
        off,
        tables(),
        events(),
        votes(),
        agreements(),
        figures(),
    ]


def tables() -> Writer:
    """What tables bring: visits, memberships, tenures by row."""
    table = Writer("visits-table", None, "2026-03-01", "Institute of Visits", "data-set")
    table.meet("v1", [CHN, IND], "2026-02-20", {XI: HOS("CHN"), MODI: HOG("IND")}, takes_place_at=(BEIJING,))
    table.meet("v2", [IND, KOR, CHN, CAN], "2024-05-05", {})
    for code, when in (("CAN", "1999/.."), ("CHN", "1999/2030"), ("KOR", "2001-05/2003")):
        table.add("Membership", f"club-{code}", member=iris.actor(code), member_in=iris.forum("CLUB"), when=when)
    table.said.append(records.Forum(iri=iris.forum("CLUB"), name="Club of the Table"))
    return table


def events() -> Writer:
    """Events that a coder found."""
    table = Writer("events-table", None, "2014-09-01", "Coders", "academic")
    found = (
        ("e1", CAN, CHN, "036", "2014-06-03", "4"),
        ("e2", CHN, CAN, "042", "2014-06-20", "1.9"),
        ("e3", CAN, CHN, "112", "2014-07-29", "-2"),
        ("e4", CAN, CHN, "163", "2014-07-30", "-8"),
        ("e5", CAN, CHN, "010", "2014-07-31", None),
        ("e6", CAN, IND, "042", "2014-07-31", "1.9"),
    )
    for row, one, other, code, day, goldstein in found:
        table.add(
            "Event", row, initiator=one, target=other, event_code=iris.concept("cameo", code), when=day,
            goldstein=goldstein, concerns=(iris.relation(one, other),),
        )  # fmt: skip
    return table


def votes() -> Writer:
    """Roll calls in which Canada and China voted, and one that China missed."""
    table = Writer("votes-table", None, "2020-02-01", "Counters", "academic")
    issue = iris.concept("issue", "arms")
    table.said.append(records.Concept(iri=issue, name="Arms"))
    calls = (
        ("1", "1999-12-01", "yes", "no", True),
        ("2", "2001-12-01", "yes", "yes", True),
        ("3", "2002-12-01", "yes", "abstain", False),
        ("4", "2003-12-01", "no", "absent", True),
        ("5", "2004-12-01", "no", None, True),
    )
    for row, day, one, other, on_issue in calls:
        call = table.add("RollCall", row, held_in=iris.forum("UN"), when=day, topic=(issue,) if on_issue else ())
        for who, option in ((CAN, one), (CHN, other)):
            if option:
                table.add("Vote", f"{row}-{iris.code_of(who)}", voter=who, roll_call=call,
                          option=iris.concept("vote-option", option))  # fmt: skip
    return table


def agreements() -> Writer:
    """A treaty that binds both for a time, and one that one side only signed."""
    table = Writer("treaties-table", None, "2020-01-01", "Depositary", "international-organisation")
    deeds = (
        ("canals", CAN, "signature", "1995-01-01"), ("canals", CAN, "ratification", "1996-01-01"),
        ("canals", CHN, "accession", "1997-01-01"), ("canals", CHN, "withdrawal", "2010-01-01"),
        ("stars", CAN, "ratification", "2001-01-01"), ("stars", CHN, "signature", "2002-01-01"),
    )  # fmt: skip
    for key in ("canals", "stars"):
        kind = iris.concept("agreement-kind", "treaty")
        table.said.append(
            records.Agreement(iri=f"{iris.BASE}agreement/{key}", name=f"Treaty on {key}", agreement_kind=kind)
        )
    for key, who, action, day in deeds:
        table.add("AgreementAct", f"{key}-{iris.code_of(who)}-{action}", agreement=f"{iris.BASE}agreement/{key}",
                  agreement_action=iris.concept("agreement-action", action), party=(who,), when=day)  # fmt: skip
    return table


def figures() -> Writer:
    """Figures of both sides on one flow, and one of energy."""
    table = Writer("trade-table", None, "2026-01-10", "Statistics", "data-set")
    for row, reporter, product, value in (
        ("t1", CAN, "Energy", "3800000000"), ("t2", CHN, "Energy", "3900000000"), ("t3", CAN, "Pencils", "12.5"),
    ):  # fmt: skip
        table.add("TradeFlow", row, exporter=CAN, importer=CHN, reporter=reporter, product=product, value=value,
                  currency="USD", when="2026", concerns=PAIR)  # fmt: skip
    return table


def of_both() -> list[Writer]:
    """Acts that name both sides at once, and two acts that rest on the same words."""
    pair = (iris.relation("KOR", "USA"),)
    text = "South Korea and the United States agreed to share maps of the sea on 2 March 2026."
    paper = Writer("maps", text, "2026-03-03", "Daily Lantern", "press", USA)
    met = paper.meet(text[:-1], [KOR, USA], "2026-03-02", {})
    words = "agreed to share maps of the sea"
    paper.add("Statement", words, on_behalf_of=(KOR, USA), concerns=pair, made_at=met)
    paper.add("Commitment", words, committed_by=(KOR, USA), concerns=pair, made_at=met, due="2026-06",
              about_sector=(sector("trade"),))  # fmt: skip
    # Another source tells otherwise of the meeting that the first tells of.
    text = "By the end of 2027 both will share maps."
    other = Writer("maps-too", text, "2026-03-04", "Evening Doubter", "press", KOR)
    other.add("Commitment", text, committed_by=(KOR, USA), concerns=pair, made_at=met, due="2027-12",
              about_sector=(sector("trade"),))  # fmt: skip
    table = Writer("treaty-of-two", None, "2026-04-01", "Depositary", "international-organisation")
    table.said.append(records.Agreement(iri=f"{iris.BASE}agreement/maps", name="Treaty on maps"))
    table.add("AgreementAct", "maps", agreement=f"{iris.BASE}agreement/maps", party=(KOR, USA), when="2026-03-20",
              agreement_action=iris.concept("agreement-action", "entry-into-force"), concerns=pair)  # fmt: skip
    return [paper, other, table]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with all of it, in a folder; nobody changes it."""
    project = Project.init(tmp_path_factory.mktemp("world"))
    load(project, sources())
    return project.root


def load(project: Project, writers: list[Writer]) -> None:
    with project.writing() as loading:
        for w in writers:
            loading.put(w.source, w.said, text=w.text)


@pytest.fixture
def graph(world: Path) -> Iterator[Graph]:
    with Project.find(world).reading() as found:
        yield found
