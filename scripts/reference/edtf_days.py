"""Earliest and latest day of the EDTF forms that the reference tables use."""

import calendar


def days(edtf: str) -> tuple[str, str]:
    """Return ISO dates (earliest, latest); an open or unknown end is an empty string."""
    if "/" in edtf:
        start, end = edtf.split("/")
        return _edge(start, 0), _edge(end, 1)
    return _edge(edtf, 0), _edge(edtf, 1)


def _edge(text: str, side: int) -> str:
    text = text.rstrip("~?")
    if text in ("", ".."):
        return ""
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if side else 1)
    last = calendar.monthrange(year, month)[1] if side else 1
    day = parts[2] if len(parts) > 2 else last
    return f"{year:04d}-{month:02d}-{day:02d}"
