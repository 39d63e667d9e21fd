"""Chains of meetings between two persons: the shortest ones, within dates, also under several names."""

from pathlib import Path

import pytest

from kg import iris
from kg.project import Project
from kg.questions import ask
from kg.records import Dataset, MeetingAccount, Participation, Person, Record

PEOPLE = {n: iris.person(f"{n} Example", "CAN") for n in ("Ann", "Bea", "Cleo", "Dora", "Eve", "Fay", "Gil", "Hal")}


def met(key: str, number: int, day: str, *names: str, status: str = "held") -> list[Record]:
    account = MeetingAccount(
        iri=iris.owned("account", key, str(number)),
        party=(iris.actor("CAN"), iris.actor("CHN")),
        when=day,  # type: ignore[arg-type]
        meeting_status=iris.concept("meeting-status", status),
        row=(str(number),),
    )
    found: list[Record] = [account]
    for name in names:
        found.append(Person(iri=PEOPLE[name], name=f"{name} Example"))  # type: ignore[arg-type]
        found.append(
            Participation(
                iri=iris.owned("participation", key, f"{number}.{name}"),
                participant=PEOPLE[name],
                participation_in=account.iri,
            )
        )
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Ann - Bea - Cleo - Dora - Eve - Fay in a line, with a shorter way from Bea to Dora that was only planned."""
    made = Project.init(tmp_path_factory.mktemp("chains"))
    said = [
        *met("line", 1, "2031-01-01", "Ann", "Bea"),
        *met("line", 2, "2031-01-09", "Ann", "Bea"),
        *met("line", 3, "2031-02-01", "Bea", "Cleo"),
        *met("line", 4, "2031-03-01", "Cleo", "Dora"),
        *met("line", 5, "2031-04-01", "Dora", "Eve"),
        *met("line", 6, "2031-05-01", "Eve", "Fay"),
        *met("line", 7, "2031-05-02", "Bea", "Dora", status="planned"),
        *met("line", 8, "2031-06-01", "Bea", "Gil"),
        *met("line", 9, "2031-06-02", "Gil", "Dora"),
    ]
    source = Dataset(iri=iris.source("line"), title="A line", published="2031-12-31")  # type: ignore[arg-type]
    with made.writing() as loading:
        loading.put(source, said)
    return made


def chains(project: Project, a: str, b: str, **more: object) -> list[tuple[int, ...] | list[str]]:
    with project.reading() as graph:
        rows = ask(graph, "meeting-chain", a=PEOPLE[a], b=PEOPLE[b], **more)
    between = [[str(row[c]).split()[0] for c in ("via", "via_2", "via_3") if row[c]] for row in rows]
    for row, names in zip(rows, between, strict=True):
        assert row["meetings"] == len(names) + 1
        told = [row[c] for c in ("first", "second", "third", "fourth")]
        assert [bool(t) for t in told] == [n <= len(names) for n in range(4)]
        assert len(row.citations) == row["meetings"]
    return between


def test_four_meetings(project: Project) -> None:
    assert chains(project, "Ann", "Eve") == [["Bea", "Cleo", "Dora"], ["Bea", "Gil", "Dora"]]
    assert chains(project, "Eve", "Ann") == [["Dora", "Cleo", "Bea"], ["Dora", "Gil", "Bea"]]


def test_beyond_four_there_is_none(project: Project) -> None:
    assert chains(project, "Ann", "Fay") == []


def test_three_at_most(project: Project) -> None:
    assert chains(project, "Ann", "Eve", longest=3) == []
    assert chains(project, "Ann", "Dora", longest=3) == [["Bea", "Cleo"], ["Bea", "Gil"]]


def test_within_dates(project: Project) -> None:
    assert chains(project, "Ann", "Dora", until="2031-05") == [["Bea", "Cleo"]]
    assert chains(project, "Bea", "Dora", since="2031-05") == [["Gil"]]
    assert chains(project, "Ann", "Dora", since="2031-01-10") == []
    assert chains(project, "Ann", "Dora", known_at="2031-06-30") == []


def test_the_last_meeting_of_two_is_told(project: Project) -> None:
    with project.reading() as graph:
        (row,) = ask(graph, "meeting-chain", a=PEOPLE["Ann"], b=PEOPLE["Bea"])
    assert (row["meetings"], [c.row for c in row.citations]) == (1, ["2"])


def test_one_person_under_two_names(project: Project, tmp_path: Path) -> None:
    project.judgements_file.write_text(f"same:\n- [{PEOPLE['Hal']}, {PEOPLE['Eve']}]\n")
    with project.writing() as loading:
        source = Dataset(iri=iris.source("more"), title="More", published="2031-12-31")  # type: ignore[arg-type]
        loading.put(source, met("more", 1, "2031-07-01", "Hal", "Ann"))
    # From Ann to Dora by way of Hal, who is Eve.
    assert chains(project, "Ann", "Dora") in ([["Hal"]], [["Eve"]])
    assert chains(project, "Ann", "Fay") in ([["Hal"]], [["Eve"]])
