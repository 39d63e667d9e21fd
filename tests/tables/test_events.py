# ruff: noqa: E501  (rows of tables are long)
"""Coded events: GDELT and ICEWS, in the forms in which they are published."""

import zipfile
from pathlib import Path

import pytest

from kg.project import Project
from kg.tables import findings
from tests.tables.conftest import Facts, Load
from tests.tables.samples import gdelt

CHILE, FINLAND = ("CHL", "CHILE", "CHL"), ("FINGOV", "HELSINKI", "FIN")


def test_gdelt_two_rows_become_events(put: Load, facts: Facts, tmp_path: Path) -> None:
    file = tmp_path / "20310503120000.export.CSV"
    file.write_text(gdelt(1, FINLAND, CHILE, "042") + gdelt(2, ("IGOEUREEC", "THE EU", "EUR", "EEC"), CHILE, "036"))
    report = put(file)
    assert (report.status, dict(report.sources[0].counts)) == ("loaded", {"Event": 2, "Relation": 2})
    found = facts("gdelt-20310503120000")
    first = "event/gdelt-20310503120000.1"
    assert {
        (first, "eventCode", "cameo/042"),
        (first, "initiator", "actor/FIN"),
        (first, "target", "actor/CHL"),
        (first, "concerns", "relation/CHL-FIN"),
        (first, "when", "2031-05-02"),
        (first, "reported", "2031-05-03"),
        (first, "goldstein", "2.8"),
        (first, "mentions", "7"),
        (first, "sourceUrl", "https://news.example/1"),
        (first, "takesPlaceAt", "place/CHL.valparaiso-valparaiso-chile"),
        ("event/gdelt-20310503120000.2", "initiator", "forum/EU"),
        ("relation/CHL-FIN", "relates", "actor/FIN"),
        ("relation/CHL-FIN", "relates", "actor/CHL"),
    } <= found


def test_who_hosts_a_visit_is_its_target(put: Load, facts: Facts, tmp_path: Path) -> None:
    file = tmp_path / "20310503.export.CSV"
    file.write_text(gdelt(1, FINLAND, CHILE, "043", wide=False))
    put(file)
    found = facts("gdelt-20310503")
    event = "event/gdelt-20310503.1"
    assert {
        (event, "initiator", "actor/CHL"), (event, "target", "actor/FIN"), (event, "eventCode", "cameo/043"),
        (event, "initiatorName", "CHILE"),
    } <= found  # fmt: skip


def test_roles_and_what_is_no_state(put: Load, facts: Facts, tmp_path: Path, project: Project) -> None:
    file = tmp_path / "20310503120000.export.CSV"
    file.write_text(
        gdelt(1, ("FINMIL", "FINNISH ARMY", "FIN"), ("CHLBUS", "COMPANY", "CHL"), "040")
        + gdelt(2, ("AFR", "AFRICA", "AFR"), CHILE, "040")
        + gdelt(3, ("QQQ", "NOWHERE", "QQQ"), CHILE, "040")
        + gdelt(4, FINLAND, CHILE, "999")
        + gdelt(5, FINLAND, CHILE, "040", day="20310231")
        + gdelt(6, FINLAND, CHILE, "040", day="20320101")
    )
    put(file)
    found = facts("gdelt-20310503120000")
    base = "event/gdelt-20310503120000."
    assert (base + "1", "initiator", "org/FIN.armed-forces") in found
    assert ("org/FIN.armed-forces", "institutionOf", "actor/FIN") in found
    assert not {p for s, p, _ in found if s == base + "1"} & {"target", "concerns"}
    assert not {p for s, p, _ in found if s == base + "2"} & {"initiator", "concerns"}
    assert {s for s, p, _ in found if p == "eventCode"} == {base + n for n in "1236"}
    told = [(f.row, f.reason.split(";")[0], f.value) for f in findings.read(project.folder)]
    assert sorted(told) == [
        (3, "an unknown actor code", "QQQ"),
        (4, "an unknown event code", "999"),
        (5, "an impossible date", "2031-02-31"),
        (6, "an event dated after it was reported", "2032-01-01"),
    ]


def test_several_zipped_files_are_several_sources(put: Load, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in (1, 2):
        with zipfile.ZipFile(folder / f"2031050312000{number}.export.CSV.zip", "w") as archive:
            archive.writestr(f"2031050312000{number}.export.CSV", gdelt(number, FINLAND, CHILE, "040"))
    (folder / "notes.txt").write_text("about")
    report = put(folder)
    assert [s.id for s in report.sources] == ["gdelt-20310503120001", "gdelt-20310503120002"]
    assert [s.change for s in put(folder).sources] == ["unchanged", "unchanged"]


ICEWS = (
    "event_id,event_date,source_name,source_sectors,source_country,event_text,cameo_code,intensity,target_name,"
    "target_sectors,target_country,story_id,sentence_number,publisher,city,district,province,country,latitude,longitude"
)


def test_icews_institutions_states_and_names(put: Load, facts: Facts, tmp_path: Path) -> None:
    file = tmp_path / "sample.csv"
    place = "1,2,Paper,Turku,,,Finland,60.4,22.2"
    file.write_text(
        f"{ICEWS}\n"
        f'7,2031-05-01,Foreign Ministry (Chile),"Executive,Government",Chile,Consult,040,1.0,Finland,,Finland,{place}\n'
        f'7,2031-05-02,Citizen (Chile),"General Population / Civilian / Social",Chile,Consult,040,1.0,Finland,,Finland,{place}\n'
        f"7,2031-05-02,Citizen (Chile),General Population / Civilian / Social,Chile,Consult,040,1.0,Finland,,Finland,{place}\n"
    )
    report = put(file)
    assert report.sources[0].counts["Event"] == 2  # the number alone is no key, and the same row twice is one event
    found = facts("icews-sample")
    assert {
        ("event/icews-sample.7-2031-05-01", "initiator", "org/CHL.foreign-ministry"),
        ("event/icews-sample.7-2031-05-01", "concerns", "relation/CHL-FIN"),
        ("event/icews-sample.7-2031-05-01", "takesPlaceAt", "place/FIN.turku"),
        ("org/CHL.foreign-ministry", "institutionOf", "actor/CHL"),
    } <= found
    assert not {p for s, p, _ in found if s.endswith("7-2031-05-02")} & {"initiator", "concerns"}


def test_icews_with_tabs(put: Load, facts: Facts, tmp_path: Path) -> None:
    names = ICEWS.split(",")
    spelled = {"cameo_code": "CAMEO Code", "event_id": "Event ID", "story_id": "Story ID"}
    row = ["8", "2031-05-01", "Chile", "", "Chile", "Make a visit", "042", "1.9", "Finland", "", "Finland", "1", "1"]
    row += ["Paper", "", "", "", "", "", ""]
    head = "\t".join(spelled.get(n, n.replace("_", " ").title()) for n in names)
    (tmp_path / "events.tab").write_text(head + "\n" + "\t".join(row) + "\n")
    assert put(tmp_path / "events.tab").status == "loaded"
    assert ("event/icews-events.8-2031-05-01", "initiator", "actor/CHL") in facts("icews-events")


def test_icews_as_a_temporal_graph(put: Load, facts: Facts, tmp_path: Path) -> None:
    folder = tmp_path / "icews14"
    folder.mkdir()
    (folder / "entity2id.txt").write_text("Chile\t0\nPolice_(Finland)\t1\nRuritania\t2\n")
    (folder / "relation2id.txt").write_text("Make_a_visit\t0\nDance\t1\n")
    (folder / "train.txt").write_text("0\t0\t1\t5016\t-1\n 0\t1\t1\t24\t-1\n", newline="\r\n")
    (folder / "test.txt").write_text("1\t0\t0\t8759\t-1\n")
    report = put(folder)
    assert report.sources[0].counts["Event"] == 2
    found = facts("icews14")
    event = "event/icews14.0-0-1-5016"
    assert {
        (event, "when", "2014-07-29"), (event, "eventCode", "cameo/042"), (event, "target", "org/FIN.police"),
        (event, "row", "train 1"), ("event/icews14.1-0-0-8759", "when", "2014-12-31"),
    } <= found  # fmt: skip
    assert "unknown event code" in " ".join(report.sources[0].notes)


@pytest.mark.parametrize(
    ("folder", "events", "states"),
    [("gdelt_raw", 2111, 106), ("icews_raw_sample", 4993, 308), ("icews14", 90_730, 1_700)],
)
def test_the_real_files(put: Load, shared: Path, folder: str, events: int, states: int) -> None:
    report = put(shared / "data" / folder)
    assert report.sources[0].counts["Event"] == events
    assert report.sources[0].counts["Relation"] >= states
