"""Words of a text that report an encounter: who, when, where and whether, each occurrence by itself.

`meetings` then says which occurrences tell of one encounter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.context import DocContext
from kg.extract.coref import state as state_actor
from kg.extract.frames import BODIES
from kg.extract.gazetteer import Gazetteer
from kg.extract.model import ActorRef, DateFound, Paragraph, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = {"nsubj", "nsubjpass"}
_SITES = {"city", "capital", "headquarters", "hall", "house", "palace", "hotel", "office", "residence", "margin", "sideline", "building", "town",
          "resort", "venue", "today", "yesterday", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}  # fmt: skip
_PARTICLES = {"with", "to", "in", "at", "up", "for", "from", "down", "together", "on", "off"}
_HOLDING = {
    "hold",
    "begin",
    "commence",
    "resume",
    "occur",
    "convene",
    "happen",
    "conclude",
    "open",
    "start",
    "host",
    "take",
    "schedule",
}
_BODIES = {"committee", "commission"}
_NEVER = re.compile(
    r"(?i)\b(annually|on an? (annual|regular|biennial|yearly) basis|always|often|frequently|regularly|every (year|two years|six months)|each year|biennially|once a year|periodically|at least once)\b"
)
_ONCE = {
    "the",
    "this",
    "that",
    "my",
    "our",
    "his",
    "her",
    "their",
    "your",
    "today's",
    "first",
    "second",
    "third",
    "last",
    "recent",
}


@dataclass(slots=True)
class Occurrence:
    """One mention of an encounter in the text."""

    kind: str
    status: str
    states: set[str]
    people: list[ActorRef]
    span: Span
    rule: str
    sentence: int
    date: str | None = None
    place: str | None = None
    country: str | None = None
    forum: str | None = None
    host: str | None = None
    visitor: str | None = None  # party that travels
    explicit: bool = False  # names the other party itself
    definite: bool = False  # "the meeting": may point back
    title: bool = False
    key: str = ""  # what is signed
    spans: list[Span] = field(default_factory=list)
    assumed: str | None = None  # the day of publication, of a title in the report of a meeting
    exact: bool = False  # whether the assumed day is sure: remarks made at the meeting


@dataclass(frozen=True)
class Words:
    """The encounter scheme as sets of lemmas; verbs with the preposition that leads to the other party."""

    nouns: dict[str, str]
    verbs: dict[str, dict[str, str]]  # lemma -> preposition ("" for an object) -> class
    groups: dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def words(names: Gazetteer) -> Words:
    """The lexicon of encounters out of the ontology."""
    scheme = names.concepts.get("encounter", {})
    nouns = {
        label.casefold(): key
        for key in ("meeting", "call", "visit", "summit", "signing")
        for label in scheme.get(key, ())
        if key
    }
    verbs: dict[str, dict[str, str]] = {}
    for key in ("meet", "speak", "travel", "host", "sign", "discuss", "light"):
        for label in scheme.get(key, ()):
            head, _, rest = label.casefold().partition(" ")
            if not set(rest.split()) <= _PARTICLES:
                continue  # "hold talks with": the noun tells it
            verbs.setdefault(head, {}).setdefault(
                rest if key in {"meet", "speak", "travel", "sign", "host"} else "", key
            )
    groups = {k: frozenset(w.casefold() for w in v) for k, v in scheme.items()}
    return Words(nouns, verbs, groups)


class Finder:
    """Finds the occurrences of one document."""

    def __init__(self, ctx: DocContext) -> None:
        self.ctx, self.frame = ctx, ctx.frame
        self.words = words(ctx.gazetteer)
        self.dateline = _dateline(ctx)
        self.title = " ".join(p.doc.text for p in ctx.paragraphs if p.kind == "title") or ctx.document.title or ""
        self.voice = ctx.frame.voice if ctx.frame.voice is not None and ctx.frame.voice.kind == "person" else None

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
                visit.people += [a for a in _people(named) if a not in visit.people]

    def _sentence(self, sentence: Sentence) -> Iterator[Occurrence]:
        for token in sentence.span:
            if token.pos_ in {"NOUN", "PROPN"} or (
                sentence.paragraph.kind == "title" and token.lower_ in self.words.nouns
            ):
                found = self._noun(sentence, token)
            elif token.pos_ in {"VERB", "AUX"}:
                found = self._verb(sentence, token)
            else:
                continue
            yield from found

    # -- who ----------------------------------------------------------------------------------------------------------

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
            return named or _flat(found)
        return _flat(found)

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
                out += [a for a in _people(_flat(actor)) if a not in out]
            elif word.text not in {",", "and"}:
                break
        return out

    def _conjuncts(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        found = self.ctx.who(paragraph, token)
        return _flat(found) if found is not None else []

    def _after_with(self, paragraph: Paragraph, verb: "Token") -> list[ActorRef]:
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
                out += [a for a in _people(_flat(actor)) if a not in out]
        return out

    def _all_named(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        """Actors of a noun phrase and of what is listed with it, however the parser joins a list of titles and names."""
        out = self.actors(paragraph, token)
        if not any(a.kind == "person" for a in out):
            return out
        for i in range(token.left_edge.i, token.right_edge.i + 1):
            part = paragraph.doc[i]
            if part.dep_ in {"relcl", "acl"} or part.pos_ == "ADP":
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
        return out

    def _preps(self, token: "Token", *which: str) -> "Iterator[tuple[str, Token]]":
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

    def _subject(self, verb: "Token") -> "Token | None":
        seen = 0
        while seen < 6:
            for child in verb.children:
                if child.dep_ in _SUBJECT:
                    return child
                if child.dep_ == "aux":
                    for own in child.children:
                        if own.dep_ in _SUBJECT:
                            return own
            if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "acomp"} and verb.head != verb:
                verb = verb.head
            elif verb.dep_ == "prep" and verb.head != verb:
                verb = verb.head
            elif verb.dep_ in {"relcl", "acl"} and verb.head != verb:
                return None
            else:
                return None
            seen += 1
        return None

    # -- nouns --------------------------------------------------------------------------------------------------------

    def _noun(self, sentence: Sentence, token: "Token") -> Iterator[Occurrence]:
        lemma = token.lemma_.casefold()
        compound = " ".join(
            [*(c.lower_ for c in token.lefts if c.dep_ in {"compound", "amod"} and c.i == token.i - 1), lemma]
        )
        kind = self.words.nouns.get(compound) or self.words.nouns.get(lemma) or self.words.nouns.get(token.lower_)
        if (
            token.lower_ == "bilateral"
            and token.i + 1 < len(token.doc)
            and token.nbor().lemma_.casefold() in self.words.nouns
        ):
            return
        if kind is None or (token.dep_ in {"compound", "nmod"} and sentence.paragraph.kind != "title"):
            return
        if (
            token.ent_type_ == "ORG"
            and lemma in {"committee", "commission", "dialogue", "session"}
            and not self._held(token)
        ):
            return
        if lemma in {"committee", "commission"} and not self._held(token):
            return
        if self._is_forum(sentence.paragraph, token):
            return
        if kind == "signing":
            yield from self._signing(sentence, token)
            return
        occurrence = self._noun_occurrence(sentence, token, kind)
        if occurrence is not None:
            yield occurrence
            if kind == "visit":
                yield from self._second_visit(sentence, token, occurrence)

    def _held(self, token: "Token") -> bool:
        return any(c.dep_ in {"acl", "relcl"} for c in token.children) and any(
            t.lemma_ in {"hold", "meet", "convene"} for t in token.subtree
        )

    def _is_forum(self, paragraph: Paragraph, token: "Token") -> bool:
        return any(
            a.kind == "organisation" and a.party in self.ctx.gazetteer.forums
            for a in [self.ctx.who(paragraph, token)]
            if a is not None
        )

    def _noun_occurrence(self, sentence: Sentence, token: "Token", kind: str) -> Occurrence | None:
        paragraph = sentence.paragraph
        title = paragraph.kind == "title"
        lefts = {c.lower_ for c in token.lefts} | {c.lower_ for t in token.lefts for c in t.children}
        if token.lower_.endswith("s") and token.lemma_.lower() in {"talk", "discussion", "negotiation", "consultation"}:
            plural, talks = False, True
        else:
            talks = False
            plural = token.tag_ in {"NNS", "NNPS"}
        series = bool(lefts & self.words.groups["series"]) or _recurs(token)
        actors: list[ActorRef] = []
        visited: ActorRef | None = None
        explicit = False
        verb = token.head if token.dep_ in {"dobj", "attr", "nsubjpass", "pobj", "conj", "nsubj"} else None
        if verb is not None and verb.pos_ == "ADP":
            verb = verb.head
        for child in token.lefts:
            if child.dep_ == "poss":
                actors += self.actors(paragraph, child)
                explicit = explicit or child.pos_ != "PRON"
            elif child.dep_ in {"compound", "amod", "nmod"}:
                actors += [
                    state_actor(code, self.ctx.gazetteer) for code in _modifier_states(self.ctx, paragraph, child)
                ]
        dest_place = None
        elsewhere = False
        for prep, obj in self._preps(token):
            found = self.actors(paragraph, obj)
            if prep in {"with", "between", "among"} and not found and not title and kind != "visit":
                return None  # with business leaders, between opinion makers
            if (
                prep in {"with", "between", "by", "among"}
                or (prep == "on" and token.lemma_ == "call")
                or (prep == "of" and kind != "signing")
            ):
                actors += found
                explicit = explicit or any(a.party for a in found)
            elif prep == "to" and kind == "visit" and visited is None:
                visited, dest_place = self._destination(paragraph, obj)
                elsewhere = visited is None
                explicit = True
        if kind == "visit" and visited is None and not elsewhere:
            visited, dest_place = self._nearby(paragraph, token)
            explicit = explicit or visited is not None
        if elsewhere:  # to our troops, to the hospital
            return None
        with_verb: list[ActorRef] = []
        if verb is not None and verb.pos_ in {"VERB", "AUX"}:
            light = "light" in self.words.verbs.get(verb.lemma_.casefold(), {}).values() or verb.lemma_ in {
                "be",
                "discuss",
                "welcome",
            }
            adjunct = token.dep_ == "pobj" and token.head.lower_ not in {"in", "with", "to", "into"}
            if token.dep_ in {"dobj", "pobj"} and light and not adjunct:
                subject = self._subject(verb)
                if subject is not None:
                    with_verb += self.actors(paragraph, subject)
                for _, obj in self._preps(verb, "with"):
                    with_verb += self.actors(paragraph, obj)
            if token.dep_ == "nsubjpass":
                for _, obj in self._preps(verb, "by", "with", "between"):
                    found = self.actors(paragraph, obj)
                    with_verb += found if kind != "visit" and verb.lemma_ != "attend" else []
        for child in token.children:  # the ceremony we attended
            if child.dep_ in {"relcl", "acl"} and child.lemma_ in {
                "attend",
                "hold",
                "have",
                "make",
                "conduct",
                "host",
                "pay",
            }:
                for part in child.children:
                    if part.dep_ in _SUBJECT:
                        with_verb += self.actors(paragraph, part)
                for _, obj in self._preps(child, "by", "with", "between"):
                    with_verb += self.actors(paragraph, obj)
        if any(p == "of" and _is_body(o) for p, o in self._preps(token)):
            with_verb = [
                state_actor(c, self.ctx.gazetteer) for c in sorted(_parties(with_verb))
            ]  # their commission meets, not they
        explicit = explicit or len({a.party for a in _people(with_verb)}) > 1
        actors = _unmixed(
            actors, with_verb, [a for p, o in self._preps(token, "with") for a in self.actors(paragraph, o)]
        )
        if kind == "visit" and visited is None and not title:
            if plural or (token.lower_ == "stay" or token.lower_ == "tour"):
                return None
        states = _parties(actors)
        if visited is not None and visited.party:
            states.add(visited.party)
        own_name = token.text[:1].isupper() and not token.is_sent_start and not title and not sentence.text().isupper()
        of_forum = any(
            (a := self.ctx.who(paragraph, c)) is not None and a.kind == "organisation" and a.party not in states
            for c in token.lefts
        )
        if (own_name or of_forum or kind == "summit") and not explicit and len(states) < 2 and "bilateral" not in lefts:
            return None  # a gathering with a name of its own, the Leaders Summit on Climate
        date = self._date(sentence, token, title)
        definite = bool(lefts & _ONCE) or title
        if visited is None and kind == "visit" and lefts & _ONCE and states:
            states |= set(self.frame.parties) if states <= set(self.frame.parties) else set()
        if plural and _takes_place(token):
            plural = False
        named = explicit and len(_parties(actors)) > 1
        if talks and date is None and not (with_verb or _takes_place(token) or lefts & _ONCE or title):
            if len({a.party for a in _people(actors)}) < 2:
                return None
        if (
            (series or plural)
            and not (date is not None and not series and (named or not plural))
            and not (explicit and not plural and lefts & _ONCE)
        ):
            if not ((kind == "visit" and any(p == "by" for p, _ in self._preps(token))) or title):
                return None
        if (
            len(states) < 2
            and any(p in {"with", "on"} for p, _ in self._preps(token))
            and not any(c.dep_ == "poss" for c in token.lefts)
        ):
            doer = self._doer(token)  # arrived for talks with X, said after a meeting with X
            more = self.actors(paragraph, doer) if doer is not None else []
            if _parties(more) and not _parties(more) & states:
                actors = [*actors, *more]
                states |= _parties(more)
        if len(states) < 2:
            concrete = definite or bool(with_verb) or _takes_place(token)
            states = self._complete(states, sentence, token, date, concrete, explicit, title)
        if len(states) < 2:
            return None
        if kind == "summit" and len(states) == 2 and not explicit:
            kind = "meeting" if not title else kind
        people = _people(actors)
        if (
            title
            and self.voice is not None
            and self.voice.party in states
            and not any(a.party == self.voice.party for a in people)
        ):
            if kind != "visit" or (visited is not None and visited.party != self.voice.party and not people):
                people.append(self.voice)
        if verb is not None and verb.lemma_ in {"discuss"} and token.dep_ == "dobj":
            return None
        place, country = (
            (dest_place, visited.party if visited else None) if visited is not None else self._place(sentence, token)
        )
        if place and kind == "visit" and visited is not None and place == self.ctx.gazetteer.names.get(visited.party):
            place = None
        visitor = (
            next((a.party for a in actors if visited is None or a.party != visited.party), None)
            if kind == "visit"
            else None
        )
        status = self._status(sentence, token, date)
        if status == "planned" and date is None and token.lemma_.lower() == "negotiation":
            return None  # to begin negotiations is an undertaking
        out = Occurrence(
            kind, status, states, people, self._np_span(paragraph, token, sentence),
            f"noun: {token.lemma_.lower()}", sentence.index, date.edtf if date else None, place, country,
            self._forum(sentence, token), None, visitor, explicit, definite, title,
        )  # fmt: skip
        if token.dep_ == "nsubjpass" and verb is not None and verb.lemma_ == "host":
            hosts = [a.party for _, o in self._preps(verb, "by") for a in self.actors(paragraph, o) if a.party]
            out.host = hosts[0] if hosts else None
            out.country = out.country or out.host
        if kind == "visit" and plural:
            out.key = "several"
        self._invited(sentence, out)
        if kind == "visit" and out.country is not None:
            self._hosts(sentence, token, out)
        return out

    def _hosts(self, sentence: Sentence, token: "Token", out: Occurrence) -> None:
        """Who acted with the visitor "during my visit to China, Premier Wen and I announced"."""
        prep = token.head
        if prep.pos_ != "ADP" or prep.lower_ not in {"during", "on", "at"} or prep.head.pos_ != "VERB":
            return
        subject = self._subject(prep.head)
        group = self.ctx.who(sentence.paragraph, subject) if subject is not None else None
        if group is not None and group.kind == "group" and set(group.parties) == out.states:
            out.people += [a for a in _people(_flat(group)) if a not in out.people]

    def _second_visit(self, sentence: Sentence, token: "Token", first: Occurrence) -> Iterator[Occurrence]:
        """ "Visits to A by X and to B by Y": the second pair."""
        paragraph = sentence.paragraph
        for prep in token.subtree:
            if prep.lower_ != "to" or prep.pos_ != "ADP" or prep.head == token or prep.i < token.i:
                continue
            if not (prep.dep_ in {"conj", "prep"} and prep.head.pos_ in {"ADP", "PROPN", "NOUN"}):
                continue
            objects = [c for c in prep.children if c.dep_ == "pobj"]
            visited, place = self._destination(paragraph, objects[0]) if objects else (None, None)
            if visited is None or visited.party == first.country:
                continue
            agents = [
                a
                for by in token.subtree
                if by.lower_ == "by" and by.i > prep.i
                for c in by.children
                if c.dep_ == "pobj"
                for a in self.actors(paragraph, c)
            ]
            states = _parties(agents) | {visited.party}
            if len(states) > 1:
                end = max(t.i for t in prep.subtree)
                span = (paragraph.start + prep.idx, paragraph.start + paragraph.doc[end].idx + len(paragraph.doc[end]))
                yield Occurrence("visit", first.status, states, _people(agents), span, "noun: second visit", sentence.index,
                                 None, place, visited.party, None, None, min(_parties(agents)), True, key="several")  # fmt: skip

    def _complete(
        self,
        states: set[str],
        sentence: Sentence,
        token: "Token",
        date: DateFound | None,
        definite: bool,
        explicit: bool,
        title: bool,
    ) -> set[str]:
        """The parties of an encounter that names one party or none, as far as the document leaves no doubt."""
        parties = set(self.frame.parties)
        bilateral = (
            any(c.lower_ in {"bilateral", "ministerial", "joint"} for c in token.lefts)
            or "inisterial" in sentence.text()
        )
        if len(parties) != 2 or not states <= parties:
            voice = self.voice.party if self.voice is not None else ""
            return states | {voice} if voice and len(states) == 1 and explicit else states
        if states and (explicit or definite or title):
            if self.voice is not None or self.frame.kind == "joint" or title:
                return parties
        if not states and definite and (date is not None or bilateral or title):
            return parties
        return states

    # -- verbs --------------------------------------------------------------------------------------------------------

    def _verb(self, sentence: Sentence, verb: "Token") -> Iterator[Occurrence]:
        lemma = verb.lemma_.casefold()
        if lemma == "be":
            yield from self._being(sentence, verb)
            return
        classes = self.words.verbs.get(lemma)
        if not classes or _recurs(verb):
            return
        particle = " ".join(c.lower_ for c in verb.children if c.dep_ == "prt")
        if any(c.dep_ == "neg" for c in verb.children):
            return
        kinds = set(classes.values())
        paragraph = sentence.paragraph
        subject = self._subject(verb)
        doers = self._all_named(paragraph, subject) if subject is not None else []
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        withs = [obj for _, obj in self._preps(verb, "with")]
        if "sign" in kinds and objects:
            yield from self._signed(sentence, verb, doers, objects)
            return
        if "travel" in kinds:
            yield from self._travel(sentence, verb, lemma, doers, objects)
            return
        if "host" in kinds and not passive:
            yield from self._host(sentence, verb, doers, objects, lemma)
            return
        other: list[ActorRef] = []
        rule = "verb: " + lemma
        kind = "meeting"
        if "meet" in kinds or "speak" in kinds:
            preps = {p for p in classes if p}
            for prep, obj in self._preps(verb):
                if prep == "with" or (prep in {p.split()[-1] for p in preps} and "speak" in kinds):
                    other += self._all_named(paragraph, obj)
            if "" in classes and classes.get("") in {"meet", "speak"} and lemma not in {"join", "see"}:
                for obj in objects:
                    other += self._all_named(paragraph, obj)
            if lemma == "join" and any(n.lemma_ in self.words.nouns for _, n in self._preps(verb, "for", "at", "in")):
                for obj in objects:
                    other += self.actors(paragraph, obj)
            if lemma in {"speak", "call", "phone", "telephone", "ring"}:
                phone = (
                    any(t.lemma_ in {"phone", "telephone", "call", "video"} for t in verb.subtree) or lemma != "speak"
                )
                kind = (
                    "call" if phone or not re.search(r"(?i)\b(meeting|visit|talks|summit)\b", self.title) else "meeting"
                )
                if lemma == "call" and any(c.dep_ == "prep" and c.lower_ == "on" for c in verb.children):
                    hosts = [
                        a for _, o in self._preps(verb, "on") for a in self.actors(paragraph, o) if a.kind == "person"
                    ]
                    asks = any(c.dep_ in {"xcomp", "ccomp", "advcl"} and c.tag_ == "VB" for c in verb.children)
                    if not hosts or asks or not any(a.kind == "person" for a in doers):
                        return
                    other, kind, objects = hosts, "meeting", []
                elif lemma == "call" and any(o.pos_ == "PRON" for o in objects) and any(p == "to" for p, _ in self._preps(verb)):
                    return  # calls us to action
                elif lemma == "call" and any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children):
                    return
                if (
                    lemma == "call"
                    and kind == "call"
                    and (not objects or any(c.dep_ in {"oprd", "ccomp", "xcomp"} for c in verb.children))
                ):
                    return
            if lemma == "see" and not withs:
                return
        if "discuss" in kinds and not other:
            for obj in withs:
                other += self.actors(paragraph, obj)
            for obj in objects:
                for _, inner in self._preps(obj, "with"):
                    other += [a for a in self.actors(paragraph, inner) if a.kind == "person"]
            if not any(a.kind == "person" for a in other):
                return
        if not other and {"meet", "speak"} & kinds:
            other = self._after_with(paragraph, verb)
        actors = doers + other
        together = {"meet", "speak", "talk", "confer"}
        if not other and lemma in together and len(_parties(doers)) > 1 and (lemma == "meet" or not objects):
            pass
        elif not other:
            return
        if lemma == "meet" and objects and not _parties(other):
            return  # meet a need, meet the challenge
        if not doers:
            actors = self._implied(sentence, verb) + actors
        states = _parties(actors)
        if len(states) == 1 and self.voice is not None and self.voice.party not in states and not doers:
            states.add(self.voice.party)
        if len(states) < 2:
            return
        yield self._from_verb(sentence, verb, kind, states, _people(actors), rule)

    def _implied(self, sentence: Sentence, verb: "Token") -> list[ActorRef]:
        """The subject of "meeting with X" and the like: that of the sentence, or who says I."""
        head = verb
        while head.head != head:
            head = head.head
            for child in head.children:
                if child.dep_ in _SUBJECT:
                    found = self.actors(sentence.paragraph, child)
                    if found:
                        return found
        return [self.voice] if self.voice is not None else []

    def _from_verb(
        self, sentence: Sentence, verb: "Token", kind: str, states: set[str], people: list[ActorRef], rule: str
    ) -> Occurrence:
        date = self._date(sentence, verb, sentence.paragraph.kind == "title")
        place, country = self._place(sentence, verb) if kind != "call" else (None, None)
        out = Occurrence(
            kind, self._status(sentence, verb, date), states, people, self._clause_span(sentence, verb), rule, sentence.index,
            date.edtf if date else None, place, country, self._forum(sentence, verb), None, None, True, False,
            sentence.paragraph.kind == "title",
        )  # fmt: skip
        self._invited(sentence, out)
        return out

    def _travel(
        self, sentence: Sentence, verb: "Token", lemma: str, doers: list[ActorRef], objects: "list[Token]"
    ) -> Iterator[Occurrence]:
        paragraph = sentence.paragraph
        persons = [a for a in doers if a.kind == "person"] or [a for a in doers if a.kind == "state"]
        if not persons:
            return
        goals = (
            objects
            if lemma in {"visit", "tour"}
            else [o for p, o in self._preps(verb) if p in {"to", "in", "at", "for"}]
        )
        for goal in goals:
            hosts = self.actors(paragraph, goal)
            visited, place = self._destination(paragraph, goal)
            if visited is None:
                people = [a for a in hosts if a.kind == "person" and a.party not in _parties(persons)]
                if not people:
                    continue
                states = _parties(persons) | _parties(people)
                found = self._from_verb(
                    sentence, verb, "visit", states, _people(persons + people), "verb: visit somebody"
                )
                if goal.lower_ in {"us", "me"} and self.voice is not None:
                    found.country, found.visitor = self.voice.party, next(iter(_parties(persons)), None)
                    if verb.tag_ in {"VBG", "VBP", "VBZ"} and found.date is None and sentence.turn is not None:
                        found.date, found.status = self.ctx.document.published, "held"
                yield found
                return
            travellers = [a for a in persons if a.party and a.party != visited.party] or [a for a in persons if a.party]
            states = _parties(travellers) | {visited.party}
            if len(states) < 2:
                if len(travellers) == 1 and lemma == "visit":
                    return
                continue
            out = self._from_verb(sentence, verb, "visit", states, _people(travellers), f"verb: {lemma}")
            out.place, out.country, out.visitor = place, visited.party, travellers[0].party
            for child in verb.children:  # travel to X to meet with Y
                if child.dep_ in {"xcomp", "advcl", "conj"} and child.lemma_ == "meet":
                    met = [a for _, o in self._preps(child, "with") for a in self.actors(paragraph, o)]
                    met += [a for c in child.children if c.dep_ == "dobj" for a in self.actors(paragraph, c)]
                    out.people += [a for a in _people(met) if a not in out.people]
            yield out
            return

    def _host(
        self, sentence: Sentence, verb: "Token", doers: list[ActorRef], objects: "list[Token]", lemma: str
    ) -> Iterator[Occurrence]:
        paragraph = sentence.paragraph
        guests = [
            a for o in objects for a in self.actors(paragraph, o) if a.kind == "person" or lemma in {"host", "receive"}
        ]
        guests = [a for a in guests if a.party and a.party not in _parties(doers)]
        if lemma in {"invite"}:
            return
        if not guests or not doers:
            return
        if objects and objects[0].lemma_ in self.words.nouns:
            return
        if lemma in {"receive", "host"} and not any(a.kind == "person" for a in guests):
            return
        states = _parties(doers) | _parties(guests)
        visited, place = None, None
        for _, obj in self._preps(verb, "to"):
            found = self._destination(paragraph, obj)
            if found[0] is not None and not (found[1] or "").endswith("House"):
                visited, place = found
        on_visit = any(self.words.nouns.get(t.lemma_.casefold()) == "visit" for t in verb.subtree)
        kind = "visit" if on_visit or visited is not None or lemma == "welcome" else "meeting"
        out = self._from_verb(sentence, verb, kind, states, _people(doers + guests), f"verb: {lemma}")
        home = _parties(doers)
        if kind == "visit":
            out.country = (visited.party if visited else None) or (next(iter(home)) if len(home) == 1 else None)
            out.place = place or out.place
            out.visitor = next(iter(_parties(guests)), None)
        out.host = next(iter(home)) if len(home) == 1 else None
        now = sentence.turn is not None and not any(
            t.tag_ == "VBD" or t.lower_ in {"will", "soon"} for t in [verb, verb.head, *verb.children]
        )
        if now and out.date is None and lemma == "welcome" and "look" not in {t.lemma_ for t in verb.ancestors}:
            out.date, out.status = self.ctx.document.published, "held"
        yield out

    def _being(self, sentence: Sentence, verb: "Token") -> Iterator[Occurrence]:
        """ "I am here in Baghdad with Prime Minister X": a visit."""
        paragraph = sentence.paragraph
        if self.voice is None or not any(t.lower_ == "here" for t in verb.subtree):
            return
        other = [
            a
            for t in verb.subtree
            if t.lower_ == "with"
            for c in t.children
            if c.dep_ == "pobj"
            for a in self.actors(paragraph, c)
        ]
        other = [a for a in other if a.kind == "person" and a.party and a.party != self.voice.party]
        if not other:
            return
        place, country = self._place(sentence, verb)
        kind = "visit" if country and country != self.voice.party else "meeting"
        out = self._from_verb(
            sentence, verb, kind, {self.voice.party} | _parties(other), [self.voice, *_people(other)], "be here with"
        )
        out.date, out.status = out.date or self.ctx.document.published, "held"
        out.place, out.country = place, country
        out.visitor = self.voice.party if kind == "visit" else None
        yield out

    # -- signings -----------------------------------------------------------------------------------------------------

    def _signing(self, sentence: Sentence, token: "Token") -> Iterator[Occurrence]:
        inner = [c for t in token.subtree if t.lower_ == "of" and t.i > token.i for c in t.children if c.dep_ == "pobj"]
        things = (
            [o for _, o in self._preps(token, "of")]
            or inner[:1]
            or [c for c in token.lefts if c.dep_ in {"compound"} and c.pos_ in {"NOUN", "PROPN"}]
        )
        paragraph = sentence.paragraph
        if not things or things[0].tag_ in {"NNS", "NNPS"}:
            return
        thing = things[0]
        yield from self._signature(sentence, token, thing, self._witnesses(paragraph, token), "noun: signing")

    def _witnesses(self, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
        head = token.head if token.dep_ in {"dobj", "pobj"} else None
        if head is not None and head.pos_ == "ADP":
            head = head.head
        if head is None or head.lemma_ not in {"witness", "attend", "oversee", "preside"}:
            return []
        subject = self._subject(head)
        return [a for a in self.actors(paragraph, subject) if a.kind == "person"] if subject is not None else []

    def _signed(
        self, sentence: Sentence, verb: "Token", doers: list[ActorRef], objects: "list[Token]"
    ) -> Iterator[Occurrence]:
        from kg.extract.instruments import is_instrument

        thing = objects[0]
        if not is_instrument(self.ctx.gazetteer, thing) or (thing.tag_ in {"NNS", "NNPS"} and len(_parties(doers)) < 2):
            return
        if verb.lemma_ == "conclude" or not doers:
            return
        withs = [a for _, o in self._preps(verb, "with") for a in self.actors(sentence.paragraph, o)]
        states = _parties(doers + withs)
        if len(states) < 2:
            return
        yield from self._signature(sentence, verb, thing, doers + withs, "verb: sign")

    def _signature(
        self, sentence: Sentence, token: "Token", thing: "Token", actors: list[ActorRef], rule: str
    ) -> Iterator[Occurrence]:
        paragraph = sentence.paragraph
        states = _parties(actors) | {c for t in thing.subtree for c in _modifier_states(self.ctx, paragraph, t)}
        if len(states) < 2 and states <= set(self.frame.parties):
            states = set(self.frame.parties)
        if len(states) < 2:
            return
        date = self._date(sentence, token, False)
        place, country = self._place(sentence, token)
        key = " ".join(t.lower_ for t in thing.subtree if t.is_alpha)
        yield Occurrence(
            "signing", self._status(sentence, token, date), states, _people(actors), self._np_span(paragraph, token, sentence), rule,
            sentence.index, date.edtf if date else None, place, country, None, None, None, True, False,
            paragraph.kind == "title", key,
        )  # fmt: skip

    # -- when, where, whether -----------------------------------------------------------------------------------------

    def _date(self, sentence: Sentence, token: "Token", title: bool) -> DateFound | None:
        """The time nearest to the word that tells the encounter, within its phrase first."""
        found = self.ctx.dates_in(sentence.start, sentence.end)
        if not found:
            return None
        offset = sentence.paragraph.start
        first, last = offset + token.left_edge.idx, offset + token.right_edge.idx + len(token.right_edge)
        here = offset + token.idx
        usable = [d for d in found if not self._belongs_elsewhere(sentence, d, token)]
        inside = [d for d in usable if first <= d.span[0] and d.span[1] <= last]
        rivals = [
            offset + t.idx
            for t in sentence.span
            if t.i != token.i
            and self._triggers(t)
            and t not in token.subtree
            and token not in t.subtree
            and not self._frames(t)
        ]
        free = [d for d in usable if not any(min(here, d.span[0]) < r < max(here, d.span[0]) for r in rivals)]
        verb = token if token.pos_ == "VERB" else next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        tied = token.pos_ == "VERB" or token.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"}
        tied = tied or (token.dep_ == "pobj" and token.head.lower_ in {"during", "on", "at", "in", "after", "following", "for"})
        if verb is not None and not inside and tied:
            low, high = offset + verb.left_edge.idx, offset + verb.right_edge.idx + len(verb.right_edge)
            inside = [d for d in free if low <= d.span[0] and d.span[1] <= high and d.precision != "year"]
        pool = inside or [d for d in free if d.precision != "year" or title or abs(d.span[0] - here) < 60]
        if not pool and not title and _takes_place(token):
            pool = found
        if not pool:
            return None
        order = {"day": 0, "interval": 1, "month": 2, "season": 3, "year": 4}
        best = min(pool, key=lambda d: (abs(d.span[0] - here), order[d.precision]))
        return best

    def _tied(self, token: "Token", verb: "Token") -> bool:
        """Whether a noun is the object, the subject or the occasion of a verb, not what was talked about."""
        if token.head == verb:
            return token.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"}
        return token.head.pos_ == "ADP" and token.head.head == verb and token.head.lower_ not in {"about", "regarding", "of", "on"}

    def _frames(self, token: "Token") -> bool:
        """Whether a visit only says when something else was: "met him during my visit to Beijing in April"."""
        return (
            self.words.nouns.get(token.lemma_.casefold()) == "visit"
            and token.head.pos_ == "ADP"
            and token.head.lower_ in {"during", "on"}
        )

    def _triggers(self, token: "Token") -> bool:
        """Whether a word itself tells an encounter that a time may belong to."""
        lemma = token.lemma_.casefold()
        if token.pos_ in {"NOUN", "PROPN"}:
            return lemma in self.words.nouns and lemma not in _BODIES and token.dep_ not in {"compound", "amod"}
        return token.pos_ == "VERB" and bool({"meet", "travel", "sign"} & set(self.words.verbs.get(lemma, {}).values()))

    def _belongs_elsewhere(self, sentence: Sentence, date: DateFound, token: "Token") -> bool:
        """Whether the time hangs on something else: "since August", "the 2003 agreement", "the meeting follows talks on 7 April"."""
        doc = sentence.paragraph.doc
        span = doc.char_span(
            date.span[0] - sentence.paragraph.start, date.span[1] - sentence.paragraph.start, alignment_mode="expand"
        )
        if span is None or not len(span):
            return False
        head = span.root
        seen = 0
        if any(t.dep_ in {"nmod", "nummod", "compound"} and t.head.i not in range(span.start, span.end) and t.head.pos_ in {"NOUN", "PROPN"} and t.head.i != token.i
               for t in span):  # fmt: skip
            return True
        if (
            head.dep_ in {"compound", "nummod", "amod", "nmod"}
            and head.head.i != token.i
            and head.head.pos_ in {"NOUN", "PROPN"}
        ):
            return True
        while head.head != head and seen < 12:
            head = head.head
            seen += 1
            if head.i == token.i:
                return False
            if head.pos_ == "VERB" and self._triggers(head) and token.pos_ != "VERB" and not self._tied(token, head):
                return True
            kind = self.words.nouns.get(head.lemma_.casefold())
            if kind is not None and head.pos_ in {"NOUN", "PROPN"} and head.i != token.i and head not in token.subtree:
                # the time of a visit is also that of the encounter during it
                return not (
                    kind == "visit"
                    and any(a.lower_ in {"during", "on", "after"} for a in head.ancestors if a.pos_ == "ADP")
                )
            if head.lower_ in {"since", "until", "till"} or any(
                c.lower_ in {"since", "until"} and c.dep_ in {"mark", "prep"} and c.i < head.i
                for c in head.children
                if head.i != token.i and token not in head.subtree
            ):
                return True
            if (
                head.pos_ in {"VERB"}
                and head.dep_ in {"relcl", "acl"}
                and head.lemma_ not in _HOLDING
                and not any(t.i == token.i for t in head.subtree)
                and head.head.i != token.i
            ):
                return True
        return False

    def _status(self, sentence: Sentence, token: "Token", date: DateFound | None) -> str:
        text = sentence.text()
        groups = self.words.groups
        for status in ("postponed", "cancelled"):
            for t in sentence.span:
                if (
                    t.lemma_.casefold() in groups[status]
                    and t.pos_ in {"VERB", "NOUN"}
                    and (token in t.subtree or t in token.subtree)
                ):
                    return status
        if date is not None and date.future is not None:
            return "planned" if date.future else "held"
        if any(
            c.dep_ == "acl" and c.lemma_ == "hold" and c.tag_ == "VBN" and "to" not in {a.lower_ for a in c.children}
            for c in token.children
        ):
            return "held" if date is None or not date.future else "planned"
        if {c.lower_ for c in token.lefts} & {
            "forthcoming",
            "upcoming",
            "planned",
            "scheduled",
            "proposed",
            "next",
            "future",
            "coming",
        }:
            return "planned"
        verbs = [token, *token.ancestors]
        for verb in verbs[:6]:
            if verb.pos_ not in {"VERB", "AUX"}:
                if verb != token and verb.lemma_.casefold() in groups["planned"]:
                    return "planned"
                continue
            auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
            if auxiliaries & {"will", "shall", "'ll", "would", "wo"}:
                return "planned"
            if (
                verb.tag_ == "VB"
                and "to" in auxiliaries
                and verb.head.lemma_ in {"agree", "decide", "commit", "hope", "want", "resolve", "pledge"}
            ):
                return "planned"
            if verb.lemma_.casefold() in groups["planned"] and verb != token and verb.lemma_ not in {"expect", "set"}:
                return "planned"
            if verb.tag_ in {"VBD"} or "have" in {c.lemma_ for c in verb.children if c.dep_ == "aux"}:
                if not re.search(r"(?i)look(s|ed|ing)? forward", text):
                    return "held"
        if re.search(r"(?i)look(s|ed|ing)? forward|scheduled to be held|to be held", text):
            return "planned"
        return "held"

    def _destination(self, paragraph: Paragraph, token: "Token") -> tuple[ActorRef | None, str | None]:
        """The state that a place word stands for, and the place if it is narrower."""
        for part in [token, *(t for t in token.children if t.dep_ in {"appos", "compound"} and t.pos_ == "PROPN")]:
            hit = self._hit(paragraph, part)
            if hit is not None:
                kind, code, text = hit
                if kind == "state":
                    near = self._hit(paragraph, token)
                    place = None
                    if near is not None and near[0] != "state":
                        place = near[2]
                    return state_actor(code, self.ctx.gazetteer), place
                if kind in {"capital", "place", "metonym"} and code:
                    return state_actor(code, self.ctx.gazetteer), text
        return None, None

    def _doer(self, token: "Token") -> "Token | None":
        """The subject of the verb on which a noun of meeting hangs, however loosely."""
        for above in token.ancestors:
            if above.pos_ in {"VERB", "AUX"}:
                return self._subject(above)
        return None

    def _nearby(self, paragraph: Paragraph, token: "Token") -> tuple[ActorRef | None, str | None]:
        """The goal of a visit where the parser hangs "to Russia" on the visitor's title."""
        for i in range(token.i + 1, min(token.i + 14, token.sent.end)):
            word = paragraph.doc[i]
            if word.is_punct or word.pos_ == "VERB":
                break
            if word.lower_ == "to" and word.pos_ == "ADP":
                goal = next((c for c in word.children if c.dep_ == "pobj"), None)
                if goal is not None:
                    return self._destination(paragraph, goal)
        return None, None

    def _hit(self, paragraph: Paragraph, token: "Token") -> tuple[str, str, str] | None:
        return self.ctx.places.get((paragraph.index, token.i))

    def _place(self, sentence: Sentence, token: "Token") -> tuple[str | None, str | None]:
        """Place and state of an encounter: "in Beijing", "at the Great Hall of the People", "here in Baghdad"."""
        paragraph = sentence.paragraph
        pool = list(token.subtree)
        for above in list(token.ancestors)[:3]:
            if above.pos_ in {"VERB", "ADP"}:
                pool += [
                    t for c in above.children for t in (c, *c.children, *(g for d in c.children for g in d.children))
                ]
        place = country = None
        building = False
        for part in sorted({t.i: t for t in pool}.values(), key=lambda t: abs(t.i - token.i)):
            hit = self._hit(paragraph, part)
            if hit is None or part.i == token.i:
                continue
            start = part.i
            while start > 0 and self.ctx.places.get((paragraph.index, start - 1)) == hit:
                start -= 1
            before = [paragraph.doc[i].lower_ for i in range(max(start - 2, 0), start)]
            if not self._locates(part, token):
                continue
            low, high = sorted((part.i, token.i))
            between = [paragraph.doc[i] for i in range(low + 1, high)]
            if part not in token.subtree and any(self._triggers(t) and not self._frames(t) for t in between):
                continue
            if not before or not (before[-1] in {"in", "at", "near", "outside"} or (before[-1] == "the" and before[0] in {"in", "at", "near"})
                                  or (place is not None and before[-1] in {",", "the"})):  # fmt: skip
                continue
            kind, code, text = hit
            if kind == "state":
                country = country or code
            else:
                if place is None or (building and kind != "metonym"):
                    place, building = text, kind == "metonym"
                country = country or code or None
            if place and country and not building:
                break
        if place is None and country is None and self.dateline is not None and any(t.lower_ == "here" for t in pool):
            return self.dateline
        return place, country

    def _locates(self, part: "Token", token: "Token") -> bool:
        """Whether a place hangs on the word of the encounter or its verb, not on a matter of the talks ("events in Gaza")."""
        above = part
        for _ in range(8):
            if above.pos_ == "ADP" and above.dep_ in {"prep", "pcomp"}:
                head = above.head
                if (
                    head == token
                    or head.lemma_.casefold() in self.words.nouns
                    or head.pos_ in {"VERB", "AUX", "ADP", "ADV"}
                    or (head in token.subtree
                    and head.dep_ in {"npadvmod", "compound"})
                ):
                    return True
                if head.pos_ in {"PROPN"} or head.lemma_.lower() in _SITES:
                    above = head
                    continue
                return head in token.ancestors
            if above.head == above:
                return True
            above = above.head
        return False

    def _forum(self, sentence: Sentence, token: "Token") -> str | None:
        """The forum at whose gathering it takes place: "on the margins of the G20", "at the APEC summit"."""
        paragraph = sentence.paragraph
        text = sentence.text()
        if not re.search(r"(?i)\b(margins?|sidelines?|during|at|ahead of|attend)\b", text):
            return None
        for t in sentence.span:
            actor = self.ctx.who(paragraph, t)
            if actor is None or actor.kind != "organisation" or actor.party not in self.ctx.gazetteer.forums:
                continue
            after = paragraph.doc[t.i + 1] if t.i + 1 < len(paragraph.doc) else None
            if (
                after is not None
                and after.pos_ in {"NOUN", "PROPN"}
                and self.ctx.who(paragraph, after) != actor
                and not self._triggers(after)
                and after.lower_ not in {"leaders", "ministerial", "foreign", "economic", "finance", "annual"}
            ):
                continue
            if t.i and paragraph.doc[t.i - 1].text == "-":
                continue
            before = paragraph.doc[max(t.i - 7, 0) : t.i].text.lower()
            if re.search(
                r"\b(margins?|sidelines?) of\b[\w\s'-]*$|\b(at|during|attending) (the |this |an? )?(\w+ )?$",
                before + " ",
            ):
                return actor.party
        return None

    def _invited(self, sentence: Sentence, out: Occurrence) -> None:
        """Add the host of "at the invitation of X" and those of "accompanied by X"."""
        paragraph = sentence.paragraph
        for t in sentence.span:
            wanted = "of" if t.lemma_ == "invitation" else "by" if t.lemma_ == "accompany" else ""
            if not wanted:
                continue
            for _, obj in self._preps(t, wanted):
                for actor in self.actors(paragraph, obj):
                    if actor.kind == "person" and actor.party in out.states and actor not in out.people:
                        out.people.append(actor)

    # -- spans --------------------------------------------------------------------------------------------------------

    def _np_span(self, paragraph: Paragraph, token: "Token", sentence: Sentence) -> Span:
        cut = [c for c in token.children if c.dep_ in {"relcl"}]
        last = token.right_edge.i
        for clause in cut:
            if clause.left_edge.i > token.i:
                last = min(last, clause.left_edge.i - 1)
        doc = paragraph.doc
        while last > token.i and (doc[last].is_punct or doc[last].is_space):
            last -= 1
        return paragraph.start + token.left_edge.idx, paragraph.start + doc[last].idx + len(doc[last])

    def _clause_span(self, sentence: Sentence, verb: "Token") -> Span:
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


def _recurs(token: "Token") -> bool:
    """Whether the words around a noun or verb make it a series: annually, on a regular basis, always."""
    verb = (
        token
        if token.pos_ in {"VERB", "AUX"}
        else next((a for a in token.ancestors if a.pos_ in {"VERB", "AUX"}), token)
    )
    near = [
        t
        for c in verb.children
        if c.dep_ in {"advmod", "npadvmod", "prep"}
        for t in c.subtree
        if abs(t.i - verb.i) < 12
    ]
    text = " ".join(
        t.text
        for t in sorted(
            {t.i: t for t in [*near, *(token.subtree if token != verb else [])]}.values(), key=lambda t: t.i
        )
    )
    return bool(_NEVER.search(text))


def _is_body(token: "Token") -> bool:
    return token.lemma_.lower() in _BODIES | {
        "group",
        "council",
        "dialogue",
        "mechanism",
        "team",
        "body",
        "forum",
        "board",
        "subcommittee",
    }


def _unmixed(actors: list[ActorRef], others: list[ActorRef], met: list[ActorRef]) -> list[ActorRef]:
    """All actors, but of each party that "with" names, only those whom it names."""
    named = {a.party for a in met if a.kind == "person"}
    return [a for a in [*actors, *others] if a.party not in named or a in met or a.kind != "person"]


def _takes_place(token: "Token") -> bool:
    """Whether a noun is what takes place, is held, begins or resumes."""
    verb = token.head
    if token.dep_ not in _SUBJECT or verb.pos_ != "VERB":
        return False
    return verb.lemma_ in _HOLDING - {"take"} or (
        verb.lemma_ == "take" and any(c.lower_ == "place" for c in verb.children)
    )


_CITY = re.compile(
    r"^\s*(?P<city>[A-Z][A-Z .'’-]{2,30}?)(?:,\s*(?P<land>[A-Z][A-Za-z .]{2,24}))?(?:,\s*(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?)?\s*(?:\([^)]{2,30}\)\s*)?(?:--|[-–—:])\s"
)


def _dateline(ctx: DocContext) -> tuple[str | None, str | None] | None:
    """Place and state of "MANILA, July 8 (Agency) -" before the first sentence of a report."""
    for paragraph in ctx.paragraphs[:6]:
        found = _CITY.match(paragraph.doc.text)
        if found and paragraph.kind in {"body", "dateline"}:
            city = found["city"].strip().title()
            land = next((f.label.code for f in ctx.gazetteer.find(found["land"] or "", ("state",))), None)
            return city, land or ctx.gazetteer.state_of_place(city)
    return None


def _flat(actor: ActorRef) -> list[ActorRef]:
    if actor.kind == "group":
        return [a for member in actor.members for a in _flat(member)]
    return [actor]


def _parties(actors: list[ActorRef]) -> set[str]:
    return {a.party for a in actors if a.party and (a.kind != "organisation" or a.party in BODIES)}


def _people(actors: list[ActorRef]) -> list[ActorRef]:
    out: list[ActorRef] = []
    for actor in actors:
        if actor.kind == "person" and actor not in out and actor.party:
            out.append(actor)
    return out


def _modifier_states(ctx: DocContext, paragraph: Paragraph, token: "Token") -> list[str]:
    """Codes of the states in a modifier such as "China-Canada" or "Australian-Malaysian"."""
    codes = []
    for part in token.subtree:
        code = ctx.modifiers.get((paragraph.index, part.i))
        if code:
            codes.append(code)
    return codes
