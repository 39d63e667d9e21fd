"""What comes from outside, made fit for a page: text, links, dates."""

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

# Control characters, lone surrogates and non-characters; they have no picture, and HTML parsers disagree on some.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Marks that turn or fence the direction of the text around them. The marks that scripts written from right to
# left need (LRM, RLM, ALM) stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("[\r\n\u2028\u2029\u0085]+")
_SPACE = re.compile(r"\s+")
_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")
_SCHEMES = frozenset({"http", "https", "mailto"})
_MONTHS = tuple(calendar.month_name)


def clean(value: Any, limit: int | None = None) -> str:
    """A text of one paragraph: no control characters, none that turn direction, white space as single blanks.

    With `limit`, what is longer is cut at a blank near it and ends in an ellipsis.
    """
    text = _BREAKS.sub(" ", str(value))
    text = _SPACE.sub(" ", _TURNING.sub("", _UNSEEN.sub("\ufffd", text))).strip()
    return text if limit is None or len(text) <= limit else shorten(text, limit)


def shorten(text: str, limit: int) -> str:
    """The first words of `text`, at most `limit` characters with the ellipsis."""
    cut = text[: limit - 1]
    blank = cut.rfind(" ", limit * 2 // 3)
    return (cut[:blank] if blank > 0 else cut).rstrip(" ,;:") + "…"


def passage(value: Any) -> str:
    """A part of a sentence: as :func:`clean`, but blanks at its ends stay, so that the parts fit together."""
    text = str(value)
    inner = clean(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def safe_url(value: Any) -> str | None:
    """The address, if a reader may follow it (http, https, mailto), else None."""
    if not value:
        return None
    text = str(value).strip()
    if _UNSEEN.search(text) or _TURNING.search(text) or _SPACE.search(text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES:
        return None
    if parts.scheme.lower() == "mailto":
        return text if parts.path else None
    return text if parts.hostname else None


def day_key(value: Any) -> str | None:
    """An ISO day as text, or None for what is no day (also for years before 1 and after 9999)."""
    if value is None:
        return None
    text = value.isoformat()[:10] if isinstance(value, date) else str(value).strip()
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except (ValueError, OverflowError):
        return None


def when_text(earliest: str | None, latest: str | None) -> str:
    """A time in words, from its earliest and latest day.

    >>> when_text("2026-01-16", "2026-01-16"), when_text("2025-10-01", "2025-10-31"), when_text("2013-03-14", None)
    ('16 January 2026', 'October 2025', 'from 14 March 2013')
    >>> when_text("2009-03-04", "2009-03-06"), when_text("2024-01-01", "2024-12-31"), when_text(None, None)
    ('4–6 March 2009', '2024', '')
    """
    first = date.fromisoformat(earliest) if earliest else None
    last = date.fromisoformat(latest) if latest else None
    if first and last:
        return _span(first, last)
    if first:
        return f"from {_words(first)}"
    return f"until {_words(last)}" if last else ""


def _words(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def _span(first: date, last: date) -> str:
    if first >= last:
        return _words(first)
    whole_months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    whole_years = whole_months and first.month == 1 and last.month == 12
    if whole_years:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if whole_months:
        end = f"{_MONTHS[last.month]} {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return end
        start = _MONTHS[first.month] + ("" if first.year == last.year else f" {first.year}")
        return f"{start} – {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_words(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month]} – {_words(last)}"
    return f"{_words(first)} – {_words(last)}"


def published_text(source: Mapping[str, Any]) -> str:
    """The day of publication in words where it is an ISO day, month or year, else as it stands."""
    raw = clean(source.get("published") or "", 60)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
        day = day_key(raw)
        return when_text(day, day) if day else raw
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", raw)
    return f"{_MONTHS[int(month[2])]} {month[1]}" if month else raw
