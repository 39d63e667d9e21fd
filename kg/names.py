"""Look-up of what people type: names in any language, codes, surnames, "Canadian PM", "the White House".

A look-up goes through tiers, best first: IRI, code, exact name, other name, spelling (case, accents, dots, "the"),
office with its holder, surname or demonym, metonym, beginning of a name. `Names.one` takes the first tier that finds
anything; what is only similar is never taken, only suggested.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kg import iris
from kg.errors import AmbiguousName, NotFound
from kg.labels import GraphLabels, Labels, ListLabels, Row, Term
from kg.ontology import model

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Candidate", "GraphLabels", "Labels", "ListLabels", "Names", "Row", "Term", "fold"]

# The name of a tier, and the IRIs that it finds with the name that led there.
_Found = tuple[str, Iterable[tuple[str, str]]]
# Segments of IRIs whose keys people know; a key given alone is looked for in this order.
_SEGMENTS = ("actor", "forum", "relation", "sector", "principle", "publisher", "source", "person", "office", "place")
_ROLES = ("actor", "office", "relation", "concept", "act", "source", "place", "account", "link", "span")
# What is suggested: names of which seven letters in ten are right, and what a name loses that has more words.
_SIMILAR, _FIRST_WORDS, _NEAR = 0.7, 0.04, 400
_KEY_OF_STATE = re.compile(r"(?:[A-Z]{3}|COW-\d{1,3})\.")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a text may mean.

    Attributes:
        label: what to call it; `cls` its class.
        match: the tier that found it; `tier` its number, lowest first; `via` the name or office that matched.
    """

    iri: str
    cls: str
    label: str
    match: str
    tier: int
    via: str

    def __str__(self) -> str:
        return f"{self.label} ({self.cls}, {self.iri.removeprefix(iris.BASE)})"


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """A name as look-up compares it: without case, accents, dots, apostrophes, possessive and leading "the".

    >>> fold("The U.S."), fold("Côte d’Ivoire"), fold("Canada's")
    ('us', 'cote divoire', 'canada')
    """
    text = re.sub(r"['’]s\b", "", text)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.sub(r"[^\w&+]+", " ", re.sub(r"[.'’ʻ]", "", text.casefold())).replace("_", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


class Names:
    """Look-up of names, over a graph or over rows. Reads all names once, and only when exact ones do not do."""

    def __init__(self, labels: "Labels | Iterable[Row]", terms: Iterable[Term] = ()) -> None:
        self._labels: Labels = ListLabels(labels, terms) if isinstance(labels, Iterable) else labels
        self._folded: dict[str, list[Row]] | None = None
        self._keys: list[str] = []

    @classmethod
    def of(cls, graph: "Graph") -> "Names":
        """The names of a graph."""
        return cls(GraphLabels(graph))

    def find(
        self, text: str, cls: str | None = None, limit: int = 20, day: date | str | None = None
    ) -> list[Candidate]:
        """Whatever a text may mean, best first.

        Args:
            text: a name, code, IRI, surname, or state and title as in "Canadian PM".
            cls: only things of this class or its subclasses.
            limit: at most so many.
            day: whose office is meant; without it, who holds the office at last.
        """
        return list(islice((c for tier in self._tiers(text, cls, day) for c in tier), limit))

    def one(self, text: str, cls: str | None = None, day: date | str | None = None) -> Candidate:
        """The thing that a text means. For the arguments see `find`.

        Raises:
            AmbiguousName: it may mean several; `candidates` are `Candidate`s.
            NotFound: nothing of that name; `suggestions` are similar names.
        """
        for tier in self._tiers(text, cls, day):
            best = min(self._rank(c) for c in tier)
            chosen = [c for c in tier if self._rank(c) == best]
            if len(chosen) > 1 and day is not None and (held := self._in_office(chosen, str(day))):
                chosen = held
            if len(chosen) > 1:
                chosen = self._judged(chosen)
            if len(chosen) == 1:
                return chosen[0]
            listed = "; ".join(map(str, chosen[:8])) + (f"; and {len(chosen) - 8} more" if len(chosen) > 8 else "")
            raise AmbiguousName(f"{text!r} may mean {listed}. Give the full name or the IRI.", tuple(chosen))
        what = f"no {model().cls(cls).label.lower()}" if cls else "nothing"
        raise NotFound(f"There is {what} named {text!r}.", self.suggest(text, cls))

    def suggest(self, text: str, cls: str | None = None, limit: int = 3) -> list[str]:
        """Names that look like the text, best first: for "Did you mean".

        Two letters in the wrong order count as one mistake (optimal string alignment). Of names that are equally near,
        states come first, then whatever has most names, which is what is best known. A name is also compared by as
        many of its first words as the text has, so that "Untied" finds the United States.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        index, begin = self._index(), fold(text)
        words = begin.count(" ") + 1
        cuts = [" ".join(key.split(" ", words)[:words]) for key in self._keys]
        nearness: dict[str, float] = {}
        for names, less in ((self._keys, 0.0), (cuts, _FIRST_WORDS)):
            near = process.extract(
                begin, names, scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR + less, limit=_NEAR
            )
            for _, score, at in near:
                key = self._keys[at]
                nearness[key] = max(nearness.get(key, 0.0), score - less)
        found: dict[str, float] = {}
        for key, score in nearness.items():
            for row in index[key]:
                if self._wanted(row, cls):
                    found[row.iri] = max(found.get(row.iri, 0.0), score)
        counts = self._counts(found)

        def place(iri: str) -> tuple[float, bool, int, str]:
            state = model().is_a(self._labels.cls(iri) or "", "State")
            return (-round(found[iri], 2), not state, -counts[iri], self._labels.label(iri))

        return list(dict.fromkeys(self._labels.label(iri) for iri in sorted(found, key=place)))[:limit]

    # --- tiers ------------------------------------------------------------------------------------------------

    def _tiers(self, text: str, cls: str | None, day: date | str | None) -> Iterator[list[Candidate]]:
        """Non-empty lists of candidates, best first; nothing appears twice."""
        if cls is not None:
            cls = model().cls(cls).name
        seen: set[str] = set()
        steps = (
            self._by_iri,
            self._by_code,
            self._by_exact,
            self._by_usual,
            self._by_spelling,
            self._by_office,
            self._by_prefix,
        )
        number = 0
        for step in steps:
            for match, pairs in step(text.strip(), day):
                tier: dict[str, Candidate] = {}
                for iri, via in pairs:
                    kind = self._labels.cls(iri) if iri not in seen and iri not in tier else None
                    if kind is not None and (cls is None or model().is_a(kind, cls)):
                        tier[iri] = Candidate(iri, kind, self._labels.label(iri), match, number, via)
                number += 1
                seen.update(tier)
                if tier:
                    yield sorted(tier.values(), key=lambda c: (self._rank(c), c.label, c.iri))

    def _by_iri(self, text: str, day: date | str | None) -> Iterator[_Found]:
        for prefix in ("http://", "https://"):
            if text.startswith(prefix):
                yield "iri", [(text, text)]
        head, _, key = text.partition("/")
        if key and iris.is_key(key):
            yield "iri", [(f"{iris.BASE}{head}/{key}", text)]

    def _by_code(self, text: str, day: date | str | None) -> Iterator[_Found]:
        if iris.is_key(text):
            yield "code", [(f"{iris.BASE}{segment}/{text}", text) for segment in _SEGMENTS]
            yield "code", [(row.iri, text) for row in self._labels.exact(text) if row.kind == "code"]

    def _by_exact(self, text: str, day: date | str | None) -> Iterator[_Found]:
        rows = [row for row in map(_as_read, self._labels.exact(text)) if self._named(row)]
        for kind in ("name", "alias"):
            yield kind, [(row.iri, row.label) for row in rows if row.kind == kind and not _candidate_only(row.iri)]

    def _by_usual(self, text: str, day: date | str | None) -> Iterator[_Found]:
        # What the index of the store finds spares the reading of all names.
        yield from self._spelled(self._usual(text))
        yield from self._office(text, list(dict.fromkeys(self._offices(text, self._usual))), day)

    def _by_spelling(self, text: str, day: date | str | None) -> Iterator[_Found]:
        yield from self._spelled(self._index().get(fold(text), []))

    def _spelled(self, rows: list[Row]) -> Iterator[_Found]:
        named = [row for row in map(_as_read, rows) if self._named(row)]
        sure = [row for row in named if not _candidate_only(row.iri)]
        for kind in ("name", "alias", "code"):
            yield "spelling", [(row.iri, row.label) for row in sure if row.kind == kind]
        for kind in ("surname", "demonym", "metonym"):
            yield kind, [(row.iri, row.label) for row in sure if row.kind == kind]
        yield "spelling", [(row.iri, row.label) for row in named if row.kind in ("name", "alias", "surname")]

    def _by_office(self, text: str, day: date | str | None) -> Iterator[_Found]:
        index = self._index()
        yield from self._office(text, list(dict.fromkeys(self._offices(text, lambda t: index.get(fold(t), [])))), day)

    def _office(self, text: str, offices: list[str], day: date | str | None) -> Iterator[_Found]:
        held = ((office, term) for office in offices for term in self._holders(office, day))
        yield "holder", [(term.holder, self._labels.label(office)) for office, term in held]
        yield "office", [(office, text) for office in offices]

    def _by_prefix(self, text: str, day: date | str | None) -> Iterator[_Found]:
        begin, index = fold(text), self._index()
        if len(begin) < 2:
            return
        found: list[tuple[str, str]] = []
        for key in islice(self._keys, bisect_left(self._keys, begin), None):
            if not key.startswith(begin):
                break
            found += [(row.iri, row.label) for row in index[key] if row.kind != "title" and self._named(row)]
        yield "beginning", found
        words = begin.split()
        yield (
            "words",
            [
                (row.iri, row.label)
                for key in self._keys
                if _has_words(key, words)
                for row in index[key]
                if row.kind in ("name", "alias") and self._named(row)
            ],
        )

    # --- offices ----------------------------------------------------------------------------------------------

    def _offices(self, text: str, look_up: Callable[[str], list[Row]]) -> Iterator[str]:
        """Offices that a state and a title name together: "Canadian PM", "PM of Canada", "the UN Secretary-General"."""
        words = re.sub(r"['’]s\b", "", text).split()
        splits = [(words[:i], words[i:]) for i in range(1, len(words))]
        splits += [(words[i + 1 :], words[:i]) for i, word in enumerate(words) if word == "of" and i]
        for owner, title in splits:
            if owner[:1] in (["the"], ["The"]):
                owner = owner[1:]
            owners = {
                iris.code_of(row.iri)
                for row in look_up(" ".join(owner))
                if row.kind in ("name", "alias", "demonym", "code") and "/person/" not in row.iri
            }
            for row in look_up(" ".join(title)) if owners else ():
                if row.kind == "title" and iris.code_of(row.iri).partition(".")[0] in owners:
                    yield row.iri

    def _holders(self, office: str, day: date | str | None) -> list[Term]:
        terms = list(self._labels.terms(office))
        if day is not None:
            return [term for term in terms if term.on(str(day))]
        last = max((term.earliest for term in terms), default="")
        return [term for term in terms if not term.latest] or [term for term in terms if term.earliest == last]

    def _in_office(self, candidates: list[Candidate], day: str) -> list[Candidate]:
        """Of several persons, those who held an office of their state on the day."""
        held: set[str] = set()
        for state in {iris.code_of(c.iri).partition(".")[0] for c in candidates}:
            for office in {row.iri for row in self._titles().get(state, ())}:
                held.update(term.holder for term in self._labels.terms(office) if term.on(day))
        return [c for c in candidates if c.iri in held]

    def _judged(self, candidates: list[Candidate]) -> list[Candidate]:
        """Of those that a person judged to be the same, the one that stands for them."""
        heads = {c.iri: self._labels.stands_for(c.iri) for c in candidates}
        return [c for c in candidates if heads[c.iri] == c.iri or heads[c.iri] not in heads]

    def _titles(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for rows in self._index().values():
            for row in rows:
                if row.kind == "title":
                    found.setdefault(iris.code_of(row.iri).partition(".")[0], []).append(row)
        return found

    # --- helpers ----------------------------------------------------------------------------------------------

    def _index(self) -> dict[str, list[Row]]:
        if self._folded is None:
            self._folded = {}
            for row in self._labels.rows():
                self._folded.setdefault(fold(row.label), []).append(row)
            self._folded.pop("", None)
            self._keys = sorted(self._folded)
        return self._folded

    def _counts(self, wanted: Container[str]) -> Counter[str]:
        """How many names each of some things has."""
        return Counter(row.iri for rows in self._index().values() for row in rows if row.iri in wanted)

    def _usual(self, text: str) -> list[Row]:
        """Rows of the usual spellings of a text: as it is, with capitals, in capitals, without "the"."""
        bare = text[4:] if text[:4].lower() == "the " else text
        spellings = dict.fromkeys((text, bare, bare.title(), bare.upper(), bare[:1].upper() + bare[1:]))
        return list(dict.fromkeys(row for spelling in spellings for row in self._labels.exact(spelling)))

    def _named(self, row: Row) -> bool:
        """Whether a row names a thing: other labels of plain concepts are words of texts, titles alone no office."""
        if row.kind == "title":
            return False
        return row.kind != "alias" or (row.cls or self._labels.cls(row.iri)) != "Concept"

    def _wanted(self, row: Row, cls: str | None) -> bool:
        kind = row.cls or self._labels.cls(row.iri)
        return self._named(row) and kind is not None and (cls is None or model().is_a(kind, cls))

    def _rank(self, candidate: Candidate) -> tuple[int, bool]:
        info = model().classes.get(candidate.cls)
        role = info.role if info else "none"
        return (_ROLES.index(role) if role in _ROLES else len(_ROLES), candidate.cls == "Concept")


def _as_read(row: Row) -> Row:
    """A person of whom only one word is known is found as by a surname, so that it does not beat fuller names."""
    alone = (
        row.kind == "name"
        and " " not in row.label
        and row.iri.startswith(iris.BASE + "person/")
        and row.label.isascii()
    )
    return row._replace(kind="surname") if alone else row


def _candidate_only(iri: str) -> bool:
    """Whether a person is known to one source only, so that a name alone does not mean them before others."""
    head, _, key = iri.removeprefix(iris.BASE).partition("/")
    return head == "person" and _KEY_OF_STATE.match(key) is None


def _has_words(key: str, words: list[str]) -> bool:
    """Whether each word begins a word of the key, in any order."""
    there = key.split()
    return all(any(word.startswith(wanted) for word in there) for wanted in words)
