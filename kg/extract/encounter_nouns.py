"""Encounters told by nouns: "my meeting with X", "his visit to Y", "the signing of Z"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import reality
from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.cues import lexicon
from kg.extract.encounter_company import tells_who_came, told_there
from kg.extract.encounter_signing import Signing
from kg.extract.encounter_words import (
    ONCE,
    Occurrence,
    flat,
    is_body,
    modifier_states,
    parties_of,
    people_of,
    recurs,
    takes_place,
    unmixed,
)
from kg.extract.frames import state as state_actor
from kg.extract.model import ActorRef, DateFound, Paragraph, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


class Nouns(Signing):
    """Finds encounters told by nouns."""

    def noun(self, sentence: Sentence, token: "Token") -> Iterator[Occurrence]:
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
            token.text[:1].isupper()
            and lemma in {"committee", "commission", "dialogue", "session"}
            and not self._held(token)
        ):
            return
        if lemma in {"committee", "commission"} and not self._held(token):
            return
        if self._is_forum(sentence.paragraph, token) or reality.is_undone(token):
            return
        if kind == "signing":
            yield from self.signing(sentence, token)
            return
        occurrence = self._noun_occurrence(sentence, token, kind)
        if occurrence is not None:
            yield occurrence
            if kind == "visit":
                yield from self._second_visit(sentence, token, occurrence)

    def _retold(self, paragraph: Paragraph, token: "Token", actors: list[ActorRef]) -> bool:
        """Whether one of those who talked tells of it: "A said after talks with B"."""
        doer = self.doer(token)
        if doer is None or token.dep_ != "pobj" or token.head.lower_ not in {"after", "following", "during", "in"}:
            return False
        told = {a.party for a in people_of(self.actors(paragraph, doer))}
        return bool(told and people_of(actors) and not told & parties_of(actors))

    def _theirs(self, paragraph: Paragraph, token: "Token", owner: "Token") -> list[ActorRef]:
        """Who "they" of "their meeting" are, where the clause has several for its subject."""
        doer = self.doer(token) if owner.lower_ == "their" else None
        group = self.ctx.who(paragraph, doer) if doer is not None else None
        several = group is not None and group.kind == "group" and len(group.parties) > 1
        return flat(group) if several and group is not None else []

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
        if self.last is not None and sentence.index - self.last.sentence <= 3:
            if tells_who_came(self, paragraph, token):
                return None
        lefts = {c.lower_ for c in token.lefts} | {c.lower_ for t in token.lefts for c in t.children}
        if token.lower_.endswith("s") and token.lemma_.lower() in {"talk", "discussion", "negotiation", "consultation"}:
            plural, talks = False, True
        else:
            talks = False
            plural = token.tag_ in {"NNS", "NNPS"}
        series = bool(lefts & self.words.groups["series"]) or recurs(token)
        actors: list[ActorRef] = []
        visited: ActorRef | None = None
        explicit = False
        verb = token.head if token.dep_ in {"dobj", "attr", "nsubjpass", "pobj", "conj", "nsubj"} else None
        if verb is not None and verb.pos_ == "ADP":
            verb = verb.head
        for child in token.lefts:
            if child.dep_ == "poss":
                actors += self._theirs(paragraph, token, child) or self.actors(paragraph, child)
                explicit = explicit or child.pos_ != "PRON"
            elif child.dep_ in {"compound", "amod", "nmod"}:
                actors += [
                    state_actor(code, self.ctx.gazetteer) for code in modifier_states(self.ctx, paragraph, child)
                ]
        dest_place = None
        elsewhere = False
        for prep, obj in self.preps(token):
            found = self.all_named(paragraph, obj)
            if prep in {"with", "between", "among"} and not found and not title and kind != "visit":
                return None  # with business leaders, between opinion makers
            if (
                prep in {"with", "between", "by", "among"}
                or (prep == "on" and token.lemma_ == "call")
                or (prep == "of" and kind != "signing")
            ):
                if prep == "of":  # a meeting of A with B, where the parser hangs "with" on A
                    found += [a for _, inner in self.preps(obj, "with") for a in self.actors(paragraph, inner)]
                if prep == "of":  # the next meeting of the Forum
                    found = [a for a in found if a.kind != "organisation" or a.party in self.frame.parties]
                actors += found
                explicit = explicit or bool(parties_of(found))
            elif prep == "to" and kind == "visit" and visited is None:
                visited, dest_place = self.destination(paragraph, obj)
                elsewhere = visited is None
                explicit = True
        if kind == "visit" and visited is None and not elsewhere:
            visited, dest_place = self.nearby(paragraph, token)
            explicit = explicit or visited is not None
        if elsewhere:  # to our troops, to the hospital
            return None
        with_verb: list[ActorRef] = []
        if verb is not None and verb.pos_ in {"VERB", "AUX"}:
            light = verb.lemma_.casefold() in self.words.groups["light"] or verb.lemma_ in {
                "be",
                "discuss",
                "welcome",
            }
            staying = verb.lemma_ == "be" and token.head.lower_ == "on"  # who is on a visit to
            adjunct = token.dep_ == "pobj" and token.head.lower_ not in {"in", "with", "to", "into"} and not staying
            if token.dep_ in {"dobj", "pobj"} and light and not adjunct:
                subject = self.subject(verb)
                if subject is not None:
                    with_verb += self.all_named(paragraph, subject)
                for _, obj in self.preps(verb, "with"):
                    with_verb += self.all_named(paragraph, obj)
            if token.dep_ == "nsubjpass":
                for _, obj in self.preps(verb, "by", "with", "between"):
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
                    if part.dep_ in NOUN_SUBJECTS:
                        with_verb += self.actors(paragraph, part)
                for _, obj in self.preps(child, "by", "with", "between"):
                    with_verb += self.actors(paragraph, obj)
        if any(p == "of" and is_body(o) for p, o in self.preps(token)):
            with_verb = [
                state_actor(c, self.ctx.gazetteer) for c in sorted(parties_of(with_verb))
            ]  # their commission meets, not they
        if verb is not None and token.dep_ == "dobj" and not with_verb and self.called_off(sentence, token):
            agents = [a for p, o in self.preps(token) if p in {"by", "of"} for a in self.actors(paragraph, o)]
            subject = self.subject(verb)
            if subject is not None and not people_of([*agents, *actors]):
                with_verb = self.all_named(paragraph, subject)  # A put off a visit to B
        explicit = explicit or len({a.party for a in people_of(with_verb)}) > 1
        actors = unmixed(
            actors, with_verb, [a for p, o in self.preps(token, "with") for a in self.actors(paragraph, o)]
        )
        if kind == "visit" and visited is None and not title:
            if plural or (token.lower_ == "stay" or token.lower_ == "tour"):
                return None
        states = parties_of(actors)
        if visited is not None and visited.party:
            states.add(visited.party)
        own_name = token.text[:1].isupper() and not token.is_sent_start and not title and not sentence.text().isupper()
        of_forum = any(
            (a := self.ctx.who(paragraph, c)) is not None and a.kind == "organisation" and a.party not in states
            for c in [*token.lefts, *(o for p, o in self.preps(token) if p in {"under", "in", "of"})]
        )
        lemma = token.lemma_.lower()
        fields = any(lexicon().of(word) & {"mechanism-field", "mechanism-quality"} for word in lefts)
        if lemma == "dialogue" and fields and not takes_place(token) and not any(c.dep_ == "poss" for c in token.lefts):
            if self.date_of(sentence, token, title) is None:
                return None  # a strategic dialogue is a mechanism
        if lemma in self.words.groups["occasion"] and len(states) < 2 and not title:
            return None
        bare = token.tag_ == "NN" and not any(
            c.dep_ in {"det", "poss", "nummod", "compound", "nmod"} or c.lower_ in {"bilateral", "first"}
            for c in token.lefts
        )
        if bare and not title and not talks and kind == "meeting" and not explicit:
            return None  # dialogue as such
        if (own_name or of_forum or kind == "summit") and not explicit and len(states) < 2 and "bilateral" not in lefts:
            return None  # a gathering with a name of its own, the Leaders Summit on Climate
        date = self.date_of(sentence, token, title)
        definite = bool(lefts & ONCE) or title
        if visited is None and kind == "visit" and lefts & ONCE and states:
            states |= set(self.frame.parties) if states <= set(self.frame.parties) else set()
        if plural and takes_place(token):
            plural = False
        named = explicit and len(parties_of(actors)) > 1
        if talks and date is None and not (with_verb or takes_place(token) or lefts & ONCE or title):
            if len({a.party for a in people_of(actors)}) < 2 and not self._retold(paragraph, token, actors):
                return None
        if (
            (series or plural)
            and not (date is not None and not series and (named or not plural))
            and not (explicit and not plural and lefts & ONCE)
        ):
            if not ((kind == "visit" and any(p == "by" for p, _ in self.preps(token))) or title):
                return None
        if (
            len(states) < 2
            and any(p in {"with", "on"} for p, _ in self.preps(token))
            and not any(c.dep_ == "poss" for c in token.lefts)
        ):
            doer = self.doer(token)  # arrived for talks with X, said after a meeting with X
            more = self.actors(paragraph, doer) if doer is not None else []
            if parties_of(more) and not parties_of(more) & states:
                actors = [*actors, *more]
                states |= parties_of(more)
        if len(states) < 2 and not title and kind != "visit":
            actors += told_there(self, paragraph, token)
            states |= parties_of(actors)
        before = self.journey
        if len(states) == 1 and visited is not None and before is not None and before.visitor not in {None, *states}:
            if sentence.index - before.sentence <= 1 and self.called_off(sentence, token):
                actors = [a for a in before.people if a.party == before.visitor]  # another trip of the same traveller
                states |= parties_of(actors)
        if len(states) < 2:
            concrete = definite or bool(with_verb) or takes_place(token)
            states = self._complete(states, sentence, token, date, concrete, explicit, title)
        if len(states) < 2:
            return None
        if kind == "summit" and len(states) == 2 and not explicit:
            kind = "meeting" if not title else kind
        people = people_of(actors)
        if (
            title
            and self.voice is not None
            and self.voice.party in states
            and not any(a.party == self.voice.party for a in people)
        ):
            if kind != "visit" or (visited is not None and visited.party != self.voice.party and not people):
                people.append(self.voice)
        coming = lefts & {"upcoming", "forthcoming", "planned", "scheduled", "coming"}
        if verb is not None and verb.lemma_ in {"discuss"} and token.dep_ == "dobj" and not coming:
            return None
        place, country = (dest_place, visited.party) if visited is not None else self.place_of(sentence, token)
        if place and kind == "visit" and visited is not None and place == self.ctx.gazetteer.names.get(visited.party):
            place = None
        visitor = (
            next((a.party for a in actors if visited is None or a.party != visited.party), None)
            if kind == "visit"
            else None
        )
        status = self.status_of(sentence, token, date)
        vague = date is None or date.precision == "year"
        if status == "planned" and vague and token.lemma_.lower() == "negotiation":
            return None  # to begin negotiations is an undertaking
        out = Occurrence(
            kind,
            status,
            states,
            people,
            self.phrase(paragraph, token, sentence),
            f"noun: {token.lemma_.lower()}",
            sentence.index,
            date=date.edtf if date else None,
            place=place,
            country=country,
            forum=self.forum_of(sentence, token),
            visitor=visitor,
            explicit=explicit,
            definite=definite,
            title=title,
        )
        if token.dep_ == "nsubjpass" and verb is not None and verb.lemma_ == "host":
            hosts = [a.party for _, o in self.preps(verb, "by") for a in self.actors(paragraph, o) if a.party]
            out.host = hosts[0] if hosts else None
            out.country = out.country or out.host
        if kind == "visit" and plural:
            out.key = "several"
        elif kind == "visit" and visited is None and not title and not any(c.dep_ == "poss" for c in token.lefts):
            told = any(p in {"of", "by"} for p, _ in self.preps(token)) or sentence.turn is not None
            out.key = out.key if told and token.lemma_.lower() == "visit" else "back"
        self.invite(sentence, out)
        if token.dep_ == "nsubjpass":
            self._attended(sentence, out)
        if kind == "visit" and out.country is not None:
            self._hosts(sentence, token, out)
        return out

    def _attended(self, sentence: Sentence, out: Occurrence) -> None:
        """Who is named by "chaired by A and attended by B" beside "the meeting was held"."""
        for word in sentence.span:
            if word.tag_ == "VBN" and word.lemma_ in {"chair", "attend", "lead", "head"}:
                for _, obj in self.preps(word, "by"):
                    named = self.all_named(sentence.paragraph, obj)
                    out.people += [a for a in people_of(named) if a not in out.people]

    def _hosts(self, sentence: Sentence, token: "Token", out: Occurrence) -> None:
        """Who acted with the visitor "during my visit to China, Premier Wen and I announced"."""
        prep = token.head
        if prep.pos_ != "ADP" or prep.lower_ not in {"during", "on", "at"} or prep.head.pos_ != "VERB":
            return
        subject = self.subject(prep.head)
        group = self.ctx.who(sentence.paragraph, subject) if subject is not None else None
        if group is not None and group.kind == "group" and set(group.parties) == out.states:
            out.people += [a for a in people_of(flat(group)) if a not in out.people]

    def _second_visit(self, sentence: Sentence, token: "Token", first: Occurrence) -> Iterator[Occurrence]:
        """ "Visits to A by X and to B by Y": the second pair."""
        paragraph = sentence.paragraph
        for prep in token.subtree:
            if prep.lower_ != "to" or prep.pos_ != "ADP" or prep.head == token or prep.i < token.i:
                continue
            if not (prep.dep_ in {"conj", "prep"} and prep.head.pos_ in {"ADP", "PROPN", "NOUN"}):
                continue
            objects = [c for c in prep.children if c.dep_ == "pobj"]
            visited, place = self.destination(paragraph, objects[0]) if objects else (None, None)
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
            states = parties_of(agents) | {visited.party}
            if len(states) > 1:
                end = max(t.i for t in prep.subtree)
                span = (paragraph.start + prep.idx, paragraph.start + paragraph.doc[end].idx + len(paragraph.doc[end]))
                yield Occurrence(
                    "visit",
                    first.status,
                    states,
                    people_of(agents),
                    span,
                    "noun: second visit",
                    sentence.index,
                    place=place,
                    country=visited.party,
                    visitor=min(parties_of(agents)),
                    explicit=True,
                    key="several",
                )

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
        aloud = sentence.turn is not None and not bilateral  # who speaks may mean talks at home
        if not states and definite and not aloud and (date is not None or bilateral or title):
            return parties
        return states
