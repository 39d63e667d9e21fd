"""Footnotes in Markdown to the words on which a sentence rests, and text that can format nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg import iris
from kg.citations import Citation
from kg.graph import Graph

__all__ = ["Footnotes", "escaped", "quoted"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$^<>&@])")
_WORDS = 300
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def escaped(text: str) -> str:
    r"""A text as Markdown shows it letter by letter, on one line.

    >>> escaped("[x](http://a.b) <b>*now*</b>")
    '\\[x\\]\\(http\\://a.b\\) \\<b\\>\\*now\\*\\</b\\>'
    """
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    marked = _SPECIAL.sub(r"\\\1", flat).replace("://", "\\://").replace("www.", "www\\.")
    # What would begin a list, a rule or a heading at the start of a line.
    return re.sub(r"^(\d+)([.)])|^([-=])", r"\1\\\2\3" if marked[:1].isdigit() else r"\\\3", marked)


@dataclass(slots=True)
class Footnotes:
    """Footnotes, numbered as they are first needed."""

    graph: Graph
    numbers: dict[tuple[object, ...], int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def to(self, cited: Iterable[Citation], more: int = 0) -> str:
        """Marks of the footnotes for some citations; how many more there are is said in words."""
        marks = []
        for citation in cited:
            # Two copies of one text are one witness, and one footnote.
            key = (citation.sha256 or citation.source, citation.span, citation.row)
            if key not in self.numbers:
                self.numbers[key] = len(self.numbers) + 1
                self.texts.append(self._note(citation))
            marks.append(f"[^{self.numbers[key]}]")
        return "".join(dict.fromkeys(marks)) + (f" (and {more} more)" if more else "")

    def _note(self, citation: Citation) -> str:
        info = self.graph.source(citation.source)
        who = escaped(citation.publisher) if citation.publisher else "publisher unknown"
        kind = (info.publisher_kind or "").replace("-", " ")
        state = self.graph.label(iris.BASE + f"actor/{info.publisher_state}") if info.publisher_state else ""
        if kind or state:
            who += " (" + " of ".join(x for x in (escaped(kind or "publisher"), escaped(state)) if x) + ")"
        parts = [f"*{escaped(citation.title)}*", who, escaped(citation.published or "date unknown")]
        if citation.quote is not None:
            parts.append(quoted(citation.quote) + ("" if citation.kept else " (text not kept)"))
        if citation.row is not None:
            parts.append(f"row {escaped(citation.row)}")
        parts += [link for url in (citation.report or citation.url,) if (link := _link(url))]
        return f"[^{len(self.texts) + 1}]: " + ", ".join(parts) + "."


def quoted(text: str) -> str:
    """Words in quotation marks, escaped; those of a long quotation up to a limit, marks inside as inner ones.

    >>> quoted('we meet," she said, "to work')
    "“we meet,' she said, 'to work”"
    """
    cut = text if len(text) <= _WORDS else text[:_WORDS].rstrip() + " …"
    return f"“{escaped(cut.translate(_INNER))}”"


def _link(url: str | None) -> str:
    if url is None or not re.fullmatch(r"https?://[^\s<>\"\\^`{|}]+", url):
        return ""
    return f"<{url}>"
