"""What the reference data know of publishers, places, offices and persons: look-ups for loaders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from kg import iris
from kg.extract.model import ActorRef
from kg.ontology import data_path
from kg.records import Publisher

__all__ = [
    "KnownPlace",
    "known_office",
    "known_person",
    "known_place",
    "leading_office",
    "note_on_publisher",
    "office_label",
    "party",
    "publisher",
    "publisher_of",
    "publisher_party",
    "told_office",
]

_NOT_NOW = r"\b(?:former|ex|one-time|late|ousted|deposed)\b|[ -](?:elect|designate)\b"
_PART = r"(?:[A-Z][\w'’-]*|of|the|prime|minister|president|premier|chancellor)"
_GOVERNMENT = re.compile(r"(?:.*\.)?(?:gov|gob|gouv)\.([a-z]{2})")


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of the reference data: its IRI, name, and the IRI of the state in which it lies."""

    iri: str
    name: str
    state: str | None


def _subjects(file: str) -> dict[str, dict[str, list[str]]]:
    """Subject -> local name of property -> values (English names first) of one file of reference data."""
    import pyoxigraph as ox

    path = data_path("ontology") / "reference" / f"{file}.ttl"
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(path)):
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
            continue
        values = found.setdefault(quad.subject.value, {}).setdefault(iris.local(quad.predicate.value), [])
        if isinstance(quad.object, ox.Literal) and quad.object.language == "en":
            values.insert(0, quad.object.value)
        else:
            values.append(quad.object.value)
    return found


@lru_cache(maxsize=1)
def _publishers() -> tuple[dict[str, dict[str, list[str]]], dict[str, str]]:
    about = _subjects("publishers")
    names: dict[str, str] = {}
    for iri, has in about.items():
        if "publisherKind" not in has:
            continue
        for name in (iris.code_of(iri), *has.get("prefLabel", ()), *has.get("altLabel", ())):
            names.setdefault(iris.fold(name), iri)
    return about, names


def publisher(name: str) -> tuple[str, Publisher | None]:
    """The IRI of a publisher by name, key or code of a government; with a record where the reference data lack it.

    >>> publisher("AUS"), publisher("China Global Television Network")[0]
    (('https://w3id.org/bilateral/publisher/AUS', None), 'https://w3id.org/bilateral/publisher/CGTN')
    """
    name = " ".join(name.split())
    _, names = _publishers()
    known = names.get(iris.fold(name)) or names.get(iris.fold(name.removeprefix("The ")))
    if known:
        return known, None
    iri = iris.concept("publisher", iris.fold(name))
    return iri, Publisher(iri=iri, name=name)  # type: ignore[arg-type]


def note_on_publisher(name: str | None) -> tuple[str, ...]:
    """A sentence where what looks like the code of a government is none.

    >>> note_on_publisher("AUS"), note_on_publisher("CGTN"), len(note_on_publisher("XYZ"))
    ((), (), 1)
    """
    if name is None or not re.fullmatch("[A-Z]{3}", name) or publisher(name)[1] is None:
        return ()
    return (f"The publisher {name!r} is the code of no state; it is taken as the name of a publisher.",)


@lru_cache(maxsize=1)
def _hosts() -> dict[str, str]:
    about = _publishers()[0]
    return {host: iri for iri, has in about.items() for host in has.get("hiddenLabel", ())}


@lru_cache(maxsize=1)
def _governments() -> dict[str, str]:
    """Two-letter code of a country, as domains have it -> code of the state."""
    return {has["iso2"][0].lower(): iris.code_of(iri) for iri, has in _subjects("states").items() if "iso2" in has}


def publisher_of(url: str) -> str | None:
    """The key of the publisher to whose domain an address belongs, None where the reference data know none.

    >>> publisher_of("https://news.cgtn.com/a"), publisher_of("https://www.pm.gov.au/b")
    ('CGTN', 'AUS')
    """
    labels = (urlsplit(url).hostname or "").split(".")
    for start in range(len(labels)):
        if found := _hosts().get(".".join(labels[start:])):
            return iris.code_of(found)
    match = _GOVERNMENT.fullmatch(".".join(labels))
    return _governments().get(match[1]) if match else None


def party(code: str) -> str:
    """IRI of a party by its code, also where the id of a forum has three letters like the code of a state (WTO)."""
    from kg.extract import gazetteer

    names = gazetteer.load()
    return iris.forum(code) if code in names.forums and code not in names.states else iris.party(code)


def publisher_party(iri: str) -> str | None:
    """Code of the state or organisation whose government or secretariat a publisher is, None for all others."""
    has = _publishers()[0].get(iri, {})
    kinds = {iris.code_of(kind) for kind in has.get("publisherKind", ())}
    if kinds & {"government", "international-organisation"} and has.get("publisherState"):
        return iris.code_of(has["publisherState"][0])
    return None


@lru_cache(maxsize=1)
def _places() -> dict[tuple[str, str], KnownPlace]:
    """(folded name, code of the state) -> place."""
    found: dict[tuple[str, str], KnownPlace] = {}
    for iri, has in sorted(_subjects("places").items()):
        if iris.KG + "Place" not in has.get("type", ()):
            continue
        state = has.get("inState", [None])[0]
        place = KnownPlace(iri, has["prefLabel"][0], state)
        for name in (*has["prefLabel"], *has.get("altLabel", ())):
            found.setdefault((iris.fold(name), iris.code_of(state or "")), place)
    return found


def known_place(name: str, state: str | None) -> KnownPlace | None:
    """The place of that name in that state (by code), None where the reference data have none."""
    return _places().get((iris.fold(name), state or ""))


@lru_cache(maxsize=1)
def _offices() -> dict[str, list[str]]:
    """IRI of an office -> its titles."""
    return {
        iri: has.get("titleWord", [])
        for iri, has in _subjects("offices").items()
        if iris.KG + "Office" in has.get("type", ())
    }


def known_office(iri: str) -> bool:
    """Whether the reference data have that office."""
    return iri in _offices()


def told_office(person: ActorRef, party: str, text: str) -> str | None:
    """The office of a leader whom the reference data lack, by the title that a text gives, if it is held now."""
    if person.kind != "person" or not person.name:
        return None
    name = re.escape(person.name.split()[-1])
    if re.search(rf"(?i:{_NOT_NOW})[\s-]+(?:{_PART}\s+){{0,8}}{name}\b", text):
        return None
    return leading_office(person.office, party)


def leading_office(title: str, party: str) -> str | None:
    """The office that a class of titles ("president", "prime-minister") means in a state; None when that is not plain.

    Titles of kings and supreme leaders are of the class "president" too; a prime minister may be no head of government.

    >>> leading_office("prime-minister", "NOR"), leading_office("president", "NOR"), leading_office("president", "IRN")
    ('https://w3id.org/bilateral/office/NOR.head-of-government', None, None)
    """
    state, government = iris.office(party, "head-of-state"), iris.office(party, "head-of-government")
    supreme = "Supreme Leader" in _offices().get(iris.office(party, "paramount-leader"), ())
    if title == "president" and _titled(state, True) and not supreme:
        return state
    return government if title == "prime-minister" and _titled(government, False) else None


def _titled(office: str, president: bool) -> bool:
    """Whether an office of the reference data has a title that ends in President, or one that does not."""
    return any(word.endswith("President") == president for word in _offices().get(office, ()))


def office_label(kind: str, party: str) -> str:
    """A name for an office of a kind that the reference data lack: "Finance minister of Canada"."""
    from kg.extract import gazetteer

    names = gazetteer.load()
    labels = names.concepts.get("office-kind", {}).get(kind, ())
    word = labels[0] if labels else kind.replace("-", " ")
    return f"{word[:1].upper()}{word[1:]} of {names.names.get(party, party)}"


@lru_cache(maxsize=1)
def _persons() -> dict[str, str]:
    from kg.extract import gazetteer

    return dict(_holders(gazetteer.load()))


def _holders(names: object) -> Iterator[tuple[str, str]]:
    from kg.extract.gazetteer import Gazetteer

    assert isinstance(names, Gazetteer)
    for holders in names.offices.values():
        for holder in holders:
            yield holder.iri, holder.name


def known_person(iri: str) -> str | None:
    """The preferred name of a person of the reference data, None where they lack the person."""
    return _persons().get(iri)
