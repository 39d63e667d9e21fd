"""Commitments: what a party will do or has agreed to do; readiness, hope, support and praise are none.

Each undertaking hangs on a word that binds (``agree to``, ``will``, ``committed to``, ``their commitment to`` ...); the lexicon of
cues says which words do. Only words that are somebody's statement are looked at, never the author's own voice.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import attribution, clauses, topics, voices
from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import ActorRef, CommitmentFound, Sentence, Span, StatementFound

if TYPE_CHECKING:
    from spacy.tokens import Token

_PROGRAMME = {
    "visit", "travel", "arrive", "depart", "attend", "address", "lay", "tour", "fly", "accompany", "join", "receive", "call", "witness", "view",
    "participate", "speak", "go", "come", "represent", "see", "leave", "deliver",
}  # fmt: skip
_STATES = {"be", "have", "need", "depend", "benefit", "mark", "require", "mean", "become", "find", "know", "feel", "want", "like", "love", "think", "see", "face", "get", "say"}
_RECURRING = re.compile(r"\b(annual(?:ly)?|regular(?:ly)?|every year|each year|yearly|biennial|twice a year|quarterly|periodic(?:ally)?)\b", re.I)
_RELATION = {"relationship", "partnership", "cooperation", "co-operation", "relation", "tie", "collaboration"}
_HEADERS = {"step", "initiative", "measure", "number", "thing", "point", "item", "area", "importance", "need", "issue", "way", "idea", "value", "view", "proposition", "principle"}
_GIFTS = {
    "aid", "assistance", "funding", "package", "contribution", "deployment", "intention", "plan", "grant", "loan", "donation", "investment", "relief",
    "support", "fund", "decision", "commitment", "pledge", "increase", "dollar", "million", "billion",
}  # fmt: skip
_REAFFIRMED = {"reaffirmation", "affirmation", "announcement", "confirmation", "reiteration", "renewal", "statement"}
_STATING = {"renew", "have", "make", "repeat", "share"}
_CONDITION = re.compile(
    r"\b(?:if|provided(?: that)?|on (?:the )?condition that|subject to|unless|once|depending on|contingent (?:up)?on|as long as|so long as)\b[^.;]*", re.I
)


@dataclass(frozen=True, slots=True)
class _Found:
    by: ActorRef
    first: int  # token indices in the paragraph
    last: int
    word: str
    strength: str
    rule: str
    own: bool  # the text calls it the party's own undertaking


def find(ctx: DocContext, statements: Iterable[StatementFound]) -> list[CommitmentFound]:
    """The commitments within the statements of a document, in the order of the text."""
    said = sorted(statements, key=lambda s: s.span)
    out: list[CommitmentFound] = []
    for sentence in ctx.body:
        here = [s for s in said if s.span[0] < sentence.end and s.span[1] > sentence.start]
        if here:
            out += _in_sentence(ctx, sentence, here)
            out += _in_list(ctx, sentence, here)
    return sorted(out, key=lambda c: (c.span, c.by))


def _in_sentence(ctx: DocContext, sentence: Sentence, said: list[StatementFound]) -> Iterator[CommitmentFound]:
    taken: list[Span] = []
    doc = sentence.span.doc
    for found in _all(ctx, sentence, said):
        span = ctx.offsets(sentence.paragraph, doc[found.first], doc[found.last])
        speaker = _speaker(said, span)
        if speaker is None or any(a < span[1] and b > span[0] for a, b in taken):
            continue
        taken.append(span)
        by = found.by.parties
        if len(by) > 1:
            kind = "joint"
        else:
            kind = "unilateral" if found.own or set(by) & set(speaker.parties) else "expectation"
        due = next((d.edtf for d in ctx.dates_in(*span) if d.edtf and d.future is not False), None)
        condition = _CONDITION.search(ctx.text, sentence.start, sentence.end)
        sectors, forums, _ = topics.of_span(ctx, span)
        yield CommitmentFound(
            by=by,
            kind=kind,
            span=span,
            rule=f"binding:{found.rule}",
            strength="conditional" if condition else found.strength,
            due=due,
            condition=condition[0].strip(" ,") if condition else None,
            condition_span=condition.span() if condition else None,
            speaker=speaker,
            sectors=sectors,
            forums=forums,
        )


def _in_list(ctx: DocContext, sentence: Sentence, said: list[StatementFound]) -> Iterator[CommitmentFound]:
    """The items of a list after "agreed to:", each a commitment of its own."""
    words = [t for t in sentence.span if not t.is_punct and not t.is_space]
    if len(words) < 3 or words[-1].lower_ != "to" or not voices.items(ctx, sentence):
        return
    verb = next((t for t in reversed(words) if clauses.is_verb(t)), None)
    if verb is None or not lexicon().of(verb.lemma_.lower()) & {"agreement", "undertaking"}:
        return
    _, actor = attribution.subject_of(ctx, sentence, verb)
    if actor is None:
        return
    for start, end in voices.items(ctx, sentence):
        sectors, forums, _ = topics.of_span(ctx, (start, end))
        kind = "joint" if len(actor.parties) > 1 else "unilateral"
        due = next((d.edtf for d in ctx.dates_in(start, end) if d.edtf and d.future is not False), None)
        yield CommitmentFound(
            actor.parties, kind, (start, end), "binding:list", "firm", due, speaker=said[0].speaker, sectors=sectors, forums=forums
        )


def _speaker(said: list[StatementFound], span: Span) -> ActorRef | None:
    """Whose statement the words are: the one they lie in, or the one that they introduce."""
    best = max(said, key=lambda s: min(s.span[1], span[1]) - max(s.span[0], span[0]))
    return best.speaker if min(best.span[1], span[1]) > max(best.span[0], span[0]) else None


def _all(ctx: DocContext, sentence: Sentence, said: list[StatementFound]) -> Iterator[_Found]:
    words = lexicon()
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if clauses.is_verb(token):
            kinds = words.of(lemma)
            if lemma == "announce":
                yield from _announced(ctx, sentence, token)
            elif kinds & {"agreement", "undertaking", "plan"} and not _is_question(token):
                yield from _verb(ctx, sentence, token, "plan" in kinds)
            if any(c.dep_ == "aux" and words.has(c.lower_, "will") for c in token.children):
                yield from _will(ctx, sentence, token, said)
        if token.pos_ in {"ADJ", "VERB"} and words.has(token.lower_, "committed"):
            yield from _committed(ctx, sentence, token)
        elif token.pos_ == "NOUN" and words.of(lemma) & {"commitment-noun", "intention-noun"}:
            yield from _noun(ctx, sentence, token, "intention-noun" in words.of(lemma), said)


def _is_question(verb: "Token") -> bool:
    return clauses.is_hypothetical(verb)


def _goal(verb: "Token") -> "Token | None":
    """What a binding word leads to: an infinitive, or what follows "to"."""
    for child in verb.children:
        if child.i <= verb.i:
            continue
        if child.dep_ in {"xcomp", "ccomp", "advcl", "acl"} and _is_infinitive(child):
            return child
        if child.dep_ == "prep" and child.lower_ == "to" and any(c.dep_ in {"pobj", "pcomp"} for c in child.children):
            return child
        if child.dep_ == "aux" and child.lower_ == "to":
            continue
    return None


def _is_infinitive(verb: "Token") -> bool:
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _verb(ctx: DocContext, sentence: Sentence, verb: "Token", plan: bool) -> Iterator[_Found]:
    """agreed to ..., pledged to ..., plan to ...; not "agreed that", nor a header without content."""
    if clauses.is_negated(verb) or verb.tag_ == "VBN" and verb.dep_ in {"amod", "acl"}:
        return
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    _, actor = attribution.subject_of(ctx, sentence, verb)
    if actor is not None:
        actor = attribution.with_counterpart(ctx, sentence, verb, actor)
    goal = _goal(verb)
    if goal is None and not plan and lexicon().has(verb.lemma_.lower(), "undertaking"):
        goal = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and c.lower_ not in {"itself", "themselves"}), None)
    if passive is not None and passive.lower_ == "it" and actor is None:
        actor = ctx.frame.voice
    if goal is None or actor is None or _is_header(goal):
        return
    strength = "planned" if plan else _strength(verb, goal)
    yield from _split(ctx, sentence, actor, goal, verb.lemma_.lower(), strength, "verb")


def _is_header(goal: "Token") -> bool:
    head = goal
    if goal.dep_ == "prep":
        head = next(c for c in goal.children if c.dep_ in {"pobj", "pcomp"})
    return head.lemma_.lower() in _HEADERS and head.pos_ == "NOUN"


def _strength(word: "Token", goal: "Token | None") -> str:
    explored = {"explore", "consider", "examine", "study", "discuss", "assess"}
    if goal is not None and goal.lemma_.lower() in explored:
        return "explored"
    if word.lemma_.lower() in {"shall"}:
        return "binding"
    return "firm"


def _split(
    ctx: DocContext, sentence: Sentence, actor: ActorRef, goal: "Token", word: str, strength: str, rule: str, own: bool = True
) -> Iterator[_Found]:
    """The goal as one commitment, or one for each of its infinitives where these name times of their own."""
    parts = [goal, *(c for c in _conjuncts(goal) if _is_infinitive(c))]
    edges = [p.left_edge.i for p in parts]
    last = _end(sentence, goal)
    doc = sentence.span.doc
    if len(parts) > 1:
        bounds = [(a, (edges[k + 1] - 1) if k + 1 < len(edges) else last) for k, a in enumerate(edges)]
        times = [[d.edtf for d in ctx.dates_in(*ctx.offsets(sentence.paragraph, doc[a], doc[b]))] for a, b in bounds if b >= a]
        if len(times) == len(bounds) and any(times) and any(t != times[0] for t in times):
            for a, b in bounds:
                trimmed = clauses.trim(sentence.span, a, b)
                if trimmed:
                    yield _Found(actor, *trimmed, word, strength, rule, own)
            return
    trimmed = clauses.trim(sentence.span, edges[0], last)
    if trimmed:
        yield _Found(actor, *trimmed, word, strength, rule, own)


def _conjuncts(token: "Token") -> Iterator["Token"]:
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from _conjuncts(child)


def _end(sentence: Sentence, goal: "Token") -> int:
    """Last token of the goal, before a comment, an occasion, or another cue that the parser hung into it."""
    last = clauses.whole_phrase(sentence.span, goal.right_edge.i)
    for child in sorted(goal.subtree, key=lambda c: c.i):
        if child.i <= goal.i:
            continue
        finite = child.tag_ in {"VBD", "VBZ", "VBP"} and child.dep_ == "conj"
        if finite and lexicon().of(child.lemma_.lower()) and clauses.own_subject(child) is None:
            last = min(last, child.left_edge.i - 1)
            break
        noting = child.dep_ == "advcl" and child.tag_ == "VBG" and child.left_edge.i > goal.i and child.doc[child.left_edge.i - 1].text == ","
        if noting and lexicon().of(child.lemma_.lower()) - {"appraisal"}:
            last = min(last, child.left_edge.i - 1)
            break
        bound = is_binding(child) and clauses.own_subject(child) is not None and _goal(child) is not None
        if bound and child.dep_ in {"relcl", "conj", "advcl"}:
            last = min(last, child.left_edge.i - 1)
            break
    doc = sentence.span.doc
    dash = next((i for i in range(goal.i + 1, last - 3) if doc[i].text in {"–", "—"}), None)
    return last if dash is None else dash - 1


def is_binding(token: "Token") -> bool:
    """Whether a token is a verb that binds its subject (agree, commit ...)."""
    return clauses.is_verb(token) and bool(lexicon().of(token.lemma_.lower()) & {"agreement", "undertaking", "plan"})


def _will(ctx: DocContext, sentence: Sentence, verb: "Token", said: list[StatementFound]) -> Iterator[_Found]:
    """Somebody will do something; programmes of visits, states of affairs and effects of things are none."""
    if clauses.is_hypothetical(verb) or verb.dep_ == "relcl":
        return
    modal = next(c for c in verb.children if c.dep_ == "aux" and lexicon().has(c.lower_, "will"))
    if modal.lower_ == "would" and verb.dep_ not in {"ccomp", "conj"}:
        return
    lemma = verb.lemma_.lower()
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    subject = clauses.subject(verb)
    strength = "firm" if modal.lower_ != "shall" else "binding"
    text = sentence.text()
    if passive is not None:
        agent = next((g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"), None)
        actor = attribution.who(ctx, sentence, agent)
        if actor is None and passive.lemma_.lower() in _RELATION:
            actor = _voice(ctx)
        if actor is None or lemma in _PROGRAMME:
            return
        trimmed = clauses.trim(sentence.span, verb.left_edge.i, verb.right_edge.i)
        if trimmed:
            yield _Found(actor, *trimmed, modal.lower_, strength, "will-passive", own=False)
        return
    if subject is None:
        return
    if subject.lemma_.lower() in _RELATION and ctx.frame.kind in {"joint", "first-person"}:
        actor = _voice(ctx)
        if actor is not None and lemma not in _STATES:
            trimmed = clauses.trim(sentence.span, subject.left_edge.i, verb.right_edge.i)
            if trimmed:
                yield _Found(actor, *trimmed, modal.lower_, strength, "will-thing", own=False)
        return
    actor = attribution.who(ctx, sentence, subject)
    if actor is None and verb.dep_ == "ccomp" and verb.head.lemma_.lower() == "announce":
        actor = attribution.who(ctx, sentence, clauses.subject(verb.head))
        trimmed = clauses.trim(sentence.span, verb.left_edge.i, _end(sentence, verb))
        if actor is not None and trimmed:
            yield _Found(actor, *trimmed, "announce", strength, "announced", own=True)
        return
    if actor is None or lemma in _STATES or (lemma in _PROGRAMME and not _RECURRING.search(text)):
        return
    if lemma in {"meet", "host", "hold", "take"} and not _RECURRING.search(text) and actor.kind == "person":
        return
    if lemma == "continue" and any(c.dep_ == "xcomp" and c.lemma_.lower() in {"be", "have"} for c in verb.children):
        return
    after = modal.i + 1
    trimmed = clauses.trim(sentence.span, after, _end(sentence, verb))
    if trimmed:
        yield _Found(actor, *trimmed, modal.lower_, strength, "will", own=False)


def _voice(ctx: DocContext) -> ActorRef | None:
    """Both sides, where the document is about a pair."""
    if len(ctx.frame.parties) < 2:
        return None
    return ActorRef("group", "", members=tuple(ActorRef("state", code, code) for code in ctx.frame.parties))


def _committed(ctx: DocContext, sentence: Sentence, word: "Token") -> Iterator[_Found]:
    """are committed to ..., is determined to ..."""
    verb = word if word.dep_ not in {"acomp", "attr", "oprd"} else word.head
    if word.dep_ in {"amod", "compound"} or word.tag_ == "VBD" or clauses.is_hypothetical(verb):
        return
    bearer = verb
    while bearer.dep_ == "conj" and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in bearer.children):
        bearer = bearer.head
    subject = next((c for c in bearer.children if c.dep_ in {"nsubj", "nsubjpass"}), None) or clauses.subject(verb)
    actor = attribution.who(ctx, sentence, subject)
    goal = _goal(word)
    if actor is None or goal is None or clauses.is_negated(verb):
        return
    yield from _split(ctx, sentence, actor, goal, word.lower_, _strength(word, goal), "committed")


def _noun(ctx: DocContext, sentence: Sentence, noun: "Token", intention: bool, said: list[StatementFound]) -> Iterator[_Found]:
    """their commitment to ..., a common commitment to ...; an intention only once it was announced."""
    goal = _goal(noun)
    if goal is None:
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    governor = _governor(noun)
    announced = any(c.lower_ == "announced" for c in noun.children) or (governor is not None and governor.lemma_.lower() == "announce")
    if intention and not announced:
        return
    common = any(c.lower_ in {"common", "shared", "mutual", "joint"} for c in noun.children)
    actor = attribution.who(ctx, sentence, owner)
    if noun.head.lower_ == "of" and noun.head.head.lemma_.lower() not in _REAFFIRMED:
        return
    if actor is None and owner is None and noun.head.dep_ == "prep" and noun.head.lower_ == "of":
        holder = noun.head.head  # Australia's reaffirmation of the commitment
        actor = attribution.who(ctx, sentence, next((c for c in holder.children if c.dep_ == "poss"), None))
    stated = governor is not None and (bool(lexicon().of(governor.lemma_.lower())) or governor.lemma_.lower() in _STATING)
    if actor is not None and not stated and not announced and noun.head.lower_ != "of":
        return
    if actor is None and governor is not None and (noun.dep_ == "dobj" or owner is not None or common):
        if stated:
            subject = clauses.subject(governor)
            actor = attribution.who(ctx, sentence, subject)
            if actor is None and said:
                actor = said[0].speaker if governor.lemma_.lower() != "have" else None
    if actor is None or (governor is not None and not announced and _is_praise(ctx, sentence, governor, actor)):
        return
    first = goal.left_edge.i if intention else noun.left_edge.i
    again = governor is not None and governor.lemma_.lower() in {"reaffirm", "reiterate", "renew", "affirm", "restate", "repeat", "recommit"}
    strength = "planned" if intention else ("reaffirmed" if again else "firm")
    trimmed = clauses.trim(sentence.span, first, _end(sentence, goal))
    if trimmed:
        yield _Found(actor, *trimmed, noun.lemma_.lower(), strength, "noun", own=True)


def _is_praise(ctx: DocContext, sentence: Sentence, governor: "Token", owner: ActorRef) -> bool:
    """commended his resolve to ...: another's resolve that is praised or talked about is not undertaken by that."""
    kinds = lexicon().of(governor.lemma_.lower())
    if "talk" in kinds:
        return True
    _, actor = attribution.subject_of(ctx, sentence, governor)
    return actor is not None and actor.parties != owner.parties and bool(kinds & {"matter", "address"})


def _governor(noun: "Token") -> "Token | None":
    """The verb that has the noun as object, directly or in a coordination."""
    head = noun
    for _ in range(6):
        if head.dep_ == "dobj":
            return head.head
        if head.dep_ not in {"conj", "appos"}:
            return None
        head = head.head
    return None


def _announced(ctx: DocContext, sentence: Sentence, verb: "Token") -> Iterator[_Found]:
    """announce aid, funds, a plan; what "announce that ... will" says is found by its "will"."""
    gift = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    actor = attribution.who(ctx, sentence, clauses.subject(verb))
    if gift is None or actor is None:
        return
    if gift.lemma_.lower() not in _GIFTS and not any(t.ent_type_ == "MONEY" for t in gift.subtree):
        return
    trimmed = clauses.trim(sentence.span, gift.left_edge.i, _end(sentence, gift))
    if trimmed:
        yield _Found(actor, *trimmed, "announce", "planned", "announced", own=True)
