"""Mechanisms between parties: commissions, dialogues, working groups; existing, new, suspended or revived."""

import re

from kg.extract.context import DocContext
from kg.extract.model import MechanismFound, Sentence

_OPEN = "Dialogue|Working Group|Coordination Group|Consultative Group|Joint Group|Steering Group|Contact Group|Consultations?|Consultation Mechanism|Dialogue Mechanism|Leaders' Meeting"
_BODY = "Commission|Committee|Council|Forum|Mechanism|Task Force|Sub-Committee|Roundtable|Ministerial Meeting"
_WORD = r"(?:[A-Z0-9][\w.'’&+-]*|and|of|for|on|[–-])\s+"
_BOTH = r"(?:Joint|Bilateral|Mixed|High-Level|High Level|Inter-?[Gg]overnmental|Strategic|Trilateral|[A-Z]\w+[-–](?:[A-Z]\w+[-–]?)+)\s+"
_ON = r"(?:\s+(?:on|for|of)\s+(?:(?:the\s+)?[A-Z][\w'’-]*(?:,?\s+(?:and\s+|of\s+)?(?=[A-Z]))?)+)?"
_NAME = re.compile(
    rf"\b(?:(?:{_WORD}){{1,10}}?(?:{_OPEN})|(?:{_WORD}){{0,4}}?{_BOTH}(?:{_WORD}){{0,6}}?(?:{_BODY}))\b{_ON}"
)
_LOWER = re.compile(
    r"\b(?:(?:joint|bilateral|annual|high-level|regular|strategic|ministerial|economic|trade|trilateral|security|defen[cs]e|foreign|political|human|rights|"
    r"consular|expert|technical|policy|intergovernmental|inter-governmental|energy|climate|maritime|cyber|new|mixed)\s+){1,4}"
    r"(?:commission|dialogue|working group|task force|committee|consultation mechanism|dialogue mechanism|coordination group|coordination mechanism)s?\b"
)
_STATES = (
    ("suspended", re.compile(r"\b(?:suspend|halt|freeze|froze|cancel|break(?:ing)? off|broke off|paus)\w*", re.I)),
    ("revived", re.compile(r"\b(?:resum|reviv|restor|restart|relaunch|re-launch|reopen|reconven|reactivat|re-establish|reestablish)\w*", re.I)),
    ("new", re.compile(r"\b(?:establish|launch|creat|set(?:ting)? up|initiat|form(?:ed|ing)?\b|inaugurat|found(?:ed|ing)?\b|new\b|agree[sd]? to (?:an?|the) )\w*", re.I)),
)  # fmt: skip
_LEAD = re.compile(
    r"^(?:The|An?|Their|Our|Its|Both|This|That|In|At|On|Of|For|And|To|Through|Under|During)\s+|^(?:and|of|for|on|the|in)\s+",
    re.I,
)


def find(ctx: DocContext) -> list[MechanismFound]:
    """Mechanisms that the text names, each once, with what it says of their state."""
    out: dict[str, MechanismFound] = {}
    forum_spans = {
        (paragraph.start + f.start, paragraph.start + f.end)
        for paragraph in ctx.paragraphs
        for f in ctx.gazetteer.find(ctx.text[paragraph.start : paragraph.end], ("forum",))
    }
    for sentence in ctx.body:
        text = ctx.text[sentence.start : sentence.end]
        taken: list[tuple[int, int]] = []
        for pattern, rule in ((_NAME, "name"), (_LOWER, "description")):
            for hit in pattern.finditer(text):
                start, end = hit.span()
                while lead := _LEAD.match(text[start:end]):
                    start += lead.end()
                name = " ".join(text[start:end].split())
                at = (sentence.start + start, sentence.start + end)
                if len(name.split()) < 2 or any(a < end and b > start for a, b in taken):
                    continue
                if any(a < at[1] and at[1] <= b for a, b in forum_spans):
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
    for state, pattern in _STATES:
        if pattern.search(near) or (
            state != "new" and re.match(rf"\W+(?:\w+\W+){{0,2}}(?:{pattern.pattern})", after, re.I)
        ):
            return state
    return "existing"


def _parties(ctx: DocContext, sentence: Sentence, name: str) -> tuple[str, ...]:
    """The parties in the mechanism's own name, else those of the document."""
    named = {f.label.code for f in ctx.gazetteer.find(name, ("state", "demonym"))}
    return tuple(sorted(named)) if len(named) > 1 else ctx.frame.parties
