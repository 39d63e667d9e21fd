"""Claims in words that cannot both hold: undertakings and statements of two sources, paired and compared.

A query finds what was undertaken and said. Whether two such claims are about one thing, and whether they clash, stands
in their words, which neither SPARQL nor Cypher reads; so both give the claims, and they are paired here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from typing import Any

import pyoxigraph as ox

from kg import iris
from kg.citations import citations
from kg.edtf import Edtf
from kg.errors import RecordError
from kg.graph import Graph
from kg.questions.wording import Stance, about, denied, differing, one_object, stance, without_not

__all__ = ["clashing", "one_undertaking"]

Solution = Mapping[str, list[Any]]
_COMMITTED_BY = ox.NamedNode(iris.KG + "committedBy")
_NAMES = ("prefLabel", "altLabel", "demonym", "surname")
_SPEAKER = re.compile(
    r"(?:that\s+)?(?:it|they|he|she|we|i|his \w+|her \w+|its \w+|our \w+|the (?:country|government))?", re.I
)
_ALL = re.compile(r"\b(?:there|both|two sides|sides)\b|^neither\b", re.I)
_NOT = re.compile(r"\b(?:not|never|no longer|cannot)\b|n['’]t\b", re.I)
# How far days may lie apart that two sources give to one act, and days of publication where they give none.
_DAYS, _PUBLISHED = timedelta(days=3), timedelta(days=31)


@dataclass
class _Claim:
    """An undertaking or a statement of one source; `values` are those of its solutions."""

    act: str
    undertaken: bool
    values: Mapping[str, list[Any]]
    drop: tuple[str, ...] = field(repr=False)

    def one(self, name: str) -> Any:
        """The only value, or the first; None where there is none."""
        return next(iter(self.values.get(name, ())), None)

    def all(self, name: str) -> frozenset[str]:
        return frozenset(self.values.get(name, ()))

    @property
    def source(self) -> str:
        return str(self.one("one_source"))

    @property
    def words(self) -> str:
        return str(self.one("words"))

    @property
    def cue(self) -> str:
        return str(self.one("cue") or "")

    @property
    def key(self) -> str:
        """The witness and the place in its text: the same for copies of one text."""
        own = "/" + self.source.rpartition("/")[2] + "."
        return f"{self.one('witness')} {self.act.partition(own)[2] or self.act}"

    @cached_property
    def refused(self) -> str | None:
        """What is undertaken not to be done."""
        return without_not(self.words)

    @cached_property
    def object(self) -> frozenset[str]:
        return about(self.refused or self.words, self.drop)

    def of_one_time(self, other: "_Claim") -> bool:
        """Whether both may be on one act: of one meeting, or of days that are near."""
        mine, theirs = self.all("meeting"), other.all("meeting")
        if mine and theirs:
            return not mine.isdisjoint(theirs)
        days: list[tuple[date, date]] = []
        for claim in (self, other):
            begin, end = claim.one("from") or claim.one("issued"), claim.one("to") or claim.one("issued")
            if begin is None or end is None:
                return False
            days.append((begin, end))
        apart = _DAYS if self.one("from") and other.one("from") else _PUBLISHED
        return days[0][0] - days[1][1] <= apart and days[1][0] - days[0][1] <= apart

    def of_one_subject(self, other: "_Claim") -> bool:
        """Whether both name a sector, principle or forum in common, as far as both name any."""
        mine, theirs = self.all("about"), other.all("about")
        return not mine or not theirs or not mine.isdisjoint(theirs)

    def of_another_witness(self, other: "_Claim") -> bool:
        return str(self.one("witness")) != str(other.one("witness"))


@dataclass(frozen=True, slots=True)
class _Undertaking:
    committers: frozenset[str]
    sectors: frozenset[str]
    object: frozenset[str]


def clashing(graph: Graph, parties: Iterable[str], solutions: Iterable[Solution]) -> Iterator[Solution]:
    """The solutions of a question on contradictions, with pairs of claims that clash in the place of claims.

    Args:
        graph: the graph, for names and the sentences in which words stand.
        parties: IRIs of the two.
        solutions: those whose `what` is "undertaking" or "statement" are claims; a "commitment" that one source leaves
            out by what the query sees is none where that source tells it in words; all others stay as they are.
    """
    words = _Words(graph, parties)
    claims: dict[str, dict[str, list[Any]]] = {}
    for solution in solutions:
        if solution["what"] == ["commitment"] and words.told_by(solution["act"][0], solution["leaves_out"][0]):
            continue
        if solution["what"][0] not in ("undertaking", "statement"):
            yield solution
            continue
        merged = claims.setdefault(str(solution["act_one"][0]), defaultdict(list))
        for name, values in solution.items():
            merged[name] += [v for v in values if v not in merged[name]]
    drop = tuple(words.every)
    yield from words.clashes(
        [_Claim(act, values["what"] == ["undertaking"], values, drop) for act, values in sorted(claims.items())]
    )


class _Words:
    def __init__(self, graph: Graph, parties: Iterable[str]) -> None:
        self.graph = graph
        self.names = {
            party: {f.value.lower() for f in graph.facts(party) if f.property in _NAMES and (f.lang or "en") == "en"}
            for party in parties
        }
        self.every = sorted({name for names in self.names.values() for name in names})
        self._of_source: dict[str, list[_Undertaking]] = {}
        self._read: dict[str, _Undertaking] = {}

    def clashes(self, claims: list[_Claim]) -> Iterator[Solution]:
        undertaken = [c for c in claims if c.undertaken]
        for by, found in _grouped(undertaken, "by"):
            for one, other in combinations(found, 2):
                if self._comparable(one, other):
                    yield from self.undertakings(one, other, by)
        repeated = {iri for c in undertaken for iri in c.values.get("said_in", ())}
        said = [c for c in claims if not c.undertaken]
        for denial in said:
            found_denial = None if denial.act in repeated else denied(denial.words, denial.cue)
            if found_denial is not None:
                what = about(found_denial[1], self.every)
                for claim in undertaken:
                    if one_object(claim.object, what) and self._comparable(claim, denial):
                        yield from self.denials(claim, denial, found_denial[0])
        stances = {c.act: held for c in said if (held := stance(c.words, c.cue)) is not None}
        for voice, speaking in _grouped([c for c in said if c.act in stances], "by"):
            for one, other in combinations(speaking, 2):
                speakers = one.all("speaker"), other.all("speaker")
                one_voice = speakers[0] == speakers[1] or any(not s or voice in s for s in speakers)
                if one_voice and self._comparable(one, other):
                    yield from self.stances(one, other, voice, stances)

    def told_by(self, act: str, source: str) -> bool:
        """Whether a source undertakes the same for the same party in words, where one of both has no sector."""
        mine = self._undertaking(act)
        return any(
            not mine.committers.isdisjoint(other.committers)
            and not (mine.sectors and other.sectors)
            and one_object(mine.object, other.object)
            for other in self._undertakings(source)
        )

    def _undertakings(self, source: str) -> list["_Undertaking"]:
        if source not in self._of_source:
            found = self.graph.store.quads_for_pattern(None, _COMMITTED_BY, None, ox.NamedNode(source))
            acts = sorted({q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)})
            self._of_source[source] = [self._undertaking(act) for act in acts]
        return self._of_source[source]

    def _undertaking(self, act: str) -> "_Undertaking":
        if act not in self._read:
            facts = self.graph.facts(act)
            text = next((f.value for f in facts if f.property == "text"), "")
            committers, sectors = (
                frozenset(f.value for f in facts if f.property == name) for name in ("committedBy", "aboutSector")
            )
            self._read[act] = _Undertaking(committers, sectors, about(without_not(text) or text, self.every))
        return self._read[act]

    def _comparable(self, one: _Claim, other: _Claim) -> bool:
        return one.of_another_witness(other) and one.of_one_subject(other) and one.of_one_time(other)

    def undertakings(self, one: _Claim, other: _Claim, by: str) -> Iterator[Solution]:
        """Two undertakings of one party: by when, how much, or whether at all."""
        if not one_object(one.object, other.object):
            return
        if (one.refused is None) != (other.refused is None):
            first, second = (one, other) if one.refused is None else (other, one)
            yield _row("denial", by, first, first.words, second, second.words)
            return
        due = _due(one, other)
        if due is not None:
            first, second = (one, other) if due < 0 else (other, one)
            yield _row("due time", by, first, str(first.one("due")), second, str(second.one("due")))
        found = differing(one.words, other.words)
        if found is not None:
            told = sorted(((found[0].low or 0, found[0].words, 0), (found[1].low or 0, found[1].words, 1)))
            (_, less, first_at), (_, more, _) = told
            pair = (one, other) if first_at == 0 else (other, one)
            yield _row(found[0].kind, by, pair[0], less, pair[1], more)

    def denials(self, claim: _Claim, denial: _Claim, who: str) -> Iterator[Solution]:
        """An undertaking, and a statement that denies it; `who` is said not to have undertaken it."""
        if claim.refused is not None or (denial.cue and self._negated(denial)):
            return
        told = denial.words if denied(denial.words) else f"{denial.cue}: {denial.words}"
        for by in sorted(claim.all("by")):
            if self._means(who, by, denial.all("by")):
                yield _row("denial", by, claim, claim.words, denial, told)

    def stances(self, one: _Claim, other: _Claim, voice: str, stances: Mapping[str, Stance]) -> Iterator[Solution]:
        """Two statements of one voice, one for something and one against it."""
        here, there = stances[one.act], stances[other.act]
        if not one_object(about(here.what, self.every), about(there.what, self.every), least=1):
            return
        if self._named(here.who, voice) != self._named(there.who, voice):
            return
        for_it = [found.positive != self._turned(claim, found) for claim, found in ((one, here), (other, there))]
        if for_it[0] != for_it[1]:
            first, second = (one, other) if for_it[0] else (other, one)
            yield _row("stance", voice, first, _with_cue(first, True), second, _with_cue(second, False))

    def _turned(self, claim: _Claim, found: Stance) -> bool:
        return found.what == claim.words and self._negated(claim)

    def _negated(self, claim: _Claim) -> bool:
        """Whether the words before a quotation turn its cue round: "does not support" has the cue "support"."""
        if _NOT.search(claim.cue):
            return False
        for citation in citations(self.graph, claim.act):
            if citation.quote == claim.words:
                return bool(_NOT.search(re.split(r"[,;:]", citation.before)[-1][-60:]))
        return False

    def _named(self, who: str, voice: str) -> frozenset[str]:
        """Who holds a stance: the parties that the subject names, or the voice itself."""
        text = who.lower()
        named = {
            party for party, names in self.names.items() if any(re.search(rf"\b{re.escape(n)}\b", text) for n in names)
        }
        return frozenset(named) or frozenset({voice})

    def _means(self, who: str, by: str, voices: frozenset[str]) -> bool:
        """Whether the subject of a denial is the party that is said to have undertaken something."""
        named = self._named(who, "")
        if named != {""}:
            return by in named
        return bool(_ALL.search(who)) or (by in voices and _SPEAKER.fullmatch(who) is not None)


def one_undertaking(one: str, other: str, names: Iterable[str] = ()) -> bool:
    """Whether two texts undertake the same thing, as far as words tell; neither excludes what the other says.

    >>> one_undertaking("to open a trade office", "open a trade office in Chengdu by June")
    True
    >>> one_undertaking("to buy 40 planes", "buy 50 planes"), one_undertaking("to buy planes", "not to buy planes")
    (False, False)
    """
    not_one, not_other = without_not(one), without_not(other)
    if (not_one is None) != (not_other is None):
        return False
    names = tuple(names)
    alike = one_object(about(not_one or one, names), about(not_other or other, names))
    return alike and differing(one, other) is None


def _grouped(claims: Iterable[_Claim], name: str) -> Iterable[tuple[str, list[_Claim]]]:
    groups: dict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        for value in claim.all(name):
            groups[value].append(claim)
    return sorted(groups.items())


def _due(one: _Claim, other: _Claim) -> int | None:
    """-1 where the first is due before the other, 1 where after it; None where both times may be one or are unknown."""
    try:
        first, second = (Edtf.parse(str(claim.one("due") or "")) for claim in (one, other))
    except RecordError:
        return None
    if first.overlaps(second):
        return None
    return -1 if first.latest and second.earliest and first.latest < second.earliest else 1


def _with_cue(claim: _Claim, positive: bool) -> str:
    """The words of a stance, with the cue where it stands in that alone."""
    if stance(claim.words) is not None:
        return claim.words
    return f"{'for' if positive else 'against'}: {claim.words}"


def _row(what: str, by: str, one: _Claim, says_one: str, other: _Claim, says_other: str) -> Solution:
    met = one.values.get("meeting") or other.values.get("meeting") or ()
    return {
        "what": [what],
        "subject": list(met),
        "by": [by],
        "one": [says_one],
        "one_source": [one.source],
        "act_one": [one.act],
        "key_one": [one.key],
        "other": [says_other],
        "other_source": [other.source],
        "act_other": [other.act],
        "key_other": [other.key],
    }
