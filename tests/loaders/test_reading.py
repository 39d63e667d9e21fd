"""Bytes as text: what can be read is read rightly, what cannot is refused with a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import LoadError
from kg.loaders import Report
from kg.loaders.reading import MAX_CHARACTERS, decode, read_text, to_edtf
from kg.project import Project

WORDS = "Le président du Mexique a reçu le premier ministre du Canada à Ottawa.\nDeuxième ligne."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), Path("a.txt")) == (WORDS, ())


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_old_encodings_are_guessed_and_said(encoding: str) -> None:
    text, notes = decode(WORDS.encode(encoding), Path("a.txt"))
    assert text == WORDS
    assert "Windows-1252" in notes[0]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends(ends: str) -> None:
    assert decode(WORDS.replace("\n", ends).encode(), Path("a.txt"))[0] == WORDS


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"Canada met China.\0 More.", "NUL byte at 17"),
        (bytes(range(256)) * 8, "NUL byte"),
        (b"%PDF-1.7 rest", "a PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (bytes([1, 2, 3, 4, 5, 6, 7, 65]) * 100, "control characters"),
        (b"\xff\xfeA", "cannot be read as such"),
        ("a\0b".encode("utf-16"), "NUL character"),
    ],
)
def test_what_is_no_text(raw: bytes, said: str) -> None:
    with pytest.raises(LoadError, match=said):
        decode(raw, Path("a.txt"))


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_empty(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    with pytest.raises(LoadError, match="is empty"):
        read_text(path)


def test_too_long(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Trade. " * (MAX_CHARACTERS // 7 + 1))
    with pytest.raises(LoadError, match="split it into documents"):
        read_text(path)


@pytest.mark.parametrize("name", ["nul.txt", "image.md", "empty.html"])
def test_nothing_is_half_loaded(take: Callable[..., Report], project: Project, name: str) -> None:
    report = take(name, {"nul.txt": b"a\0b", "image.md": b"\x89PNG", "empty.html": b"<html></html>"}[name])
    assert report.failed and report.summary()["loaded"] == 0
    with project.reading() as graph:
        assert graph.sources() == []


@pytest.mark.parametrize(
    ("given", "edtf"),
    [
        ("2026-01-16", "2026-01-16"),
        ("2026-01", "2026-01"),
        ("2021-01-22 11:06:45-05:00", "2021-01-22"),
        ("2021-01-22T23:06:45Z", "2021-01-22"),
        ("16 January 2026", "2026-01-16"),
        ("January 16, 2026", "2026-01-16"),
        ("Fri, 16 Jan 2026 08:00:00 GMT", "2026-01-16"),
    ],
)
def test_dates(given: str, edtf: str) -> None:
    assert to_edtf(given) == edtf


@pytest.mark.parametrize("given", ["yesterday", "2026-02-30", "16/01/2026", ""])
def test_no_dates(given: str) -> None:
    with pytest.raises(LoadError):
        to_edtf(given)
