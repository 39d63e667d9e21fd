"""All that is known of a thing, in groups, with sources, on a day and as known by a day."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg import iris
from kg.graph import Graph
from kg.project import Project
from kg.show import Group, show
from tests.questions.conftest import CAN, PAIR, load
from tests.questions.writer import Writer

XI = iris.person("Xi Jinping", "CHN")


def groups(graph: Graph, iri: str, **more: str) -> dict[str, Group]:
    return {g.name: g for g in show(graph, iri, limit=50, **more).groups}  # type: ignore[arg-type]


def texts(group: Group) -> list[str]:
    return [line.text for line in group.lines]


def test_of_a_person_newest_first_each_line_with_its_source(graph: Graph) -> None:
    found = groups(graph, XI)
    assert "习近平 (zh)" in texts(found["Names"])
    assert [line.date for line in found["Meeting"].lines] == [
        "2026-09-03", "2026-02-20", "2026-01-16", "2025-10 or 2025-10-31",
    ]  # fmt: skip
    assert all(line.sources for group in found.values() for line in group.lines)
    assert "Xi Jinping: should not be a weapon" in texts(found["Statement (speaker)"])
    assert [s.key for s in found["Meeting"].lines[1].sources] == ["visits-table"]


def test_copies_of_one_text_are_one_line(graph: Graph) -> None:
    (line,) = groups(graph, XI)["Statement (addressee)"].lines
    assert [s.key for s in line.sources] == ["canada-readout", "canada-readout-again"]


def test_as_of_a_day(graph: Graph) -> None:
    found = groups(graph, XI, as_of="2012-12-01")
    assert "Meeting" not in found
    assert any("Vice President" in t for t in texts(found["Tenure (holder)"]))
    assert not any("Vice President" in t for t in texts(groups(graph, XI, as_of="2020-01-01")["Tenure (holder)"]))
    assert [line.date for line in groups(graph, XI, as_of="2026-01-16")["Meeting"].lines] == [
        "2026-01-16", "2025-10 or 2025-10-31",
    ]  # fmt: skip


def test_as_known_by_a_day(graph: Graph) -> None:
    (line,) = groups(graph, XI, known_at="2025-12-31")["Meeting"].lines
    assert [s.key for s in line.sources] == ["agency"]


def test_of_a_meeting_with_the_accounts_of_all_sources(graph: Graph) -> None:
    (row,) = graph.query(
        "SELECT DISTINCT ?m WHERE { GRAPH graph:derived { ?m kg:when ?w ; a kg:Meeting } "
        'FILTER(STR(?w) = "2026-01-16") }'
    )
    found = groups(graph, row["m"].value)  # type: ignore[union-attr]
    place = next(line for line in found["Facts"].lines if line.text == "place: Beijing")
    assert {s.key for s in place.sources} == {"canada-readout", "canada-readout-again", "china-readout"}
    assert len(found["Statement (made at)"].lines) == 6
    assert {"Mark Carney", "Xi Jinping"} <= set(texts(found["Participation (participation in)"]))


def test_long_groups_are_cut_and_say_so(graph: Graph) -> None:
    found = {g.name: g for g in show(graph, iris.actor("CAN"), limit=2).groups}
    group = found["Membership (member)"]
    assert len(group.lines) == 2 and group.left_out == f"{group.count - 2} more"


def test_more_than_is_looked_at(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.show.LOOKED_AT", 3)
    group = groups(graph, iris.actor("CAN"))["Membership (member)"]
    assert group.count == 3 and "only the first 3 were looked at" in group.left_out


def test_the_command(kg: Callable[..., Result], world: Path) -> None:
    root = ("-C", world)
    found = json.loads(kg("show", "Xi", *root).output)
    assert found["iri"] == XI and found["class"] == "Person"
    assert {"name", "count", "more", "counted_all", "lines"} <= set(found["groups"][0])
    assert "习近平" in kg("show", "Xi", "--table", *root).output
    assert kg("show", "CAN", "--csv", *root).output.startswith("group,date,text,iri,sources\n")
    assert kg("show", "Kanada", *root).exit_code == 1
    wrong = kg("show", "Canada", "--as-of", "soon", *root)
    assert wrong.exit_code == 2 and "--as-of" in wrong.stderr


def test_times_in_words_for_people_and_as_edtf_for_programs(kg: Callable[..., Result], tmp_path: Path) -> None:
    text = "Canada will open two ports to ships from China in the autumn."
    paper = Writer("ports", text, "2026-05-04", "Harbour Gazette", "press")
    act = paper.add("Commitment", text, committed_by=(CAN,), concerns=PAIR, when="2026-05/..", due="2026-09/2026-11")
    load(Project.init(tmp_path), [paper])
    told = kg("show", act, "--table").output
    assert "  due: 2026-09 to 2026-11  [" in told and "  when: since 2026-05  [" in told
    (line,) = (line for line in kg("show", "Canada", "--table").output.splitlines() if "open two ports" in line)
    assert line.startswith("  since 2026-05  ")
    assert "due: 2026-09/2026-11" in kg("show", act, "--csv").output
    (facts,) = (g for g in json.loads(kg("show", act).output)["groups"] if g["name"] == "Facts")
    assert "due: 2026-09/2026-11" in {line["text"] for line in facts["lines"]}


def test_find_by_name_and_by_what_was_said(kg: Callable[..., Result], world: Path) -> None:
    root = ("-C", world)
    assert json.loads(kg("find", "Xi", *root).output)[0]["iri"] == XI
    said = json.loads(kg("find", "WEAPON", "--text", *root).output)
    assert [row["name"] for row in said if row["class"] == "Statement"] == ["Xi Jinping: should not be a weapon"]
    assert json.loads(kg("find", "WEAPON", "--text", "--class", "Commitment", *root).stdout) == []
    nothing = kg("find", "Kanada", "--table", *root)
    assert nothing.exit_code == 1 and "Did you mean Canada" in nothing.output


def test_ask_on_the_command_line(kg: Callable[..., Result], world: Path) -> None:
    root = ("-C", world)
    listed = json.loads(kg("ask", *root).output)
    assert {"question", "answers", "parameters", "columns", "example"} == set(listed[0])
    rows = json.loads(kg("ask", "meetings", "a=Canada", "b=China", "--known-at", "2025-12-31", *root).output)
    assert rows[0]["meeting"]["label"].startswith("Meeting Canada – China 2025-10-31 Gyeongju")
    assert {"source", "title", "publisher", "published", "quote", "span"} <= set(rows[0]["citations"][0])
    csv = kg("ask", "meetings", "a=Canada", "b=Fiji", "--csv", *root)
    assert csv.exit_code == 1 and csv.output.startswith("date,kind,kind_iri,")
    assert "canada" in kg("ask", "meetings", "a=Canada", "b=China", "--table", *root).output.lower()
    assert "Parameters:" in kg("ask", "meetings", "--about", *root).output
    assert "SELECT DISTINCT" in kg("ask", "meetings", "--query", *root).output
    for wrong in (
        ("a=Canada",),
        ("a=Canada", "b"),
        ("a=Canada", "a=China"),
        ("a=Canada", "b=China", "--as-of", "2026"),
    ):
        assert kg("ask", "meetings", *wrong, *root).exit_code == 2


def test_the_query_of_a_question_runs_as_it_is_printed(kg: Callable[..., Result], world: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text(kg("ask", "meetings", "--query", "-C", world).output)
    assert kg("sparql", "-f", query, "--format", "csv", "-C", world).exit_code == 0
