"""Plain text, and Markdown with a head of metadata."""

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import LoadError
from kg.loaders.base import Loader, Meta
from kg.loaders.reading import meta_from, read_text, read_yaml, sidecar
from kg.loaders.sources import Text, TextLoader

__all__ = ["LOADERS", "plain_of_markdown", "split_head"]


class PlainText(TextLoader):
    """A text as it is."""

    name = "text"
    help = "Plain text (.txt); metadata beside it in NAME.meta.json, or as options."

    def matches(self, path: Path, head: bytes) -> float:
        return 0.6 if path.suffix.lower() in {".txt", ".text"} else 0.0

    def texts(self, path: Path, meta: Meta) -> Iterator[Text]:
        text, notes = read_text(path)
        yield Text(text, meta.over(sidecar(path)), notes)


class Markdown(TextLoader):
    """Markdown, with title, date, source_url and so on in a YAML head between two lines of three hyphens."""

    name = "markdown"
    help = "Markdown (.md), with a YAML head such as title, date, source_url, publisher."

    def matches(self, path: Path, head: bytes) -> float:
        return 0.7 if path.suffix.lower() in {".md", ".markdown"} else 0.0

    def texts(self, path: Path, meta: Meta) -> Iterator[Text]:
        whole, notes = read_text(path)
        head, body = split_head(whole, path)
        text = plain_of_markdown(body)
        if not text:
            raise LoadError(f"{path} has a head but no text.")
        yield Text(text, meta.over(sidecar(path)).over(head), notes)


def split_head(text: str, path: Path) -> tuple[Meta, str]:
    """The metadata in the head of a Markdown file, and what follows it.

    Raises:
        LoadError: the head cannot be read as YAML.
    """
    match = re.match(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", text, re.DOTALL)
    if match is None:
        return Meta(), text
    given = (read_yaml(match[1], f"{path}: the head between the '---' lines") or [None])[0]
    if given is None:
        return Meta(), text[match.end() :]
    if not isinstance(given, dict):
        return Meta(), text  # a rule at the top, no head
    return meta_from(given, str(path)), text[match.end() :]


_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_STRONG = re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_UNDER = re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ITEM = re.compile(r"\s{0,3}(?:[-*+•]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_RULE = re.compile(r"\s{0,3}(?:(?:[-*_=]\s*){3,}|\\?#{3,}\s*)")


def plain_of_markdown(body: str) -> str:
    """Markdown as plain text: paragraphs on one line each, without marks of emphasis, links and headings."""
    body = _COMMENT.sub("", body)
    body = _LINK.sub(r"\1", _IMAGE.sub("", body))
    paragraphs: list[str] = []
    lines: list[str] = []

    def close() -> None:
        if lines:
            paragraphs.append(" ".join(lines))
            lines.clear()

    for raw in body.split("\n"):
        line = raw.strip()
        if not line or _RULE.fullmatch(line):
            close()
            continue
        if _HEADING.match(line):
            close()
            paragraphs.append(_HEADING.sub("", line, count=1).rstrip("# "))
            continue
        if _ITEM.match(line):
            close()
        lines.append(" ".join(line.removeprefix("> ").rstrip("\\").split()))
        if raw.endswith(("  ", "\\")):
            close()
    close()
    return "\n\n".join(text for p in paragraphs if (text := _inline(p)))


def _inline(text: str) -> str:
    text = _UNDER.sub(r"\2", _STRONG.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", _TAG.sub("", text)).strip()


LOADERS: tuple[Loader, ...] = (PlainText(), Markdown())
