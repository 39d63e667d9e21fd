"""The lexicon of cues: which words attribute an utterance, a position or an intention.

It is read from ``ontology/schemes/cues.ttl``; to teach a cue is to add a label there.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.iris import BASE, SKOS
from kg.ontology import data_path

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEECH = frozenset({"clause", "matter", "address", "talk", "naming", "agreement", "undertaking", "plan"})
_ARTICLES = {"a", "an", "the"}
_SCHEME = BASE + "cue/"
Kinds = frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Labels (lower case, articles left out) and the kinds that each may be; `binding` kinds are undertakings."""

    kinds: dict[str, Kinds]
    binding: Kinds

    def of(self, label: str) -> Kinds:
        """Kinds of a label, none where it is not in the lexicon."""
        return self.kinds.get(label, frozenset())

    def speech(self, label: str) -> Kinds:
        """Kinds of a label as a verb that attributes something to its subject, none where it is no such verb."""
        return self.of(label) & SPEECH

    def labels(self, kind: str) -> tuple[str, ...]:
        """The labels of a kind, longest first."""
        found = (label for label, kinds in self.kinds.items() if kind in kinds)
        return tuple(sorted(found, key=lambda label: (-len(label), label)))

    def has(self, label: str, kind: str) -> bool:
        """Whether the label is a cue of that kind."""
        return kind in self.of(label)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read once in a process.

    >>> sorted(lexicon().of("call for")), "agreement" in lexicon().binding
    (['matter'], True)
    """
    import pyoxigraph as ox

    labels: dict[str, set[str]] = {}
    broader: dict[str, str] = {}
    for quad in ox.parse(path=str(data_path("ontology") / "schemes" / "cues.ttl")):
        kind = str(getattr(quad.subject, "value", "")).removeprefix(_SCHEME)
        value = str(getattr(quad.object, "value", ""))
        if quad.predicate.value == SKOS + "altLabel":
            label = " ".join(w for w in value.lower().split() if w not in _ARTICLES)
            labels.setdefault(label, set()).add(kind)
        elif quad.predicate.value == SKOS + "broader":
            broader[kind] = value.removeprefix(_SCHEME)
    binding = {"undertaking"} | {kind for kind, above in broader.items() if above == "undertaking"}
    return Lexicon({label: frozenset(kinds) for label, kinds in labels.items()}, frozenset(binding))


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word that is a cue: its label and kinds, and the preposition through which it leads to what is said."""

    token: "Token"
    label: str
    kinds: Kinds
    lead: "Token | None" = None  # preposition whose object is the content


def verb_cue(verb: "Token") -> CueWord | None:
    """The cue that a verb is, the longest label first ("look forward to" before "look"); None where it is none."""
    words = lexicon()
    lemma = verb.lemma_.lower()
    preps = [
        c for c in verb.children if c.dep_ in {"prep", "agent", "prt", "dative"} and c.i > verb.i and not _is_time(c)
    ]
    particles = [c for c in verb.children if c.dep_ in {"prt", "advmod", "acomp"} and abs(c.i - verb.i) <= 3]
    objects = [c for c in verb.children if c.dep_ in {"dobj", "attr"} and c.i > verb.i]
    for noun in objects:
        for prep in [*(c for c in noun.children if c.dep_ == "prep" and not _is_time(c)), *preps]:
            for form in dict.fromkeys((noun.lower_, noun.lemma_.lower())):
                label = f"{lemma} {form} {prep.lower_}"
                if kinds := words.speech(label):
                    return CueWord(verb, label, kinds, prep)
    for particle in particles:
        for prep in [*preps, *(c for c in particle.children if c.dep_ == "prep")]:
            label = f"{lemma} {particle.lower_} {prep.lower_}"
            if kinds := words.speech(label):
                return CueWord(verb, label, kinds, prep)
        label = f"{lemma} {particle.lower_}"
        if kinds := words.speech(label):
            return CueWord(verb, label, kinds)
    for prep in preps:
        label = f"{lemma} {prep.lower_}"
        if kinds := words.speech(label):
            return CueWord(verb, label, kinds, prep)
    kinds = words.speech(lemma)
    return CueWord(verb, lemma, kinds) if kinds else None


_TIMES = re.compile(
    r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december"
)


def _is_time(prep: "Token") -> bool:
    """Whether a preposition leads to a day, as in "held talks on 22 November"."""
    return any(c.dep_ == "pobj" and (c.pos_ == "NUM" or _TIMES.fullmatch(c.text)) for c in prep.children)
