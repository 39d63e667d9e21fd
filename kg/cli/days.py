"""Options that take a day, and read it once for all commands."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kg.errors import BadParameter, RecordError

F = TypeVar("F", bound=Callable[..., Any])

# "As of 2026-01" is as of the last day of the month; "since 2026-01" begins with the first.
_FROM = frozenset({"since"})


def _read(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from kg.edtf import Edtf

    if value is None or ctx.resilient_parsing:
        return None
    option = param.opts[0]
    try:
        when = Edtf.parse(value)
    except RecordError as error:
        raise BadParameter(f"{option}: {error}") from None
    day = when.earliest if param.name in _FROM else when.latest
    if day is None:
        raise BadParameter(f"{option} must be a day such as 2026-01-16, not {value!r}.")
    return day.isoformat()


def day_option(name: str, text: str) -> Callable[[F], F]:
    """An option whose value is a day, month or year; the command gets the first or last day of it as ISO text."""
    return click.option(name, metavar="DAY", callback=_read, help=text)
