"""Each source is checked by itself, and the fast validator agrees with the reference one."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg import iris
from kg.ontology import data_path
from kg.project import Project
from kg.validate import validate
from tests.core.conftest import WORDS, account, statement

XI = iris.person("Xi Jinping", "CHN")
GOOD = account("a", people=[("Mark Carney", "CAN"), ("Xi Jinping", "CHN")])


def problems(project: Project) -> list[tuple[str, str]]:
    with project.reading() as graph:
        return [(f.severity, f.message) for f in validate(graph)]


def test_a_good_source_has_no_violation(project: Project, load: Callable[..., None]) -> None:
    load("a", *GOOD, *statement("a", XI, "0-20"))
    assert [p for p in problems(project) if p[0] == "violation"] == []


def test_two_sources_may_disagree(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", when="2030-05-01"))
    load("b", *account("b", when="2030-05-02"))
    assert [p for p in problems(project) if p[0] == "violation"] == []


QUADS = {
    "a party is missing": (f"<{iris.BASE}account/a.9> a kg:MeetingAccount ; kg:party actor:CAN .", "two parties"),
    "two speakers": (
        f"<{iris.BASE}statement/a.9> a kg:Statement ; kg:text 'x' ; kg:speaker actor:CAN , actor:CHN .",
        "at most one speaker",
    ),
    "no actor": (f"<{iris.BASE}participation/a.9> a kg:Participation .", "exactly one actor"),
    "an interval runs backwards": (
        f"<{iris.BASE}account/a.9> a kg:MeetingAccount ; kg:party actor:CAN , actor:CHN ; "
        "kg:earliest '2030-02-01'^^xsd:date ; kg:latest '2030-01-01'^^xsd:date .",
        "runs backwards",
    ),
    "no date": (
        f"<{iris.BASE}account/a.9> a kg:MeetingAccount ; kg:party actor:CAN , actor:CHN ; kg:when 'soon'^^kg:EDTF .",
        "EDTF",
    ),
    "an unknown state": (
        f"<{iris.BASE}account/a.9> a kg:MeetingAccount ; kg:party actor:CAN , actor:QQQ .",
        "check its code",
    ),
    "a span outside its text": (
        f"<{iris.BASE}span/a.1-5> a kg:Span ; kg:spanOf source:a ; kg:spanStart 1 ; kg:spanEnd 5 ; kg:exact 'none' .",
        "do not stand at",
    ),
    "no date of publication": ("source:a kg:published 'notadate'^^kg:EDTF .", "one date of publication"),
    "words by nobody": (f"<{iris.BASE}statement/a.9> a kg:Statement ; kg:text 'x' .", "speaker or those"),
}


def add(project: Project, turtle: str, key: str = "a") -> None:
    prefixes = (
        f"@prefix kg: <{iris.KG}> . @prefix actor: <{iris.BASE}actor/> . @prefix source: <{iris.BASE}source/> . "
        f"@prefix xsd: <{iris.XSD}> . "
    )
    graph = ox.NamedNode(iris.source(key))
    parsed = ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE)
    quads = {ox.Quad(q.subject, q.predicate, q.object, graph) for q in parsed}
    with project.writing() as loading:
        quads |= set(loading.store.quads_for_pattern(None, None, None, graph))
        loading.put_quads(graph.value, quads, loader="test")


@pytest.mark.parametrize("case", QUADS)
def test_what_breaks_the_model_is_found_and_named(case: str, project: Project, load: Callable[..., None]) -> None:
    load("a", *GOOD)
    turtle, words = QUADS[case]
    add(project, turtle)
    with project.reading() as graph:
        found = validate(graph)
        again = validate(graph)
    assert any(f.severity == "violation" and words in f.message for f in found), found
    assert [f.id for f in found] == [f.id for f in again]


def test_the_fast_validator_agrees_with_the_reference(project: Project, load: Callable[..., None]) -> None:
    import pyshacl
    import rdflib

    load("a", *GOOD, *statement("a", XI, "0-20"))
    for turtle, _ in QUADS.values():
        add(project, turtle)
    with project.reading() as graph:
        ours = {f.node for f in validate(graph) if "do not stand at" not in f.message}
        data = rdflib.Graph()
        names = [iris.source("a"), iris.GRAPH_ONTOLOGY, *(n for n in graph.graph_names(system=True) if "/scheme/" in n)]
        names += [n for n in graph.graph_names(system=True) if n.endswith(("/states", "/territories"))]
        lines = b"".join(
            ox.serialize((q.triple for q in graph.quads(n)), format=ox.RdfFormat.N_TRIPLES) or b"" for n in names
        )
        data.parse(data=lines, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=str(data_path("ontology") / "shapes.ttl"), advanced=False)
    focus = rdflib.URIRef("http://www.w3.org/ns/shacl#focusNode")
    key = "/a."
    theirs = {str(o) for o in report.objects(None, focus) if key in str(o) or str(o) == iris.source("a")}
    assert {n for n in ours if key in n or n == iris.source("a")} == theirs


def test_words_are_checked_against_the_kept_text(project: Project, load: Callable[..., None]) -> None:
    load("a", *GOOD)
    path = next(project.texts.root.glob("??/*.txt"))
    assert path.read_text() == WORDS
    with project.reading() as graph:
        assert not [f for f in validate(graph) if f.severity == "violation"]
