"""The docs tell the truth: generated pages are current, every command has an example, what they show runs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from kg.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent


def _commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if command is cli and find_spec(COMMANDS[name].module) is None:
                continue
            child = command.get_command(context, name)
            assert child is not None
            yield from _commands(child, (*path, name))


ALL = [(path, command) for path, command in _commands(cli, ("kg",)) if len(path) > 1]


def test_every_command_that_is_listed_exists() -> None:
    assert [name for name, entry in COMMANDS.items() if find_spec(entry.module) is None] == []


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_a_command_says_what_it_does_and_shows_an_example(
    path: tuple[str, ...], command: click.Command, root: Path
) -> None:
    name = " ".join(path)
    assert command.help, f"{name} has no help"
    assert re.match(r"[A-Z].*\.(\s|$)", command.help, re.DOTALL), f"{name}: the help begins with no sentence"
    if not isinstance(command, click.Group):
        assert "Example:" in command.help, f"{name} has no 'Example:' block"
        assert f"kg {path[1]}" in command.help.partition("Example:")[2], f"the example of {name} does not call it"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
    assert re.search(rf"^#+ {re.escape(name)}$", (root / "docs/cli.md").read_text("utf-8"), re.MULTILINE)


def test_generated_pages_are_current(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts/docs.py", "--check"], capture_output=True, text=True, cwd=root
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Block(NamedTuple):
    """A fenced block that follows the line ``<!-- run -->``."""

    language: str
    text: str


def _blocks(page: Path) -> list[Block]:
    found = re.findall(r"^<!-- run -->\n+```(\w+)\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [Block(*block) for block in found]


PAGES = [page for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))] if _blocks(page)]


def _run(arguments: list[str], folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, f"{arguments[-1]}\nexit code {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def _contains_in_order(shown: list[str], printed: str) -> str | None:
    """The first shown line that the output lacks after the ones before it; a line of dots stands for any lines."""
    lines = iter(" ".join(line.split()) for line in printed.splitlines())
    for line in shown:
        wanted = " ".join(line.split())
        if wanted in ("", "...", "…"):
            continue
        pattern = re.compile(".*".join(map(re.escape, re.split(r"…|\.\.\.", wanted))))
        if not any(pattern.search(candidate) for candidate in lines):
            return line
    return None


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_what_a_page_shows_runs_as_written(page: Path, tmp_path: Path, root: Path) -> None:
    if (root / "examples").is_dir():
        (tmp_path / "examples").symlink_to(root / "examples")
    for block in _blocks(page):
        if block.language == "python":
            _run([sys.executable, "-W", "error", "-c", block.text], tmp_path)
            continue
        assert block.language == "console", f"a block to run is python or console, not {block.language}"
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, *shown = part.replace("\\\n", " ").splitlines()
            printed = _run(["bash", "-euo", "pipefail", "-c", command], tmp_path)
            missing = _contains_in_order(shown, printed)
            assert missing is None, f"$ {command}\nprints no line {missing!r} but\n{printed}"
