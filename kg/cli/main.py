"""The command ``kg``: finds the subcommand, turns errors into sentences and exit codes.

Only click is imported here; a subcommand's module is imported when it is called.
"""

import os
import sys
from collections.abc import Sequence

import click

from kg import __version__
from kg.cli.group import Entry, LazyGroup, missing_extra
from kg.errors import KgError

# One line adds a command; the order is the order in which a person meets them.
COMMANDS: dict[str, Entry] = {
    "init": Entry("kg.cli.init", "Make a project in this folder."),
    "load": Entry("kg.cli.load", "Load documents, tables or records."),
    "forget": Entry("kg.cli.forget", "Remove exactly what a source said."),
    "sources": Entry("kg.cli.sources", "List the sources."),
    "stats": Entry("kg.cli.stats", "Count what the graph holds."),
    "find": Entry("kg.cli.find", "Find things by name."),
    "show": Entry("kg.cli.show", "Show all that is known of a thing."),
    "path": Entry("kg.cli.path", "Say how two things are connected."),
    "ask": Entry("kg.cli.ask", "Answer a named question."),
    "brief": Entry("kg.cli.brief", "Write a memo on a pair of states."),
    "cite": Entry("kg.cli.cite", "Show the words that a claim rests on."),
    "sparql": Entry("kg.cli.sparql", "Run a SPARQL query."),
    "page": Entry("kg.cli.page", "Draw the graph as one HTML page."),
    "export": Entry("kg.cli.export", "Write the graph as RDF or CSV."),
    "validate": Entry("kg.cli.validate", "Check each source against the shapes."),
    "findings": Entry("kg.cli.findings", "List what a load could not map."),
    "review": Entry("kg.cli.review", "Judge who is who and what is one meeting."),
    "extract": Entry("kg.cli.extract", "Print what is read from a text."),
    "ref": Entry("kg.cli.ref", "Show the model: classes, properties, schemes."),
    "neo4j": Entry("kg.cli.neo4j", "Run a Neo4j server for this project."),
    "mirror": Entry("kg.cli.mirror", "Keep a verified copy in Neo4j."),
    "cypher": Entry("kg.cli.cypher", "Run a Cypher query on the mirror."),
}


@click.group(
    cls=LazyGroup,
    entries=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with 'kg init', then 'kg load FILE'. 'kg COMMAND --help' shows an example of each.",
)
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """A knowledge graph of relations between states that keeps its sources."""


def _say(message: str) -> None:
    click.echo(f"Error: {message}", err=True)


def _readable(text: str) -> str:
    """An argument as UTF-8, whatever the locale; one that is none (the name of a file) as it is."""
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return text


def run(args: Sequence[str] | None = None) -> int:
    """Run ``kg`` with these arguments (default: those of the process) and return its exit code.

    What a person can mend becomes one sentence on standard error; a closed pipe ends quietly.
    """
    if sys.stdout is None:  # closed by who called; the work is done all the same
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets its number, not a traceback.
        if callable(reconfigure := getattr(stream, "reconfigure", None)):
            reconfigure(errors="backslashreplace")
    try:
        given = [_readable(text) for text in (sys.argv[1:] if args is None else args)]
        result = cli.main(args=given, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except KgError as error:
        _say(str(error))
        return error.exit_code
    except click.UsageError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        _say(error.format_message())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return 130
    except BrokenPipeError:
        # What is still buffered must go nowhere, or the interpreter complains when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ModuleNotFoundError as error:
        sentence = missing_extra(error)
        if sentence is None:
            raise
        _say(str(sentence))
        return sentence.exit_code
    except OSError as error:
        if error.strerror is None:  # Oxigraph's
            _say(f"{' '.join(str(error).split())}. Is the disk full?")
            return 1
        _say(f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}.")
        return 1
    return result if isinstance(result, int) else 0


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run())
