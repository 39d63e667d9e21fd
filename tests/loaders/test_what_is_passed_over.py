"""What a load passes over or takes for something else is said: mistyped keys, codes of no state, maps, tables."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

TEXT = "Prime Minister Mark Carney met President Xi Jinping in Beijing on 16 January 2026."
MAP = """
source: {id: flows, title: Flows}
records:
  - record: TradeFlow
    key: year
    concerns: [exporter, importer]
    fields:
      exporter: {column: from, code: iso3}
      importer: {constant: CHL, code: iso3}
      value: amount
      currency: {constant: EUR}
      when: year
"""


@pytest.fixture
def made(kg: Callable[..., Result], tmp_path: Path) -> Path:
    assert kg("init").exit_code == 0
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_a_mistyped_key_of_a_sidecar(kg: Callable[..., Result], made: Path) -> None:
    (made / "a.txt").write_text(TEXT)
    (made / "a.meta.json").write_text(json.dumps({"publishd": "2026-01-17", "crawler_run": 7, "title": "A"}))
    said = kg("load", made / "a.txt", "--table").output
    assert "the key 'publishd' is not known and was passed over; did you mean 'published'?" in said
    assert "crawler_run" not in said
    assert "'published'?" in kg("extract", made / "a.txt").stderr


def test_a_mistyped_key_in_a_head_and_in_records(kg: Callable[..., Result], made: Path) -> None:
    (made / "a.md").write_text(f"---\ntitel: A\n---\n\n{TEXT}\n")
    (made / "b.yaml").write_text(
        "source: {id: b, publishr: Desk}\nentries: [{meeting: {id: x, parties: [CAN, CHN], when: 2030-05-02}}]\n"
    )
    said = kg("load", made, "--table").output
    assert "did you mean 'title'?" in said and "did you mean 'publisher'?" in said


@pytest.mark.parametrize(("name", "noted"), [("XYZ", True), ("AUS", False), ("CGTN", False), ("Xyz Press", False)])
def test_a_publisher_that_looks_like_a_code(kg: Callable[..., Result], made: Path, name: str, noted: bool) -> None:
    (made / "a.txt").write_text(TEXT)
    sentence = f"The publisher '{name}' is the code of no state"
    assert (sentence in kg("load", made / "a.txt", "--publisher", name, "--table").output) is noted
    assert (sentence in kg("extract", made / "a.txt", "--publisher", name).stderr) is noted


def test_a_table_beside_its_map(kg: Callable[..., Result], made: Path) -> None:
    (made / "t.csv").write_text("from,amount,year\nFIN,2,2031\n")
    (made / "t.yaml").write_text(MAP)
    without = kg("load", made, "--table")
    assert without.exit_code == 0
    assert "t.csv: no loader knows this table by its columns; a table of your own needs --map." in without.output
    assert "t.yaml: it is a map of a table, which --map names." in without.output
    for paths in ((made,), (made / "t.csv", made / "t.yaml")):
        found = kg("load", *paths, "--map", made / "t.yaml", "--table")
        assert found.exit_code == 0, found.output
    assert "flows" in kg("sources", "--table").output
    alone = kg("load", made / "t.yaml", "--table")
    assert alone.exit_code == 1 and "load the table with --map" in alone.stderr
    assert json.loads(kg("load", made, "--json").stdout)["files"][0]["reason"].startswith("no loader knows this table")
