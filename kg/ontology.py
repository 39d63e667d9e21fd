"""The ontology as Python sees it: classes and properties of ``ontology/kg.ttl`` with their annotations.

Nothing here knows a class by name; whoever needs to know how a class is drawn, mirrored or walked asks the model.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import ProjectError, UnknownName
from kg.iris import BASE, KG, RDF_TYPE, RDFS, SKOS, local

__all__ = ["ClassInfo", "Model", "PropertyInfo", "data_path", "model"]

_OWL = "http://www.w3.org/2002/07/owl#"


@dataclass(frozen=True, slots=True)
class ClassInfo:
    """A class of things.

    Attributes:
        iri: its IRI; `name` is the local part, unique in the model.
        parents: names of its direct superclasses within the model.
        standard: IRIs of the standard terms that it specialises.
        role: what a path search makes of its things (see ``kg:role``).
        through: "asked" where a path passes its things only when it is asked to.
        owned: whether each of its things belongs to exactly one source.
        caption: pattern for things without a name, with property names in braces.
        neo4j_label: label of its nodes, or None for an abstract class.
        neo4j_type: type of the one relationship that stands for a thing of a link class.
        link_from, link_to: properties that name the two ends of that relationship.
        shortcut: type of the relationship that stands beside a link node, between `shortcut_from` and `shortcut_to`,
            the latter replaced by what points to it through `shortcut_via`; it carries `shortcut_keeps`.
    """

    iri: str
    name: str
    label: str
    definition: str
    parents: tuple[str, ...] = ()
    standard: tuple[str, ...] = ()
    role: str = "none"
    through: str | None = None
    owned: bool = False
    colour: str = "#888888"
    icon: str = "•"
    order: int = 99
    caption: str | None = None
    neo4j_label: str | None = None
    neo4j_type: str | None = None
    link_from: str | None = None
    link_to: str | None = None
    shortcut: str | None = None
    shortcut_from: str | None = None
    shortcut_to: str | None = None
    shortcut_via: str | None = None
    shortcut_keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyInfo:
    """A property.

    Attributes:
        iri: its IRI; `name` is the local part, unique in the model.
        is_object: whether its values are things rather than literals.
        domain: name of the class that has it, or None for any.
        range: IRI of the class or datatype of its values, or None for any.
        standard: IRIs of the standard properties that it specialises; `parents` are those of the model, by name.
        many: whether one thing may have several values in one source.
        step: whether a path may run along it.
        neo4j_type: type of the relationship that stands for it.
    """

    iri: str
    name: str
    label: str
    definition: str
    is_object: bool
    domain: str | None = None
    range: str | None = None
    standard: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    many: bool = False
    step: bool = False
    neo4j_type: str | None = None


class Model:
    """All classes and properties; `classes` and `properties` by local name, `by_iri` by IRI."""

    def __init__(self, classes: Iterable[ClassInfo], properties: Iterable[PropertyInfo]) -> None:
        self.classes: Mapping[str, ClassInfo] = {c.name: c for c in sorted(classes, key=lambda c: (c.order, c.name))}
        self.properties: Mapping[str, PropertyInfo] = {p.name: p for p in sorted(properties, key=lambda p: p.name)}
        terms: list[ClassInfo | PropertyInfo] = [*self.classes.values(), *self.properties.values()]
        self.by_iri: Mapping[str, ClassInfo | PropertyInfo] = {term.iri: term for term in terms}
        self._ancestors: dict[str, tuple[str, ...]] = {}

    def cls(self, name: str) -> ClassInfo:
        """The class of that local name or IRI.

        Raises:
            UnknownName: there is none.
        """
        found = self.classes.get(local(name))
        if found is None:
            raise UnknownName(f"There is no class {name!r}; `kg ref` lists them.", _near(name, self.classes))
        return found

    def prop(self, name: str) -> PropertyInfo:
        """The property of that local name or IRI.

        Raises:
            UnknownName: there is none.
        """
        found = self.properties.get(local(name))
        if found is None:
            raise UnknownName(f"There is no property {name!r}; `kg ref` lists them.", _near(name, self.properties))
        return found

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The class itself and all its superclasses in the model, nearest first."""
        if name not in self._ancestors:
            found: dict[str, None] = {name: None}
            for parent in self.classes[name].parents:
                found.update(dict.fromkeys(self.ancestors(parent)))
            self._ancestors[name] = tuple(found)
        return self._ancestors[name]

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether class `name` is `ancestor` or one of its subclasses."""
        return name in self.classes and ancestor in self.ancestors(name)

    def subclasses(self, name: str) -> tuple[str, ...]:
        """The class itself and all its subclasses, in order."""
        return tuple(c for c in self.classes if name in self.ancestors(c))

    def most_specific(self, names: Iterable[str]) -> str | None:
        """Of the classes of one thing (names or IRIs), the one that says most; None where none is in the model."""
        known = sorted({local(n) for n in names} & set(self.classes), key=lambda n: (self.classes[n].order, n))
        for name in known:
            if not any(name != other and name in self.ancestors(other) for other in known):
                return name
        return None

    def properties_of(self, name: str) -> tuple[PropertyInfo, ...]:
        """The properties whose domain is the class or one of its superclasses, or which have no domain."""
        line = set(self.ancestors(name))
        return tuple(p for p in self.properties.values() if p.domain is None or p.domain in line)


def data_path(name: str) -> Path:
    """The folder of data that travels with kg: ``ontology`` or ``cypher``.

    Raises:
        ProjectError: the installation is incomplete.
    """
    here = Path(__file__).parent
    for candidate in (here / "_data" / name, here.parent / name):
        if candidate.is_dir():
            return candidate
    raise ProjectError(f"The folder {name!r} that belongs to kg is missing; install bilateral-kg again.")


@lru_cache(maxsize=1)
def model() -> Model:
    """The model of ``ontology/kg.ttl``, read once in a process."""
    import pyoxigraph as ox

    raw: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(data_path("ontology") / "kg.ttl")):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            values = raw.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, [])
            values.append(quad.object.value)
    classes, properties = [], []
    class_iris = {iri for iri, p in raw.items() if _OWL + "Class" in p.get(RDF_TYPE, ())}
    for iri, about in raw.items():
        kinds = about.get(RDF_TYPE, [])
        if iri in class_iris:
            classes.append(_class(iri, about, class_iris))
        elif _OWL + "ObjectProperty" in kinds or _OWL + "DatatypeProperty" in kinds or iri == SKOS + "definition":
            properties.append(_property(iri, about, is_object=_OWL + "ObjectProperty" in kinds))
    return Model(classes, properties)


def _first(about: Mapping[str, list[str]], key: str) -> str | None:
    values = about.get(key)
    return values[0] if values else None


def _flag(about: Mapping[str, list[str]], key: str) -> bool:
    return _first(about, KG + key) == "true"


def _name(iri: str | None) -> str | None:
    return None if iri is None else local(iri)


def _class(iri: str, about: Mapping[str, list[str]], class_iris: set[str]) -> ClassInfo:
    above = about.get(RDFS + "subClassOf", [])
    return ClassInfo(
        iri=iri,
        name=local(iri),
        label=_first(about, RDFS + "label") or local(iri),
        definition=_first(about, SKOS + "definition") or "",
        parents=tuple(local(p) for p in above if p in class_iris),
        standard=tuple(p for p in above if not p.startswith(BASE)),
        role=_first(about, KG + "role") or "none",
        through=_first(about, KG + "through"),
        owned=_flag(about, "owned"),
        colour=_first(about, KG + "colour") or "#888888",
        icon=_first(about, KG + "icon") or "•",
        order=int(_first(about, KG + "order") or 99),
        caption=_first(about, KG + "caption"),
        neo4j_label=_first(about, KG + "neo4jLabel"),
        neo4j_type=_first(about, KG + "neo4jType"),
        link_from=_name(_first(about, KG + "linkFrom")),
        link_to=_name(_first(about, KG + "linkTo")),
        shortcut=_first(about, KG + "shortcut"),
        shortcut_from=_name(_first(about, KG + "shortcutFrom")),
        shortcut_to=_name(_first(about, KG + "shortcutTo")),
        shortcut_via=_name(_first(about, KG + "shortcutVia")),
        shortcut_keeps=tuple(local(k) for k in about.get(KG + "shortcutKeeps", ())),
    )


def _property(iri: str, about: Mapping[str, list[str]], *, is_object: bool) -> PropertyInfo:
    above = about.get(RDFS + "subPropertyOf", [])
    return PropertyInfo(
        iri=iri,
        name=local(iri),
        label=_first(about, RDFS + "label") or local(iri),
        definition=_first(about, SKOS + "definition") or "",
        is_object=is_object,
        domain=_name(_first(about, RDFS + "domain")),
        range=_first(about, RDFS + "range"),
        standard=tuple(p for p in above if not p.startswith(BASE)),
        parents=tuple(local(p) for p in above if p.startswith(BASE)),
        many=_flag(about, "many"),
        step=_flag(about, "step"),
        neo4j_type=_first(about, KG + "neo4jType"),
    )


def _near(name: str, names: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    lower = {n.lower(): n for n in names}
    return [lower[n] for n in get_close_matches(local(name).lower(), lower, n=3, cutoff=0.6)]
