"""Groups of commands: imported when called, with suggestions for what was mistyped."""

import difflib
import inspect
from importlib import import_module
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from kg.errors import KgError

# Package that may be absent -> extra of the distribution that brings it.
EXTRAS = {
    "neo4j": "neo4j",
    "ibis": "tables",
    "pyarrow": "tables",
    "sqlglot": "tables",
}


class Entry(NamedTuple):
    """Where a command lives: its module holds a click command object named ``command``."""

    module: str
    help: str


def keep_examples(text: str) -> str:
    """Mark the paragraphs of a help text that click must not rewrap: indented ones, and ``Example:``."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    kept = []
    for paragraph in paragraphs:
        verbatim = paragraph.startswith(("    ", "Example"))
        kept.append(f"\b\n{paragraph}" if verbatim else paragraph)
    return "\n\n".join(kept)


def _prepare(command: click.Command) -> click.Command:
    if command.help and "\b" not in command.help:
        command.help = keep_examples(command.help)
    if isinstance(command, click.Group):
        for child in command.commands.values():
            _prepare(child)
    return command


def missing_extra(error: ModuleNotFoundError) -> KgError | None:
    """The sentence for a package that an extra brings, or None when the package is none of those."""
    extra = EXTRAS.get((error.name or "").partition(".")[0])
    if extra is None:
        return None
    return KgError(f"This needs the package '{error.name}'; install it with: pip install 'bilateral-kg[{extra}]'")


class SuggestGroup(click.Group):
    """A group that answers an unknown command with the nearest ones."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, known = args[0], self.list_commands(ctx)
        if name not in known and not name.startswith("-"):
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
            hint = f"Did you mean {' or '.join(near)}?" if near else f"Try '{ctx.command_path} --help'."
            raise click.UsageError(f"There is no command '{name}'. {hint}", ctx)
        return super().resolve_command(ctx, args)


class LazyGroup(SuggestGroup):
    """A group that knows its commands from a table and imports the one that is called."""

    def __init__(self, *args: Any, entries: dict[str, Entry] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        try:
            command: click.Command = import_module(entry.module).command
        except ModuleNotFoundError as error:
            if error.name != entry.module:
                raise
            raise KgError(f"The command '{cmd_name}' is not part of this version of kg.") from None
        return _prepare(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.entries.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        # click's own way would import every command to learn its help.
        names = [
            CompletionItem(name, help=entry.help) for name, entry in self.entries.items() if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)
