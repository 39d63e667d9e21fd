"""The command line itself: help, suggestions, exit codes, pipes."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from importlib import import_module

import click
import pytest
from click.testing import Result

from kg import __version__
from kg.cli import main as main_module
from kg.cli.group import LazyGroup, SuggestGroup, keep_examples
from kg.cli.main import COMMANDS, cli
from kg.errors import KgError, UsageError

HEAVY = {
    *("dateparser", "duckdb", "ibis", "jsonschema", "lxml", "neo4j", "networkx", "numpy", "oxrdflib"),
    *("pandas", "pyarrow", "pyoxigraph", "pyvis", "rapidfuzz", "rdflib", "rich", "shacl", "spacy"),
    *("trafilatura", "yaml"),
}


def _imported_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize(
    "code",
    [
        "import kg",
        "from kg.cli.main import run; run(['--help'])",
        "from kg.cli.main import run; run(['--version'])",
    ],
    ids=["import", "help", "version"],
)
def test_nothing_heavy_is_imported_before_it_is_used(code: str) -> None:
    assert _imported_by(code).isdisjoint(HEAVY)


def test_completion_of_commands_imports_nothing_heavy() -> None:
    code = (
        "import os; os.environ.update(_KG_COMPLETE='bash_complete', COMP_WORDS='kg s', COMP_CWORD='1')\n"
        "from kg.cli.main import run\n"
        "try: run([])\nexcept SystemExit: pass"
    )
    assert _imported_by(code).isdisjoint(HEAVY)


def test_completion_offers_the_commands_that_begin_so() -> None:
    environment = os.environ | {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": "kg s", "COMP_CWORD": "1"}
    done = subprocess.run([sys.executable, "-m", "kg"], env=environment, capture_output=True, text=True, check=True)
    offered = {line.partition(",")[2] for line in done.stdout.split()}
    assert offered == {name for name in COMMANDS if name.startswith("s")}


def test_help_lists_every_command_with_its_line(kg: Callable[..., Result]) -> None:
    result = kg("--help")
    assert result.exit_code == 0
    for name, entry in COMMANDS.items():
        assert any(line.split()[:1] == [name] and entry.help in line for line in result.stdout.splitlines())


def test_version(kg: Callable[..., Result]) -> None:
    assert kg("--version").stdout == f"kg, version {__version__}\n"


def test_unknown_command_is_answered_with_the_nearest(kg: Callable[..., Result]) -> None:
    result = kg("stast")
    assert result.exit_code == 2
    assert "There is no command 'stast'. Did you mean stats?" in result.stderr
    assert result.stdout == ""


def test_unknown_command_far_from_all_is_answered_with_help(kg: Callable[..., Result]) -> None:
    result = kg("qqqqqq")
    assert result.exit_code == 2
    assert "Try 'kg --help'." in result.stderr


def test_every_command_of_the_table_that_exists_is_a_command() -> None:
    for name, entry in COMMANDS.items():
        try:
            module = import_module(entry.module)
        except ModuleNotFoundError as error:
            assert error.name == entry.module, f"{name}: {error}"
            continue
        assert isinstance(module.command, click.Command), name


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Put a command ``fail`` beside the others that raises what the test gives."""

    def install(error: BaseException) -> None:
        @click.command()
        def fail() -> None:
            raise error

        group = LazyGroup(name="kg", entries={})
        group.add_command(fail)
        monkeypatch.setattr(group, "get_command", lambda ctx, name: fail)
        monkeypatch.setattr(group, "list_commands", lambda ctx: ["fail"])
        monkeypatch.setattr(main_module, "cli", group)

    return install


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            KgError("The file a.txt is empty; give one with text."),
            1,
            "Error: The file a.txt is empty; give one",
        ),
        (UsageError("The day is wrong."), 2, "Error: The day is wrong.\n"),
        (click.UsageError("Two forms of output."), 2, "Error: Two forms of output."),
        (click.ClickException("No."), 1, "Error: No.\n"),
        (PermissionError(13, "Permission denied", "a.txt"), 1, "Error: a.txt: Permission denied.\n"),
        (OSError(28, "No space left on device"), 1, "Error: No space left on device.\n"),
        (ModuleNotFoundError("no", name="ibis.x"), 1, "pip install 'bilateral-kg[tables]'"),
        (KeyboardInterrupt(), 130, "Interrupted.\n"),
    ],
)
def test_errors_become_sentences_and_exit_codes(
    kg: Callable[..., Result],
    failing: Callable[[BaseException], None],
    error: BaseException,
    code: int,
    words: str,
) -> None:
    failing(error)
    result = kg("fail")
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("error", [ValueError("a mistake of ours"), ModuleNotFoundError("x", name="x")])
def test_a_mistake_of_ours_is_not_hidden(
    kg: Callable[..., Result], failing: Callable[[BaseException], None], error: Exception
) -> None:
    failing(error)
    with pytest.raises(type(error)):
        kg("fail")


def test_a_closed_pipe_ends_quietly() -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen([sys.executable, "-m", "kg", "--help"], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    timer = threading.Timer(20, process.kill)
    timer.start()
    _, errors = process.communicate()
    timer.cancel()
    assert errors == b""
    assert process.returncode == 1


def test_an_output_without_unicode_gets_no_traceback() -> None:
    code = (
        "import click\n"
        "from kg.cli import main\n"
        "main.cli = click.Command('x', callback=lambda: click.echo('é 习'))\n"
        "main.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONIOENCODING": "latin-1"},
        capture_output=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"\xe9 \\u4e60\n", b"")


def test_examples_of_a_help_text_keep_their_lines() -> None:
    text = "Do a thing\nwith care.\n\nExample:\n\n    kg do a\n    kg do b\n"
    assert keep_examples(text) == "Do a thing\nwith care.\n\n\b\nExample:\n\n\b\n    kg do a\n    kg do b"


def test_a_group_of_commands_suggests_too(capsys: pytest.CaptureFixture[str]) -> None:
    group = SuggestGroup("neo4j", commands={"status": click.Command("status")})
    with pytest.raises(SystemExit) as info:
        group.main(["statsu"])
    assert info.value.code == 2
    assert "Did you mean status?" in capsys.readouterr().err


def test_help_without_arguments(kg: Callable[..., Result]) -> None:
    result = kg()
    assert result.exit_code == 2
    assert "Usage: kg" in result.output
    assert isinstance(cli, click.Group)
