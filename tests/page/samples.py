"""Graphs to draw: a small one about a fictional round of talks, large ones, and hostile ones."""

from typing import Any

import networkx as nx

BASE = "https://w3id.org/bilateral/"
READOUT = BASE + "source/readout"
PRESS = BASE + "source/press"
TABLE = BASE + "source/table"
SOURCES: dict[str, dict[str, Any]] = {
    READOUT: {
        "title": "Readout of the talks in Oslo",
        "publisher": "Government of Norway",
        "published": "2031-03-05",
        "url": "https://example.org/readout",
        "licence": "CC BY 4.0",
        "kind": "government",
    },
    PRESS: {
        "title": "Norway and Chile speak of salmon",
        "publisher": "The Fictional Courier",
        "published": "2031-03-06",
        "url": "https://example.org/press?a=1&b=2",
        "kind": "press",
    },
    TABLE: {"title": "Trade of the world, 2030", "publisher": "Bureau of Numbers", "published": "2031-01"},
}


def citation(source: str, before: str, quote: str, after: str) -> dict[str, Any]:
    """Quoted words inside their sentence."""
    about = {name: SOURCES[source].get(name) for name in ("title", "publisher", "published", "url")}
    return {"source": source, "before": before, "quote": quote, "after": after, "span": [10, 40], **about}


MET = citation(
    READOUT,
    "On Tuesday ",
    "Prime Minister Kari Lund received President Ana Rojas",
    " at the castle of Akershus in Oslo.",
)
TWICE = citation(PRESS, "The two had met ", "twice in the past year", ", most lately on Tuesday in Oslo.")
SALMON = citation(
    PRESS,
    "Ms Lund said that ",
    "the salmon of both countries deserves one set of rules",
    ", and that talks would go on.",
)
SHIPS = citation(READOUT, "Both sides ", "will set up a working group on green shipping by June", ".")


def talks() -> "nx.MultiDiGraph[str]":
    """Two persons, their states, two meetings, what was said and undertaken."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()

    def node(key: str, cls: str, label: str, **about: Any) -> str:
        graph.add_node(BASE + key, iri=BASE + key, cls=cls, label=label, **about)
        return BASE + key

    def edge(one: str, other: str, relation: str, source: str = READOUT, **about: Any) -> None:
        graph.add_edge(one, other, relation=relation, source=source, **about)

    norway = node(
        "actor/NOR", "State", "Norway", aliases=["Kingdom of Norway", "Norge"], rank=9.0,
        facts=[
            {"property": "iso3", "value": "NOR", "source": TABLE},
            {"property": "capital", "value": "Oslo", "lang": "en", "source": TABLE},
        ],
    )  # fmt: skip
    chile = node("actor/CHL", "State", "Chile", aliases=["República de Chile"], rank=9.0)
    lund = node(
        "person/NOR.kari-lund",
        "Person",
        "Kari Lund",
        rank=8.0,
        facts=[{"property": "surname", "value": "Lund", "source": READOUT}],
    )
    rojas = node("person/CHL.ana-rojas", "Person", "Ana Rojas", rank=8.0)
    day = {"earliest": "2031-03-04", "latest": "2031-03-04"}
    oslo = node(
        "meeting/CHL-NOR.2031-03-04",
        "Meeting",
        "Meeting Chile – Norway, 4 March 2031, Oslo",
        rank=6.0,
        citations=[MET, TWICE],
        **day,
    )
    lima = node(
        "meeting/CHL-NOR.2030-11",
        "Meeting",
        "Meeting on the margins of APEC, November 2030",
        rank=3.0,
        earliest="2030-11-01",
        latest="2030-11-30",
    )
    said = node(
        "statement/press.1-20",
        "Statement",
        "Kari Lund: the salmon of both countries deserves one set of rules",
        rank=2.0,
        citations=[SALMON],
        **day,
    )
    will = node(
        "commitment/readout.30-60",
        "Commitment",
        "Norway, Chile: working group on green shipping by June",
        rank=3.0,
        citations=[SHIPS],
        **day,
    )
    fish = node("sector/fisheries", "Sector", "Fisheries", aliases=["fishing", "aquaculture"], rank=2.0)
    ships = node("sector/shipping", "Sector", "Shipping", rank=1.0)
    apec = node("forum/APEC", "Forum", "APEC", aliases=["Asia-Pacific Economic Cooperation"], rank=1.0)
    flow = node(
        "flow/table.7",
        "TradeFlow",
        "Norway to Chile, fish 2030: 61 million USD",
        rank=1.0,
        earliest="2030-01-01",
        latest="2030-12-31",
        citations=[{"source": TABLE, "row": "7"}],
    )
    for person, state in ((lund, norway), (rojas, chile)):
        edge(person, state, "nationality")
        edge(person, oslo, "participated in", citations=[MET], **day)
        edge(person, lima, "participated in", PRESS, citations=[TWICE], earliest="2030-11-01", latest="2030-11-30")
        edge(oslo, state, "party", citations=[MET], **day)
        edge(will, state, "committed by", citations=[SHIPS], **day)
    edge(lund, oslo, "hosted", PRESS, citations=[TWICE], **day)
    edge(said, lund, "speaker", PRESS, citations=[SALMON], **day)
    edge(said, chile, "addressed to", PRESS, citations=[SALMON], **day)
    edge(said, fish, "about", PRESS, **day)
    edge(will, ships, "about", **day)
    edge(lima, apec, "on the margins of", PRESS)
    edge(flow, norway, "exporter", TABLE)
    edge(flow, chile, "importer", TABLE)
    return graph


def large(count: int = 1500) -> "nx.MultiDiGraph[str]":
    """A graph of `count` nodes and about twice as many links, with hubs, all of one source."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    classes = ("Person", "State", "Meeting", "Statement", "Event", "Sector")
    for i in range(count):
        year = 1990 + i % 36
        graph.add_node(
            f"n{i}", cls=classes[i % 6], label=f"Thing number {i}", earliest=f"{year}-05-01", latest=f"{year}-05-03"
        )
        if i:
            for target in {i * i * 31 // 7 % max(1, i // 12), (i * 48271 % 65537) % i}:
                graph.add_edge(f"n{i}", f"n{target}", relation="linked to", source=READOUT)
    return graph


# Each tries to run when it is shown, parsed or followed; `__ran` would tell.
HOSTILE = (
    "<script>window.__ran=1</script>",
    "</script><script>window.__ran=2</script>",
    "<!--<script>window.__ran=3</script>-->",
    '"><img src=x onerror="window.__ran=4">',
    "<svg/onload=window.__ran=5>",
    "`${window.__ran=6}`",
    "{{ [].constructor.constructor('window.__ran=7')() }}",
    "line\u2028window.__ran=8\u2029",
    "\u202egnp.exe\u202c turned \u2066around",
    "\\u003cscript\\u003ewindow.__ran=9\\u003c/script\\u003e",
    "nul\x00bell\x07escape\x1b[31m\ud800 half",
    "<a href='javascript:window.__ran=10'>click</a>",
    "href=https://example.org onmouseover=window.__ran=11",
    "__proto__",
    "</style><style>*{display:none}</style>",
)
HOSTILE_URLS = (
    "javascript:window.__ran=20",
    " JaVaScRiPt:window.__ran=21",
    "java\nscript:window.__ran=22",
    "data:text/html,<script>window.__ran=23</script>",
    "vbscript:window.__ran=24",
    "file:///etc/passwd",
    "https://example.org/\u202egpj.exe",
    "//example.org/no-scheme",
    "blob:https://example.org/1",
)


def hostile() -> tuple["nx.MultiDiGraph[str]", dict[str, dict[str, Any]]]:
    """A graph all of whose texts are hostile, and its sources."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    sources: dict[str, dict[str, Any]] = {}
    for i, text in enumerate(HOSTILE):
        url = HOSTILE_URLS[i % len(HOSTILE_URLS)]
        source = f"{BASE}source/{text}"
        sources[source] = {
            "title": text,
            "publisher": text,
            "published": text,
            "url": url,
            "licence": text,
            "kind": text,
        }
        quoted = {"source": source, "title": text + "!", "publisher": text, "published": text, "url": url,
                  "before": text, "quote": text, "after": text, "row": text, "span": [text, 1]}  # fmt: skip
        graph.add_node(
            text + str(i), iri=url, label=text, cls="Person" if i % 2 else text, aliases=[text],
            earliest=text, latest="2020-13-45",
            rank=float("nan") if i == 3 else None, citations=[quoted],
            facts=[
                {"property": text, "value": text, "lang": text, "source": source},
                {"property": "url", "value": url, "source": source},
            ],
        )  # fmt: skip
        if i:
            graph.add_edge(
                text + str(i), HOSTILE[0] + "0", relation=text, property=text, source=source, citations=[quoted]
            )
    return graph, sources
