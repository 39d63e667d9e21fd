"""Whom the subject of a verb means, where a name, a title or a pronoun that coreference resolves is not enough.

Coordinated verbs and names that a parser mixes up, unnamed officials, documents that speak for those who issued them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract import clauses, voices
from kg.extract.context import DocContext
from kg.extract.cues import lexicon, verb_cue
from kg.extract.model import ActorRef, Sentence
from kg.extract.office_holders import apposed, by_name, facing, named_before, role, state_of, titled, with_titles

if TYPE_CHECKING:
    from spacy.tokens import Token


def subject_of(ctx: DocContext, sentence: Sentence, verb: "Token") -> "tuple[Token | None, ActorRef | None]":
    """The subject of a verb and who it is; a verb parsed into another's content may share the outer cue's subject."""
    subject = clauses.subject(verb)
    actor = _office_of_subject(ctx, sentence, verb, subject) or who(ctx, sentence, subject)
    others = [c for c in verb.children if c.dep_ == "nsubj" and c != subject]
    if subject is not None and subject.head == verb and others:
        first = others[0]
        also = who(ctx, sentence, first)
        joined = any(t.lower_ == "and" for t in verb.doc[first.i : subject.i])
        if actor is None:
            subject, actor = first, also or _document(ctx, sentence, first)
        elif also is not None and joined and also.parties != actor.parties:
            actor = ActorRef("group", "", members=(also, actor))
    if actor is None and subject is not None:
        actor = _document(ctx, sentence, subject)
    if actor is None:
        for outer in clauses.outer_verbs(verb):
            if verb_cue(outer) is None:
                continue
            above = clauses.subject(outer)
            if (found := who(ctx, sentence, above)) is not None:
                return above, found
    return subject, actor


def _office_of_subject(ctx: DocContext, sentence: Sentence, verb: "Token", subject: "Token | None") -> ActorRef | None:
    """ "A spoke with B on Monday, his office said": the state of A, who is the subject of what is said."""
    if subject is None or subject.i < 2 or not any(c.lower_ in {"his", "her"} for c in subject.children):
        return None
    if not lexicon().has(subject.lemma_.lower(), "official"):
        return None
    told = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < subject.i), None)
    first = clauses.own_subject(told) if told is not None else None
    actor = ctx.who(sentence.paragraph, first) if first is not None else None
    return state_of(actor) if actor is not None and actor.kind == "person" else None


def who(ctx: DocContext, sentence: Sentence, subject: "Token | None") -> ActorRef | None:
    """Which party or person of a party a noun means; "A, the president of B, and C, the king of D" means both."""
    if subject is None:
        return None
    if subject.tag_ in {"WDT", "WP"}:  # who said: the noun before the relative clause
        head = subject.head.head
        if subject.head.dep_ != "relcl" or subject.lower_ == "what":
            return None
        subject = head
    if _for_themselves(subject):
        return None
    actor = ctx.who(sentence.paragraph, subject)
    if actor is None and subject.lower_ in {"we", "i"}:
        actor = voices.of(ctx, sentence)
    if actor is not None and subject.lower_ in {"he", "she"} and _is_counterpart(ctx, sentence, subject, actor):
        actor = _person_before(ctx, sentence, actor)
    elif actor is not None and subject.lower_ in {"he", "she"}:
        before = (t for t in sentence.span if t.i < subject.i and ctx.who(sentence.paragraph, t) is None)
        here = next((a for t in before if (a := by_name(ctx, sentence, t)) is not None), None)
        actor = here or _topic_before(ctx, sentence, actor) or actor
    if actor is not None and actor.kind == "state" and lexicon().of(subject.lemma_.lower()) & {"leader", "diplomat"}:
        actor = role(ctx, sentence, subject) or actor
    actor = titled(ctx, sentence, subject, actor)
    for fallback in (by_name, apposed, role, named_before, _plural, facing, _own_government):
        actor = actor if actor is not None and actor.parties else fallback(ctx, sentence, subject)
    if (several := listed(ctx, sentence, subject, actor)) is not None:
        return several
    if actor is None or not actor.parties:
        return None
    if actor.kind == "person" and not actor.named:
        told = all(re.search(rf"\b{re.escape(word)}\b", ctx.text) for word in actor.name.split())
        actor = replace(actor, named=told)  # the text may name elsewhere who holds the office
    if actor.kind == "person":
        others = [a for a in _through_apposition(ctx, sentence, subject) if a.parties and a.parties != actor.parties]
        if others:
            return ActorRef("group", "", members=(actor, *others))
        return with_titles(ctx, sentence, subject, actor)
    return actor


def _for_themselves(noun: "Token") -> bool:
    """Whether a noun phrase is a member of parliament or of the opposition, who does not speak for the state."""
    before = (t for t in noun.doc[noun.left_edge.i : noun.i] if t.dep_ in {"compound", "amod", "nmod"})
    near = [noun, *before, *(c for c in noun.children if c.dep_ == "appos")]
    near += [noun.head] if noun.dep_ in {"appos", "compound"} else []
    return any(t.text.islower() and lexicon().has(t.lemma_.lower(), "legislator") for t in near)


_FILLERS = {",", "and", "&", "the", "of", "both"}


def listed(ctx: DocContext, sentence: Sentence, subject: "Token", actor: ActorRef | None) -> ActorRef | None:
    """All whom a list before a verb names, where the parser made one of them the subject: "A, B and C are ready to"."""
    verb, doc = subject.head, subject.doc
    if subject.dep_ not in {"nsubj", "nsubjpass"} or verb.i < subject.i or subject.pos_ == "PRON":
        return None
    i = verb.i - 1
    while i > subject.i and doc[i].head == verb and doc[i].dep_ in {"aux", "auxpass", "neg", "advmod", "npadvmod"}:
        i -= 1
    members: dict[str, ActorRef] = {}
    joined = True
    while i >= sentence.span.start:
        token = doc[i]
        found = ctx.who(sentence.paragraph, token)
        ellipsis = None if found is not None else _half_name(ctx, token)
        if found is not None and found.parties and token.pos_ != "PRON":
            if token.dep_ in {"dobj", "pobj"} and token.head.lower_ != "of" and token.head.i < i:
                break
            new = [a for a in ([found] if found.kind != "group" else found.members) if a.party not in members]
            if new and not joined:
                break
            members |= {a.party: a for a in new if len(a.parties) == 1}
            joined = joined and not new
        elif ellipsis is not None and joined:
            members.setdefault(ellipsis.party, ellipsis)
        elif token.lower_ in {"and", "&"} or (token.text == "," and len(members) > 1):
            joined = True
        elif token.lower_ not in _FILLERS:
            break
        i -= 1
    told = set(actor.parties) if actor is not None else set()
    if len(members) < 2 or not told < set(members):
        return None
    return ActorRef("group", "", members=tuple(reversed(members.values())))


def _half_name(ctx: DocContext, token: "Token") -> ActorRef | None:
    """The state that "South" is in "South and North Korea"."""
    doc = token.doc
    if not token.text.istitle() or token.i + 3 >= len(doc) or doc[token.i + 1].lower_ != "and":
        return None
    name = f"{token.text} {doc[token.i + 3].text}"
    found = [f for f in ctx.gazetteer.find(name, ("state",)) if f.start == 0 and f.end == len(name)]
    return ActorRef("state", found[0].label.code, found[0].label.code) if found else None


def _is_counterpart(ctx: DocContext, sentence: Sentence, pronoun: "Token", actor: ActorRef) -> bool:
    """Whether the one a pronoun was taken for is somebody else in the same sentence: in her talks with B she ..."""
    for owner in sentence.span:
        if owner.dep_ != "poss" or owner.lower_ not in {"his", "her"} or owner.i > pronoun.i:
            continue
        for token in owner.head.subtree:
            if token.i < pronoun.i and token != owner and ctx.who(sentence.paragraph, token) == actor:
                return True
    return False


def _topic_before(ctx: DocContext, sentence: Sentence, actor: ActorRef) -> ActorRef | None:
    """The person who alone spoke in the sentence before, where a pronoun was taken for one whom it does not name."""
    if sentence.index == 0:
        return None
    before = ctx.sentences[sentence.index - 1]
    nouns = (t for t in before.span if t.pos_ != "PRON")
    named = [a for t in nouns if (a := ctx.who(before.paragraph, t)) is not None and a.kind == "person"]
    verb = before.span.root
    subject = clauses.own_subject(verb)
    if subject is None or subject.pos_ == "PRON" or verb_cue(verb) is None or actor in named:
        return None
    speaker = who(ctx, before, subject)
    return speaker if speaker is not None and speaker.kind == "person" else None


def _person_before(ctx: DocContext, sentence: Sentence, other: ActorRef) -> ActorRef | None:
    """The last person but `other` who was a subject before, in this paragraph or the three before it."""
    for earlier in reversed(ctx.sentences[: sentence.index]):
        if sentence.paragraph.index - earlier.paragraph.index > 3:
            return None
        for token in earlier.span:
            if token.dep_ != "nsubj" or token.pos_ == "PRON":
                continue
            actor = who(ctx, earlier, token)
            if actor is not None and actor.kind == "person" and actor.name != other.name:
                return actor
    return None


def _through_apposition(ctx: DocContext, sentence: Sentence, token: "Token") -> Iterator[ActorRef]:
    for child in token.children:
        if child.dep_ in {"appos", "conj"} and child.i > token.i:
            found = titled(ctx, sentence, child, ctx.who(sentence.paragraph, child))
            if child.dep_ == "conj" and found is not None:
                yield found
            yield from _through_apposition(ctx, sentence, child)
        elif child.dep_ == "prep" and token.dep_ == "appos":
            for inner in child.children:
                yield from _through_apposition(ctx, sentence, inner)


def _own_government(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """He said the government would ..., his cabinet had ...: that of the state for which the speaker acts."""
    if noun.lemma_.lower() not in {"government", "administration", "cabinet", "country"}:
        return None
    lefts = [c for c in noun.children if c.i < noun.i]
    if len(lefts) != 1 or lefts[0].lower_ not in {"the", "his", "her", "its", "my", "our"}:
        return None
    if lefts[0].lower_ == "the" and noun.lemma_.lower() == "country":
        return None
    clause = noun.head
    for _ in range(4):
        if clause.dep_ == "ccomp" and verb_cue(clause.head) is not None:
            _, speaker = subject_of(ctx, sentence, clause.head)
            return state_of(speaker) if speaker is not None else None
        clause = clause.head
    return None


def _document(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """A joint statement speaks for its parties, "the statement" and "it" for the institution that was named before."""
    if noun.lower_ == "it":
        return _institution_before(ctx, sentence)
    if not lexicon().has(noun.lemma_.lower(), "document"):
        return None
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod"} and (owner := who(ctx, sentence, child)) is not None:
            return owner
    joint = any(c.lower_ == "joint" for c in noun.children)
    if not joint and ctx.first_joint(noun.lower_) > sentence.start:
        return _institution_before(ctx, sentence)
    return both_sides(ctx)


def _institution_before(ctx: DocContext, sentence: Sentence) -> ActorRef | None:
    """The state or organisation that was the subject of a verb of saying in one of the two sentences before."""
    first = max(0, sentence.index - 1)
    while first > 0 and first - 1 not in ctx.speaking and any(map(_leans, ctx.sentences[first : first + 2])):
        first -= 1
    for i in range(max(0, min(first, sentence.index - 2)), sentence.index):  # upwards: a long run is no deep recursion
        if i not in ctx.speaking:
            ctx.speaking[i] = _institution_in(ctx, ctx.sentences[i])
    before = (ctx.speaking[i] for i in range(sentence.index - 1, max(0, sentence.index - 2) - 1, -1))
    return next((actor for actor in before if actor is not None), None)


def _leans(sentence: Sentence) -> bool:
    """Whether a document speaks in the sentence, so that it may mean an institution before it."""
    words = lexicon()
    return any(t.dep_ in clauses.SUBJECTS and words.has(t.lemma_.lower(), "document") for t in sentence.span)


def _institution_in(ctx: DocContext, sentence: Sentence) -> ActorRef | None:
    """The state or organisation that says something in the sentence, itself or by a document."""
    words = lexicon()
    for noun in sentence.span:
        if not words.has(noun.lemma_.lower(), "document"):
            continue
        for token in noun.subtree:  # a statement released by the ministry
            by = token.dep_ == "pobj" and token.head.lower_ in {"by", "from", "of"}
            if by and (actor := ctx.who(sentence.paragraph, token)) is not None and actor.kind != "person":
                return actor
    for verb in sentence.span:
        if clauses.is_verb(verb) and words.has(verb.lemma_.lower(), "clause"):
            subject = clauses.own_subject(verb)
            if subject is not None and subject.pos_ != "PRON":
                issued = words.has(subject.lemma_.lower(), "document")
                actor = _document(ctx, sentence, subject) if issued else who(ctx, sentence, subject)
                if actor is not None and (issued or actor.kind in {"state", "organisation"}):
                    return actor
    return None


def _plural(ctx: DocContext, sentence: Sentence, noun: "Token") -> ActorRef | None:
    """The (two) Prime Ministers of a document on two parties, also where the tagger takes the plural for a name."""
    if len(ctx.frame.parties) != 2:
        return None
    if noun.lower_ in {"they", "both"} and noun.dep_ == "nsubj":
        return both_sides(ctx) if _pair_before(ctx, sentence) else None
    if noun.lower_ == "heads" and {"state", "government"} & {t.lower_ for t in noun.subtree}:
        return both_sides(ctx)
    words = {c.lower_ for c in noun.children}
    named = noun.lower_ in {
        "ministers",
        "presidents",
        "leaders",
        "pms",
        "premiers",
        "advisors",
        "advisers",
        "secretaries",
    }
    plain = {"the", "two", "both", "prime", "vice", "foreign", "government", "state"}
    return both_sides(ctx) if named and words and words <= plain else None


def _pair_before(ctx: DocContext, sentence: Sentence) -> bool:
    """Whether both parties together were the subject of a sentence before, in the same paragraph or the one before."""
    for earlier in reversed(ctx.sentences[: sentence.index]):
        if sentence.paragraph.index - earlier.paragraph.index > 1:
            return False
        for token in earlier.span:
            if token.dep_ != "nsubj" or token.pos_ == "PRON":
                continue
            if (actor := who(ctx, earlier, token)) is not None:
                if actor.parties == ctx.frame.parties:
                    return True
    return False


def plans_act(ctx: DocContext, verb: "Token", actor: ActorRef | None) -> bool:
    """Whether "plan to" leads to an act; a journey or meeting that somebody plans is told of the meeting, but a state
    that plans to host or hold something binds itself.
    """
    goal = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    if goal is None:
        return False
    lemma = goal.lemma_.lower()
    if ctx.frame.kind == "joint" or not lexicon().has(lemma, "encounter"):
        return True
    return actor is not None and not actor.people and lexicon().has(lemma, "founding")


def is_act(verb: "Token") -> bool:
    """Whether a verb tells an act, no utterance."""
    return clauses.is_verb(verb) and verb_cue(verb) is None


def with_counterpart(ctx: DocContext, sentence: Sentence, verb: "Token", speaker: ActorRef) -> ActorRef:
    """held a call with B, agreeing to ...; held talks with B on ...: both speak."""
    act = verb.head if verb.tag_ == "VBG" and verb.dep_ == "advcl" and is_act(verb.head) else verb
    if act == verb and verb.lemma_ not in {"hold", "have", "exchange"}:
        return speaker
    for token in act.subtree:
        if token.dep_ == "pobj" and token.head.lower_ == "with" and (token.i < verb.i or act == verb):
            other = ctx.who(sentence.paragraph, token)
            if other is not None and other.parties and other.parties != speaker.parties:
                return ActorRef("group", "", members=(speaker, other))
    return speaker


def both_sides(ctx: DocContext) -> ActorRef | None:
    """The parties of the document together, where it has two or more."""
    if len(ctx.frame.parties) < 2:
        return None
    return ActorRef("group", "", members=tuple(ActorRef("state", code, code) for code in ctx.frame.parties))
