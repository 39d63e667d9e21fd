"""Where: place, state and forum of an encounter, from the words that hang on it."""

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.extract import dates
from kg.extract.context import DocContext
from kg.extract.encounter_setting import Setting
from kg.extract.encounter_words import HOLDING, SITES
from kg.extract.model import Sentence
from kg.extract.nlp import plain

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = {"in", "at", "near"}
_CITY = re.compile(
    r"^\s*(?P<city>[A-Z][A-Z .'’-]{2,30}?)(?:,\s*(?P<land>[A-Z][A-Za-z .]{2,24}))?"
    r"(?:,\s*(?P<day>(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?))?"
    r"\s*(?:\([^)]{2,30}\)\s*)?(?:--|[-–—:])\s"
)


def dateline_of(ctx: DocContext) -> tuple[str | None, str | None] | None:
    """Place and state of "MANILA, July 8 (Agency) -" before the first sentence of a report."""
    for paragraph in ctx.paragraphs[:6]:
        found = _CITY.match(plain(ctx.text[paragraph.start : paragraph.end]))
        if found and paragraph.kind in {"body", "dateline"}:
            city = found["city"].strip().title()
            land = next((f.label.code for f in ctx.gazetteer.find(found["land"] or "", ("state",))), None)
            return city, land or ctx.gazetteer.state_of_place(city)
    return None


_CITY_LINE = re.compile(r"\s*[A-Z][\w .'’-]{2,30},\s*(?P<day>(?:\d{1,2}\s+\w+|\w+\s+\d{1,2},?)\s+\d{4})\s*")


def day_of(ctx: DocContext) -> tuple[int, str] | None:
    """The sentence that the dateline of a report opens, and its day: "MANILA, July 8 (Agency) -", "Manila, 8 July 2025"
    on a line of its own; None where it has none or is not of the days before publication.
    """
    for paragraph in ctx.paragraphs[:6]:
        text = plain(ctx.text[paragraph.start : paragraph.end])
        line = _CITY_LINE.fullmatch(text)
        found = line or (_CITY.match(text) if paragraph.kind == "body" else None)
        day = dates.day_in(found["day"], ctx.document.published) if found and found["day"] else None
        if day is None:
            continue
        published = dates.base_of(ctx.document.published)[0]
        if published is not None and not 0 <= (published - date.fromisoformat(day)).days <= 3:
            return None
        index = next((s.index for s in ctx.body if s.start >= (paragraph.end if line else paragraph.start)), None)
        return (index, day) if index is not None else None
    return None


def _in_aside(part: "Token", token: "Token") -> bool:
    """Whether a place stands in a clause about somebody else or another time: "A, who had been in Rome, met B"."""
    for above in (part, *part.ancestors):
        if above == token or token in above.subtree:
            return False
        if above.dep_ == "relcl" and above.head != token and above.lemma_ not in HOLDING:
            return True
    return False


class Places(Setting):
    """Reads place and forum of an encounter."""

    def __init__(self, ctx: DocContext) -> None:
        super().__init__(ctx)
        self.dateline = dateline_of(ctx)

    def place_of(self, sentence: Sentence, token: "Token") -> tuple[str | None, str | None]:
        """Place and state of an encounter: "in Beijing", "at the Great Hall of the People", "here in Baghdad"."""
        paragraph = sentence.paragraph
        pool = list(token.subtree)
        for above in list(token.ancestors)[:3]:
            if above.pos_ in {"VERB", "ADP"}:
                pool += [
                    t for c in above.children for t in (c, *c.children, *(g for d in c.children for g in d.children))
                ]
        place = country = None
        building = False
        for part in sorted({t.i: t for t in pool}.values(), key=lambda t: abs(t.i - token.i)):
            hit = self.place_at(paragraph, part)
            if hit is None or part.i == token.i or part.dep_ == "poss":
                continue
            start = part.i
            while start > 0 and self.ctx.places.get((paragraph.index, start - 1)) == hit:
                start -= 1
            before = [paragraph.doc[i].lower_ for i in range(max(start - 2, 0), start)]
            if not self._locates(part, token) or _in_aside(part, token):
                continue
            low, high = sorted((part.i, token.i))
            between = [paragraph.doc[i] for i in range(low + 1, high)]
            if part not in token.subtree and any(self.triggers(t) and not self.frames(t) for t in between):
                continue
            if not before or not (
                before[-1] in _WHERE
                or (before[-1] == "the" and before[0] in _WHERE)
                or (place is not None and before[-1] in {",", "the"})
            ):
                continue
            kind, code, text = hit
            if kind == "state":
                country = country or code
            else:
                if place is None or (building and kind != "metonym"):
                    place, building = text, kind == "metonym"
                country = country or code or None
            if place and country and not building:
                break
        if place is None and country is None and self.dateline is not None and any(t.lower_ == "here" for t in pool):
            return self.dateline
        return place, country

    def _locates(self, part: "Token", token: "Token") -> bool:
        """Whether a place hangs on the word of the encounter or its verb, not on a matter of the talks ("events
        in Gaza").
        """
        above = part
        for _ in range(8):
            if above.pos_ == "ADP" and above.dep_ in {"prep", "pcomp"}:
                head = above.head
                if (
                    head == token
                    or head.lemma_.casefold() in self.words.nouns
                    or head.pos_ in {"VERB", "AUX", "ADP", "ADV"}
                    or (head in token.subtree and head.dep_ in {"npadvmod", "compound"})
                    or (head.dep_ == "pobj" and head.head.head == token and head.head.lower_ in {"between", "with"})
                ):
                    return True
                if head.pos_ in {"PROPN"} or head.lemma_.lower() in SITES:
                    above = head
                    continue
                return head in token.ancestors
            if above.head == above:
                return True
            above = above.head
        return False

    def forum_of(self, sentence: Sentence, token: "Token") -> str | None:
        """The forum at whose gathering it takes place: "on the margins of the G20", "at the APEC summit"."""
        paragraph = sentence.paragraph
        text = sentence.text()
        if not re.search(r"(?i)\b(margins?|sidelines?|during|at|ahead of|attend)\b", text):
            return None
        for t in sentence.span:
            actor = self.ctx.who(paragraph, t)
            if actor is None or actor.kind != "organisation" or actor.party not in self.ctx.gazetteer.forums:
                continue
            after = paragraph.doc[t.i + 1] if t.i + 1 < len(paragraph.doc) else None
            if (
                after is not None
                and after.pos_ in {"NOUN", "PROPN"}
                and self.ctx.who(paragraph, after) != actor
                and not self.triggers(after)
                and after.lower_ not in {"leaders", "ministerial", "foreign", "economic", "finance", "annual"}
            ):
                continue
            if t.i and paragraph.doc[t.i - 1].text == "-":
                continue
            before = paragraph.doc[max(t.i - 7, 0) : t.i].text.lower()
            if re.search(
                r"\b(margins?|sidelines?) of\b[\w\s'-]*$|\b(at|during|attending) (the |this |an? )?(\w+ )?$",
                before + " ",
            ):
                return actor.party
        return None
