"""Small graphs made of records."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from kg import iris
from kg.project import Project
from kg.records import Document, MeetingAccount, Participation, Person, Record, Relation, Span, Statement

WORDS = "The two leaders met in the capital and agreed to meet again. Trade was the first subject of the talks."


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project to copy: to fill the store with reference data takes longer than most tests."""
    return Project.init(tmp_path_factory.mktemp("template")).root


@pytest.fixture
def make_project(template: Path, tmp_path: Path) -> Callable[[str], Project]:
    """Make an empty project of a name."""

    def make(name: str) -> Project:
        shutil.copytree(template, tmp_path / name)
        return Project.find(tmp_path / name)

    return make


@pytest.fixture
def project(make_project: Callable[[str], Project]) -> Project:
    """An empty project."""
    return make_project("project")


def document(key: str, text: str = WORDS, **about: object) -> Document:
    """A document with a text of its own."""
    values: dict[str, object] = {"title": f"Document {key}", "published": "2030-05-02"} | about
    return Document(iri=iris.source(key), sha256=iris.sha256(text), **values)  # type: ignore[arg-type]


def account(
    key: str,
    parties: Sequence[str] = ("CAN", "CHN"),
    when: str | None = "2030-05-01",
    people: Iterable[tuple[str, str]] = (),
    part: str = "0-30",
    text: str = WORDS,
    **about: object,
) -> list[Record]:
    """An account of a meeting with its participants; part is the span of its words."""
    start, end = (int(n) for n in part.split("-"))
    span = Span.of(iris.source(key), text, start, end)
    values: dict[str, object] = {"meeting_kind": iris.concept("meeting-kind", "meeting")} | about
    told = MeetingAccount(
        iri=iris.owned("account", key, part),
        party=[iris.party(p) for p in parties],  # type: ignore[arg-type]
        when=when,  # type: ignore[arg-type]
        citation=[span.iri],  # type: ignore[arg-type]
        **values,  # type: ignore[arg-type]
    )
    found: list[Record] = [span, told]
    if len(parties) == 2:
        found.append(Relation.between(iris.party(parties[0]), iris.party(parties[1])))
    for number, (name, state) in enumerate(people):
        person = Person(iri=iris.person(name, state), name=name, nationality=[iris.party(state)])  # type: ignore[arg-type]
        found.append(person)
        found.append(
            Participation(
                iri=iris.owned("participation", key, f"{part}.{number}"),
                participant=person.iri,
                participation_in=told.iri,
                on_behalf_of=[iris.party(state)],  # type: ignore[arg-type]
            )
        )
    return found


def statement(key: str, speaker: str, part: str, text: str = WORDS, **about: object) -> list[Record]:
    """A statement with its span."""
    start, end = (int(n) for n in part.split("-"))
    span = Span.of(iris.source(key), text, start, end)
    said = Statement(
        iri=iris.owned("statement", key, part),
        speaker=speaker,
        text=text[start:end],
        citation=[span.iri],  # type: ignore[arg-type]
        **about,  # type: ignore[arg-type]
    )
    return [span, said]


@pytest.fixture
def load(project: Project) -> Callable[..., None]:
    """Load one document made of records."""

    def put(key: str, *records: Record, text: str = WORDS, **about: object) -> None:
        with project.writing() as loading:
            loading.put(document(key, text, **about), records, text=text)

    return put
