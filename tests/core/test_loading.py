"""Sources come in, are replaced and forgotten as a whole."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from kg import iris
from kg.errors import LoadError, NotFound
from kg.export import export
from kg.project import Project
from tests.core.conftest import WORDS, account, document, statement

PEOPLE = [("Mark Carney", "CAN"), ("Xi Jinping", "CHN")]


def dump(project: Project) -> set[str]:
    """Every quad but those of the log."""
    with project.reading() as graph:
        names = [n for n in graph.graph_names(system=True) if n != iris.GRAPH_LOG]
        return {str(q) for n in names for q in graph.quads(n)}


def test_the_same_source_twice_changes_nothing(project: Project) -> None:
    records = account("a", people=PEOPLE)
    with project.writing() as loading:
        first = loading.put(document("a"), records, text=WORDS)
    before = project.generations.current(), dump(project)
    with project.writing() as loading:
        second = loading.put(document("a"), records, text=WORDS)
    assert (first.kind, second.kind) == ("loaded", "unchanged")
    assert first.added > 10
    assert second.added == second.removed == 0
    assert (project.generations.current(), dump(project)) == before


def test_a_corrected_source_takes_the_place_of_the_old_one(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", when="2030-04-30"))
    load("a", *account("a", when="2030-05-01"))
    with project.reading() as graph:
        days = {f.value for f in graph.facts(iris.owned("account", "a", "0-30")) if f.property == "when"}
        log = graph.query(
            "SELECT ?what WHERE { GRAPH graph:log { ?load kg:loadAction ?what ; kg:loadedAt ?at } } ORDER BY ?at"
        )
    assert days == {"2030-05-01"}
    assert [r["what"].value for r in log if r["what"]] == ["loaded", "replaced"]  # type: ignore[union-attr]


def test_the_order_of_loading_does_not_matter(make_project: Callable[[str], Project]) -> None:
    sources = {
        "a": account("a", when="2030-10", people=PEOPLE),
        "b": account("b", when="2030-10-31", people=PEOPLE),
        "c": account("c", when="2030-11-02"),
    }
    results = set()
    for number, order in enumerate(permutations(sources)):
        project = make_project(str(number))
        for key in order:
            with project.writing() as loading:
                loading.put(document(key), sources[key], text=WORDS)
        results.add(frozenset(dump(project)))
    assert len(results) == 1


def test_forgetting_removes_exactly_what_a_source_said(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", people=PEOPLE))
    before = dump(project)
    load("b", *account("b", people=PEOPLE), text=WORDS + " More.")
    with project.writing() as loading:
        change = loading.forget(iris.source("b"))
    assert change.removed > 10
    assert dump(project) == before
    assert project.texts.digests() == [iris.sha256(WORDS)]
    with pytest.raises(NotFound), project.writing() as loading:
        loading.forget(iris.source("b"))


def test_a_text_stays_while_another_source_has_the_same(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    load("b", *account("b"))
    with project.writing() as loading:
        loading.forget(iris.source("a"))
    with project.reading() as graph:
        assert graph.text(iris.source("b")) == WORDS


def test_an_error_leaves_everything_as_it_was(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    before = dump(project)
    with pytest.raises(LoadError, match="does not belong"), project.writing() as loading:
        loading.put(document("b"), account("b"), text=WORDS)
        loading.put(document("c"), account("other"), text=WORDS)
    assert dump(project) == before


def test_nothing_has_a_blank_node(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", people=PEOPLE), *statement("a", iris.person("Xi Jinping", "CHN"), "0-20"))
    assert not any("_:" in quad.split('"')[0] for quad in dump(project))


def test_a_reader_sees_one_state_while_a_writer_publishes(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    with project.reading() as graph:
        load("b", *account("b"))
        load("c", *account("c"))
        assert [s.key for s in graph.sources()] == ["a"]
    with project.reading() as graph:
        assert [s.key for s in graph.sources()] == ["a", "b", "c"]
    with project.writing():
        pass
    folders = [p for p in (project.folder / "store").iterdir() if p.is_dir()]
    assert len(folders) == 1, "old generations go when nobody reads them"


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld", "csv"])
def test_the_same_graph_gives_the_same_bytes(form: str, tmp_path: Path, make_project: Callable[[str], Project]) -> None:
    written = []
    for number, order in enumerate(("ab", "ba")):
        project = make_project(str(number))
        for key in order:
            with project.writing() as loading:
                loading.put(document(key), account(key, people=PEOPLE), text=WORDS)
        file = tmp_path / f"{number}.out"
        with project.reading() as graph, file.open("wb") as out:
            export(graph, out, form)
        written.append(file.read_bytes())
    assert written[0] == written[1]
    assert len(written[0]) > 1000


def test_a_lost_pointer_is_found_again(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    (project.folder / "store" / "current").unlink()
    with project.reading() as graph:
        assert [s.key for s in graph.sources()] == ["a"]
    load("b", *account("b"))
    assert (project.folder / "store" / "current").exists()
