"""What kg prints for a thing, taken back: from a caption ("Meeting Canada – China 2026-01-16 Beijing") to the thing.

Captions are computed, not stored. A text gives hints by which the store's indexes find the few things that it may
caption: names of other things, days, and the words of a statement. Of these the ones remain that are printed so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox

from kg import iris
from kg.citations import thing_of
from kg.errors import AmbiguousName, NotFound
from kg.graph import Graph
from kg.labels import GraphLabels
from kg.names import Names
from kg.ontology import model
from kg.show import caption_of
from kg.words import readable

__all__ = ["captioned", "find_thing"]

_ID = re.compile(r"(https?:|[a-z]+(-[a-z]+)*/)\S+")
_WHEN = re.compile(r"\d{4}[^\s,:]*")
_INTERVAL = re.compile(r"(\d{4}[^\s,:/]*)(?: to |/)(\d{4}[^\s,:/]*)")
_CUT = "…"
_WORDS = 12  # of a name
# So many things are looked up for one hint, and so many compared; of a state that votes there are far more.
_LOOKED_UP, _LOOKED_AT = 200_000, 2_000
_LISTED = 8
_TEXTS = ("text", "exact", "reason")


def find_thing(graph: Graph, text: str, *, day: str | None = None) -> str:
    """The IRI of what a text means: an id or the beginning of one, a name, or what kg prints for the thing.

    Args:
        day: whose office is meant ("Canadian PM"); without it, who holds the office at last.

    Raises:
        AmbiguousName: it may mean several; the message lists them with their ids.
        NotFound: nothing of that name; `suggestions` are similar names.
    """
    text = " ".join(readable(text).split())
    as_id = None
    if _ID.fullmatch(text):
        try:
            return thing_of(graph, text)
        except NotFound as error:
            as_id = error
    try:
        return Names.of(graph).one(text, day=day).iri
    except NotFound as error:
        found = captioned(graph, text)
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(f"{graph.label(iri)} ({iri.removeprefix(iris.BASE)})" for iri in found[:_LISTED])
            more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
            raise AmbiguousName(f"{text!r} may mean {listed}{more}. Give one of the ids.", tuple(found)) from None
        if as_id is not None:
            raise as_id from None
        raise NotFound(
            f"There is nothing named {text!r}. Give a name, what kg prints for a thing, or an id as 'kg find' and "
            "'kg ask ... --ids' print it.",
            error.suggestions,
        ) from None


def captioned(graph: Graph, text: str) -> list[str]:
    """The things that kg prints as this text, with its words in any order; sorted by IRI.

    A meeting stands for the accounts of it that are printed alike, and an act for its words. Where there are none, it
    is those whose caption begins so, and else those whose caption has all words of the text.
    """
    wanted = _plain(text)
    words = wanted.split()
    same, begun, has = set[str](), set[str](), set[str]()
    looked_at = 0
    for level in _by_hints(graph, text):
        for iri in level:
            name = graph.cls(iri)
            if name is None or model().classes[name].caption is None:
                continue
            looked_at += 1
            for printed in {_plain(graph.label(iri)), _plain(caption_of(graph, name, iri))}:
                if sorted(printed.split()) == sorted(words):
                    same.add(iri)
                elif printed.startswith(wanted):
                    begun.add(iri)
                elif len(words) > 1 and set(words) <= set(printed.split()):
                    has.add(iri)
        if same or looked_at > _LOOKED_AT:
            break
    return sorted(_told_once(graph, same or begun or has))


def _plain(text: str) -> str:
    text = re.sub(r"(?<!\S)[-–—](?!\S)|[,:](?!\S)", " ", _INTERVAL.sub(r"\1 to \2", text))
    return " ".join(text.casefold().split())


def _by_hints(graph: Graph, text: str) -> Iterator[list[str]]:
    """Things that the text may caption: first those to which most of its hints lead, then the others."""
    counts = Counter[str]()
    for found in _hinted(graph, text):
        counts.update(set(found))
    levels: dict[int, list[str]] = {}
    for iri, count in counts.items():
        levels.setdefault(count, []).append(iri)
    for count in sorted(levels, reverse=True):
        yield sorted(levels[count])[:_LOOKED_AT]


def _hinted(graph: Graph, text: str) -> Iterator[Iterable[str]]:
    """For each hint of the text the things to which it leads."""
    yield _by_words(graph, text)
    for when in sorted({*_WHEN.findall(text), *(f"{one}/{other}" for one, other in _INTERVAL.findall(text))}):
        yield _subjects(graph, iris.KG + "when", ox.Literal(when, datatype=ox.NamedNode(iris.EDTF)))
    ends = [model().properties[name].iri for name in _names_in_captions() if name in model().properties]
    for iri in sorted(_named(graph, text)):
        yield chain.from_iterable(_subjects(graph, prop, ox.NamedNode(iri)) for prop in ends)


def _names_in_captions() -> set[str]:
    patterns = (info.caption or "" for info in model().classes.values())
    return {name for pattern in patterns for name in re.findall(r"{(\w+)}", pattern)}


def _subjects(graph: Graph, prop: str, value: ox.NamedNode | ox.Literal) -> Iterator[str]:
    quads = graph.store.quads_for_pattern(None, ox.NamedNode(prop), value, None)
    for quad in islice(quads, _LOOKED_UP):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def _named(graph: Graph, text: str) -> set[str]:
    """The things of which a piece of the text is an exact name."""
    words = re.split(r"[\s]+|(?<=\w)(?=[,:])|(?<=[,:])", text)
    words = [word for word in words if word and word not in {"–", "-"}]
    labels, found = GraphLabels(graph), set[str]()
    for start in range(len(words)):
        for end in range(start + 1, min(start + _WORDS, len(words)) + 1):
            piece = re.sub(r" ([,:])", r"\1", " ".join(words[start:end])).strip(" ,:")
            if piece:
                found.update(row.iri for row in labels.exact(piece) if row.kind == "name")
    return found


def _by_words(graph: Graph, text: str) -> Iterator[str]:
    """Acts whose words the text gives behind its colon, or all of it; cut off they are told by their beginning."""
    for words in dict.fromkeys((text, text.partition(": ")[2])):
        cut = words.removesuffix(_CUT).rstrip()
        if len(cut) < 4:
            continue
        for name in _TEXTS:
            if cut == words:
                yield from _subjects(graph, iris.KG + name, ox.Literal(words))
            rows = graph.query(
                f"SELECT ?it WHERE {{ ?it kg:{name} ?words "
                f'FILTER(STRSTARTS(REPLACE(STR(?words), "\\\\s+", " "), {ox.Literal(cut)})) }} LIMIT {_LISTED * 4}'
            )
            yield from (row["it"].value for row in rows if isinstance(row["it"], ox.NamedNode))


def _told_once(graph: Graph, found: Iterable[str]) -> set[str]:
    """Without what another of them stands for: accounts of a meeting, spans of an act."""
    everything = set(found)
    left = set[str]()
    for iri in everything:
        for name in ("account", "citation"):
            quads = graph.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(iris.KG + name), None, None)
            left.update(quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode))
    return everything - left
