"""The model shown to people: ``kg ref``."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from kg import ref
from kg.errors import UnknownName
from kg.ontology import model
from kg.records import RECORDS
from kg.tables.mapfile import mapped_fields


def test_all_classes_are_listed(kg: Callable[..., Result]) -> None:
    shown = kg("ref")
    assert shown.exit_code == 0
    assert [row["name"] for row in json.loads(shown.stdout)] == list(model().classes)
    assert "kg ref NAME" in kg("ref", "--table").stdout


def test_one_class_with_its_properties(kg: Callable[..., Result]) -> None:
    shown = json.loads(kg("ref", "MeetingAccount").stdout)
    properties = {p["name"]: p for p in shown["properties"]}
    assert shown["kind"] == "class"
    assert shown["parents"] == ["Act"]
    assert properties["aboutSector"]["of"] == "Act"
    assert properties["party"]["required"]
    assert not properties["citation"]["required"], "a warning demands nothing"
    assert properties["meetingKind"]["values"] == "Concept"


@pytest.mark.parametrize("name", ["sectors", "sector", "Sectors"])
def test_a_scheme_by_its_file_or_its_id(kg: Callable[..., Result], name: str) -> None:
    shown = json.loads(kg("ref", name).stdout)
    assert shown["kind"] == "scheme"
    entries = {entry["id"]: entry for entry in shown["entries"]}
    assert len(entries) == 28
    assert entries["trade"]["label"] == "Trade"
    assert "free trade" in entries["trade"]["aliases"]


def test_forums_and_states_are_lists_too(kg: Callable[..., Result]) -> None:
    forums = {entry["id"]: entry for entry in json.loads(kg("ref", "forums").stdout)["entries"]}
    assert "CHOGM" in forums["Commonwealth"]["aliases"]
    states = json.loads(kg("ref", "states").stdout)["entries"]
    assert {"CAN", "SUN", "COW-817"} <= {entry["id"] for entry in states}


def test_a_property(kg: Callable[..., Result]) -> None:
    shown = json.loads(kg("ref", "kg:speaker").stdout)
    assert (shown["kind"], shown["of"], shown["many"]) == ("property", "Statement", False)
    assert "https://schema.org/spokenByCharacter" in shown["specialises"]


def test_each_scheme_of_the_list_can_be_shown() -> None:
    listed = ref.schemes()
    assert len(listed) == len({row["id"] for row in listed})
    for row in listed:
        shown = ref.scheme(row["id"])
        assert len(shown["entries"]) == row["entries"] > 0
        assert shown["label"]
        ids = [entry["id"] for entry in shown["entries"]]
        assert ids == sorted(set(ids))


def test_what_a_map_can_set_is_marked(kg: Callable[..., Result]) -> None:
    shown = json.loads(kg("ref", "Agreement").stdout)
    named = {p["name"]: p["in_map"] for p in shown["properties"]}
    assert (named["agreementKind"], named["prefLabel"], named["altLabel"]) == ("agreementKind", "name", "aliases")
    assert named["hostCountry"] is None
    table = kg("ref", "Agreement", "--table").stdout
    assert "what has no name there no map can set" in table
    assert table.index("agreementKind") < table.index("broadMatch") < table.index("hostCountry")
    assert "No row of a table stands for a Document." in kg("ref", "Document", "--table").stdout


@pytest.mark.parametrize("name", sorted(set(RECORDS) - {"Document", "Dataset", "Span", "Relation"}))
def test_what_is_marked_is_what_a_map_may_say(name: str) -> None:
    marked = {p["in_map"] for p in ref.describe(name)["properties"]} - {None}
    assert marked == set(mapped_fields(name)), name


def test_each_class_and_property_can_be_shown() -> None:
    for name in model().classes:
        assert ref.describe(name)["name"] == name
    for name in model().properties:
        assert ref.describe_property(name)["name"] == name


@pytest.mark.parametrize(("typed", "near"), [("Meating", "Meeting"), ("sektors", "sectors"), ("speeker", "speaker")])
def test_what_does_not_exist_gives_suggestions_and_exit_2(kg: Callable[..., Result], typed: str, near: str) -> None:
    shown = kg("ref", typed)
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert f"{near}" in shown.stderr
    assert "Did you mean" in shown.stderr
    with pytest.raises(UnknownName):
        ref.describe(typed)


def test_tables_and_csv(kg: Callable[..., Result]) -> None:
    table = kg("ref", "vote-option", "--table").stdout
    assert table.startswith("vote-option: Vote options\n")
    assert "Did not take part in the vote" in table
    csv = kg("ref", "Tenure", "--csv").stdout.splitlines()
    assert csv[0] == "name,in_map,values,many,required,of,definition"
    assert any(line.startswith("holder,holder,Person,no,yes,Tenure,") for line in csv)
    assert kg("ref", "--schemes", "--csv").stdout.startswith("id,label,entries,definition\n")
