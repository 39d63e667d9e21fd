"""Which accounts tell of one meeting: a pure function over the accounts of one set of parties."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kg.edtf import Edtf
from kg.iris import code_of
from kg.resolve.judgements import Judgements

__all__ = ["Account", "doubts", "group"]

# Kinds of which one may be told as the other; a call is never a visit.
_FAMILIES: Mapping[str, str] = {
    "call": "call",
    "video-call": "call",
    "visit": "visit",
    "state-visit": "visit",
    "official-visit": "visit",
    "working-visit": "visit",
    "private-visit": "visit",
    "signing": "signing",
}


@dataclass(frozen=True, slots=True)
class Account:
    """What one source tells of a meeting, as far as matching needs it; all values are IRIs.

    `places` holds cities that the reference data knows: a palace and the city around it must not clash.
    """

    iri: str
    source: str
    parties: frozenset[str]
    when: Edtf | None = None
    kind: str | None = None
    status: str | None = None
    places: frozenset[str] = frozenset()
    told_at: frozenset[str] = frozenset()
    country: str | None = None
    forum: str | None = None
    persons: frozenset[tuple[str, str]] = frozenset()  # (party, person)

    @property
    def family(self) -> str:
        """Group of kinds of which one may be told as the other."""
        return _FAMILIES.get(code_of(self.kind or ""), "meeting")


def group(accounts: Iterable[Account], judgements: Judgements | None = None) -> list[tuple[Account, ...]]:
    """Put accounts of one set of parties together that tell of one meeting; each group and the list are sorted."""
    known = sorted(accounts, key=lambda a: a.iri)
    judgements = judgements or Judgements()
    parent = {a.iri: a.iri for a in known}

    def root(iri: str) -> str:
        while parent[iri] != iri:
            iri = parent[iri]
        return iri

    def members(iri: str) -> list[Account]:
        top = root(iri)
        return [a for a in known if root(a.iri) == top]

    def join(one: str, other: str) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    for circle in judgements.circles:
        first, *rest = [iri for iri in circle if iri in parent] or [""]
        for iri in rest:
            join(first, iri)
    for one, other in _candidates(known, judgements):
        if root(one.iri) == root(other.iri):
            continue
        pairs = [(a, b) for a in members(one.iri) for b in members(other.iri)]
        if all(_compatible(a, b, judgements) for a, b in pairs):
            join(one.iri, other.iri)
    groups = defaultdict(list)
    for account in known:
        groups[root(account.iri)].append(account)
    return [tuple(g) for _, g in sorted(groups.items())]


def doubts(accounts: Iterable[Account], judgements: Judgements | None = None) -> list[tuple[Account, Account, str]]:
    """Pairs of accounts that may tell of one meeting, but not surely enough to join them; with the reason."""
    judgements = judgements or Judgements()
    together = group(accounts, judgements)
    where = {a.iri: n for n, g in enumerate(together) for a in g}
    known = sorted((a for g in together for a in g), key=lambda a: a.iri)
    found = []
    for one, other in combinations(known, 2):
        if where[one.iri] == where[other.iri] or one.source == other.source:
            continue
        if judgements.are_different(one.iri, other.iri) or not _agree(one, other):
            continue
        if one.when is None or other.when is None:
            found.append((one, other, "the date of one is not known"))
        elif one.when.overlaps(other.when):
            found.append((one, other, "another account fits as well"))
    return found


def _candidates(known: list[Account], judgements: Judgements) -> list[tuple[Account, Account]]:
    """Compatible pairs, best first, without those for which there is another choice just as good."""
    scores: dict[tuple[str, str], tuple[int, ...]] = {}
    pairs = []
    for one, other in combinations(known, 2):
        if _compatible(one, other, judgements):
            scores[one.iri, other.iri] = scores[other.iri, one.iri] = _score(one, other)
            pairs.append((one, other))
    rivals = defaultdict(list)
    for one, other in pairs:
        rivals[one.iri].append(other)
        rivals[other.iri].append(one)
    sure = []
    for one, other in pairs:
        score = scores[one.iri, other.iri]
        doubtful = any(
            third.iri != mate.iri and scores[me.iri, third.iri] >= score and not _compatible(third, mate, judgements)
            for me, mate in ((one, other), (other, one))
            for third in rivals[me.iri]
        )
        if not doubtful:
            sure.append((one, other))
    return sorted(sure, key=lambda p: (tuple(-s for s in scores[p[0].iri, p[1].iri]), p[0].iri, p[1].iri))


def _compatible(one: Account, other: Account, judgements: Judgements) -> bool:
    if judgements.are_different(one.iri, other.iri):
        return False
    if judgements.are_same(one.iri, other.iri):
        return True
    if one.source == other.source or one.when is None or other.when is None:
        return False
    return one.when.overlaps(other.when) and _agree(one, other)


def _agree(one: Account, other: Account) -> bool:
    """Whether kind, place, forum and persons of two accounts do not clash."""
    if not _one_kind(one, other):
        return False
    if one.country and other.country and one.country != other.country:
        return False
    if one.places and other.places and not one.places & other.places:
        return False
    if one.forum and other.forum and one.forum != other.forum:
        return False
    for party in one.parties:
        mine = {p for side, p in one.persons if side == party}
        theirs = {p for side, p in other.persons if side == party}
        if mine and theirs and not mine & theirs:
            return False
    return True


def _one_kind(one: Account, other: Account) -> bool:
    """Whether the kinds may be two words for one thing: a visit of one day is also told as the meeting on that day."""
    if one.family == other.family:
        return True
    days = {a.when.exact if a.when else None for a in (one, other)}
    return {one.family, other.family} == {"visit", "meeting"} and len(days) == 1 and None not in days


def _score(one: Account, other: Account) -> tuple[int, ...]:
    """How well two compatible accounts fit: shared persons, forum, place, kind, and how narrow their common time is."""
    start = max((w.earliest for a in (one, other) if (w := a.when) and w.earliest), default=date.min)
    end = min((w.latest for a in (one, other) if (w := a.when) and w.latest), default=date.max)
    return (
        len(one.persons & other.persons),
        int(one.forum is not None and one.forum == other.forum),
        len(one.places & other.places),
        int(one.kind == other.kind),
        -(end - start).days,
    )
