"""Persons of a document: who is named where, and which names are one person's."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.gazetteer import Found
from kg.extract.model import ActorRef
from kg.extract.spelling import bare

Key = tuple[int, int]  # paragraph, token
LEADER_TITLES = {"president", "prime-minister"}


@dataclass(slots=True)
class Person:
    """A person of the document, filled while names are read; `actor` is the frozen outcome."""

    words: tuple[str, ...]
    state: str = ""
    title: str = ""  # concept of the title scheme
    evidence: str = ""
    count: int = 0
    iri: str | None = None
    name: str = ""
    office: str = ""
    beside: tuple[int | str, ...] | None = None  # in whose company: persons, states; empty where that is not clear

    def actor(self) -> ActorRef:
        return ActorRef(
            "person",
            self.name or " ".join(self.words),
            self.state,
            self.office or self.title,
            (),
            self.iri,
            bool(self.state),
        )


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name with its titles: token ranges within a paragraph; `person` is an index into the registry."""

    paragraph: int
    first: int
    last: int  # exclusive
    name_first: int
    name_last: int
    person: int
    rule: str


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A title without a name ("the Prime Minister", "the President of Gabon")."""

    paragraph: int
    first: int
    last: int
    title: str  # concept of the title scheme
    words: str
    state: str


@dataclass(slots=True)
class Hit:
    """A label of the gazetteer at tokens of a paragraph."""

    first: int
    last: int
    found: Found


@dataclass
class Registry:
    """Who is named where."""

    persons: list[Person] = field(default_factory=list)
    names: list[NameMention] = field(default_factory=list)
    titles: list[TitleMention] = field(default_factory=list)
    hits: dict[int, list[Hit]] = field(default_factory=dict)
    hit_at: dict[Key, Hit] = field(default_factory=dict)  # any token of a hit
    name_at: dict[Key, NameMention] = field(default_factory=dict)  # any token of a mention, titles included
    title_at: dict[Key, TitleMention] = field(default_factory=dict)

    def codes(self) -> set[str]:
        """Codes of the states, forums and others that the document names."""
        return {hit.found.label.code for hits in self.hits.values() for hit in hits}

    def person(self, mention: NameMention) -> Person:
        return self.persons[mention.person]

    def add(self, words: Sequence[str], title: str = "", state: str = "", evidence: str = "") -> int:
        """Index of the person of that name, known or new; a fuller name, title or state is kept."""
        clean = tuple(w for w in words if w)
        best = self._match(clean, title, state)
        if best is None:
            self.persons.append(Person(clean))
            best = len(self.persons) - 1
        person = self.persons[best]
        if len(clean) > len(person.words):
            person.words = clean
        if title and (not person.title or person.title == "honorific"):
            person.title = title
        if state and not person.state:
            person.state, person.evidence = state, evidence
        person.count += 1
        return best

    def known(self, words: Sequence[str], title: str) -> bool:
        """Whether somebody of that name and title has a state already."""
        folded = {bare(w) for w in words}
        return any(
            p.state and p.title == title and (folded <= (have := {bare(w) for w in p.words}) or have <= folded)
            for p in self.persons
        )

    def _match(self, words: tuple[str, ...], title: str, state: str) -> int | None:
        folded = {bare(w) for w in words}
        fits: list[tuple[int, int]] = []
        for index, person in enumerate(self.persons):
            have = {bare(w) for w in person.words}
            if not (folded <= have or have <= folded or _variant(words, person.words)):
                continue
            if state and person.state and state != person.state:
                continue
            score = (
                2 * (state == person.state and bool(state))
                + (title == person.title and bool(title))
                + len(folded & have)
            )
            if title and person.title and len(folded) == 1 and not _agree(title, person.title):
                score -= 2
            fits.append((score, index))
        return max(fits)[1] if fits and max(fits)[0] >= 0 else None

    def surnames(self) -> dict[str, list[int]]:
        """Words by which persons are called alone -> persons."""
        out: dict[str, list[int]] = {}
        for index, person in enumerate(self.persons):
            ends = {person.words[0], person.words[-1]} if len(person.words) > 1 else set(person.words)
            for word in ends:
                if len(word) > 1:
                    out.setdefault(word, []).append(index)
        return out


def _agree(one: str, other: str) -> bool:
    """Whether two titles may be those of one person."""
    if one == other or "honorific" in {one, other}:
        return True
    if "minister" in {one, other} and {one, other} & {"foreign-minister", "prime-minister", "head-of-government"}:
        return True  # Minister Kishida, Secretary Kerry for short
    return "head-of-government" in {one, other} and bool({one, other} & LEADER_TITLES)


def _variant(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Joe Biden and Joseph R. Biden: same surname, given names with the same first letter."""
    one, other = (tuple(w for w in x if w.rstrip(".") not in {"Jr", "Sr", "II", "III"}) for x in (one, other))
    return len(one) > 1 and len(other) > 1 and one[-1].casefold() == other[-1].casefold() and one[0][0] == other[0][0]
