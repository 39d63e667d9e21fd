"""Whatever was changed in Neo4j by hand is found, named and mended."""

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from kg import iris
from kg.mirror.graphs import Graphs
from kg.mirror.read import read
from kg.mirror.remote import Remote
from kg.mirror.sync import sync
from kg.mirror.verify import Verification, repair, verify
from kg.project import Project
from tests.neo4j.mirrored import (
    CAN,
    CARNEY,
    CHN,
    DERIVED,
    REFERENCE,
    UN,
    XI,
    A,
    B,
    mirrored_quads,
    sample,
    store_of,
)  # fmt: skip

pytestmark = pytest.mark.neo4j
FLOW = iris.owned("flow", "a", "1")


@pytest.fixture
def mirrored(remote: Remote) -> Callable[[str], Verification]:
    """A mirrored graph: `drift(cypher)` changes it by hand, says what verify finds, mends it and checks that."""
    graphs = Graphs(store_of(sample()))
    sync(graphs, remote)
    assert verify(graphs, remote).ok

    def drift(cypher: str) -> Verification:
        remote.run(cypher)
        found = verify(graphs, remote)
        assert not found.ok
        repair(graphs, remote, found)
        assert verify(graphs, remote).drifts == []
        assert set(store_of(list(read(remote))).quads_for_pattern(None, None, None, None)) == mirrored_quads(graphs)
        return found

    return drift


def told(found: Verification) -> list[tuple[str, str, str, str]]:
    return [
        (d.source, d.kind, d.item.removeprefix("relationship ").replace(iris.BASE, ""), d.detail) for d in found.drifts
    ]


Drifted = Callable[[str], Verification]


def test_a_node_is_gone(mirrored: Drifted) -> None:
    found = told(mirrored(f"MATCH (n {{iri: '{FLOW}'}}) DETACH DELETE n"))
    assert found == [
        (A, "missing", "node TradeFlow flow/a.1 (Canada to China, 2024: 1000.5 CAD)", ""),
        (A, "missing", "(flow/a.1)-[:EXPORTED_BY]->(actor/CAN)", ""),
        (A, "missing", "(flow/a.1)-[:IMPORTED_BY]->(actor/CHN)", ""),
    ]


def test_a_relationship_is_gone(mirrored: Drifted) -> None:
    found = told(mirrored(f"MATCH ({{iri: '{FLOW}'}})-[r:EXPORTED_BY]->() DELETE r"))
    assert found == [(A, "missing", "(flow/a.1)-[:EXPORTED_BY]->(actor/CAN)", "")]


def test_a_link_is_gone(mirrored: Drifted) -> None:
    found = told(mirrored(f"MATCH ({{iri: '{CHN}'}})-[r:MEMBER_OF]->() DELETE r"))
    assert found == [(REFERENCE, "missing", "(actor/CHN)-[:MEMBER_OF]->(forum/UN)", "")]


def test_a_shortcut_is_gone(mirrored: Drifted) -> None:
    found = told(mirrored(f"MATCH ({{iri: '{XI}'}})-[r:ATTENDED]->() DELETE r"))
    assert found == [("", "missing", "(person/CHN.xi-jinping)-[:ATTENDED]->(meeting/CAN-CHN.2026-01-16.0)", "")]


def test_something_was_added(mirrored: Drifted) -> None:
    add = f"MATCH (a {{iri: '{XI}'}}), (b {{iri: '{UN}'}}) "
    assert told(mirrored(add + "CREATE (a)-[:KNOWS]->(b)")) == [
        ("", "extra", "(person/CHN.xi-jinping)-[:KNOWS]->(forum/UN)", "")
    ]
    assert told(mirrored(add + f"CREATE (a)-[:PARTY {{source: '{B}'}}]->(b)")) == [
        (B, "extra", "(person/CHN.xi-jinping)-[:PARTY]->(forum/UN)", "")
    ]
    added = told(mirrored(f"CREATE (:Thing:Person {{iri: '{iris.BASE}person/x', name: 'X', source: '{A}'}})"))
    assert added == [(A, "extra", "node Person person/x (X)", "")]


def test_a_property_was_changed(mirrored: Drifted) -> None:
    change = f"MATCH (n {{iri: '{FLOW}'}}) "
    found = told(mirrored(change + "SET n.value = 2000.5, n.mine = true REMOVE n.currency"))
    node = "node TradeFlow flow/a.1 (Canada to China, 2024: 1000.5 CAD)"
    assert found == [(A, "altered", node, "without currency; with mine = True; value is 2000.5, not 1000.5")]
    assert told(mirrored(change + "SET n.earliest = '2024-01-01'"))[0][3].startswith("earliest is 2024-01-01, not")
    assert told(mirrored(f"MATCH (n {{iri: '{CAN}'}}) SET n.name = 'Kanada'")) == [
        ("", "altered", "node Organisation:Polity:State actor/CAN (Canada)", "name is Kanada, not Canada")
    ]
    found = told(mirrored(f"MATCH ()-[d:DESCRIBES]->({{iri: '{CHN}'}}) SET d.iso3 = 'CHX'"))
    assert found == [(REFERENCE, "altered", "(graph/reference/test)-[:DESCRIBES]->(actor/CHN)", "iso3 is CHX, not CHN")]
    found = told(mirrored("MATCH ()-[r:ATTENDED]->() SET r.role = 'chair'"))
    assert [d[1] for d in found] == ["altered", "altered"]


def test_a_type_of_relationship_was_changed(mirrored: Drifted) -> None:
    found = told(
        mirrored(f"MATCH (a {{iri: '{FLOW}'}})-[r:EXPORTED_BY]->(b) CREATE (a)-[x:ORIGIN]->(b) SET x = r DELETE r")
    )
    assert found == [
        (A, "extra", "(flow/a.1)-[:ORIGIN]->(actor/CAN)", ""),
        (A, "missing", "(flow/a.1)-[:EXPORTED_BY]->(actor/CAN)", ""),
    ]


def test_a_source_property_was_changed(mirrored: Drifted) -> None:
    found = told(mirrored(f"MATCH ({{iri: '{FLOW}'}})-[r:EXPORTED_BY]->() SET r.source = '{B}'"))
    assert found == [(A, "altered", "(flow/a.1)-[:EXPORTED_BY]->(actor/CAN)", f"source is {B}, not {A}")]
    found = told(mirrored(f"MATCH ({{iri: '{FLOW}'}})-[r:EXPORTED_BY]->() REMOVE r.source"))
    assert found == [(A, "altered", "(flow/a.1)-[:EXPORTED_BY]->(actor/CAN)", "without source")]
    found = told(mirrored(f"MATCH (n {{iri: '{FLOW}'}}) SET n.source = '{B}'"))
    assert [(d[0], d[1], d[3]) for d in found] == [(A, "altered", f"source is {B}, not {A}")]


def test_a_label_was_changed(mirrored: Drifted) -> None:
    found = told(mirrored(f"MATCH (n {{iri: '{CARNEY}'}}) REMOVE n:Person SET n:Hero"))
    assert found == [
        ("", "altered", "node Person person/CAN.mark-carney (Mark Carney)", "without label Person; with label Hero")
    ]


def test_the_base_label_is_gone(mirrored: Drifted) -> None:
    found = mirrored(f"MATCH (n {{iri: '{FLOW}'}}) REMOVE n:Thing")
    assert {d.kind for d in found.drifts} == {"missing"}


def test_a_relationship_stands_twice(mirrored: Drifted) -> None:
    found = told(
        mirrored(f"MATCH (a {{iri: '{FLOW}'}})-[r:EXPORTED_BY]->(b) CREATE (a)-[x:EXPORTED_BY]->(b) SET x = r")
    )
    assert found == [(A, "extra", "(flow/a.1)-[:EXPORTED_BY]->(actor/CAN)", "")]


def test_an_orphan_is_left(mirrored: Drifted) -> None:
    found = told(mirrored("CREATE (:Thing {iri: 'urn:orphan', name: 'urn:orphan'})"))
    assert found == [("", "extra", "node Thing urn:orphan (urn:orphan)", "")]


def test_a_whole_source_is_gone(mirrored: Drifted) -> None:
    found = mirrored(
        f"MATCH (n:Thing) OPTIONAL MATCH (n)-[r]-() WHERE r.source = '{A}' OR startNode(r).iri = '{A}' DELETE r "
        f"WITH DISTINCT n WHERE n.source = '{A}' DETACH DELETE n "
        f"WITH count(*) AS n MATCH (s:MirrorSource {{source: '{A}'}}) DELETE s"
    )
    assert {d.kind for d in found.drifts} == {"missing"}
    # What leads from a meeting to an account goes with the account.
    assert {d.source for d in found.drifts} == {A, DERIVED}
    assert any(d.item == "note that source/a is mirrored" for d in found.drifts)


def test_constraints_and_indexes_are_checked(mirrored: Drifted) -> None:
    found = mirrored("DROP INDEX voted_source")
    assert [(d.kind, d.item) for d in found.drifts] == [("missing", "schema object voted_source")]


def test_everything_at_once(mirrored: Drifted) -> None:
    mirrored("MATCH (n:Thing) WHERE n.iri CONTAINS 'a' DETACH DELETE n")
    mirrored("MATCH ()-[r]->() DELETE r")
    mirrored("MATCH (n) WHERE NOT n:Mirror DETACH DELETE n")


def test_mending_leaves_the_rest_alone(remote: Remote) -> None:
    graphs = Graphs(store_of(sample()))
    sync(graphs, remote)
    before = remote.rows("MATCH (n)-[r]->() WHERE type(r) <> 'EXPORTED_BY' RETURN elementId(n), elementId(r)")
    remote.run(f"MATCH ({{iri: '{FLOW}'}})-[r:EXPORTED_BY]->() DELETE r")
    repair(graphs, remote, verify(graphs, remote))
    after = remote.rows("MATCH (n)-[r]->() WHERE type(r) <> 'EXPORTED_BY' RETURN elementId(n), elementId(r)")
    assert sorted(before) == sorted(after)


def test_something_of_ones_own_stays_linked_while_all_is_mended(remote: Remote) -> None:
    graphs = Graphs(store_of(sample()))
    sync(graphs, remote)
    remote.run("CREATE (:Note)-[:ON]->(:Thing {iri: 'urn:mine', name: 'urn:mine', source: 'urn:nobody'})")
    found = verify(graphs, remote)
    assert [(d.source, d.kind) for d in found.drifts] == [("urn:nobody", "extra")]
    repair(graphs, remote, found)
    assert verify(graphs, remote).ok
    assert remote.rows("MATCH (:Note)-[:ON]->(n) RETURN n.iri") == [["urn:mine"]]


def test_from_the_command_line(
    neo4j_server, remote: Remote, kg: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)
    to = ("--uri", neo4j_server.uri)
    assert kg("init").exit_code == 0
    (tmp_path / "note.txt").write_text(
        "Prime Minister Mark Carney met President Xi Jinping in Beijing on 16 January 2026."
    )
    assert kg("load", "note.txt", "--published", "2026-01-17").exit_code == 0
    first = kg("mirror", "sync", *to)
    assert first.exit_code == 0, first.output
    assert "sources written" in first.stdout
    assert kg("mirror", "status", *to).exit_code == 0
    assert "Nothing changed" in kg("mirror", "sync", *to).stdout
    assert kg("mirror", "verify", *to).stdout.startswith("The mirror is exact")
    remote.run("MATCH (:Office {name: 'President of China'})-[r:OFFICE_OF]->() DELETE r")
    found = kg("mirror", "verify", *to)
    assert found.exit_code == 1
    assert "missing relationship" in found.stdout
    assert "-[:OFFICE_OF]->(actor/CHN)" in found.stdout
    as_json = json.loads(kg("mirror", "verify", "--json", *to).stdout)
    assert [d["kind"] for d in as_json["drift"]] == ["missing"]
    assert kg("mirror", "verify", "--repair", *to).exit_code == 0
    assert kg("mirror", "verify", *to).exit_code == 0
    back = set(ox.parse(kg("mirror", "read", *to).stdout, format=ox.RdfFormat.N_QUADS))
    with Project.find(tmp_path).reading() as graph:
        assert back == mirrored_quads(Graphs(graph.store))


def test_what_is_derived_follows_what_is_forgotten_also_beside_judgements(
    neo4j_server, remote: Remote, kg: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_NEO4J_PASSWORD", neo4j_server.password)
    to = ("--uri", neo4j_server.uri)
    assert kg("init").exit_code == 0
    early = kg("ask", "meetings", "a=Canada", "b=China", "--neo4j", *to)
    assert early.exit_code == 1
    assert "kg mirror sync" in early.output
    (tmp_path / "judgements.yaml").write_text(f"same:\n- [{iris.person('A B', 'CAN')}, {iris.person('A C', 'CAN')}]\n")
    (tmp_path / "note.txt").write_text("Prime Minister Mark Carney met President Xi Jinping in Beijing on Friday.")
    assert kg("load", "note.txt", "--published", "2026-01-17").exit_code == 0
    assert kg("mirror", "sync", *to).exit_code == 0
    assert kg("ask", "meetings", "a=Canada", "b=China", "--neo4j", *to).exit_code == 0
    source = json.loads(kg("sources", "--json").stdout)[0]["id"]
    assert kg("forget", source).exit_code == 0
    assert kg("mirror", "sync", *to).exit_code == 0
    checked = kg("mirror", "verify", *to)
    assert checked.exit_code == 0, checked.output


def test_things_with_very_many_relationships_are_verified_as_well(
    mirrored: Callable[[str], Verification], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.mirror.remote._MOST_EDGES", 1)
    found = mirrored(f"MATCH (:Thing {{iri: '{CAN}'}})-[r]->() WITH r LIMIT 1 DELETE r")
    assert [d.kind for d in found.drifts] == ["missing"]
