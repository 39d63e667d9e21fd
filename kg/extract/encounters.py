"""Words of a text that report an encounter: who, when, where and whether, each occurrence by itself.

`meetings` then says which occurrences tell of one encounter.
"""

from collections.abc import Iterator

from kg.extract import encounter_company, reality
from kg.extract.encounter_verbs import Verbs
from kg.extract.encounter_words import Occurrence
from kg.extract.model import Sentence


class Finder(Verbs):
    """Finds the occurrences of one document."""

    def find(self) -> list[Occurrence]:
        """The occurrences in the order of the text."""
        out: list[Occurrence] = []
        last: Occurrence | None = None
        joined = 0  # the last sentence that named further people at the encounter
        for sentence in self.ctx.sentences:
            if sentence.paragraph.kind in {"body", "title"}:
                found = [o for o in self._sentence(sentence) if not self._calls_off(sentence, o, out)]
                self._called_off_before(sentence, [*out, *found])
                found += self._accepted(sentence)
                near = last if last is not None and sentence.index - max(last.sentence, joined) <= 2 else None
                if encounter_company.add(self, sentence, found, near):
                    joined = sentence.index
                out += found
                last = found[-1] if found else last
                self.last = last
                self.journey = next((o for o in reversed(found) if o.visitor), self.journey)
        return out

    def _calls_off(self, sentence: Sentence, new: Occurrence, before: list[Occurrence]) -> bool:
        """Whether "the visit was cancelled" is said of an encounter told in one of the two sentences before."""
        if new.status not in {"postponed", "cancelled"} or not new.definite or new.explicit:
            return False
        known = self._pointed_at(sentence, new.kind, before)
        if (
            known is None
            or not new.states <= known.states | set(self.frame.parties)
            or known.country != (new.country or known.country)
        ):
            return False
        known.status = new.status
        known.spans.append(new.span)
        return True

    def _called_off_before(self, sentence: Sentence, before: list[Occurrence]) -> None:
        """ "..., but that visit was postponed": a definite noun that alone tells of no encounter."""
        for token in sentence.span:
            kind = self.words.nouns.get(token.lemma_.casefold()) if token.pos_ == "NOUN" else None
            at = sentence.paragraph.start + token.idx
            if any(o.span[0] <= at < o.span[1] and o.status in {"postponed", "cancelled"} for o in before):
                continue  # "her visit to Lima was cancelled" tells of one by itself
            if (
                any(p in {"to", "with", "by", "of", "between"} for p, _ in self.preps(token))
                or kind is None
                or token.dep_ not in {"nsubjpass", "dobj", "nsubj"}
            ):
                continue
            if not {c.lower_ for c in token.lefts} & {"the", "that", "this", "his", "her", "their"}:
                continue
            status = self.called_off(sentence, token)
            known = self._pointed_at(sentence, kind, before) if status is not None else None
            if status is not None and known is not None:
                known.status = status

    def _accepted(self, sentence: Sentence) -> Iterator[Occurrence]:
        """The visit to which somebody was invited in one of the sentences before, once the invitation is accepted."""
        if self.invited is None or sentence.index - self.invited.sentence > 2:
            return
        for token in sentence.span:
            if token.lemma_ == "invitation" and token.dep_ in {"dobj", "nsubjpass"} and token.head.lemma_ == "accept":
                if not reality.standing(token.head):
                    yield self.invited
                    self.invited = None
                    return

    def _pointed_at(self, sentence: Sentence, kind: str, before: list[Occurrence]) -> Occurrence | None:
        """The planned encounter that a definite noun of this kind means, the last of the two sentences before."""
        near = [o for o in before if sentence.index - o.sentence <= 2 and o.status == "planned" and not o.title]
        same = [o for o in near if (o.kind == "visit") == (kind == "visit")]
        return same[-1] if same else None

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
