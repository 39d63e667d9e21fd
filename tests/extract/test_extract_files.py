"""``kg extract``: files, sidecars, folders, workers, and what cannot be read."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

TEXT = "Norwegian Prime Minister Kari Lund met Chilean President Pedro Soto in Oslo on Monday."


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_is_printed_as_json(kg: Callable[..., Result], note: Path) -> None:
    found = json.loads(kg("extract", note, "--published", "2024-03-06", "--json").stdout)
    assert found["meetings"][0]["date"] == "2024-03-04"
    assert found["published"] == "2024-03-06"


def test_a_sidecar_tells_what_the_text_does_not(kg: Callable[..., Result], note: Path) -> None:
    note.with_suffix(".meta.json").write_text('{"published": "2024-03-06", "odd": [1]}', encoding="utf-8")
    assert json.loads(kg("extract", note).stdout)["meetings"][0]["date"] == "2024-03-04"
    assert json.loads(kg("extract", note, "--published", "2024-03-20").stdout)["meetings"][0]["date"] == "2024-03-18"


def test_without_a_date_a_warning_names_the_option(kg: Callable[..., Result], note: Path) -> None:
    result = kg("extract", note)
    assert result.exit_code == 0
    assert "--published" in result.stderr


def test_markdown_carries_its_head(kg: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "release.md"
    path.write_text(f"---\ntitle: A call\ndate: '2024-03-06'\n---\n\n{TEXT}\n", encoding="utf-8")
    found = json.loads(kg("extract", path).stdout)
    assert (found["title"], found["meetings"][0]["date"]) == ("A call", "2024-03-04")


def test_the_number_of_workers_changes_nothing(kg: Callable[..., Result], tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(6):
        (folder / f"n{n}.txt").write_text(f"{TEXT} They signed agreement number {n}.", encoding="utf-8")
    for count in (1, 2):
        assert kg("extract", folder, "--out", f"out{count}", "--workers", count).exit_code == 0
    files = sorted(p.name for p in Path("out1").iterdir())
    assert files == [f"n{n}.json" for n in range(6)]
    assert all((Path("out1") / f).read_bytes() == (Path("out2") / f).read_bytes() for f in files)


def test_the_order_of_sets_changes_nothing(note: Path) -> None:
    def run(seed: str) -> bytes:
        call = [sys.executable, "-m", "kg", "extract", str(note), "--published", "2024-03-06"]
        return subprocess.run(call, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout

    assert run("1") == run("2")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [("bad.txt", b"\xff\xfe\x00", "UTF-8"), ("nul.txt", b"a\x00b", "zero bytes")],
)
def test_what_is_no_text_is_a_sentence(
    kg: Callable[..., Result], tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = kg("extract", tmp_path / name)
    assert result.exit_code == 1
    assert word in result.stderr


def test_mistakes_of_the_call_are_sentences(kg: Callable[..., Result], note: Path, tmp_path: Path) -> None:
    assert kg("extract", tmp_path / "none.txt").exit_code == 1
    assert kg("extract", note, "--published", "Friday").exit_code == 2
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "note.txt").write_text(TEXT, encoding="utf-8")
    result = kg("extract", note, tmp_path / "more", "--out", "o")
    assert result.exit_code == 2
    assert "note" in result.stderr
