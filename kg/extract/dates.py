"""Times that a text tells, as EDTF: calendar dates, and what is relative to the day of publication.

A time is given as precisely as the text tells it ("last October" is a month). What is relative stays open (``edtf``
None) where the day of publication is not known.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from kg.edtf import Edtf
from kg.errors import RecordError
from kg.extract.model import DateFound, Document, Sentence
from kg.extract.time_phrases import PHRASES, Base, Precision

_FUTURE = re.compile(
    r"(?i)\b(will|shall|upcoming|forthcoming|scheduled|planned (?:to|for)|plans? to|set for|expected|due (?:to|in|at)"
    r"|look\w* forward|to be held|is to|are to|would|intends?|(?:hopes?|wants?|wishes|aims?|seeks?) to"
    r"|(?:agreed|decided|resolved|pledged|instructed|directed|invited|accepted)\b[^.;]{0,60}\bto (?:hold|meet|visit"
    r"|host|convene|begin|start|launch|sign|travel|come|attend|conclude|finali[sz]e)"
    r"|invitation to (?:visit|attend|pay))\b|'ll\b"
)
_CAPITAL_MONTH = re.compile(r"\b(may|march|august|mar|dec|sun|sat)\b")


def base_of(published: str | None) -> tuple[date | None, int | None]:
    """Day and year of publication, each None when unknown."""
    if not published:
        return None, None
    try:
        when = Edtf.parse(published)
    except RecordError:
        return None, None
    year = when.earliest.year if when.earliest and when.latest and when.earliest.year == when.latest.year else None
    return when.exact, year


def find(document: Document, sentences: Sequence[Sentence]) -> list[DateFound]:
    """The times that the sentences tell, in the order of the text."""
    day, year = base_of(document.published)
    out: list[DateFound] = []
    for sentence in sentences:
        if sentence.paragraph.kind in {"furniture", "byline"}:
            continue
        text = sentence.text()
        out += _sentence(text, sentence.start, day, year, lambda m, s=sentence: _is_done(s, m))  # type: ignore[misc]
    return out


def day_in(words: str, published: str | None) -> str | None:
    """The day that words such as "Sept. 3" tell, as EDTF; None where they tell none."""
    day, year = base_of(published)
    found = _sentence(words, 0, day, year, lambda _: True)
    return next((d.edtf for d in found if d.precision == "day" and d.edtf), None)


def _is_done(sentence: Sentence, m: re.Match[str]) -> bool:
    """Whether a time hangs on a verb in the perfect: "had spoken to B on 30 August, and that A would host"."""
    start = sentence.start - sentence.paragraph.start
    span = sentence.paragraph.doc.char_span(start + m.start(), start + m.end(), alignment_mode="expand")
    if span is None or not len(span):
        return False
    verb = next((t for t in span.root.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.tag_ != "VBN" or verb.lemma_ in _AHEAD:
        return False
    auxiliaries = [c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return bool(auxiliaries) and auxiliaries[0] in {"had", "has", "have"}


def _sentence(
    text: str, start: int, day: date | None, year: int | None, done: Callable[[re.Match[str]], bool]
) -> Iterable[DateFound]:
    if not re.search(
        r"(?i)\d{4}|\d|day\b|week|month|year|night|morning|evening|afternoon|tomorrow|spring|summer|autumn|fall"
        r"|winter|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
        text,
    ):
        return []
    base = Base(day, year, bool(_FUTURE.search(text)))
    taken: list[tuple[int, int]] = []
    found: list[DateFound] = []
    for name, pattern, reader in PHRASES:
        for m in pattern.finditer(text):
            if any(m.start() < e and b < m.end() for b, e in taken):
                continue
            month = m.groupdict().get("m") or m.groupdict().get("m2")
            if month and _CAPITAL_MONTH.fullmatch(month):
                continue
            value = reader(m, base._replace(future=_looks_ahead(text, m, base.future) and not done(m)))
            if value is None:
                continue
            taken.append(m.span())
            found.append(_found(m, start, value, name, day))
    return sorted(found, key=lambda d: d.span)


_AHEAD = {
    *("plan", "schedule", "set", "expect", "invite", "agree", "postpone", "cancel", "call", "put", "slate", "ask"),
    *("decide", "promise", "pledge", "announce", "delay"),
}
_DONE = (
    r"(?:met|held|spoke|signed|visited|arrived|received|hosted|said|told|announced|agreed|travell?ed|flew|discussed"
    r"|took place|added|stated|paid|vowed|pledged|welcomed|attended)"
)
_DONE_BEFORE = re.compile(rf"(?i)\b{_DONE}\b(?:\s+(?!to\b|would\b|will\b)[\w'’.-]+){{0,4}}\s*$")
_TELLING = re.compile(r"(?i)\b(?:told|informed|assured|said|announced)\b(?!.*\bthat\b)")
_DONE_AFTER = re.compile(rf"(?i)\s*,?\s*(?:[\w'’.-]+\s+){{1,4}}?{_DONE}\b")


def _looks_ahead(text: str, m: re.Match[str], whole: bool) -> bool:
    """Whether the clause of a time looks ahead; a short one ("In April, ...") goes with its sentence.

    What stands beside a verb of something done ("met on Wednesday to plan", "On Monday, X said they would") does not.
    """
    opening = not text[: m.start()].strip() or re.fullmatch(r"(?i)\s*(?:on|late|early)\s*", text[: m.start()])
    if whole and (_DONE_BEFORE.search(text[: m.start()]) or (opening and _DONE_AFTER.match(text, m.end()))):
        return False
    start = max(text.rfind(c, 0, m.start()) for c in ",;")
    ends = [e for c in ",;" if (e := text.find(c, m.end())) >= 0]
    clause = text[start + 1 : min(ends, default=len(text))]
    telling = _TELLING.search(text, start + 1, m.start())
    if telling and (told := clause.find(" that ", m.end() - start - 1)) >= 0:
        return bool(_FUTURE.search(clause[:told]))  # told B on Thursday that they would
    return whole if len(clause.split()) < 7 else bool(_FUTURE.search(clause))


def _found(m: re.Match[str], start: int, value: tuple[str | None, Precision], name: str, day: date | None) -> DateFound:
    edtf, precision = value
    future: bool | None = None
    if edtf is not None:
        try:
            when = Edtf.parse(edtf)
        except RecordError:
            edtf = None
        else:
            if day is not None and when.earliest is not None and when.latest is not None:
                future = True if when.earliest > day else False if when.latest < day else None
    return DateFound((start + m.start(), start + m.end()), edtf, f"date: {name}", precision, future)
