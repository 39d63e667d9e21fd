"""Who takes part in an encounter: the arguments of nouns and verbs as actors, where they go, and which words say so."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.encounter_words import Occurrence, flat, people_of, words
from kg.extract.frames import state as state_actor
from kg.extract.model import ActorRef, Paragraph, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Token


def _after_occasion(verb: "Token") -> "Token | None":
    """ "At the invitation of A, the President of B, C, visited ...": what the parser took for an apposition to A."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VB"}:
        return None
    for prep in verb.children:
        if prep.dep_ != "prep" or prep.i > verb.i:
            continue
        for token in prep.subtree:  # of A, President of B, C, Prime Minister of D, visited
            listed = any(c.dep_ == "cc" for c in token.head.children)
            address = token.dep_ == "appos" and token.lower_ in {"excellency", "majesty", "highness"}
            if (token.dep_ == "conj" or address) and token.head.dep_ == "pobj" and token.pos_ == "PROPN" and not listed:
                return token
        for token in prep.subtree:
            if token.dep_ == "appos" and token.head.dep_ == "pobj" and token.left_edge.i > token.head.i:
                return token
    return None


def _after_company(verb: "Token") -> "Token | None":
    """ "Joined by A, the President of B met ...": what the parser took for an apposition to A."""
    return next((t for t in verb.subtree if t.dep_ == "appos" and t.left_edge.nbor(-1).text == ","), None)


class Actors:
    """Reads the actors around a word of one document."""

    def __init__(self, ctx: DocContext) -> None:
        self.ctx, self.frame = ctx, ctx.frame
        self.words = words(ctx.gazetteer)
        self.title = " ".join(p.doc.text for p in ctx.paragraphs if p.kind == "title") or ctx.document.title or ""
        self.voice = ctx.frame.voice if ctx.frame.voice is not None and ctx.frame.voice.kind == "person" else None

    def actors(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        """Actors of a noun phrase, groups resolved to their members; empty where it names no party."""
        found = self.ctx.who(paragraph, token)
        if token.lower_ in {"we", "our", "us", "ourselves"} and found is not None and len(self.frame.leaders) == 2:
            if found.kind == "group" or (self.voice is not None and token.lower_ == "our"):
                return self._both(paragraph, token)
            if self.voice is not None and found.party == self.voice.party:
                return [self.voice]
        if found is None:
            parts = [c for c in token.children if c.dep_ in {"conj", "appos", "compound"}]
            while parts:
                part = parts.pop(0)
                found = self.ctx.who(paragraph, part)
                if found is not None and (found.kind == "person" or part.dep_ in {"conj", "appos"}):
                    break
                found = None
                parts += [c for c in part.children if c.dep_ in {"conj", "appos"}]
        if found is None:  # the Prime Minister's Special Envoy acts for the Prime Minister's state
            owner = next(
                (a for c in token.children if c.dep_ == "poss" and (a := self.ctx.who(paragraph, c)) is not None), None
            )
            human = (paragraph.index, token.i) in self.ctx.titled
            return [state_actor(owner.party, self.ctx.gazetteer)] if human and owner is not None and owner.party else []
        named = [
            a for c in token.children if c.dep_ == "appos" for a in self._conjuncts(paragraph, c) if a.kind == "person"
        ]
        if named and found.kind != "person":
            return named
        if token.lemma_.lower() == "counterpart":  # their counterparts, A and B
            named = named or self._following(paragraph, token)
            return named or flat(found)
        return flat(found)

    def _both(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        """Who "we" are that met: who says I and the one whom the sentence names, else the leaders."""
        own = self.voice.party if self.voice is not None else ""
        named = [
            a
            for t in token.sent
            if t.pos_ == "PROPN"
            and (a := self.ctx.who(paragraph, t)) is not None
            and a.kind == "person"
            and a.party not in {"", own}
        ]
        if self.voice is not None and len({a.name for a in named}) == 1:
            return [self.voice, named[0]]
        return list(self.frame.leaders)

    def _following(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        out: list[ActorRef] = []
        for i in range(token.i + 1, token.sent.end):
            word = paragraph.doc[i]
            actor = self.ctx.who(paragraph, word)
            if actor is not None and actor.kind in {"person", "group"}:
                out += [a for a in people_of(flat(actor)) if a not in out]
            elif word.text not in {",", "and"}:
                break
        return out

    def _conjuncts(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        found = self.ctx.who(paragraph, token)
        return flat(found) if found is not None else []

    def after_with(self, paragraph: Paragraph, verb: "Token") -> list[ActorRef]:
        """Whom "spoke by phone today with X to express ..." names where the parser makes X the subject of "express"."""
        end = verb.sent.end
        start = next((i for i in range(verb.i + 1, min(verb.i + 9, end)) if paragraph.doc[i].lower_ == "with"), None)
        if start is None or any(c.dep_ == "pobj" for c in paragraph.doc[start].children):
            return []
        out: list[ActorRef] = []
        for i in range(start + 1, min(start + 24, end)):
            word = paragraph.doc[i]
            if word.pos_ in {"VERB", "AUX"} or word.lower_ == "to":
                break
            actor = self.ctx.who(paragraph, word)
            if actor is not None and actor.kind in {"person", "group"}:
                out += [a for a in people_of(flat(actor)) if a not in out]
        return out

    def all_named(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        """Actors of a noun phrase and of what is listed with it, however the parser joins a list of titles and
        names.
        """
        out = self.actors(paragraph, token)
        if not any(a.kind == "person" for a in out):
            return out
        for i in range(token.left_edge.i, token.right_edge.i + 1):
            part = paragraph.doc[i]
            titled = (paragraph.index, i) in self.ctx.titled
            if part.dep_ in {"relcl", "acl"} or (part.pos_ == "ADP" and not titled):
                if i > token.i:
                    break
                continue
            actor = self.ctx.who(paragraph, part)
            if (
                actor is not None
                and actor.kind == "person"
                and part.pos_ == "PROPN"
                and all(a.name != actor.name for a in out)
            ):
                out.append(actor)
        for part in token.doc[token.right_edge.i + 1 : token.sent.end]:  # "with A, B, and C", C hung on the verb
            actor = self.ctx.who(paragraph, part)
            if part.dep_ == "conj" and part.head.pos_ == "VERB" and actor is not None and actor.kind == "person":
                out += [actor] if all(a.name != actor.name for a in out) else []
                break
            if part.text not in {",", "and"} and (paragraph.index, part.i) not in self.ctx.titled:
                break
        return out

    def preps(self, token: "Token", *which: str) -> "Iterator[tuple[str, Token]]":
        for child in token.children:
            if child.dep_ in {"prep", "agent", "dative"} and (not which or child.lower_ in which):
                for obj in child.children:
                    if obj.dep_ in {"pobj", "pcomp"}:
                        yield child.lower_, obj
                for further in child.children:  # with X and with Y
                    if further.dep_ in {"conj", "prep"} and further.pos_ == "ADP":
                        for obj in further.children:
                            if obj.dep_ == "pobj":
                                yield further.lower_, obj

    def subject(self, verb: "Token") -> "Token | None":
        seen = 0
        while seen < 6:
            for child in verb.children:
                if child.dep_ in NOUN_SUBJECTS and child.tag_ == "VBN" and child.i < verb.i:
                    return _after_company(child)
                if child.dep_ in NOUN_SUBJECTS:
                    relative = child.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl"
                    return verb.head if relative else child  # A, who is visiting B
                if child.dep_ == "aux":
                    for own in child.children:
                        if own.dep_ in NOUN_SUBJECTS:
                            return own
            told = [c for c in verb.head.children if c.dep_ == "dobj" and c.i < verb.i] if verb.dep_ == "xcomp" else []
            if told and verb.head.lemma_ == "invite":
                return None  # whoever is invited has not come yet
            if told and lexicon().has(verb.head.lemma_.lower(), "address"):
                return told[-1]  # instructed the commission to meet
            if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "acomp"} and verb.head != verb:
                verb = verb.head
            elif verb.dep_ == "ROOT" and (after := _after_occasion(verb)) is not None:
                return after
            elif verb.dep_ == "prep" and verb.head != verb:
                verb = verb.head
            elif verb.dep_ == "acl" and verb.head.lemma_ == "invitation":  # accepted an invitation to visit
                taken = verb.head.head
                return self.subject(taken) if taken.lemma_ in {"accept", "welcome"} else None
            elif verb.dep_ in {"relcl", "acl"} and verb.head != verb:
                return None
            else:
                return None
            seen += 1
        return None

    def doer(self, token: "Token") -> "Token | None":
        """The subject of the verb on which a noun of meeting hangs, however loosely."""
        for above in token.ancestors:
            if above.pos_ in {"VERB", "AUX"}:
                return self.subject(above)
        return None

    def destination(self, paragraph: Paragraph, token: "Token") -> tuple[ActorRef | None, str | None]:
        """The state that a place word stands for, and the place if it is narrower."""
        if token.lemma_.lower() == "capital":  # the Omani capital
            codes = [self.ctx.modifiers.get((paragraph.index, c.i)) for c in token.lefts]
            if code := next((c for c in codes if c), None):
                return state_actor(code, self.ctx.gazetteer), None
        for part in [token, *(t for t in token.children if t.dep_ in {"appos", "compound"} and t.pos_ == "PROPN")]:
            hit = self.place_at(paragraph, part)
            if hit is not None:
                kind, code, text = hit
                if kind == "state":
                    near = self.place_at(paragraph, token)
                    place = None
                    if near is not None and near[0] != "state":
                        place = near[2]
                    return state_actor(code, self.ctx.gazetteer), place
                if kind in {"capital", "place", "metonym"} and code:
                    return state_actor(code, self.ctx.gazetteer), text
        return None, None

    def nearby(self, paragraph: Paragraph, token: "Token") -> tuple[ActorRef | None, str | None]:
        """The goal of a visit where the parser hangs "to Russia" on the visitor's title."""
        for i in range(token.i + 1, min(token.i + 14, token.sent.end)):
            word = paragraph.doc[i]
            if word.is_punct or word.pos_ == "VERB":
                break
            if word.lower_ == "to" and word.pos_ == "ADP":
                goal = next((c for c in word.children if c.dep_ == "pobj"), None)
                if goal is not None:
                    return self.destination(paragraph, goal)
        return None, None

    def place_at(self, paragraph: Paragraph, token: "Token") -> tuple[str, str, str] | None:
        return self.ctx.places.get((paragraph.index, token.i))

    def invite(self, sentence: Sentence, out: Occurrence) -> None:
        """Add the host of "at the invitation of X" and those of "accompanied by X"."""
        paragraph = sentence.paragraph
        for t in sentence.span:
            wanted = "of" if t.lemma_ == "invitation" else "by" if t.lemma_ == "accompany" else ""
            if not wanted:
                continue
            for _, obj in self.preps(t, wanted):
                for actor in self.actors(paragraph, obj):
                    if actor.kind == "person" and actor.party in out.states and actor not in out.people:
                        out.people.append(actor)

    def phrase(self, paragraph: Paragraph, token: "Token", sentence: Sentence) -> Span:
        cut = [c for c in token.children if c.dep_ in {"relcl"}]
        last = token.right_edge.i
        for clause in cut:
            if clause.left_edge.i > token.i:
                last = min(last, clause.left_edge.i - 1)
        doc = paragraph.doc
        while last > token.i and (doc[last].is_punct or doc[last].is_space):
            last -= 1
        return paragraph.start + token.left_edge.idx, paragraph.start + doc[last].idx + len(doc[last])

    def clause(self, sentence: Sentence, verb: "Token") -> Span:
        paragraph, doc = sentence.paragraph, sentence.paragraph.doc
        first, last = verb.left_edge.i, verb.right_edge.i
        for c in verb.children:
            if c.dep_ in {"conj", "advcl", "ccomp"} and c.left_edge.i > verb.i:
                last = min(last, c.left_edge.i - 1)
            if c.dep_ in {"conj", "advcl", "ccomp"} and c.right_edge.i < verb.i:
                first = max(first, c.right_edge.i + 1)
        last = max(last, verb.i)
        while last > verb.i and (doc[last].is_punct or doc[last].is_space or doc[last].dep_ == "cc"):
            last -= 1
        while first < verb.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ == "cc"):
            first += 1
        return paragraph.start + doc[first].idx, paragraph.start + doc[last].idx + len(doc[last])
