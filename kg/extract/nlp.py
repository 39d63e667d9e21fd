"""Text to parsed paragraphs, and what of a page is no running text.

Paragraphs are parsed one by one, so that no sentence runs over a paragraph's end. What the parser sees is as long as
the
original, character by character, so that every offset is exact.
"""

import re
from collections.abc import Iterable

from kg.extract.language import load
from kg.extract.model import Document, Paragraph, ParagraphKind, Sentence

# One character each, so that offsets stay: what the parser was trained on, for what pages contain.
_PLAIN = str.maketrans(
    {"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\ufeff": " ",
     "\u200b": " ", "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u2032": "'", "\u2011": "-", "\x0b": " ", "\x0c": " "}
)  # fmt: skip
# Each begins where no blank stands before it: else a long run of blanks is looked at from every one of them.
_BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*\n(?:[^\S\n]*\n)+|\n(?=[^\S\n]*[•▪●◦*\-–][^\S\n]+\S)")
_LINE_END = re.compile(r"(?<=\S)[^\S\n]*\n(?=[A-Z][\w .'’,()-]{0,100}:)")
_BLOB = re.compile(r"[!-~]{1000,}")  # no word: the tokenizer takes square time for it
_MAX_PARAGRAPH = 6000  # characters; longer ones are cut at a sentence stop, so that memory stays flat
_STOP = re.compile(r"[.!?][\"'”’)]*\s")


_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,200})\](?P<goal>\((?:https?://|/|mailto:)[^()\s]*\))")
_JUNIOR = re.compile(r"\b(?P<word>Jr|Sr)\.(?=\s+(?!of\b)[a-z])")  # no end of a sentence
_MARKS = re.compile(r"(?m)^[>#]+(?=\s)|\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|\\(?=[#*_>.\-])")


def plain(text: str) -> str:
    """`text` as the parser sees it: of the same length, with odd spaces, apostrophes and Markdown's marks replaced."""
    text = _BLOB.sub(lambda m: " " * len(m.group()), text)
    text = _LINK.sub(lambda m: f" {m['words']} " + " " * len(m["goal"]), text)
    text = _JUNIOR.sub(lambda m: m["word"] + " ", text)
    return _MARKS.sub(lambda m: " " * len(m.group()), text).translate(_PLAIN)


def blocks(text: str) -> list[tuple[int, int]]:
    """Offsets of the paragraphs of a text, without the white space around them."""
    out: list[tuple[int, int]] = []
    begin = 0
    gaps = [*(m.span() for m in _BREAK.finditer(text)), *_before_turns(text)]
    for gap in [*sorted(gaps), (len(text), len(text))]:
        out += _cut(text, begin, gap[0])
        begin = max(begin, gap[1])
    return _rejoined(text, out)


def _before_turns(text: str) -> list[tuple[int, int]]:
    """The line ends before labels of turns, where a text has several lines that begin with one."""
    found = [m.span() for m in _LINE_END.finditer(text) if is_label(text[m.end() : m.end() + 160].split("\n", 1)[0])]
    return found if len(found) > 1 else []


_HANGING = re.compile(r"(?i)(?:^|\s)(?:the|a|an|of|and|to|in|by|for|with|on|at|from|that|which|their|his|her|its|our)$")


def _rejoined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraphs that a page broke in the middle of a sentence, put together again.

    Where most paragraphs are lines of a page (as long as a line, without a stop), each such line goes on in the next.
    """
    lines = [s for s in spans if 30 <= s[1] - s[0] <= 90 and _is_broken(text, s[1])]
    wrapped = len(spans) >= 12 and len(lines) * 2 > len(spans)
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and text[start].isalpha() and _is_broken(text, out[-1][1]) and end - out[-1][0] <= _MAX_PARAGRAPH:
            before = text[max(out[-1][0], out[-1][1] - 40) : out[-1][1]]
            goes_on = text[start].islower() and len(text[start:end].split()) > 1
            line = wrapped and len(before) >= 35 and not before.isupper()
            if goes_on or line or _HANGING.search(before):
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return out


def _is_broken(text: str, end: int) -> bool:
    return text[end - 1].isalnum() or text[end - 1] in ",'’-"


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > _MAX_PARAGRAPH:
        stops = [m.end() for m in _STOP.finditer(text, start + _MAX_PARAGRAPH // 2, start + _MAX_PARAGRAPH)]
        cut = stops[-1] if stops else start + _MAX_PARAGRAPH
        yield from _cut(text, start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


_FURNITURE = re.compile(
    r"""(?ix)
    .*\b(cookie|privacy)\ (policy|statement|settings|notice)\b.* | by\ continuing\ to\ browse\b.* | i\ (agree|accept)\.?
    | (accept|reject)\ all(\ cookies)? | (search\ )?trends | (read|see|view)\ (more|also)\b:?.{0,80}
    | share\ (this|on)\b.{0,40}
    | follow\ us\b.{0,40} | (sign|log)\ (in|up)\b.{0,40} | subscribe\b.{0,60} | advertisement
    | related\ (news|stories|articles)\b.{0,40}
    | (print|email|copy\ link|back\ to\ top|skip\ to\ (main\ )?content|menu|home|search|close|download\ pdf)
    | (copyright|©|all\ rights\ reserved).* | \[?\(?(ends?|laughter|inaudible|applause|unclear|crosstalk)\)?\]?\.?
    | [\\\#*_=\-\s.·•–—&]+ | e&oe.* | (photo|image|picture|video|source|caption)\ ?(:|by\b|credit).* |
    \(?(cross-?talk|interruption)\)?
    | (tags?|topics?|keywords?|contact|media\ contacts?|press\ contacts?|phone|tel|fax|e-?mail)\s*:.*
    | (for\ )?(more|further)\ information\b.{0,120} | https?://\S+ | \S+@\S+\.\S+ | page\ \d+(\ of\ \d+)? | \d+
    | (end|begin)?\s*\d{1,2}[:.]\d\d\s*[ap]\.?m\.?.{0,12}
    """
)
_LABEL = re.compile(
    r"(?s)^(?P<label>(?:Q|A|QUESTION|JOURNALIST|REPORTER|PRESIDENT|PRIME MINISTER|MR|MS|MRS|DR"
    r"|[A-Z][\w.'’ -]*?)[^:.!?\n]{0,100}):(?=\s|$)"
)
_LETTER = re.compile(r"(?P<label>[QA])(?=\s{2,}\S|\.\s)")  # "Q    Thank you", without a colon
_DATELINE = re.compile(
    r"(?i)^(\d{1,2}\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{4}-\d{2}-\d{2}|"
    r"(updated|published|posted|last modified)\b.{0,60})\.?$"
)
_BYLINE = re.compile(r"^(By\s+)?[A-Z][\w.'’-]+(\s+[A-Z][\w.'’-]+){1,3}$")
_VERB = {"VERB", "AUX"}


_NAMED = re.compile(
    r"(?P<label>[A-Z][\w.'-]*(?:\s+(?:of|the|and|for|de|von|van|al|bin|[A-Z(][\w.')&-]*)){0,11}):(?=\s|$)"
)
_TURN_WORDS = re.compile(
    r"\b(?:President|Prime Minister|Premier|Chancellor|Minister|Secretary|Question|Answer|Journalist|Mr|Ms|Mrs|Dr)\b"
)


def _named_labels(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[str]:
    """Labels of turns that are written as names ("Mao Ning:", "President of Chile Gabriel Boric:").

    One that comes back is a label, and so is a title where paragraphs begin with two of them; a lone "Energy:" is none.
    """
    seen = [m["label"] for start, end in spans if (m := _NAMED.match(text, start, end))]
    titled = {label for label in seen if _TURN_WORDS.search(label)}
    twice = {label for label in seen if seen.count(label) > 1}
    named = twice | (titled if len(titled | twice) > 1 else set())
    asking = {label for label in seen if named and seen.count(label) == 1}  # who asks comes once: "Reuters:"
    return frozenset(named | asking if twice & titled or len(twice) > 0 or len(titled) > 1 else ())


def is_label(text: str, named: frozenset[str] = frozenset()) -> re.Match[str] | None:
    """The label of a speaker turn at the start of a paragraph ("PRIME MINISTER:"), None where there is none."""
    if named and (found := _NAMED.match(text)) and found["label"] in named:
        return found
    found = _LETTER.match(text) or _LABEL.match(text)
    if not found:
        return None
    label = found["label"]
    if label[-1:].isdigit():  # "END 5:40 P.M."
        return None
    capitals = sum(c.isupper() for c in label)
    letters = sum(c.isalpha() for c in label)
    return found if letters and (capitals / letters > 0.6 or label in {"Q", "A"}) else None


def parse(document: Document) -> list[Paragraph]:
    """Paragraphs of a document, each parsed and said to be body, heading, furniture ...; turns are not yet known."""
    spans = blocks(document.text)
    clean = plain(document.text)
    pieces: list[tuple[int, int]] = []
    named = _named_labels(clean, spans)
    for start, end in spans:
        label = is_label(clean[start:end], named)
        if label and label.end() < end - start:  # the label is a paragraph of its own
            pieces.append((start, start + label.end()))
            start += label.end()
            while start < end and clean[start].isspace():
                start += 1
        pieces.append((start, end))
    texts = [_without_dateline(clean[start:end]) for start, end in pieces]
    docs = load().pipe(texts)
    out: list[Paragraph] = []
    for index, ((start, end), doc) in enumerate(zip(pieces, docs, strict=True)):
        kind = _kind(document, clean[start:end], doc, index, len(pieces), named)
        out.append(Paragraph(index, start, end, kind, doc))
    return out


_CITY = re.compile(
    r"[A-Z][A-Z .,'/-]{2,40}(?:,?\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?(?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8}),?(?:\s\d{4})?)?,?\s*(?:\([A-Za-z/ ]+\))?\s*(?:--|[–—-])\s+(?=[\"“A-Z])"
)


_CITY_DAY = re.compile(
    r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?,\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?\s*"
    r"(?:\([A-Za-z/ ]+\)\.?)?\s*(?:--|[:–—-]|(?<=\)\.)|(?<=\)))\s+(?=[\"“A-Z])"
)


def _without_dateline(text: str) -> str:
    """`text` of the same length with the city and agency before a news story blanked: the parser takes them for
    its subject.
    """
    found = _CITY.match(text) or _CITY_DAY.match(text)
    return " " * found.end() + text[found.end() :] if found and found.end() < len(text) else text


def _kind(document: Document, text: str, doc: object, index: int, count: int, named: frozenset[str]) -> ParagraphKind:
    from spacy.tokens import Doc

    assert isinstance(doc, Doc)
    title = plain(document.title).strip() if document.title else None
    if title and _same(text, title):
        return "title"
    if _FURNITURE.fullmatch(text):
        return "furniture"
    label = is_label(text, named)
    if (label and label.end() == len(text)) or text in {"Q", "A"}:
        return "turn-label"
    if _DATELINE.match(text):
        return "dateline"
    words = [t for t in doc if not t.is_punct and not t.is_space]
    if not words:
        return "furniture"
    ends = text.rstrip("\"'”’)] ")[-1:] in {".", "!", "?", ":", ";", ","}
    if not title and index == 0 and count > 1 and not ends and len(words) < 40:
        return "title"
    if not ends and len(words) <= 4 and index <= 8 and _BYLINE.match(text) and not any(t.pos_ in _VERB for t in words):
        return "byline"
    starts_item = text[:1] in "•▪●◦*-–" or words[0].text[:1].islower()
    if not ends and not starts_item and len(words) <= 14 and not _is_clause(doc):
        return "heading"
    return "body"


def _same(text: str, title: str) -> bool:
    one, other = (re.sub(r"\W+", " ", t).strip().casefold() for t in (text, title))
    return bool(one) and one == other


def _is_clause(doc: object) -> bool:
    from spacy.tokens import Doc

    assert isinstance(doc, Doc)
    for token in doc:
        if token.pos_ in _VERB and ("VerbForm=Fin" in str(token.morph) or token.tag_ == "MD"):
            return any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in token.children)
    return False


def sentences(paragraphs: Iterable[Paragraph]) -> list[Sentence]:
    """The sentences of the paragraphs, with exact offsets and without white space at their ends."""
    out: list[Sentence] = []
    for paragraph in paragraphs:
        for span in paragraph.doc.sents:
            first, last = span.start, span.end
            while first < last and paragraph.doc[first].is_space:
                first += 1
            while last > first and paragraph.doc[last - 1].is_space:
                last -= 1
            if first == last:
                continue
            whole = paragraph.doc[first:last]
            start = paragraph.start + whole.start_char
            out.append(Sentence(len(out), paragraph, whole, start, paragraph.start + whole.end_char))
    return out
