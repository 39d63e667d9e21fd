"""Quotations: where quotation marks open and close, also over sentences and paragraphs."""

import re
from collections.abc import Iterable

from kg.extract.model import Paragraph, Span
from kg.extract.spans import BySpan

_OPEN, _CLOSE = "“„«", "”»"
_MARKS = re.compile(r"[\"“”„«»]|''|``|(?<!\w)‘(?=\w)|’(?!\w)")  # an apostrophe in a word is no mark
_CURLY = {"“": "”", "„": "”“", "«": "»"}


def quotations(text: str, paragraphs: Iterable[Paragraph]) -> BySpan[Span]:
    """Spans between quotation marks, marks included; none overlaps another.

    A quotation that opens a paragraph and is closed only at the end of one of the next five runs over them all.

    A quotation that is not closed in its paragraph runs to its end; where the next paragraph opens with a mark again,
    it is one speaker's words that go on, and each paragraph gives a span of its own.
    """
    out: list[Span] = []
    listed = list(paragraphs)
    runs_on = 0  # paragraphs that an open quotation still runs over before it is closed
    for i, paragraph in enumerate(listed):
        after = listed[i + 1] if i + 1 < len(listed) else None
        goes_on = after is not None and text[after.start] in _OPEN + '"'
        start = paragraph.start
        if runs_on:
            runs_on -= 1
            close = _closing(text, paragraph) if not runs_on else paragraph.end
            out.append((start, close))
            start = close
        found = _in_paragraph(text, start, paragraph.end, goes_on)
        out += found
        if found and not goes_on and found[-1] == (paragraph.start, paragraph.end):
            if text[paragraph.end - 1] not in _CLOSE + '"':
                runs_on = _until_closed(text, listed[i + 1 : i + 7])
    return BySpan(out, lambda span: span)


def _until_closed(text: str, following: list[Paragraph]) -> int:
    """How many of the paragraphs after one that left a quotation open belong to it: up to the one that closes it."""
    for count, paragraph in enumerate(following, 1):
        if _closing(text, paragraph):
            return count
        if _MARKS.search(text, paragraph.start, paragraph.end) and text[paragraph.start] in _OPEN + '"':
            return 0
    return 0


def _closing(text: str, paragraph: Paragraph) -> int:
    """Offset after the mark that closes a quotation at the end of a paragraph that opens none; 0 where none does."""
    marks = [m for m in _MARKS.finditer(text, paragraph.start, paragraph.end) if m[0] not in "‘’"]
    if len(marks) == 1 and marks[0][0] in _CLOSE + '"' and marks[0].end() >= paragraph.end - 1:
        return marks[0].end() if marks[0].start() > paragraph.start else 0
    return 0


def _in_paragraph(text: str, start: int, end: int, goes_on: bool) -> list[Span]:
    out: list[Span] = []
    begin: int | None = None
    for mark in _MARKS.finditer(text, start, end):
        what, at = mark[0], mark.start()
        if begin is not None and (text[begin] == "‘" or what in "‘’"):
            if text[begin] == "‘" and what == "’" and _may_close(text, at):
                out.append((begin, mark.end()))
                begin = None
            continue  # single marks stand within double ones, and double ones within single
        if begin is None:
            if what in _CLOSE + "’" or (what == '"' and not _may_open(text, at, start)):
                continue
            begin = at
        elif what in _OPEN and what not in _CURLY.get(text[begin], ""):
            begin = at  # the one before was never closed
        elif what in _CLOSE or what in {'"', "''"} or what in _CURLY.get(text[begin], ""):
            out.append((begin, mark.end()))
            begin = None
    if begin is not None and (begin == start or goes_on) and end - begin > 1:
        out.append((begin, end))
    return out


def _may_open(text: str, at: int, start: int) -> bool:
    """A straight mark opens after a space or bracket and before a word; inches and stray marks do neither."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return not before.isalnum() and not after.isspace()


def _may_close(text: str, at: int) -> bool:
    """A single mark closes after a stop, or before one; after an s it may be that of a possessive."""
    after = text[at + 1 : at + 3]
    return text[at - 1] in ".,!?;" or not after[:1].isspace() or text[at - 1].lower() != "s"


def quoted_share(text: str, span: Span, quotes: Iterable[Span]) -> float:
    """Share of the letters and digits of a span that stand between quotation marks."""
    start, end = span
    letters = sum(map(str.isalnum, text[start:end]))
    quoted = sum(sum(map(str.isalnum, text[max(a, start) : min(b, end)])) for a, b in quotes)
    return quoted / letters if letters else 0.0


def bare(text: str, span: Span) -> Span:
    """The span without the quotation marks around it, and without the comma before the last; as it is where further
    marks stand inside.

    >>> text = '"We are open," she said.'
    >>> text[slice(*bare(text, (0, 14)))]
    'We are open'
    """
    start, end = span
    marks = _OPEN + _CLOSE + '"'
    if end - start > 2 and text[end - 1] in ".,;" and text[end - 2] in marks:
        end -= 1
    if text[start] in marks:
        start += 1
    if text[end - 1] in marks:
        end -= 1
    while end > start and text[end - 1] in ", ":
        end -= 1
    return (start, end) if start < end and not any(mark in text[start:end] for mark in marks) else span
