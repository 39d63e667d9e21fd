"""Folders and patterns: one failure does not stop the rest, and a kill leaves whole sources."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.errors import LoadError, UnknownName, UsageError
from kg.loaders import Meta, Options, load
from kg.loaders import engine as engine_module
from kg.project import Project


def note(n: int) -> str:
    """A source of five statements."""
    said = "".join(f"- statement: {{speaker: CAN, text: Words {k}.}}\n" for k in range(5))
    return f"source: {{id: note-{n}, title: Note {n}}}\nentries:\n{said}"


@pytest.fixture
def folder(files: Path) -> Path:
    for n in range(6):
        (files / f"n{n}.yaml").write_text(note(n))
    return files


def titles(project: Project) -> list[str]:
    with project.reading() as graph:
        return sorted(s.title for s in graph.sources())


def test_a_folder_with_a_bad_file(project: Project, folder: Path) -> None:
    (folder / "n2.yaml").write_text("source: {id: note-2}\nentries: [{meting: {}}]\n")
    (folder / "data.bin").write_bytes(b"\0\1")
    (folder / "README.md").write_text("About this folder.")
    (folder / ".hidden.yaml").write_text("x")
    (folder / "below").mkdir()
    (folder / "below" / "n9.yaml").write_text(note(9))
    report = load(project, [folder])
    assert report.summary() == {"files": 8, "skipped": 1, "failed": 1, "loaded": 6, "replaced": 0, "unchanged": 0}
    assert titles(project) == [f"Note {n}" for n in (0, 1, 3, 4, 5, 9)]


def test_two_files_with_one_id_do_not_take_turns_in_silence(project: Project, folder: Path) -> None:
    (folder / "n7.yaml").write_text(note(1).replace("Words 0", "Other words"))
    report = load(project, [folder])
    noted = {file.path: note for file in report.files for source in file.sources for note in source.notes}
    assert [Path(path).name for path in noted] == ["n7.yaml"]
    assert "n1.yaml said in this load" in next(iter(noted.values()))
    assert not [n for file in load(project, [folder / "n3.yaml"]).files for s in file.sources for n in s.notes]


def test_exit_codes_and_summary(kg: Callable[..., Result], folder: Path) -> None:
    assert kg("init").exit_code == 0
    good = kg("load", folder / "n0.yaml")
    assert (good.exit_code, '"loaded": 1' in good.stdout) == (0, True)
    (folder / "n1.yaml").write_text("nothing: here")
    bad = kg("load", folder)
    assert bad.exit_code == 1
    assert '"failed": 1' in bad.stdout and "Traceback" not in bad.output
    assert kg("load", folder / "none.txt").exit_code == 1
    assert kg("load", folder, "--loader", "textt").exit_code == 2
    assert kg("load", folder, "--published", "soon").exit_code == 2
    assert kg("load").exit_code == 2


def test_forget_removes_exactly_what_a_source_said(kg: Callable[..., Result], folder: Path) -> None:
    kg("init")
    kg("load", folder / "n0.yaml")
    before = kg("export", "--format", "nquads").stdout
    kg("load", folder / "n1.yaml")
    assert kg("forget", "note-1", "note-7").exit_code == 1, "all or none"
    assert kg("forget", "note-").exit_code == 1, "several begin so"
    assert kg("forget", "note-1").exit_code == 0
    assert kg("export", "--format", "nquads").stdout == before


def test_init_keeps_what_is_there(kg: Callable[..., Result], folder: Path) -> None:
    kg("init", "here")
    kg("load", folder / "n0.yaml", "-C", "here")
    again = kg("init", "here")
    assert (again.exit_code, "up to date" in again.stderr) == (0, True)
    assert "note-0" in kg("sources", "-C", "here").stdout
    assert kg("load", folder / "n0.yaml", "-C", ".").exit_code == 1


def test_unchanged_files_are_not_read(project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(project, [folder])

    def never(*_: object) -> None:
        raise AssertionError("read again")

    with monkeypatch.context() as patched:
        patched.setattr(engine_module.Readers, "result", never)
        assert load(project, [folder]).summary()["unchanged"] == 6
    (folder / "n0.yaml").write_text(note(0).replace("Words 1", "Other"))
    summary = load(project, [folder]).summary()
    assert (summary["replaced"], summary["unchanged"]) == (1, 5)
    with project.writing() as loading:
        loading.forget("https://w3id.org/bilateral/source/note-1")
    assert load(project, [folder]).summary()["loaded"] == 1, "what was forgotten is read again"
    assert load(project, [folder], Options(meta=Meta(licence="CC0"))).summary()["replaced"] == 6


def test_order_does_not_matter(project: Project, made: Path, folder: Path, tmp_path: Path) -> None:
    import shutil

    states = []
    for seed in range(3):
        other = Project(Path(shutil.copytree(made, tmp_path / f"p{seed}")))
        paths = sorted(folder.iterdir())
        random.Random(seed).shuffle(paths)
        load(other, paths)
        with other.reading() as graph:
            names = graph.graph_names()
            states.append({str(q) for name in names for q in graph.quads(name)})
    assert states[0] == states[1] == states[2]


def test_patterns_and_names(project: Project, folder: Path) -> None:
    assert load(project, [str(folder / "n[01].yaml")]).summary()["loaded"] == 2
    for wrong in ("n9.yaml", "x*.yaml"):
        with pytest.raises(LoadError):
            load(project, [str(folder / wrong)])
    with pytest.raises(UnknownName, match="text"):
        load(project, [folder], loader="texts")
    with pytest.raises(UsageError, match="One id cannot hold for 6 files"):
        load(project, [folder], Options(meta=Meta(id="x")))


def test_a_file_that_nobody_knows(project: Project, folder: Path) -> None:
    path = folder / "a.xyz"
    path.write_text("Canada met China.")
    (file,) = load(project, [path]).failed
    assert "--loader" in (file.error or "")
    assert load(project, [path], loader="text").summary()["loaded"] == 1


def test_two_processes_read(project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(6, 10):
        (folder / f"n{n}.yaml").write_text(note(n))
    (folder / "n3.yaml").write_text("source: {id: x}\nentries: [{meting: {}}]\n")
    report = load(project, [folder], workers=2)
    assert [f.path[-7:] for f in report.files] == [f"n{n}.yaml" for n in range(10)], "in the order of the files"
    assert (report.summary()["loaded"], report.summary()["failed"]) == (9, 1)


CHILD = """
import sys
from kg.loaders import load
from kg.project import Project
print("ready", flush=True)
load(Project.find(sys.argv[1]), [sys.argv[2]], workers=int(sys.argv[3]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_at_some_moments(project: Project, folder: Path, workers: int) -> None:
    for n in range(6, 40):
        (folder / f"n{n}.yaml").write_text(note(n))
    moments = random.Random(workers)
    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(project.root), str(folder), str(workers)],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moments.uniform(0.5, 4))
        os.kill(child.pid, signal.SIGKILL)  # only the one that writes: those that read must end by themselves
        child.wait()
        child.stdout.close()
        with project.reading() as graph:
            rows = graph.query(
                "SELECT ?g (COUNT(?s) AS ?n) WHERE { GRAPH ?g { ?s a kg:Statement } } GROUP BY ?g", union=False
            )
            assert {r["n"].value for r in rows} <= {"5"}, "each source as a whole"  # type: ignore[union-attr]
        deadline = time.monotonic() + 60
        while _alive(child.pid):
            assert time.monotonic() < deadline, "processes that read outlive the one that writes"
            time.sleep(0.2)
    assert not load(project, [folder]).failed
    assert len(titles(project)) == 40


def _alive(session: int) -> bool:
    """Whether any process of the session is left."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                return True
    return False
