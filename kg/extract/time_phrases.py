"""Phrases of time: how each is written, and which day, month, season or year it means on the day of publication."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

Precision = Literal["day", "month", "season", "year", "interval"]
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "couple of": 2,
    "a couple of": 2,
}
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}
_M = (
    r"(?P<m>January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?"
    r"|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_M2 = _M.replace("?P<m>", "?P<m2>")
_D, _D2 = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?", r"(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?"
_Y = r"(?P<y>(?:1[89]|20)\d\d)"
_TO = r"\s*(?:-|–|—|to|until|through|and)\s*"
_W = r"(?P<w>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_N = r"(?P<n>\d{1,3}|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_REL = (
    r"(?P<rel>this|last|next|the previous|the following|the coming|coming|previous|following|past|current"
    r"|the current|later this|earlier this)"
)
_HALF = (
    r"(?P<half>first half|second half|latter half|last half|(?:first|second|third|fourth|last|final|1st|2nd"
    r"|3rd|4th) quarter)"
)


class Base(NamedTuple):
    """What a phrase is reckoned from: day and year of publication, each None when unknown."""

    day: date | None
    year: int | None
    future: bool  # whether the sentence looks ahead


_Reader = Callable[[re.Match[str], Base], tuple[str | None, Precision] | None]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    return _MONTHS[text.lower().rstrip(".")]


def _near_year(base: Base, month: int, day: int | None = None) -> int | None:
    """The year of a month told without one: the nearest that suits the tense of the sentence."""
    if base.day is None:
        return base.year
    here = base.day
    if base.future:
        ahead = (month, day or 31) >= (here.month, here.day)
        # "planned for June", told in July; "will stay from July 2 to 6", told on the 3rd
        just_past = (month - here.month) % 12 == 11 if day is None else month == here.month
        return here.year if ahead or (just_past and (here.month > 1 or day is not None)) else here.year + 1
    past = (month, day or 1) <= (here.month, here.day)
    if past:
        return here.year
    gap = (month - here.month) if day is None else (date(here.year, month, min(day, 28)) - here).days / 30
    return here.year if day is not None and gap < 2 else here.year - 1


def _full(m: re.Match[str], base: Base) -> tuple[str | None, Precision] | None:
    group = m.groupdict()
    month = _month(group["m"] or group["m2"])
    year = int(group["y"]) if group.get("y") else None
    first = int(group["d"])
    if year is None:
        year = _near_year(base, month, first)
        if year is None:
            return None, "day"
    start = _day(year, month, first)
    if start is None:
        return None
    if not group.get("d2"):
        return start.isoformat(), "day"
    end_month = _month(group["m2"]) if group.get("m2") else month
    end = _day(year + (end_month < month), end_month, int(group["d2"]))
    if end is None or end < start:
        return start.isoformat(), "day"
    return f"{start.isoformat()}/{end.isoformat()}", "interval"


def _month_year(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    return f"{m['y']}-{_month(m['m']):02d}", "month"


def _bare_month(m: re.Match[str], base: Base) -> tuple[str | None, Precision] | None:
    year = _near_year(base, _month(m["m"]))
    return (f"{year}-{_month(m['m']):02d}" if year else None), "month"


def _rel_month(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    if base.day is None:
        return None, "month"
    month, here = _month(m["m"]), base.day
    rel = m["rel"].lower()
    if "last" in rel or "previous" in rel or "past" in rel:
        year = here.year if month < here.month else here.year - 1
    elif "next" in rel or "following" in rel or "coming" in rel:
        year = here.year if month > here.month else here.year + 1
    else:
        year = here.year
    return f"{year}-{month:02d}", "month"


def _month_of(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    """August of last year, October last year."""
    year = _shift_year(m["rel"], base)
    return (f"{year}-{_month(m['m']):02d}" if year else None), "month"


def _shift_year(rel: str, base: Base) -> int | None:
    year = base.day.year if base.day else base.year
    if year is None:
        return None
    rel = rel.lower()
    if "last" in rel or "previous" in rel or "past" in rel:
        return year - 1
    return year + 1 if any(w in rel for w in ("next", "following", "coming")) else year


def _weekday(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    if base.day is None:
        return None, "day"
    want = _DAYS[m["w"].lower()]
    rel = (m.groupdict().get("rel") or "").lower()
    back = (base.day.weekday() - want) % 7
    ahead = (want - base.day.weekday()) % 7
    if "last" in rel or "previous" in rel or "past" in rel:
        return (base.day - timedelta(days=back or 7)).isoformat(), "day"
    if "next" in rel or "coming" in rel or "following" in rel or (base.future and rel != "this"):
        return (base.day + timedelta(days=ahead or (7 if rel else 0))).isoformat(), "day"
    if rel:
        return (base.day + timedelta(days=want - base.day.weekday())).isoformat(), "day"
    return (base.day - timedelta(days=back)).isoformat(), "day"


def _today(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    if base.day is None:
        return None, "day"
    word = m.group().lower()
    shift = -1 if "yesterday" in word or "last night" in word else 1 if "tomorrow" in word else 0
    if "day before yesterday" in word:
        shift = -2
    elif "day after tomorrow" in word:
        shift = 2
    return (base.day + timedelta(days=shift)).isoformat(), "day"


def _rel_unit(m: re.Match[str], base: Base) -> tuple[str | None, Precision] | None:
    rel, unit = m["rel"].lower(), m["u"].lower()
    step = (
        -1
        if any(w in rel for w in ("last", "previous", "past"))
        else 1
        if any(w in rel for w in ("next", "following", "coming"))
        else 0
    )
    if unit == "year":
        year = _shift_year(rel, base)
        return (str(year) if year else None), "year"
    if base.day is None:
        return None, "month" if unit == "month" else "interval"
    here = base.day
    if unit == "month":
        index = here.year * 12 + here.month - 1 + step
        return f"{index // 12}-{index % 12 + 1:02d}", "month"
    if unit == "week":
        monday = here - timedelta(days=here.weekday()) + timedelta(weeks=step)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "interval"
    if unit == "weekend":
        saturday = here - timedelta(days=here.weekday()) + timedelta(days=5, weeks=step)
        if step < 0 and here.weekday() < 5:
            saturday = here - timedelta(days=here.weekday() + 2)
        return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}", "interval"
    if unit in _SEASONS:
        return _season(unit, _shift_year(rel, base))
    if unit == "decade" or unit == "quarter":
        return None
    return None


def _season(name: str, year: int | None) -> tuple[str | None, Precision]:
    if year is None:
        return None, "season"
    first, last = _SEASONS[name]
    if last > 12:
        return f"{year}-12/{year + 1}-02", "season"
    return f"{year}-{first:02d}/{year}-{last:02d}", "season"


def _season_year(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    return _season(m["s"].lower(), int(m["y"]))


def _half(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    group = m.groupdict()
    year = int(group["y"]) if group.get("y") else _shift_year(group.get("rel") or "this", base)
    if year is None:
        return None, "interval"
    word = m["half"].lower()
    if "quarter" in word:
        q = _ORDINALS[word.split()[0]]
        return f"{year}-{3 * q - 2:02d}/{year}-{3 * q:02d}", "interval"
    return (f"{year}-01/{year}-06" if word.startswith("first") else f"{year}-07/{year}-12"), "interval"


def _part(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    """Early 2026, late next year, the end of 2025, by mid-2026."""
    group = m.groupdict()
    year = int(group["y"]) if group.get("y") else _shift_year(group.get("rel") or "this", base)
    if year is None:
        return None, "interval"
    word = m["part"].lower()
    if "early" in word or "beginning" in word or "start" in word:
        return f"{year}-01/{year}-04", "interval"
    if "mid" in word:
        return f"{year}-05/{year}-08", "interval"
    return f"{year}-09/{year}-12", "interval"


def _ago(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    if base.day is None:
        return None, "day"
    raw = m["n"].lower()
    count = int(raw) if raw.isdigit() else _NUMBERS[raw]
    unit = m["u"].lower().rstrip("s")
    sign = -1 if m.groupdict().get("ago") else 1
    if unit == "year":
        return str(base.day.year + sign * count), "year"
    if unit == "month":
        index = base.day.year * 12 + base.day.month - 1 + sign * count
        return f"{index // 12}-{index % 12 + 1:02d}", "month"
    if unit == "week":
        monday = base.day - timedelta(days=base.day.weekday()) + timedelta(weeks=sign * count)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "interval"
    return (base.day + timedelta(days=sign * count)).isoformat(), "day"


def _iso(m: re.Match[str], base: Base) -> tuple[str | None, Precision] | None:
    found = _day(int(m["y"]), int(m["mo"]), int(m["d"]))
    return (found.isoformat(), "day") if found else None


def _year(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    return m["y"], "year"


def _new_year(m: re.Match[str], base: Base) -> tuple[str | None, Precision]:
    """In the new year: the one that begins next."""
    year = base.day.year if base.day else base.year
    return (str(year + 1) if year else None), "year"


def _years(m: re.Match[str], base: Base) -> tuple[str | None, Precision] | None:
    first, last = int(m["y"]), m["y2"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return (f"{first}/{end}", "interval") if end > first else None


# Most telling first; a later rule does not look where an earlier one has found something.
_RULES: tuple[tuple[str, str, _Reader], ...] = (
    ("iso", rf"\b{_Y}-(?P<mo>[01]\d)-(?P<d>[0-3]\d)\b", _iso),
    ("day range", rf"\b{_D}(?:\s+(?:of\s+)?{_M})?{_TO}{_D2}\s+(?:of\s+)?{_M2},?(?:\s+{_Y})?\b", _full),
    ("day range", rf"\b{_M}\s+{_D}{_TO}(?:{_M2}\s+)?{_D2}\b(?:,?\s+{_Y}\b)?", _full),
    ("day", rf"\b{_D}\s+(?:of\s+)?{_M},?\s+{_Y}\b", _full),
    ("day", rf"\b{_M}\s+{_D},?\s+{_Y}\b", _full),
    ("month of year", rf"\b{_M}\s+(?:of\s+)?{_REL}\s+year\b", _month_of),
    ("day", rf"\b{_D}\s+(?:of\s+)?{_M}\b", _full),
    ("day", rf"\b{_M}\s+{_D}\b(?!\s*(?:%|percent|per cent))", _full),
    ("month", rf"\b{_M},?\s+(?:of\s+)?{_Y}\b", _month_year),
    ("half", rf"\b{_HALF}\s+of\s+(?:{_Y}|{_REL}\s+year|the\s+year)\b", _half),
    (
        "half",
        rf"\b(?P<half>Q[1-4])\s+(?:of\s+)?{_Y}\b",
        lambda m, b: (f"{m['y']}-{3 * int(m['half'][1]) - 2:02d}/{m['y']}-{3 * int(m['half'][1]):02d}", "interval"),
    ),
    (
        "part",
        rf"\b(?P<part>early|mid|late|(?:the\s+)?(?:end|beginning|start|middle)\s+of)[\s-]*(?:in\s+)?(?:{_Y}"
        rf"|{_REL}\s+year|the\s+year)\b",
        _part,
    ),
    ("new year", r"\b(?:in|early in)\s+the\s+new\s+year\b", _new_year),
    ("season", rf"\b(?P<s>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_Y}\b", _season_year),
    ("relative season", rf"\b{_REL}\s+(?P<u>spring|summer|autumn|fall|winter)\b", _rel_unit),
    ("relative month", rf"\b{_REL}\s+{_M}\b", _rel_month),
    ("relative weekday", rf"\b{_REL}\s+{_W}\b", _weekday),
    ("relative", rf"\b{_REL}\s+(?P<u>week|weekend|month|year)\b(?!\s+of|-)", _rel_unit),
    ("ago", rf"\b{_N}\s+(?P<u>days?|weeks?|months?|years?)\s+(?P<ago>ago|earlier|before)\b", _ago),
    ("ahead", rf"\bwithin\s+{_N}\s+(?P<u>years?)\b", _ago),
    ("ahead", rf"\b(?:in|within)\s+{_N}\s+(?P<u>days?|weeks?|months?)(?:'\s+time)?\b", _ago),
    (
        "today",
        r"\b(?:today|tonight|yesterday|tomorrow|this\s+(?:morning|afternoon|evening)|last\s+night"
        r"|the\s+day\s+(?:before\s+yesterday|after\s+tomorrow))\b",
        _today,
    ),
    ("weekday", rf"\b{_W}\b", _weekday),
    (
        "bare month",
        rf"\b(?:in|since|until|by|early|late|mid|during|for|of|from)[\s-]+(?:early\s+|late\s+|mid[\s-]*)?{_M}\b",
        _bare_month,
    ),
    (
        "month before a noun",
        rf"\b{_M}\s+(?=(?:bilateral |state |official |working )?(?:visit|meeting|summit|talks|trip|call|dialogue"
        rf"|session)\b)",
        _bare_month,
    ),
    ("years", rf"\b{_Y}\s*[-–/]\s*(?P<y2>(?:1[89]|20)?\d\d)\b", _years),
    ("year", rf"(?<![\d,.$€£¥-]){_Y}(?![\d-]|,\d|\.\d|s\b)", _year),
)
PHRASES = tuple((name, re.compile(r"(?i)" + pattern), reader) for name, pattern, reader in _RULES)
