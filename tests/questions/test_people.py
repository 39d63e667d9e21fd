"""What people are shown: one line for one undertaking, one place, one load; queries as they are run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from kg import iris, records
from kg.brief import brief
from kg.graph import Graph
from kg.project import Project
from kg.questions import ask, question
from kg.questions.people import for_people
from tests.questions.conftest import load
from tests.questions.rows import cells, keys
from tests.questions.writer import Writer

NOR, CHL = iris.actor("NOR"), iris.actor("CHL")
TWO = {"a": "Norway", "b": "Chile"}
SANTIAGO, MONEDA = iris.place("Santiago", "CHL"), iris.place("La Moneda", "CHL")
SOLHEIM = iris.person("Ingrid Solheim", "NOR")


def papers() -> list[Writer]:
    """Three sources on one meeting and one undertaking, each in its own words."""
    found = []
    for key, place, words, due in (
        ("one", SANTIAGO, "establish a group on green shipping", None),
        ("two", MONEDA, "to establish a group on green shipping by October 2031", "2031-10"),
        ("three", SANTIAGO, "establish two groups on mining", None),
    ):
        paper = Writer(key, f"They met. Both will {words}.", "2031-03-13", key.capitalize(), "press")
        met = paper.meet("They met", [NOR, CHL], "2031-03-12", {SOLHEIM: iris.office("NOR", "head-of-government")},
                         takes_place_at=(place,))  # fmt: skip
        paper.add(
            "Commitment", words, committed_by=(NOR, CHL), concerns=(iris.relation(NOR, CHL),), made_at=met, due=due
        )
        found.append(paper)
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project.init(tmp_path_factory.mktemp("people"))
    load(made, papers())
    return made


@pytest.fixture
def graph(project: Project) -> Iterator[Graph]:
    with project.reading() as found:
        yield found


def test_one_undertaking_of_two_sources_is_one_line_with_both_citations(graph: Graph) -> None:
    rows = ask(graph, "commitments", **TWO)
    assert len(rows) == 3
    shown = for_people(graph, question("commitments"), rows)
    assert cells(shown, "words", "due") == [
        ("to establish a group on green shipping by October 2031", "2031-10"),
        ("establish two groups on mining", None),
    ]
    assert keys(shown[0]) == ["one", "two"]


def test_a_place_within_another_is_one_place(graph: Graph) -> None:
    shown = for_people(graph, question("meetings"), ask(graph, "meetings", **TWO))
    assert cells(shown, "place") == [["La Moneda, Santiago"]]
    text = brief(graph, "Norway", "Chile")
    assert "meeting in La Moneda, Santiago;" in text and " or Santiago" not in text
    assert text.partition("### Open")[2].partition("\n## ")[0].count("green shipping") == 1
    assert not [r for r in ask(graph, "contradictions", **TWO) if r["what"] == "place"]


def test_json_has_every_row_and_a_table_one_line(kg: Callable[..., Result], project: Project) -> None:
    asked = ("ask", "commitments", "a=Norway", "b=Chile", "-C", project.root)
    assert kg(*asked, "--json").stdout.count('"words"') == 3
    assert kg(*asked, "--table").stdout.count("green shipping") <= 3  # one line, whose citations repeat the words


def test_the_memo_says_where_reference_data_end(graph: Graph) -> None:
    late = brief(graph, "Norway", "Chile", on="2026-06-01")
    assert "The reference data on holders of offices are sound up to 2025-12-31" in late
    assert "Who took office after 2025-12-31" in late.partition("## What is not known")[2]
    assert "sound up to" not in brief(graph, "Norway", "Chile", on="2025-06-01").partition("## Meetings")[0]


def test_the_query_is_printed_with_the_values_given(kg: Callable[..., Result], project: Project) -> None:
    asked = ("ask", "meetings", "a=Norway", "b=Chile", "since=2031", "--query", "-C", project.root)
    sparql = kg(*asked).stdout
    assert f"VALUES ?a {{ <{NOR}> }}" in sparql and '"2031-01-01"' in sparql and "actor:CHN" not in sparql
    cypher = kg(*asked, "--neo4j").stdout
    query = "".join(line for line in cypher.splitlines(keepends=True) if not line.startswith("//"))
    assert f"IN ['{NOR}']" in query and "date('2031-01-01')" in query and "$" not in query
    assert "null IS NULL" in query, "known_at was left out"
    assert "actor:CHN" in kg("ask", "meetings", "--query", "-C", project.root).stdout, "the example as it stands"
    assert kg("ask", "meetings", "a=Norway", "--query", "-C", project.root).exit_code == 2


def test_a_load_is_one_line_and_what_was_forgotten_keeps_a_name(kg: Callable[..., Result], root: Path) -> None:
    assert kg("init").exit_code == 0
    tables = root / "examples" / "tables"
    assert kg("load", tables / "visits.csv", "--map", tables / "visits.yaml").exit_code == 0
    assert kg("load", root / "examples" / "fjord-andes" / "norway-readout.md").exit_code == 0
    assert kg("forget", "norway-2031-03-12").exit_code == 0
    with Project.find(Path()).reading() as graph:
        rows = ask(graph, "changes")
    assert cells(rows, "action", "title") == [
        ("forgotten", "norway-2031-03-12"),
        ("loaded", "norway-2031-03-12"),
        ("loaded", "Visits between Finland and Chile"),
    ]
    assert cells(rows, "title") == [row["source"].label for row in rows], "both columns call a source the same"
    assert [Path(row["file"]).name for row in rows] == ["norway-readout.md", "norway-readout.md", "visits.csv"]


def test_leaders_whom_the_reference_data_lack_meet_in_the_office_that_the_text_tells(
    kg: Callable[..., Result], root: Path
) -> None:
    assert kg("init").exit_code == 0
    for name in ("norway-readout.md", "earlier-news.txt"):
        assert kg("load", root / "examples" / "fjord-andes" / name).exit_code == 0
    with Project.find(Path()).reading() as graph:
        rows = ask(graph, "last-meeting", a="Norway", b="Chile")
    assert cells(rows, "date", "leaders_a", "offices_a", "offices_b") == [
        ("2031-03-12", ["Ingrid Solheim"], ["Prime Minister of Norway"], ["President of Chile"]),
    ]


def votes() -> Writer:
    """Two roll calls: of the Soviet Union with China, and of Russia with China."""
    table = Writer("calls", None, "2020-02-01", "Counters", "academic")
    for row, day, who in (("1", "1990-12-01", "SUN"), ("2", "1992-12-01", "RUS"), ("3", "2001-12-01", "RUS")):
        call = table.add("RollCall", row, held_in=iris.forum("UN"), when=day)
        for voter in (who, "CHN"):
            table.add("Vote", f"{row}-{voter}", voter=iris.actor(voter), roll_call=call,
                      option=iris.concept("vote-option", "yes"))  # fmt: skip
    table.said.append(records.Forum(iri=iris.forum("UN"), name="United Nations"))
    return table


def test_votes_under_the_name_of_an_earlier_state_are_named(tmp_path: Path) -> None:
    project = Project.init(tmp_path)
    load(project, [votes()])
    with project.reading() as graph:
        told = cells(ask(graph, "vote-agreement", a="Russia", b="China"), "decade", "votes", "apart")
        assert told == [(1990, 1, ["Soviet Union"]), (2000, 1, [])]
        assert cells(ask(graph, "vote-agreement", a="China", b="Soviet Union"), "decade", "apart") == [(1990, [])]
