"""Who else was at an encounter: joined or accompanied by, also present, took part, sat in, "with B in attendance"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract import clauses, reality
from kg.extract.clauses import NOUN_SUBJECTS
from kg.extract.companions import GROUP
from kg.extract.cues import lexicon
from kg.extract.encounter_actors import Actors
from kg.extract.encounter_words import Occurrence, flat, modifier_states, parties_of, people_of
from kg.extract.model import ActorRef, Paragraph, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITH_THEM = {"join", "accompany", "flank"}
_TAKING_PART = {"attend": {"dobj"}, "participate": {"in"}, "take": {"in"}, "sit": {"in", "on"}, "join": {"dobj"}}
_LISTING = {"include", "comprise"}
_VERBS = _WITH_THEM | _TAKING_PART.keys() | _LISTING
_THERE = {"present", "attending", "attendance", "participating", "table", "room"}
_ANY = re.compile(
    r"(?i)\b(?:join|accompan|flank|attend|particip|part\b|s[ai]t\b|sits\b|sitting|includ|compris|presen|room|table)"
)
_ROOM = {"side", "table", "room", "delegation"}
_PRONOUNS = {"them", "him", "her", "both", "two", "leaders", "pair"}


def add(finder: Actors, sentence: Sentence, found: list[Occurrence], before: Occurrence | None) -> bool:
    """Give the encounter at hand those whom a sentence names as also there: one that it tells, else the one before.

    Returns whether anybody was added.
    """
    added = False
    for people in _named(finder, sentence):
        names = {p.name for p in people}
        here = [o for o in found if not names <= {a.name for a in o.people}]
        target = next(iter(here), before)
        if target is None or target.status == "cancelled":
            continue
        for person in people:
            if person.party and all(_family(a) != _family(person) for a in (*target.people, *target.guests)):
                (target.people if person.party in target.states else target.guests).append(person)
                added = True
    return added


def tells_who_came(finder: Actors, paragraph: Paragraph, noun: "Token") -> bool:
    """Whether "the talks" of "B attended the talks" only say where B was, and tell of no further encounter."""
    if not any(c.lower_ in {"the", "their", "that", "this", "these"} for c in noun.lefts):
        return False
    if any(p in {"with", "between", "by", "to", "of"} for p, _ in finder.preps(noun)) or _is_abroad(
        finder, paragraph, noun
    ):
        return False
    verb = noun.head if noun.dep_ in {"dobj", "nsubjpass"} else noun.head.head
    leads = "dobj" if noun.dep_ in {"dobj", "nsubjpass"} else noun.head.lower_
    return clauses.is_verb(verb) and leads in _TAKING_PART.get(verb.lemma_.lower(), ())


def in_attendance(noun: "Token") -> bool:
    """Whether "with B" only says that B was there: "with B in attendance"."""
    return any(t.lower_ in {"attendance", "present"} for t in noun.head.subtree)


def told_there(finder: Actors, paragraph: Paragraph, token: "Token") -> list[ActorRef]:
    """The two of "in a meeting on Tuesday, A told B that"."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ not in {"in", "at", "during"} or prep.head.pos_ != "VERB":
        return []
    if not lexicon().has(prep.head.lemma_.lower(), "address"):
        return []
    subject = finder.subject(prep.head)
    objects = [c for c in prep.head.children if c.dep_ in {"dobj", "dative"}]
    one = people_of(finder.all_named(paragraph, subject)) if subject is not None else []
    other = people_of([a for o in objects for a in finder.all_named(paragraph, o)])
    return [*one, *other] if one and other and not parties_of(one) & parties_of(other) else []


def _family(person: ActorRef) -> str:
    return person.name.split()[-1].casefold()


def _named(finder: Actors, sentence: Sentence) -> Iterator[list[ActorRef]]:
    """Those whom each word of company in a sentence names."""
    if not _ANY.search(finder.ctx.text, sentence.start, sentence.end):
        return
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if lemma in _VERBS and clauses.is_verb(token) and not _is_open(token):
            if token.tag_ == "VBN" and lemma in _WITH_THEM | {"attend"}:
                yield from _by(finder, sentence, token)
            elif lemma in _WITH_THEM | _TAKING_PART.keys() and _is_at(finder, sentence.paragraph, token):
                subject = finder.subject(token)
                yield _people(finder, sentence, subject.subtree if subject is not None and subject.i < token.i else ())
            elif lemma in _LISTING:
                yield from _delegation(finder, sentence, token)
        opens = token.lower_ == "accompanying" and token.i - sentence.span.start < 2  # Accompanying A was B
        if token.lower_ in _THERE or opens:
            yield from _there(finder, sentence, token)
        elif token.lower_ == "presence" and token.head.lower_ == "in":
            yield _people(finder, sentence, token.subtree)


def _is_open(verb: "Token") -> bool:
    """Whether what a verb tells is not asserted."""
    return bool(reality.standing(verb)) or clauses.is_hypothetical(verb)


def _by(finder: Actors, sentence: Sentence, verb: "Token") -> Iterator[list[ActorRef]]:
    """Whom "joined by", "accompanied by" or "attended by" names; of those joined, who has no state has theirs."""
    paragraph = sentence.paragraph
    whom = next((c for c in verb.children if c.dep_ == "nsubjpass"), verb.head if verb.dep_ == "acl" else None)
    if whom is None and verb.dep_ in {"advcl", "ccomp", "conj"}:
        whom = finder.subject(verb.head)
    if verb.lemma_ == "attend" and (whom is None or not _is_meeting(finder, paragraph, whom)):
        return
    named = whom is not None and whom.pos_ != "PRON"  # whom a pronoun means has been weighed for the persons already
    joined = finder.ctx.who(paragraph, whom) if whom is not None and named and verb.lemma_ != "attend" else None
    party = joined.party if joined is not None and joined.kind == "person" else ""
    for by in verb.children:
        if by.lower_ == "by" and by.pos_ == "ADP":
            doc, end = verb.doc, sentence.span.end
            yield _people(finder, sentence, doc[by.i : _clause_end(doc[by.i : end], end)], party)


def _is_at(finder: Actors, paragraph: Paragraph, verb: "Token") -> bool:
    """Whether a verb says that its subject was at the talks, or with those who held them."""
    lemma = verb.lemma_.lower()
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    goals = list(objects)
    if lemma == "take":
        if not any(c.lower_ == "part" for c in objects):
            return False
        goals = []
    if lemma == "sit" and not any(c.lower_ in {"in", "alongside"} for c in verb.children):
        return False
    leads = _TAKING_PART.get(lemma, set())
    for above in (verb, *(c for c in verb.children if c.lower_ in {"part", "in"})):
        goals += [o for p, o in finder.preps(above, "in", "on") if p in leads]
    if lemma in _WITH_THEM:
        return bool(goals) and all(_is_meeting(finder, paragraph, g) or _is_person(g) for g in goals)
    return all(_is_meeting(finder, paragraph, g) for g in goals)


def _is_person(noun: "Token") -> bool:
    return noun.lower_ in _PRONOUNS or noun.pos_ == "PROPN"


def _is_meeting(finder: Actors, paragraph: Paragraph, noun: "Token") -> bool:
    """Whether a noun means the talks that are told, by a word of meeting without a name, forum or day of its own."""
    if noun.lower_ in {"they", "it", "which", "that"} or noun.lemma_.lower() in _ROOM:
        return True
    named = {noun.lower_, noun.lemma_.lower()} & finder.words.nouns.keys()
    return bool(named) and not _is_abroad(finder, paragraph, noun)


def _is_abroad(finder: Actors, paragraph: Paragraph, noun: "Token") -> bool:
    """Whether a forum, a state or a time makes "the summit in June" another than the one at hand."""
    inside = list(noun.subtree)
    actors = (finder.ctx.who(paragraph, t) for t in inside)
    if any(a is not None and a.kind == "organisation" and a.party in finder.ctx.gazetteer.forums for a in actors):
        return True
    return bool(finder.ctx.dates_in(*finder.ctx.offsets(paragraph, inside[0], inside[-1])))


def _there(finder: Actors, sentence: Sentence, word: "Token") -> Iterator[list[ActorRef]]:
    """Who "was also present", whom "also present were" leads to, and "with B in attendance"."""
    doc, first, end = word.doc, sentence.span.start, sentence.span.end
    inside = word.lower_ in {"attendance", "table", "room"}
    if inside and not any(t.lower_ in {"in", "at"} for t in doc[max(first, word.i - 2) : word.i]):
        return
    be = next((t for t in word.ancestors if t.lemma_ == "be" and t.dep_ not in {"aux", "auxpass"}), None)
    be = be or next((c for c in word.children if c.lemma_ == "be"), None)
    if be is None and word.tag_ == "VBG":
        be = next((t for t in doc[word.i : end] if t.lemma_ == "be"), None)
    if be is not None and be.i > word.i:
        yield _people(finder, sentence, doc[be.i : _clause_end(doc[be.i + 1 : end], end)])
        return
    lead = next((i for i in range(word.i - 1, max(first, word.i - 16) - 1, -1) if doc[i].lower_ == "with"), None)
    if word.lower_ in {"attendance", "present"} and lead is not None and (be is None or be.i < lead):
        yield _people(finder, sentence, doc[lead : word.i])
    elif be is not None and word.lower_ != "table" and not reality.standing(be):
        subject = next((c for c in be.children if c.dep_ in NOUN_SUBJECTS), None)
        yield _people(finder, sentence, subject.subtree if subject is not None else ())


def _clause_end(words: "Iterable[Token]", end: int) -> int:
    """Where a list of names ends: before the next finite verb."""
    return next((t.i for t in words if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}), end)


def _delegation(finder: Actors, sentence: Sentence, verb: "Token") -> Iterator[list[ActorRef]]:
    """Whom "the Norwegian delegation included" names."""
    subject = next((c for c in verb.children if c.dep_ in NOUN_SUBJECTS), None)
    if subject is None or subject.lemma_.lower() not in GROUP:
        return
    codes = {c for t in subject.lefts for c in modifier_states(finder.ctx, sentence.paragraph, t)}
    owner = finder.ctx.who(sentence.paragraph, subject)
    codes |= set(owner.parties) if owner is not None else set()
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    party = codes.pop() if len(codes) == 1 else ""
    for thing in objects:
        yield _people(finder, sentence, thing.subtree, party)


def _people(finder: Actors, sentence: Sentence, tokens: "Iterable[Token]", party: str = "") -> list[ActorRef]:
    """The persons named by tokens, each once; those without a state act for `party`."""
    out: dict[str, ActorRef] = {}
    for token in tokens:
        actor = finder.ctx.who(sentence.paragraph, token)
        if actor is None or token.pos_ == "PRON":
            continue
        for one in flat(actor):
            if one.kind == "person" and one.named:
                out.setdefault(one.name, one if one.party else replace(one, party=party, certain=bool(party)))
    return list(out.values())
