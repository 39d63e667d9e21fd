"""The options that name another Neo4j; apart from the rest, so that commands that only may need it start fast."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import click

__all__ = ["Options", "target_options"]

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asked for on the command line; what is None is looked up elsewhere."""

    uri: str | None = None
    user: str | None = None
    database: str | None = None


def target_options(function: F) -> F:
    """Give a command ``target``: the Options named by --uri, --user and --database."""

    @wraps(function)
    def call(*args: Any, uri: str | None, user: str | None, database: str | None, **kwargs: Any) -> Any:
        return function(*args, target=Options(uri, user, database), **kwargs)

    for name, metavar, text in (
        ("--database", "NAME", "Database of the server. Default: KG_NEO4J_DATABASE, .kg/config.toml."),
        ("--user", "NAME", "Default: KG_NEO4J_USER, .kg/config.toml, neo4j. The password is never an option."),
        ("--uri", "ADDRESS", "Another Neo4j than the project's own. Default: KG_NEO4J_URI, .kg/config.toml."),
    ):
        call = click.option(name, metavar=metavar, help=text)(call)
    return call  # type: ignore[return-value]
