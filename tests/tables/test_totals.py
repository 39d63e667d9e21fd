"""Rows that total the trade of both directions have no exporter: they are findings that say so."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.tables.findings import read
from kg.tables.totals import BOTH_WAYS
from tests.tables.conftest import Facts, Load
from tests.tables.samples import COMTRADE_NEW, FLOWS, OLD, row

MAP = FLOWS.replace(
    "{constant: CHL, code: iso3}", "{column: to, code: iso3}\n      flow: {column: flow, concept: flow}"
)


@pytest.mark.parametrize("word", ["Total trade", "two-way", "Bilateral trade", "exports and imports", "TOTAL"])
def test_in_a_table_of_ones_own(kg: Callable[..., Result], tmp_path: Path, word: str) -> None:
    (tmp_path / "map.yaml").write_text(MAP)
    (tmp_path / "flows.csv").write_text(
        f"no,from,to,flow,amount,year\n1,FIN,CHL,export,5,2031\n2,FIN,CHL,{word},9,2031\n"
    )
    kg("init")
    loaded = json.loads(kg("load", "flows.csv", "--map", "map.yaml", "--json").stdout)
    assert loaded["files"][0]["sources"][0]["counts"]["TradeFlow"] == 1
    (found,) = json.loads(kg("findings", "--json").stdout)
    assert (found["row"], found["value"], found["reason"]) == (2, word, BOTH_WAYS)


def test_in_comtrade(put: Load, facts: Facts, tmp_path: Path) -> None:
    given = {"reporterCode": "246", "partnerCode": "152", "cmdCode": "TOTAL", "period": "2031"}
    rows = "".join(
        row(COMTRADE_NEW, **given, flowCode=code, flowDesc=word, primaryValue="7", classificationCode="HS")
        for code, word in (("X", "Export"), ("T", "Total trade"), ("ZZ", "Something"))
    )
    (tmp_path / "trade.csv").write_text(COMTRADE_NEW + "\n" + rows)
    report = put(tmp_path / "trade.csv")
    assert report.sources[0].counts["TradeFlow"] == 1
    found = read(tmp_path / "project" / ".kg", report.sources[0].id)
    assert {(f.row, f.reason) for f in found} == {(2, BOTH_WAYS), (3, "an unknown flow; the row is left out")}


def test_in_the_old_form_of_comtrade(put: Load, tmp_path: Path) -> None:
    line = "HS,2031,{},246,FIN,152,CHL,Chile,TOTAL,All,7,,,0\n"
    (tmp_path / "trade.csv").write_text(OLD + line.format("Export") + line.format("Two-way trade"))
    report = put(tmp_path / "trade.csv")
    assert report.sources[0].counts["TradeFlow"] == 1
    assert BOTH_WAYS in " ".join(report.sources[0].notes)
