# ruff: noqa: E501  (rows of tables are long)
"""A large source is loaded as a whole or not at all, twice changes nothing, and goes without a trace."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import iris
from kg.project import Project
from kg.store import Writer
from kg.tables import bulk
from tests.tables.conftest import Load

KEY = "unvotes"
# Read here, because a test sees no KG_ settings. More kills of a larger load: KG_KILLS=100 KG_KILL_ROWS=150000.
KILLS, KILL_ROWS = int(os.environ.get("KG_KILLS", "4")), int(os.environ.get("KG_KILL_ROWS", "40000"))


def votes(folder: Path, count: int) -> Path:
    """Roll calls with ten voters each, `count` votes in all."""
    folder.mkdir(exist_ok=True)
    states = [("Chile", "CL"), ("Finland", "FI"), ("Canada", "CA"), ("China", "CN"), ("Kenya", "KE"), ("Peru", "PE"),
              ("Japan", "JP"), ("India", "IN"), ("Ghana", "GH"), ("Norway", "NO")]  # fmt: skip
    calls = range(1, count // 10 + 1)
    (folder / "un_roll_calls.csv").write_text(
        "rcid,date,unres,descr\n" + "".join(f"{n},2001-02-{n % 28 + 1:02},R/{n},On ships\n" for n in calls)
    )
    (folder / "un_roll_call_issues.csv").write_text("rcid,short_name,issue\n1,ec,Money\n")
    (folder / "un_votes.csv").write_text(
        "rcid,country,country_code,vote\n" + "".join(f"{n},{name},{code},yes\n" for n in calls for name, code in states)
    )
    return folder


def dump(project: Project, *, without: str = "") -> list[str]:
    """All quads but those of one source and of the log, as sorted lines."""
    skip = {iris.GRAPH_LOG, iris.source(without)}
    with project.reading() as graph:
        return sorted(str(q) for q in graph.store if q.graph_name.value not in skip)  # type: ignore[union-attr]


def test_twice_changes_nothing(put: Load, project: Project, tmp_path: Path) -> None:
    folder = votes(tmp_path / "votes", 1_000)
    assert put(folder).sources[0].change == "loaded"
    before = dump(project)
    again = put(folder)
    assert (again.status, again.sources[0].change) == ("unchanged", "unchanged")
    assert dump(project) == before


def test_a_changed_table_replaces_what_it_said(put: Load, project: Project, tmp_path: Path) -> None:
    folder = votes(tmp_path / "votes", 1_000)
    put(folder)
    report = put(votes(tmp_path / "votes", 500))
    assert report.sources[0].change == "replaced"
    with project.reading() as graph:
        assert bulk.count_graph(graph.store, iris.source(KEY)) < 500 * 5 + 500


@pytest.mark.parametrize(("limit", "most", "copies"), [(10, True, 1), (10, False, 0), (10**9, True, 0)])
def test_forgetting_leaves_the_rest_as_it_was(
    put: Load, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, most: bool, copies: int
) -> None:
    monkeypatch.setattr(bulk, "_REMOVE_LIMIT", limit)
    copied = list[Path]()
    replace = Writer.replace_store
    monkeypatch.setattr(Writer, "replace_store", lambda self, folder: (copied.append(folder), replace(self, folder)))
    if most:
        monkeypatch.setattr(bulk, "_is_most", lambda store, size: True)
    (tmp_path / "full_membership_spells.csv").write_text(
        "igo,state,ccode,from_year,to_year\nun,chile,155.0,1960.0,1970.0\n"
    )
    put(tmp_path / "full_membership_spells.csv")
    before = dump(project)
    put(votes(tmp_path / "votes", 2_000))
    assert dump(project, without=KEY) == before
    with project.writing() as loading:
        change = loading.forget(iris.source(KEY))
    assert len(copied) == copies, "what is small beside the rest goes without a copy of the rest"
    assert (change.kind, change.removed > 2_000 * 5) == ("forgotten", True)
    assert dump(project) == before


_LOAD = "import sys; from kg.project import Project; from kg.loaders.engine import load; load(Project.find(sys.argv[1]), [sys.argv[2]])"


def test_killed_at_any_moment_it_holds_all_or_nothing(put: Load, project: Project, tmp_path: Path) -> None:
    rows = KILL_ROWS
    folder = votes(tmp_path / "votes", rows)
    command = [sys.executable, "-c", _LOAD, str(project.root), str(folder)]
    started = time.monotonic()
    whole = subprocess.run([*command[:3], str(_copy(project, tmp_path / "whole")), str(folder)], check=True)
    assert whole.returncode == 0
    took = time.monotonic() - started
    moments = random.Random(3)
    for _ in range(KILLS):
        child = subprocess.Popen(command)
        time.sleep(moments.uniform(0.1, took))
        child.send_signal(signal.SIGKILL)
        child.wait()
        with project.reading() as graph:
            found = bulk.count_graph(graph.store, iris.source(KEY))
            votes_ = graph.store.query(f"SELECT (COUNT(?v) AS ?n) WHERE {{ GRAPH ?g {{ ?v a <{iris.KG}Vote> }} }}")
            assert int(next(iter(votes_))["n"].value) in (0, rows)  # type: ignore[union-attr, arg-type]
        if found:
            with project.writing() as loading:
                loading.forget(iris.source(KEY))
    assert put(folder).sources[0].counts["Vote"] == rows


def _copy(project: Project, target: Path) -> Path:
    import shutil

    shutil.copytree(project.root, target)
    return target
