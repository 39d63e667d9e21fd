"""Transcripts: speaker turns in plain text, and the XML files of the transcripts of Australia's prime ministers."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from kg.errors import LoadError
from kg.loaders.base import Loader, Meta
from kg.loaders.reading import decode, read_bytes, read_text, sidecar
from kg.loaders.sources import Text, TextLoader

__all__ = ["LOADERS", "unwrap"]

_PM_LICENCE = "CC BY 3.0 AU"
_ENDS = (".", "!", "?", ".'", ".”", '."', "?'", "?”", '?"', ".)", ":")


class Turns(TextLoader):
    """Plain text in which each turn begins with the speaker's name in capitals and a colon."""

    name = "transcript"
    help = "Plain text with speaker turns, such as 'PRIME MINISTER:' at the start of a line."

    def matches(self, path: Path, head: bytes) -> float:
        if path.suffix.lower() not in {".txt", ".text", ".transcript"}:
            return 0.0
        lines = head.decode("utf-8", errors="replace").split("\n")
        return 0.7 if sum(_labelled(line) for line in lines) >= 3 else 0.0

    def texts(self, path: Path, meta: Meta) -> Iterator[Text]:
        text, notes = read_text(path)
        yield Text(text, meta.over(sidecar(path)), notes)


class PmTranscripts(TextLoader):
    """Files of pmtranscripts.pmc.gov.au in XML: one or more transcripts each."""

    name = "pm-transcripts"
    help = "XML of the transcripts of Australia's prime ministers."

    def matches(self, path: Path, head: bytes) -> float:
        return 0.9 if b"<transcript>" in head and b"<transcript-id>" in head else 0.0

    def texts(self, path: Path, meta: Meta) -> Iterator[Text]:
        from lxml import etree  # type: ignore[import-untyped]

        page, notes = decode(read_bytes(path), path)
        page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(page, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise LoadError(f"{path} is no well-formed XML: {error}; fetch it again.") from None
        found = list(root.iter("transcript"))
        if not found:
            raise LoadError(f"{path} holds no <transcript>.")
        for item in found:
            about = _about(item, path)
            text = _content(item.findtext("content") or "")
            if not text:
                raise LoadError(f"{path}: transcript {about.id} has no text.")
            if about.title and not text.startswith(about.title):
                text = f"{about.title}\n\n{text}"
            yield Text(text, meta.over(sidecar(path)).over(about), notes)


def _about(item: Any, path: Path) -> Meta:
    def one(tag: str) -> str | None:
        text = " ".join((item.findtext(tag) or "").split())
        return text or None

    key, day = one("transcript-id"), one("release-date")
    if key is None:
        raise LoadError(f"{path}: a transcript has no <transcript-id>.")
    published = None
    if day is not None:
        match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", day)
        if match is None:
            raise LoadError(f"{path}: the release date {day!r} of transcript {key} is not day/month/year.")
        published = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return Meta(
        id=f"pmt-{key}",
        title=one("title"),
        published=published,
        publisher="AUS",
        url=f"https://pmtranscripts.pmc.gov.au/release/transcript-{key}",
        provenance=one("document"),
        licence=_PM_LICENCE,
        head_of_government=one("prime-minister"),
    )


class _Line(NamedTuple):
    text: str
    indented: bool  # began with white space
    opens: bool  # stands at the start of an element such as a paragraph


def _content(markup: str) -> str:
    """The text of the content of a transcript: paragraphs with a blank line between them."""
    import lxml.html  # type: ignore[import-untyped]

    if not markup.strip():
        return ""
    reader = _Lines()
    reader.walk(lxml.html.fragment_fromstring(markup, create_parent="div"))
    return "\n\n".join(unwrap(reader.lines))


_BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "tr", "td", "blockquote"}


class _Lines:
    """The lines of a piece of HTML, as elements and line breaks part them."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self._pieces: list[str] = []
        self._opens = True

    def walk(self, node: Any) -> None:
        if not isinstance(node.tag, str) or node.tag in {"script", "style"}:
            return
        block = node.tag in _BLOCKS
        if block or node.tag == "br":
            self._close(opens=block)
        self._pieces.append(node.text or "")
        for child in node:
            self.walk(child)
            self._pieces.append(child.tail or "")
        if block:
            self._close(opens=True)

    def _close(self, *, opens: bool) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text.strip():
            self.lines.append(_Line(" ".join(text.split()), text.lstrip("\n\r")[:1].isspace(), self._opens))
            self._opens = opens
        else:
            self._opens = self._opens or opens


def unwrap(lines: Sequence[_Line]) -> list[str]:
    """Paragraphs of lines that were broken where the page was full, not where the sense was.

    A line goes on with the one before when that one is about as long as lines of this text get, or when it begins in
    lower case; a label of a speaker always begins a paragraph.
    """
    soft = [len(line.text) for line in lines if not line.opens]
    full = sorted(soft)[int(len(soft) * 0.9)] if soft else 0
    openers = [line for line in lines if line.opens]
    share = sum(line.indented for line in openers) / max(1, len(openers))
    # Files in which each line is a paragraph of its own: lines that go on begin with white space.
    by_indent = len(openers) > 8 and median(len(line.text) for line in openers) < 90 and 0.2 < share < 0.97
    out: list[str] = []
    last = ""
    for line in lines:
        if out and _goes_on(last, line, full, by_indent=by_indent):
            out[-1] = f"{out[-1]} {line.text}"
        else:
            out.append(line.text)
        last = line.text
    return out


def _goes_on(last: str, line: _Line, full: int, *, by_indent: bool) -> bool:
    if _labelled(last) or _labelled(line.text):
        return False
    if by_indent and line.opens:
        return line.indented
    lower = line.text[:1].islower()
    if line.opens:
        return lower and not last.endswith(_ENDS)
    if last.endswith(_ENDS):
        return len(last) >= 0.8 * full
    return lower or (len(last) >= 0.6 * full and not last.isupper())


def _labelled(line: str) -> bool:
    from kg.extract.nlp import is_label

    return is_label(line.strip()) is not None


LOADERS: tuple[Loader, ...] = (Turns(), PmTranscripts())
