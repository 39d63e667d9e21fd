"""What the finders of statements, commitments, topics and meetings look at: one parsed document and who is who
in it.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.model import ActorRef, DateFound, Document, Frame, Mention, Paragraph, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.gazetteer import Gazetteer

Key = tuple[int, int]  # paragraph index, token index


@dataclass(frozen=True)
class DocContext:
    """A document after parsing and coreference; finders only read it.

    `paragraphs` and `sentences` hold furniture and headings too; `body` leaves them out.
    """

    document: Document
    gazetteer: "Gazetteer"
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    frame: Frame
    dates: tuple[DateFound, ...] = ()
    actors: dict[Key, ActorRef] = field(default_factory=dict)  # head token of a noun phrase -> who is meant
    places: dict[Key, tuple[str, str, str]] = field(default_factory=dict)  # token -> kind, code of the state, name
    modifiers: dict[Key, str] = field(default_factory=dict)  # token of a state's name or demonym -> its code
    titled: frozenset[Key] = frozenset()  # tokens of titles, with or without a name

    @property
    def text(self) -> str:
        """The original text."""
        return self.document.text

    @property
    def body(self) -> tuple[Sentence, ...]:
        """Sentences of running text: no title, heading, dateline, byline, turn label or furniture."""
        return tuple(s for s in self.sentences if s.paragraph.kind == "body")

    def who(self, paragraph: Paragraph, token: "Token") -> ActorRef | None:
        """Whom the noun phrase means whose head (or first conjunct) is `token`; pronouns and coordination resolved.

        None when it names no party, such as "the report", and when it stays open.
        """
        return self.actors.get((paragraph.index, token.i))

    def offsets(self, paragraph: Paragraph, first: "Token", last: "Token") -> Span:
        """Offsets into the text from the start of `first` to the end of `last`."""
        return paragraph.start + first.idx, paragraph.start + last.idx + len(last)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie within the offsets, in the order of the text."""
        return [m for m in self.mentions if start <= m.span[0] and m.span[1] <= end]

    def dates_in(self, start: int, end: int) -> list[DateFound]:
        """Times told within the offsets, in the order of the text."""
        return [d for d in self.dates if start <= d.span[0] and d.span[1] <= end]
