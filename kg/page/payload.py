"""The parts that both kinds of page hand to the browser: sources, citations, facts, all as plain JSON values."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kg.page.clean import clean, day_key, passage, published_text, safe_url, shorten
from kg.page.style import readable

# A sentence as a reader can take it in; what is around the quoted words is cut beyond these.
_AROUND = 600
_QUOTE = 4000
_FACTS = 200
# Properties whose values are further names, by which people search.
_NAMES = frozenset({"pref label", "alt label", "alias", "aliases", "also known as", "other name", "demonym", "surname"})


class Sources:
    """The sources that a page cites, numbered in the order of their first use."""

    def __init__(self, known: Mapping[str, Mapping[str, Any]]) -> None:
        self._known = known
        self._numbers: dict[str, int] = {}

    def number(self, iri: Any) -> int | None:
        """The number of a source on this page, or None where none is named."""
        if not iri:
            return None
        key = str(iri)
        return self._numbers.setdefault(key, len(self._numbers))

    def described(self, number: int | None, name: str) -> str:
        """A field of a source as the page shows it, to spare citations the repetition."""
        if number is None:
            return ""
        iri = list(self._numbers)[number]
        return _field(self._known.get(iri, {}), name)

    def as_json(self) -> list[dict[str, Any]]:
        """Title, publisher, date, address and licence of each."""
        listed = []
        for iri in self._numbers:
            source = self._known.get(iri, {})
            entry = {name: _field(source, name) for name in ("title", "publisher", "published", "licence")}
            entry["title"] = entry["title"] or clean(iri.rstrip("/#").rsplit("/", 1)[-1], 120)
            entry["kind"] = readable(source.get("kind") or "")
            entry["url"] = safe_url(source.get("url")) or ""
            listed.append({**_without_empty(entry), "iri": clean(iri, 300)})
        return listed


def _field(source: Mapping[str, Any], name: str) -> str:
    if name == "published":
        return published_text(source)
    return clean(source.get(name) or "", 300)


def _without_empty(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value not in ("", None, [], ())}


def citations(listed: Iterable[Mapping[str, Any]] | None, sources: Sources) -> list[dict[str, Any]]:
    """Citations with the quoted words inside their sentence; a field that equals that of the source is left out."""
    result = []
    for citation in listed or ():
        number = sources.number(citation.get("source"))
        entry: dict[str, Any] = {} if number is None else {"source": number}
        entry["before"] = _tail(passage(citation.get("before") or ""))
        entry["quote"] = clean(citation.get("quote") or "", _QUOTE)
        entry["after"] = _head(passage(citation.get("after") or ""))
        for name in ("title", "publisher", "published"):
            value = _field(citation, name)
            entry[name] = "" if value == sources.described(number, name) else value
        entry["url"] = safe_url(citation.get("url")) or ""
        entry["row"] = clean(citation.get("row") or "", 300)
        span = citation.get("span")
        if isinstance(span, list | tuple) and len(span) == 2 and all(isinstance(end, int) for end in span):
            entry["span"] = list(span)
        result.append(_without_empty(entry))
    return result


def _head(text: str) -> str:
    return text if len(text) <= _AROUND else shorten(text, _AROUND)


def _tail(text: str) -> str:
    if len(text) <= _AROUND:
        return text
    kept = text[-_AROUND:]
    return "… " + kept[kept.find(" ") + 1 :]


def facts(listed: Iterable[Mapping[str, Any]] | None, sources: Sources) -> list[dict[str, Any]]:
    """What is known, grouped by property in the order given: property and values, each with its sources."""
    groups: dict[str, dict[tuple[str, str], list[int]]] = {}
    for count, fact in enumerate(listed or ()):
        if count >= _FACTS:
            break
        value = clean(fact.get("value"), 2000)
        number = sources.number(fact.get("source"))
        values = groups.setdefault(readable(fact.get("property") or "note"), {})
        cited = values.setdefault((value, clean(fact.get("lang") or "", 35)), [])
        if number is not None and number not in cited:
            cited.append(number)
    return [
        {
            "property": name,
            "values": [
                _without_empty({"text": text, "lang": lang, "url": safe_url(text), "sources": cited})
                for (text, lang), cited in values.items()
            ],
        }
        for name, values in groups.items()
    ]


def other_names(attributes: Mapping[str, Any], known: Iterable[Mapping[str, Any]], label: str) -> list[str]:
    """Further names of a thing: its aliases and the facts that are names."""
    names = [clean(name, 120) for name in attributes.get("aliases") or ()]
    for group in known:
        if group["property"] in _NAMES:
            names += [str(value["text"]) for value in group["values"]]
    return [name for name in dict.fromkeys(names) if name and name != label]


def days(attributes: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Earliest and latest day of a thing, in order; what is no ISO day counts as unknown."""
    earliest, latest = day_key(attributes.get("earliest")), day_key(attributes.get("latest"))
    if earliest and latest and latest < earliest:
        return latest, earliest
    return earliest, latest


def pooled(things: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The different citations of all things; in the things themselves their numbers take their place.

    A meeting's words are cited by each of its links, and would be written as often.
    """
    numbers: dict[str, int] = {}
    for thing in things:
        if "citations" in thing:
            keys = [json.dumps(citation, sort_keys=True) for citation in thing["citations"]]
            thing["citations"] = [numbers.setdefault(key, len(numbers)) for key in dict.fromkeys(keys)]
    return [json.loads(key) for key in numbers]
