"""What a text may say: stored as a candidate, listed for a person, accepted or rejected, counted as no act."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from kg.errors import NotFound
from kg.ontology import model
from kg.project import Project
from kg.resolve import Judgements
from kg.review import candidates, decide, decided, reopen

TEXT = (
    "Norwegian Foreign Minister Kari Lund met Chilean Foreign Minister Rosa Vidal in Oslo on Monday.\n\n"
    "Lund said the talks went well. Sundsvik said that the harbour would open.\n"
)


@pytest.fixture
def project(kg: Callable[..., Result], tmp_path: Path) -> Project:
    assert kg("init", tmp_path / "p").exit_code == 0
    (tmp_path / "harbour.txt").write_text(TEXT)
    (tmp_path / "harbour.meta.json").write_text(json.dumps({"published": "2024-03-06", "id": "harbour"}))
    assert kg("load", tmp_path / "harbour.txt", "-C", tmp_path / "p").exit_code == 0
    return Project.find(tmp_path / "p")


def readings(project: Project) -> list[Any]:
    with project.reading() as graph:
        return [c for c in candidates(graph, Judgements.read(project.judgements_file)) if c.kind == "reading"]


def test_what_extract_shows_load_keeps(kg: Callable[..., Result], project: Project, tmp_path: Path) -> None:
    shown = json.loads(kg("extract", tmp_path / "harbour.txt", "--json").output)["candidates"]
    kept = [(c.label_one, c.reason) for c in readings(project)]
    assert [(TEXT[slice(*c["span"])], c["reason"]) for c in shown] == kept
    assert [words for words, _ in kept] == ["said"]


def test_a_candidate_is_no_act(kg: Callable[..., Result], project: Project) -> None:
    (one,) = readings(project)
    with project.reading() as graph:
        assert graph.cls(one.one) == "Candidate"
        assert model().classes["Candidate"].role == "none"
        assert not list(graph.query("SELECT ?r { ?c a kg:Candidate ; kg:concerns|kg:party|kg:speaker ?r }"))
    (row,) = json.loads(kg("ask", "meetings", "a=Norway", "b=Chile", "--json", "-C", project.root).output)
    assert "candidate/" not in json.dumps(row)
    assert kg("validate", "-C", project.root).exit_code == 0


def test_exports_hold_candidates(kg: Callable[..., Result], project: Project) -> None:
    out = kg("export", "--format", "nquads", "-C", project.root).output
    assert "/ontology#Candidate> <https://w3id.org/bilateral/source/harbour>" in out


def test_decisions_stand_in_the_file_and_can_be_taken_back(project: Project) -> None:
    (one,) = readings(project)
    assert decide(project, "accepted", one.one)
    assert not decide(project, "accepted", one.one), "it stands there already"
    assert readings(project) == []
    judgements = Judgements.read(project.judgements_file)
    assert judgements.accepted == {one.one} and not judgements.rejected
    with project.reading() as graph:
        assert [(d, c.one) for d, c in decided(graph, judgements)] == [("accepted", one.one)]
    assert decide(project, "rejected", one.one)
    judgements = Judgements.read(project.judgements_file)
    assert judgements.rejected == {one.one} and not judgements.accepted
    assert reopen(project, one.one) and not reopen(project, one.one)
    assert [c.one for c in readings(project)] == [one.one]


def test_a_decision_outlives_a_new_load(kg: Callable[..., Result], project: Project, tmp_path: Path) -> None:
    (one,) = readings(project)
    decide(project, "rejected", one.one)
    assert kg("forget", "harbour", "-C", project.root).exit_code == 0
    assert kg("load", tmp_path / "harbour.txt", "-C", project.root).exit_code == 0
    assert readings(project) == []


def test_only_candidates_can_be_decided(project: Project) -> None:
    with pytest.raises(NotFound, match="is no candidate"):
        decide(project, "accepted", "actor/NOR")


def test_the_command(kg: Callable[..., Result], project: Project) -> None:
    root = ("-C", project.root)
    (one,) = json.loads(kg("review", "--json", *root).output)
    assert (one["kind"], one["suggests"]) == ("reading", "Statement")
    short = one["one"]["iri"].removeprefix("https://w3id.org/bilateral/")
    assert kg("review", "--accept", short, *root).output == "Noted: accepted.\n"
    assert kg("review", "--table", *root).output == "Nothing waits.\n"
    (row,) = json.loads(kg("review", "--decided", "--json", *root).output)
    assert row["decision"] == "accepted"
    assert kg("review", "--reopen", short, *root).output == "Taken back.\n"
    assert kg("review", "--accept", short, "--reject", short, *root).exit_code == 2
