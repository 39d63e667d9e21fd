"""What a party says by a stance or by will, without a verb of saying: is ready to, is committed to, will open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import clauses, reality, speakers
from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import Attributed, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST = {"i", "we"}


def stance(ctx: DocContext, sentence: Sentence, verb: "Token") -> Iterator[Attributed]:
    """X is ready to ..., is committed to ..., are concerned about ..."""
    if verb.lemma_.lower() not in {"be", "remain", "stand"}:
        return
    for child in verb.children:
        if child.dep_ not in {"acomp", "attr"} or not lexicon().of(child.lower_) & {"attitude", "committed"}:
            continue
        subject = clauses.subject(verb)
        speaker = speakers.who(ctx, sentence, subject)
        rest = [c for c in child.children if c.i > child.i and c.dep_ in {"xcomp", "ccomp", "prep"}]
        if speaker is None or not rest:
            return
        tokens = clauses.trim(sentence.span, rest[0].left_edge.i, max(c.right_edge.i for c in rest))
        if tokens is None:
            return
        tokens = tokens[0], clauses.without_source(sentence.span, *tokens)
        doc = sentence.span.doc
        span = ctx.offsets(sentence.paragraph, doc[tokens[0]], doc[tokens[1]])
        first = subject is not None and subject.lower_ in FIRST
        cue = ctx.offsets(sentence.paragraph, verb, child)
        phrase = reality.negative_phrase(verb) or reality.negative_phrase(child)
        whole = (ctx.offsets(sentence.paragraph, doc[reality.first_word(verb, phrase)], verb)[0], span[1])
        label = f"{'not ' if clauses.is_negated(verb) or phrase is not None else ''}be {child.lower_}"
        yield Attributed(speaker, span, label, cue, "attitude", first, clauses.is_main(verb), words=whole)


def bound(ctx: DocContext, sentence: Sentence, verb: "Token") -> Iterator[Attributed]:
    """are committed to ..., was encouraged by ...: a stance in the shape of a passive."""
    if not lexicon().of(verb.lower_) & {"attitude", "committed"}:
        return
    if any(c.dep_ == "agent" for c in verb.children) and not ctx.frame.publisher_party:
        return  # an author who tells how a state felt
    subject = next(c for c in verb.children if c.dep_ == "nsubjpass")
    speaker = speakers.who(ctx, sentence, subject)
    rest = [c for c in verb.children if c.i > verb.i and c.dep_ in {"xcomp", "ccomp", "prep", "agent"}]
    if speaker is None or not rest:
        return
    tokens = clauses.trim(
        sentence.span, rest[0].left_edge.i, clauses.whole_phrase(sentence.span, max(c.right_edge.i for c in rest))
    )
    if tokens is None:
        return
    doc = sentence.span.doc
    span = ctx.offsets(sentence.paragraph, doc[tokens[0]], doc[tokens[1]])
    at = ctx.offsets(sentence.paragraph, verb, verb)
    first = subject.lower_ in FIRST
    whole = (ctx.offsets(sentence.paragraph, doc[reality.first_word(verb)], verb)[0], span[1])
    yield Attributed(speaker, span, f"be {verb.lower_}", at, "attitude", first, clauses.is_main(verb), words=whole)


def will(ctx: DocContext, sentence: Sentence, verb: "Token") -> Iterator[Attributed]:
    """A party will do something, said by its government or by both; journeys and meetings are none."""
    if not ctx.frame.publisher_party and ctx.frame.kind != "joint":
        return
    modal = next((c for c in verb.children if c.dep_ == "aux" and lexicon().has(c.lower_, "will")), None)
    if modal is None or modal.lower_ == "would" or not clauses.is_main(verb):
        return
    if ctx.frame.kind != "joint" and lexicon().has(verb.lemma_.lower(), "encounter"):
        return
    subject = clauses.subject(verb)
    speaker = speakers.who(ctx, sentence, subject)
    if speaker is None or subject is None:
        return
    span = (sentence.start, sentence.end)
    cue = ctx.offsets(sentence.paragraph, modal, modal)
    yield Attributed(speaker, span, modal.lower_, cue, "will", subject.lower_ in FIRST)
