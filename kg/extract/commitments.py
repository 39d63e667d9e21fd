"""Commitments: what a party will do or has agreed to do, by whom, how firmly, by when and on what condition.

Only words that are somebody's statement are looked at, never the author's own voice.
"""

import re
from collections.abc import Iterable, Iterator

from kg.edtf import Edtf
from kg.extract import clauses, speakers, topics, undertakings, voices
from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import ActorRef, CommitmentFound, Sentence, Span, StatementFound
from kg.extract.spans import BySpan

_CONDITION = re.compile(
    r"\b(?:if|provided(?: that)?|on (?:the )?condition that|subject to|unless|once|depending on|contingent (?:up)?on|"
    r"(?<!for )as long as|so long as)\b[^.;]*",
    re.I,
)


def find(ctx: DocContext, statements: Iterable[StatementFound]) -> list[CommitmentFound]:
    """The commitments within the statements of a document, in the order of the text."""
    said = BySpan(statements, lambda s: s.span)
    out: list[CommitmentFound] = []
    for sentence in ctx.body:
        here = said.across(sentence.start, sentence.end)
        if here:
            out += _in_sentence(ctx, sentence, here)
            out += _in_list(ctx, sentence, here)
    return sorted(out, key=lambda c: (c.span, c.by))


def _in_sentence(ctx: DocContext, sentence: Sentence, said: list[StatementFound]) -> Iterator[CommitmentFound]:
    taken: list[Span] = []
    doc = sentence.span.doc
    for found in undertakings.find(ctx, sentence, said):
        span = ctx.offsets(sentence.paragraph, doc[found.first], doc[found.last])
        speaker = _speaker(said, span)
        if speaker is None or any(a < span[1] and b > span[0] for a, b in taken):
            continue
        taken.append(span)
        own = found.own or bool(set(found.by.parties) & set(speaker.parties))
        yield _commitment(ctx, sentence, found.by, span, speaker, own, found.strength, found.rule)


def _commitment(
    ctx: DocContext,
    sentence: Sentence,
    by: ActorRef,
    span: Span,
    speaker: ActorRef,
    own: bool,
    strength: str,
    rule: str,
) -> CommitmentFound:
    condition = _CONDITION.search(ctx.text, sentence.start, sentence.end)
    sectors, forums, _ = topics.of_span(ctx, span)
    return CommitmentFound(
        by=by.parties,
        kind="joint" if len(by.parties) > 1 else ("unilateral" if own else "expectation"),
        span=span,
        rule=f"binding:{rule}",
        strength="conditional" if condition else strength,
        due=_due(ctx, span),
        condition=condition[0].strip(" ,") if condition else None,
        condition_span=condition.span() if condition else None,
        speaker=speaker,
        sectors=sectors,
        forums=forums,
    )


_BY_END = re.compile(r"(?i)\b(?:by|before|no later than|until)\s+$")


def _due(ctx: DocContext, span: Span) -> str | None:
    """By when; "by the end of 2026" and "within five years" leave open when it begins."""
    for found in ctx.dates_in(*span):
        if not found.edtf or found.future is False:
            continue
        words = ctx.text[slice(*found.span)].casefold()
        last = Edtf.parse(found.edtf).latest
        by_end = re.search(r"\bend\s+of\b", words) and _BY_END.search(ctx.text[: found.span[0]][-20:])
        years = words.startswith("within") and words.rstrip("s").endswith("year")
        published = Edtf.parse(ctx.document.published).exact if ctx.document.published else None
        if years and last is not None and published is not None:
            last = last.replace(month=published.month, day=min(published.day, 28))
        return f"../{last.isoformat()}" if last is not None and (by_end or years) else found.edtf
    return None


def _speaker(said: list[StatementFound], span: Span) -> ActorRef | None:
    """Whose statement the words lie in, or None where they lie in nobody's."""
    best = max(said, key=lambda s: min(s.span[1], span[1]) - max(s.span[0], span[0]))
    return best.speaker if min(best.span[1], span[1]) > max(best.span[0], span[0]) else None


def _in_list(ctx: DocContext, sentence: Sentence, said: list[StatementFound]) -> Iterator[CommitmentFound]:
    """The items of a list after "agreed to:", each a commitment of its own."""
    words = [t for t in sentence.span if not t.is_punct and not t.is_space]
    if len(words) < 3 or words[-1].lower_ != "to":
        return
    verb = next((t for t in reversed(words) if clauses.is_verb(t)), None)
    if verb is None or not lexicon().of(verb.lemma_.lower()) & {"agreement", "undertaking"}:
        return
    _, actor = speakers.subject_of(ctx, sentence, verb)
    if actor is None:
        return
    for span in voices.items(ctx, sentence):
        yield _commitment(ctx, sentence, actor, span, said[0].speaker, True, "firm", "list")
