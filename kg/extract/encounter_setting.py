"""When and whether: time and status of an encounter, from the words that hang on it."""

import re
from typing import TYPE_CHECKING

from kg.extract import reality
from kg.extract.clauses import is_infinitive
from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.encounter_actors import Actors
from kg.extract.encounter_words import BODY_NOUNS, HOLDING, Occurrence, takes_place
from kg.extract.model import DateFound, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


# Words under which "to meet" is still to come.
_TO_COME = {
    *("agree", "decide", "commit", "hope", "want", "resolve", "pledge", "invite", "invitation", "accept", "intend"),
    *("intention", "plan", "promise", "desire", "wish", "readiness", "ready", "opportunity"),
}


def _path(token: "Token", above: "Token") -> "list[Token]":
    """The words from one up to another above it, the one included."""
    out = [token]
    while out[-1] != above and out[-1].head != out[-1]:
        out.append(out[-1].head)
    return out[:-1] if out[-1] == above else out


def _was_to(verb: "Token") -> bool:
    """ "was to visit", "had been due to meet": planned, whatever became of it."""
    if verb.pos_ != "VERB" or verb.dep_ != "xcomp" or verb.tag_ != "VB":
        return False
    above = verb.head
    if above.lemma_ in {"due", "schedule", "slate", "set", "plan", "expect"}:
        return True
    if above.lemma_ != "be" or any(c.dep_ in {"acomp", "attr"} for c in above.children):
        return False  # am happy to receive, being the first to visit
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


class Setting(Actors):
    """Reads time and status of an encounter."""

    def __init__(self, ctx: DocContext) -> None:
        super().__init__(ctx)
        self.last: Occurrence | None = None  # the encounter told last before the sentence that is read
        self.journey: Occurrence | None = None  # the visit told last before it
        self.invited: Occurrence | None = None  # the visit of an invitation of which no answer is told yet

    def date_of(self, sentence: Sentence, token: "Token", title: bool) -> DateFound | None:
        """The time nearest to the word that tells the encounter, within its phrase first."""
        found = self.ctx.dates_in(sentence.start, sentence.end)
        if not found:
            return None
        offset = sentence.paragraph.start
        first, last = offset + token.left_edge.idx, offset + token.right_edge.idx + len(token.right_edge)
        here = offset + token.idx
        usable = [d for d in found if not self._belongs_elsewhere(sentence, d, token)]
        inside = [d for d in usable if first <= d.span[0] and d.span[1] <= last]
        rivals = [
            offset + t.idx
            for t in sentence.span
            if t.i != token.i
            and self.triggers(t)
            and t not in token.subtree
            and token not in t.subtree
            and not self.frames(t)
        ]
        free = [d for d in usable if not any(min(here, d.span[0]) < r < max(here, d.span[0]) for r in rivals)]
        verb = token if token.pos_ == "VERB" else next((a for a in token.ancestors if a.pos_ == "VERB"), None)
        tied = token.pos_ == "VERB" or token.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"}
        tied = tied or (
            token.dep_ == "pobj" and token.head.lower_ in {"during", "on", "at", "in", "after", "following", "for"}
        )
        if verb is not None and not inside and tied:
            low, high = offset + verb.left_edge.idx, offset + verb.right_edge.idx + len(verb.right_edge)
            inside = [d for d in free if low <= d.span[0] and d.span[1] <= high and d.precision != "year"]
        if token.pos_ == "VERB" and len(inside) > 1:
            inside = [d for d in inside if self._hangs_on(sentence, d, token)] or inside
        pool = inside or [d for d in free if d.precision != "year" or title or abs(d.span[0] - here) < 60]
        if not pool and not title and takes_place(token):
            pool = found
        if not pool:
            return None
        order = {"day": 0, "interval": 1, "month": 2, "season": 3, "year": 4}
        best = min(pool, key=lambda d: (abs(d.span[0] - here), order[d.precision]))
        return best

    def _hangs_on(self, sentence: Sentence, date: DateFound, verb: "Token") -> bool:
        """Whether a time is an adverbial of the verb itself, not of something in its objects."""
        start = sentence.paragraph.start
        span = sentence.paragraph.doc.char_span(date.span[0] - start, date.span[1] - start, alignment_mode="expand")
        if span is None or not len(span):
            return False
        head = span.root.head
        return bool(head == verb or (head.pos_ == "ADP" and head.head == verb))

    def _tied(self, token: "Token", verb: "Token") -> bool:
        """Whether a noun is the object, the subject or the occasion of a verb, not what was talked about."""
        if token.head == verb:
            return token.dep_ in {"dobj", "attr", "nsubj", "nsubjpass"}
        return (
            token.head.pos_ == "ADP"
            and token.head.head == verb
            and token.head.lower_ not in {"about", "regarding", "of", "on"}
        )

    def frames(self, token: "Token") -> bool:
        """Whether a visit only says when something else was: "met him during my visit to Beijing in April"."""
        return (
            self.words.nouns.get(token.lemma_.casefold()) == "visit"
            and token.head.pos_ == "ADP"
            and token.head.lower_ in {"during", "on"}
        )

    def triggers(self, token: "Token") -> bool:
        """Whether a word itself tells an encounter that a time may belong to."""
        lemma = token.lemma_.casefold()
        if token.pos_ in {"NOUN", "PROPN"}:
            return lemma in self.words.nouns and lemma not in BODY_NOUNS and token.dep_ not in {"compound", "amod"}
        return token.pos_ == "VERB" and bool({"meet", "travel", "sign"} & set(self.words.verbs.get(lemma, {}).values()))

    def _belongs_elsewhere(self, sentence: Sentence, date: DateFound, token: "Token") -> bool:
        """Whether the time hangs on something else: "since August", "the 2003 agreement", "the meeting follows
        talks on 7 April".
        """
        doc = sentence.paragraph.doc
        span = doc.char_span(
            date.span[0] - sentence.paragraph.start, date.span[1] - sentence.paragraph.start, alignment_mode="expand"
        )
        if span is None or not len(span):
            return False
        head = span.root
        seen = 0
        if self._said_apart(span.root, token) or self._quoted(sentence, date.span[0]) != self._quoted(
            sentence, sentence.paragraph.start + token.idx
        ):
            return True
        if head.lower_ in {"since", "until", "till"}:
            return True
        inside = range(span.start, span.end)
        if any(
            t.dep_ in {"nmod", "nummod", "compound"}
            and t.head.i not in inside
            and t.head.i != token.i
            and t.head.pos_ in {"NOUN", "PROPN"}
            and t.head.lower_ not in {"morning", "afternoon", "evening", "night"}
            for t in span
        ):
            return True
        if (
            head.dep_ in {"compound", "nummod", "amod", "nmod"}
            and head.head.i != token.i
            and head.head.pos_ in {"NOUN", "PROPN"}
        ):
            return True
        while head.head != head and seen < 12:
            head = head.head
            seen += 1
            if head.i == token.i:
                return False
            if head.pos_ == "VERB" and self.triggers(head) and token.pos_ != "VERB" and not self._tied(token, head):
                return True
            kind = self.words.nouns.get(head.lemma_.casefold())
            if kind is not None and head.pos_ in {"NOUN", "PROPN"} and head.i != token.i and head not in token.subtree:
                # the time of a visit is also that of the encounter during it
                return not (
                    kind == "visit"
                    and any(a.lower_ in {"during", "on", "after"} for a in head.ancestors if a.pos_ == "ADP")
                )
            if head.lower_ in {"since", "until", "till"} and seen > 1 and date.precision == "day":
                continue  # their first summit since the war on Monday
            if head.lower_ in {"since", "until", "till"} or any(
                c.lower_ in {"since", "until"} and c.dep_ in {"mark", "prep"} and c.i < head.i
                for c in head.children
                if head.i != token.i and token not in head.subtree
            ):
                return True
            if (
                head.pos_ in {"VERB"}
                and head.dep_ in {"relcl", "acl"}
                and head.lemma_ not in HOLDING
                and not any(t.i == token.i for t in head.subtree)
                and head.head.i != token.i
            ):
                return True
        return False

    def _said_apart(self, time: "Token", token: "Token") -> bool:
        """Whether of a time and an encounter one stands in what is said and the other with the saying: "On Monday, X
        said they would meet", "We want peace by May, X said after talks".
        """
        for verb in token.ancestors:
            if verb.pos_ != "VERB" or not lexicon().has(verb.lemma_.lower(), "clause"):
                continue
            for clause in verb.children:
                if clause.dep_ == "ccomp":
                    inside = [t == clause or clause in t.ancestors for t in (time, token)]
                    if inside[0] != inside[1] and (time == verb or verb in time.ancestors):
                        return True
        return False

    def _quoted(self, sentence: Sentence, offset: int) -> bool:
        """Whether an offset stands between quotation marks of its sentence."""
        before = self.ctx.text[sentence.start : offset]
        return before.count('"') % 2 == 1 or before.count("“") > before.count("”")

    def status_of(self, sentence: Sentence, token: "Token", date: DateFound | None) -> str:
        text = sentence.text()
        groups = self.words.groups
        if (called_off := self.called_off(sentence, token)) is not None:
            return called_off
        if reality.standing(token) == "possible":
            return "possible"
        carried = token.pos_ == "VERB" or (
            token.head.lemma_.casefold() in groups["light"] and is_infinitive(token.head)
        )  # hopes to hold talks, not "I hope you enjoy your visit"
        if _was_to(token) or (carried and reality.standing(token) == "wished"):
            return "planned"
        if date is not None and date.future is not None:
            return "planned" if date.future else "held"
        if any(
            c.dep_ == "acl" and c.lemma_ == "hold" and c.tag_ == "VBN" and "to" not in {a.lower_ for a in c.children}
            for c in token.children
        ):
            return "held" if date is None or not date.future else "planned"
        if {c.lower_ for c in token.lefts} & {
            "forthcoming",
            "upcoming",
            "planned",
            "scheduled",
            "proposed",
            "next",
            "future",
            "coming",
        }:
            return "planned"
        verbs = [token, *token.ancestors]
        for verb in verbs[:6]:
            if verb.pos_ not in {"VERB", "AUX"}:
                if verb != token and verb.lemma_.casefold() in groups["planned"]:
                    return "planned"
                continue
            auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
            if auxiliaries & {"will", "shall", "'ll", "would", "wo"}:
                return "planned"
            if verb.tag_ == "VB" and "to" in auxiliaries and verb.head.lemma_ in _TO_COME:
                return "planned"
            if verb.lemma_.casefold() in groups["planned"] and verb != token and verb.lemma_ not in {"expect", "set"}:
                return "planned"
            if verb.tag_ in {"VBD"} or "have" in {c.lemma_ for c in verb.children if c.dep_ == "aux"}:
                if not re.search(r"(?i)look(s|ed|ing)? forward", text):
                    return "held"
        if re.search(r"(?i)look(s|ed|ing)? forward|scheduled to be held|to be held", text):
            return "planned"
        return "held"

    def called_off(self, sentence: Sentence, token: "Token") -> str | None:
        """ "postponed" or "cancelled" where a word of the sentence says so of this encounter, not of another in it."""
        for status in ("postponed", "cancelled"):
            for t in sentence.span:
                if t.pos_ not in {"VERB", "NOUN"} or not self._is_word(t, status):
                    continue
                if t in token.subtree and not any(a.dep_ == "conj" and a != t for a in _path(t, token)):
                    return status
                if token in t.subtree and (token.head == t or t.head == token or token.head.head == t):
                    return status
        return None

    def _is_word(self, token: "Token", status: str) -> bool:
        """Whether a word is a label of a status, alone or with its particle ("put off")."""
        group, lemma = self.words.groups[status], token.lemma_.casefold()
        particles = (f"{lemma} {c.lower_}" for c in token.children if c.dep_ in {"prt", "advmod", "prep"})
        return lemma in group or any(label in group for label in particles)
