"""What sources say becomes nodes and relationships from which the same quads can be read back."""

import pyoxigraph as ox
from hypothesis import given, settings

from kg import iris
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node
from kg.mirror.vocabulary import RESERVED, vocabulary
from kg.ontology import model
from tests.neo4j.mirrored import KG, TYPE, all_bundles, back, mirrored_quads, node, quad_sets, store_of, typed


@settings(max_examples=300, deadline=None)
@given(quad_sets)
def test_every_graph_comes_back(quads: list[ox.Quad]) -> None:
    graphs = Graphs(store_of(quads))
    found = all_bundles(graphs)
    assert len({b.iri for b in found}) == len(found)
    nodes = [b.node for b in found if b.node]
    assert back(graphs, nodes, [e for b in found for e in b.edges]) == mirrored_quads(graphs)


@settings(max_examples=100, deadline=None)
@given(quad_sets)
def test_lists_and_types_are_those_that_neo4j_can_keep(quads: list[ox.Quad]) -> None:
    for bundle in all_bundles(Graphs(store_of(quads))):
        for thing in [bundle.node, *bundle.edges]:
            for value in thing.properties.values() if thing else []:
                if isinstance(value, list):
                    assert value
                    assert len({type(v) for v in value}) == 1


def test_names_of_the_ontology_lead_back() -> None:
    words, known = vocabulary(), model()
    assert not RESERVED & set(words.by_name)
    assert all("" not in (p.name, p.neo4j_type) for p in known.properties.values())
    types = [p.neo4j_type for p in known.properties.values() if p.is_object]
    assert None not in types, [p.name for p in known.properties.values() if p.is_object and not p.neo4j_type]
    links = [c.neo4j_type for c in known.classes.values() if c.link_from]
    shortcuts = [c.shortcut for c in known.classes.values() if c.shortcut]
    every = [*types, *links, *shortcuts, "DESCRIBES"]
    assert len(every) == len(set(every))
    labels = [c.neo4j_label for c in known.classes.values() if c.neo4j_label]
    assert len(labels) == len(set(labels))
    for link in words.links.values():
        assert len(link.by_name) == len(link.keys)
        assert not set(link.by_name) & RESERVED
        datatypes = {p.name for p in known.properties_of(link.name) if not p.is_object}
        assert not set(link.by_name) & datatypes


def one(quads: list[ox.Quad], iri: str) -> tuple[Node | None, list[Edge]]:
    found = Graphs(store_of(quads)).bundle(iri)
    return found.node, found.edges


A, B, CAN = node(iris.source("A")), node(iris.source("B")), node(iris.actor("CAN"))


def test_a_name_is_one_and_the_others_are_aliases() -> None:
    label = node(iris.SKOS + "prefLabel")
    quads = [
        ox.Quad(CAN, TYPE, node(KG + "State"), A),
        ox.Quad(CAN, label, ox.Literal("加拿大", language="zh"), A),
        ox.Quad(CAN, label, ox.Literal("Canada", language="en"), B),
        ox.Quad(CAN, label, ox.Literal("Le Canada", language="fr"), B),
        ox.Quad(CAN, node(iris.SKOS + "altLabel"), ox.Literal("CAN"), A),
    ]
    found, edges = one(quads, CAN.value)
    assert found is not None
    assert found.labels == ("Organisation", "Polity", "State")
    assert found.properties["name"] == "Canada"
    assert found.properties["aliases"] == ["CAN", "Le Canada", "加拿大"]
    assert [(e.type, e.start, e.properties["name"]) for e in edges] == [
        ("DESCRIBES", A.value, "加拿大"),
        ("DESCRIBES", B.value, "Canada"),
    ]
    without_english, _ = one([q for q in quads if q.object != quads[2].object], CAN.value)
    assert without_english is not None
    assert without_english.properties["name"] == "Le Canada"


def test_what_one_source_owns_says_it_itself_and_has_a_caption() -> None:
    act = node(iris.BASE + "statement/A.1-9")
    quads = [
        ox.Quad(act, TYPE, node(KG + "Statement"), A),
        ox.Quad(act, node(KG + "text"), ox.Literal("We agree."), A),
        ox.Quad(act, node(KG + "speaker"), CAN, A),
        ox.Quad(act, node(KG + "when"), typed("2026-01", iris.EDTF), A),
        ox.Quad(act, node(KG + "earliest"), typed("2026-01-01", iris.XSD + "date"), A),
        ox.Quad(CAN, node(iris.SKOS + "prefLabel"), ox.Literal("Canada", language="en"), B),
    ]
    found, edges = one(quads, act.value)
    assert found is not None
    assert found.properties["source"] == A.value
    assert found.properties["name"] == "Canada: We agree."
    assert found.properties["when"] == "2026-01"
    assert str(found.properties["earliest"]) == "2026-01-01"
    assert not {"terms", "types"} & set(found.properties)
    assert edges == [Edge("SAID_BY", act.value, CAN.value, {"source": A.value})]


def test_a_link_is_one_relationship() -> None:
    vote, roll = node(iris.BASE + "vote/A.7"), node(iris.BASE + "roll-call/A.7")
    quads = [
        ox.Quad(vote, TYPE, node(KG + "Vote"), A),
        ox.Quad(vote, node(KG + "voter"), CAN, A),
        ox.Quad(vote, node(KG + "rollCall"), roll, A),
        ox.Quad(vote, node(KG + "option"), node(iris.concept("vote-option", "yes")), A),
        ox.Quad(vote, node(KG + "row"), ox.Literal("7"), A),
    ]
    found, edges = one(quads, vote.value)
    assert found is None
    assert edges == [
        Edge("VOTED", CAN.value, roll.value,
             {"iri": vote.value, "source": A.value, "option": "yes", "row": ["7"]})
    ]  # fmt: skip


def test_sources_that_disagree_both_stay_and_the_first_is_shown() -> None:
    meeting, when = node(iris.BASE + "meeting/x"), node(KG + "when")
    quads = [
        ox.Quad(meeting, TYPE, node(KG + "Meeting"), A),
        ox.Quad(meeting, when, typed("2026-01-16", iris.EDTF), A),
        ox.Quad(meeting, when, typed("2026-01", iris.EDTF), B),
    ]
    found, edges = one(quads, meeting.value)
    assert found is not None
    assert found.properties["when"] == "2026-01-16"
    assert [e.properties["when"] for e in edges] == ["2026-01-16", "2026-01"]
    assert "types" not in edges[0].properties
    assert edges[1].properties["untyped"] is True


def test_a_shortcut_leads_past_the_account_to_the_meeting() -> None:
    part, account = node(iris.BASE + "participation/A.1"), node(iris.BASE + "account/A.1")
    meeting, person = node(iris.BASE + "meeting/x"), node(iris.person("Xi Jinping", "CHN"))
    quads = [
        ox.Quad(part, TYPE, node(KG + "Participation"), A),
        ox.Quad(part, node(KG + "participant"), person, A),
        ox.Quad(part, node(KG + "participationIn"), account, A),
        ox.Quad(part, node(KG + "participationRole"), node(iris.concept("participation-role", "host")), A),
        ox.Quad(meeting, node(KG + "account"), account, node(iris.GRAPH_DERIVED)),
    ]
    graphs = Graphs(store_of(quads))
    (shortcut,) = (s for s in graphs.words.shortcuts if s.via)
    assert graphs.shortcut_ends(shortcut) == {meeting.value}
    assert graphs.ends_touched(shortcut, [part.value]) >= {meeting.value}
    assert graphs.shortcuts(shortcut, meeting.value) == [
        Edge("ATTENDED", person.value, meeting.value, {"sources": [A.value], "role": "host"})
    ]
