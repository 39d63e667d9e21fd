"""The article about a meeting in Beijing, from file to graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import iris
from kg.graph import Graph
from kg.loaders import Meta, Options, load
from kg.project import Project


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Graph]:
    shared: Path = request.getfixturevalue("shared")
    project = Project.init(tmp_path_factory.mktemp("seed"))
    seed = shared / "seeds" / "000_1f1c7e935b1e4957.txt"
    report = load(project, [seed], Options(meta=Meta(published="2026-01-16", publisher="CGTN")))
    assert report.summary()["loaded"] == 1
    with project.reading() as graph:
        yield graph


def values(graph: Graph, iri: str, name: str) -> set[str]:
    return {f.value for f in graph.facts(iri) if f.property == name}


def things(graph: Graph, cls: str) -> list[str]:
    (source,) = graph.sources()
    rows = graph.query(f"SELECT DISTINCT ?x WHERE {{ GRAPH <{source.iri}> {{ ?x a kg:{cls} }} }} ORDER BY ?x")
    return [r["x"].value for r in rows]  # type: ignore[union-attr]


def test_source(graph: Graph) -> None:
    (source,) = graph.sources()
    assert source.title.startswith("China, Canada map out a new track")
    assert (source.publisher, source.publisher_kind, source.publisher_state) == ("CGTN", "state-media", "CHN")
    assert source.published == "2026-01-16"
    assert graph.text(source.iri) is not None


def test_both_meetings(graph: Graph) -> None:
    accounts = {next(iter(values(graph, a, "when"))): a for a in things(graph, "MeetingAccount")}
    assert set(accounts) == {"2026-01-16", "2025-10"}
    pair = {iris.actor("CAN"), iris.actor("CHN")}
    for account in accounts.values():
        assert values(graph, account, "party") == pair, "the Republic of Korea is place and host, not a party"
    assert values(graph, accounts["2026-01-16"], "takesPlaceAt") == {iris.place("Beijing", "CHN")}
    assert values(graph, accounts["2025-10"], "takesPlaceAt") == {iris.place("Gyeongju", "KOR")}
    assert values(graph, accounts["2025-10"], "hostCountry") == {iris.actor("KOR")}
    for account in accounts.values():
        people = {f.value: p for p, f in graph.facts_about(account) if f.property == "participationIn"}
        assert people
    told = [p for p, f in graph.facts_about(accounts["2026-01-16"]) if f.property == "participationIn"]
    who = {next(iter(values(graph, p, "participant"))): p for p in told}
    xi, carney = iris.person("Xi Jinping", "CHN"), iris.person("Mark Carney", "CAN")
    assert set(who) == {xi, carney}
    assert values(graph, who[xi], "inOffice") == {iris.office("CHN", "head-of-state")}
    assert values(graph, who[xi], "participationRole") == {iris.concept("participation-role", "host")}
    assert values(graph, who[carney], "participationRole") == {iris.concept("participation-role", "guest")}
    assert values(graph, who[carney], "onBehalfOf") == {iris.actor("CAN")}


def test_statements(graph: Graph) -> None:
    said = things(graph, "Statement")
    assert len(said) >= 17
    speakers = [next(iter(values(graph, s, "speaker")), None) for s in said]
    assert speakers.count(iris.person("Xi Jinping", "CHN")) >= 7
    assert speakers.count(iris.person("Mark Carney", "CAN")) >= 5
    joint = [s for s in said if not values(graph, s, "speaker")]
    assert all(values(graph, s, "onBehalfOf") == {iris.actor("CAN"), iris.actor("CHN")} for s in joint)
    (source,) = graph.sources()
    text = graph.text(source.iri) or ""
    for statement in said:
        (span,) = values(graph, statement, "citation")
        start, end = (int(next(iter(values(graph, span, n)))) for n in ("spanStart", "spanEnd"))
        assert values(graph, statement, "text") == {text[start:end]}


def test_flows_keep_their_chain(graph: Graph) -> None:
    flows = things(graph, "TradeFlow")
    found = {(next(iter(values(graph, f, "product"))), next(iter(values(graph, f, "value")))) for f in flows}
    assert found == {("total", "21100000000"), ("energy", "3800000000"), ("oilseeds", "3400000000")}
    for flow in flows:
        assert values(graph, flow, "origin") == {iris.concept("publisher", "un-comtrade")}
        assert values(graph, flow, "compiledBy") == {iris.concept("publisher", "trading-economics")}
        assert values(graph, flow, "concerns") == {iris.relation("CAN", "CHN")}


def test_commitment_and_joint_statement(graph: Graph) -> None:
    (commitment,) = things(graph, "Commitment")
    assert values(graph, commitment, "committedBy") == {iris.actor("CAN")}
    assert values(graph, commitment, "aboutPrinciple") == {iris.concept("principle", "one-china")}
    assert values(graph, commitment, "statedBy") == {iris.person("Mark Carney", "CAN")}
    (act,) = things(graph, "AgreementAct")
    assert values(graph, act, "agreementAction") == {iris.concept("agreement-action", "issue")}


def test_the_graph_keeps_to_the_shapes(graph: Graph) -> None:
    from kg.validate import validate

    assert [f for f in validate(graph) if f.severity == "violation"] == []
