"""Paths in the mirror are those of the store, with the same hops and citations."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kg import iris
from kg.errors import MirrorError
from kg.mirror.graphs import Graphs
from kg.mirror.paths import find_paths as find_in_mirror
from kg.mirror.remote import Remote
from kg.mirror.sync import sync
from kg.mirror.vocabulary import vocabulary
from kg.paths import Paths, find_paths
from kg.project import Project
from tests.neo4j.conftest import Neo4j
from tests.questions.conftest import CAN, CHN, IND, XI, load, sources

CARNEY = iris.person("Mark Carney", "CAN")
ENDS = (XI, CARNEY, CAN, IND, iris.office("CAN", "head-of-government"), iris.forum("APEC"))
NARROWER: tuple[dict[str, Any], ...] = (
    {},
    {"k": 12, "max_hops": 4},
    {"since": date(2026, 1, 1), "k": 5},
    {"until": date(2025, 12, 31), "k": 5},
    {"through": ["Forum"], "k": 8, "max_hops": 3},
    {"through": [CHN], "k": 4},
    {"avoid": ["MeetingAccount", CHN], "k": 4, "max_hops": 4},
    {"sources": [iris.source("china-readout")], "k": 4},
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project.init(tmp_path_factory.mktemp("paths"))
    load(made, sources())
    return made


@pytest.fixture(scope="module")
def remote(neo4j_server: Neo4j, project: Project) -> Iterator[Remote]:
    neo4j_server.clear()
    with neo4j_server.driver() as driver, project.reading() as graph:
        found = Remote(driver, neo4j_server.database, project.id, vocabulary())
        sync(Graphs(graph.store), found)
        yield found


@pytest.mark.neo4j
@pytest.mark.parametrize("options", NARROWER, ids=lambda o: ",".join(o) or "all")
def test_the_mirror_gives_the_paths_of_the_store(options: dict[str, Any], project: Project, remote: Remote) -> None:
    found = 0
    with project.reading() as graph:
        for one, other in itertools.combinations(ENDS, 2):
            ours = find_paths(project, graph, one, other, **options)
            theirs = find_in_mirror(graph, remote, one, other, **options)
            assert _plain(theirs) == _plain(ours), (one, other)
            found += len(ours.paths)
    assert found, "where there is no path nothing is compared"


def _plain(found: Paths) -> dict[str, Any]:
    return found.as_dict() | {"costs": [round(path.cost, 6) for path in found.paths]}


@pytest.mark.neo4j
def test_what_is_not_in_the_mirror_has_no_path(project: Project, remote: Remote) -> None:
    with project.reading() as graph:
        assert not find_in_mirror(graph, remote, XI, iris.person("Nobody Known", "CAN")).paths


@pytest.mark.neo4j
def test_the_mirror_of_another_project_is_not_searched(project: Project, remote: Remote) -> None:
    other = Remote(remote.driver, remote.database, "another", remote.words)
    with project.reading() as graph, pytest.raises(MirrorError, match="another project"):
        find_in_mirror(graph, other, XI, CARNEY)
