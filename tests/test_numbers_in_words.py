"""One is told in the singular, wherever a command counts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.cli.common import counted


@pytest.mark.parametrize(
    ("number", "nouns", "told"),
    [(0, ("file",), "0 files"), (1, ("file",), "1 file"), (2, ("entry", "entries"), "2 entries")],
)
def test_a_number_with_its_noun(number: int, nouns: tuple[str, ...], told: str) -> None:
    assert counted(number, *nouns) == told


def test_one_file_and_one_source(kg: Callable[..., Result], tmp_path: Path) -> None:
    assert kg("init").exit_code == 0
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.bin").write_bytes(b"\x00\x01")
    failed = kg("load", tmp_path / "in" / "a.bin", "--table")
    assert "1 file: " in failed.stdout and "1 files" not in failed.output
    (tmp_path / "n.txt").write_text("Canada and China signed nothing.")
    assert kg("load", "n.txt", "--published", "2026-01-17").exit_code == 0
    assert "1 source checked" in kg("validate", "--table").output


def test_help_has_examples_line_by_line(kg: Callable[..., Result]) -> None:
    from kg.cli.main import COMMANDS

    for name in COMMANDS:
        found = kg(name, "--help").output
        assert "\\b" not in found, name
        example = found.partition("Example")[2].partition("Options:")[0]
        assert all(line.startswith(("      kg", "        ")) for line in example.splitlines()[1:] if line.strip()), name
