"""RDF in our ontology, in any syntax, and bundles."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import iris
from kg.errors import LoadError
from kg.export import bundle, export
from kg.loaders import Report, load
from kg.loaders.skolem import skolem_names
from kg.project import Project
from kg.records import Document, MeetingAccount, Person, Relation, Span

TEXT = "The two sides met."
HEAD = "@prefix kg: <https://w3id.org/bilateral/ontology#> . @prefix e: <https://example.org/> .\n"


@pytest.fixture
def full(project: Project) -> Project:
    """A project with two sources that tell of one meeting, and a judgement."""
    with project.writing() as loading:
        for key, when in (("one", "2030-05"), ("two", "2030-05-02")):
            source = Document(iri=iris.source(key), title=f"“{key}”\n\\", sha256=iris.sha256(TEXT), published="2030")  # type: ignore[arg-type]
            span = Span.of(source.iri, TEXT, 0, 7)
            pair = (iris.actor("CAN"), iris.actor("CHN"))
            account = MeetingAccount(iri=iris.owned("account", key, "0-7"), party=pair, when=when, citation=(span.iri,))  # type: ignore[arg-type]
            person = Person(iri=iris.person("A B", "CAN"), name=(("A B", "en"), ("阿", "zh")))  # type: ignore[arg-type]
            loading.put(source, [span, account, person, Relation.between(*pair)], text=TEXT)
    project.judgements_file.write_text(f"different:\n- [{iris.BASE}person/a, {iris.BASE}person/b]\n")
    with project.writing():
        pass
    return project


def quads(project: Project, *, derived: bool = False) -> set[ox.Quad]:
    with project.reading() as graph:
        names = [*graph.graph_names(), *([iris.GRAPH_DERIVED] if derived else [])]
        return {quad for name in names for quad in graph.quads(name)}


@pytest.mark.parametrize(("format", "suffix"), [("nquads", "nq"), ("trig", "trig"), ("jsonld", "jsonld")])
def test_an_export_restores_the_graphs(full: Project, made: Path, tmp_path: Path, format: str, suffix: str) -> None:
    import shutil

    path = tmp_path / f"all.{suffix}"
    with full.reading() as graph, path.open("wb") as out:
        export(graph, out, format)
    other = Project(Path(shutil.copytree(made, tmp_path / "other")))
    report = load(other, [path])
    assert report.summary()["loaded"] == 2
    assert quads(other, derived=True) == quads(full, derived=True)
    assert load(other, [path]).summary()["unchanged"] == 2


def test_large_graphs_are_written_alike(
    full: Project, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from kg.loaders import rdf

    monkeypatch.setattr(rdf, "_LARGE", 3)
    monkeypatch.setattr(rdf, "_IN_MEMORY", 10)
    path = tmp_path / "all.nq"
    with full.reading() as graph, path.open("wb") as out:
        export(graph, out, "nquads")
    other = Project(Path(shutil.copytree(made, tmp_path / "other")))
    assert load(other, [path]).summary()["loaded"] == 2
    assert quads(other, derived=True) == quads(full, derived=True)
    path.write_bytes(path.read_bytes().replace(b"2030-05-02", b"2031-05-02"))
    assert [s.change for s in load(other, [path]).files[0].sources] == ["unchanged", "replaced"]
    with other.reading() as graph:
        assert len(graph.query("SELECT ?m WHERE { ?m a kg:Meeting }")) == 2, "the accounts are no longer of one time"
    assert not list((other.folder / "store").glob("work-*/*"))


def test_a_bundle_brings_texts_and_judgements(full: Project, made: Path, tmp_path: Path) -> None:
    import shutil

    path = tmp_path / "all.zip"
    with path.open("wb") as out:
        bundle(full, out)
    with zipfile.ZipFile(path) as archive:
        graph_file = archive.getinfo("graph.nq")
        assert graph_file.compress_size < graph_file.file_size / 4
    other = Project(Path(shutil.copytree(made, tmp_path / "other")))
    assert not load(other, [path]).failed
    assert quads(other, derived=True) == quads(full, derived=True)
    with other.reading() as graph:
        assert graph.text(iris.source("one")) == TEXT
    assert other.judgements_file.read_text() == full.judgements_file.read_text()


def test_a_bundle_whose_text_was_changed_is_refused(full: Project, tmp_path: Path) -> None:
    held = io.BytesIO()
    bundle(full, held)
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item, data + b"!" if item.filename.startswith("texts/") else data)
    before = quads(full)
    (file,) = load(full, [path]).failed
    assert "not the text that its name says" in (file.error or "")
    assert quads(full) == before


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf"])
def test_triples_are_one_source_by_file(take: Callable[..., Report], project: Project, suffix: str) -> None:
    triples = list(ox.parse(HEAD + "e:a kg:surname 'Ä' ; kg:nationality e:b .", ox.RdfFormat.TURTLE))
    syntax = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}[suffix]
    content = ox.serialize([q.triple for q in triples], format=syntax) or b""
    report = take(f"facts.{suffix}", content, id="facts", publisher="Desk")
    assert report.files[0].sources[0].id == "facts"
    with project.reading() as graph:
        (source,) = graph.sources()
        assert (source.cls, source.title, source.publisher) == ("Dataset", "facts", "Desk")
        assert {q.object.value for q in graph.quads(source.iri) if q.subject.value == "https://example.org/a"} == {  # type: ignore[union-attr]
            "Ä",
            "https://example.org/b",
        }


def test_turtle_of_one_source_goes_back_into_its_graph(full: Project, made: Path, tmp_path: Path) -> None:
    import shutil

    path = tmp_path / "one.ttl"
    with full.reading() as graph, path.open("wb") as out:
        export(graph, out, "turtle", ["one"])
    other = Project(Path(shutil.copytree(made, tmp_path / "other")))
    load(other, [path])
    assert quads(other) == {q for q in quads(full) if q.graph_name.value == iris.source("one")}  # type: ignore[union-attr]


def test_blank_nodes_are_named_by_their_content(take: Callable[..., Report], nquads: Callable[[], bytes]) -> None:
    take("a.ttl", HEAD + "e:a kg:x [ kg:y 1 ; kg:z [ kg:y 2 ] ] , [ kg:y 3 ] . e:b kg:x ( 1 2 ) .", id="a")
    first = nquads()
    assert b"_:" not in first
    report = take(
        "b.ttl", HEAD + "e:b kg:x ( 1 2 ) . e:a kg:x [ kg:y 3 ] , [ kg:z [ kg:y 2 ] ; kg:y 1 ] .", id="a", title="a"
    )
    assert report.files[0].sources[0].change == "unchanged"
    assert nquads() == first


def names(turtle: str) -> int:
    return len({n.value for n in skolem_names(ox.parse(HEAD + turtle, ox.RdfFormat.TURTLE), "g").values()})


def test_alike_under_two_parents_are_two() -> None:
    assert names("e:a kg:x [ kg:y 1 ] . e:b kg:x [ kg:y 1 ] .") == 2
    assert names("e:a kg:x [ kg:y 1 ] , [ kg:y 1 ] .") == 1


def test_circles() -> None:
    assert names("_:a kg:x _:b ; kg:n 1 . _:b kg:x _:c . _:c kg:x _:a .") == 3
    with pytest.raises(LoadError, match="nothing tells apart"):
        names("".join(f"_:n{i} kg:x _:n{j} . " for i in range(12) for j in range(12) if i != j))


def test_long_lists() -> None:
    assert names("e:a kg:x (" + " ".join(str(n) for n in range(5000)) + ") .") == 5000


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttl", "@prefix e: <x .", "no well-formed Turtle"),
        ("a.nt", "<https://example.org/a> <b> 'c' .\n", "no well-formed N-Triples"),
        ("a.ttl", "<https://e.org/a> <https://e.org/b> <<( <https://e.org/a> <https://e.org/b> 1 )>> .", "RDF 1.2"),
        ("a.nq", "<https://e.org/a> <https://e.org/b> 'c' _:g .", "names a graph by a blank node"),
        ("a.nq", f"<https://e.org/a> <https://e.org/b> 'c' <{iris.GRAPH_DERIVED}> .", "no statement of a source"),
        ("a.jsonld", '{"@context": "https://example.org/context", "a": 1}', "no well-formed JSON-LD"),
        ("a.ttl", "", "no statement"),
    ],
)
def test_bad_files(take: Callable[..., Report], project: Project, name: str, content: str, said: str) -> None:
    (file,) = take(name, content.replace("'", '"')).failed
    assert said in (file.error or "")
    with project.reading() as graph:
        assert graph.sources() == []


def test_what_cannot_be_loaded_leaves_the_rest_of_the_turn(project: Project, files: Path) -> None:
    (files / "a.ttl").write_text(HEAD + "e:a kg:surname 'A' .")
    (files / "b.ttl").write_text("broken")
    (files / "c.ttl").write_text(HEAD + "e:c kg:surname 'C' .")
    report = load(project, [files])
    assert [f.status for f in report.files] == ["loaded", "failed", "loaded"]
    with project.reading() as graph:
        assert {s.title for s in graph.sources()} == {"a", "c"}
