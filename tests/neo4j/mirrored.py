"""Graphs to mirror: generated ones of all kinds of terms, and a small made-up record of meetings."""

import pyoxigraph as ox
from hypothesis import strategies as st

from kg import iris
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node
from kg.mirror.mapping import Bundle, edge_quads, node_quads
from kg.ontology import model

KG, XSD = iris.KG, iris.XSD
TYPE = ox.NamedNode(iris.RDF_TYPE)


def node(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=node(datatype))


texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            'say "yes"',
            "line\nbreak\r\n\ttab",
            "back\\slash",
            "😀🇨🇦",
            "مرحبا بالعالم",
            "\u202eabc",
            "習近平",
            "a;b|c",
            "\x1f",
            "<script>",
            "NaN",
            "{name}",
            "'",
            "\x00",
            "\u0085",
        ]
    ),
)
odd = st.sampled_from(
    [
        ("NaN", "double"),
        ("INF", "double"),
        ("-INF", "float"),
        ("NaN", "float"),
        ("1e400", "double"),
        ("-0.0", "double"),
        ("1.5", "float"),
        ("1E6", "double"),
        ("1e-30", "double"),
        ("0.1", "double"),
        ("12345678901234567890", "integer"),
        ("9223372036854775807", "integer"),
        ("9223372036854775808", "integer"),
        ("-9223372036854775808", "integer"),
        ("007", "integer"),
        ("5", "byte"),
        ("5", "nonNegativeInteger"),
        ("not a number", "integer"),
        ("1.0", "decimal"),
        ("123456789012345.678", "decimal"),
        ("0.1", "decimal"),
        ("-0", "decimal"),
        ("true", "boolean"),
        ("1", "boolean"),
        ("maybe", "boolean"),
        ("2026-01-16", "date"),
        ("0999-12-31", "date"),
        ("-0044-03-15", "date"),
        ("12026-01-01", "date"),
        ("2026-01-16Z", "date"),
        ("2026-02-30", "date"),
        ("2026-01-16T10:00:00", "dateTime"),
        ("0033-04-03T12:00:00", "dateTime"),
        ("2026-01-16T10:00:00Z", "dateTime"),
        ("2026-01-16T10:00:00.25+05:30", "dateTime"),
        ("9999-12-31T23:59:59-11:00", "dateTime"),
        ("2026-01-16T10:00:00.123456789Z", "dateTime"),
        ("2026-01-16T24:00:00Z", "dateTime"),
        ("10:00:00", "time"),
        ("P1Y", "duration"),
        ("2026", "gYear"),
        ("http://x/ y", "anyURI"),
        ("AQID", "base64Binary"),
        ("<a/>", "string"),
    ]
).map(lambda pair: typed(pair[0], XSD + pair[1]))
languages = st.sampled_from(["en", "fr", "zh", "zh-Hant", "ar", "en-CA", "x-klingon"])
literals = st.one_of(
    texts.map(ox.Literal),
    st.builds(lambda t, tag: ox.Literal(t, language=tag), texts, languages),
    texts.map(lambda t: typed(t, iris.EDTF)),
    texts.map(lambda t: typed(t, "http://example.org/datatype#odd")),
    st.integers().map(lambda n: typed(str(n), XSD + "integer")),
    st.floats().map(lambda x: typed(repr(x).replace("inf", "INF").replace("nan", "NaN"), XSD + "double")),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda d: typed(f"{d:f}", XSD + "decimal")),
    st.dates().map(lambda d: typed(d.isoformat(), XSD + "date")),
    st.datetimes().map(lambda d: typed(d.isoformat(), XSD + "dateTime")),
    odd,
)
classes = st.sampled_from(
    [c.iri for c in model().classes.values()]
    + ["http://example.org/Ship", "http://example.org/Person", "http://example.org/#", "http://example.org/%20"]
)
properties = st.sampled_from(
    [p.iri for p in model().properties.values()]
    + [
        "http://example.org/knows",
        "http://example.org/name",
        "http://example.org/describes",
        "http://example.org/1",
        "http://www.w3.org/2000/01/rdf-schema#label",
    ]
)
things = st.sampled_from(
    [
        iris.actor("CAN"),
        iris.actor("CHN"),
        iris.forum("G20"),
        iris.BASE + "vote-option/yes",
        iris.BASE + "odd/yes",
        iris.source("A"),
        iris.source("B"),
        "http://example.org/a?b=c&d='e'",
        "urn:x:y",
        "http://example.org/é",
    ]
    + [iris.BASE + f"thing/{n}" for n in range(6)]
)
graphs = st.sampled_from(
    [iris.source("A"), iris.source("B"), iris.GRAPH_DERIVED, iris.GRAPH_REFERENCE + "iso", "urn:outside"]
)
plain_quads = st.one_of(
    st.builds(lambda s, o, g: ox.Quad(node(s), TYPE, node(o), node(g)), things, classes, graphs),
    st.builds(lambda s, p, o, g: ox.Quad(node(s), node(p), o, node(g)), things, properties, literals, graphs),
    st.builds(lambda s, p, o, g: ox.Quad(node(s), node(p), node(o), node(g)), things, properties, things, graphs),
)
LINKS = [c for c in model().classes.values() if c.neo4j_type and c.link_from and c.link_to]


@st.composite
def link_quads(draw: st.DrawFn) -> list[ox.Quad]:
    """A thing of a link class with both ends, and sometimes more than fits on a relationship."""
    cls = draw(st.sampled_from(LINKS))
    thing, graph = node(draw(things) + draw(st.sampled_from(["", ".1", ".2"]))), node(draw(graphs))
    assert cls.link_from is not None
    assert cls.link_to is not None
    found = [ox.Quad(thing, TYPE, node(cls.iri), graph)]
    for name in (cls.link_from, cls.link_to):
        for end in draw(st.lists(things, min_size=1, max_size=draw(st.sampled_from([1, 1, 1, 2])))):
            found.append(ox.Quad(thing, node(model().prop(name).iri), node(end), graph))
    for prop in draw(st.lists(st.sampled_from(model().properties_of(cls.name)), max_size=3)):
        value = draw(literals) if not prop.is_object or draw(st.booleans()) else node(draw(things))
        found.append(ox.Quad(thing, node(prop.iri), value, graph))
    return found


@st.composite
def shortcut_quads(draw: st.DrawFn) -> list[ox.Quad]:
    """A link node with a shortcut beside it, with what leads to its end."""
    cls = draw(st.sampled_from([c for c in model().classes.values() if c.shortcut]))
    thing, graph = node(draw(things) + ".part"), node(draw(graphs))
    told, end = node(draw(things)), node(draw(things))
    prop = model().prop
    found = [
        ox.Quad(thing, TYPE, node(cls.iri), graph),
        ox.Quad(thing, node(prop(cls.shortcut_from or "").iri), node(draw(things)), graph),
        ox.Quad(thing, node(prop(cls.shortcut_to or "").iri), told, graph),
    ]
    if cls.shortcut_via:
        found.append(ox.Quad(end, node(prop(cls.shortcut_via).iri), told, node(draw(graphs))))
    for name in cls.shortcut_keeps:
        value = node(draw(things)) if prop(name).is_object else draw(literals)
        found.append(ox.Quad(thing, node(prop(name).iri), value, graph))
    return found


quad_sets = st.lists(st.one_of(plain_quads.map(lambda q: [q]), link_quads(), shortcut_quads()), max_size=25).map(
    lambda groups: [quad for group in groups for quad in group]
)


def store_of(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def mirrored_quads(graphs: Graphs) -> set[ox.Quad]:
    return {q for name in graphs.names for q in graphs.store.quads_for_pattern(None, None, None, node(name))}


def all_bundles(graphs: Graphs) -> list[Bundle]:
    return [bundle for name in graphs.names for bundle in graphs.bundles(name)]


def back(graphs: Graphs, nodes: list[Node], edges: list[Edge]) -> set[ox.Quad]:
    """The quads that nodes and relationships stand for, as Oxigraph gives them."""
    labels = {n.iri: n.labels for n in nodes}
    quads = [q for n in nodes for q in node_quads(graphs.words, n)]
    quads += [q for e in edges for q in edge_quads(graphs.words, e, labels.get(e.end, ()))]
    assert len(quads) == len(set(quads))
    return set(store_of(quads).quads_for_pattern(None, None, None, None))


# --- a small record ---------------------------------------------------------------------------------------------------

A, B, DERIVED = iris.source("a"), iris.source("b"), iris.GRAPH_DERIVED
REFERENCE = iris.GRAPH_REFERENCE + "test"
CAN, CHN, UN = iris.actor("CAN"), iris.actor("CHN"), iris.forum("UN")
XI, CARNEY = iris.person("Xi Jinping", "CHN"), iris.person("Mark Carney", "CAN")
MEETING = iris.BASE + "meeting/CAN-CHN.2026-01-16.0"


class Record:
    """Collects quads; names of classes and properties are those of the ontology."""

    def __init__(self) -> None:
        self.quads: list[ox.Quad] = []

    def put(self, graph: str, iri: str, cls: str | None, **values: object) -> str:
        """Say something of a thing: texts that are IRIs become things, others literals of the declared datatype."""
        subject, name = node(iri), node(graph)
        if cls:
            self.quads.append(ox.Quad(subject, TYPE, node(model().cls(cls).iri), name))
        for key, given in values.items():
            prop = model().prop(key)
            for value in given if isinstance(given, list) else [given]:
                term = value if isinstance(value, ox.Literal) else None
                if term is None and prop.is_object:
                    self.quads.append(ox.Quad(subject, node(prop.iri), node(str(value)), name))
                    continue
                if term is None and (prop.range or "").endswith("langString"):
                    term = ox.Literal(str(value), language="en")
                self.quads.append(
                    ox.Quad(subject, node(prop.iri), term or typed(str(value), prop.range or XSD + "string"), name)
                )
        return iri

    def meeting(self, source: str, day: str, role: str) -> None:
        """A source that tells of a meeting of two leaders, with a statement, its words, and a figure."""
        key = iris.code_of(source)
        self.put(source, source, "Document", title=f"Readout {key}", publisher=iris.BASE + "publisher/P" + key)
        account = self.put(
            source,
            iris.owned("account", key, "0-9"),
            "MeetingAccount",
            when=day,
            earliest="2026-01-16",
            party=[CAN, CHN],
            meetingKind=iris.concept("meeting-kind", "talks"),
        )
        for who, state in ((XI, CHN), (CARNEY, CAN)):
            self.put(
                source,
                iris.owned("participation", key, iris.code_of(who)),
                "Participation",
                participant=who,
                participationIn=account,
                participationRole=iris.concept("participation-role", role),
                onBehalfOf=state,
            )
        span = self.put(
            source, iris.owned("span", key, "5-9"), "Span", spanOf=source, spanStart=5, spanEnd=9, exact="agreed"
        )
        self.put(
            source,
            iris.owned("statement", key, "5-9"),
            "Statement",
            speaker=XI,
            addressee=CAN,
            madeAt=account,
            text="Both sides agreed to lower tariffs.",
            citation=span,
            concerns=iris.relation(CAN, CHN),
        )
        self.put(
            source,
            iris.owned("flow", key, "1"),
            "TradeFlow",
            exporter=CAN,
            importer=CHN,
            value="1000.5",
            currency="CAD",
            approximate="true",
            when="2024",
            earliest="2024-01-01",
            latest="2024-12-31",
        )
        self.put(source, iris.relation(CAN, CHN), "Relation", relates=[CAN, CHN])


def sample(*sources: str) -> list[ox.Quad]:
    """Two leaders and their states in a reference graph, and sources (default: two) that tell of one meeting."""
    made = Record()
    for iri, cls, name, other in (
        (CAN, "State", "Canada", "加拿大"),
        (CHN, "State", "China", "中国"),
        (UN, "Forum", "United Nations", "联合国"),
        (XI, "Person", "Xi Jinping", "习近平"),
        (CARNEY, "Person", "Mark Carney", "卡尼"),
    ):
        made.put(REFERENCE, iri, cls, prefLabel=[name, ox.Literal(other, language="zh")])
    made.put(REFERENCE, CHN, None, iso3="CHN", demonym=["Chinese"], altLabel=[ox.Literal("PRC", language="en")])
    for state, since in ((CAN, "1945-11-09"), (CHN, "1945-10-24")):
        made.put(
            REFERENCE,
            iris.BASE + f"membership/UN.{iris.code_of(state)}.1945",
            "Membership",
            member=state,
            memberIn=UN,
            when=f"{since}/..",
            earliest=since,
            membershipRole=iris.concept("membership-role", "member"),
        )
    office = made.put(
        REFERENCE, iris.office("CHN", "head-of-state"), "Office", prefLabel="President of China", officeOf=CHN
    )
    made.put(
        REFERENCE,
        iris.BASE + "tenure/CHN.head-of-state.xi",
        "Tenure",
        holder=XI,
        office=office,
        when="2013-03-14/..",
        earliest="2013-03-14",
    )
    told = sources or (A, B)
    for source in told:
        made.meeting(source, *(("2026-01-16", "host") if source == A else ("2026-01", "guest")))
    accounts = [iris.owned("account", iris.code_of(s), "0-9") for s in told]
    made.put(
        DERIVED,
        MEETING,
        "Meeting",
        account=accounts,
        when="2026-01-16",
        earliest="2026-01-16",
        party=[CAN, CHN],
        meetingKind=iris.concept("meeting-kind", "talks"),
    )
    return made.quads
