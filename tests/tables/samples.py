# ruff: noqa: E501  (rows of tables are long)
"""One small invented file or folder for each loader of tables, with all that its columns may hold."""

from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["OLD", "SAMPLES", "gdelt"]

_PLACE = ("4", "Valparaiso, Valparaiso, Chile", "CI", "CI01", "18580", "-33.0", "-71.6", "-905317")


def gdelt(
    number: int, one: tuple[str, ...], other: tuple[str, ...], code: str, *, wide: bool = True, **more: str
) -> str:
    """A row of GDELT: actors are code, name, country and group."""
    actors = [[*who, "", "", ""][:4] + [""] * 6 for who in (one, other)]
    place = _PLACE if wide else (*_PLACE[:4], *_PLACE[5:])
    day = more.get("day", "20310502")
    act = ["1", code, code[:3], code[:2], "1", more.get("goldstein", "2.8"), "7", "1", "7", "0.5"]
    cells = [str(number), day, day[:6], day[:4], "2031.33", *actors[0], *actors[1], *act, *place, *place, *place]
    return (
        "\t".join([*cells, "20310503" + ("120000" if wide else ""), more.get("url", "https://news.example/1")]) + "\n"
    )


OLD = (
    "Classification,Period,Trade Flow,Reporter Code,Reporter ISO,Partner Code,Partner ISO,Partner,Commodity Code,Commodity,"
    "Trade Value (US$),CIF Trade Value (US$),FOB Trade Value (US$),Flag\n"
)


def _gdelt(folder: Path, *, wide: bool) -> Path:
    file = folder / ("20310503120000.export.CSV" if wide else "20310503.export.CSV")
    finland, chile = ("FINMIL", 'THE "ARMY"', "FIN"), ("CHL", "CHILE \\ TALCA", "CHL")
    file.write_text(
        gdelt(1, finland, chile, "042", wide=wide)
        + gdelt(2, finland, chile, "043", wide=wide, goldstein="-0.50", url="no address")
        + gdelt(3, ("IGOEUREEC", "THE EU", "EUR", "EEC"), chile, "036", wide=wide, goldstein="x")
        + gdelt(4, ("QQQ", "NOWHERE", "QQQ"), ("",), "1823", wide=wide)
    )
    return file


def _icews(folder: Path) -> Path:
    file = folder / "sample.csv"
    file.write_text(
        "event_id,event_date,source_name,source_sectors,source_country,event_text,cameo_code,intensity,target_name,"
        "target_sectors,target_country,story_id,sentence_number,publisher,city,district,province,country,latitude,longitude\n"
        '7,2031-05-01,Foreign Ministry (Chile),"Executive,Government",Chile,Consult,040,-1.0,Finland,,Finland,1,2,Paper,Turku,,,Finland,60.4,22.2\n'
        '8,2010-05-01,Angela Merkel,"Executive,Government",Germany,Make a visit,042,1.90,"Citizen ""X"" (Chile)",,Chile,1,2,Paper,,,,Chile,,\n'
        '8,2010-05-02,Angela Merkel,"Executive,Government",Germany,Host a visit,043,,Finland,,Finland,1,2,Paper,Åbo,,,Finland,,\n'
    )
    return file


def _icews_graph(folder: Path) -> Path:
    there = folder / "icews14"
    there.mkdir()
    (there / "entity2id.txt").write_text("Chile\t0\nPolice_(Finland)\t1\nAngela_Merkel\t2\n")
    (there / "relation2id.txt").write_text("Make_a_visit\t0\nHost_a_visit\t1\n")
    (there / "train.txt").write_text("0\t0\t1\t5016\t-1\n2\t1\t0\t24\t-1\n")
    (there / "test.txt").write_text("1\t0\t0\t8759\t-1\n")
    return there


def _un_votes(folder: Path) -> Path:
    (folder / "un_votes.csv").write_text(
        "rcid,country,country_code,vote\n1,Russia,RU,yes\n2,Russia,RU,no\n1,Yugoslavia,YU,abstain\n2,Chile,CL,yes\n2,Chile,CL,yes\n"
    )
    (folder / "un_roll_calls.csv").write_text(
        'rcid,session,date,unres,descr\n1,15,1960-12-01,R/15/1,"On ""ships"",\nfirst \\ last"\n2,62,2007-11-01,R/62/2,On ships\n'
    )
    (folder / "un_roll_call_issues.csv").write_text("rcid,short_name,issue\n1,di,Arms\n2,ec,Money\n2,di,Arms\n")
    return folder


def _cow_igo(folder: Path) -> Path:
    file = folder / "full_membership_spells.csv"
    file.write_text(
        "igo,state,ccode,from_year,to_year\nun,finland,375.0,1955.0,2014.0\napec,chile,155.0,1994.0,2014.0\n"
        "xyzpact,chile,155.0,1950.0,1961.0\nxyzpact,chile,155.0,1970.0,1970.0\n"
    )
    return file


def _reign(folder: Path) -> Path:
    file = folder / "leaderlist_x.csv"
    head = "stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear,birthyear,gender,militarycareer,l_month,l_year,,,codedby,notes\n"
    file.write_bytes(
        (head + "CHL,155,A1,Péna Nova,11,3,1990,3,1994,1918,1,0,12,1989,,,,\n"
         "GFR,260,A2,Schmidt,16,5,1974,10,1982,,,,,,,,,\nCHL,155,A3,Oldman,4,9,2019,,,,,,,,,,,\n").encode("latin-1")
    )  # fmt: skip
    return file


def _comtrade_old(folder: Path) -> Path:
    file = folder / "fish.csv"
    file.write_text(
        OLD + "H6,2031,Export,152,CHL,246,FIN,Finland,0302,Fish,1000.50,,1000.50,0\n"
        "H6,2031,Import,246,FIN,152,CHL,Chile,0302,Fish,1100,1100,,4\n"
        "S4,2031,Re-Export,246,FIN,152,CHL,Chile,036,Crab,007,,,\n"
    )
    return file


def _comtrade_new(folder: Path) -> Path:
    file = folder / "coal.csv"
    file.write_text(
        "typeCode,freqCode,refYear,period,reporterCode,flowCode,partnerCode,classificationCode,cmdCode,cmdDesc,"
        "primaryValue,cifvalue,fobvalue,isReported\n"
        "C,M,2031,203101,152,X,246,H6,270119,Coal,12.50,,12.50,true\nC,A,2031,2031,842,M,699,S4,036,Crab,99.75,99.75,,false\n"
    )
    return file


def _agreements(folder: Path) -> Path:
    file = folder / "lake.csv"
    file.write_text(
        "agreement,party,title,kind,signature,ratification,withdrawal\nlake,CHL,On the lake,treaty,2031-02-03,2032-05,\n"
        "lake,Finland,On the lake,treaty,2031-02,2033,2040-02\nlake,EU,,,,2034,\n"
    )
    return file


def _own(folder: Path) -> Path:
    example = Path(__file__).resolve().parents[2] / "examples" / "tables"
    return example / "visits.csv"


# Name of the loader and, behind a dot, of a form that it takes -> what makes a sample in a folder.
SAMPLES: Mapping[str, Callable[[Path], Path]] = {
    "gdelt.2": lambda folder: _gdelt(folder, wide=True),
    "gdelt.1": lambda folder: _gdelt(folder, wide=False),
    "icews": _icews,
    "icews-graph": _icews_graph,
    "un-votes": _un_votes,
    "cow-igo": _cow_igo,
    "reign": _reign,
    "comtrade.old": _comtrade_old,
    "comtrade.new": _comtrade_new,
    "agreements": _agreements,
    "table": _own,
}
