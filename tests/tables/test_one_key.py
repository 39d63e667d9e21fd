"""Two tables under one name: no source takes the place of another unnoticed, and no two things become one by number."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.loaders import versions
from tests.tables.conftest import Facts, Load
from tests.tables.samples import FLOWS

HEAD = "no,from,amount,year\n"


def table(file: Path, *rows: str, head: str = HEAD) -> Path:
    """A small table at a place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(head + "".join(row + "\n" for row in rows))
    return file


@pytest.fixture
def map_(tmp_path: Path) -> str:
    """The map of the tables."""
    (tmp_path / "map.yaml").write_text(FLOWS)
    return str(tmp_path / "map.yaml")


@pytest.mark.parametrize("second", ["other.csv", "later/flows.csv"])
def test_another_table_does_not_take_the_place(put: Load, facts: Facts, tmp_path: Path, map_: str, second: str) -> None:
    put(table(tmp_path / "flows.csv", "1,FIN,5,2031"), "table", map=map_)
    before = facts("flows")
    report = put(table(tmp_path / second, "1,KEN,7,2032"), "table", map=map_)
    assert report.status == "failed"
    assert str(tmp_path / second) in (report.error or "")
    assert "the place of ../flows.csv" in (report.error or "")
    assert "--id NAME" in (report.error or "")
    assert "kg forget flows" in (report.error or "")
    assert facts("flows") == before


def test_the_same_file_grows(put: Load, facts: Facts, tmp_path: Path, map_: str) -> None:
    put(table(tmp_path / "flows.csv", "1,FIN,5,2031"), "table", map=map_)
    grown = put(table(tmp_path / "flows.csv", "1,FIN,5,2031", "2,KEN,7,2032"), "table", map=map_)
    assert grown.sources[0].change == "replaced"
    assert ("flow/flows.2", "exporter", "actor/KEN") in facts("flows")


def test_a_file_that_was_moved_is_the_same(put: Load, tmp_path: Path, map_: str) -> None:
    file = table(tmp_path / "flows.csv", "1,FIN,5,2031")
    put(file, "table", map=map_)
    file.unlink()
    moved = put(table(tmp_path / "later" / "flows.csv", "1,FIN,6,2031"), "table", map=map_)
    assert moved.sources[0].change == "replaced"


def test_what_the_sentence_says_helps(kg: Callable[..., Result], tmp_path: Path, map_: str) -> None:
    one, other = table(tmp_path / "one.csv", "1,FIN,5,2031"), table(tmp_path / "other.csv", "1,KEN,7,2032")
    kg("init")
    assert kg("load", one, "--map", map_).exit_code == 0
    assert kg("load", other, "--map", map_).exit_code == 1
    assert kg("load", other, "--map", map_, "--id", "others").exit_code == 0
    assert kg("forget", "flows").exit_code == 0
    assert kg("load", other, "--map", map_).exit_code == 0


def test_data_sets_of_two_folders(put: Load, tmp_path: Path) -> None:
    head, name = "igo,state,ccode,from_year,to_year\n", "full_membership_spells.csv"
    put(table(tmp_path / "one" / name, "un,chile,155.0,1960.0,1970.0", head=head))
    other = put(table(tmp_path / "other" / name, "un,peru,135.0,1960.0,1970.0", head=head))
    assert "the place of ../one/full_membership_spells.csv" in (other.error or "")


# --- what several tables may describe -------------------------------------------------------------------------------

AGREEMENTS = """
source: {id: %s}
records:
  - record: Agreement
    key: %s
    fields: {name: title}
"""


def agreements(put: Load, folder: Path, name: str, key: str, *titles: str) -> str | None:
    """Load a table of agreements that are numbered from 1; the error, if any."""
    rows = [f"{number},{title}" for number, title in enumerate(titles, 1)]
    (folder / f"{name}.yaml").write_text(AGREEMENTS % (name, key))
    file = table(folder / f"{name}.csv", *rows, head="no,title\n")
    return put(file, "table", map=str(folder / f"{name}.yaml")).error


def test_tables_that_number_theirs_apart(put: Load, facts: Facts, tmp_path: Path) -> None:
    assert agreements(put, tmp_path, "fish", "no", "Pact on herring", "Pact on cod") is None
    error = agreements(put, tmp_path, "rail", "no", "Railway treaty", "Ferry treaty", "Bridge treaty") or ""
    assert str(tmp_path / "rail.csv") in error
    assert "../fish.csv mean different things by one key" in error
    assert "agreement/1 is 'Railway treaty' in the one and 'Pact on herring' in the other" in error
    assert "2 of 2" in error
    assert "'key: title'" in error
    assert facts("rail") == set()
    assert agreements(put, tmp_path, "rail", "title", "Railway treaty", "Ferry treaty", "Bridge treaty") is None


def test_tables_that_share_their_numbers(put: Load, tmp_path: Path) -> None:
    assert agreements(put, tmp_path, "fish", "no", "Pact on herring", "Pact on cod", "Pact on eels") is None
    same = agreements(put, tmp_path, "more", "no", "Pact on Herring", "The pact on cod", "Something else")
    assert same is None, "a name may be spelled, or be given longer, and one number in three may be wrong"


def test_names_in_other_languages_say_nothing(put: Load, tmp_path: Path) -> None:
    assert agreements(put, tmp_path, "fish", "no", "Pact on herring") is None
    (tmp_path / "suomi.yaml").write_text(
        (AGREEMENTS % ("suomi", "no")).replace("{name: title}", "{name: {column: title, lang: fi}}")
    )
    file = table(tmp_path / "suomi.csv", "1,Sillisopimus", head="no,title\n")
    assert put(file, "table", map=str(tmp_path / "suomi.yaml")).error is None


PERSONS = """
source: {id: guests}
records:
  - record: Person
    key: who
    %s
    fields: {name: who}
"""


@pytest.mark.parametrize(("owner", "told"), [("", True), ("owner: {column: state, code: iso3}", False)])
def test_persons_without_a_state(put: Load, tmp_path: Path, owner: str, told: bool) -> None:
    (tmp_path / "map.yaml").write_text(PERSONS % owner)
    file = table(tmp_path / "guests.csv", "Aino Virta,FIN", "Tomas Rojas,CHL", "Aino Virta,FIN", head="who,state\n")
    (source,) = put(file, "table", map=str(tmp_path / "map.yaml")).sources
    notes = [note for note in source.notes if "persons are known by name alone" in note]
    assert bool(notes) == told
    if told:
        assert notes[0].startswith("2 persons are")
        assert "'owner'" in notes[0]
        assert "'kg review'" in notes[0]


# --- strict, and the version of what reads --------------------------------------------------------------------------


def test_strict_looks_at_what_stands(kg: Callable[..., Result], tmp_path: Path, map_: str) -> None:
    file = table(tmp_path / "flows.csv", "1,FIN,5,2031", "2,XXX,7,2032")
    copy = tmp_path / "copied" / "flows.csv"
    copy.parent.mkdir()
    copy.write_bytes(file.read_bytes())
    kg("init")
    assert kg("load", file, "--map", map_).exit_code == 0
    for again in (file, copy, file):
        strict = kg("load", again, "--map", map_, "--strict", "--json")
        assert strict.exit_code == 1, again
        assert "the first is row 2 of flows.csv: exporter cannot be read from it" in strict.stdout
    assert json.loads(kg("load", file, "--map", map_, "--json").stdout)["files"][0]["status"] == "unchanged"
    table(tmp_path / "flows.csv", "1,FIN,5,2031")
    for _ in range(2):
        assert kg("load", file, "--map", map_, "--strict").exit_code == 0


def test_other_rules_read_again(
    put: Load, facts: Facts, tmp_path: Path, map_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = table(tmp_path / "flows.csv", "1,FIN,5,2031")
    put(file, "table", map=map_)
    assert put(file, "table", map=map_).sources[0].change == "unchanged"
    monkeypatch.setattr(versions, "table_version", lambda: "0.1.0+another")
    assert put(file, "table", map=map_).sources[0].change == "replaced"
    assert put(file, "table", map=map_).sources[0].change == "unchanged"


def test_the_version_is_of_code_and_reference_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, data = tmp_path / "code", tmp_path / "data"
    for file in (code / "tables" / "own.py", code / "extract" / "rules.py", data / "reference" / "states.ttl"):
        file.parent.mkdir(parents=True)
        file.write_text("")
    monkeypatch.setattr("kg.__file__", str(code / "__init__.py"))
    monkeypatch.setattr(versions, "data_path", lambda name: data)

    def marks() -> tuple[str, str]:
        return versions.table_version.__wrapped__(), versions.text_version.__wrapped__()

    first = marks()
    (code / "tables" / "own.py").write_text("changed")
    second = marks()
    (data / "reference" / "states.ttl").write_text("changed")
    third = marks()
    assert [a != b for a, b in zip(first, second, strict=True)] == [True, False]
    assert [a != b for a, b in zip(second, third, strict=True)] == [True, True]


def test_parts_of_a_key_do_not_run_into_each_other(put: Load, facts: Facts, tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(FLOWS.replace("key: no", "key: [no, part]"))
    rows = ("1_2,3,FIN,5,2031", "1,2_3,KEN,7,2032", "1,2,PER,9,2033")
    put(
        table(tmp_path / "flows.csv", *rows, head="no,part,from,amount,year\n"), "table", map=str(tmp_path / "two.yaml")
    )
    found = {(thing, value) for thing, prop, value in facts("flows") if prop == "exporter"}
    assert len({thing for thing, _ in found}) == len(found) == 3
    assert ("flow/flows.1_2", "actor/PER") in found
