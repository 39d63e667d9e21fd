"""Options that take a day, and read it once for all commands."""

from collections.abc import Callable
from datetime import date
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
        raise BadParameter(f"{option} must be a day, month or year such as 2026-01-16, 2026-01 or 2026, not {value!r}.")
    return day.isoformat()


def as_date(day: str | None) -> date | None:
    """The day of such an option as a date."""
    return date.fromisoformat(day) if day else None


def day_option(name: str, text: str) -> Callable[[F], F]:
    """An option whose value is a day, month or year; the command gets the first or last day of it as ISO text.

    "since" is from the first day on; every other option means the last day.
    """
    return click.option(name, metavar="DAY", callback=_read, help=text)
