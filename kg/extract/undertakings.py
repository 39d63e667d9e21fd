"""Words that bind: by which words of a sentence who undertakes what.

``agreed to``, ``will``, ``are committed to``, ``their commitment to``, ``announced aid``; the lexicon of cues says
which words bind. Readiness, hope, support, praise, the programme of a visit and the effect of a thing are none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import clauses, reality, speakers
from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import ActorRef, Sentence, StatementFound

if TYPE_CHECKING:
    from spacy.tokens import Token

_RECURRING = re.compile(
    r"\b(annual(?:ly)?|on an annual basis|regular(?:ly)?|every year|each year|yearly|biennial|twice a year|quarterly|"
    r"periodic(?:ally)?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What somebody undertakes, as token indices of the paragraph, and by which word."""

    by: ActorRef
    first: int
    last: int
    word: str
    strength: str
    rule: str
    own: bool  # the text calls it the party's own undertaking


def find(ctx: DocContext, sentence: Sentence, said: list[StatementFound]) -> Iterator[Undertaking]:
    """The undertakings of a sentence, in the order of the words that bind."""
    words = lexicon()
    asks = "?" in sentence.text()
    for token in sentence.span:
        if asks and reality.ends_in_question(token):
            continue  # Shall I start?
        lemma = token.lemma_.lower()
        if clauses.is_verb(token):
            kinds = words.of(lemma)
            if lemma == "announce":
                yield from _announced(ctx, sentence, token)
            elif kinds & {"agreement", "undertaking", "plan"} and not clauses.is_hypothetical(token):
                yield from _verb(ctx, sentence, token, "plan" in kinds)
            modal = next((c for c in token.children if c.dep_ == "aux" and words.has(c.lower_, "will")), None)
            if modal is not None and not clauses.is_hypothetical(token) and token.dep_ != "relcl":
                yield from _will(ctx, sentence, token, modal, said)
            if token.lower_ == "going":
                yield from _going(ctx, sentence, token, said)
        if token.pos_ in {"ADJ", "VERB"} and words.has(token.lower_, "committed"):
            yield from _committed(ctx, sentence, token, said)
        elif token.pos_ == "NOUN" and words.of(lemma) & {"commitment-noun", "intention-noun"}:
            yield from _noun(ctx, sentence, token, "intention-noun" in words.of(lemma), said)


def is_binding(token: "Token") -> bool:
    """Whether a token is a verb that binds its subject (agree, commit ...)."""
    return clauses.is_verb(token) and bool(lexicon().of(token.lemma_.lower()) & {"agreement", "undertaking", "plan"})


def _goal(word: "Token") -> "Token | None":
    """What a binding word leads to: an infinitive, or what follows "to"."""
    for child in word.children:
        if child.i <= word.i:
            continue
        if child.dep_ in {"xcomp", "ccomp", "advcl", "acl"} and clauses.is_infinitive(child):
            return child
        if child.dep_ == "prep" and child.lower_ == "to" and any(c.dep_ in {"pobj", "pcomp"} for c in child.children):
            return child
        if child.dep_ == "prep" and child.lower_ == "on" and lexicon().has(word.lemma_.lower(), "agreement"):
            if any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in child.children):
                return child  # agreed on holding ...
    return None


def _verb(ctx: DocContext, sentence: Sentence, verb: "Token", plan: bool) -> Iterator[Undertaking]:
    """agreed to ..., pledged to ..., plan to ...; not "agreed that", nor a header without content."""
    if reality.standing(verb) or (verb.tag_ == "VBN" and verb.dep_ in {"amod", "acl"} and not _is_active(verb)):
        return
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    _, actor = speakers.subject_of(ctx, sentence, verb)
    if actor is not None:
        actor = speakers.with_counterpart(ctx, sentence, verb, actor)
    goal = _goal(verb)
    if goal is None and not plan and lexicon().has(verb.lemma_.lower(), "undertaking"):
        objects = (c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and c.pos_ != "PRON")
        goal = next(objects, None)
    if passive is not None and passive.lower_ == "it" and actor is None:
        actor = ctx.frame.voice or speakers.both_sides(ctx)
    if goal is None or actor is None or _is_header(goal):
        return
    if plan and not speakers.plans_act(ctx, verb, actor):
        return
    if actor.people and actor.kind == "person" and lexicon().has(goal.lemma_.lower(), "journey-verb"):
        return  # agreed to visit
    strength = "planned" if plan else _strength(goal)
    yield from _split(ctx, sentence, actor, goal, verb.lemma_.lower(), strength, "verb")


def _is_active(verb: "Token") -> bool:
    subject = clauses.subject(verb)
    return subject is not None and subject == verb.head


def _is_header(goal: "Token") -> bool:
    head = goal
    if goal.dep_ == "prep":
        head = next(c for c in goal.children if c.dep_ in {"pobj", "pcomp"})
    return head.pos_ == "NOUN" and lexicon().has(head.lemma_.lower(), "header")


def _strength(goal: "Token") -> str:
    return "explored" if lexicon().has(goal.lemma_.lower(), "examination") else "firm"


def _split(
    ctx: DocContext, sentence: Sentence, actor: ActorRef, goal: "Token", word: str, strength: str, rule: str
) -> Iterator[Undertaking]:
    """The goal as one commitment, or one for each of its infinitives where these name times of their own."""
    parts = [goal, *(c for c in _conjuncts(goal) if clauses.is_infinitive(c))]
    edges = [p.left_edge.i for p in parts]
    last = _end(sentence, goal)
    doc = sentence.span.doc
    bounds = [(a, edges[k + 1] - 1 if k + 1 < len(edges) else last) for k, a in enumerate(edges)]
    bounds = [(a, b) for a, b in bounds if b >= a]
    times = [[d.edtf for d in ctx.dates_in(*ctx.offsets(sentence.paragraph, doc[a], doc[b]))] for a, b in bounds]
    if len(bounds) < 2 or not any(times) or all(t == times[0] for t in times):
        bounds = [(edges[0], last)]
    for a, b in bounds:
        if trimmed := clauses.trim(sentence.span, a, b):
            yield Undertaking(actor, *trimmed, word, strength, rule, own=True)


def _conjuncts(token: "Token") -> Iterator["Token"]:
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from _conjuncts(child)


def _end(sentence: Sentence, goal: "Token") -> int:
    """Last token of the goal, before a comment, an occasion, or another cue that the parser hung into it."""
    last = clauses.whole_phrase(sentence.span, goal.right_edge.i)
    words = lexicon()
    for child in sorted(goal.subtree, key=lambda c: c.i):
        if child.i <= goal.i:
            continue
        speech = words.speech(child.lemma_.lower())
        finite = child.tag_ in {"VBD", "VBZ", "VBP"} and child.dep_ == "conj" and clauses.own_subject(child) is None
        noting = child.tag_ == "VBG" and child.dep_ == "advcl" and clauses.after_comma(child.left_edge)
        own = clauses.own_subject(child) if child.dep_ == "conj" else None
        if own is not None and own.lower_ == "i":
            start = next((c for c in child.children if c.i == own.left_edge.i), own).left_edge.i
            last = min(last, start - 1)
            break  # ..., and I am glad
        bound = is_binding(child) and clauses.own_subject(child) is not None and _goal(child) is not None
        if (speech and (finite or noting)) or (bound and child.dep_ in {"relcl", "conj", "advcl"}):
            last = min(last, child.left_edge.i - 1)
            break
    doc = sentence.span.doc
    dash = next((i for i in range(goal.i + 1, last - 3) if doc[i].text in {"–", "—"}), None)
    return last if dash is None else dash - 1


def _bearer(
    ctx: DocContext, sentence: Sentence, subject: "Token | None", said: list[StatementFound]
) -> ActorRef | None:
    """Who undertakes; "we" and "I" in somebody's quoted words are the state for which they speak."""
    actor = speakers.who(ctx, sentence, subject)
    if actor is not None or subject is None or subject.lower_ not in {"we", "i"}:
        return actor
    at = sentence.paragraph.start + subject.idx
    mine = next((s for s in said if s.mode != "indirect" and s.span[0] <= at < s.span[1]), None)
    return mine.speaker if mine is not None else None


def _will(
    ctx: DocContext, sentence: Sentence, verb: "Token", modal: "Token", said: list[StatementFound]
) -> Iterator[Undertaking]:
    """Somebody will do something; programmes of visits, states of affairs and effects of things are none."""
    if modal.lower_ == "would" and verb.dep_ not in {"ccomp", "conj"}:
        return
    if any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children):
        return  # will have played, would have played
    words = lexicon()
    lemma = verb.lemma_.lower()
    if _is_believed(verb) or reality.is_hearsay(verb) or reality.standing(verb, own=False):
        return
    subject = clauses.subject(verb)
    if reality.is_undone(verb) and not words.has(lemma, "refusal") and not _by_all(ctx, sentence, subject):
        return  # will not lift: a refusal binds nobody to do anything
    strength = "binding" if modal.lower_ == "shall" else "firm"
    recurring = _RECURRING.search(sentence.text()) is not None
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if passive is not None:
        actor = _by_agent(ctx, sentence, verb, passive, recurring)
        trimmed = clauses.trim(sentence.span, verb.left_edge.i, verb.right_edge.i)
        if actor is not None and trimmed and not words.has(lemma, "programme"):
            yield Undertaking(actor, *trimmed, modal.lower_, strength, "will-passive", own=False)
        return
    if subject is None:
        return
    if words.has(subject.lower_, "relation") and ctx.frame.kind in {"joint", "first-person"}:
        actor = speakers.both_sides(ctx)
        trimmed = clauses.trim(sentence.span, subject.left_edge.i, verb.right_edge.i)
        if actor is not None and trimmed and not words.has(lemma, "state-of-affairs"):
            yield Undertaking(actor, *trimmed, modal.lower_, strength, "will-thing", own=False)
        return
    actor = _bearer(ctx, sentence, subject, said)
    if actor is None:
        yield from _announced_will(ctx, sentence, verb, strength)
        return
    if words.has(lemma, "state-of-affairs") or (words.has(lemma, "programme") and not recurring):
        return
    if sentence.turn is not None and not set(actor.parties) & set(ctx.frame.parties):
        return  # what a speaker thinks that others will do
    if words.has(lemma, "encounter") and not recurring and actor.kind == "person":
        return
    if words.has(lemma, "journey-verb") and not recurring and ctx.frame.kind != "joint":
        return
    if any(c.dep_ == "dobj" and words.has(c.lemma_.lower(), "journey") for c in verb.children) and not recurring:
        return  # pay an official visit
    if lemma == "continue" and any(c.dep_ == "xcomp" and c.lemma_ in {"be", "have"} for c in verb.children):
        return
    without = reality.negative_phrase(verb) or verb  # under no circumstances will the sides ...
    first = min(modal.i + 1, without.left_edge.i if without != verb else verb.i)
    trimmed = clauses.trim(sentence.span, first, _end(sentence, verb))
    if trimmed and not (lemma == "do" and trimmed[1] - trimmed[0] < 2):  # will do so
        yield Undertaking(actor, *trimmed, modal.lower_, strength, "will", own=False)


def _by_all(ctx: DocContext, sentence: Sentence, subject: "Token | None") -> bool:
    """Whether several parties together say in their joint document what they will not do: a promise to each other."""
    actor = speakers.who(ctx, sentence, subject) if ctx.frame.kind == "joint" else None
    return actor is not None and len(actor.parties) > 1


def _is_believed(verb: "Token") -> bool:
    """Whether the clause of a verb is what somebody hopes or believes."""
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ in {"ccomp", "acl", "advcl"} and lexicon().has(verb.head.lemma_.lower(), "belief")


def _going(ctx: DocContext, sentence: Sentence, going: "Token", said: list[StatementFound]) -> Iterator[Undertaking]:
    """We are going to ...: only of oneself, of others it is a forecast."""
    goal = next((c for c in going.children if c.dep_ == "xcomp" and clauses.is_infinitive(c)), None)
    subject = clauses.subject(going)
    if goal is None or subject is None or subject.lower_ not in {"we", "i"} or clauses.is_hypothetical(going):
        return
    words, lemma = lexicon(), goal.lemma_.lower()
    if reality.standing(goal) or any(words.has(lemma, k) for k in ("state-of-affairs", "programme", "encounter")):
        return
    actor = _bearer(ctx, sentence, subject, said)
    if actor is not None and (trimmed := clauses.trim(sentence.span, goal.left_edge.i + 1, _end(sentence, goal))):
        yield Undertaking(actor, *trimmed, "going to", "planned", "will", own=False)


def _by_agent(ctx: DocContext, sentence: Sentence, verb: "Token", subject: "Token", recurring: bool) -> ActorRef | None:
    """Who binds themselves by "X will be hosted by A", "the relation will be ...", "a yearly dialogue will be held"."""
    agents = (g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj")
    actor = speakers.who(ctx, sentence, next(agents, None))
    standing = lexicon().has(subject.lemma_.lower(), "mechanism") and lexicon().has(verb.lemma_.lower(), "founding")
    if actor is None and (lexicon().has(subject.lower_, "relation") or (standing and recurring)):
        return speakers.both_sides(ctx)
    return actor


def _announced_will(ctx: DocContext, sentence: Sentence, verb: "Token", strength: str) -> Iterator[Undertaking]:
    """We announce that 2011 will be a year of friendship."""
    if verb.dep_ != "ccomp" or verb.head.lemma_.lower() != "announce":
        return
    actor = speakers.who(ctx, sentence, clauses.subject(verb.head))
    trimmed = clauses.trim(sentence.span, verb.left_edge.i, _end(sentence, verb))
    if actor is not None and trimmed:
        yield Undertaking(actor, *trimmed, "announce", strength, "announced", own=True)


def _committed(ctx: DocContext, sentence: Sentence, word: "Token", said: list[StatementFound]) -> Iterator[Undertaking]:
    """are committed to ..., is determined to ..."""
    verb = word if word.dep_ not in {"acomp", "attr", "oprd"} else word.head
    if word.dep_ in {"amod", "compound"} or word.tag_ == "VBD" or clauses.is_hypothetical(verb):
        return
    bearer = verb
    while bearer.dep_ == "conj" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in bearer.children):
        bearer = bearer.head
    subject = next((c for c in bearer.children if c.dep_ in {"nsubj", "nsubjpass"}), None) or clauses.subject(verb)
    actor = _bearer(ctx, sentence, subject, said)
    goal = _goal(word)
    if actor is None or goal is None or reality.standing(verb) or reality.standing(word):
        return
    yield from _split(ctx, sentence, actor, goal, word.lower_, _strength(goal), "committed")


def _noun(
    ctx: DocContext, sentence: Sentence, noun: "Token", intention: bool, said: list[StatementFound]
) -> Iterator[Undertaking]:
    """their commitment to ..., a common commitment to ...; an intention only once it was announced."""
    goal = _goal(noun)
    if goal is None or reality.is_undone(noun):
        return  # made no commitment to, gave up their commitment to
    governor = _governor(noun)
    lemma = governor.lemma_.lower() if governor is not None else ""
    announced = lemma == "announce" or any(c.lower_ == "announced" for c in noun.children)
    own = any(c.tag_ == "PRP$" for c in noun.children)
    if own and noun.lemma_.lower() in {"intention", "intent"} and "matter" in lexicon().speech(lemma):
        announced = True  # expressed his intention to
    if intention and not announced:
        return
    stated = bool(lexicon().speech(lemma)) or lexicon().has(lemma, "holding")
    actor = _owner(ctx, sentence, noun, governor if stated else None, said)
    if actor is None or not (stated or announced or noun.head.lower_ == "of"):
        return
    if governor is not None and not announced and _is_praise(ctx, sentence, governor, actor):
        return
    strength = "planned" if intention else ("reaffirmed" if lexicon().has(lemma, "repetition") else "firm")
    first = goal.left_edge.i if intention else noun.left_edge.i
    if trimmed := clauses.trim(sentence.span, first, _end(sentence, goal)):
        yield Undertaking(actor, *trimmed, noun.lemma_.lower(), strength, "noun", own=True)


def _owner(
    ctx: DocContext, sentence: Sentence, noun: "Token", governor: "Token | None", said: list[StatementFound]
) -> ActorRef | None:
    """Whose commitment a noun names: its possessor's, that of the one who reaffirms it, or the speaker's."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:  # the commitment of the government of A
        preps = (c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of")
        owner = next((g for c in preps for g in c.children if g.dep_ == "pobj"), None)
        owner = owner if speakers.who(ctx, sentence, owner) is not None else None
    if noun.head.lower_ == "of" and governor is None:  # Australia's reaffirmation of the commitment
        holder = noun.head.head
        if not lexicon().has(holder.lemma_.lower(), "repetition"):
            return None
        owner = owner or next((c for c in holder.children if c.dep_ == "poss"), None)
    actor = speakers.who(ctx, sentence, owner)
    if owner is not None and owner.tag_ == "PRP$" and governor is not None:
        subject = speakers.subject_of(ctx, sentence, governor)[1]  # reaffirmed his commitment
        others = owner.lower_ == "their" and subject is not None and len(subject.parties) == 1
        if others and subject is not None and subject.kind == "person":
            return (
                actor if actor is not None and actor.parties != subject.parties else None
            )  # welcomed their commitment
        return subject or actor
    if actor is not None or governor is None:
        return actor
    common = any(c.lower_ in {"common", "shared", "mutual", "joint"} for c in noun.children)
    if noun.dep_ != "dobj" and owner is None and not common:
        return None
    actor = speakers.who(ctx, sentence, clauses.subject(governor))
    return actor or (said[0].speaker if said and governor.lemma_.lower() != "have" else None)


def _is_praise(ctx: DocContext, sentence: Sentence, governor: "Token", owner: ActorRef) -> bool:
    """commended his resolve to ...: another's resolve that is praised or talked about is not undertaken by that."""
    kinds = lexicon().speech(governor.lemma_.lower())
    if "talk" in kinds:
        return True
    _, actor = speakers.subject_of(ctx, sentence, governor)
    return actor is not None and actor.parties != owner.parties and bool(kinds & {"matter", "address"})


def _governor(noun: "Token") -> "Token | None":
    """The verb that has the noun as object, directly or in a coordination."""
    head = noun
    for _ in range(6):
        if head.dep_ == "dobj":
            return head.head
        if head.dep_ == "pobj" and head.head.lower_ == "of":  # assured him of their commitment
            told = head.head.head if head.head.head.pos_ != "PRON" else head.head.head.head
            if clauses.is_verb(told) and lexicon().has(told.lemma_.lower(), "address"):
                return told
        if head.dep_ not in {"conj", "appos"}:
            return None
        head = head.head
    return None


def _announced(ctx: DocContext, sentence: Sentence, verb: "Token") -> Iterator[Undertaking]:
    """announce aid, funds, a plan; what "announce that ... will" says is found by its "will"."""
    gift = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    _, actor = speakers.subject_of(ctx, sentence, verb)
    if gift is None or actor is None or reality.standing(verb):
        return
    measured = any(t.like_num for t in gift.lefts) and any(
        lexicon().has(t.lemma_.lower(), "gift") for t in gift.subtree
    )
    if not lexicon().has(gift.lemma_.lower(), "gift") and not measured and not any(t.is_currency for t in gift.subtree):
        return
    if trimmed := clauses.trim(sentence.span, gift.left_edge.i, _end(sentence, gift)):
        yield Undertaking(actor, *trimmed, "announce", "planned", "announced", own=True)
