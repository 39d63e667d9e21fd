# ruff: noqa: E501  (rows of tables are long)
"""One small invented file or folder for each loader of tables, with all that its columns may hold."""

from collections.abc import Callable, Mapping
from pathlib import Path

__all__ = ["COMTRADE_NEW", "COMTRADE_OLD", "FLOWS", "OLD", "SAMPLES", "gdelt", "row"]

# The map of a small table of one's own.
FLOWS = """
source: {id: flows}
records:
  - record: TradeFlow
    key: no
    fields:
      exporter: {column: from, code: iso3}
      importer: {constant: CHL, code: iso3}
      value: amount
      currency: {constant: EUR}
      when: year
"""
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
# The headers as UN Comtrade has them, the older and the newer one.
COMTRADE_OLD = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,Trade Flow,Reporter Code,Reporter,"
    "Reporter ISO,Partner Code,Partner,Partner ISO,2nd Partner Code,2nd Partner,2nd Partner ISO,Customs Proc. Code,Customs,"
    "Mode of Transport Code,Mode of Transport,Commodity Code,Commodity,Qty Unit Code,Qty Unit,Qty,Alt Qty Unit Code,"
    "Alt Qty Unit,Alt Qty,Netweight (kg),Gross weight (kg),Trade Value (US$),CIF Trade Value (US$),FOB Trade Value (US$),Flag"
)
COMTRADE_NEW = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,"
    "partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,classificationSearchCode,"
    "isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,mosCode,motCode,motDesc,qtyUnitCode,"
    "qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,"
    "isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,isReported,isAggregate"
)


def row(header: str, **cells: str) -> str:
    """A line of a table: what is named by column (with "_" for what no name of Python may hold), else nothing."""
    names = header.split(",")
    plain = {"".join(c if c.isalnum() else "_" for c in name): name for name in names}
    given = {plain[key]: value for key, value in cells.items()}
    return ",".join(given.get(name, "") for name in names) + "\n"


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
    def line(flow: str, one: str, other: str, code: str, value: str, **more: str) -> str:
        numbers = {"CHL": "152", "FIN": "246"}
        about = {"Classification": "H6", "Year": "2031", "Period": "2031", "Commodity": "Fish", **more}
        return row(
            COMTRADE_OLD, Trade_Flow=flow, Reporter_ISO=one, Reporter_Code=numbers[one], Partner_ISO=other,
            Partner_Code=numbers[other], Commodity_Code=code, Trade_Value__US__=value, **about,
        )  # fmt: skip

    file = folder / "fish.csv"
    file.write_text(
        COMTRADE_OLD + "\n"
        + line("Export", "CHL", "FIN", "0302", "1000.50", FOB_Trade_Value__US__="1000.50", Flag="0")
        + line("Import", "FIN", "CHL", "0302", "1100", CIF_Trade_Value__US__="1100", Flag="4")
        + line("Re-Export", "FIN", "CHL", "036", "007", Classification="S4")
    )  # fmt: skip
    return file


def _comtrade_new(folder: Path) -> Path:
    file = folder / "coal.csv"
    common = {"typeCode": "C", "refYear": "2031", "classificationCode": "H6", "cmdDesc": "Coal", "partner2Code": "0"}
    file.write_text(
        COMTRADE_NEW + "\n"
        + row(COMTRADE_NEW, **common, period="203101", reporterCode="152", flowCode="X", partnerCode="246",
              cmdCode="270119", primaryValue="12.50", fobvalue="12.50", isReported="true")
        + row(COMTRADE_NEW, **common, period="203101", reporterCode="246", flowCode="M", partnerCode="152",
              cmdCode="270119", primaryValue="14", cifvalue="14", isReported="true")
        + row(COMTRADE_NEW, **common | {"classificationCode": "S4"}, period="2031", reporterCode="842", flowCode="M",
              partnerCode="699", cmdCode="036", primaryValue="99.75", cifvalue="99.75", isReported="false")
    )  # fmt: skip
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
