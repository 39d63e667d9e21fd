"""Each question and its twin in Cypher answer alike, on a world whose sources agree and disagree."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver

from kg.errors import NotFound, UnknownName
from kg.graph import Graph
from kg.mirror.graphs import Graphs
from kg.mirror.remote import Remote
from kg.mirror.sync import sync
from kg.mirror.vocabulary import vocabulary
from kg.ontology import data_path
from kg.project import Project
from kg.questions import ask, question, questions
from kg.questions.twins import ask_mirror, cypher
from tests.neo4j.conftest import Neo4j
from tests.questions.conftest import load, of_both, sources
from tests.questions.disagreeing import disagreeing
from tests.questions.test_people import votes

BOTH = {"a": "Canada", "b": "China"}
AT_ONCE = {"a": "South Korea", "b": "USA"}  # acts that name both, and two on the same words
PERSONS = {"a": "Xi", "b": "Carney"}
NOT_MIRRORED = {"changes"}  # The log of loads stays at home.
# Several sets of parameters for each question: all, dated, and as known by a day.
ASKED: dict[str, list[dict[str, Any]]] = {
    "commitments": [AT_ONCE, BOTH, BOTH | {"as_of": "2026-06-15"}, BOTH | {"as_of": "2027-06-01", "of_kind": "joint"},
                    BOTH | {"known_at": "2026-06-30"}, {"a": "Canada", "b": "India"}],
    "common-forums": [BOTH, BOTH | {"as_of": "2026-01-16"},
                      {"a": "Canada", "b": "South Korea", "as_of": "2002-01-01", "known_at": "2026-02-28"}],
    "contradictions": [BOTH, {"a": "India", "b": "Canada"}, {"a": "India", "b": "Canada", "known_at": "2026-06-01"},
                       {"a": "Brazil", "b": "Indonesia"}, {"a": "Brazil", "b": "Indonesia", "known_at": "2026-09-10"},
                       AT_ONCE],
    "events": [BOTH, BOTH | {"since": "2014-07", "until": "2014-07"}, BOTH | {"count": 1}],
    "events-balance": [BOTH, BOTH | {"by": "year"}, BOTH | {"since": "2014-07-01", "until": "2014-07-30"}],
    "last-meeting": [AT_ONCE, BOTH, BOTH | {"as_of": "2026-01-15", "count": 5},
                     {"a": "CAN", "b": "IND", "level": "head-of-government", "count": 3},
                     BOTH | {"level": "foreign-minister"}],
    "left-out": [AT_ONCE, BOTH, BOTH | {"since": "2026-01-01"}, BOTH | {"known_at": "2026-01-16"}],
    "longest-gaps": [BOTH, BOTH | {"as_of": "2026-06-01"}, BOTH | {"known_at": "2026-01-16", "since": "2026"}],
    "meeting-chain": [PERSONS, {"a": "Modi", "b": "Xi", "since": "2026"}, PERSONS | {"known_at": "2026-03-01"}],
    "meetings": [AT_ONCE, BOTH, PERSONS, PERSONS | {"known_at": "2026-01-16"}, {"a": "Canada", "b": "Fiji"},
                 BOTH | {"since": "2026-01-16", "until": "2026-01"}],
    "office-held": [{"of": "Canada", "as_of": "2020-01-01"}, {"of": "Xi"}, {"of": "China", "level": "head-of-state"}],
    "one-source": [AT_ONCE, BOTH, BOTH | {"told_by": "state-media"},
                   BOTH | {"known_at": "2026-01-16", "since": "2026"}],
    "raised": [{"sector": "trade"}, BOTH | {"sector": "trade"},
               {"sector": "trade", "a": "Xi", "known_at": "2026-01-17"}],
    "said": [AT_ONCE, BOTH, BOTH | {"since": "2026-01-17"}, BOTH | {"known_at": "2025-12-31"}],
    "sectors": [AT_ONCE, BOTH, BOTH | {"new_since": "2026-01-01"}, BOTH | {"known_at": "2025-12-31"}],
    "third-parties": [BOTH, BOTH | {"days": 9}, BOTH | {"known_at": "2026-06-01"}],
    "timeline": [AT_ONCE, BOTH, BOTH | {"since": "2020", "until": "2024-12-31"},
                 BOTH | {"known_at": "2025-12-31", "count": 3}],
    "trade": [BOTH, BOTH | {"sector": "energy"}, BOTH | {"since": "2026-01-01", "known_at": "2026-01-09"}],
    "treaties": [AT_ONCE, BOTH, BOTH | {"as_of": "2005-01-01"}, BOTH | {"known_at": "2010"}],
    "vote-agreement": [BOTH, {"a": "Russia", "b": "China"}, BOTH | {"since": "2002"}, BOTH | {"known_at": "2019"}],
    "words": [{"person": "Xi"}, {"person": "Carney", "topic": "agriculture"},
              {"person": "Xi", "topic": "weapon", "since": "2026"}, {"person": "Xi", "topic": "penguins"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project.init(tmp_path_factory.mktemp("twins"))
    load(project, [*sources(), *of_both(), *disagreeing(), votes()])
    return project.root


@pytest.fixture(scope="module")
def mirror(neo4j_server: Neo4j, world: Path) -> Iterator[Driver]:
    """The world in Neo4j."""
    neo4j_server.clear()
    with neo4j_server.driver() as driver, Project.find(world).reading() as graph:
        sync(Graphs(graph.store), Remote(driver, neo4j_server.database, "twins", vocabulary()))
        yield driver


@pytest.fixture
def graph(world: Path) -> Iterator[Graph]:
    with Project.find(world).reading() as found:
        yield found


@pytest.mark.neo4j
@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_question_and_its_twin_answer_alike(name: str, graph: Graph, mirror: Driver) -> None:
    found = 0
    for given in ASKED[name]:
        ours = [row.as_dict() for row in ask(graph, name, **given)]
        theirs = [row.as_dict() for row in ask_mirror(graph, mirror, "neo4j", name, **given)]
        assert theirs == ours, given
        found += len(ours)
    assert found, "a question that nothing answers proves nothing"


@pytest.mark.neo4j
def test_parameters_are_read_in_the_same_way(graph: Graph, mirror: Driver) -> None:
    with pytest.raises(NotFound, match="Did you mean Canada"):
        ask_mirror(graph, mirror, "neo4j", "meetings", a="Kanada", b="China")


def test_every_question_has_a_twin_and_is_asked() -> None:
    there = {path.stem for path in (data_path("cypher") / "questions").glob("*.cypher")}
    assert there == set(questions()) - NOT_MIRRORED == set(ASKED)
    with pytest.raises(UnknownName, match="not mirrored"):
        cypher("changes")


@pytest.mark.parametrize("name", sorted(ASKED))
def test_the_head_of_a_twin_names_its_parameters(name: str) -> None:
    head = "".join(line for line in cypher(name).splitlines(keepends=True) if line.startswith("//"))
    used = set(re.findall(r"\$(\w+)", cypher(name)))
    assert used <= set(re.findall(r"\$(\w+)", head))
    known = {*question(name).parameters, "relation", "either", "concept", *question(name).steps[1:2]}
    assert used <= known
    assert head.startswith("// ") and "?" in head.splitlines()[0]


@pytest.mark.parametrize("name", sorted(ASKED))
def test_paths_in_a_twin_name_their_relationships(name: str) -> None:
    """So that they do not run through documents, relations and places."""
    assert not re.search(r"-\[\w*\*|-\[\]-|--\(|\[:?\*", cypher(name))
