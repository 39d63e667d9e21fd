"""What waits for a person, what they decide, and the file in which it stands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from kg import iris, records
from kg.errors import AmbiguousName, BadParameter, NotFound, ProjectError
from kg.names import Names
from kg.project import Project
from kg.resolve import Judgements
from kg.review import Candidate, candidates, judge, undo

CAN, IND = iris.actor("CAN"), iris.actor("IND")
CARNEY, MODI = iris.person("Mark Carney", "CAN"), iris.person("Narendra Modi", "IND")


Told = tuple[records.Document, list[records.Record]]


def _document(key: str, day: str, persons: tuple[str, ...], *more: records.Record) -> Told:
    source = records.Document(iri=iris.source(key), title=f"The {key}", published=day, sha256=iris.sha256(key))
    account = records.MeetingAccount(
        iri=iris.owned("account", key, "0-9"), party=(CAN, IND), when=day, concerns=(iris.relation("CAN", "IND"),),
        meeting_kind=iris.concept("meeting-kind", "meeting"), row="1",
    )  # fmt: skip
    said: list[records.Record] = [account, records.Relation.between(CAN, IND), *more]
    for number, person in enumerate(persons):
        said.append(
            records.Participation(
                iri=iris.owned("participation", key, str(number)),
                participant=person,
                participation_in=account.iri,
                on_behalf_of=(iris.actor(iris.code_of(person)[:3]) if "/person/CAN." in person else IND,),
            )
        )
    return source, said


def _person(name: str, key: str, **more: str) -> records.Person:
    return records.Person(iri=iris.person(name, key), name=name, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which two papers differ by a day, one knows a surname only, and two know the same stranger."""
    project = Project.init(tmp_path_factory.mktemp("review"))
    clerk = "Ada Example"
    with project.writing() as loading:
        for source, said in (
            _document("lantern", "2026-02-10", (CARNEY, MODI), _person(clerk, "lantern")),
            _document("doubter", "2026-02-11", (CARNEY, MODI), _person("Carney", "doubter"), _person(clerk, "doubter")),
            _document("other", "2026-05-01", (CARNEY, MODI)),
        ):
            loading.put(source, said)
    return project.root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of it that a test may change."""
    import shutil

    shutil.copytree(made, tmp_path / "p", symlinks=True)
    yield Project.find(tmp_path / "p")


def waiting(project: Project) -> list[Candidate]:
    with project.reading() as graph:
        return candidates(graph, Judgements.read(project.judgements_file))


def meetings(project: Project) -> list[str]:
    with project.reading() as graph:
        rows = graph.query("SELECT DISTINCT ?m ?w WHERE { GRAPH graph:derived { ?m a kg:Meeting ; kg:when ?w } }")
        return sorted(str(r["w"].value) for r in rows)  # type: ignore[union-attr]


LANTERN, DOUBTER = "account/lantern.0-9", "account/doubter.0-9"


def test_what_waits_is_shown_with_its_reason_and_place(project: Project) -> None:
    found = {(c.kind, c.one.rsplit("/", 1)[-1], c.other.rsplit("/", 1)[-1]): c for c in waiting(project)}
    assert set(found) == {
        ("meeting", "doubter.0-9", "lantern.0-9"),
        ("person", "doubter.carney", "CAN.mark-carney"),
        ("person", "doubter.ada-example", "lantern.ada-example"),
    }
    near = found["meeting", "doubter.0-9", "lantern.0-9"]
    assert near.reason == "the same persons, a few days apart"
    assert [c.row for c in near.cited_one] == ["1"]


def test_a_decision_joins_two_accounts_at_once_and_can_be_taken_back(project: Project) -> None:
    assert meetings(project) == ["2026-02-10", "2026-02-11", "2026-05-01"]
    assert judge(project, "same", LANTERN, DOUBTER)
    assert meetings(project) == ["2026-02-10", "2026-05-01"]
    assert not judge(project, "same", DOUBTER, LANTERN), "it stands there already"
    assert undo(project, DOUBTER, LANTERN)
    assert meetings(project) == ["2026-02-10", "2026-02-11", "2026-05-01"]
    assert not undo(project, LANTERN, DOUBTER)


def test_a_person_judged_to_be_the_same_is_shown_under_all_names(project: Project) -> None:
    judge(project, "same", "person/doubter.carney", "person/CAN.mark-carney")
    with project.reading() as graph:
        (row,) = graph.query("SELECT ?a ?b WHERE { GRAPH graph:derived { ?a owl:sameAs ?b } }")
        assert {row["a"].value, row["b"].value} == {CARNEY, iris.person("Carney", "doubter")}  # type: ignore[union-attr]
    assert not [c for c in waiting(project) if "carney" in c.one + c.other]


def test_different_stops_the_question_and_replaces_same(project: Project) -> None:
    judge(project, "different", LANTERN, DOUBTER)
    assert not [c for c in waiting(project) if c.kind == "meeting"]
    judge(project, "same", LANTERN, DOUBTER)
    judgements = Judgements.read(project.judgements_file)
    assert len(judgements.same) == 1 and not judgements.different


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine\n",
        "same:\n",
        "same: []  # none yet\ndifferent: []\n",
        "# mine\nsame:\n  # first\n  - [urn:x:1, urn:x:2]  # sure\n\n# last\ndifferent:\n- [urn:x:3, urn:x:4]\n# end\n",
        "different:\n  - - urn:x:1\n    - urn:x:2\nsame:\n  - [urn:x:3, urn:x:4,\n     urn:x:5]\n",
        "{same: [[urn:x:1, urn:x:2]], different: [[urn:x:3, urn:x:4]]}\n",
        "same: [[urn:x:1, urn:x:2], [urn:x:3, urn:x:4]]",
        "same:\n  - [urn:x:1, urn:x:2]",
        "\ufeffsame:\r\n  - [urn:x:1, urn:x:2]\r\n",
    ],
)
def test_what_people_wrote_in_the_file_stays(project: Project, text: str) -> None:
    path = project.judgements_file
    path.write_bytes(text.encode())
    before = Judgements.read(path)
    for verdict in ("same", "different"):
        try:
            judge(project, verdict, LANTERN, DOUBTER)  # type: ignore[arg-type]
        except ProjectError as error:
            assert "by hand" in str(error) and path.read_bytes() == text.encode()
            assert text.startswith("{"), "only a file in one line of braces is left to people"
            continue
        after = Judgements.read(path)
        assert before.same <= after.same and before.different <= after.different
        remarks = [line.partition("#")[2] for line in text.splitlines() if "#" in line]
        assert all(remark in path.read_text("utf-8") for remark in remarks)
        assert undo(project, LANTERN, DOUBTER)
        assert (Judgements.read(path).same, Judgements.read(path).different) == (before.same, before.different)


def test_an_entry_of_three_is_left_to_people(project: Project) -> None:
    three = [iris.BASE + i for i in (LANTERN, DOUBTER, "account/other.0-9")]
    project.judgements_file.write_text(f"same:\n  - [{', '.join(three)}]\n")
    with pytest.raises(BadParameter, match="names more than these two"):
        undo(project, LANTERN, DOUBTER)


@pytest.mark.parametrize(
    ("one", "other", "error"),
    [
        (LANTERN, "account/nowhere.1", NotFound),
        (LANTERN, LANTERN, BadParameter),
        (LANTERN, "person/CAN.mark-carney", BadParameter),
        ("actor/CAN", "actor/IND", BadParameter),
    ],
)
def test_what_cannot_be_judged(project: Project, one: str, other: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        judge(project, "same", one, other)
    assert not project.judgements_file.exists()


def test_the_command(kg: Callable[..., Result], project: Project) -> None:
    root = ("-C", project.root)
    listed = kg("review", "--table", *root)
    assert "a few days apart" in listed.output.replace("\n", " ")
    assert kg("review", "--same", LANTERN, DOUBTER, *root).output == "Noted: the two are one.\n"
    assert kg("review", "--undo", LANTERN, DOUBTER, *root).output == "Taken back.\n"
    assert kg("review", "--undo", LANTERN, DOUBTER, *root).output == "Nothing was decided on these two.\n"
    refused = kg("review", "--same", LANTERN, DOUBTER, "--undo", LANTERN, DOUBTER, *root)
    assert refused.exit_code == 2


def test_names_that_yaml_would_split_are_quoted(project: Project) -> None:
    legal = ["https://x/a,b", "https://x/c:", "https://x/e#f", "https://x/g'", "https://x/习"]
    with project.writing() as loading:
        source = records.Dataset(iri=iris.source("odd"), title="Odd")
        loading.put(source, [records.Person(iri=n, name="Odd \x1b One") for n in legal])  # type: ignore[arg-type]
    for other in legal[1:]:
        assert judge(project, "same", legal[0], other)
    assert Judgements.read(project.judgements_file).same == {frozenset((legal[0], other)) for other in legal[1:]}
    assert undo(project, legal[0], legal[1])


def test_one_of_several_names_stands_for_those_judged_the_same(project: Project) -> None:
    clerks = [iris.person("Ada Example", key) for key in ("doubter", "lantern")]
    with project.reading() as graph, pytest.raises(AmbiguousName):
        Names.of(graph).one("Ada Example")
    judge(project, "same", *clerks)
    with project.reading() as graph:
        assert Names.of(graph).one("Ada Example").iri == min(clerks)
        assert [c.iri for c in Names.of(graph).find("Ada Example")] == sorted(clerks)
