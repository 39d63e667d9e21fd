"""From which judgements the derived graph was made is noted beside it, under a name of its own."""

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg import iris
from kg.mirror.graphs import Graphs
from kg.project import Project
from kg.store import Writer
from tests.core.conftest import account

DERIVED, LOG = ox.NamedNode(iris.GRAPH_DERIVED), ox.NamedNode(iris.GRAPH_LOG)
NOW, OF_OLD = ox.NamedNode(iris.KG + "judgementsSha256"), ox.NamedNode(iris.KG + "sha256")
APART = "different:\n  - [{}, {}]\n".format(*(iris.owned("account", key, "0-30") for key in "ab"))


def noted(project: Project) -> dict[str, str]:
    with project.reading() as graph:
        found = graph.store.quads_for_pattern(DERIVED, None, None, LOG)
        return {iris.local(q.predicate.value): q.object.value for q in found}  # type: ignore[union-attr]


def note(project: Project, *marks: tuple[ox.NamedNode, str]) -> None:
    """Put marks in the place of those that are there, as another version of kg would have."""
    with Writer(project.generations) as writer:
        for quad in list(writer.store.quads_for_pattern(DERIVED, None, None, LOG)):
            writer.store.remove(quad)
        writer.store.extend([ox.Quad(DERIVED, name, ox.Literal(digest), LOG) for name, digest in marks])
        writer.changed = True


def derived(project: Project) -> set[ox.Quad]:
    with project.reading() as graph:
        return set(graph.quads(iris.GRAPH_DERIVED))


def revision(project: Project) -> tuple[str, str]:
    """What a mirror notes of what is derived, and the digest of its quads."""
    with project.reading() as graph:
        graphs = Graphs(graph.store)
        return graphs.revisions()[iris.GRAPH_DERIVED], graphs.digest(iris.GRAPH_DERIVED)


def write(project: Project) -> None:
    with project.writing():
        pass


@pytest.fixture
def judged(project: Project, load: Callable[..., None]) -> Project:
    """A project with two accounts that are judged not to tell of one meeting."""
    load("a", *account("a"))
    load("b", *account("b"))
    project.judgements_file.write_text(APART)
    write(project)
    return project


def test_the_note_comes_and_goes_with_the_judgements(judged: Project) -> None:
    assert noted(judged) == {"judgementsSha256": iris.sha256(APART)}
    judged.judgements_file.unlink()
    write(judged)
    assert noted(judged) == {}


def test_a_mirror_sees_what_is_derived_by_its_quads(judged: Project) -> None:
    first, digest = revision(judged)
    assert first == digest
    with judged.writing() as loading:
        loading.forget(iris.source("a"))
    second, digest = revision(judged)
    assert second == digest != first


def test_an_old_note_is_taken_over_at_the_next_write(judged: Project) -> None:
    right = derived(judged)
    note(judged, (OF_OLD, iris.sha256(APART)))
    before, _ = revision(judged)
    write(judged)
    assert noted(judged) == {"judgementsSha256": iris.sha256(APART)}
    assert derived(judged) == right
    after, digest = revision(judged)
    assert before != after == digest, "a mirror copies once more"


def test_judgements_edited_since_an_old_note_take_effect(judged: Project) -> None:
    right = derived(judged)
    judged.judgements_file.unlink()
    write(judged)
    assert derived(judged) != right
    note(judged, (OF_OLD, iris.sha256("other judgements")))
    judged.judgements_file.write_text(APART)
    write(judged)
    assert derived(judged) == right
    assert noted(judged) == {"judgementsSha256": iris.sha256(APART)}


def test_of_two_notes_the_old_one_was_written_last(judged: Project) -> None:
    """An old version does not see the new note, and leaves it."""
    right = derived(judged)
    judged.judgements_file.unlink()
    write(judged)
    note(judged, (NOW, iris.sha256(APART)), (OF_OLD, iris.sha256("other judgements")))
    judged.judgements_file.write_text(APART)
    write(judged)
    assert derived(judged) == right
    assert noted(judged) == {"judgementsSha256": iris.sha256(APART)}


def test_an_old_note_of_judgements_that_are_gone(judged: Project) -> None:
    note(judged, (OF_OLD, iris.sha256(APART)))
    judged.judgements_file.unlink()
    write(judged)
    assert noted(judged) == {}
    with judged.reading() as graph:
        assert len(graph.query("SELECT ?m WHERE { GRAPH graph:derived { ?m a kg:Meeting } }")) == 1
