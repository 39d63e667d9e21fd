"""What a page holds, read from its text."""

import json
import re
from html import unescape
from typing import Any

import networkx as nx
import pytest

import kg.page
from kg.ontology import model
from kg.page.shell import icons
from tests.page.samples import BASE, HOSTILE, MET, READOUT, SOURCES, hostile, talks


def block(html: str, name: str) -> Any:
    found = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def test_page_holds_everything_and_names_no_other_place() -> None:
    html = kg.page.render(talks(), title="Talks", sources=SOURCES)
    assert html.startswith("<!doctype html>")
    assert html.count("vis-network\n") == 1
    assert not re.search(r"<(link|script|img|iframe)[^>]+(src|href)=\"(?!data:,)", html)
    assert "cdn" not in html.lower().replace("cdnresources", "")
    policy = unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[0])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_nodes_and_links_of_pyvis_match_what_is_told() -> None:
    graph = talks()
    html = kg.page.render(graph, title="Talks", sources=SOURCES)
    drawn, told = block(html, "kg-network"), block(html, "kg-page")
    assert len(drawn["nodes"]) == len(told["nodes"]) == graph.number_of_nodes()
    assert len(told["edges"]) == graph.number_of_edges()
    assert [n["id"] for n in drawn["nodes"]] == list(range(len(told["nodes"])))
    assert drawn["options"]["physics"] == {"enabled": False}
    assert all(isinstance(n["x"], int) and isinstance(n["y"], int) for n in drawn["nodes"])
    for line, members in zip(drawn["edges"], told["lines"], strict=True):
        for edge in members:
            assert {line["from"], line["to"]} == {told["edges"][edge]["from"], told["edges"][edge]["to"]}


def test_citation_is_written_once_and_cited_by_number() -> None:
    told = block(kg.page.render(talks(), title="Talks", sources=SOURCES), "kg-page")
    quotes = [c.get("quote") for c in told["citations"]]
    assert quotes.count(MET["quote"]) == 1
    number = quotes.index(MET["quote"])
    assert sum(number in edge.get("citations", ()) for edge in told["edges"]) == 4
    # What the source says already is not repeated.
    assert set(told["citations"][number]) == {"source", "before", "quote", "after", "span", "url"}


def test_colours_signs_and_order_are_those_of_the_ontology() -> None:
    told = block(kg.page.render(talks(), title="Talks", sources=SOURCES), "kg-page")
    classes = model().classes
    keys = [cls["key"] for cls in told["classes"]]
    assert keys == sorted(keys, key=lambda key: classes[key].order)
    for cls in told["classes"]:
        assert cls["label"] == classes[cls["key"]].label
        assert cls["icon"] == classes[cls["key"]].icon


def test_every_sign_of_the_ontology_has_a_drawing_or_is_plain() -> None:
    plain = {"$", "§", "#", "≡", "…", "↧", "?"}
    assert {info.icon for info in model().classes.values()} <= set(icons()) | plain


def test_unknown_class_is_grey_and_last() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="A", cls="NoSuchThing")
    graph.add_node("b", label="B", cls="Person")
    graph.add_edge("a", "b", relation="knows")
    told = block(kg.page.render(graph, title="x", sources={}), "kg-page")
    assert [cls["label"] for cls in told["classes"]] == ["Person", "No Such Thing"]


def test_hostile_texts_leave_their_blocks_whole() -> None:
    graph, sources = hostile()
    scripts = kg.page.render(talks(), title="x", sources=SOURCES).count("<script")
    for title in HOSTILE:
        html = kg.page.render(graph, title=title, sources=sources)
        html.encode()
        assert len(block(html, "kg-page")["nodes"]) == len(HOSTILE)
        assert html.count("<script") == scripts
        assert "\u202e" not in html
        assert "\u2028" not in html.replace(kg.page.shell.vis_network(), "")


def test_address_of_a_source_is_left_out_where_it_may_not_be_followed() -> None:
    graph, sources = hostile()
    told = block(kg.page.render(graph, title="x", sources=sources), "kg-page")
    assert [source.get("url") for source in told["sources"]] == [None] * len(told["sources"])


def test_empty_graph_is_an_empty_page() -> None:
    told = block(kg.page.render(nx.MultiDiGraph(), title="", sources={}), "kg-page")
    assert told["nodes"] == []


def test_self_link_and_unknown_source() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", cls="State")
    graph.add_edge("a", "a", relation="votes for itself", source=BASE + "source/unheard-of")
    told = block(kg.page.render(graph, title="x", sources={}), "kg-page")
    assert told["sources"] == [{"title": "unheard-of", "iri": BASE + "source/unheard-of"}]
    assert told["nodes"][0]["label"] == "a"


def test_facts_of_several_sources_are_one_value() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    said = [{"property": "capital", "value": "Oslo", "source": source} for source in SOURCES]
    graph.add_node("a", cls="State", facts=[*said, {"property": "capital", "value": "Bergen", "source": READOUT}])
    told = block(kg.page.render(graph, title="x", sources=SOURCES), "kg-page")
    assert told["nodes"][0]["facts"] == [
        {
            "property": "capital",
            "values": [{"text": "Oslo", "sources": [0, 1, 2]}, {"text": "Bergen", "sources": [0]}],
        }
    ]


def test_page_that_cannot_be_written(tmp_path: Any) -> None:
    with pytest.raises(kg.page.PageError, match="cannot be written"):
        kg.page.write(tmp_path / "no" / "such" / "folder.html", "x")
