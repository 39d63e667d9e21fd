"""Mechanisms between parties: commissions, dialogues, working groups; existing, new, suspended or revived.

The nouns and the verbs that tell their state are data of the lexicon.
"""

import re
from functools import lru_cache

from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import MechanismFound, Sentence
from kg.extract.spans import BySpan

_WORD = r"(?:[A-Z0-9][\w.'’&+-]*|and|of|for|on|[–-])\s+"
_PAIR = r"[A-Z]\w+(?:[-–][A-Z]\w+)+"  # no hyphen may be left out: capitals alone would match in 2^n ways
_ON = r"(?:\s+(?:on|for|of)\s+(?:(?:the\s+)?[A-Z][\w'’-]*(?:,?\s+(?:and\s+|of\s+)?(?=[A-Z]))?)+)?"
_LEAD = re.compile(
    r"^(?:The|An?|Their|Our|Its|Both|This|That|In|At|On|Of|For|And|To|Through|Under|During|Following|Since)\s+"
    r"|^(?:and|of|for|on|the|in)\s+",
    re.I,
)


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of names ("Joint Committee on Fisheries") and of descriptions ("annual trade dialogue")."""
    words = lexicon()
    heads, bodies = words.labels("mechanism-head"), words.labels("mechanism-body")
    kinds = words.labels("mechanism-quality")
    name = (
        rf"\b(?:(?:{_WORD}){{1,10}}?(?:{_titled(heads)})"
        rf"|(?:{_WORD}){{0,4}}?(?:{_titled(kinds)}|{_PAIR})\s+(?:{_WORD}){{0,6}}?(?:{_titled(bodies)}))\b{_ON}"
    )
    plain = "|".join(re.escape(w) for w in (*heads, *bodies) if w not in {"council", "forum"})
    fields = "|".join(re.escape(w) for w in (*kinds, *words.labels("mechanism-field")))
    return re.compile(name), re.compile(rf"\b(?:(?:{fields})\s+){{1,4}}(?:{plain})s?\b")


def _titled(labels: tuple[str, ...]) -> str:
    """An alternation of labels as they stand in names, longest first."""
    return "|".join(r"\s+".join(re.escape(w[:1].upper() + w[1:]) for w in label.split()) for label in labels)


@lru_cache(maxsize=1)
def _states() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is said of a mechanism's state, by the stems of verbs, in the order in which they are tried."""
    words = lexicon()
    stems = (
        (s, "|".join(re.escape(w) for w in words.labels(f"mechanism-{s}"))) for s in ("suspended", "revived", "new")
    )
    return tuple((state, re.compile(rf"\b(?:{alternatives})\w*", re.I)) for state, alternatives in stems)


def find(ctx: DocContext) -> list[MechanismFound]:
    """Mechanisms that the text names, each once, with what it says of their state."""
    out: dict[str, MechanismFound] = {}
    spans = (
        (paragraph.start + f.start, paragraph.start + f.end)
        for paragraph in ctx.paragraphs
        for f in ctx.gazetteer.find(ctx.text[paragraph.start : paragraph.end], ("forum",))
    )
    forums = BySpan(set(spans), lambda span: span)
    for sentence in ctx.body:
        text = ctx.text[sentence.start : sentence.end]
        taken: list[tuple[int, int]] = []
        for pattern, rule in zip(_names(), ("name", "description"), strict=True):
            for hit in pattern.finditer(text):
                start, end = hit.span()
                while lead := _LEAD.match(text[start:end]):
                    start += lead.end()
                name = " ".join(text[start:end].split())
                at = (sentence.start + start, sentence.start + end)
                if len(name.split()) < 2 or any(a < end and b > start for a, b in taken):
                    continue
                if forums.around(at[1] - 1, at[1]):
                    continue
                taken.append((start, end))
                found = MechanismFound(name, _parties(ctx, sentence, name), _state(text, start, end), at, rule)
                before = out.get(name.casefold())
                if before is None or (before.status == "existing" and found.status != "existing"):
                    out[name.casefold()] = found
    return sorted(out.values(), key=lambda m: m.span)


def _state(text: str, start: int, end: int) -> str:
    """What is said of the mechanism by the words next before it, or after it."""
    near = text[max(0, start - 60) : start].rsplit(".", 1)[-1] + text[start:end]
    after = text[end : end + 40]
    for state, pattern in _states():
        if pattern.search(near):
            return state
        if state != "new" and re.match(rf"\W+(?:\w+\W+){{0,2}}(?:{pattern.pattern})", after, re.I):
            return state
    return "existing"


def _parties(ctx: DocContext, sentence: Sentence, name: str) -> tuple[str, ...]:
    """The parties in the mechanism's own name, else those of the document."""
    named = {f.label.code for f in ctx.gazetteer.find(name, ("state", "demonym"))}
    return tuple(sorted(named)) if len(named) > 1 else ctx.frame.parties
