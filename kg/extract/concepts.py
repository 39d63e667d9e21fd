"""Sectors and principles in a text, by the labels of their schemes."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from kg.iris import BASE, SKOS
from kg.ontology import data_path

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SCHEMES = {"sectors": "sector", "principles": "principle"}
# Words of dealing that let a hidden label count, and office titles in which a label is no subject.
_DEALING = (
    r"cooperation|co-operation|collaboration|dialogues?|talks|ties|relations|relationships?|exchanges?|agreements?|partnerships?|issues?|matters?|"
    r"links|linkages|contacts|negotiations?|projects?|program(?:me)?s?|assistance|consultations|coordination|sectors?|initiatives?"
)
_BROKEN = re.compile(r"[.!?;:\"“”()]\s|[\"“”]")
_AFTER = re.compile(rf"(?:\W+(?:and|or|[\w-]+))?(?:\W+[\w-]+)?\W+(?:{_DEALING})\b", re.I)
_BEFORE = re.compile(rf"\b(?:{_DEALING})\s+(?:in|on|about|of)\s+(?:[\w'’-]+,?\s+){{0,12}}$", re.I)
_TITLE = re.compile(
    r"\b(?:[Mm]inisters?|[Ss]ecretar(?:y|ies)|[Dd]epartment|[Mm]inistry|[Aa]dvis[oe]r|[Cc]ommissioner|[Cc]ommittee|[Ee]nvoy)\s+(?:of|for|on|to)\s+"
    r"(?:the\s+)?(?:[A-Z][\w-]*,?\s+|and\s+|for\s+|of\s+|[&]\s+)*$"
)
_TITLE_AFTER = re.compile(
    r"(?:\s+(?:and|&)\s+[A-Z]\w+|\s+[A-Z]\w+)?\s+(?:Minister|Secretary|Adviser|Advisor|Ministry|Department|Commissioner|Attach[eé])\b"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A label of a concept in a text."""

    start: int
    end: int
    scheme: str
    id: str


@dataclass(frozen=True, slots=True)
class _Label:
    words: tuple[str, ...]
    cased: tuple[str, ...]  # "" where case does not matter
    ids: tuple[tuple[str, str, bool], ...]  # scheme, id, hidden


def _stem(word: str) -> str:
    """Lower case without a plural s, so that a label in the singular also names the many."""
    low = word.casefold().replace("’", "'").removesuffix("'s")
    if len(low) > 3 and low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


@lru_cache(maxsize=1)
def _index() -> dict[str, list[_Label]]:
    import pyoxigraph as ox

    table: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], set[tuple[str, str, bool]]] = defaultdict(set)
    for file, scheme in _SCHEMES.items():
        for quad in ox.parse(path=str(data_path("ontology") / "schemes" / f"{file}.ttl")):
            kind = quad.predicate.value.removeprefix(SKOS)
            if kind not in {"prefLabel", "altLabel", "hiddenLabel"} or not isinstance(quad.object, ox.Literal):
                continue
            iri = str(getattr(quad.subject, "value", ""))
            whole = iri == f"{BASE}scheme/{scheme}" and kind == "hiddenLabel"  # a phrase that names no concept
            if not whole and (not iri.startswith(f"{BASE}{scheme}/") or (kind == "prefLabel" and scheme == "sector")):
                continue
            found = [m.group() for m in _WORD.finditer(quad.object.value)]
            cased = tuple(w if any(c.isupper() for c in w) else "" for w in found)
            table[tuple(map(_stem, found)), cased].add(
                (scheme, "" if whole else iri.rsplit("/", 1)[1], kind == "hiddenLabel")
            )
    out: defaultdict[str, list[_Label]] = defaultdict(list)
    for (words, cased), ids in table.items():
        out[words[0]].append(_Label(words, cased, tuple(sorted(ids))))
    return {first: sorted(labels, key=lambda lb: (-len(lb.words), lb.words, lb.cased)) for first, labels in out.items()}


def find(text: str) -> list[Hit]:
    """Sectors and principles that a text names, the longest label first, in the order of the text.

    A principle and a sector may share words; of two sectors the longer label wins ("food security" is no security).
    """
    index = _index()
    found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    stems = [_stem(w) for w, _, _ in found]
    out: list[Hit] = []
    taken = {"sector": 0, "principle": 0}
    for i, stem in enumerate(stems):
        for label in index.get(stem, ()):
            n = len(label.words)
            if tuple(stems[i : i + n]) != label.words:
                continue
            if any(c and not _same_case(c, found[i + k][0]) for k, c in enumerate(label.cased)):
                continue
            start, end = found[i][1], found[i + n - 1][2]
            if _BROKEN.search(text, start, end):
                continue
            ids = [
                (s, key)
                for s, key, hidden in label.ids
                if key and start >= taken[s] and _counts(text, start, end, s, hidden)
            ]
            for scheme in {s for s, key, hidden in label.ids if not (key and hidden) or (s, key) in ids}:
                taken[scheme] = max(taken[scheme], end)
            out += [Hit(start, end, scheme, key) for scheme, key in ids]
    return out


def _same_case(want: str, got: str) -> bool:
    return want == got or got == want + "s" or (len(want) > 5 and got.isupper() and want.casefold() == got.casefold())


def _counts(text: str, start: int, end: int, scheme: str, hidden: bool) -> bool:
    if scheme != "sector":
        return True
    before = text[max(0, start - 90) : start]
    if _TITLE.search(before) or _TITLE_AFTER.match(text, end):
        return False
    if not hidden:
        return True
    return _AFTER.match(text, end) is not None or _BEFORE.search(before) is not None
