# ruff: noqa: E501  (rows of tables are long)
"""A table of one's own with its map."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.errors import LoadError
from kg.tables.mapfile import read_map
from tests.tables.conftest import Facts, Load


def test_the_example(put: Load, facts: Facts, root: Path) -> None:
    folder = root / "examples" / "tables"
    report = put(folder / "visits.csv", "table", map=str(folder / "visits.yaml"))
    assert report.error is None
    assert (report.sources[0].counts["MeetingAccount"], report.sources[0].counts["Participation"]) == (3, 3)
    found = facts("fjord-visits")
    first = "account/fjord-visits.1"
    assert {
        (first, "when", "2031-03-14"), (first, "party", "actor/FIN"), (first, "party", "actor/CHL"),
        (first, "concerns", "relation/CHL-FIN"), (first, "meetingKind", "meeting-kind/state-visit"),
        (first, "takesPlaceAt", "place/CHL.valparaiso"), (first, "row", "1"),
        ("participation/fjord-visits.1", "participant", "person/FIN.aino-virta"),
        ("participation/fjord-visits.1", "participationIn", first),
        ("person/FIN.aino-virta", "prefLabel", "Aino Virta"),
        ("source/fjord-visits", "licence", "CC0 1.0"),
    } <= found  # fmt: skip
    (note,) = report.sources[0].notes
    assert note.startswith("4 findings: ") and "party cannot be read from it; the row is left out (1)" in note
    assert "inState cannot be read from it; the field is left out (1)" in note, "as the map calls it"
    assert "1 more. 'kg findings fjord-visits' lists all." in note


MAP = """
source: {id: flows, title: Flows}
records:
  - record: TradeFlow
    key: [year, what]
    concerns: [exporter, importer]
    fields:
      exporter: {column: from, code: iso3}
      importer: {constant: CHL, code: iso3}
      value: amount
      currency: {constant: EUR}
      when: year
      product: {column: what, values: {fish: Fish}}
      aboutSector: {column: what, concept: sector, values: {fish: fisheries}}
      approximate: about
"""


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "parquet"])
def test_each_format_says_the_same(put: Load, facts: Facts, tmp_path: Path, form: str) -> None:
    rows = [
        {"from": "FIN", "amount": "12.50", "year": "2031", "what": "fish", "about": "yes"},
        {"from": "SUN", "amount": "007", "year": "2032", "what": "091", "about": "no"},
        {"from": "", "amount": "1", "year": "2032", "what": "x", "about": ""},
    ]
    file = tmp_path / f"flows.{form}"
    if form == "jsonl":
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif form == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(rows), file)
    else:
        sign = "\t" if form == "tsv" else ","
        file.write_text("\n".join(sign.join(r) for r in [list(rows[0]), *(list(r.values()) for r in rows)]) + "\n")
    (tmp_path / "map.yaml").write_text(MAP)
    report = put(file, "table", map=str(tmp_path / "map.yaml"))
    assert report.error is None
    assert report.sources[0].counts["TradeFlow"] == 2
    found = facts("flows")
    assert {
        ("flow/flows.2031_fish", "exporter", "actor/FIN"), ("flow/flows.2031_fish", "importer", "actor/CHL"),
        ("flow/flows.2031_fish", "value", "12.5"), ("flow/flows.2031_fish", "product", "Fish"),
        ("flow/flows.2031_fish", "aboutSector", "sector/fisheries"), ("flow/flows.2031_fish", "approximate", "true"),
        ("flow/flows.2031_fish", "concerns", "relation/CHL-FIN"), ("flow/flows.2032_091", "product", "091"),
        ("flow/flows.2032_091", "exporter", "actor/SUN"), ("flow/flows.2032_091", "value", "7"),
    } <= found  # fmt: skip


def test_a_changed_map_is_read_again(put: Load, facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("from,amount,year,what,about\nFIN,1,2031,fish,yes\n")
    map_ = tmp_path / "map.yaml"
    map_.write_text(MAP)
    assert put(tmp_path / "t.csv", "table", map=str(map_)).sources[0].change == "loaded"
    assert put(tmp_path / "t.csv", "table", map=str(map_)).sources[0].change == "unchanged"
    map_.write_text(MAP.replace("EUR", "USD"))
    assert put(tmp_path / "t.csv", "table", map=str(map_)).sources[0].change == "replaced"
    assert {o for _, p, o in facts("flows") if p == "currency"} == {"USD"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("records: [", "line 2, column 1: this is no YAML"),
        ("record: x", "line 1, column 1: A map has no 'record'. Did you mean records?"),
        ("records:\n  - record: Tradeflow\n    fields: {}", "line 2, column 13: there is no record 'Tradeflow'. Did you mean TradeFlow?"),
        ("records:\n  - record: Person\n    fields:\n      nam: a", "line 4, column 7: A Person has no 'nam'. Did you mean name?"),
        ("records:\n  - record: Event\n    fields:\n      when: a", "line 3, column 5: an Event needs the field eventCode."),
        ("records:\n  - record: Event\n    fields:\n      eventCode: code", "eventCode is a thing" ),
        ("records:\n  - record: Person\n    fields:\n      name: {colum: a}", "line 4, column 14: The field name has no 'colum'. Did you mean column?"),
        ("records:\n  - record: Person\n    fields:\n      nationality: {column: a, code: isoo}", "line 4, column 38: there is no scheme of codes 'isoo'"),
        ("records:\n  - record: Person\n    fields:\n      name: {column: a, constant: b}", "needs one of column, constant and refer"),
        ("records:\n  - record: Person\n    fields:\n      name: a\n      name: b", "line 5, column 7: 'name' stands here twice"),
        ("records:\n  - record: Tenure\n    fields:\n      holder: {refer: Person, key: a}\n      office: {refer: Office, key: b}", "line 4, column 15: the map has no record 'Person'"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_map_has_a_place(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "map.yaml").write_text(text + "\n")
    with pytest.raises(LoadError) as raised:
        read_map(tmp_path / "map.yaml")
    assert words.replace("eventCode is a thing", "is a thing") in str(raised.value)
    assert str(raised.value).startswith("map.yaml")


def test_a_flow_needs_two_sides(put: Load, facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("from,amount,year,what,about\nCHL,1,2031,fish,no\nFIN,2,2031,fish,no\n")
    (tmp_path / "map.yaml").write_text(MAP.replace("[year, what]", "[year, from]"))
    report = put(tmp_path / "t.csv", "table", map=str(tmp_path / "map.yaml"))
    (source,) = report.sources
    assert source.counts["TradeFlow"] == 1
    assert source.notes == (
        "1 finding: both sides are the same; the row is left out (1). 'kg findings flows' lists all.",
    )
    assert ("flow/flows.2031_FIN", "importer", "actor/CHL") in facts("flows")


@pytest.mark.parametrize("thing", ["http://ex.org/a b", "no iri", "http://ex.org/a> . <http://x/s> <http://x/p> <x:o"])
def test_a_thing_needs_a_right_iri(tmp_path: Path, thing: str) -> None:
    (tmp_path / "map.yaml").write_text(
        f"records:\n- record: Event\n  key: k\n  fields:\n    when: day\n    initiator: {{constant: '{thing}'}}\n"
    )
    with pytest.raises(LoadError, match=r"map.yaml, line 6, .* give its IRI"):
        read_map(tmp_path / "map.yaml")


def test_a_column_that_is_not_there(put: Load, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("from,amount\nFIN,1\n")
    (tmp_path / "map.yaml").write_text(MAP)
    assert "t.csv lacks the columns year, what, about" in (
        put(tmp_path / "t.csv", "table", map=str(tmp_path / "map.yaml")).error or ""
    )


def test_on_the_command_line(kg: Callable[..., Result], root: Path) -> None:
    folder = root / "examples" / "tables"
    assert kg("init").exit_code == 0
    loaded = kg("load", folder / "visits.csv", "--map", folder / "visits.yaml", "--json")
    assert loaded.exit_code == 0, loaded.output
    found = json.loads(kg("findings", "fjord-visits", "--json").stdout)
    assert {(f["row"], f["value"]) for f in found} >= {(3, "31.02.2032"), (4, "XX")}
    assert kg("findings", "nothing").exit_code == 1
    assert kg("validate", "--strict").exit_code == 0
    counted = json.loads(kg("findings", "--count").stdout)
    assert sum(row["count"] for row in counted) == len(found)
    failed = kg("load", folder / "visits.csv", "--map", folder / "visits.yaml", "--id", "other", "--strict")
    assert failed.exit_code == 1
    assert "rows cannot be mapped" in failed.output


@pytest.mark.parametrize("name", ["w[x]q.csv", "w?q.csv", "w*.csv", "it's.csv"])
def test_the_name_of_a_file_is_no_pattern(put: Load, facts: Facts, tmp_path: Path, name: str) -> None:
    (tmp_path / "map.yaml").write_text(MAP)
    (tmp_path / "wxq.csv").write_text("year,from,what,amount,about\n2001,PER,fish,1,no\n")
    (tmp_path / name).write_text("year,from,what,amount,about\n2002,KEN,fish,2,no\n")
    report = put(tmp_path / name, "table", map=str(tmp_path / "map.yaml"))
    assert report.error is None
    assert {value for _, key, value in facts("flows") if key == "when"} == {"2002"}
