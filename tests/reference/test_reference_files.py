"""The files of reference data and schemes: terms, dates, shapes, and what they point to."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import iris
from kg.edtf import Edtf
from kg.ontology import model
from tests.reference.things import FILES, ROOT, read


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_term_is_in_the_ontology_and_every_key_is_clean(path: Path) -> None:
    other = {iris.RDF_TYPE, iris.SKOS + "topConceptOf", iris.SKOS + "member"}
    for quad in ox.parse(path=str(path)):
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.predicate.value in {*model().by_iri, *other}, f"{path.name}: {quad.predicate.value}"
        for node in (quad.subject, quad.object):
            if isinstance(node, ox.NamedNode) and node.value.startswith(iris.BASE) and "#" not in node.value:
                assert iris.is_key(iris.code_of(node.value)), node.value


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "reference"], ids=lambda p: p.name)
def test_each_graph_says_what_it_is(path: Path) -> None:
    about = read(path.stem)[f"graph/reference/{path.stem}"]
    assert about.types == {"Dataset"}
    for name in ("title", "publisher", "published", "licence", "provenance"):
        assert len(about.values[name]) == 1, name
    assert about.one("publisher") in read("publishers")


def test_what_is_pointed_to_is_described() -> None:
    known = {iri for path in FILES for iri in read(path.stem)}
    for path in FILES:
        if path.parent.name == "reference":
            for iri, thing in read(path.stem).items():
                for name, values in thing.values.items():
                    if name in model().properties and model().properties[name].is_object:
                        assert set(values) <= known, f"{path.name}: {iri} {name} {set(values) - known}"


def test_every_date_is_edtf_with_its_days() -> None:
    for path in FILES:
        for iri, thing in read(path.stem).items():
            for text in thing.values["when"]:
                time = Edtf.parse(text)
                assert thing.one("earliest") == (time.earliest.isoformat() if time.earliest else ""), iri
                assert thing.one("latest") == (time.latest.isoformat() if time.latest else ""), iri


def test_the_files_are_what_the_script_writes(shared: Path, root: Path) -> None:
    script = [sys.executable, str(root / "scripts/reference/build.py"), "--check", "--shared", str(shared)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "reference"], ids=lambda p: p.name)
def test_each_graph_keeps_to_the_shapes(path: Path) -> None:
    """With what the other files say of what it points to, as a project has it."""
    import shacl

    subclass = ox.NamedNode(iris.RDFS + "subClassOf")
    ontology = [q.triple for q in ox.parse(path=str(ROOT / "kg.ttl")) if q.predicate == subclass]
    mine = [q.triple for q in ox.parse(path=str(path))]
    everything: defaultdict[object, list[ox.Triple]] = defaultdict(list)
    for other in FILES:
        for quad in ox.parse(path=str(other)) if other != path else ():
            everything[quad.subject].append(quad.triple)
    triples, new = set(mine), set(mine)
    while new := {t for old in new for t in everything.get(old.object, ())} - triples:
        triples |= new
    data = ox.serialize([*triples, *ontology], format=ox.RdfFormat.N_TRIPLES) or b""
    shapes = shacl.Shapes.from_file(str(ROOT / "shapes.ttl"))
    results = shapes.validate_text(data.decode(), format="ntriples").results
    assert [f"{r.focus_node} {r.message}" for r in results] == []
