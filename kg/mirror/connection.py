"""Which Neo4j to talk to, and the way in.

Each of address, user and database comes from the first place that names it: the command's options, the environment
(KG_NEO4J_URI, KG_NEO4J_USER, KG_NEO4J_DATABASE), the table `[neo4j]` of `.kg/config.toml` (`uri`, `user`,
`database`, `password_file`), else the project's own server. A password comes from KG_NEO4J_PASSWORD, from a file
(KG_NEO4J_PASSWORD_FILE, `password_file`), or is asked for on a terminal; never from an option.
"""

import os
import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

import kg
from kg.errors import BadParameter, MirrorError, ProjectError
from kg.mirror import config
from kg.mirror.options import Options
from kg.mirror.server import Server

if TYPE_CHECKING:
    from neo4j import Driver

__all__ = ["Options", "Target", "connect", "resolve"]

_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_KEYS = frozenset({"uri", "user", "database", "password_file"})
_AGENT = re.compile(r"Neo4j/(\d+)\.(\d+)")
# Dynamic labels and relationship types came with this release.
_OLDEST = (5, 26)
_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Target:
    """A database of a Neo4j server; `database` None means the user's home database."""

    uri: str
    user: str
    database: str | None
    password: str = field(repr=False)
    origin: str
    """Where the password came from, in words."""

    def connect(self, *, notes: bool = False) -> "Driver":
        """A driver that has reached the database; the caller closes it.

        `notes`: let the server send its notes on queries (results carry them, nothing is printed).
        Raises MirrorError that says what to do when the server is away, refuses, or is too old.
        """
        import logging

        from neo4j import GraphDatabase
        from neo4j.exceptions import ConfigurationError

        # Without a handler Python prints what the driver logs onto the terminal.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        try:
            driver = GraphDatabase.driver(
                self.uri,
                auth=(self.user, self.password),
                user_agent=f"bilateral-kg/{kg.__version__}",
                connection_timeout=_SECONDS,
                connection_acquisition_timeout=2 * _SECONDS,
                notifications_min_severity=None if notes else "OFF",
            )
        except (ConfigurationError, ValueError) as error:
            raise MirrorError(f"{self.uri} is no address of a Neo4j server: {error}") from error
        try:
            self._check(driver)
        except BaseException:
            driver.close()
            raise
        return driver

    def _check(self, driver: "Driver") -> None:
        from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable

        try:
            with driver.session(database=self.database) as session:
                agent = session.run("RETURN 1").consume().server.agent
        except AuthError as error:
            raise MirrorError(
                f"Neo4j at {self.uri} does not let user {self.user} in with the password from {self.origin}; "
                "set the right one in KG_NEO4J_PASSWORD or in a file named by KG_NEO4J_PASSWORD_FILE."
            ) from error
        except ServiceUnavailable as error:
            raise MirrorError(_unreachable(self.uri, error)) from error
        except ClientError as error:
            if error.code == "Neo.ClientError.Database.DatabaseNotFound":
                raise MirrorError(
                    f"Neo4j at {self.uri} has no database '{self.database}'; 'SHOW DATABASES' there lists them."
                ) from error
            raise MirrorError(f"Neo4j at {self.uri} refuses: {error.message}") from error
        except (DriverError, Neo4jError) as error:
            raise MirrorError(_unreachable(self.uri, error)) from error
        found = _AGENT.match(agent)
        if found and (int(found[1]), int(found[2])) < _OLDEST:
            raise MirrorError(
                f"Neo4j at {self.uri} is version {found[1]}.{found[2]}; the mirror needs "
                f"{_OLDEST[0]}.{_OLDEST[1]} or later."
            )


def resolve(project: Path, options: Options | None = None) -> Target:
    """The target for the project in `project`.

    Raises MirrorError when no server is named and the project's own does not run, or when there is no password;
    BadParameter for an address that is none; ProjectError for a `.kg/config.toml` that cannot be read.
    """
    options = options or Options()
    settings = _settings(project)
    server = Server(project)
    uri = options.uri or os.environ.get("KG_NEO4J_URI") or settings.get("uri")
    user = options.user or os.environ.get("KG_NEO4J_USER") or settings.get("user") or config.USER
    database = options.database or os.environ.get("KG_NEO4J_DATABASE") or settings.get("database")
    running = server.running()
    if uri is None:
        if running is None:
            raise MirrorError(
                "No Neo4j server runs for this project; start it with 'kg neo4j up', or name another with --uri."
            )
        return Target(running.uri, config.USER, database or "neo4j", server.password(), str(server.password_file))
    _check_address(uri)
    found = _password(project, settings)
    if found is None and running is not None and _is_own(uri, running.bolt) and user == config.USER:
        found = server.password(), str(server.password_file)
    if found is None:
        found = _asked(uri, user), "the prompt"
    return Target(uri, user, database, *found)


def connect(project: Path, options: Options | None = None) -> "Driver":
    """A driver that has reached the target of the project; the caller closes it. Raises as resolve and connect."""
    return resolve(project, options).connect()


def _settings(project: Path) -> Mapping[str, str]:
    path = project / ".kg" / "config.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("neo4j", {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ProjectError(f"{path} cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise ProjectError(f"{path}: neo4j must be a table, [neo4j].")
    if "password" in found:
        raise ProjectError(
            f"{path}: a password does not belong there; put it in a file of its own and name that as password_file."
        )
    for key, value in found.items():
        if key not in _KEYS or not isinstance(value, str):
            raise ProjectError(f"{path}: [neo4j] has {', '.join(sorted(_KEYS))}, all text, but not {key} = {value!r}.")
    return found


def _check_address(uri: str) -> None:
    try:
        parts, _ = urlsplit(uri), urlsplit(uri).port
    except ValueError as error:
        raise BadParameter(f"'{uri}' is no address of Neo4j: {error}.") from error
    if parts.password is not None or "@" in parts.netloc:
        raise BadParameter(
            "An address of Neo4j holds no user and no password, since others could read it; use --user and "
            "KG_NEO4J_PASSWORD or KG_NEO4J_PASSWORD_FILE."
        )
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise BadParameter(
            f"'{uri}' is no address of Neo4j; it looks like neo4j://HOST:7687 or, for a hosted one, neo4j+s://HOST."
        )


def _is_own(uri: str, port: int) -> bool:
    parts = urlsplit(uri)
    return parts.port == port and parts.hostname in (config.HOST, "localhost", "::1")


def _password(project: Path, settings: Mapping[str, str]) -> tuple[str, str] | None:
    if found := os.environ.get("KG_NEO4J_PASSWORD"):
        return found, "KG_NEO4J_PASSWORD"
    name = os.environ.get("KG_NEO4J_PASSWORD_FILE")
    path = Path(name) if name else None
    if path is None and "password_file" in settings:
        path = project / Path(settings["password_file"]).expanduser()
    if path is None:
        return None
    try:
        found = path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise MirrorError(f"The file with the password, {path}, cannot be read: {reason}.") from error
    if not found:
        raise MirrorError(f"The file with the password, {path}, is empty.")
    return found, str(path)


def _asked(uri: str, user: str) -> str:
    if not sys.stdin.isatty():
        raise MirrorError(
            f"There is no password for user {user} at {uri}; set KG_NEO4J_PASSWORD, or KG_NEO4J_PASSWORD_FILE to "
            "the path of a file that holds it."
        )
    answer: str = click.prompt(f"Password of {user} at {uri}", hide_input=True, err=True)
    return answer


def _unreachable(uri: str, error: Exception) -> str:
    said = str(error)
    if "SSL" in said or "certificate" in said.lower():
        return (
            f"The encrypted connection to {uri} failed; a server without TLS has bolt:// or neo4j://, one with a "
            f"certificate of its own +ssc."
        )
    if any(sign in said for sign in ("DNS", "Cannot resolve", "not known")):
        return f"The host in {uri} is not known; check its name."
    return f"No Neo4j answers at {uri}; check that it runs and that address and port are right."
