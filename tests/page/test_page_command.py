"""``kg page`` on a real store: what it draws of the worked example, and what it says."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import kg as package

Kg = Callable[..., Result]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A project with the worked example."""
    from kg.cli.main import run

    folder = tmp_path_factory.mktemp("example")
    package.init(folder)
    assert run(["load", "-C", str(folder), str(root / "examples" / "fjord-andes")]) == 0
    return folder


@pytest.fixture
def project(example: Path, tmp_path: Path, kg: Kg) -> Kg:
    """`kg` in a copy of that project."""
    shutil.copytree(example, tmp_path, dirs_exist_ok=True)
    return kg


def told(path: Path) -> Any:
    found = re.findall(r'id="kg-page">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    return json.loads(found[0])


def labels(page: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in page["nodes"]:
        found.setdefault(page["classes"][node["cls"]]["key"], set()).add(node["label"])
    return found


def test_pair_of_states(project: Kg, tmp_path: Path) -> None:
    result = project("page", "Norway", "Chile")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(r"norway-and-chile\.html: \d+ things, \d+ links\.\n", result.stderr)
    page = told(tmp_path / "norway-and-chile.html")
    assert [page["nodes"][n]["label"] for n in page["focus"]] == ["Norway", "Chile"]
    drawn = labels(page)
    assert {"Norway", "Chile"} <= drawn["State"]
    assert len(drawn["Meeting"]) >= 2
    assert "MeetingAccount" not in drawn
    assert "Participation" not in drawn
    assert "New Zealand" not in drawn["State"]
    # Two readouts tell of one meeting: both are cited.
    cited = {page["sources"][c["source"]]["publisher"] for node in page["nodes"] for c in quotes(page, node)}
    assert len(cited) >= 2


def quotes(page: Any, thing: Any) -> list[Any]:
    return [page["citations"][n] for n in thing.get("citations", ()) if "quote" in page["citations"][n]]


def test_quotes_stand_in_the_kept_text(project: Kg, tmp_path: Path, root: Path) -> None:
    project("page", "Norway", "Chile", "-o", "page.html")
    page = told(tmp_path / "page.html")
    texts = " ".join(
        " ".join(path.read_text(encoding="utf-8").split()) for path in (root / "examples" / "fjord-andes").iterdir()
    )
    quoted = [c for c in page["citations"] if "quote" in c]
    assert len(quoted) > 10
    for citation in quoted:
        assert citation["quote"] in texts


def test_one_person_and_everything(project: Kg, tmp_path: Path) -> None:
    everything = project("page", "-o", "all.html")
    assert everything.exit_code == 0, everything.output
    drawn = labels(told(tmp_path / "all.html"))
    person = sorted(drawn["Person"])[0]
    assert project("page", person, "-o", "one.html").exit_code == 0
    around = labels(told(tmp_path / "one.html"))
    assert person in around["Person"]
    assert sum(map(len, around.values())) <= sum(map(len, drawn.values()))
    assert "New Zealand" in drawn["State"]


@pytest.mark.parametrize("most", [1, 5, 20])
def test_what_is_cut_is_counted(project: Kg, tmp_path: Path, most: int) -> None:
    project("page", "-o", "all.html")
    every = len(told(tmp_path / "all.html")["nodes"])
    result = project("page", "-o", "few.html", "--max-nodes", most)
    if most == 1:
        assert result.exit_code == 1
        return
    page = told(tmp_path / "few.html")
    assert len(page["nodes"]) <= most
    assert page["leftOut"] == every - len(page["nodes"])
    assert f"{page['leftOut']} more left out" in result.stderr


def test_limits_of_time_and_source(project: Kg, tmp_path: Path) -> None:
    listed = json.loads(project("sources", "--json").stdout)
    joint = next(source for source in listed if "oint" in source["title"])
    assert project("page", "Norway", "Chile", "--source", joint["id"], "-o", "one.html").exit_code == 0
    page = told(tmp_path / "one.html")
    assert {c.get("source") for c in page["citations"] if "quote" in c} == {
        n for n, source in enumerate(page["sources"]) if source["title"] == joint["title"]
    }
    assert project("page", "Norway", "Chile", "--until", "1800-01-01").exit_code == 1


def test_timeline(project: Kg, tmp_path: Path) -> None:
    result = project("page", "Norway", "Chile", "--timeline", "-o", "time.html")
    assert result.exit_code == 0, result.output
    page = told(tmp_path / "time.html")
    assert page["kind"] == "timeline"
    days = [act["earliest"] for act in page["acts"] if "earliest" in act]
    assert days == sorted(days)
    assert {"Meeting", "Statement"} <= {page["classes"][act["cls"]]["key"] for act in page["acts"]}


def test_same_project_gives_the_same_bytes(project: Kg, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        project("page", "Norway", "Chile", "-o", name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_page_on_standard_output(project: Kg) -> None:
    result = project("page", "Norway", "-o", "-")
    assert result.stdout.startswith("<!doctype html>")


def test_source_may_be_the_focus(project: Kg, tmp_path: Path) -> None:
    listed = json.loads(project("sources", "--json").stdout)
    result = project("page", listed[0]["iri"], "-o", "source.html")
    assert result.exit_code == 0, result.output


def test_unknown_name_and_empty_project(project: Kg, kg: Kg, tmp_path: Path) -> None:
    unknown = project("page", "Atlantis")
    assert unknown.exit_code == 1
    assert "Atlantis" in unknown.stderr
    empty = tmp_path / "empty"
    package.init(empty)
    nothing = kg("page", "-C", empty)
    assert nothing.exit_code == 1
    assert "kg load" in nothing.stderr
    lonely = kg("page", "-C", empty, "Tuvalu", "Bhutan", "--source", "none")
    assert lonely.exit_code == 1
