"""Journeys told by verbs: travelled to, received, hosted, invited to visit."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.encounter_nouns import Nouns
from kg.extract.encounter_words import Occurrence, parties_of, people_of
from kg.extract.model import ActorRef, Paragraph, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

# What of a state travels; "Japan visited" and "they visit in growing numbers" tell no visit.
_TRAVELLERS = {
    *("delegation", "team", "official", "minister", "envoy", "representative", "mission", "leader", "president")
}


class Visits(Nouns):
    """Finds visits told by verbs, of those who travel and of those who receive."""

    def from_verb(
        self, sentence: Sentence, verb: "Token", kind: str, states: set[str], people: list[ActorRef], rule: str
    ) -> Occurrence:
        """An encounter with the time, place and status that hang on its verb."""
        date = self.date_of(sentence, verb, sentence.paragraph.kind == "title")
        place, country = self.place_of(sentence, verb) if kind != "call" else (None, None)
        out = Occurrence(
            kind,
            self.status_of(sentence, verb, date),
            states,
            people,
            self.clause(sentence, verb),
            rule,
            sentence.index,
            date=date.edtf if date else None,
            place=place,
            country=country,
            forum=self.forum_of(sentence, verb),
            explicit=True,
            title=sentence.paragraph.kind == "title",
            loose_date=date is not None and date.rule == "date: relative",
            past=any(c.lower_ in {"had", "last", "previously", "earlier"} for c in verb.children),
        )
        self.invite(sentence, out)
        return out

    def travel(
        self, sentence: Sentence, verb: "Token", lemma: str, doers: list[ActorRef], objects: "list[Token]"
    ) -> Iterator[Occurrence]:
        """The visit of those who travel: "visited X", "is going to X"."""
        paragraph = sentence.paragraph
        persons = [a for a in doers if a.kind == "person"]
        subject = self.subject(verb)
        if not persons and subject is not None and subject.lemma_.lower() in _TRAVELLERS:
            persons = [a for a in doers if a.kind == "state"]
        if not persons:
            return
        goals = (
            objects
            if lemma in {"visit", "tour"}
            else [o for p, o in self.preps(verb) if p in {"to", "in", "at", "for"}]
        )
        for goal in goals:
            hosts = self.actors(paragraph, goal)
            visited, place = self.destination(paragraph, goal)
            if visited is None and lemma in {"come", "go", "return"} and goal.lower_ == "you":
                continue  # we'll come to you
            if visited is None:
                people = [a for a in hosts if a.kind == "person" and a.party not in parties_of(persons)]
                if not people:
                    continue
                states = parties_of(persons) | parties_of(people)
                if len(states) < 2:
                    continue
                found = self.from_verb(
                    sentence, verb, "visit", states, people_of(persons + people), "verb: visit somebody"
                )
                if goal.lower_ in {"us", "me"} and self.voice is not None:
                    found.country, found.visitor = self.voice.party, min(parties_of(persons), default=None)
                    if verb.tag_ in {"VBG", "VBP", "VBZ"} and found.date is None and sentence.turn is not None:
                        found.date, found.status = self.ctx.document.published, "held"
                yield found
                return
            travellers = [a for a in persons if a.party and a.party != visited.party] or [a for a in persons if a.party]
            states = parties_of(travellers) | {visited.party}
            if len(states) < 2:
                if len(travellers) == 1 and lemma == "visit":
                    return
                continue
            out = self.from_verb(sentence, verb, "visit", states, people_of(travellers), f"verb: {lemma}")
            out.place, out.country, out.visitor = place, visited.party, travellers[0].party
            for child in verb.children:  # travel to X to meet with Y
                if child.dep_ in {"xcomp", "advcl", "conj"} and child.lemma_ == "meet":
                    met = [a for _, o in self.preps(child, "with") for a in self.actors(paragraph, o)]
                    met += [a for c in child.children if c.dep_ == "dobj" for a in self.actors(paragraph, c)]
                    out.people += [a for a in people_of(met) if a not in out.people]
            yield out
            return

    def host(
        self, sentence: Sentence, verb: "Token", doers: list[ActorRef], objects: "list[Token]", lemma: str
    ) -> Iterator[Occurrence]:
        """The visit or meeting for which somebody receives, hosts or welcomes somebody."""
        paragraph = sentence.paragraph
        guests = [
            a for o in objects for a in self.actors(paragraph, o) if a.kind == "person" or lemma in {"host", "receive"}
        ]
        guests = [a for a in guests if a.party and a.party not in parties_of(doers)]
        if not objects and lemma == "receive" and doers:
            guests = self._guest(paragraph, verb, doers)
        if lemma == "invite":
            self._invited(sentence, verb, doers, guests)
            return
        if not guests or not doers:
            return
        if objects and objects[0].lemma_ in self.words.nouns:
            return
        if lemma in {"receive", "host"} and not any(a.kind == "person" for a in guests):
            return
        states = parties_of(doers) | parties_of(guests)
        visited, place = None, None
        for _, obj in self.preps(verb, "to"):
            found = self.destination(paragraph, obj)
            if found[0] is not None and not (found[1] or "").endswith("House"):
                visited, place = found
        on_visit = any(self.words.nouns.get(t.lemma_.casefold()) == "visit" for t in verb.subtree)
        report = self.frame.kind == "third-person" and sentence.paragraph.kind != "title"
        kind = "visit" if on_visit or visited is not None or (lemma == "welcome" and not report) else "meeting"
        out = self.from_verb(sentence, verb, kind, states, people_of(doers + guests), f"verb: {lemma}")
        home = parties_of(doers)
        if kind == "visit":
            out.country = (visited.party if visited else None) or (min(home) if len(home) == 1 else None)
            out.place = place or out.place
            out.visitor = min(parties_of(guests), default=None)
        out.host = min(home) if len(home) == 1 else None
        now = sentence.turn is not None and not any(
            t.tag_ == "VBD" or t.lower_ in {"will", "soon"} for t in [verb, verb.head, *verb.children]
        )
        if now and out.date is None and lemma == "welcome" and "look" not in {t.lemma_ for t in verb.ancestors}:
            out.date, out.status = self.ctx.document.published, "held"
        yield out

    def _invited(self, sentence: Sentence, verb: "Token", doers: list[ActorRef], guests: list[ActorRef]) -> None:
        """Keep the visit of "A invited B to visit Lima in May" until the text says that B accepted."""
        for goal in verb.children:
            travels = "travel" in self.words.verbs.get(goal.lemma_, {}).values()
            if goal.dep_ not in {"xcomp", "ccomp", "advcl"} or not travels:
                continue
            places = [c for c in goal.children if c.dep_ == "dobj"] + [o for _, o in self.preps(goal, "to")]
            for place in places:
                visited, where = self.destination(sentence.paragraph, place)
                if visited is None or not people_of(guests) or visited.party in parties_of(guests):
                    continue
                states = parties_of(guests) | {visited.party}
                people = people_of([*guests, *(a for a in doers if a.party in states)])
                out = self.from_verb(sentence, goal, "visit", states, people, "verb: invite, accepted")
                out.place, out.country, out.visitor = where, visited.party, guests[0].party
                out.status, out.loose_date = "planned", True
                self.invited = out

    def _guest(self, paragraph: Paragraph, verb: "Token", doers: list[ActorRef]) -> list[ActorRef]:
        """Whom "received today at the headquarters the Minister of A, B" names, where the parser finds no object."""
        for token in verb.doc[verb.i + 1 : verb.sent.end]:
            if token.lower_ in {"to", "between", "with", "by", "from", "of", "for"}:
                break
            actor = self.ctx.who(paragraph, token)
            if actor is not None and actor.kind == "person" and actor.party and actor.party not in parties_of(doers):
                return [actor]
        return []
