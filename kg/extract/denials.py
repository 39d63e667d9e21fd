"""Undertakings that somebody does not make: did not commit to, made no promise to, stopped short of pledging.

They are no commitments but a position of whoever leaves them open, so a statement whose words hold the denial.
"""

from typing import TYPE_CHECKING

from kg.extract import clauses, reality, speakers
from kg.extract.context import DocContext
from kg.extract.cues import CueWord, lexicon
from kg.extract.model import ActorRef, Attributed, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE = {"aux", "auxpass", "neg", "advmod", "preconj"}
_WHO = {"side", "party", "government", "country", "state", "leader", "minister", "delegation", "capital"}


def word_of(token: "Token") -> str:
    """The undertaking that a word would be, were it not denied: its lemma; "" where it is none or stands."""
    lemma, words = token.lemma_.lower(), lexicon()
    if token.pos_ == "NOUN":
        bound = words.has(lemma, "commitment-noun")
    else:
        bound = clauses.is_verb(token) and bool(words.of(lemma) & {"agreement", "undertaking", "offer"})
    return lemma if bound and reality.is_undone(token) else ""


def find(ctx: DocContext, sentence: Sentence, token: "Token") -> Attributed | None:
    """The position that somebody takes by leaving an undertaking unmade; None where that stays open."""
    lemma = word_of(token)
    denier = reality.taken_back_by(token) if lemma else None
    if denier is None or not _leads_on(token):
        return None
    without = denier.pos_ in {"ADP", "SCONJ"}
    verb = denier if clauses.is_verb(denier) else denier.head if without else _governor(denier)
    if verb is None or not clauses.is_verb(verb) or clauses.is_hypothetical(verb):
        return None
    speaker = _owner(ctx, sentence, token, verb) if token.pos_ == "NOUN" else _subject(ctx, sentence, verb)
    if speaker is None:
        return None
    if without:
        tokens = clauses.trim(sentence.span, denier.i, denier.right_edge.i)
    else:
        cue = CueWord(verb, lemma, frozenset({"matter"}))
        last = clauses.last_of(cue, max(token.i, verb.i))
        tokens = clauses.trim(sentence.span, _first(verb, token), last)
    if tokens is None:
        return None
    doc = sentence.span.doc
    span = ctx.offsets(sentence.paragraph, doc[tokens[0]], doc[tokens[1]])
    at = ctx.offsets(sentence.paragraph, token, token)
    label = f"no {lemma}" if token.pos_ == "NOUN" else f"not {lemma}"
    return Attributed(speaker, span, label, at, "denied", False, clauses.is_main(verb))


def _first(verb: "Token", token: "Token") -> int:
    """Where the words of a denial begin: "did not", "neither side", "no commitment from B" that A received."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i < verb.i), None)
    if subject is not None and (subject.dep_ == "expl" or reality.is_nobody(subject)):
        return subject.left_edge.i
    if token.dep_ == "nsubjpass" or (token.dep_ == "dobj" and token.head == verb and not _may_make(verb)):
        return token.left_edge.i
    phrase = reality.negative_phrase(verb)
    if phrase is not None:
        return min(phrase.left_edge.i, verb.i)  # under no circumstances did Kenya agree
    if [t.lower_ for t in verb.doc[max(verb.i - 2, 0) : verb.i]] == ["all", "but"]:
        return verb.i - 2
    return min([verb.i, *(c.i for c in verb.children if c.dep_ in _BESIDE and c.i < verb.i and _after(c, subject))])


def _after(token: "Token", subject: "Token | None") -> bool:
    return subject is None or token.i > subject.i


def _may_make(verb: "Token") -> bool:
    """Whether the subject of a verb is the one who makes, gives or offers a commitment."""
    return bool(lexicon().of(verb.lemma_.lower()) & {"holding", "offer", "refusal"})


def _leads_on(token: "Token") -> bool:
    """Whether the word leads to what is not undertaken: "did not agree to lift", not "failed to agree on quotas"."""
    after = [c for c in token.children if c.i > token.i]
    if any(c.dep_ in {"xcomp", "ccomp", "acl", "relcl"} or (c.dep_ == "prep" and c.lower_ == "to") for c in after):
        return True
    if token.pos_ == "NOUN":
        after += [c for c in token.head.children if c.i > token.i and token.dep_ in {"dobj", "attr"}]
    elif lexicon().has(token.lemma_.lower(), "agreement"):
        return False
    return any(c.dep_ in {"dobj", "prep", "advcl"} for c in after)


def _governor(noun: "Token") -> "Token | None":
    """The verb whose object or subject a noun is, through coordination."""
    while noun.dep_ == "conj" and noun.head != noun:
        noun = noun.head
    head = noun.head
    return head if noun.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"} and clauses.is_verb(head) else None


def _subject(ctx: DocContext, sentence: Sentence, verb: "Token") -> ActorRef | None:
    subject, actor = speakers.subject_of(ctx, sentence, verb)
    if subject is not None and any(c.lower_ == "neither" for c in subject.children):
        return speakers.both_sides(ctx) if subject.lemma_.lower() in _WHO else actor
    return actor


def _owner(ctx: DocContext, sentence: Sentence, noun: "Token", verb: "Token") -> ActorRef | None:
    """Whose the commitment would be: of or from whom it is missed, or who makes, gives or offers none."""
    named = [c for c in noun.children if c.dep_ == "poss"]
    for above in (noun, verb):
        preps = [c for c in above.children if c.dep_ in {"prep", "agent"} and c.lower_ in {"from", "of", "by"}]
        named += [g for c in preps for g in c.children if g.dep_ == "pobj"]
    for owner in named:
        if (actor := speakers.who(ctx, sentence, owner)) is not None:
            return actor
    if noun.dep_ == "nsubjpass" or not _may_make(_governor(noun) or verb):
        return None
    return _subject(ctx, sentence, verb)
