"""A part of the graph as a network on a page."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.page import shell
from kg.page.clean import clean, shorten, when_text
from kg.page.layout import positions
from kg.page.payload import Sources, citations, days, facts, other_names, pooled
from kg.page.style import ClassStyle, Look, looks, ontology_classes, readable

if TYPE_CHECKING:
    from networkx import MultiDiGraph

# More links between two nodes than a reader can tell apart become one line.
_PARALLEL = 5
_SMALLEST, _LARGEST = 9.0, 22.0


def render(
    graph: "MultiDiGraph[Any]",
    *,
    title: str,
    sources: Mapping[str, Mapping[str, Any]],
    focus: Sequence[Any] = (),
    left_out: int = 0,
    classes: Mapping[str, ClassStyle] | None = None,
) -> str:
    """The text of a page that shows `graph`, complete in itself.

    Nodes carry `label`, `cls` (local name of a class), and as far as known `iri`, `aliases`, `earliest`, `latest`
    (ISO days), `rank`, `facts` (property, value, lang, source) and `citations`. Edges carry `relation`, `earliest`,
    `latest`, `source` (IRI) and `citations` (source, title, publisher, published, url, before, quote, after, span).
    `sources` describes each source by IRI: title, publisher, published, url, licence, kind. `focus` names the nodes
    that the page is about; `left_out` is how many things were cut. `classes` gives the looks (default: ontology).
    """
    looked = looks(
        (str(cls or "") for _, cls in graph.nodes(data="cls")),
        ontology_classes() if classes is None else classes,
    )
    order = sorted(graph.nodes, key=lambda node: (-_rank(graph, node), str(node)))
    number = {node: i for i, node in enumerate(order)}
    poles = [number[node] for node in dict.fromkeys(focus) if node in number]
    cited = Sources(sources)
    nodes = [_node(graph.nodes[node], str(node), looked, cited) for node in order]
    edges = [
        {"from": number[start], "to": number[end], **_edge(attributes, cited)}
        for start, end, attributes in sorted(
            graph.edges(data=True), key=lambda e: (number[e[0]], number[e[1]], _edge_key(e[2]))
        )
    ]
    lines = _lines(edges)
    radii = _radii([_rank(graph, node) for node in order], poles)
    weights: dict[tuple[int, int], float] = {}
    for edge in edges:
        if edge["from"] != edge["to"]:
            pair = (min(edge["from"], edge["to"]), max(edge["from"], edge["to"]))
            weights[pair] = weights.get(pair, 0.0) + 1.0
    spots = positions(radii, {pair: 1.0 + math.log(w) for pair, w in weights.items()}, poles)
    data = {
        "kind": "network",
        "title": clean(title, 200),
        "focus": poles,
        "leftOut": max(0, left_out),
        "classes": [look.as_json() for look in looked],
        "nodes": nodes,
        "edges": edges,
        "lines": [line["edges"] for line in lines],
        "citations": pooled([*nodes, *edges]),
        "sources": cited.as_json(),
    }
    return _draw(data, looked, radii, spots, lines)


def _draw(
    data: Mapping[str, Any],
    looked: Sequence[Look],
    radii: Sequence[float],
    spots: Sequence[tuple[int, int]],
    lines: Sequence[Mapping[str, Any]],
) -> str:
    """Let pyvis build the network and fill our template, in place of its own that calls content networks."""
    from pyvis.network import Network

    # Directed, since pyvis drops parallel links of undirected networks.
    network = Network(directed=True, cdn_resources="in_line")
    for i, node in enumerate(data["nodes"]):
        look = looked[node["cls"]]
        x, y = spots[i]
        network.add_node(
            i, label=shorten(node["label"] or "?", 60) if len(node["label"]) > 60 else node["label"] or "?",
            shape="dot", color=look.light, size=radii[i], x=x, y=y,
        )  # fmt: skip
    for i, line in enumerate(lines):
        network.add_edge(line["from"], line["to"], id=i, width=line["width"], smooth=line["smooth"])
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "keyboard": False, "selectConnectedEdges": False, "tooltipDelay": 100},
        "nodes": {"borderWidth": 2, "chosen": False},
        "edges": {
            "chosen": False,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.4}},
            "selfReference": {"size": 18},
        },
    }
    page = shell.frame(
        str(data["title"]),
        data,
        [shell.asset("base.css"), shell.asset("network.css")],
        [shell.vis_network(), shell.script("base", "panel", "drawing", "choosing", "filtering", "hands")],
    )
    network.templateEnv = shell.environment()
    network.templateEnv.globals["page"] = page
    network.path = "network.html"
    return str(network.generate_html())


def _rank(graph: "MultiDiGraph[Any]", node: Any) -> float:
    rank = graph.nodes[node].get("rank")
    return float(rank) if isinstance(rank, int | float) and math.isfinite(rank) else float(graph.degree(node))


def _node(attributes: Mapping[str, Any], name: str, looked: Sequence[Look], sources: Sources) -> dict[str, Any]:
    earliest, latest = days(attributes)
    label = clean(attributes.get("label") or name.rsplit("/", 1)[-1], 300)
    known = facts(attributes.get("facts"), sources)
    cls = str(attributes.get("cls") or "")
    entry = {
        "iri": clean(attributes.get("iri") or name, 300),
        "label": label,
        "when": when_text(earliest, latest),
        "earliest": earliest,
        "latest": latest,
        "names": other_names(attributes, known, label),
        "facts": known,
        "citations": citations(attributes.get("citations"), sources),
    }
    kept = {key: value for key, value in entry.items() if value not in ("", None, [])}
    return {"label": label, "cls": next(i for i, look in enumerate(looked) if look.key == cls), **kept}


def _edge(attributes: Mapping[str, Any], sources: Sources) -> dict[str, Any]:
    earliest, latest = days(attributes)
    cited = citations(attributes.get("citations"), sources)
    entry = {
        "relation": readable(attributes.get("relation") or attributes.get("property") or "linked to"),
        "when": when_text(earliest, latest),
        "earliest": earliest,
        "latest": latest,
        "source": sources.number(attributes.get("source")),
        "citations": cited,
    }
    return {key: value for key, value in entry.items() if value not in ("", None, [])}


def _edge_key(attributes: Mapping[str, Any]) -> tuple[str, str, str, str]:
    names = ("earliest", "relation", "source", "property")
    first, second, third, fourth = (str(attributes.get(name) or "") for name in names)
    return first, second, third, fourth


def _lines(edges: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines to draw: one for each link, fanned out where they are parallel, one for all where they are many."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for i, edge in enumerate(edges):
        pairs.setdefault((min(edge["from"], edge["to"]), max(edge["from"], edge["to"])), []).append(i)
    lines = []
    for pair, members in pairs.items():
        bundles = [[i] for i in members] if len(members) <= _PARALLEL else [members]
        for place, bundle in enumerate(bundles):
            edge = edges[bundle[0]]
            bend = (place - (len(bundles) - 1) / 2) * 0.18
            # The bend is meant from the lower to the higher number; a line the other way bends the other way.
            bend = bend if edge["from"] == pair[0] else -bend
            smooth: bool | dict[str, Any] = False
            if abs(bend) > 1e-9 and pair[0] != pair[1]:
                smooth = {
                    "enabled": True,
                    "type": "curvedCW" if bend > 0 else "curvedCCW",
                    "roundness": round(abs(bend), 3),
                }
            width = 1.0 if len(bundle) == 1 else round(min(1.0 + math.log2(len(bundle)), 7.0), 2)
            lines.append({"from": edge["from"], "to": edge["to"], "edges": bundle, "width": width, "smooth": smooth})
    return lines


def _radii(ranks: Sequence[float], poles: Sequence[int]) -> list[float]:
    """Radii by rank: area grows with the logarithm, so that one hub does not cover the page."""
    if not ranks:
        return []
    lowest = min(ranks)
    scale = math.log1p(max(ranks) - lowest) or 1.0
    radii = [_SMALLEST + (_LARGEST - _SMALLEST) * (math.log1p(rank - lowest) / scale) ** 1.4 for rank in ranks]
    for pole in poles:
        radii[pole] = max(radii[pole], _LARGEST)
    return [round(radius, 1) for radius in radii]
