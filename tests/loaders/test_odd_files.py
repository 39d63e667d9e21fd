"""Files that are none, and files whose names are no text."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.errors import LoadError
from kg.loaders import Options, load
from kg.project import Project

NOTE = "source: {id: good, title: Good}\nentries: [{statement: {speaker: CAN, text: Trade.}}]\n"


def run(folder: Path, *args: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "kg", *args], cwd=folder, capture_output=True, timeout=60, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("form", ["--json", "--table"])
def test_a_name_that_is_no_text_is_one_failed_file(project: Project, files: Path, form: str) -> None:
    (files / "good.yaml").write_text(NOTE)
    Path(os.fsdecode(os.fsencode(files) + b"/bad\xff\xfe.txt")).write_text("Carney met Xi.")
    done = run(project.root, "load", str(files), form, env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"})
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert b"\\xff" in done.stdout + done.stderr
    assert b"is no UTF-8; rename it" in done.stdout + done.stderr
    with project.reading() as graph:
        assert [s.key for s in graph.sources()] == ["good"]


@pytest.mark.parametrize("loader", [None, "text"])
def test_a_pipe_or_device_is_refused_before_it_is_read(project: Project, files: Path, loader: str | None) -> None:
    os.mkfifo(files / "pipe.txt")
    table = files / "t.csv"
    table.write_text("a\n1\n")
    with project.writing():  # the turn of another writer: nothing waits for it
        for path in (files / "pipe.txt", Path("/dev/zero")):
            with pytest.raises(LoadError, match="is a pipe or device"):
                load(project, [path], loader=loader, wait=0)
        with pytest.raises(LoadError, match="is a pipe or device"):
            load(project, [table], Options(more={"map": str(files / "pipe.txt")}), loader="table", wait=0)
    with pytest.raises(LoadError, match="cannot be read: File name too long"):
        load(project, ["x" * 5000])


def test_standard_input_is_told_how_to_be_loaded(project: Project) -> None:
    done = run(project.root, "load", "--loader", "text", "/dev/stdin", input=b"Carney met Xi.")
    assert done.returncode == 1
    assert done.stderr.decode().strip().endswith("write what it gives into a file, and load that.")


def test_the_folder_of_a_project_is_loaded_without_its_judgements(kg: Callable[..., Result], tmp_path: Path) -> None:
    assert kg("init").exit_code == 0
    (tmp_path / "judgements.yaml").write_text("same: []\n")
    (tmp_path / "note.yaml").write_text(NOTE)
    done = kg("load", ".", "--json")
    assert done.exit_code == 0 and "judgements" not in done.stdout
    alone = kg("load", "judgements.yaml")
    assert alone.exit_code == 1 and "take effect without being loaded" in alone.output
    (tmp_path / "note.yaml").unlink()
    assert kg("load", ".").exit_code == 1
