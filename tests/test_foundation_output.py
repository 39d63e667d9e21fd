"""Tables, JSON and CSV, and the project that a command works on."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.common import emit, output_options, printable, project_folder, project_option, writable
from kg.cli.main import cli
from kg.errors import BadParameter, NoProject

ROWS: list[dict[str, Any]] = [
    {"label": "习近平", "count": 2, "day": date(2026, 1, 16), "aliases": ["Xi", "Xi Jinping"], "held": True},
    {"label": "[red]\x1b[31mCarney\u202e", "count": 10, "day": None, "source": {"id": "a"}},
]


def _command(rows: list[dict[str, Any]]) -> click.Command:
    @click.command()
    @output_options
    def show(output: str | None) -> None:
        emit(rows, output)

    return show


def _run(*args: str) -> str:
    result = CliRunner().invoke(_command(ROWS), list(args))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_in_a_pipe() -> None:
    shown = json.loads(_run())
    assert shown[0] == {**ROWS[0], "day": "2026-01-16"}
    assert shown[1]["label"] == ROWS[1]["label"]
    assert "习近平" in _run("--json")
    assert "\\u202e" in _run("--json")
    assert "\u202e" not in _run("--json"), "no text may turn what a terminal shows"


def test_csv_has_all_columns_in_order() -> None:
    lines = list(csv.reader(io.StringIO(_run("--csv"))))
    assert lines[0] == ["label", "count", "day", "aliases", "held", "source"]
    assert lines[1] == ["习近平", "2", "2026-01-16", "Xi; Xi Jinping", "yes", ""]


def test_tsv_has_one_line_for_each_row() -> None:
    rows: list[dict[str, Any]] = [{"a": "one\ttwo\nthree", "b": None, "c": "=1+1"}, {"a": ["x", "y"], "b": 2, "c": '"'}]
    shown = CliRunner().invoke(_command(rows), ["--tsv"]).stdout
    assert shown == "a\tb\tc\none two three\t\t'=1+1\nx; y\t2\t\"\n"


@pytest.mark.parametrize("columns", ["40", "80"])
def test_a_table_in_a_pipe_is_as_wide_as_it_must_be(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    rows = [{f"c{n}": "word " * 60 for n in range(12)} for _ in range(3)]
    head, _, *lines = CliRunner().invoke(_command(rows), ["--table"]).stdout.splitlines()
    assert len(lines) == 3
    assert all(line.count("word") == 12 * 60 for line in lines)
    assert head.split() == list(rows[0])


def test_a_table_cannot_steer_the_terminal() -> None:
    table = _run("--table")
    assert "习近平" in table
    assert "[red]" in table
    assert "\x1b" not in table
    assert "\u202e" not in table


def test_an_empty_answer() -> None:
    runner = CliRunner()
    assert runner.invoke(_command([]), ["--table"]).stdout == "Nothing found.\n"
    assert json.loads(runner.invoke(_command([]), ["--json"]).stdout) == []


_ROWS = "from kg.cli.common import emit; emit([{'name': 'Canada', 'count': 3}])"


def _on_a_terminal(environment: dict[str, str], code: str = _ROWS) -> str:
    main, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=terminal, stderr=terminal, env=os.environ | environment
    ) as process:
        os.close(terminal)
        shown = b""
        while True:
            try:
                piece = os.read(main, 4096)
            except OSError:  # a closed terminal on Linux
                break
            if not piece:
                break
            shown += piece
        process.wait(timeout=20)
    os.close(main)
    return shown.decode()


def test_a_table_on_a_terminal() -> None:
    shown = _on_a_terminal({"TERM": "xterm-256color"})
    assert "Canada" in shown
    assert "{" not in shown


def test_no_color_is_honoured() -> None:
    assert "\x1b[3" not in _on_a_terminal({"TERM": "xterm-256color", "NO_COLOR": "1"})


@given(st.text())
def test_printable_keeps_what_can_be_read(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert "\x1b" not in shown
    assert all(new in (old, "\N{REPLACEMENT CHARACTER}") for old, new in zip(text, shown, strict=True))


@click.command()
@project_option
def where(project: Path) -> None:
    """Print the project."""
    click.echo(project)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    (tmp_path / "one" / ".kg").mkdir(parents=True)
    (tmp_path / "one" / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "two" / ".kg").mkdir(parents=True)
    for name in ("one", "two"):
        (tmp_path / name / ".kg" / "format").write_text("{}")
    (tmp_path / "none").mkdir()

    def call(folder: str, *args: str, **environment: str) -> Any:
        monkeypatch.chdir(tmp_path / folder)
        return CliRunner().invoke(where, [arg.format(tmp_path) for arg in args], env=environment)

    return call


def test_project_is_the_nearest_one_above(place: Callable[..., Any], tmp_path: Path) -> None:
    assert place("one/deep/deeper").stdout.strip() == str(tmp_path / "one")


def test_project_by_option_beats_the_environment(place: Callable[..., Any], tmp_path: Path) -> None:
    assert place("none", KG_PROJECT=str(tmp_path / "one")).stdout.strip() == str(tmp_path / "one")
    both = place("none", "-C", "{}/two", KG_PROJECT=str(tmp_path / "one"))
    assert both.stdout.strip() == str(tmp_path / "two")


def test_no_project_names_the_remedy(place: Callable[..., Any], tmp_path: Path) -> None:
    result = place("none")
    assert isinstance(result.exception, NoProject)
    assert "kg init" in str(result.exception)
    with pytest.raises(NoProject, match="none"):
        project_folder(tmp_path / "none")


def test_a_table_in_a_pipe_is_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    emit([{"name": "x" * 5_000, "other": "a b " * 200}], "table")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "x" * 5_000 in lines[2]
    assert lines[2].count("a b") == 200


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert writable(tmp_path / "x.nq") == tmp_path / "x.nq"
    with pytest.raises(BadParameter, match=r"missing/x\.nq cannot be written: there is no folder .*missing; make it"):
        writable(tmp_path / "missing" / "x.nq")


def test_exact_output_is_harmless_on_a_terminal_and_exact_in_a_pipe() -> None:
    code = "from kg.cli.terminal import exact_output as o; o().write(b'a\\x1b]0;x\\x07\\xc3\\xa9\\n')"
    assert _on_a_terminal({}, code) == "a?]0;x?é\r\n"
    piped = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert piped.stdout == b"a\x1b]0;x\x07\xc3\xa9\n"


def _commands(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, *path, name)
        else:
            yield " ".join((*path, name)), command


def test_each_command_that_prints_has_the_same_choices() -> None:
    """Rows: --json --csv --tsv --table; what a command did: --json --table; what one form suits alone has none."""
    found: dict[str, set[str]] = {}
    for name, command in _commands(cli):
        options = {option for param in command.params for option in param.opts}
        found[name] = options & {"--json", "--csv", "--tsv", "--table"}
    rows = {"sources", "stats", "find", "show", "path", "ask", "cite", "validate", "findings", "review", "ref"}
    rows |= {"cypher", "mirror status"}
    assert {n for n, has in found.items() if has == {"--json", "--csv", "--tsv", "--table"}} == rows
    reports = {"load", "forget", "mirror sync", "mirror verify", "neo4j status"}
    assert {n for n, has in found.items() if has == {"--json", "--table"}} == reports
    assert found["sparql"] == {"--json", "--csv", "--tsv"}
    assert found["extract"] == {"--json"}
    others = set(found) - rows - reports - {"sparql", "extract"}
    assert not any(found[name] for name in others)
