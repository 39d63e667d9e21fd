"""Who is meant by each noun phrase: names, titles, states, "the two sides", "the leaders", pronouns, coordinated
phrases.

One pass from the first sentence to the last. A phrase that stays open gets no actor; nothing is guessed from afar.
"""

# ruff: noqa: SIM905 (lists of words read best as words)

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.context import Key
from kg.extract.frames import SEATS, state
from kg.extract.gazetteer import Gazetteer
from kg.extract.model import ActorRef, Document, Frame, Mention, Paragraph, Sentence
from kg.extract.phrases import FIRST, Phrases
from kg.extract.registry import Registry

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE, _SHE, _THEY = (
    {"he", "him", "his", "himself"},
    {"she", "her", "hers", "herself"},
    {"they", "them", "their", "theirs", "themselves"},
)
_IN = set("in at from near outside to into around across through throughout within via".split())
_WE = {"we", "us", "our", "ours", "ourselves"}
_TELLING = {"inform", "brief", "tell", "update", "notify", "assure", "acquaint", "thank"}
_WITH = {"pobj", "dobj"}
_MEETING = {"meet", "speak", "host", "receive", "hold", "talk", "confer"}
_MUTUAL = {"agree", "discuss", "meet", "exchange", "share", "sign", "release", "concur"}


def resolve(
    document: Document,
    paragraphs: Sequence[Paragraph],
    sentences: Sequence[Sentence],
    registry: Registry,
    frame: Frame,
    names: Gazetteer,
) -> tuple[dict[Key, ActorRef], list[Mention]]:
    """Head (and other) tokens of noun phrases -> whom they mean, and the mentions that name somebody."""
    reader = _Reader(document, registry, frame, names)
    for sentence in sentences:
        if sentence.paragraph.kind not in {"furniture", "byline", "dateline"}:
            reader.read(sentence)
    reader.mentions.sort(key=lambda m: m.span)
    return reader.actors, reader.mentions


class _Reader(Phrases):
    """Reads the sentences in their order."""

    def read(self, sentence: Sentence) -> None:
        paragraph = sentence.paragraph
        seen: list[ActorRef] = []  # whom this sentence has named so far
        subject: ActorRef | None = None
        for token in sentence.span:
            actor = self._base(paragraph, token, sentence, seen, subject)
            if actor is None:
                continue
            self.actors[paragraph.index, token.i] = actor
            if token.pos_ == "PRON" and token.dep_ == "poss":
                continue
            seen.append(actor)
            if actor.kind == "person" and actor in self.people.values():
                self.recent.append(actor)
            if token.dep_ in NOUN_SUBJECTS and actor.kind in {"person", "state", "organisation"}:
                subject = actor
        self._coordinate(sentence)
        self._remember(sentence, subject)

    def _base(
        self, paragraph: Paragraph, token: "Token", sentence: Sentence, seen: list[ActorRef], subject: ActorRef | None
    ) -> ActorRef | None:
        key = (paragraph.index, token.i)
        hit = self.registry.hit_at.get(key)
        name = self.registry.name_at.get(key)
        if name is not None and not (
            hit is not None and token.i < name.name_first and hit.found.label.kind in {"state", "demonym", "forum"}
        ):
            actor = self.people[name.person]
            if token.i == name.name_first:
                self._mention(paragraph, name.first, name.last, actor, name.rule)
                self._honorific(paragraph, name.first, name.name_first, actor)
            return actor
        title = self.registry.title_at.get(key)
        if title is not None:
            found = self._title(title, paragraph, seen)
            if found is not None and token.i == title.first:
                self._mention(paragraph, title.first, title.last, found, "title")
            if found is not None or hit is None or hit.found.label.kind == "title":
                return found
        if hit is not None and hit.found.label.kind in {"state", "capital", "metonym", "forum", "organisation"}:
            return self._named(paragraph, token, hit.first, hit.last, hit.found.label.kind, hit.found.label.code)
        if token.lower_ != "both" and (token.pos_ == "PRON" or token.tag_ == "PRP$"):
            return self._pronoun(paragraph, token, sentence, seen, subject)
        if token.pos_ in {"NOUN", "PROPN", "DET", "NUM", "ADJ", "PRON"}:
            return self._noun(paragraph, token, seen)
        return None

    def _mention(self, paragraph: Paragraph, first: int, last: int, actor: ActorRef, rule: str) -> None:
        doc = paragraph.doc
        span = (paragraph.start + doc[first].idx, paragraph.start + doc[last - 1].idx + len(doc[last - 1]))
        self.mentions.append(Mention(span, actor.kind, actor, rule))

    def _honorific(self, paragraph: Paragraph, first: int, last: int, actor: ActorRef) -> None:
        words = {paragraph.doc[i].lower_.rstrip(".") for i in range(first, last)}
        if words & {"mr", "king", "sir", "lord", "sultan", "emir", "his", "prince"}:
            self.gender[actor.name] = "m"
        elif words & {"mrs", "ms", "miss", "queen", "dame", "lady", "her", "madame", "madam", "princess"}:
            self.gender[actor.name] = "f"

    def _named(
        self, paragraph: Paragraph, token: "Token", first: int, last: int, kind: str, code: str
    ) -> ActorRef | None:
        doc = paragraph.doc
        if not code:
            return None
        if kind in {"capital", "metonym"}:
            head = doc[last - 1]
            before = doc[first - 1].lower_ if first else ""
            placed = before in _IN or (before == "the" and first > 1 and doc[first - 2].lower_ in _IN)
            if head.dep_ == "pobj" and head.head.lower_ in {"from", "to"} and head.head.head.pos_ == "NOUN":
                placed = False  # the message from Beijing
            elif head.dep_ == "pobj" and head.head.lower_ in _IN:
                placed = True
            if placed or head.dep_ in {"appos", "npadvmod", "compound", "nmod"}:
                return None
            if head.dep_ not in NOUN_SUBJECTS | {"conj", "dobj", "pobj", "poss", "agent", "dative", "ROOT"}:
                return None
        if kind == "capital" and code in SEATS and self._speaks_for_body(code):
            code = SEATS[code]
        if token.i == first:
            self._mention(paragraph, first, last, state(code, self.names), kind)
        if kind == "organisation" and code not in self.names.states | self.names.forums:
            return None
        return state(code, self.names)

    def _speaks_for_body(self, code: str) -> bool:
        """Whether a capital means the body that sits there: the text deals with the body and not with the state."""
        if code in self.frame.parties:
            return False
        hits = [h.found.label for found in self.registry.hits.values() for h in found]
        state_named = any(label.code == code and label.kind in {"state", "demonym"} for label in hits)
        return not state_named and any(label.code == SEATS[code] for label in hits)

    def _pronoun(
        self, paragraph: Paragraph, token: "Token", sentence: Sentence, seen: list[ActorRef], subject: ActorRef | None
    ) -> ActorRef | None:
        word = token.lower_
        apposed = next((c for c in token.children if c.dep_ == "appos"), None) if token.text == "HE" else None
        if apposed is not None:  # His Excellency the Foreign Minister of A
            titled = self.registry.title_at.get((paragraph.index, apposed.i))
            return self._title(titled, paragraph, seen) if titled is not None else None
        voice = paragraph.turn or (self.frame.voice if self.frame.kind != "third-person" else None)
        if word in FIRST:
            return voice if voice is not None and voice.kind == "person" else None
        if word in _WE:
            return self._we(paragraph, token, sentence, voice)
        if word in {"you", "your"} and voice is not None and self.frame.kind in {"transcript", "first-person"}:
            rest = [a for a in self.frame.leaders if a.name != voice.name]
            return rest[0] if len(rest) == 1 else None
        if word in _HE | _SHE:
            want = "m" if word in _HE else "f"
            here = [
                a
                for a in seen
                if a.kind == "person"
                and self.gender.get(a.name, want) == want
                and (voice is None or a.name != voice.name)
            ]
            if here and token.dep_ == "poss":
                verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
                if verb is not None and verb.lemma_ in _TELLING and subject in here:
                    return subject  # A informed B about his visit
                return here[-1]
            if subject is not None and subject.kind == "person" and subject in here:
                return subject
            if here and token.dep_ not in NOUN_SUBJECTS:
                return here[-1]
            last = self.subject
            if last is not None and self.gender.get(last.name, want) == want and not here:
                return last
            fits = [
                a
                for a in self.recent
                if self.gender.get(a.name, want) == want and (voice is None or a.name != voice.name)
            ]
            return fits[-1] if fits else None
        if word in _THEY:
            return self._they(paragraph, seen)
        if word in {"it", "its"} and subject is not None and subject.kind in {"state", "organisation"}:
            return subject
        return None

    def _they(self, paragraph: Paragraph, seen: list[ActorRef]) -> ActorRef | None:
        groups = [a for a in seen if a.kind == "group"]
        if groups:
            return groups[-1]
        apart: dict[str, ActorRef] = {}
        for actor in seen:
            if len(actor.parties) == 1:
                apart.setdefault(actor.parties[0], actor)
        if len(apart) == 2:
            return ActorRef("group", "", members=tuple(apart.values()))
        return self.group

    def _we(self, paragraph: Paragraph, token: "Token", sentence: Sentence, voice: ActorRef | None) -> ActorRef | None:
        if voice is None or voice.kind != "person" or len(self.frame.parties) != 2 or not voice.party:
            return voice
        both = ActorRef(
            "group", "", members=(voice, self._leader(next(c for c in self.frame.parties if c != voice.party)))
        )
        words = {t.lower_ for t in sentence.span}
        verb = token.head if token.dep_ in NOUN_SUBJECTS else None
        talks = verb is not None and any(
            c.dep_ == "dobj" and c.lemma_.lower() in {"meeting", "talk", "discussion", "conversation", "dialogue"}
            for c in verb.children
        )
        if verb is not None and verb.lemma_ == "talk" and verb.tag_ == "VBD" and token.lower_ == "we":
            talks = not any(c.dep_ == "prep" and c.lower_ in {"with", "to"} for c in verb.children)
        if talks or (verb is not None and verb.lemma_ in _MUTUAL):
            if verb is not None and self._with_third(paragraph, verb):
                return state(voice.party, self.names)  # we signed an agreement with a third state
            self.shared_we, self.shared_at = True, sentence.index
            return both
        if (
            words & {"both", "bilateral", "together", "jointly", "each"}
            or {"between", "our"} <= words
            or ({"our", "two"} <= words)
            or ({"our", "joint"} <= words)
        ):
            return both
        others = [
            a
            for c in sentence.span
            if (a := self.actors.get((paragraph.index, c.i))) is not None and voice.party not in a.parties
        ]
        if others or not self.shared_we or (sentence.turn is not None and sentence.index - self.shared_at > 2):
            return state(voice.party, self.names)
        return both

    def _with_third(self, paragraph: Paragraph, verb: "Token") -> bool:
        """Whether "with" in the clause of a verb leads to a state that is no party of the document."""
        for token in verb.subtree:
            if token.dep_ == "pobj" and token.head.lower_ == "with":
                hits = (self.registry.hit_at.get((paragraph.index, t.i)) for t in token.subtree)
                codes = {
                    h.found.label.code for h in hits if h is not None and h.found.label.kind in {"state", "demonym"}
                }
                if codes and not codes & set(self.frame.parties):
                    return True
        return False

    def _coordinate(self, sentence: Sentence) -> None:
        paragraph = sentence.paragraph
        for token in sentence.span:
            if token.dep_ == "conj" or (paragraph.index, token.i) not in self.actors:
                continue
            members = [self.actors[paragraph.index, token.i]]
            rest = [c for c in token.children if c.dep_ == "conj"]
            if token.dep_ in NOUN_SUBJECTS and not rest and (before := self._joined(paragraph, token)) is not None:
                members.insert(0, before)
            while rest:
                conjunct = rest.pop(0)
                actor = self.actors.get((paragraph.index, conjunct.i))
                if actor is None or conjunct.pos_ in {"VERB", "AUX"}:
                    members = []
                    break
                if actor not in members:
                    members.append(actor)
                rest += [c for c in conjunct.children if c.dep_ == "conj"]
            if len(members) > 1:
                group = ActorRef("group", "", members=tuple(members))
                self.actors[paragraph.index, token.i] = group
                if token.dep_ in NOUN_SUBJECTS and token.head.dep_ == "ROOT":
                    self.group, self.subjects = group, sentence.index
                if len(group.parties) > 1:
                    self.pair = (paragraph.index, group)
                    if token.dep_ in NOUN_SUBJECTS:
                        self.group = group
                        if group.people and sentence.paragraph.turn is None and self.frame.voice in members:
                            self.shared_we, self.shared_at = True, sentence.index

    def _gather(self, sentence: Sentence) -> None:
        """Remember all who met where one met several: "A met the ministers of B, C and D"."""
        at = sentence.paragraph.index
        for token in sentence.span:
            several = self.actors.get((at, token.i))
            if several is None or several.kind != "group" or len(several.parties) < 2 or token.dep_ not in _WITH:
                continue
            verb = token.head.head if token.dep_ == "pobj" else token.head
            subject = next((c for c in verb.children if c.dep_ in NOUN_SUBJECTS), None)
            one = self.actors.get((at, subject.i)) if subject is not None and verb.lemma_ in _MEETING else None
            if one is not None and len(one.parties) == 1 and one.party not in several.parties:
                self.pair = (at, ActorRef("group", "", members=(one, *several.members)))

    def _joined(self, paragraph: Paragraph, token: "Token") -> ActorRef | None:
        """Who stands before "and" and the name of a subject, where the parser hangs the one on the other."""
        name = self.registry.name_at.get((paragraph.index, token.i))
        if name is None or name.first < 2 or paragraph.doc[name.first - 1].lower_ not in {"and", "&"}:
            return None
        other = self.registry.name_at.get((paragraph.index, name.first - 2))
        if other is None or paragraph.doc[other.last - 1].head.i not in range(name.first, name.last):
            return None
        return self.people[other.person]

    def _remember(self, sentence: Sentence, subject: ActorRef | None) -> None:
        paragraph = sentence.paragraph
        main = [c for c in sentence.span.root.children if c.dep_ in NOUN_SUBJECTS and c.i < sentence.span.root.i]
        leading = self.actors.get((paragraph.index, main[-1].i)) if main else None
        if leading is not None and leading.kind == "person":
            self.subject = leading  # not who is the subject of what they say
        elif subject is not None and subject.kind == "person":
            self.subject = subject
        else:  # where the parse shows no subject, a person at the head of the sentence is one
            first = self.actors.get((paragraph.index, sentence.span[0].i))
            if first is not None and first.kind == "person":
                self.subject = first
        apart: dict[str, ActorRef] = {}
        open_plural = False
        for token in sentence.span:
            actor = self.actors.get((paragraph.index, token.i))
            if (
                token.dep_ in NOUN_SUBJECTS
                and token.tag_ in {"NNS", "NNPS"}
                and actor is None
                and token.head.dep_ == "ROOT"
            ):
                open_plural = True
            if actor is None:
                continue
            if actor.kind == "group" and len(actor.parties) > 1 and token.dep_ in NOUN_SUBJECTS:
                self.group = actor
            if len(actor.parties) == 1 and actor.kind == "person" and token.pos_ != "PRON":
                apart.setdefault(actor.parties[0], actor)
        self._gather(sentence)
        if self.subjects == sentence.index:
            return
        if len(apart) == 2 and (self.group is None or not self.group.people or set(self.group.parties) != set(apart)):
            self.group = ActorRef("group", "", members=tuple(apart.values()))
        elif open_plural:
            self.group = None
