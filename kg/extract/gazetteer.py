"""Names in a text: the labels, aliases, demonyms, capitals, offices and holders that the ontology knows.

To teach extraction a name is to add a label to ``ontology/``; nothing here names a state, a person or a forum.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kg.extract.facts import Facts, read
from kg.extract.spelling import WORD, bare, folded, is_same, is_same_gap, is_shouted
from kg.iris import KG, RDF_TYPE, SKOS, code_of

Kind = Literal["state", "demonym", "capital", "metonym", "forum", "organisation", "place", "title", "concept"]
# What makes a name of a state before it the name of a currency: "US$", "Canadian dollars".
_CURRENCY = re.compile(
    r"\s?\$|[\s-](?:dollars?|francs?|pounds?|rupees?|pesos?|yen|won|rials?|riyals?|dinars?|dirhams?|kron(?:a|or|er|e)"
    r"|crowns?|liras?|shillings?|rand|reais|roubles?|rubles?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A name that may occur in a text, and what bears it.

    `code` is the code of a state or forum, the id of a concept, the kind of an office; `scheme` that of a concept,
    or the
    organisation whose head a title names.
    """

    text: str
    kind: Kind
    code: str
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A label found in a text, with offsets into that text."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who held an office from the first day to the last (ISO dates, "" when open or unknown)."""

    iri: str
    name: str
    surname: str
    state: str
    office: str
    first: str
    last: str

    def on(self, day: str) -> bool:
        """Whether the person held the office on that day ("2009-03", "2009" also do)."""
        return (not self.first or self.first[: len(day)] <= day) and (not self.last or day <= self.last[: len(day)])


@dataclass(frozen=True, slots=True)
class _Pattern:
    words: tuple[str, ...]  # as written
    gaps: tuple[str, ...]  # between the words
    label: Label


@dataclass(eq=False)
class Gazetteer:
    """Look-up of names; made once in a process by `load`, only read afterwards."""

    # Folded first word -> folded second word ("" where there is none) -> longest first.
    patterns: dict[str, dict[str, list[_Pattern]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # code -> preferred label
    place_states: dict[str, str] = field(default_factory=dict)  # folded place name -> code of its state
    holders: dict[str, list[Holder]] = field(default_factory=dict)  # folded surname -> holders
    offices: dict[tuple[str, str], list[Holder]] = field(default_factory=dict)  # (state, office) -> holders
    family_first: dict[str, bool] = field(default_factory=dict)  # IRI of a person -> family name first
    title_states: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # folded title word -> states with such an office
    concepts: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)  # scheme -> id -> labels
    lives: dict[str, tuple[str, str]] = field(default_factory=dict)  # state -> first and last day, "" where open
    labels: tuple[Label, ...] = ()
    seats: tuple[tuple[str, str], ...] = ()  # folded names of capitals and the like with the code of their state
    rivals: frozenset[str] = frozenset()  # former states that share a name with another
    variants: dict[frozenset[str], "Gazetteer"] = field(default_factory=dict)
    states: frozenset[str] = frozenset()
    forums: frozenset[str] = frozenset()

    def on(self, day: str | None) -> "Gazetteer":
        """The same with names that several states bear after each other given to the one that existed on the day
        (an ISO date or its beginning), to the living one without a day.
        """
        gone = frozenset(code for code in self.rivals if not _exists(self.lives, code, day))
        if gone == self.rivals:
            return self
        if gone not in self.variants:
            seats = {**self.place_states, **_seats(self.seats, gone)}
            self.variants[gone] = replace(self, patterns=_patterns(self.labels, gone), place_states=seats)
        return self.variants[gone]

    def find(self, text: str, kinds: Iterable[Kind] | None = None) -> list[Found]:
        """The longest labels in a text, left to right, none overlapping another; `kinds` limits which are
        looked for.
        """
        wanted = set(kinds) if kinds is not None else None
        words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
        folded = [word.casefold() for word, _, _ in words]
        folded.append("")
        shouting: bool | None = None
        out: list[Found] = []
        i = 0
        while i < len(words):
            known = self._beginning(folded, i)
            if not known:
                i += 1
                continue
            if shouting is None:
                shouting = is_shouted(text)
            hit = self._at(known, text, words, i, wanted, shouting)
            if hit is None:
                i += 1
                continue
            pattern, end = hit
            if folded[i] == "the" and i + 1 < len(words):
                longer = self._at(self._beginning(folded, i + 1), text, words, i + 1, wanted, shouting)
                if longer is not None and longer[1] > end:  # not "the UN" in "the UN Framework Convention"
                    i += 1
                    continue
            if pattern.label.kind not in {"state", "demonym"} or not _CURRENCY.match(text, end):
                out.append(Found(words[i][1], end, pattern.label))
            i += len(pattern.words)
        return out

    def _beginning(self, folded: list[str], i: int) -> list[_Pattern]:
        """Patterns that begin with word `i` and the one after it, the longest first, then those of one word."""
        by_second = self.patterns.get(folded[i])
        if by_second is None:
            return []
        alone = by_second.get("", [])
        return [*by_second[folded[i + 1]], *alone] if folded[i + 1] in by_second and folded[i + 1] else alone

    def _at(
        self,
        known: list[_Pattern],
        text: str,
        words: list[tuple[str, int, int]],
        i: int,
        wanted: set[Kind] | None,
        shouting: bool,
    ) -> tuple[_Pattern, int] | None:
        lower = words[i][0][:1].islower()
        for pattern in known:
            label = pattern.label
            if wanted is not None and label.kind not in wanted:
                continue
            if lower and not shouting and pattern.words[0][:1].isupper() and label.kind != "title":
                continue
            n = len(pattern.words)
            if i + n > len(words):
                continue
            here = words[i : i + n]
            loose, count = shouting or _lower(label), n + (label.kind == "title")
            if not all(is_same(want, got[0], loose, count) for want, got in zip(pattern.words, here, strict=True)):
                continue
            if n > 1:
                gaps = (text[a[2] : b[1]] for a, b in itertools.pairwise(here))
                if not all(is_same_gap(want, got) for want, got in zip(pattern.gaps, gaps, strict=True)):
                    continue
            end = here[-1][2]
            if label.text.endswith(".") and text[end : end + 1] == ".":
                end += 1
            return pattern, end
        return None

    def state_of_place(self, name: str) -> str | None:
        """Code of the state in which a place of this name lies, None when unknown."""
        return self.place_states.get(folded(name))

    def holder(self, office: str, state: str, day: str | None) -> Holder | None:
        """Who held the office of the state on the day, None when unknown or when several did."""
        if not day:
            return None
        there = {h.iri: h for h in self.offices.get((state, office), ()) if h.on(day)}
        return next(iter(there.values())) if len(there) == 1 else None

    def persons(self, name: str, day: str | None = None, state: str | None = None) -> list[Holder]:
        """Holders of offices whose surname and given names agree with `name`, in office about the day if one is
        given; a person once for each office.
        """
        words = [bare(w) for w in WORD.findall(name) if w not in {"Jr", "Sr"}]
        out: dict[tuple[str, str, str], Holder] = {}
        for key in dict.fromkeys(words):
            for h in self.holders.get(key, ()):
                if state and h.state != state:
                    continue
                full = [bare(w) for w in WORD.findall(h.name)]
                alike = set(words) <= set(full) or (
                    len(words) > 1 and key == words[-1] == full[-1] and words[0][0] == full[0][0]
                )  # Joseph R. Biden is Joe Biden
                if alike and (day is None or h.on(day)):
                    out.setdefault((h.iri, h.state, h.office), h)
        return list(out.values())

    def surnamed(self, word: str) -> list[Holder]:
        """Holders of offices with this word in their surname."""
        return self.holders.get(bare(word), [])


def _lower(label: Label) -> bool:
    """Titles of office stand in lower case in the press ("foreign minister Wang Yi")."""
    return label.kind == "title" and label.code != "honorific" and len(label.text) > 4


def build(triples: Iterable[tuple[str, str, str, str]]) -> Gazetteer:
    """A gazetteer of the triples (subject, predicate, object, language; "@" for an IRI as object)."""
    facts = Facts(triples)
    labels: list[Label] = []
    out = Gazetteer()
    states: set[str] = set()
    forums: set[str] = set()
    tenures: list[str] = []
    seats: list[tuple[str, str]] = []
    concepts: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    title_states: defaultdict[str, set[str]] = defaultdict(set)
    facts_forums = {code_of(s) for s in facts.of if "/forum/" in s}
    for subject, has in facts.of.items():
        types = {code_of(t.replace("#", "/")) for t in has.get(RDF_TYPE, ())}
        names = [*has.get(SKOS + "prefLabel", ()), *has.get(SKOS + "altLabel", ())]
        code = code_of(subject)
        if types & {"State", "Polity"}:
            if "Forum" not in types:
                states.add(code)
            out.names.setdefault(code, facts.one(subject, SKOS + "prefLabel") or code)
            labels += [Label(n, "state", code) for n in names]
            labels += [Label(n, "demonym", code) for n in has.get(KG + "demonym", ())]
            labels += [Label(n, "metonym", code) for n in has.get(KG + "metonym", ())]
            for city in has.get(KG + "capital", ()):
                labels.append(Label(city, "capital", code))
                seats.append((folded(city), code))
            seats += [(folded(building), code) for building in has.get(KG + "metonym", ())]
            out.lives[code] = facts.one(subject, KG + "earliest"), facts.one(subject, KG + "latest")
        elif "Forum" in types:
            forums.add(code)
            out.names.setdefault(code, facts.one(subject, SKOS + "prefLabel") or code)
            labels += [Label(n, "forum", code) for n in names]
        elif types & {"Organisation", "Institution", "Mechanism"}:
            owner = code_of(facts.one(subject, KG + "institutionOf"))
            labels += [Label(n, "organisation", owner or code) for n in names]
        elif "Office" in types:
            owner = code_of(facts.one(subject, KG + "officeOf"))
            for word in has.get(KG + "titleWord", ()):
                title_states[folded(word)].add(owner)
            if owner in facts_forums:  # "European Commission President" names its organisation
                labels += [Label(n, "title", "organisation-head", owner) for n in names]
        elif "Place" in types:
            state = code_of(facts.one(subject, KG + "inState"))
            labels += [Label(n, "place", state) for n in names]
            for name in names:
                out.place_states.setdefault(folded(name), state)
        elif "Tenure" in types:
            tenures.append(subject)
        elif types & {"Concept", "Sector", "Principle"}:
            scheme = code_of(facts.one(subject, SKOS + "inScheme")) or subject.rsplit("/", 2)[-2]
            key = facts.one(subject, SKOS + "notation") or code
            concepts[scheme][key] = tuple(names)
    for key, words in concepts.get("title", {}).items():
        if key == "portfolio":
            continue
        labels += [Label(w, "title", key) for w in words]
    _holders(out, facts, tenures)
    out.states, out.forums = frozenset(states), frozenset(forums)
    out.concepts = dict(concepts)
    out.title_states = {k: frozenset(v) for k, v in title_states.items()}
    out.labels, out.seats = tuple(labels), tuple(seats)
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for label in labels:
        if label.kind in {"state", "demonym", "capital", "metonym"}:
            bearers[label.text.casefold()].add(label.code)
    shared = {code for codes in bearers.values() if len(codes) > 1 for code in codes}
    out.rivals = frozenset(code for code in shared if out.lives[code][1])
    out.place_states |= _seats(out.seats, out.rivals)
    out.patterns = _patterns(labels, out.rivals)
    return out


def _exists(lives: dict[str, tuple[str, str]], code: str, day: str | None) -> bool:
    first, last = lives[code]
    if not day:
        return not last
    return (not first or first[: len(day)] <= day) and (not last or day <= last[: len(day)])


def _seats(seats: Iterable[tuple[str, str]], gone: frozenset[str]) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, code in sorted(seats, key=lambda s: s[1] in gone):
        out.setdefault(name, code)
    return out


def _holders(out: Gazetteer, facts: Facts, tenures: Iterable[str]) -> None:
    for tenure in tenures:
        office, person = facts.one(tenure, KG + "office"), facts.one(tenure, KG + "holder")
        name = facts.one(person, SKOS + "prefLabel")
        if not name:
            continue
        state = code_of(facts.one(office, KG + "officeOf")) or code_of(office).split(".")[0]
        kind = code_of(facts.one(office, KG + "officeKind")) or code_of(office).split(".", 1)[-1]
        surname = facts.one(person, KG + "surname") or name.split()[-1]
        holder = Holder(
            person,
            name,
            surname,
            state,
            kind,
            facts.one(tenure, KG + "earliest"),
            facts.one(tenure, KG + "latest"),
        )
        for word in dict.fromkeys(bare(w) for w in WORD.findall(surname)):
            out.holders.setdefault(word, []).append(holder)
        out.offices.setdefault((state, kind), []).append(holder)
        if facts.one(person, KG + "familyNameFirst") == "true":
            out.family_first[person] = True


_RANK: dict[Kind, int] = {
    "state": 0,
    "forum": 1,
    "title": 2,
    "demonym": 3,
    "capital": 4,
    "metonym": 5,
    "organisation": 6,
    "place": 7,
}


def _patterns(labels: Iterable[Label], gone: frozenset[str]) -> dict[str, dict[str, list[_Pattern]]]:
    table: dict[tuple[str, str], dict[tuple[tuple[str, ...], tuple[str, ...]], _Pattern]] = {}
    for label in sorted(labels, key=lambda lb: (_RANK.get(lb.kind, 9), lb.code in gone, lb.code, lb.text)):
        found = list(WORD.finditer(label.text))
        if not found:
            continue
        words = tuple(m.group() for m in found)
        gaps = tuple(label.text[a.end() : b.start()] for a, b in itertools.pairwise(found))
        if len(words) == 1 and len(words[0]) < 2:
            continue
        begin = words[0].casefold(), words[1].casefold() if len(words) > 1 else ""
        table.setdefault(begin, {}).setdefault((words, gaps), _Pattern(words, gaps, label))
    out: defaultdict[str, dict[str, list[_Pattern]]] = defaultdict(dict)
    for (first, second), entries in table.items():
        out[first][second] = sorted(entries.values(), key=lambda p: (-len(p.words), _RANK.get(p.label.kind, 9)))
    return dict(out)


@lru_cache(maxsize=2)
def load(folder: Path | None = None) -> Gazetteer:
    """The gazetteer of the ontology that comes with kg, or of another folder of Turtle files; made once in a
    process.
    """
    from kg.ontology import data_path

    return build(read(folder or data_path("ontology")))


__all__ = ["Found", "Gazetteer", "Holder", "Label", "build", "load"]
