"""Words of a text that report an encounter: who, when, where and whether, each occurrence by itself.

`meetings` then says which occurrences tell of one encounter.
"""

from collections.abc import Iterator

from kg.extract.encounter_verbs import Verbs
from kg.extract.encounter_words import Occurrence, people_of
from kg.extract.model import Sentence


class Finder(Verbs):
    """Finds the occurrences of one document."""

    def find(self) -> list[Occurrence]:
        """The occurrences in the order of the text."""
        out: list[Occurrence] = []
        last: Occurrence | None = None
        for sentence in self.ctx.sentences:
            if sentence.paragraph.kind in {"body", "title"}:
                found = list(self._sentence(sentence))
                if not found and last is not None and last.kind == "visit" and sentence.index - last.sentence <= 2:
                    self._accompanied(sentence, last)
                out += found
                last = found[-1] if found else last
        return out

    def _accompanied(self, sentence: Sentence, visit: Occurrence) -> None:
        """ "I will be accompanied by the Minister for Trade, X": further people of a visit told just before."""
        for token in sentence.span:
            if token.lemma_.casefold() == "accompany":
                by = [c for c in token.children if c.dep_ in {"agent", "prep"} and c.lower_ == "by"]
                inside = set(range(by[0].i, sentence.span.end)) if by else set()
                named = [
                    a
                    for i in sorted(inside)
                    if (a := self.ctx.who(sentence.paragraph, sentence.paragraph.doc[i])) is not None
                    and a.party in visit.states
                ]
                visit.people += [a for a in people_of(named) if a not in visit.people]

    def _sentence(self, sentence: Sentence) -> Iterator[Occurrence]:
        for token in sentence.span:
            if token.pos_ in {"NOUN", "PROPN"} or (
                sentence.paragraph.kind == "title" and token.lower_ in self.words.nouns
            ):
                found = self.noun(sentence, token)
            elif token.pos_ in {"VERB", "AUX"}:
                found = self.verb(sentence, token)
            else:
                continue
            yield from found
