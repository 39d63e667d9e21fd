"""Dates as sources give them: a day, a month, a year, a span of time, roughly or unknown at one end.

The notation is the Extended Date/Time Format (EDTF, ISO 8601-2:2019), level 0 and the parts of level 1 that occur in
the record of states: ``2026-01-16``, ``2025-10``, ``2024``, ``2026-23`` (a season of the northern hemisphere, 21 to
24), ``199X``, ``2024-XX``, ``2025-10~`` (approximate), ``2025-10?`` (uncertain), ``2009-03-04/2009-03-06``,
``2013-03-14/..`` (open end), ``/1949-10-01`` (unknown start). Each date has an earliest and a latest day, so that
"what held on this day" can be asked of all of them.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from kg.errors import RecordError

__all__ = ["Edtf", "in_words"]

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?([?~%]?)")
# Two dates, either of them open or not known.
_INTERVAL = re.compile(r"(?=.*\d{4})([\dX-]{4,10}[?~%]?|\.\.)?/([\dX-]{4,10}[?~%]?|\.\.)?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


@dataclass(frozen=True, slots=True, order=True)
class Edtf:
    """A date or interval.

    Attributes:
        text: the EDTF text, as given.
        earliest: the first day it may mean; None when unknown or open.
        latest: the last day it may mean; None when unknown or open.
    """

    text: str
    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def parse(cls, text: str | date) -> Self:
        """Read EDTF text (or take a day as it is).

        Raises:
            RecordError: the text is no EDTF of the forms above, names an impossible day, or runs backwards.

        >>> Edtf.parse("2025-10").latest
        datetime.date(2025, 10, 31)
        >>> Edtf.parse("2013-03-14/..").latest is None
        True
        """
        return cls(*_parse(text.isoformat() if isinstance(text, date) else text))

    @property
    def exact(self) -> date | None:
        """The day, where this is one day and nothing else."""
        day = self.earliest
        return day if day is not None and self.text == day.isoformat() else None

    def overlaps(self, other: "Edtf") -> bool:
        """Whether both may mean the same time; an open or unknown end excludes nothing."""
        starts_too_late = self.earliest and other.latest and self.earliest > other.latest
        ends_too_early = self.latest and other.earliest and self.latest < other.earliest
        return not starts_too_late and not ends_too_early

    def __str__(self) -> str:
        return self.text


def in_words(text: str) -> str:
    """An interval as people read it; what is none as it is.

    >>> in_words("2013-03-14/.."), in_words("2026-09/2026-12"), in_words("../2027"), in_words("2026")
    ('since 2013-03-14', '2026-09 to 2026-12', 'until 2027', '2026')
    """
    if not _INTERVAL.fullmatch(text):
        return text
    begin, _, end = text.partition("/")
    if end in ("", ".."):
        return f"since {begin}"
    return f"{begin} to {end}" if begin not in ("", "..") else f"until {end}"


@lru_cache(maxsize=65_536)
def _parse(text: str) -> tuple[str, date | None, date | None]:
    text = text.strip()
    if "/" not in text:
        return (text, *_point(text, text))
    first, _, last = text.partition("/")
    open_ends = {"", ".."}
    if first in open_ends and last in open_ends:
        raise RecordError(f"The date {text!r} has neither a start nor an end; leave it out when nothing is known.")
    earliest = None if first in open_ends else _point(first, text)[0]
    latest = None if last in open_ends else _point(last, text)[1]
    if earliest and latest and earliest > latest:
        raise RecordError(f"The interval {text!r} ends before it begins; swap its two dates.")
    return text, earliest, latest


def _point(text: str, whole: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise RecordError(
            f"{whole!r} is no date that can be read; write a day as 2026-01-16, a month as 2026-01, a year as 2026, "
            "an interval as 2026-01-14/2026-01-17, an open one as 2026-01-14/.. (EDTF)."
        )
    year, month, day, _ = match.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    try:
        if month in (None, "XX"):
            if day not in (None, "XX"):
                raise ValueError("a day without its month")
            return date(first, 1, 1), date(last, 12, 31)
        if first != last:
            raise ValueError("a month of an unknown year")
        number = int(month)
        if number in _SEASONS and day is None:
            begin, end = _SEASONS[number]
            end_year, end_month = (first + 1, end - 12) if end > 12 else (first, end)
            return date(first, begin, 1), date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
        if day in (None, "XX"):
            return date(first, number, 1), date(first, number, calendar.monthrange(first, number)[1])
        return (exact := date(first, number, int(day))), exact
    except (ValueError, calendar.IllegalMonthError) as error:
        raise RecordError(f"The date {whole!r} does not exist ({error}); correct it at its source.") from None
