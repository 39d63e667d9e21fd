# ruff: noqa: E501  (rows of tables are long)
"""Data sets of votes, memberships, leaders, trade and agreements."""

from pathlib import Path

import pytest

from kg.project import Project
from kg.questions import ask
from kg.tables import findings
from tests.tables.conftest import Facts, Load
from tests.tables.samples import COMTRADE_NEW, OLD, SAMPLES, row


def test_votes_of_former_states_follow_the_day(put: Load, facts: Facts, tmp_path: Path, project: Project) -> None:
    folder = tmp_path / "votes"
    folder.mkdir()
    (folder / "un_votes.csv").write_text(
        "rcid,country,country_code,vote\n1,Russia,RU,yes\n2,Russia,RU,no\n1,Yugoslavia,YU,abstain\n2,Yugoslavia,YU,yes\n"
        "1,Federal Republic of Germany,,yes\n2,Namibia,NA,yes\n1,Zanzibar,,yes\n1,Yemen Arab Republic,,no\n"
        "2,Ruritania,,yes\n2,Chile,CL,maybe\n9,Chile,CL,yes\n2,Chile,CL,yes\n2,Chile,CL,yes\n"
    )
    (folder / "un_roll_calls.csv").write_text(
        'rcid,session,date,unres,descr\n1,15,1960-12-01,R/15/1,"On ""ships"", first"\n2,62,2007-11-01,R/62/2,On ships\n'
    )
    (folder / "un_roll_call_issues.csv").write_text("rcid,short_name,issue\n1,di,Arms\n2,ec,Money\n")
    report = put(folder)
    assert report.sources[0].counts == {"RollCall": 2, "Vote": 9}
    found = facts("unvotes")
    votes = {s.removeprefix("vote/unvotes."): o for s, p, o in found if p == "option"}
    assert votes == {
        "1-SUN": "vote-option/yes", "2-RUS": "vote-option/no", "1-YUG": "vote-option/abstain", "2-SRB": "vote-option/yes",
        "1-DEU": "vote-option/yes", "2-NAM": "vote-option/yes", "1-COW-511": "vote-option/yes",
        "1-COW-678": "vote-option/no", "2-CHL": "vote-option/yes",
    }  # fmt: skip
    assert ("roll-call/unvotes.1", "title", 'On "ships", first') in found
    assert ("roll-call/unvotes.2", "topic", "un-issue/ec") in found
    told = {(f.row, f.reason, f.value) for f in findings.read(project.folder)}
    assert told == {
        (9, "an unknown state", "Ruritania"),
        (10, "an unknown vote", "maybe"),
        (11, "a vote in a roll call that is not listed", "9"),
    }


def test_the_real_votes(put: Load, shared: Path) -> None:
    report = put(shared / "data" / "unvotes")
    assert report.sources[0].counts == {"RollCall": 6203, "Vote": 870_109}
    assert report.sources[0].notes == ()


def test_memberships(put: Load, facts: Facts, tmp_path: Path) -> None:
    file = tmp_path / "full_membership_spells.csv"
    file.write_text(
        "igo,state,ccode,from_year,to_year\nun,finland,375.0,1955.0,2014.0\napec,chile,155.0,1994.0,2014.0\n"
        "xyzpact,chile,155.0,1950.0,1961.0\nun,nowhere,999.0,1950.0,1960.0\nun,chile,155.0,1960.0,1950.0\n"
    )
    report = put(file)
    assert report.sources[0].counts["Membership"] == 3
    found = facts("cow-igo")
    assert {
        ("membership/cow-igo.un.FIN.1955", "memberIn", "forum/UN"),
        ("membership/cow-igo.un.FIN.1955", "when", "1955/"),
        ("membership/cow-igo.apec.CHL.1994", "membershipRole", "membership-role/economy"),
        ("membership/cow-igo.xyzpact.CHL.1950", "memberIn", "forum/cow-xyzpact"),
        ("membership/cow-igo.xyzpact.CHL.1950", "when", "1950/1961"),
        ("forum/cow-xyzpact", "prefLabel", "XYZPACT"),
    } <= found
    assert "2 findings" in " ".join(report.sources[0].notes)


def test_the_real_memberships(put: Load, shared: Path) -> None:
    report = put(shared / "data" / "igo_cow")
    assert report.sources[0].counts["Membership"] == 18_631  # of 18,674: Russia before 1922, Serbia before 1918


def test_leaders(put: Load, facts: Facts, tmp_path: Path) -> None:
    file = tmp_path / "leaderlist_x.csv"
    head = "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender,militarycareer,l_month,l_year,,,codedby,notes\n"
    file.write_bytes(
        (head + "CHL,155,A1,Péna Nova,11,3,1990,3,1994,1918,1,0,12,1989,,,,\n"
         "CHL,155,A2,Oldman,4,9,1964,11,1970,,,,,,,,,\nCHL,155,A3,Wrong,31,2,1970,3,1971,,,,,,,,,\n").encode("latin-1")
    )  # fmt: skip
    report = put(file)
    assert report.sources[0].counts["Tenure"] == 2
    found = facts("reign")
    assert ("tenure/reign.CHL.pena-nova.1990-03-11", "when", "1990-03-11/1994-03") in found
    assert ("tenure/reign.CHL.pena-nova.1990-03-11", "office", "office/CHL.effective-leader") in found
    assert ("person/reign.oldman-a2", "surname", "Oldman") in found


def test_the_real_leaders(put: Load, shared: Path) -> None:
    report = put(shared / "data" / "leaders_reign")
    assert report.status == "loaded", report.error
    assert report.sources[0].counts["Tenure"] == 2_524


def test_trade_with_the_old_header(put: Load, facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "fish.csv").write_text(
        OLD + "H6,2031,Export,152,CHL,246,FIN,Finland,0302,Fish,1000,,1000,0\n"
        "H6,2031,Import,246,FIN,152,CHL,Chile,0302,Fish,1100,1100,,4\n"
        "H6,2031,Export,152,CHL,0,WLD,World,0302,Fish,9000,,9000,0\nZZ,2031,Export,152,CHL,246,FIN,Finland,03,Fish,1,,,\n"
    )
    report = put(tmp_path / "fish.csv")
    assert report.sources[0].counts["TradeFlow"] == 2  # exporter's and importer's figures stay two
    found = facts("comtrade-fish")
    values = {(p, o) for s, p, o in found if "_CHL_FIN_export_" in s}
    assert {
        ("exporter", "actor/CHL"), ("importer", "actor/FIN"), ("reporter", "actor/CHL"), ("value", "1000"),
        ("valuation", "valuation/fob"), ("productCode", "hs/0302"), ("flow", "flow/export"), ("currency", "USD"),
        ("when", "2031"), ("concerns", "relation/CHL-FIN"),
    } <= values  # fmt: skip
    other = {(p, o) for s, p, o in found if "_FIN_CHL_import_" in s}
    assert {
        ("exporter", "actor/CHL"),
        ("reporter", "actor/FIN"),
        ("valuation", "valuation/cif"),
        ("estimated", "true"),
    } <= other
    assert ("hs/0302", "broader", "hs/03") in found


def test_trade_with_the_new_header(put: Load, facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "coal.csv").write_text(
        "typeCode,freqCode,refYear,period,reporterCode,flowCode,partnerCode,classificationCode,cmdCode,cmdDesc,"
        "primaryValue,cifvalue,fobvalue,isReported\n"
        "C,M,2031,203101,152,X,246,H6,270119,Coal,12.50,,12.50,true\nC,A,2031,2031,842,M,699,S4,036,Crab,99.75,99.75,,false\n"
        "C,M,2031,203113,152,X,246,H6,270119,Coal,1,,,true\n"
    )
    report = put(tmp_path / "coal.csv")
    assert report.sources[0].counts["TradeFlow"] == 2
    found = facts("comtrade-coal")
    assert {o for s, p, o in found if p == "when" and s.startswith("flow/")} == {"2031-01", "2031"}
    assert {o for s, p, o in found if p == "value"} == {"12.5", "99.75"}
    assert {o for s, p, o in found if p == "reporter"} == {"actor/CHL", "actor/USA"}


@pytest.mark.parametrize("form", ["comtrade.old", "comtrade.new"])
def test_the_header_as_published_has_nothing_unknown(
    put: Load, facts: Facts, project: Project, tmp_path: Path, form: str
) -> None:
    report = put(SAMPLES[form](tmp_path))
    assert (report.error, report.sources[0].notes) == (None, ())
    assert report.sources[0].counts["TradeFlow"] == 3
    with project.reading() as graph:
        rows = ask(graph, "trade", a="Chile", b="Finland", since="2031", until="2031")
    told = {
        (str(r["reporter"]), str(r["exporter"]), float(r["value"]), str(r["valuation"]), float(r["apart"] or 0))
        for r in rows
    }
    if form == "comtrade.old":
        assert told == {
            ("Chile", "Chile", 1000.5, "Free on board", 9.0), ("Finland", "Chile", 1100.0, "Cost insurance and freight", 9.0), ("Finland", "Finland", 7.0, "None", 0.0),
        }  # fmt: skip
    else:
        assert told == {
            ("Chile", "Chile", 12.5, "Free on board", 10.7),
            ("Finland", "Chile", 14.0, "Cost insurance and freight", 10.7),
        }


def test_participation_in_agreements(put: Load, facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "lake.csv").write_text(
        "agreement,party,title,kind,signature,ratification,withdrawal\nlake,CHL,On the lake,treaty,2031-02-03,2032-05,\n"
        "lake,Finland,On the lake,treaty,2031-02-30,2033,2040-01-01\nlake,EU,,,,2034,\nlake,Ruritania,,,2031,,\n"
    )
    report = put(tmp_path / "lake.csv")
    found = facts("agreements-lake")
    acts = {(s.rpartition(".lake.")[2], o) for s, p, o in found if p == "when" and s.startswith("agreement-act/")}
    assert acts == {
        ("CHL.signature", "2031-02-03"), ("CHL.ratification", "2032-05"), ("FIN.ratification", "2033"),
        ("FIN.withdrawal", "2040-01-01"), ("EU.ratification", "2034"),
    }  # fmt: skip
    assert ("agreement/lake", "title", "On the lake") in found
    assert "2 findings" in " ".join(report.sources[0].notes)


def test_a_heading_has_its_name_from_its_own_row_wherever_it_stands(put: Load, facts: Facts, tmp_path: Path) -> None:
    about = {"typeCode": "C", "refYear": "2031", "period": "2031", "classificationCode": "H6", "reporterCode": "152",
             "flowCode": "X", "partnerCode": "246", "primaryValue": "1"}  # fmt: skip
    for name, order in (("up.csv", ("02", "0203", "020311")), ("down.csv", ("020311", "0203", "02"))):
        lines = [row(COMTRADE_NEW, **about, cmdCode=code, cmdDesc=f"Meat {code}") for code in order]
        (tmp_path / name).write_text(COMTRADE_NEW + "\n" + "".join(lines))
        put(tmp_path / name)
        found = facts(f"comtrade-{name.removesuffix('.csv')}")
        names = {value for about_, prop, value in found if prop == "prefLabel" and value.startswith("Meat")}
        assert names == {"Meat 02", "Meat 0203", "Meat 020311"}


def test_gaps_count_what_leaders_of_both_took_part_in(put: Load, project: Project, tmp_path: Path) -> None:
    def tell(folder: str, tag: str, number: int, day: str, inside: str) -> None:
        about = f"<id>{number}</id><start-date>{day}</start-date><end-date>{day}</end-date>{inside}"
        role = ' role="secretary"' if tag == "trip" else ""
        (tmp_path / "historian" / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "historian" / folder / f"{number}.xml").write_text(f"<all><{tag}{role}>{about}</{tag}></all>")

    guest = '<visitor>Chancellor Angela Merkel</visitor><from id="germany">Germany</from><description>{}</description>'
    abroad = '<name>Michael R. Pompeo</name><country id="germany">Germany</country><locale>Berlin</locale><remarks>{}</remarks>'
    tell("visits", "visit", 1, "2018-04-27", guest.format("Working visit."))
    tell("visits", "visit", 2, "2018-11-05", guest.format("Private visit."))
    tell("secretary-travels", "trip", 3, "2019-05-31", abroad.format("Met with Chancellor Angela Merkel."))
    tell("visits", "visit", 4, "2021-07-15", guest.format("Met with President Biden."))
    put(tmp_path / "historian")
    with project.reading() as graph:
        rows = ask(graph, "longest-gaps", a="USA", b="Germany")
    assert [(str(row["from"]), str(row["to"])) for row in rows] == [("2018-04-27", "2021-07-15")]
