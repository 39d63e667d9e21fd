"""Signings: "the signing of Z", and whoever signs or witnesses."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.encounter_places import Places
from kg.extract.encounter_words import Occurrence, modifier_states, parties_of, people_of
from kg.extract.model import ActorRef, Paragraph, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


class Signing(Places):
    """Finds signings, by the noun or for a verb that tells one."""

    def signing(self, sentence: Sentence, token: "Token") -> Iterator[Occurrence]:
        """The signing that a noun tells."""
        inner = [c for t in token.subtree if t.lower_ == "of" and t.i > token.i for c in t.children if c.dep_ == "pobj"]
        things = (
            [o for _, o in self.preps(token, "of")]
            or inner[:1]
            or [c for c in token.lefts if c.dep_ in {"compound"} and c.pos_ in {"NOUN", "PROPN"}]
        )
        paragraph = sentence.paragraph
        if not things or things[0].tag_ in {"NNS", "NNPS"}:
            return
        thing = things[0]
        owners = [a for c in token.lefts if c.dep_ == "poss" for a in self.actors(paragraph, c) if a.party]
        if any(a.party not in self.frame.parties for a in owners):
            return  # a third party's signing of something
        yield from self.signature(sentence, token, thing, self._witnesses(paragraph, token), "noun: signing")

    def _witnesses(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        head = token.head if token.dep_ in {"dobj", "pobj"} else None
        if head is not None and head.pos_ == "ADP":
            head = head.head
        if head is None or head.lemma_ not in {"witness", "attend", "oversee", "preside"}:
            return []
        subject = self.subject(head)
        return [a for a in self.actors(paragraph, subject) if a.kind == "person"] if subject is not None else []

    def signature(
        self, sentence: Sentence, token: "Token", thing: "Token", actors: list[ActorRef], rule: str
    ) -> Iterator[Occurrence]:
        """A signing by the actors, or by the parties that the name of the thing holds; none where that is one alone."""
        paragraph = sentence.paragraph
        states = parties_of(actors) | {c for t in thing.subtree for c in modifier_states(self.ctx, paragraph, t)}
        if len(states) < 2 and states <= set(self.frame.parties):
            states = set(self.frame.parties)
        if len(states) < 2:
            return
        date = self.date_of(sentence, token, False)
        place, country = self.place_of(sentence, token)
        words = [t.lower_ for t in thing.subtree if t.is_alpha]
        key = "" if words in (["the", thing.lower_], ["that", thing.lower_]) else " ".join(words)
        verb = next((t for t in (token, *token.ancestors) if t.pos_ == "VERB"), token)
        yield Occurrence(
            "signing",
            self.status_of(sentence, token, date),
            states,
            people_of(actors),
            self.phrase(paragraph, token, sentence),
            rule,
            sentence.index,
            date=date.edtf if date else None,
            place=place,
            country=country,
            explicit=True,
            title=paragraph.kind == "title",
            key=key,
            past=any(c.lower_ in {"had", "have", "has", "'ve"} for c in verb.children),
        )
