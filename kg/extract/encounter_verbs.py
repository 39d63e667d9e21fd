"""Encounters told by verbs: met with, spoke to, travelled to, welcomed, signed, "is here with"."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import clauses, reality, speakers
from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.cues import lexicon
from kg.extract.encounter_company import in_attendance
from kg.extract.encounter_visits import Visits
from kg.extract.encounter_words import (
    Occurrence,
    flat,
    is_body,
    modifier_states,
    parties_of,
    people_of,
    recurs,
)
from kg.extract.frames import BODIES
from kg.extract.frames import state as state_actor
from kg.extract.model import ActorRef, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN_PERSON = re.compile(r"(?i)\b(meeting|visit|talks|summit)\b")
_MARGINS = re.compile(r"(?i)\b(margins?|sidelines?)\b")
_PHONES = {"telephone", "phone", "call", "video", "videoconference"}


class Verbs(Visits):
    """Finds encounters told by verbs."""

    def verb(self, sentence: Sentence, verb: "Token") -> Iterator[Occurrence]:
        lemma = verb.lemma_.casefold()
        if lemma == "be":
            due = next((c for c in verb.children if c.lower_ == "due" and c.dep_ in {"acomp", "attr"}), None)
            yield from self._being(sentence, verb) if due is None else self._expected(sentence, verb, due)
            return
        classes = self.words.verbs.get(lemma)
        if lemma == "convene" and not any(c.dep_ == "dobj" for c in verb.children):
            lemma, classes = "meet", self.words.verbs.get("meet")  # the leaders convened in X
        if lemma in {"chair", "co-chair"}:  # co-chaired the forum with B
            lemma, classes = "co-chair", {"with": "meet"}
        if lemma == "expect":
            yield from self._expected(sentence, verb, verb)
            return
        if not classes or recurs(verb):
            return
        hoped = verb.dep_ == "ccomp" and lexicon().has(verb.head.lemma_.lower(), "belief")
        if hoped and "travel" in classes.values() and verb.head.lemma_ != "expect":
            return  # we hope that you will visit us again
        if reality.is_undone(verb) or clauses.is_hypothetical(verb):
            return
        kinds = set(classes.values())
        paragraph = sentence.paragraph
        subject = self.subject(verb)
        doers = self.all_named(paragraph, subject) if subject is not None else []
        if subject is not None and (group := speakers.listed(self.ctx, sentence, subject, None)) is not None:
            doers += [a for a in flat(group) if a.party not in parties_of(doers)]
        if not doers and subject is not None and any(t.lower_ == "two" for t in (subject, *subject.lefts)):
            if self.last is not None and sentence.index - self.last.sentence <= 1 and len(self.last.people) == 2:
                doers = list(self.last.people)  # the two last met in December
        passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
        objects = [c for c in verb.children if c.dep_ == "dobj"]
        withs = [obj for _, obj in self.preps(verb, "with")]
        if "sign" in kinds and passive and subject is not None and not objects:
            agents = [a for _, o in self.preps(verb, "by", "between") for a in self.all_named(paragraph, o)]
            yield from self._signed(sentence, verb, agents, [subject])
            return
        if "sign" in kinds and objects:
            yield from self._signed(sentence, verb, doers, objects)
            return
        if "travel" in kinds:
            yield from self.travel(sentence, verb, lemma, doers, objects)
            return
        if "host" in kinds and not passive:
            yield from self.host(sentence, verb, doers, objects, lemma)
            return
        if lemma == "receive" and passive:
            agents = [a for _, o in self.preps(verb, "by") for a in self.all_named(paragraph, o)]
            states = parties_of(doers) | parties_of(agents)
            if len(states) > 1 and people_of(agents) and people_of(doers):
                found = self.from_verb(sentence, verb, "meeting", states, people_of(doers + agents), "verb: receive")
                home = parties_of(agents)
                found.host = min(home) if len(home) == 1 else None
                yield found
            return
        other: list[ActorRef] = []
        rule = "verb: " + lemma
        kind = "meeting"
        if "meet" in kinds or "speak" in kinds:
            preps = {p for p in classes if p}
            by_phone = [o for p, o in self.preps(verb, "by", "over", "on", "via") if o.lemma_.lower() in _PHONES]
            for prep, obj in [*self.preps(verb), *(x for o in by_phone for x in self.preps(o, "with", "to"))]:
                if prep == "with" and in_attendance(obj):
                    continue
                if prep == "with" or (prep in {p.split()[-1] for p in preps} and "speak" in kinds):
                    other += self.all_named(paragraph, obj)
            if "" in classes and classes.get("") in {"meet", "speak"} and lemma not in {"join", "see"}:
                for obj in objects:
                    other += self.all_named(paragraph, obj)
            if lemma == "co-chair":
                for obj in objects:
                    other += [a for _, o in self.preps(obj, "with") for a in self.all_named(paragraph, o)]
            if lemma == "join" and any(n.lemma_ in self.words.nouns for _, n in self.preps(verb, "for", "at", "in")):
                for obj in objects:
                    other += self.actors(paragraph, obj)
            if lemma in {"speak", "call", "phone", "telephone", "ring"}:
                phone = (
                    any(t.lemma_ in {"phone", "telephone", "call", "video"} for t in verb.subtree) or lemma != "speak"
                )
                readout = self.frame.kind == "third-person" and not _IN_PERSON.search(self.title)
                last = self.last  # who has just met speaks face to face
                if last is not None and last.kind != "call" and sentence.index - last.sentence <= 2 and not last.title:
                    readout = readout and not parties_of(doers) <= last.states
                kind = "call" if phone or readout else "meeting"
                if lemma == "call" and any(c.dep_ == "prep" and c.lower_ == "on" for c in verb.children):
                    hosts = [
                        a for _, o in self.preps(verb, "on") for a in self.actors(paragraph, o) if a.kind == "person"
                    ]
                    asks = any(c.dep_ in {"xcomp", "ccomp", "advcl"} and c.tag_ == "VB" for c in verb.children)
                    if not hosts or asks or not any(a.kind == "person" for a in doers):
                        return
                    other, kind, objects = hosts, "meeting", []
                elif (
                    lemma == "call"
                    and any(o.pos_ == "PRON" for o in objects)
                    and any(p == "to" for p, _ in self.preps(verb))
                ):
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
                met = [a for o in objects for a in self.all_named(paragraph, o) if a.kind == "person"]
                if not met or not people_of(doers) or any(c.dep_ in {"ccomp", "xcomp", "oprd"} for c in verb.children):
                    return
                other += met  # was to see his counterpart
        if "discuss" in kinds and not other and verb.dep_ == "relcl":
            return  # issues which we discussed with X
        side_by_side = lemma in {"talk", "confer"} and len(parties_of(doers)) > 1  # this morning we talked
        if "discuss" in kinds and not other and not side_by_side:
            for obj in withs:
                other += self.actors(paragraph, obj)
            for obj in objects:
                if obj.lemma_.casefold() in self.words.nouns:
                    continue  # discussed their talks with X: the noun tells it
                for _, inner in self.preps(obj, "with"):
                    other += [a for a in self.actors(paragraph, inner) if a.kind == "person"]
            if not any(a.kind == "person" for a in other):
                return
        if not other and {"meet", "speak"} & kinds:
            other = self.after_with(paragraph, verb)
        if self.frame.kind == "joint" and lemma == "meet" and any(t.lower_ == "we" for t in sentence.span[:3]):
            doers += [state_actor(c, self.ctx.gazetteer) for c in self.frame.parties if c not in parties_of(doers)]
        actors = doers + other
        if lemma == "meet" and subject is not None and not objects and is_body(subject):
            yield from self._body_met(sentence, verb, subject)
            return
        together = {"meet", "speak", "talk", "confer"}
        if not other and lemma in together and len(parties_of(doers)) > 1 and (lemma == "meet" or not objects):
            pass
        elif not other:
            return
        if lemma in {"speak", "talk"} and any(o.lower_ == "you" for p, o in self.preps(verb) if p in {"with", "to"}):
            return  # speaking with you now
        if lemma in {"join", "see"} and objects and not any(self.actors(paragraph, o) for o in objects):
            return  # join hands, see a chance
        if lemma == "meet" and objects and not parties_of(other):
            return  # meet a need, meet the challenge
        if not doers:
            actors = self._implied(sentence, verb) + actors
        if lemma == "negotiate" and not people_of(other):
            return  # who negotiates with whom tells of no one meeting
        states = parties_of(actors)
        if len(states) == 1 and self.voice is not None and self.voice.party not in states and not doers:
            states.add(self.voice.party)
        if len(states) < 2:
            return
        found = self.from_verb(sentence, verb, kind, states, people_of(actors), rule)
        if found.forum and lemma == "speak" and _MARGINS.search(sentence.text()):
            found.kind = "meeting"  # on the sidelines of a summit people speak face to face
        yield found

    def _expected(self, sentence: Sentence, verb: "Token", word: "Token") -> Iterator[Occurrence]:
        """ "The Prime Minister is expected (is due) in Rabat next month": a visit to come."""
        guest = next((c for c in verb.children if c.dep_ in NOUN_SUBJECTS), None)
        if guest is None or any(c.dep_ in {"xcomp", "ccomp"} for c in [*verb.children, *word.children]):
            return
        if word == verb and guest.dep_ != "nsubjpass":
            return
        persons = [a for a in self.all_named(sentence.paragraph, guest) if a.kind == "person"]
        for _, goal in [*self.preps(word, "in", "at"), *(self.preps(verb, "in", "at") if word != verb else ())]:
            visited, place = self.destination(sentence.paragraph, goal)
            if visited is None or not persons or visited.party in parties_of(persons):
                continue
            states = parties_of(persons) | {visited.party}
            out = self.from_verb(sentence, verb, "visit", states, people_of(persons), "verb: expect")
            out.place, out.country, out.visitor = place, visited.party, persons[0].party
            out.status = "planned"
            yield out
            return

    def _body_met(self, sentence: Sentence, verb: "Token", subject: "Token") -> Iterator[Occurrence]:
        """ "The A-B Trade Council met on 5 December": its parties, whom it names or whose document this is."""
        states = {c for t in subject.subtree for c in modifier_states(self.ctx, sentence.paragraph, t)}
        states |= {a.party for t in subject.subtree for a in self.actors(sentence.paragraph, t) if a.party in BODIES}
        shared = sentence.turn is None or bool({c.lower_ for c in subject.subtree} & {"joint", "bilateral", "mixed"})
        if len(states) < 2 and shared and len(self.frame.parties) == 2 and states <= set(self.frame.parties):
            states = set(self.frame.parties)
        if len(states) > 1:
            yield self.from_verb(sentence, verb, "meeting", states, [], "verb: a body meets")

    def _implied(self, sentence: Sentence, verb: "Token") -> list[ActorRef]:
        """The subject of "meeting with X" and the like: that of the sentence, or who says I."""
        head = verb
        while head.head != head:
            head = head.head
            for child in head.children:
                if child.dep_ in NOUN_SUBJECTS:
                    found = self.actors(sentence.paragraph, child)
                    if found:
                        return found
        return [self.voice] if self.voice is not None else []

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
        place, country = self.place_of(sentence, verb)
        kind = "visit" if country and country != self.voice.party else "meeting"
        out = self.from_verb(
            sentence,
            verb,
            kind,
            {self.voice.party} | parties_of(other),
            [self.voice, *people_of(other)],
            "be here with",
        )
        out.date, out.status = out.date or self.ctx.document.published, "held"
        out.place, out.country = place, country
        out.visitor = self.voice.party if kind == "visit" else None
        yield out

    def _signed(
        self, sentence: Sentence, verb: "Token", doers: list[ActorRef], objects: "list[Token]"
    ) -> Iterator[Occurrence]:
        from kg.extract.instruments import is_instrument

        thing = objects[0]
        if not is_instrument(self.ctx.gazetteer, thing) or (
            thing.tag_ in {"NNS", "NNPS"} and len(parties_of(doers)) < 2
        ):
            return
        passive = thing.dep_ == "nsubjpass"
        if verb.lemma_ == "conclude" or (not doers and not passive):
            return
        withs = [a for t in (verb, thing) for _, o in self.preps(t, "with") for a in self.actors(sentence.paragraph, o)]
        withs += [a for _, o in self.preps(thing, "between") for a in self.actors(sentence.paragraph, o)]
        states = parties_of(doers + withs)
        if len(states) < 2 and not (passive and not states):
            return
        yield from self.signature(sentence, verb, thing, doers + withs, "verb: sign")
