"""What stands in Neo4j, as a reference: labels, relationships and properties, each with an example."""

from difflib import get_close_matches
from typing import TypedDict

from kg import iris
from kg.errors import UnknownName
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, MIRROR_LABEL, STATE_LABEL, Vocabulary, vocabulary
from kg.ontology import ClassInfo, PropertyInfo

__all__ = ["Entry", "entries", "named"]

_SHOWN = {
    "string": "text", "langString": "text", "EDTF": "text (EDTF)", "anyURI": "text", "date": "date",
    "dateTime": "datetime", "integer": "integer", "decimal": "float", "double": "float", "boolean": "boolean",
}  # fmt: skip


class Entry(TypedDict):
    """One line of the reference: what it is, its name, where it stands, what it means, and a query that shows it."""

    kind: str
    name: str
    on: str
    meaning: str
    example: str


def entries(words: Vocabulary | None = None) -> list[Entry]:
    """The whole reference: labels, then relationships, then properties; each in the order of the ontology."""
    words = words or vocabulary()
    return [*_labels(words), *_relationships(words), *_properties(words)]


def named(name: str, words: Vocabulary | None = None) -> list[Entry]:
    """The lines of a label, relationship type or property.

    Raises:
        UnknownName: there is none.
    """
    every = entries(words)
    found = [entry for entry in every if entry["name"].lower() == name.lower()]
    if not found:
        near = get_close_matches(name.lower(), {e["name"].lower(): None for e in every}, n=3, cutoff=0.6)
        suggestions = [e["name"] for n in near for e in every if e["name"].lower() == n]
        raise UnknownName(f"Nothing is called {name!r} in Neo4j; `kg ref --cypher` lists all.", suggestions)
    return found


def _entry(kind: str, name: str, on: str, meaning: str, example: str) -> Entry:
    return {"kind": kind, "name": name, "on": on, "meaning": meaning, "example": example}


def _labels(words: Vocabulary) -> list[Entry]:
    found = [
        _entry("label", BASE_LABEL, "every node", "Everything that a source names; has a unique iri and a name.",
               f"MATCH (n:{BASE_LABEL} {{name: 'Canada'}}) RETURN n")
    ]  # fmt: skip
    for cls in words.model.classes.values():
        if cls.neo4j_label and cls.iri not in words.links:
            above = [label for label in words.labels[cls.iri] if label != cls.neo4j_label]
            on = f"with {', '.join([BASE_LABEL, *above])}"
            found.append(
                _entry("label", cls.neo4j_label, on, cls.definition, f"MATCH (n:{cls.neo4j_label}) RETURN n LIMIT 25")
            )
    own = "Bookkeeping of the mirror; stands apart from the graph."
    found.append(_entry("label", MIRROR_LABEL, "one node", own, f"MATCH (m:{MIRROR_LABEL}) RETURN m"))
    found.append(_entry("label", STATE_LABEL, "one node per source", own, f"MATCH (s:{STATE_LABEL}) RETURN s.source"))
    return found


def _relationships(words: Vocabulary) -> list[Entry]:
    known = words.model
    found = []
    for shortcut in words.shortcuts:
        cls = _cls(words, shortcut.cls)
        start = _range(words, known.prop(shortcut.start))
        end = _domain(words, known.prop(shortcut.via)) if shortcut.via else _range(words, known.prop(shortcut.end))
        keeps = ", ".join(key for _, key in shortcut.keeps)
        meaning = f"{cls.definition} One for all sources: sources, {keeps}. The {cls.name} nodes tell the rest."
        found.append(_path(shortcut.type, start, end, meaning))
    for link in words.links.values():
        cls = _cls(words, link.iri)
        ends = _range(words, known.prop(link.start)), _range(words, known.prop(link.end))
        inside = {link.start, link.end}
        keys = [k.name for iri, k in link.keys.items() if known.by_iri[iri].domain and iri not in inside]  # type: ignore[union-attr]
        meaning = f"{cls.definition} One per source, with source, iri, {', '.join(keys)} and its literals."
        found.append(_path(link.type, *ends, meaning))
    meaning = "What one source says of a thing that several may describe: its own values, and the name it gives."
    found.append(_path(DESCRIBES, BASE_LABEL, BASE_LABEL, meaning))
    ends_of_links = {iri for link in words.links.values() for iri in (link.start, link.end)}
    for prop in known.properties.values():
        if prop.is_object and prop.neo4j_type and prop.iri not in ends_of_links:
            if prop.domain and known.classes[prop.domain].iri in words.links:
                continue
            found.append(_path(prop.neo4j_type, _domain(words, prop), _range(words, prop), prop.definition))
    return found


def _path(kind: str, start: str, end: str, meaning: str) -> Entry:
    path = f"(:{start})-[:{kind}]->(:{end})"
    example = f"MATCH p = {path} RETURN p LIMIT 25"
    return _entry("relationship", kind, path, meaning, example)


def _properties(words: Vocabulary) -> list[Entry]:
    thing = f"MATCH (n:{BASE_LABEL})"
    found = [
        _entry("property", "iri", "every node", "Identity of the thing, the same as in RDF.",
               f"{thing} RETURN n.iri LIMIT 5"),
        _entry("property", "name", "every node",
               "The preferred name: English first, then the first language by its tag; else the title, else a caption.",
               f"{thing} WHERE n.name STARTS WITH 'Can' RETURN n"),
        _entry("property", "aliases", "nodes with more names", "All other names, in all languages.",
               f"{thing} WHERE 'PRC' IN n.aliases RETURN n"),
        _entry("property", "source", "nodes that one source owns; relationships", "IRI of the source that says it.",
               "MATCH (:Thing)-[r]->(:Thing) RETURN r.source, count(*)"),
        _entry("property", "sources", "shortcuts", "IRIs of the sources that say it.",
               f"MATCH ()-[r:{words.shortcuts[0].type}]->() RETURN r.sources LIMIT 5"),
        _entry("property", "terms", "nodes and relationships", "Values that Neo4j cannot hold exactly, as N-Triples.",
               f"{thing} WHERE n.terms IS NOT NULL RETURN n.name, n.terms LIMIT 5"),
        _entry("property", "types", "where labels do not tell it", "Classes that the source gives to the thing.",
               f"{thing} WHERE n.types IS NOT NULL RETURN n.name, n.types LIMIT 5"),
        _entry("property", "untyped", "where labels tell more than the source", "The source gives no class.",
               f"MATCH ()-[d:{DESCRIBES} {{untyped: true}}]->(n) RETURN n LIMIT 5"),
        _entry("property", "predicate", "relationships of properties from elsewhere", "IRI of the property.",
               "MATCH ()-[r]->() WHERE r.predicate IS NOT NULL RETURN DISTINCT r.predicate"),
    ]  # fmt: skip
    for prop in words.model.properties.values():
        if not prop.is_object:
            on = _domain(words, prop)
            form = _SHOWN.get(iris.local(prop.range or ""), "as in RDF")
            meaning = f"{prop.definition} ({'list of ' if prop.many else ''}{form})"
            example = f"MATCH (n:{on}) WHERE n.{prop.name} IS NOT NULL RETURN n.name, n.{prop.name} LIMIT 5"
            found.append(_entry("property", prop.name, on, meaning, example))
    return found


def _cls(words: Vocabulary, iri: str) -> ClassInfo:
    return words.model.cls(iri)


def _label(words: Vocabulary, name: str | None) -> str:
    """Label of a class; the labels of its subclasses where it has none of its own, such as any act."""
    if name is None or iris.local(name) not in words.model.classes:
        return BASE_LABEL
    cls = words.model.cls(name)
    if cls.neo4j_label:
        return cls.neo4j_label
    below = [words.model.classes[c].neo4j_label for c in words.model.subclasses(cls.name)]
    return "|".join(dict.fromkeys(label for label in below if label)) or BASE_LABEL


def _domain(words: Vocabulary, prop: PropertyInfo) -> str:
    return _label(words, prop.domain)


def _range(words: Vocabulary, prop: PropertyInfo) -> str:
    return _label(words, prop.range)
