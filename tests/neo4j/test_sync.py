"""The mirror follows the graph: what changed is written, what nobody says any more goes, nothing else is touched."""

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import iris
from kg.errors import MirrorError
from kg.mirror import sync as sync_module
from kg.mirror.graphs import Graphs
from kg.mirror.read import read
from kg.mirror.remote import Remote
from kg.mirror.sync import sync
from kg.mirror.verify import verify
from kg.mirror.writer import Writer
from kg.ontology import model
from tests.neo4j.mirrored import (
    CARNEY,
    CHN,
    DERIVED,
    KG,
    MEETING,
    REFERENCE,
    XI,
    A,
    B,
    mirrored_quads,
    node,
    quad_sets,
    sample,
    store_of,
    typed,
)  # fmt: skip

pytestmark = pytest.mark.neo4j


def exact(quads: list[ox.Quad], remote: Remote, **options: str) -> None:
    """Mirror these quads; the mirror must be exact and read back the same."""
    graphs = Graphs(store_of(quads))
    sync(graphs, remote, **options)
    found = verify(graphs, remote)
    assert found.drifts == []
    assert set(store_of(list(read(remote))).quads_for_pattern(None, None, None, None)) == mirrored_quads(graphs)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(quad_sets, min_size=1, max_size=3), st.booleans())
def test_any_graph_after_any_other(remote: Remote, states: list[list[ox.Quad]], fresh: bool) -> None:
    if fresh:
        remote.run("MATCH (n) DETACH DELETE n")
    for quads in states:
        exact(quads, remote)


def test_what_people_type_finds_what_they_mean(remote: Remote) -> None:
    exact(sample(), remote)
    rows = remote.rows(
        "MATCH (x:Person {name: 'Xi Jinping'})-[r:ATTENDED]->(m:Meeting)<-[:ATTENDED]-(c:Person) "
        "RETURN r.role, r.sources, m.name, m.when, toString(m.earliest), c.name"
    )
    assert rows == [
        ["guest; host", [A, B], "talks Canada – China 2026-01-16", "2026-01-16", "2026-01-16", "Mark Carney"]
    ]
    assert remote.rows("MATCH (s:State {iso3: 'CHN'}) RETURN s.name, s.aliases") == [["China", ["PRC", "中国"]]]
    rows = remote.rows("MATCH (:State {name: 'China'})-[r:MEMBER_OF]->(f:Forum) RETURN f.name, r.role, r.when")
    assert rows == [["United Nations", "member", "1945-10-24/.."]]
    rows = remote.rows("MATCH (p:Person)-[r:HELD]->(o:Office) RETURN p.name, o.name, r.when, r.sources")
    assert rows == [["Xi Jinping", "President of China", "2013-03-14/..", [REFERENCE]]]
    rows = remote.rows("MATCH (f:TradeFlow) WHERE f.value > 1000 AND f.approximate RETURN DISTINCT f.currency")
    assert rows == [["CAD"]]
    rows = remote.rows("MATCH (:Thing {iri: $a})-[d:DESCRIBES]->(n:Relation) RETURN labels(n)", a=A)
    assert rows == [[["Thing", "Relation"]]]


def test_a_long_text_and_odd_values_come_back(remote: Remote) -> None:
    said = node(iris.owned("statement", "a", "long"))
    long = "“Line”\n\t'single' \\ 😀 مرحبا " * 4000
    assert len(long.encode()) > 100_000
    values = [
        ("text", ox.Literal(long)),
        ("note", ox.Literal(long, language="ar")),
        ("earliest", typed("0987-06-05", iris.XSD + "date")),
        ("latest", typed("-0043-03-15", iris.XSD + "date")),
        ("when", typed("0987", iris.EDTF)),
        ("value", typed("NaN", iris.XSD + "double")),
        ("mentions", typed("123456789012345678901234567890", iris.XSD + "integer")),
        ("row", ox.Literal("")),
    ]
    quads = [ox.Quad(said, node(model().prop(name).iri), value, node(A)) for name, value in values]
    quads.append(ox.Quad(said, node(iris.RDF_TYPE), node(KG + "Statement"), node(A)))
    quads.append(ox.Quad(said, node(iris.SKOS + "prefLabel"), ox.Literal(long, language="en"), node(A)))
    exact(quads, remote)
    exact(sample() + quads, remote)


def test_nothing_changed_is_one_query(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    exact(sample(), remote)
    store = store_of(sample())
    sync(Graphs(store), remote, generation="7")
    asked: list[str] = []
    rows = Remote.rows
    monkeypatch.setattr(Remote, "rows", lambda self, query, **by: asked.append(query) or rows(self, query, **by))
    report = sync(Graphs(store), remote, generation="7")
    assert len(asked) == 1
    assert (report.written, report.removed, report.unchanged) == ([], [], 4)


def test_only_what_changed_is_written(remote: Remote) -> None:
    quads = sample()
    exact(quads, remote)
    remote.run("MATCH (n:Thing {source: $b}) SET n.mark = 1", b=B)
    changed = [q for q in quads if not (q.graph_name == node(A) and q.subject == node(iris.owned("flow", "a", "1")))]
    report = sync(Graphs(store_of(changed)), remote)
    assert report.written == [A]
    assert remote.rows("MATCH (n:Thing {source: $b}) WHERE n.mark IS NULL RETURN count(n)", b=B) == [[0]]
    assert remote.rows("MATCH (n:TradeFlow) RETURN n.source") == [[B]]


def test_what_one_source_forgets_another_still_says(remote: Remote) -> None:
    exact(sample(), remote)
    report = sync(Graphs(store_of(sample(B))), remote)
    assert report.removed == [A]
    exact(sample(B), remote)
    rows = remote.rows("MATCH (:Person {name: 'Xi Jinping'})-[r:ATTENDED]->(m:Meeting) RETURN r.sources, r.role")
    assert rows == [[[B], "guest"]]
    assert remote.rows("MATCH (n:Thing) WHERE n.iri CONTAINS '/a.' OR n.iri ENDS WITH '/a' RETURN n.iri") == []
    assert remote.rows("MATCH (n:Relation) RETURN count(n)") == [[1]]
    exact([], remote)
    assert remote.rows("MATCH (n:Thing) RETURN count(n)") == [[0]]


def test_a_new_name_reaches_the_captions_that_hold_it(remote: Remote) -> None:
    quads = sample()
    exact(quads, remote)
    old = ox.Literal("China", language="en")
    renamed = [
        ox.Quad(q.subject, q.predicate, ox.Literal("PR China", language="en"), q.graph_name) if q.object == old else q
        for q in quads
    ]
    exact(renamed, remote)
    assert remote.rows("MATCH (m:Meeting) RETURN m.name") == [["talks Canada – PR China 2026-01-16"]]


def test_a_new_large_source_is_poured_in_beside_what_is_there(remote: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_module, "_LARGE", 3)
    exact(sample(A), remote)
    exact(sample(), remote)
    exact([q for q in sample() if q.subject != node(MEETING) or q.graph_name != node(DERIVED)], remote)
    assert remote.rows("MATCH (:Person)-[r:ATTENDED]->() RETURN count(r)") == [[0]]
    exact(sample(), remote)


def test_a_graph_that_is_not_ours_is_left_alone(remote: Remote) -> None:
    remote.run("CREATE (:Person {name: 'Mine'})-[:KNOWS {source: 'me'}]->(:Thing {title: 'no iri'})")
    exact(sample(), remote)
    remote.run("MATCH (c:Thing {iri: $c}) CREATE (:Note {text: 'my own'})-[:ON]->(c)", c=CARNEY)
    remote.run("MATCH (c:Thing {iri: $c}) CREATE (c)-[:LIKES]->(:Thing {title: 'no iri'})", c=CARNEY)
    exact(sample(), remote)
    exact([], remote)
    assert remote.rows("MATCH (a:Person)-[r:KNOWS]->(b) RETURN a.name, r.source, b.title") == [["Mine", "me", "no iri"]]
    assert remote.rows("MATCH (n:Note)-[:ON]->(c) RETURN n.text, c.iri") == [["my own", CARNEY]]
    exact(sample(A), remote)
    exact(sample(), remote)
    assert remote.rows("MATCH (c:Person)-[:LIKES]->(x) RETURN c.name, x.title") == [["Mark Carney", "no iri"]]
    assert remote.rows("MATCH (n:Note)-[:ON]->(c:Person) RETURN c.name") == [["Mark Carney"]]


def test_a_mirror_belongs_to_one_project(remote: Remote) -> None:
    exact(sample(), remote)
    other = Remote(remote.driver, remote.database, "another", remote.words)
    for use in (lambda: sync(Graphs(store_of([])), other), lambda: verify(Graphs(store_of([])), other)):
        with pytest.raises(MirrorError, match="another project"):
            use()
    remote.run("MATCH (m:Mirror) DELETE m")
    with pytest.raises(MirrorError, match="did not write"):
        sync(Graphs(store_of([])), remote)


def test_a_sync_that_was_overtaken_stops(remote: Remote) -> None:
    exact(sample(), remote)
    writer = Writer(remote, "x")
    later = Remote(remote.driver, remote.database, remote.project, remote.words)
    later.take_turn("later")
    with pytest.raises(MirrorError, match="Another"):
        writer.write(ends=["urn:x"])
    writer.close()
    assert remote.rows("MATCH (n:Thing {iri: 'urn:x'}) RETURN n") == []


def test_a_batch_whose_answer_was_lost_is_not_written_twice(remote: Remote) -> None:
    exact(sample(), remote)
    remote.take_turn("t")
    edges = Graphs(store_of(sample())).bundle(iris.owned("flow", "a", "1")).edges
    for _ in range(2):
        # A worker that starts again under its name is what a retry looks like to the server.
        writer = Writer(remote, "x")
        writer.write(edges=edges)
        writer.close()
    rows = remote.rows("MATCH (:Thing {iri: $f})-[r]->() RETURN count(r)", f=iris.owned("flow", "a", "1"))
    assert rows == [[2 * len(edges)]]


def test_names_of_things_that_only_others_name(remote: Remote) -> None:
    exact(sample(), remote)
    rows = remote.rows("MATCH (n:Thing) WHERE size(labels(n)) = 1 RETURN n.name ORDER BY n.name")
    assert [name for (name,) in rows] == ["Pa", "Pb", "derived", "guest", "host", "talks", "test"]
    assert XI in {row[0] for row in remote.rows("MATCH (p:Person) RETURN p.iri")}
    assert CHN in {row[0] for row in remote.rows("MATCH (p:State) RETURN p.iri")}
