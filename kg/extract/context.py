"""What the finders of statements, commitments, topics and meetings look at: one parsed document and who is who
in it.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extract.model import ActorRef, DateFound, Document, Frame, Mention, Paragraph, Sentence, Span
from kg.extract.spans import BySpan

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
    # Index of a sentence -> the state or organisation that speaks in it, so that none is looked at twice.
    speaking: dict[int, ActorRef | None] = field(default_factory=dict)
    holders: dict[str, dict[str, ActorRef]] = field(default_factory=dict)  # title as written -> whom the text names so

    @property
    def text(self) -> str:
        """The original text."""
        return self.document.text

    @cached_property
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
        return self._mentions.within(start, end)

    def dates_in(self, start: int, end: int) -> list[DateFound]:
        """Times told within the offsets, in the order of the text."""
        return self._dates.within(start, end)

    def is_time(self, start: int, end: int) -> bool:
        """Whether the offsets lie within a time that is told."""
        return bool(self._dates.around(start, end))

    @cached_property
    def people(self) -> dict[str, ActorRef]:
        """Who acts for some party, by name."""
        return {m.actor.name: m.actor for m in self.mentions if m.kind == "person" and m.actor.parties}

    def people_of(self, code: str) -> dict[str, ActorRef]:
        """Who acts for a party alone, by name."""
        return self._people_by_party.get(code, {})

    @cached_property
    def _people_by_party(self) -> dict[str, dict[str, ActorRef]]:
        found: dict[str, dict[str, ActorRef]] = {}
        for mention in self.mentions:
            if mention.kind == "person" and mention.actor.party:
                found.setdefault(mention.actor.party, {})[mention.actor.name] = mention.actor
        return found

    def first_joint(self, noun: str) -> int:
        """Where the first "joint statement", "joint communiqué" ... ends; past the text where there is none."""
        if noun not in self._joint:
            found = re.search(rf"joint {re.escape(noun)}", self.text, re.I)
            self._joint[noun] = found.end() if found else len(self.text) + 1
        return self._joint[noun]

    def meant_before(self, sentence: Sentence, lemma: str) -> ActorRef | None:
        """Whom the last noun of that lemma in the sentences before means, of the nouns that mean anybody."""
        where, actors = self._by_lemma.get(lemma, ((), ()))
        at = bisect_left(where, sentence.index)
        return actors[at - 1] if at else None

    @cached_property
    def _by_lemma(self) -> dict[str, tuple[list[int], list[ActorRef]]]:
        found: dict[str, tuple[list[int], list[ActorRef]]] = {}
        for sentence in self.sentences:
            for token in sentence.span:
                actor = self.actors.get((sentence.paragraph.index, token.i))
                if actor is not None:
                    where, actors = found.setdefault(token.lemma_.lower(), ([], []))
                    where.append(sentence.index)
                    actors.append(actor)
        return found

    @cached_property
    def _joint(self) -> dict[str, int]:
        return {}

    @cached_property
    def _mentions(self) -> BySpan[Mention]:
        return BySpan(self.mentions, lambda m: m.span)

    @cached_property
    def _dates(self) -> BySpan[DateFound]:
        return BySpan(self.dates, lambda d: d.span)
