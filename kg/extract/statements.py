"""Statements: what a text attributes to a party, with speaker, mode, cue and exact span.

Three ways in, by the frame of the document: the words of a voice (speaker turns, first-person releases, sentences of
joint statements), clauses under a cue ("welcomed", "called for", "is ready to"), and quotations that run on beyond the
sentence of their cue. What one speaker says in one sentence is one statement; a change of speaker splits it. What the
author says in their own voice is none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract import attribution, topics, voices
from kg.extract.context import DocContext
from kg.extract.model import ActorRef, Attributed, Candidate, Sentence, Span, StatementFound
from kg.extract.quotes import bare, quotations, quoted_share
from kg.extract.spans import BySpan


def find(ctx: DocContext) -> list[StatementFound | Candidate]:
    """The statements of a document in the order of the text, and what may be one but has no sure speaker."""
    quotes = quotations(ctx.text, ctx.paragraphs)
    found: list[StatementFound] = []
    candidates: list[Candidate] = []
    pending: list[Sentence] = []  # quoted sentences before any cue of their paragraph
    last: tuple[int, ActorRef] | None = None  # paragraph and speaker of the words before
    quoted = False  # whether these were a quotation
    for sentence in ctx.body:
        if pending and pending[0].paragraph is not sentence.paragraph:
            pending = []
        here = quotes.across(sentence.start, sentence.end)
        said = list(_in_sentence(ctx, sentence, here, candidates))
        if said:
            found += [_quoted(ctx, s, said[0].speaker) for s in pending]
            pending = []
            cue = said[-1].cue_span
            if cue is None or not any(a < cue[0] < b for a, b in here):  # the quotation is of another who tells this
                quoted = said[-1].mode != "indirect"
                goes_on = quoted or said[-1].speaker.kind == "person"
                last = (sentence.paragraph.index, said[-1].speaker) if goes_on else None
            elif last is not None:
                last = (sentence.paragraph.index, last[1])
        elif sentence.turn is None and _is_quoted(ctx, sentence, here):
            if last is not None and _follows(ctx, sentence, last[0], quotes):
                last = (sentence.paragraph.index, last[1])
                said = [_quoted(ctx, sentence, last[1])]
            else:
                pending.append(sentence)
        elif (issuer := attribution.issuer(ctx, sentence)) is not None:
            pending, last, quoted = [], (sentence.paragraph.index, issuer), True
        elif attribution.speaks_unknown(ctx, sentence, here):
            pending, last = [], None  # these are the words of somebody who is no party
        elif not quoted:
            last = None  # the author has gone on to something else
        found += said
    found.sort(key=lambda s: (s.span, s.speaker.speaker))
    return [*(_with_topics(ctx, s) for s in found), *candidates]


def _in_sentence(
    ctx: DocContext, sentence: Sentence, quotes: list[Span], candidates: list[Candidate]
) -> Iterator[StatementFound]:
    voice = voices.of(ctx, sentence)
    if voice is not None and ctx.frame.kind != "joint":
        if voices.speaks(ctx, sentence, voice):
            yield _direct(ctx, sentence, voice)
        return
    if sentence.turn is not None and voice is None:
        return  # words of somebody who is no party, such as a journalist
    clauses = attribution.find(ctx, sentence, quotes, candidates)
    if voice is not None:
        yield from _joint(ctx, sentence, voice, clauses, quotes)
        return
    yield from _joined(ctx, sentence, clauses, quotes)


def _joint(
    ctx: DocContext, sentence: Sentence, voice: ActorRef, clauses: list[Attributed], quotes: list[Span]
) -> Iterator[StatementFound]:
    """A sentence of a joint statement: under a cue in the third person, else the words of the parties themselves."""
    cued = [c for c in clauses if c.rule != "will" and not c.first_person]
    if any(c.main for c in cued):
        yield from _joined(ctx, sentence, cued, quotes)
    elif voices.has_words(sentence) and not voices.is_item(ctx, sentence):
        own = next((c.speaker for c in clauses if c.rule == "will" and not c.first_person), voice)
        yield _direct(ctx, sentence, own)


def _joined(
    ctx: DocContext, sentence: Sentence, clauses: Iterable[Attributed], quotes: list[Span]
) -> Iterator[StatementFound]:
    """One statement for each run of clauses with the same speaker."""
    runs: list[list[Attributed]] = []
    for clause in clauses:
        if runs and runs[-1][-1].speaker.speaker == clause.speaker.speaker:
            runs[-1].append(clause)
        else:
            runs.append([clause])
    for run in runs:
        span = (min(c.span[0] for c in run), max(c.span[1] for c in run))
        first = run[0]
        mode = _mode(ctx.text, span, quotes)
        told = [c.words or c.span for c in run]
        words = bare(ctx.text, span) if mode == "direct" else (min(a for a, _ in told), max(b for _, b in told))
        yield StatementFound(
            speaker=first.speaker,
            mode=mode,
            span=span,
            rule=f"cue:{first.rule}",
            cue=", ".join(dict.fromkeys(c.cue for c in run)),
            cue_span=first.cue_span,
            addressee=next((c.addressee for c in run if c.addressee), None),
            about=_about(ctx, span, first.speaker),
            words=words,
        )


def _direct(ctx: DocContext, sentence: Sentence, speaker: ActorRef) -> StatementFound:
    span = voices.whole(ctx, sentence)
    rule = "turn" if sentence.turn else ("joint" if ctx.frame.kind == "joint" else "first-person")
    return StatementFound(speaker, "direct", span, rule, about=_about(ctx, span, speaker))


def _quoted(ctx: DocContext, sentence: Sentence, speaker: ActorRef) -> StatementFound:
    span = (sentence.start, sentence.end)
    return StatementFound(speaker, "direct", span, "quotation", words=bare(ctx.text, span))


def _mode(text: str, span: Span, quotes: list[Span]) -> str:
    share = quoted_share(text, span, quotes)
    return "direct" if share > 0.95 else ("mixed" if share > 0 else "indirect")


def _is_quoted(ctx: DocContext, sentence: Sentence, quotes: list[Span]) -> bool:
    return quoted_share(ctx.text, (sentence.start, sentence.end), quotes) > 0.95


def _follows(ctx: DocContext, sentence: Sentence, paragraph: int, quotes: BySpan[Span]) -> bool:
    """Whether a quoted sentence goes on with the quotation in a paragraph: the same, or the one before its own."""
    here = sentence.paragraph
    if here.index == paragraph:
        return True
    first = ctx.text[here.start : here.start + 1]
    opened = any(a == here.start for a, _ in quotes.across(here.start, here.start + 1))
    if here.index - paragraph == 1 and first not in '"“' and opened:
        return True  # a quotation that was not closed before
    speaks = any(t.lemma_ == "say" for t in here.doc)  # it has a speaker of its own
    return here.index - paragraph == 1 and ctx.text[here.start] in '"“' and not speaks


def _about(ctx: DocContext, span: Span, speaker: ActorRef) -> tuple[str, ...]:
    """Codes of the parties that the words name, but for the one that speaks alone."""
    own = set(speaker.parties) if speaker.kind != "group" else set()
    named = {m.actor.party for m in ctx.mentions_in(*span) if m.kind in {"state", "organisation"} and m.actor.party}
    return tuple(sorted(named - own))


def _with_topics(ctx: DocContext, statement: StatementFound) -> StatementFound:
    sectors, forums, principles = topics.of_span(ctx, statement.span)
    return replace(statement, sectors=sectors, forums=forums, principles=principles)
