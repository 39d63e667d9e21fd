"""The model shown to people: classes, properties, and the schemes and lists of ids that come with kg."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg import iris
from kg.errors import UnknownName
from kg.ontology import ClassInfo, PropertyInfo, data_path, model

__all__ = ["Entry", "Scheme", "classes", "describe", "describe_class", "describe_property", "scheme", "schemes"]

# Lists of the reference data that are short enough to be read; the rest is found with `kg find`.
_LISTS = {"states": "States and other polities", "territories": "Dependent territories", "publishers": "Publishers"}


@dataclass(slots=True)
class Entry:
    """An entry of a scheme or list: its id, English name, other English names, definition and broader entries."""

    id: str
    iri: str
    label: str = ""
    aliases: list[str] = field(default_factory=list)
    definition: str = ""
    broader: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The entry as it is printed."""
        shown = {"id": self.id, "label": self.label or self.id, "aliases": sorted(self.aliases, key=str.casefold)}
        return shown | {"definition": self.definition, "broader": sorted(self.broader), "iri": self.iri}


@dataclass(slots=True)
class Scheme:
    """A scheme or list; `names` are the ids by which people may ask for it."""

    id: str
    names: tuple[str, ...]
    label: str
    definition: str
    entries: list[Entry]


def classes() -> list[dict[str, Any]]:
    """All classes of the model, in the order of the ontology."""
    return [_class(info) for info in model().classes.values()]


def describe(name: str) -> dict[str, Any]:
    """A class, a scheme or a property by name; the key ``kind`` of the answer says which.

    Raises:
        UnknownName: there is none of that name; `suggestions` are the nearest.
    """
    if name in model().classes:
        return describe_class(name)
    by_name = _by_name()
    if name in by_name:
        return scheme(name)
    if name in model().properties:
        return describe_property(name)
    known = {n.casefold(): n for n in (*model().properties, *by_name, *model().classes)}
    found = known.get(name.casefold().removeprefix("kg:").replace(" ", "-"))
    if found is not None:
        return describe(found)
    raise UnknownName(
        f"There is no class, scheme or property {name!r}; `kg ref` lists them.", _near(name, known.values())
    )


def describe_class(name: str) -> dict[str, Any]:
    """One class with its properties: its own, those of its superclasses, and what its shape and its caption name.

    A property that the shape demands is ``required``; ``in_map`` is what the map of a table calls it, None where a map
    cannot set it.

    Raises:
        UnknownName: there is none of that name.
    """
    info = model().cls(name)
    demanded = _shaped(info.name)
    in_map = _in_map(info.name)
    named = {
        *demanded,
        *re.findall(r"{(\w+)}", info.caption or ""),
        *(p.name for p in model().properties_of(info.name)),
    }
    properties = [
        {**_property(p), "required": demanded.get(name, False), "in_map": in_map.get(p.iri)}
        for name, p in model().properties.items()
        if name in named
    ]
    below = [c for c in model().subclasses(info.name) if c != info.name]
    return {"kind": "class", **_class(info), "subclasses": below, "properties": properties}


def _in_map(name: str) -> dict[str, str]:
    """IRIs of the properties that the map of a table can set for a class, with the names that it has for them."""
    from kg.records import property_iri
    from kg.tables.mapfile import mapped_fields

    return {property_iri(field): shown for shown, field in mapped_fields(name).items()}


def describe_property(name: str) -> dict[str, Any]:
    """One property.

    Raises:
        UnknownName: there is none of that name.
    """
    return {"kind": "property", **_property(model().prop(name))}


def schemes() -> list[dict[str, Any]]:
    """All schemes and lists, by id: each with its number of entries."""
    return [
        {"id": s.names[0], "label": s.label, "entries": len(s.entries), "definition": s.definition}
        for s in sorted(_schemes(), key=lambda s: s.names[0])
    ]


def scheme(name: str) -> dict[str, Any]:
    """One scheme or list with its entries, sorted by id.

    Raises:
        UnknownName: there is none of that name.
    """
    found = _by_name().get(name)
    if found is None:
        raise UnknownName(f"There is no scheme {name!r}; `kg ref --schemes` lists them.", _near(name, _by_name()))
    return {
        "kind": "scheme",
        "id": found.id,
        "label": found.label,
        "definition": found.definition,
        "entries": [entry.as_dict() for entry in sorted(found.entries, key=lambda e: e.id)],
    }


def _class(info: ClassInfo) -> dict[str, Any]:
    return {
        "name": info.name,
        "label": info.label,
        "definition": info.definition,
        "parents": list(info.parents),
        "specialises": list(info.standard),
        "role": info.role,
        "owned": info.owned,
        "neo4j": info.neo4j_label,
        "iri": info.iri,
    }


def _property(info: PropertyInfo) -> dict[str, Any]:
    return {
        "name": info.name,
        "label": info.label,
        "definition": info.definition,
        "of": info.domain,
        "values": iris.local(info.range) if info.range else None,
        "many": info.many,
        "specialises": list(info.standard),
        "neo4j": info.neo4j_type or info.name,
        "iri": info.iri,
    }


def _shaped(name: str) -> dict[str, bool]:
    """Names of the properties in the shapes of a class and its superclasses, with whether one is demanded."""
    import pyoxigraph as ox

    facts: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(data_path("ontology") / "shapes.ttl")):
        value = quad.object if isinstance(quad.object, ox.NamedNode | ox.Literal | ox.BlankNode) else None
        if value is not None:
            facts.setdefault(str(quad.subject), {}).setdefault(iris.local(quad.predicate.value), []).append(
                str(value) if isinstance(value, ox.BlankNode | ox.NamedNode) else value.value
            )
    wanted = {f"<{model().classes[c].iri}>" for c in model().ancestors(name)}
    found: dict[str, bool] = {}
    for about in facts.values():
        if wanted & set(about.get("targetClass", ())):
            for shape in about.get("property", ()):
                rule = facts.get(shape, {})
                must = rule.get("minCount", ["0"])[0] != "0" and not any(
                    "Warning" in s for s in rule.get("severity", ())
                )
                for path in rule.get("path", ()):
                    key = iris.local(path.strip("<>"))
                    found[key] = found.get(key, False) or must
    return found


@lru_cache(maxsize=1)
def _schemes() -> tuple[Scheme, ...]:
    root = data_path("ontology")
    files = [*sorted(root.glob("schemes/*.ttl")), *(root / "reference" / f"{stem}.ttl" for stem in _LISTS)]
    return tuple(s for path in files for s in _read(path))


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Scheme]:
    return {name: found for found in reversed(_schemes()) for name in found.names}


def _read(path: Path) -> list[Scheme]:
    """The schemes of a file: one per concept scheme, or else one for all things of the file."""
    import pyoxigraph as ox

    facts: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for quad in ox.parse(path=str(path)):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            language = (quad.object.language or "") if isinstance(quad.object, ox.Literal) else ""
            values = facts.setdefault(quad.subject.value, {}).setdefault(iris.local(quad.predicate.value), [])
            values.append((quad.object.value, language))
    tops = {iri for iri, about in facts.items() if "ConceptScheme" in {iris.local(t) for t, _ in about.get("type", ())}}
    things = {iri: about for iri, about in facts.items() if iri not in tops and "prefLabel" in about}
    if not tops:
        listed = [_entry(iri, about) for iri, about in things.items()]
        return [Scheme(path.stem, (path.stem,), _LISTS.get(path.stem, path.stem.capitalize()), "", listed)]
    found = []
    for top in sorted(tops):
        inside = [_entry(i, a) for i, a in things.items() if any(v == top for v, _ in a.get("inScheme", ()))]
        key = iris.code_of(top)
        names = dict.fromkeys((path.stem, key) if len(tops) == 1 else (key,))
        found.append(
            Scheme(key, tuple(names), _english(facts[top], "prefLabel"), _english(facts[top], "definition"), inside)
        )
    return found


def _entry(iri: str, about: Mapping[str, list[tuple[str, str]]]) -> Entry:
    names = [value for key in ("altLabel", "hiddenLabel") for value, language in about.get(key, ()) if language == "en"]
    return Entry(
        id=iris.code_of(iri),
        iri=iri,
        label=_english(about, "prefLabel"),
        aliases=names,
        definition=_english(about, "definition"),
        broader=[iris.code_of(value) for value, _ in about.get("broader", ())],
    )


def _english(about: Mapping[str, list[tuple[str, str]]], key: str) -> str:
    values = sorted(about.get(key, ()), key=lambda pair: (pair[1] != "en", pair[1], pair[0]))
    return values[0][0] if values else ""


def _near(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    shown = {n.casefold(): n for n in known}
    return [shown[key] for key in get_close_matches(name.casefold(), shown, n=3, cutoff=0.6)]
