"""The ontology as the mirror sees it: labels, relationship types and property keys, compiled once.

No class is named here. What the ontology does not know (RDF from elsewhere) gets names of its own that lead back to
the same IRIs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg import iris
from kg.ontology import ClassInfo, Model, PropertyInfo, model

BASE_LABEL = "Thing"
DESCRIBES = "DESCRIBES"
# Bookkeeping of the mirror itself, linked to nothing: one node per mirror, per mirrored source, per worker that writes.
MIRROR_LABEL, STATE_LABEL, TURN_LABEL = "Mirror", "MirrorSource", "MirrorTurn"
# Keys that hold something else than a property of the same name.
RESERVED = frozenset({"iri", "name", "aliases", "source", "sources", "terms", "types", "untyped", "predicate"})
PREF_LABEL, ALT_LABEL, TITLE = iris.SKOS + "prefLabel", iris.SKOS + "altLabel", iris.DCTERMS + "title"

_WORD = re.compile(r"[^0-9A-Za-z]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Key:
    """How a property is kept on a node or relationship: under which key, as which datatype, as a list or not."""

    iri: str
    name: str
    datatype: str | None
    many: bool
    # For a thing as a value: its IRI is this and the value (a code, or the whole IRI where this is empty).
    codes: str | None = None


@dataclass(frozen=True, slots=True)
class LinkClass:
    """A class whose things are one relationship each."""

    iri: str
    name: str
    type: str
    start: str
    end: str
    keys: Mapping[str, Key]
    by_name: Mapping[str, Key]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A relationship that stands beside the nodes of a link class; properties by IRI."""

    cls: str
    type: str
    start: str
    end: str
    via: str | None
    keeps: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Vocabulary:
    """Look-up tables; `keys` and `types` by IRI of a property, `labels` by IRI of a class."""

    model: Model
    keys: dict[str, Key] = field(default_factory=dict)
    by_name: dict[str, Key] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    by_type: dict[str, str] = field(default_factory=dict)
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    owned: set[str] = field(default_factory=set)
    links: dict[str, LinkClass] = field(default_factory=dict)
    links_by_type: dict[str, LinkClass] = field(default_factory=dict)
    shortcuts: tuple[Shortcut, ...] = ()
    # IRIs of classes by the labels that stand for exactly that class.
    class_of: dict[tuple[str, ...], str] = field(default_factory=dict)
    # Properties whose objects are named in the caption of a class: class IRI -> names in the pattern.
    captions: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()

    def type_outside(self, predicate: str) -> str:
        """A relationship type for a property that the ontology does not know."""
        words = _WORD.sub("_", _HUMP.sub("_", iris.local(predicate))).strip("_").upper() or "RELATED"
        return words + "_" if words in self.taken else words

    def key_for(self, predicate: str) -> Key:
        """The key of a property on nodes; one that the ontology does not know stands under its IRI, as a list."""
        found = self.keys.get(predicate)
        return found if found is not None else Key(predicate, predicate, None, True)

    def key_named(self, name: str, link: LinkClass | None = None) -> Key:
        """The property that stands under a key."""
        found = (link.by_name.get(name) if link else None) or self.by_name.get(name)
        return found if found is not None else Key(name, name, None, True)

    def label_outside(self, cls: str) -> str | None:
        """A label for a class that the ontology does not know; None where it could be mistaken for one of ours."""
        label = _WORD.sub("", iris.local(cls))
        return label if label and label[0].isalpha() and label not in self.taken else None

    def shown_type(self, cls: str) -> str:
        """How `types` names a class: by its local name, or by its IRI when the ontology does not know it."""
        known = self.model.by_iri.get(cls)
        return known.name if isinstance(known, ClassInfo) else cls

    def class_iri(self, shown: str) -> str:
        """The class that `shown_type` named."""
        known = self.model.classes.get(shown)
        return known.iri if known else shown

    def most_specific(self, classes: Iterable[str]) -> str | None:
        """IRI of the class of the ontology that says most, of the classes of one thing."""
        name = self.model.most_specific([c for c in classes if isinstance(self.model.by_iri.get(c), ClassInfo)])
        return self.model.classes[name].iri if name else None


def _kebab(name: str) -> str:
    return _HUMP.sub("-", name).lower()


def _link_keys(known: Model, cls: ClassInfo) -> dict[str, Key]:
    """Keys on the relationship of a link class: the name of the class is not said again (`membershipRole`: `role`)."""
    found = {}
    prefix = cls.name[0].lower() + cls.name[1:]
    for prop in known.properties.values():
        if not prop.is_object or (prop.domain is not None and prop.domain not in known.ancestors(cls.name)):
            continue
        short = prop.name.removeprefix(prefix)
        name = short[0].lower() + short[1:] if short and short != prop.name else prop.name
        scheme = _kebab(prop.name if short != prop.name else f"{cls.name}-{prop.name}")
        ends_at = known.by_iri.get(prop.range or "")
        is_code = isinstance(ends_at, ClassInfo) and ends_at.role == "concept"
        found[prop.iri] = Key(prop.iri, name, None, prop.many, f"{iris.BASE}{scheme}/" if is_code else "")
    return found


def _short(known: Model, cls: ClassInfo, prop: PropertyInfo) -> str:
    return next((k.name for iri, k in _link_keys(known, cls).items() if iri == prop.iri), prop.name)


@lru_cache(maxsize=4)
def _compiled(known: Model) -> Vocabulary:
    found = Vocabulary(known)
    for prop in known.properties.values():
        if prop.is_object and prop.neo4j_type:
            found.types[prop.iri] = prop.neo4j_type
            found.by_type[prop.neo4j_type] = prop.iri
        key = Key(prop.iri, prop.name, None if prop.is_object else prop.range, prop.many or prop.is_object)
        found.keys[prop.iri] = found.by_name[prop.name] = key
    for cls in known.classes.values():
        line = (known.classes[name].neo4j_label for name in known.ancestors(cls.name))
        found.labels[cls.iri] = tuple(sorted(label for label in line if label))
        if cls.owned:
            found.owned.add(cls.iri)
        if cls.neo4j_label:
            found.class_of[found.labels[cls.iri]] = cls.iri
        if cls.caption:
            found.captions[cls.iri] = (cls.caption, tuple(re.findall(r"\{(\w+)\}", cls.caption)))
        if cls.neo4j_type and cls.link_from and cls.link_to:
            keys = _link_keys(known, cls)
            link = LinkClass(
                cls.iri, cls.name, cls.neo4j_type, known.prop(cls.link_from).iri, known.prop(cls.link_to).iri,
                keys, {k.name: k for k in keys.values()},
            )  # fmt: skip
            found.links[cls.iri] = found.links_by_type[link.type] = link
    found.shortcuts = tuple(
        Shortcut(
            cls.iri,
            cls.shortcut,
            known.prop(cls.shortcut_from).iri,
            known.prop(cls.shortcut_to).iri,
            known.prop(cls.shortcut_via).iri if cls.shortcut_via else None,
            tuple((known.prop(k).iri, _short(known, cls, known.prop(k))) for k in cls.shortcut_keeps),
        )
        for cls in known.classes.values()
        if cls.shortcut and cls.shortcut_from and cls.shortcut_to
    )
    labels = {label for names in found.labels.values() for label in names}
    found.taken = frozenset(
        {BASE_LABEL, MIRROR_LABEL, STATE_LABEL, TURN_LABEL, DESCRIBES, *labels, *found.by_type, *found.links_by_type}
        | {s.type for s in found.shortcuts}
    )
    return found


def vocabulary(known: Model | None = None) -> Vocabulary:
    """The tables of a model (default: the one that travels with kg)."""
    return _compiled(known or model())
