"""Constraints and indexes of the mirror, made from the ontology; `cypher/schema.cypher` is their text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg import iris
from kg.mirror.vocabulary import BASE_LABEL, MIRROR_LABEL, STATE_LABEL, Vocabulary, vocabulary
from kg.ontology import ClassInfo

# Roles of classes whose things people look for by name, and of those that they ask for by day.
_NAMED = frozenset({"actor", "office", "concept", "place", "source"})
_DATED = frozenset({"act", "account", "link"})
# Texts of the model that are worth a search by word.
_WORDS = ("text", "title")
NAMES_INDEX, WORDS_INDEX = "names", "words"

_HEAD = """\
// Constraints and indexes of the mirror. Written by scripts/neo4j_schema.py from ontology/kg.ttl; do not edit.
// `kg mirror sync` makes them; to make them by hand: cypher-shell < schema.cypher
"""


@dataclass(frozen=True, slots=True)
class Item:
    """A constraint or an index: its name, its kind in Neo4j's words, what it is on, and the statement that makes it."""

    name: str
    kind: str
    on: tuple[str, ...]
    properties: tuple[str, ...]
    statement: str


def items(words: Vocabulary | None = None) -> Iterator[Item]:
    """Each constraint and index, in order."""
    words = words or vocabulary()
    classes = [c for c in words.model.classes.values() if c.neo4j_label]
    yield _unique("thing_iri", BASE_LABEL, "iri")
    yield _unique("mirror_project", MIRROR_LABEL, "project")
    yield _unique("mirror_source", STATE_LABEL, "source")
    yield _range("thing_source", BASE_LABEL, "source")
    yield _range("thing_name", BASE_LABEL, "name")
    for cls in classes:
        if cls.role in _NAMED:
            yield _range(f"{_snake(cls)}_name", str(cls.neo4j_label), "name")
    for cls in classes:
        if cls.role in _DATED and cls.iri not in words.links:
            yield _range(f"{_snake(cls)}_earliest", str(cls.neo4j_label), "earliest")
    for link in words.links.values():
        for key in ("iri", "source"):
            name = f"{link.type.lower()}_{key}"
            made = f"CREATE INDEX {name} IF NOT EXISTS FOR ()-[r:{link.type}]-() ON (r.{key})"
            yield Item(name, "RANGE", (link.type,), (key,), made)
    named = sorted({str(c.neo4j_label) for c in classes if c.role in _NAMED})
    yield _words(NAMES_INDEX, named, ["name", "aliases"], "")
    spoken = sorted({str(c.neo4j_label) for c in classes for p in words.model.properties_of(c.name)
                     if p.name in _WORDS and p.domain is not None and c.iri not in words.links})  # fmt: skip
    later = " OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}}"
    yield _words(WORDS_INDEX, spoken, sorted(words.by_name[w].name for w in _WORDS), later)


def text(words: Vocabulary | None = None) -> str:
    """The content of `cypher/schema.cypher`."""
    return _HEAD + "".join(f"{item.statement};\n" for item in items(words))


def digest(words: Vocabulary | None = None) -> str:
    """A short text that differs when the schema differs."""
    return iris.sha256(text(words))[:16]


def _unique(name: str, label: str, key: str) -> Item:
    made = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
    return Item(name, "UNIQUENESS", (label,), (key,), made)


def _range(name: str, label: str, key: str) -> Item:
    made = f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})"
    return Item(name, "RANGE", (label,), (key,), made)


def _words(name: str, labels: list[str], keys: list[str], options: str) -> Item:
    on = ", ".join(f"n.{key}" for key in keys)
    made = f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{'|'.join(labels)}) ON EACH [{on}]{options}"
    return Item(name, "FULLTEXT", tuple(labels), tuple(keys), made)


def _snake(cls: ClassInfo) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(cls.neo4j_label)).lower()
