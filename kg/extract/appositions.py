"""Whose title is it that commas set off: "A B, President of C, D E, Prime Minister of F"."""

from kg.extract.gazetteer import Gazetteer
from kg.extract.model import Paragraph
from kg.extract.name_spans import NOT_NAMES, NameSpans, name_like
from kg.extract.registry import Registry


class Appositions(NameSpans):
    """Tells the title of the name before it from that of the name after it."""

    def __init__(self, registry: Registry, names: Gazetteer, paragraph: Paragraph) -> None:
        super().__init__(registry, names, paragraph)
        self.apposed: set[int] = set()  # titles that a name before them has taken
        self.title_after = -1  # the last title that was read after a name

    def _name_before(self, first: int) -> tuple[int, int] | None:
        """The name, not read yet, that stands before a comma and a title."""
        end = first
        while end > 0 and self._text(end - 1).lower() in {"the", "then"}:
            end -= 1
        if end < 3 or self._text(end - 1) != ",":
            return None
        start = end - 1
        while (
            start > 0
            and start - 1 not in self.taken
            and self._kind(start - 1) == ""
            and name_like(self.doc[start - 1], False)
        ):
            if self.doc[start - 1].lower_ in NOT_NAMES or end - 1 - start >= 4:
                break
            start -= 1
        named = self._name(start)
        return named if named is not None and named[1] == end - 1 and named[1] - named[0] > 1 else None

    def _belongs_before(self, first: int, pos: int) -> tuple[int, int] | None:
        """The name before a title that is set off by commas, where another with its own title or address follows."""
        if self._text(pos) != ",":
            return None
        after = pos + 1 + (self._text(pos + 1).lower() in {"and", "the"})
        while self._kind(after) == "title" and self.at[after].found.label.code == "honorific":
            after = self.at[after].last
        other = self._name(after)
        if other is None or other[1] - after < 2:
            return None
        paired = self._text(other[1]) == "," and self._is_apposed_title(other[1] + 1)
        return self._name_before(first) if paired else None

    def _is_apposed_title(self, i: int) -> bool:
        """Whether a title that says an office begins at a token, with a state or words of a portfolio before it."""
        i += self._text(i).lower() == "the"
        if self._kind(i) in {"state", "demonym"}:
            i = self.at[i].last + (self._text(self.at[i].last) in {"'s", "'"})
        return self._kind(i) == "title" and self.at[i].found.label.code != "honorific"
