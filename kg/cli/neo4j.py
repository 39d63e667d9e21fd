"""``kg neo4j``: a Neo4j server for this project."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import chosen, emit_json, project_option, report_options
from kg.cli.group import SuggestGroup
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.mirror.server import Running

_HAND_OVER_SECONDS = 120.0


def _say(text: str) -> None:
    click.echo(text, err=True)


def _addresses(found: "Running", password_file: Path) -> None:
    click.echo(f"Neo4j {found.version} runs for this project.")
    click.echo(f"  Browser   {found.browser}   ('kg neo4j open' logs in)")
    click.echo(f"  Drivers   {found.uri}   user neo4j, password in {password_file}")


@click.group("neo4j", cls=SuggestGroup)
def command() -> None:
    """Run a Neo4j server for this project, and open Neo4j Browser.

    The server is Neo4j Community, collected once with Maven; it needs Java 17 (line 5) or 21 (line 2026),
    no Docker and no account. Only this machine can reach it, and its data lies in the project's folder.

    Example:
        kg neo4j up
        kg mirror sync
        kg neo4j open
    """


@command.command()
@project_option
@click.option("--version", metavar="LINE", help="5 (long-term support, the first choice) or 2026.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port for drivers. Default: a free one from 7687.")
@click.option("--http-port", type=click.IntRange(1, 65535), help="Port of Browser. Default: a free one from 7474.")
@click.option("--heap", metavar="SIZE", help="Java heap, such as 4g. Default 1g.")
@click.option("--page-cache", metavar="SIZE", help="Memory for data files, such as 2g. Default 512m.")
def up(
    project: Path,
    version: str | None,
    port: int | None,
    http_port: int | None,
    heap: str | None,
    page_cache: str | None,
) -> None:
    """Start the server, and wait until it answers.

    What is not given stays as it was at the last start.

    Example:
        kg neo4j up
        kg neo4j up --version 2026 --heap 4g
    """
    from kg.mirror.server import Server

    server = Server(project)
    found = server.up(version, bolt=port, http=http_port, heap=heap, page_cache=page_cache, say=_say)
    _addresses(found, server.password_file)


@command.command()
@project_option
def down(project: Path) -> None:
    """End the server; its data stays.

    Example:
        kg neo4j down
    """
    from kg.mirror.server import Server

    found = Server(project).down()
    click.echo("No server was running for this project." if found is None else f"Ended Neo4j {found.version}.")


@command.command()
@project_option
@report_options
def status(project: Path, output: str | None) -> None:
    """Say whether the server runs, and where; the exit code is 1 when it does not.

    Example:
        kg neo4j status
    """
    from kg.mirror.server import Server, as_dict

    server = Server(project)
    found, last = server.running(), server.last()
    if chosen(output) == "json":
        emit_json({"running": found is not None, **(as_dict(found) if found else {})})
    elif found is not None:
        _addresses(found, server.password_file)
    elif last is not None:
        click.echo(f"Neo4j {last.version} does not run; start it with 'kg neo4j up'.")
    else:
        click.echo("There is no server for this project yet; start one with 'kg neo4j up'.")
    if found is None:
        raise SystemExit(1)


@command.command("open")
@project_option
@click.option("--no-browser", is_flag=True, help="Only print the address that logs in, once.")
def open_(project: Path, no_browser: bool) -> None:
    """Open Neo4j Browser, logged in, with the style, the guide and the saved queries of kg.

    Starts the server when it does not run.

    Example:
        kg neo4j open
    """
    import webbrowser

    from kg.mirror.browser import HandOver
    from kg.mirror.config import USER
    from kg.mirror.server import Server

    server = Server(project)
    found = server.running() or server.up(say=_say)
    hand_over = HandOver(found.browser, USER, server.password())
    # Without a screen Python would start a browser for text in this terminal.
    screen = sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if no_browser or not screen or not webbrowser.open(hand_over.address):
        click.echo(f"Open this in a browser on this machine within two minutes:\n{hand_over.address}")
    else:
        _say(f"Opening {found.browser} ...")
    if not hand_over.wait(_HAND_OVER_SECONDS):
        raise KgError(
            f"No browser asked for the login. Open {found.browser} yourself and log in as neo4j with the "
            f"password in {server.password_file}."
        )


@command.command(context_settings={"ignore_unknown_options": True})
@project_option
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def shell(project: Path, arguments: tuple[str, ...]) -> None:
    """Open Neo4j's Cypher shell on the server; ARGUMENTS go to cypher-shell.

    Example:
        kg neo4j shell
        kg neo4j shell "MATCH (n) RETURN count(n)"
        kg neo4j shell --format plain --file questions.cypher
    """
    from kg.mirror.server import Server
    from kg.mirror.shell import run_shell

    server = Server(project)
    found = server.running()
    if found is None:
        raise KgError("No Neo4j server runs for this project; start it with 'kg neo4j up'.")
    raise SystemExit(run_shell(found.uri, server.password(), arguments, _say))


@command.command()
@click.option("--version", metavar="LINE", multiple=True, help="5 or 2026. Default: every line that Java here can run.")
@click.option("--check", is_flag=True, help="Check the sum of every jar that is already there.")
def fetch(version: tuple[str, ...], check: bool) -> None:
    """Collect the server's jars into the user's cache without starting it.

    Example:
        kg neo4j fetch --version 5
    """
    from kg.mirror import assemble
    from kg.mirror.java import javas
    from kg.mirror.releases import SERVERS, SHELL, release

    newest = max((java.version for java in javas()), default=0)
    wanted = [release(line) for line in version] or [found for found in SERVERS.values() if found.java <= newest]
    if not wanted:
        wanted = [release("5")]
    for found in [*wanted, SHELL]:
        if check and assemble.is_assembled(found) and (wrong := assemble.verify(found)):
            raise KgError(
                f"{found.title}: {', '.join(wrong[:5])} in {assemble.folder(found)} is not what was collected; "
                "delete that folder and run 'kg neo4j fetch' again."
            )
        click.echo(f"{found.title} is in {assemble.assemble(found, _say).parent}")


@command.command()
@project_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(project: Path, yes: bool) -> None:
    """End the server and delete its database, logs and password.

    The graph itself stays: 'kg neo4j up' and 'kg mirror sync' build the copy again.

    Example:
        kg neo4j remove --yes
    """
    from kg.mirror.server import Server

    server = Server(project)
    if not server.folder.exists():
        click.echo("There is no server for this project.")
        return
    if not yes:
        click.confirm(f"Delete {server.folder}?", abort=True)
    server.remove()
    click.echo(f"Deleted {server.folder}.")


@command.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def kit(folder: Path) -> None:
    """Write style, guide and saved queries into FOLDER, for the Browser of another server.

    Drop style.grass and queries.zip onto Browser's page, one after the other.

    Example:
        kg neo4j kit for-browser
    """
    from kg.mirror.browser import write_kit

    for path in write_kit(folder):
        click.echo(path)
