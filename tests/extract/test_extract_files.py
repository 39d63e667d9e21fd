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
    assert found["text"] == TEXT


TURNS = f"{TEXT}\nPRIME MINISTER: Norway will sign the agreement in May.\nPRESIDENT: Chile welcomed it.\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "wrapped.md",
            f"---\ndate: 2024-03-06\n---\n\n# A *call*\n\n{TEXT}\nThey **agreed** to\nmeet [again](/x) in May.\n",
        ),
        ("lines.txt", f"{TEXT}\r\n\r\nChile welcomed the visit.\r\n"),
        ("turns.txt", TURNS * 2),
        ("accents.txt", TEXT.replace("Soto", "Sotó").encode("cp1252").decode("latin-1")),
    ],
)
def test_extract_and_load_find_the_same_at_the_same_place(
    kg: Callable[..., Result], tmp_path: Path, name: str, content: str
) -> None:
    from kg.project import Project

    (tmp_path / name).write_bytes(content.encode())
    found = json.loads(kg("extract", tmp_path / name).stdout)
    assert kg("init", tmp_path / "p").exit_code == 0
    assert kg("load", tmp_path / name, "--id", "it", "-C", tmp_path / "p").exit_code == 0
    with Project.find(tmp_path / "p").reading() as graph:
        rows = graph.query(
            "SELECT ?t { ?a kg:citation [ kg:exact ?t ] ; a ?c FILTER(?c IN (kg:MeetingAccount, kg:Statement)) }"
        )
        words = {str(row["t"].value) for row in rows}  # type: ignore[union-attr]
        text = graph.text("https://w3id.org/bilateral/source/it") or ""
    assert found["meetings"] and all(text[slice(*m["span"])] in words for m in found["meetings"])
    assert all(text[slice(*s["span"])] in words for s in found["statements"])


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
    [("bad.txt", b"\xff\xfe\x00", "utf-16"), ("nul.txt", b"a\x00b", "NUL byte"), ("none.txt", b"", "is empty")],
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
