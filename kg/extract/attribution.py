"""Clauses under a cue: who is said to have said what, by which words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import clauses, denials, reality, speakers
from kg.extract.context import DocContext
from kg.extract.cues import CueWord, lexicon, verb_cue
from kg.extract.model import ActorRef, Attributed, Candidate, Sentence, Span
from kg.extract.stances import FIRST, bound, stance, will

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENING = {'"', "“", "«", "„"}


def speaks_unknown(ctx: DocContext, sentence: Sentence, quotes: list[Span]) -> bool:
    """Whether the sentence has a verb of saying whose subject is no party, such as an analyst or a paper."""
    for token in sentence.span:
        at = sentence.paragraph.start + token.idx
        if not clauses.is_verb(token) or any(a < at < b for a, b in quotes):
            continue
        cue = verb_cue(token)
        if cue is not None and "clause" in cue.kinds and clauses.own_subject(token) is not None:
            if speakers.subject_of(ctx, sentence, token)[1] is None:
                return True
    return any(t.lower_ == "according" for t in sentence.span)


def issuer(ctx: DocContext, sentence: Sentence) -> ActorRef | None:
    """Who issued "the following statement:", whose words come in the sentences after."""
    if not sentence.text().rstrip().endswith(":"):
        return None
    words = lexicon()
    for token in sentence.span:
        if token.dep_ in {"dobj", "nsubjpass"} and words.has(token.lemma_.lower(), "utterance"):
            agents = (g for c in token.head.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj")
            subject = clauses.subject(token.head) if token.dep_ == "dobj" else next(agents, None)
            return speakers.who(ctx, sentence, subject)
    return None


def find(ctx: DocContext, sentence: Sentence, quotes: list[Span], candidates: list[Candidate]) -> list[Attributed]:
    """The attributed clauses of a sentence in its order; a cue inside what another speaker says is none."""
    found = list(_all(ctx, sentence, quotes, candidates))
    others = list(_said_by_others(ctx, sentence, quotes))
    out = [one for one in found if not any(_inside(one, other) for other in found)]
    out = [one for one in out if not any(a <= one.cue_span[0] < b for a, b in others)]
    return sorted(out, key=lambda a: (a.span, a.cue_span))


def _said_by_others(ctx: DocContext, sentence: Sentence, quotes: list[Span]) -> Iterator[Span]:
    """What somebody says in the sentence whom nothing ties to a party; no cue within it is an attribution."""
    for token in sentence.span:
        at = sentence.paragraph.start + token.idx
        subject = clauses.own_subject(token) if clauses.is_verb(token) else None
        if subject is None or any(a < at < b for a, b in quotes):
            continue
        if subject.lower_ == "it" or lexicon().has(subject.lemma_.lower(), "document"):
            continue
        cue = verb_cue(token)
        if cue is None or not any(c.dep_ == "ccomp" for c in token.children):
            continue
        if cue.kinds & {"clause", "matter"} and speakers.subject_of(ctx, sentence, token)[1] is None:
            if (span := _content(ctx, sentence, cue, quotes)) is not None:
                yield span


def _inside(one: Attributed, other: Attributed) -> bool:
    """Whether one's cue stands in what another speaker says."""
    if one is other or one.speaker.speaker == other.speaker.speaker:
        return False
    mutual = one.span[0] <= other.cue_span[0] < one.span[1]
    return other.span[0] <= one.cue_span[0] < other.span[1] and not (mutual and one.cue_span < other.cue_span)


def _all(ctx: DocContext, sentence: Sentence, quotes: list[Span], candidates: list[Candidate]) -> Iterator[Attributed]:
    for token in sentence.span:
        at = sentence.paragraph.start + token.idx
        if any(a < at < b for a, b in quotes) and not _spoken_of(sentence, token, quotes):
            continue
        if token.lower_ == "according":
            yield from _according(ctx, sentence, token)
        elif token.pos_ in {"NOUN", "VERB"} and (denied := denials.find(ctx, sentence, token)) is not None:
            yield denied
        elif clauses.is_verb(token):
            yield from _verb(ctx, sentence, token, quotes, candidates)
        elif token.dep_ in {"nsubj", "dobj", "nsubjpass"} and lexicon().has(token.lemma_.lower(), "noun"):
            yield from _noun(ctx, sentence, token)


def _spoken_of(sentence: Sentence, token: "Token", quotes: list[Span]) -> bool:
    """Whether a verb in quotation marks has its subject before them: Bennett "thanked the President for ..." """
    if not clauses.is_verb(token):
        return False
    subject = clauses.own_subject(token)
    if subject is None or subject.pos_ == "PRON":
        return False
    at = sentence.paragraph.start + subject.idx
    return not any(a <= at < b for a, b in quotes)


def _verb(
    ctx: DocContext, sentence: Sentence, verb: "Token", quotes: list[Span], candidates: list[Candidate]
) -> Iterator[Attributed]:
    if verb.dep_ in {"amod", "compound"} or clauses.is_hypothetical(verb) or clauses.is_possible_only(verb):
        return
    plain = verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children)
    if plain and verb.dep_ in {"advcl", "xcomp", "ccomp"} and verb.head.tag_ != "MD" and verb.i > verb.head.i:
        return  # to help them defend their land
    if verb.tag_ == "VB" and lexicon().has(verb.lemma_.lower(), "deed") and verb.dep_ != "ROOT":
        return  # they continue to defend their country
    bare = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not any(c.dep_ == "aux" for c in verb.children)
    if bare and clauses.subject(verb) != verb.head:
        return  # the measures announced by ..., committed to ...
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    if passive:
        yield from _passive(ctx, sentence, verb)
        yield from bound(ctx, sentence, verb)
        return
    cue = None if clauses.is_future(verb) else verb_cue(verb)
    if cue is None:
        yield from stance(ctx, sentence, verb)
        yield from will(ctx, sentence, verb)
        return
    if reality.is_undone(verb) and not _is_position(cue):
        return
    if reality.is_hearsay(verb) and cue.kinds & {"agreement", "undertaking", "plan"}:
        span = ctx.offsets(sentence.paragraph, verb, verb)
        candidates.append(Candidate("statement", span, f"The text tells “{verb.text}” only by hearsay.", "cue"))
        return
    if "talk" in cue.kinds and cue.kinds <= {"talk", "matter", "address"} and _is_purpose(verb):
        return
    subject, speaker = speakers.subject_of(ctx, sentence, verb)
    if speaker is not None and speaker.kind == "person" and cue.kinds & {"talk", "agreement"}:
        speaker = speakers.with_counterpart(ctx, sentence, verb, speaker)
    if "plan" in cue.kinds and not speakers.plans_act(ctx, verb, speaker):
        return
    if speaker is None:
        if (
            subject is not None
            and subject.pos_ == "PROPN"
            and not any(c.dep_ == "det" for c in subject.lefts)
            and not subject.is_upper
            and "clause" in cue.kinds
        ):
            span = ctx.offsets(sentence.paragraph, verb, verb)
            candidates.append(
                Candidate("statement", span, f"{subject.text} speaks here, but for no known party.", "cue")
            )
        return
    found = _content(ctx, sentence, cue, quotes)
    if found is None:
        yield from will(ctx, sentence, verb)
        return
    first = subject is not None and subject.lower_ in FIRST
    at = ctx.offsets(sentence.paragraph, verb, verb)
    whom = _addressee(ctx, sentence, cue, speaker)
    words = _words(ctx, sentence, cue, found)
    yield Attributed(speaker, found, cue.label, at, sorted(cue.kinds)[0], first, clauses.is_main(verb), whom, words)


def _words(ctx: DocContext, sentence: Sentence, cue: CueWord, said: Span) -> Span | None:
    """What is said with the verb that says it ("welcomed the accord", "refused to accept it"), where it is no bare
    "said that".
    """
    label, words = cue.label, lexicon()
    heads = clauses.complements(cue)
    clause = not heads or any(h.dep_ in clauses.CLAUSES and not clauses.is_infinitive(h) for h in heads)
    if clause and "clause" in cue.kinds and not any(words.has(label, k) for k in ("denial", "wish", "belief")):
        return None
    denier = reality.taken_back_by(cue.token)
    verb = denier if denier is not None and clauses.is_verb(denier) and denier.i < cue.token.i else cue.token
    begin = reality.first_word(verb, reality.negative_phrase(verb))  # under no circumstances does Kenya accept
    first = sentence.paragraph.start + verb.doc[begin].idx
    return (first, said[1]) if first < said[0] else None


def _is_position(cue: CueWord) -> bool:
    """Whether a cue says something even where it is negated or refused: did not accept, refused to support."""
    return lexicon().has(cue.label, "position") and reality.standing(cue.token) in {"negated", "refused"}


def _is_purpose(verb: "Token") -> bool:
    """met to discuss, met, discussing: what a meeting was for is told of the meeting."""
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and speakers.is_act(verb.head):
        return True
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _content(ctx: DocContext, sentence: Sentence, cue: CueWord, quotes: list[Span]) -> Span | None:
    verb = cue.token
    publisher = bool(ctx.frame.publisher_party)
    tokens = clauses.content(cue, sentence.span, keep_comments=publisher or ctx.frame.kind == "joint")
    if tokens is None and verb.dep_ == "parataxis":  # The relationship, Xi said, is strong
        tokens = clauses.trim(sentence.span, sentence.span.start, sentence.span.end - 1)
    if tokens is None:
        at = sentence.paragraph.start + verb.idx
        if not cue.kinds & {"clause", "matter"} or verb.dep_ == "relcl":
            return None
        return next(
            (q for q in quotes if sentence.start <= q[0] and q[1] <= sentence.end and _beside(ctx.text, q, at)), None
        )
    tokens = tokens[0], clauses.without_source(sentence.span, *tokens)
    doc = sentence.span.doc
    span = ctx.offsets(sentence.paragraph, doc[tokens[0]], doc[tokens[1]])
    if all(t.pos_ in {"PRON", "PUNCT"} for t in doc[tokens[0] : tokens[1] + 1]):
        return None  # refused to accept it
    if ctx.text[span[0] - 1 : span[0]] in _OPENING and any(q[0] == span[0] - 1 for q in quotes):
        span = (span[0] - 1, span[1])
    span = _with_quotes(sentence, span, quotes)
    if tokens[1] < verb.i:  # "...," he said, "..."
        after = next((q for q in quotes if q[0] > sentence.paragraph.start + verb.idx and q[1] <= sentence.end), None)
        if after is not None and _beside(ctx.text, after, sentence.paragraph.start + verb.idx + len(verb)):
            span = (span[0], after[1])
    return span


def _beside(text: str, quote: Span, at: int) -> bool:
    """Whether a quotation stands next to the verb at an offset, with at most a speaker's name between."""
    between = text[quote[1] : at] if quote[1] <= at else text[at : quote[0]]
    return len(between.split()) <= 6 and (
        quote[1] <= at or between.rstrip().endswith((",", ":")) or len(between.split()) <= 2
    )


def _with_quotes(sentence: Sentence, span: Span, quotes: list[Span]) -> Span:
    """The span with the whole of any quotation that it cuts."""
    start, end = span
    for a, b in quotes:
        if a < end and b > start and sentence.start <= a and b <= sentence.end:
            start, end = min(start, a), max(end, b)
    return start, end


def _addressee(ctx: DocContext, sentence: Sentence, cue: CueWord, speaker: ActorRef) -> ActorRef | None:
    for child in cue.token.children:
        token = child
        if child.dep_ == "prep" and child.lower_ in {"to", "with"}:
            token = next((c for c in child.children if c.dep_ == "pobj"), child)
        elif child.dep_ not in {"dobj", "dative"}:
            continue
        actor = ctx.who(sentence.paragraph, token)
        if actor is not None and actor.parties and actor.speaker != speaker.speaker:
            return actor
    return None


def _passive(ctx: DocContext, sentence: Sentence, verb: "Token") -> Iterator[Attributed]:
    """The need for X was stressed by both sides; it was agreed that ..."""
    if reality.is_undone(verb):
        return
    yield from _impersonal(ctx, sentence, verb)
    kinds = lexicon().of(verb.lemma_.lower()) & {"matter", "talk", "agreement", "clause"}
    if not kinds:
        return
    agent = next((g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)
    speaker = speakers.who(ctx, sentence, agent)
    subject = next(c for c in verb.children if c.dep_ == "nsubjpass")
    clause = next((c for c in verb.children if c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i), None)
    impersonal = subject.lower_ == "it" and clause is not None
    if speaker is None and impersonal and "agreement" in kinds:
        speaker = ctx.frame.voice or speakers.both_sides(ctx)
    if speaker is None or (subject.lower_ == "it" and not impersonal):
        return
    node = clause if impersonal and clause is not None else subject
    yield from _said_of(ctx, sentence, verb, node, speaker, "passive")


def _impersonal(ctx: DocContext, sentence: Sentence, verb: "Token") -> Iterator[Attributed]:
    """The importance of X was noted, special attention was paid to X: in a government's readout both sides say so."""
    if ctx.frame.kind != "third-person" or not ctx.frame.publisher_party or len(ctx.frame.parties) != 2:
        return
    subject = next(c for c in verb.children if c.dep_ == "nsubjpass")
    if any(c.dep_ == "agent" for c in verb.children) or clauses.is_future(verb) or verb.dep_ not in {"ROOT", "conj"}:
        return
    if subject.pos_ not in {"NOUN", "PROPN"} or ctx.who(sentence.paragraph, subject) is not None:
        return
    words = lexicon()
    light = words.has(f"{subject.lemma_.lower()} {verb.lemma_.lower()}", "impersonal")
    if not light and not words.has(verb.lemma_.lower(), "impersonal"):
        return
    speaker = speakers.both_sides(ctx)
    goals = [g for c in verb.children if c.dep_ == "prep" for g in c.children if g.dep_ in {"pobj", "pcomp"}]
    goals += [g for c in subject.children if c.dep_ == "prep" for g in c.children if g.dep_ in {"pobj", "pcomp"}]
    node = next(iter(goals), None) if light else subject
    if speaker is None or node is None:
        return
    yield from _said_of(ctx, sentence, verb, node, speaker, "impersonal")


def _said_of(
    ctx: DocContext, sentence: Sentence, verb: "Token", node: "Token", speaker: ActorRef, rule: str
) -> Iterator[Attributed]:
    """The whole phrase of a node, as what the speaker says by a verb."""
    tokens = clauses.trim(sentence.span, node.left_edge.i, node.right_edge.i)
    if tokens is None:
        return
    doc = sentence.span.doc
    span = ctx.offsets(sentence.paragraph, doc[tokens[0]], doc[tokens[1]])
    at = ctx.offsets(sentence.paragraph, verb, verb)
    whole = (min(span[0], at[0]), max(span[1], at[1]))  # the need for X was stressed
    yield Attributed(speaker, span, verb.lower_, at, rule, words=whole)


def _noun(ctx: DocContext, sentence: Sentence, noun: "Token") -> Iterator[Attributed]:
    """The message from Beijing was ...; China's position is that ..."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_.lower() != "be":
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is None:
        preps = [c for c in noun.children if c.dep_ == "prep" and c.lower_ in {"from", "of"}]
        owner = next((g for p in preps for g in p.children if g.dep_ == "pobj"), None)
    speaker = speakers.who(ctx, sentence, owner)
    if speaker is None:
        return
    rest = [c for c in verb.children if c.i > verb.i and c.dep_ != "punct"]
    if not rest:
        return
    last = sentence.span.end - 1
    tokens = clauses.trim(sentence.span, rest[0].left_edge.i, last)
    doc = sentence.span.doc
    colon = next((t.i for t in doc[rest[0].left_edge.i : last] if t.text == ":"), None)
    if colon is not None:
        tokens = clauses.trim(sentence.span, colon + 1, last)
    if tokens is None:
        return
    span = ctx.offsets(sentence.paragraph, doc[tokens[0]], doc[tokens[1]])
    yield Attributed(speaker, span, noun.lower_, ctx.offsets(sentence.paragraph, noun, noun), "noun")


def _according(ctx: DocContext, sentence: Sentence, token: "Token") -> Iterator[Attributed]:
    """According to X, ..."""
    to = (
        next((c for c in [*token.children, *(token.nbor(1),)] if c.lower_ == "to"), None)
        if token.i + 1 < len(token.doc)
        else None
    )
    target = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    speaker = speakers.who(ctx, sentence, target)
    if speaker is None or target is None:
        return
    doc = sentence.span.doc
    left, right = token.i, target.right_edge.i
    if left - sentence.span.start <= 1:
        tokens = clauses.trim(sentence.span, right + 1, sentence.span.end - 1)
    else:
        tokens = clauses.trim(sentence.span, sentence.span.start, left - 1)
    if tokens is None:
        return
    span = ctx.offsets(sentence.paragraph, doc[tokens[0]], doc[tokens[1]])
    yield Attributed(speaker, span, "according to", ctx.offsets(sentence.paragraph, token, token), "source")
