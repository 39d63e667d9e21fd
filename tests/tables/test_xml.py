# ruff: noqa: E501  (rows of tables are long)
"""Data sets in XML: visits and travels, recognition and relations, chiefs of mission; the records are invented."""

from pathlib import Path

import pytest

from kg import iris
from kg.project import Project
from kg.resolve import Judgements
from kg.review import candidates
from kg.tables import findings
from tests.tables.conftest import Facts, Load


def visit(number: int, day: str, visitor: str, state: tuple[str, str], words: str, end: str = "") -> str:
    return (
        f"<visit><id>{number}</id><start-date>{day}</start-date><end-date>{end or day}</end-date><visitor>{visitor}</visitor>"
        f'<from id="{state[0]}">{state[1]}</from><description>{words}</description></visit>'
    )


def trip(number: int, day: str, country: tuple[str, str], locale: str, words: str, who: str = "Barack Obama") -> str:
    return (
        f'<trip role="president" who="x"><id>{number}</id><role>president</role><name>{who}</name><start-date>{day}</start-date>'
        f'<end-date>{day}</end-date><country id="{country[0]}">{country[1]}</country><locale>{locale}</locale><remarks>{words}</remarks></trip>'
    )


def travels(folder: Path, *, visits: str = "", trips: str = "") -> Path:
    for name, root, content in (("visits", "visits", visits), ("president-travels", "trips", trips)):
        if content:
            (folder / name).mkdir(parents=True)
            (folder / name / "2011.xml").write_text(f"<{root}>{content}</{root}>", encoding="utf-8")
    return folder


FINLAND, JORDAN, ITALY = ("finland", "Finland"), ("jordan", "Jordan"), ("italy", "Italy")


def test_a_visitor_is_who_held_the_office_on_the_day(put: Load, facts: Facts, tmp_path: Path) -> None:
    put(
        travels(
            tmp_path / "travels",
            visits=visit(7, "1985-03-04", "President Mauno H. Koivisto", FINLAND, "State visit. Met with President Reagan.", "1985-03-06")
            + visit(8, "2031-03-04", "President Aino Virta", FINLAND, "Working visit.")
            + visit(9, "1885-05-01", "Count Oldhand", FINLAND, "Private visit."),
        )
    )  # fmt: skip
    found = facts("us-visits")
    account = "account/us-visits.7"
    assert {
        (account, "when", "1985-03-04/1985-03-06"), (account, "party", "actor/USA"), (account, "party", "actor/FIN"),
        (account, "concerns", "relation/FIN-USA"), (account, "meetingKind", "meeting-kind/state-visit"),
        (account, "hostCountry", "actor/USA"), (account, "row", "7"),
        ("person/FIN.koivisto", "altLabel", "Mauno H. Koivisto"), ("person/FIN.aino-virta", "prefLabel", "Aino Virta"),
    } <= found  # fmt: skip
    guest = "participation/us-visits.7.FIN.koivisto"
    assert {
        (guest, "participant", "person/FIN.koivisto"), (guest, "participationIn", account), (guest, "onBehalfOf", "actor/FIN"),
        (guest, "inOffice", "office/FIN.head-of-state"), (guest, "participationRole", "participation-role/guest"),
    } <= found  # fmt: skip
    hosts = {s for s, p, o in found if (p, o) == ("participationRole", "participation-role/host")}
    span = {o for s, p, o in found if s in hosts and p == "citation"}
    assert {o for s, p, o in found if s in span and p == "exact"} == {"President Reagan"}


def test_who_is_met_abroad_is_not_always_of_the_host(put: Load, facts: Facts, tmp_path: Path, project: Project) -> None:
    put(
        travels(
            tmp_path / "travels",
            trips=trip(1, "2011-05-20", ITALY, "Rome; Turin", "Attended the Summit of Lakes. Met with Chancellor Angela Merkel and King Abdullah II of Jordan.")
            + trip(2, "2011-06-02", JORDAN, "Amman", "Met with King Abdullah II and Prime Minister Nemo.")
            + trip(3, "2011-06-05", ITALY, "Rome", "Attended the Summit of Seas; met with President Merkel."),
        )
    )  # fmt: skip
    found = facts("us-president-travels")
    assert {
        ("participation/us-president-travels.1.DEU.angela-merkel", "onBehalfOf", "actor/DEU"),
        ("participation/us-president-travels.1.USA.barack-obama", "inOffice", "office/USA.head-of-state"),
        ("account/us-president-travels.1", "takesPlaceAt", "place/ITA.rome"),
        ("account/us-president-travels.1", "hostCountry", "actor/ITA"),
    } <= found  # fmt: skip
    sides = {(s.split(".", 1)[1], o) for s, p, o in found if p == "onBehalfOf" and o != "actor/USA"}
    kings = {s.split(".", 1)[1]: o for s, p, o in found if p == "participant" and "JOR" in o}
    assert len(set(kings.values())) == 1
    assert {o for s, o in sides if s in kings} == {"actor/JOR"}
    # A surname that fits nobody is a person of this source only, and somebody else's surname at a gathering has no side.
    nemo, merkel = "person/us-president-travels.nemo", "person/us-president-travels.merkel"
    assert {(nemo, "surname", "Nemo"), (merkel, "surname", "Merkel")} <= found
    assert not {o for s, p, o in found if s == merkel and p == "nationality"}
    assert not {s for s, p, _ in found if s.endswith(".merkel") and p == "onBehalfOf"}
    assert not any("ITA.angela" in s + o for s, _, o in found)
    with project.reading() as graph:
        waiting = candidates(graph, Judgements())
    assert {iris.BASE + merkel, iris.person("Angela Merkel", "DEU")} in [{c.one, c.other} for c in waiting]


def test_what_is_wrong_with_a_visit_is_a_finding(put: Load, facts: Facts, tmp_path: Path, project: Project) -> None:
    visits = [
        visit(1, "2011-05-20", "President Nemo", ("atlantis", "Atlantis"), "Visit."),
        visit(2, "May 2011", "President Nemo", FINLAND, "Visit."),
        visit(3, "2011-05-20", "President Nemo", FINLAND, "Visit.", "2011-05-01"),
    ]
    report = put(travels(tmp_path / "travels", visits="".join(visits)))
    told = [(f.row, f.reason.split(";")[0], f.value) for f in findings.read(project.folder)]
    assert told == [
        (1, "an unknown state or date", "Atlantis 2011-05-20"),
        (2, "an unknown state or date", "Finland None"),
        (3, "ends before it begins", "2011-05-20 2011-05-01"),
    ]
    assert report.sources[0].counts["MeetingAccount"] == 1
    assert ("account/us-visits.3", "when", "2011-05-20") in facts("us-visits")
    strict = put(tmp_path / "travels", strict="true")
    assert strict.status == "unchanged" or "cannot be mapped" in (strict.error or "")


ARTICLE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title type="complete">A Guide to the United States' History of Recognition, Diplomatic, and Consular Relations: {name}</title>
<title type="short">{name}</title></titleStmt></fileDesc></teiHeader><text><body>{sections}</body></text></TEI>"""


def section(head: str, body: str) -> str:
    return f'<div type="timeline"><head>{head}</head><p>{body}</p></div>'


def test_relations_begin_break_and_go_on(put: Load, facts: Facts, tmp_path: Path, project: Project) -> None:
    folder = tmp_path / "relations" / "articles"
    folder.mkdir(parents=True)
    sections = [
        section('Recognition, <date when="1931-04-02">1931</date>.', "A letter said so."),
        section("Establishment of Diplomatic Relations and the American Legation, 1932.", "An envoy came on May 3, 1932."),
        section('Diplomatic Relations Severed, <date when="1941">1941</date>.', "War."),
        section('Resumption of Diplomatic Relations, <date when="1946-07">1946</date>.', "Peace."),
        section("American Embassy Closed.", "Nobody knows when."),
        section("Recognition of Finland Withdrawn, 1948.", "For a day."),
        section("Treaties and Agreements, 1950.", "On fish."),
    ]  # fmt: skip
    (folder / "finland.xml").write_text(ARTICLE.format(name="Finland", sections="".join(sections)))
    (folder / "atlantis.xml").write_text(ARTICLE.format(name="Atlantis", sections=sections[0]))
    report = put(tmp_path / "relations")
    assert report.error is None
    found = facts("us-relations-finland")
    acts = {s: o.rpartition("/")[2] for s, p, o in found if p == "relationAction"}
    when = {s: o for s, p, o in found if p == "when"}
    assert sorted((kind, when.get(s)) for s, kind in acts.items() if when.get(s)) == [
        ("establishment", "1932-05-03"), ("interruption", "1941"), ("mission-opened", "1932-05-03"),
        ("recognition", "1931-04-02"), ("resumption", "1946-07"),
    ]  # fmt: skip
    assert [kind for s, kind in acts.items() if s not in when] == ["mission-closed"]
    assert all((s, "concerns", "relation/FIN-USA") in found for s in acts)
    spans = {o for s, p, o in found if s in acts and p == "citation"}
    assert "Recognition, 1931. A letter said so." in {o for s, p, o in found if s in spans and p == "exact"}
    told = {(f.source, f.reason.split(";")[0]) for f in findings.read(project.folder)}
    assert told == {
        ("us-relations-finland", "no date"),
        ("us-relations-atlantis", "a state that the reference data lack"),
    }


def chief(number: str, person: str, role: str, **dates: str) -> str:
    parts = "".join(
        f"<{k}><date>{dates.get(k, '')}</date><note/></{k}>" for k in ("appointed", "arrived", "started", "ended")
    )
    return f"<chief><id>{number}</id><person-id>{person}</person-id><role-title-id>{role}</role-title-id>{parts}<note>{dates.get('note', '')}</note></chief>"


def test_an_envoy_has_a_tenure(put: Load, facts: Facts, tmp_path: Path, project: Project) -> None:
    root = tmp_path / "chiefs"
    (root / "missions-countries").mkdir(parents=True)
    (root / "missions-orgs").mkdir()
    chiefs = [
        chief("fi-1", "van-dyke-mary-q", "ambassador-e-p", appointed="1961-02-03", started="1961-04", ended="1963-05-06", note="Left post"),
        chief("fi-2", "roe-jane", "charge-daffaires", started="1963-06-31", ended="1964"),
        chief("fi-2", "poe-ann", "ambassador-e-p", appointed="1965"),
        chief("fi-3", "loe-kim", "ambassador-e-p", started="1970", ended="1969"),
        chief("", "moe-kim", "ambassador-e-p"),
    ]  # fmt: skip
    (root / "missions-countries" / "finland.xml").write_text(
        f"<country-mission><territory-id>finland</territory-id><chiefs>{''.join(chiefs)}</chiefs></country-mission>"
    )
    (root / "missions-countries" / "atlantis.xml").write_text(
        f"<country-mission><territory-id>atlantis</territory-id><chiefs>{chiefs[0]}</chiefs></country-mission>"
    )
    (root / "missions-orgs" / "representative-to-au.xml").write_text(
        f"<org-mission><id>representative-to-au</id><chiefs>{chief('au-1', 'roe-jane', 'representative-to-au', started='2006')}</chiefs></org-mission>"
    )
    report = put(root)
    assert report.error is None
    found = facts("us-chiefs-of-mission")
    first = "tenure/us-chiefs-of-mission.fi-1"
    assert {
        (first, "holder", "person/USA.mary-q-van-dyke"), (first, "office", "office/USA.ambassador-to-FIN"),
        (first, "accreditedTo", "actor/FIN"), (first, "appointed", "1961-02-03"), (first, "credentials", "1961-04"),
        (first, "when", "1961-04/1963-05-06"), (first, "note", "Left post"),
        ("person/USA.mary-q-van-dyke", "prefLabel", "Mary Q. van Dyke"),
        ("tenure/us-chiefs-of-mission.fi-2", "office", "office/USA.charge-d-affaires-to-FIN"),
        ("tenure/us-chiefs-of-mission.fi-3", "when", "1970/"),
        ("tenure/us-chiefs-of-mission.au-1", "accreditedTo", "forum/AU"),
        ("office/USA.permanent-representative-to-AU", "officeOf", "actor/USA"),
    } <= found  # fmt: skip
    told = sorted((f.file, f.reason.split(";")[0]) for f in findings.read(project.folder))
    assert told == [
        ("atlantis.xml", "a state that the reference data lack"),
        ("finland.xml", "an id that stood before"),
        ("finland.xml", "an impossible date (started)"),
        ("finland.xml", "ends before it begins"),
        ("finland.xml", "no id or no person"),
    ]


@pytest.mark.parametrize(
    ("folder", "counts"),
    [
        ("us_visits_travels", {"MeetingAccount": 7_532}),
        ("us_recognition_relations", {"RelationAct": 982}),
        ("us_chiefs_of_mission", {"Tenure": 5_906}),
    ],
)
def test_the_real_files(put: Load, shared: Path, folder: str, counts: dict[str, int]) -> None:
    report = put(shared / "data" / folder)
    assert report.error is None
    for cls, count in counts.items():
        assert sum(s.counts.get(cls, 0) for s in report.sources) == count
    assert [s.change for s in put(shared / "data" / folder).sources] == ["unchanged"] * len(report.sources)
