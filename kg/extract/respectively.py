"""Two names under one title in the plural: "the presidents of Peru and Chile, A and B", "Peruvian and Chilean
Foreign Ministers A and B".
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.gazetteer import Gazetteer
from kg.extract.registry import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc

_STATES = {"state", "demonym"}
_LONGEST = 3  # words of a title


class Named(NamedTuple):
    """A name of a pair: the tokens that belong to it, the title and the state."""

    first: int
    last: int
    title: str
    state: str


def pairs(
    doc: "Doc",
    at: Mapping[int, Hit],
    names: Gazetteer,
    name: Callable[[int], tuple[int, int] | None],
) -> Iterator[tuple[Named, Named]]:
    """Each pair of names that a plural title and two states belong to, in the order of both."""
    singular, lasts = _titles(names)
    for token in doc:
        if token.lower_ not in lasts or token.i in at:
            continue
        for first in range(max(token.i - _LONGEST + 1, 0), token.i + 1):
            title = singular.get(doc[first : token.i + 1].text.casefold().removesuffix("s"))
            if title is None:
                continue
            states, begin = _after(doc, at, token.i + 1)
            states = states or _before(at, first)
            found = _two(doc, name, begin) if states and states[0] != states[1] else None
            if states and found:
                yield Named(*found[0], title, states[0]), Named(*found[1], title, states[1])
            break


def plural_titles(names: Gazetteer) -> frozenset[str]:
    """The last words of titles, in the plural."""
    return _titles(names)[1]


@lru_cache(maxsize=4)
def _titles(names: Gazetteer) -> tuple[dict[str, str], frozenset[str]]:
    """Titles in the singular, and the plurals of their last words."""
    titles = names.concepts.get("title", {})
    singular = {label.casefold(): code for code, labels in titles.items() for label in labels[1:]}
    return singular, frozenset(re.findall(r"[^\s-]+$", label)[0] + "s" for label in singular)


def _state(at: Mapping[int, Hit], i: int) -> Hit | None:
    hit = at.get(i)
    return hit if hit is not None and hit.found.label.kind in _STATES else None


def _after(doc: "Doc", at: Mapping[int, Hit], i: int) -> tuple[tuple[str, str] | None, int]:
    """ "of Peru and Chile" from token `i`; the states and the token after them."""

    def word(k: int) -> str:
        return doc[k].lower_ if k < len(doc) else ""

    begin = i
    if word(i) not in {"of", "from"}:
        return None, begin
    i += 2 if word(i + 1) == "the" else 1
    one = _state(at, i)
    if one is None or word(one.last) not in {"and", "&"}:
        return None, begin
    i = one.last + (2 if word(one.last + 1) == "the" else 1)
    other = _state(at, i)
    if other is None:
        return None, begin
    return (one.found.label.code, other.found.label.code), other.last


def _before(at: Mapping[int, Hit], first: int) -> tuple[str, str] | None:
    """ "Peruvian and Chilean" before token `first`."""
    other = _state(at, first - 1)
    one = _state(at, other.first - 2) if other is not None else None
    return (one.found.label.code, other.found.label.code) if one and other else None


def _two(
    doc: "Doc", name: Callable[[int], tuple[int, int] | None], i: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Two names joined by "and" from token `i`, after a comma or dash or none."""
    if i < len(doc) and doc[i].text in {",", "-", "–", "—"}:
        i += 1
    one = name(i)
    if one is None or one[1] >= len(doc) or doc[one[1]].lower_ not in {"and", "&"}:
        return None
    other = name(one[1] + 1)
    return (one, other) if other is not None else None
