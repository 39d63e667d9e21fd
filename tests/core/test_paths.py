"""Paths mean something, are the same as networkx finds, and follow what was loaded since."""

import itertools
from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iris
from kg.paths import find_paths, neighbourhood
from kg.paths.edges import UNKNOWN
from kg.paths.index import Index, Strings, adjacency
from kg.paths.search import Filter, hop_cost, search
from kg.project import Project
from kg.records import Membership, Person
from tests.core.conftest import WORDS, account, statement

XI, CARNEY, LEE = iris.person("Xi Jinping", "CHN"), iris.person("Mark Carney", "CAN"), iris.person("Lee A", "KOR")
BOTH = [("Mark Carney", "CAN"), ("Xi Jinping", "CHN")]


def lengths(project: Project, start: str, goal: str, **options: object) -> list[list[str]]:
    with project.reading() as graph:
        answer = find_paths(project, graph, start, goal, **options)  # type: ignore[arg-type]
    return [[n.label for n in p.nodes] for p in answer.paths]


def test_two_persons_are_connected_by_their_meetings(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", when="2030-01-16", people=BOTH))
    load("b", *account("b", when="2029-10", people=BOTH))
    with project.reading() as graph:
        answer = find_paths(project, graph, XI, CARNEY)
    assert [p.length for p in answer.paths[:2]] == [2, 2]
    first, second = answer.paths[:2]
    assert [first.nodes[1].cls, second.nodes[1].cls] == ["Meeting", "Meeting"]
    assert [first.hops[0].date, second.hops[0].date] == ["2030-01-16", "2029-10"]
    cited = first.hops[0].citations[0]
    assert (cited.title, cited.quote, cited.span) == ("Document a", WORDS[:30], (0, 30))
    assert cited.sentence == WORDS.split(". ")[0] + "."


def test_two_sources_of_one_meeting_are_one_step_counted_twice(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", people=BOTH))
    load("b", *account("b", people=BOTH), text=WORDS)
    with project.reading() as graph:
        answer = find_paths(project, graph, XI, CARNEY, max_hops=2)
    assert len(answer.paths) == 1
    hop = answer.paths[0].hops[0]
    assert hop.count == 2
    assert {c.title for c in hop.citations} == {"Document a", "Document b"}


def test_forums_are_no_steps_unless_asked_for(project: Project, load: Callable[..., None]) -> None:
    members = [
        Membership(iri=iris.owned("membership", "a", code), member=iris.party(code), member_in=iris.forum("XYZ"))
        for code in ("CAN", "CHN")
    ]
    load("a", *members)
    assert lengths(project, iris.party("CAN"), iris.party("CHN"), max_hops=2) == []
    found = lengths(project, iris.party("CAN"), iris.party("CHN"), max_hops=2, through=[iris.forum("XYZ")])
    assert found == [["Canada", "XYZ", "China"]]
    assert lengths(project, iris.party("CAN"), iris.party("CHN"), max_hops=2, through=["Forum"])


def test_avoid_since_until_and_sources(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", when="2029-10", people=BOTH))
    load("b", *account("b", when="2030-01-16", people=BOTH), *statement("b", XI, "0-20", about_actor=[CARNEY]))
    two = {"max_hops": 2, "k": 9}
    assert len(lengths(project, XI, CARNEY, **two)) == 3
    assert len(lengths(project, XI, CARNEY, avoid=["Statement"], **two)) == 2
    assert len(lengths(project, XI, CARNEY, since=date(2030, 1, 1), **two)) == 1
    assert len(lengths(project, XI, CARNEY, until=date(2029, 10, 31), **two)) == 1
    assert len(lengths(project, XI, CARNEY, sources=[iris.source("a")], **two)) == 1
    assert lengths(project, XI, iris.person("Nobody", "CAN")) == []


def test_what_was_loaded_or_forgotten_since_counts_at_once(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", people=BOTH))
    assert len(lengths(project, XI, CARNEY, max_hops=2)) == 1
    base = (project.folder / "paths" / "current").read_text()
    people = [("Lee A", "KOR"), ("Mark Carney", "CAN")]
    load("b", *account("b", ("CAN", "KOR"), when="2030-06-01", people=people))
    assert len(lengths(project, CARNEY, LEE, max_hops=2)) == 1
    assert [len(p) for p in lengths(project, XI, LEE, max_hops=4, k=1)] == [5]
    with project.writing() as loading:
        loading.forget(iris.source("a"))
    assert lengths(project, XI, CARNEY, max_hops=3) == []
    assert (project.folder / "paths" / "current").read_text() == base, "the base was not built again"


def test_two_names_that_a_person_judged_one_are_one_step(project: Project, load: Callable[..., None]) -> None:
    other = iris.person("Xi J", "CHN")
    load("a", *account("a", people=BOTH))
    load("b", Person(iri=other, name="Xi J"), *statement("b", other, "0-20", about_actor=[iris.party("KOR")]))  # type: ignore[arg-type]
    assert lengths(project, CARNEY, iris.party("KOR"), max_hops=4) == []
    project.judgements_file.write_text(f"same:\n  - [{XI}, {other}]\n")
    with project.writing():
        pass
    assert len(lengths(project, CARNEY, iris.party("KOR"), max_hops=4)) == 1


def test_a_neighbourhood_is_a_networkx_graph(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", people=BOTH))
    with project.reading() as graph:
        found = neighbourhood(project, graph, [XI], depth=2)
    assert {XI, CARNEY, iris.owned("account", "a", "0-30")} <= set(found)
    data = found.get_edge_data(XI, iris.owned("account", "a", "0-30"))[0]
    assert (data["property"], data["source"], data["earliest"]) == ("participationIn", iris.source("a"), "2030-05-01")
    assert nx.has_path(found.to_undirected(), XI, CARNEY)


# --- against networkx -------------------------------------------------------------------------------------------------

EDGES = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(0, 2), st.integers(700_000, 701_000)),
    min_size=1,
    max_size=24,
)


def index_of(edges: list[tuple[int, int, int, int]]) -> Index:
    names = [f"n{i}".encode() for i in range(9)]
    start, end, source, day = (np.array(c, dtype=np.int32) for c in zip(*edges, strict=True))
    offsets, neighbours = adjacency(start, end, 9)
    return Index(
        nodes=Strings(
            np.frombuffer(b"".join(names), dtype=np.uint8), np.cumsum([0, *map(len, names)]).astype(np.int64)
        ),
        classes=np.zeros(9, dtype=np.uint8),
        columns={
            "start": start,
            "end": end,
            "prop": np.zeros(len(start), dtype=np.int32),
            "source": source,
            "first": day,
            "last": day,
            "evidence": start,
        },
        offsets=offsets,
        neighbours=neighbours,
        sources=["a", "b", "c"],
        props=["p"],
        class_names=["C"],
        alias={},
        witnesses=np.arange(3, dtype=np.int32),
    )


def oracle(edges: list[tuple[int, int, int, int]], goal: int, k: int, since: int | None) -> list[tuple[int, ...]]:
    """The same question answered by networkx, from the definition of order."""
    allowed = [e for e in edges if since is None or e[3] >= since]
    graph = nx.Graph()
    graph.add_nodes_from(range(9))
    for one, other, source, day in allowed:
        if one != other:
            data = graph.get_edge_data(one, other) or {"sources": set(), "last": UNKNOWN}
            graph.add_edge(one, other, sources=data["sources"] | {source}, last=max(data["last"], day))
    degree = [sum((e[0] == n) + (e[1] == n) for e in edges) for n in range(9)]
    newest = max(e[3] for e in edges)

    def cost(path: list[int]) -> float:
        total = 0.0
        for one, other in itertools.pairwise(path):
            data = graph[one][other]
            args = (degree[one], degree[other], (newest - data["last"]) / 365.25, len(data["sources"]))
            total += float(hop_cost(*(np.array([float(a)]) for a in args))[0])
        return total

    found = [] if goal == 0 else list(nx.all_simple_paths(graph, 0, goal, cutoff=5))
    return [tuple(p) for p in sorted(found, key=lambda p: (len(p), round(cost(p), 9), p))[:k]]


@given(EDGES, st.integers(1, 8), st.integers(1, 6), st.sampled_from([None, 700_500]))
def test_the_k_best_paths_are_those_of_networkx(
    edges: list[tuple[int, int, int, int]], goal: int, k: int, since: int | None
) -> None:
    allowed = Filter(classes=frozenset({0}), since=since, max_hops=5)
    found = [f.nodes for f in search(index_of(edges), 0, goal, allowed, k)]
    assert found == oracle(edges, goal, k, since)


@pytest.mark.parametrize("k", [1, 3])
def test_many_parallels_cost_little(k: int) -> None:
    edges = [(0, 1, 0, 700_000), (1, 2, 0, 700_000)] * 2000
    found = search(index_of(edges), 0, 2, Filter(classes=frozenset({0}), max_hops=5), k)
    assert [f.nodes for f in found] == [(0, 1, 2)]


@pytest.mark.parametrize("name", ["start", "end", "neighbours", "offsets"])
def test_an_index_whose_blocks_were_lost_is_made_anew(name: str, project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", people=BOTH))
    wanted = lengths(project, XI, CARNEY)
    (folder,) = (project.folder / "paths").glob("base-*")
    file = folder / f"{name}.npy"
    whole = file.read_bytes()
    file.write_bytes(whole[:200] + b"\xff" * (len(whole) - 200))
    assert lengths(project, XI, CARNEY) == wanted != []
    assert next((project.folder / "paths").glob("base-*")) != folder
