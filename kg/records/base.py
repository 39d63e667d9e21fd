"""What all records share: checking when made, and the values they stand for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, NamedTuple, get_type_hints

from kg import iris
from kg.edtf import Edtf
from kg.errors import RecordError


class Label(NamedTuple):
    """A name in a language (BCP 47 tag; empty where no language applies)."""

    text: str
    lang: str = "en"


class Value(NamedTuple):
    """One value of one property of a record: an IRI, or a literal with datatype or language."""

    property: str
    text: str
    kind: str  # "iri", or the IRI of the datatype, or "@" and the language


Iris = tuple[str, ...]
Strings = tuple[str, ...]
Labels = tuple[Label, ...]

STANDARD: Mapping[str, str] = {
    "name": iris.SKOS + "prefLabel",
    "aliases": iris.SKOS + "altLabel",
    "definition": iris.SKOS + "definition",
    "notation": iris.SKOS + "notation",
    "in_scheme": iris.SKOS + "inScheme",
    "broader": iris.SKOS + "broader",
    "exact_match": iris.SKOS + "exactMatch",
    "close_match": iris.SKOS + "closeMatch",
    "broad_match": iris.SKOS + "broadMatch",
    "narrow_match": iris.SKOS + "narrowMatch",
    "related_match": iris.SKOS + "relatedMatch",
    "title": iris.DCTERMS + "title",
    "same_as": iris.OWL + "sameAs",
}
# A dated field stands for the EDTF text and, where named here, for its first and last day.
DAYS = {
    "when": ("earliest", "latest"),
    "due": ("dueEarliest", "dueLatest"),
    "published": (None, "publishedLatest"),
}
_IRI = re.compile(r"(?:https?|urn|mailto|ftp):[^\x00-\x20<>\"{}|\\^`]+")
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")


def property_iri(field_name: str) -> str:
    """IRI of the property that a field stands for.

    >>> property_iri("committed_by")
    'https://w3id.org/bilateral/ontology#committedBy'
    """
    return STANDARD.get(field_name) or iris.KG + _camel(field_name)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@dataclass(frozen=True, kw_only=True)
class Record:
    """A thing that a source describes; `iri` is its name."""

    cls: ClassVar[str]
    iri: str

    def __post_init__(self) -> None:
        for name, kind in shape(type(self)).items():
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, _check(self, name, kind, value))

    def values(self) -> Iterator[Value]:
        """What the record says, property by property, in the order of its fields; the class first."""
        yield Value(iris.RDF_TYPE, class_iri(self.cls), "iri")
        objects = object_fields(type(self))
        for name in shape(type(self)):
            value = getattr(self, name)
            if name == "iri" or value is None or value == ():
                continue
            for item in value if isinstance(value, tuple) and not isinstance(value, Label) else (value,):
                yield from _values(name, item, is_object=name in objects)


def class_iri(name: str) -> str:
    """IRI of the class of a record."""
    return iris.SKOS + name if name in ("Concept", "ConceptScheme") else iris.KG + name


def _values(name: str, item: object, *, is_object: bool) -> Iterator[Value]:
    iri = property_iri(name)
    if isinstance(item, Label):
        yield Value(iri, item.text, "@" + item.lang if item.lang else iris.XSD + "string")
    elif isinstance(item, Edtf):
        yield Value(iri, item.text, iris.EDTF)
        for day, prop in zip((item.earliest, item.latest), DAYS.get(name, ()), strict=False):
            if day is not None and prop is not None:
                yield Value(iris.KG + prop, day.isoformat(), iris.XSD + "date")
    elif isinstance(item, bool):
        yield Value(iri, "true" if item else "false", iris.XSD + "boolean")
    elif isinstance(item, int):
        yield Value(iri, str(item), iris.XSD + "integer")
    elif isinstance(item, Decimal):
        yield Value(iri, _decimal(item), iris.XSD + "decimal")
    elif isinstance(item, date):
        yield Value(iri, item.isoformat(), iris.XSD + "date")
    elif is_object:
        yield Value(iri, str(item), "iri")
    else:
        yield Value(iri, str(item), iris.XSD + ("anyURI" if name in ("url", "source_url") else "string"))


def _decimal(number: Decimal) -> str:
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


_SHAPES: dict[type, Mapping[str, str]] = {}
_OBJECT_FIELDS: dict[type, frozenset[str]] = {}


def shape(cls: type) -> Mapping[str, str]:
    """Field name -> kind of value: one of str, int, bool, Decimal, date, Edtf, Iris, Strings, Labels, Iri."""
    if cls in _SHAPES:
        return _SHAPES[cls]
    hints = get_type_hints(cls)
    found = {}
    for f in fields(cls):
        kind = str(hints[f.name])
        for known in ("Label", "Edtf", "Decimal", "bool", "int", "date"):
            if known in kind:
                found[f.name] = known
                break
        else:
            found[f.name] = "Strings" if kind.startswith("tuple") else "str"
    _SHAPES[cls] = found
    return found


def object_fields(cls: type) -> frozenset[str]:
    """The fields whose values are IRIs of things, as the ontology says."""
    if cls in _OBJECT_FIELDS:
        return _OBJECT_FIELDS[cls]
    from kg.ontology import PropertyInfo, model

    found = {"iri"}
    for name in shape(cls):
        term = model().by_iri.get(property_iri(name))
        if isinstance(term, PropertyInfo) and term.is_object:
            found.add(name)
    _OBJECT_FIELDS[cls] = frozenset(found)
    return _OBJECT_FIELDS[cls]


def _check(record: Record, name: str, kind: str, value: Any) -> object:
    where = f"{record.cls}.{name}"
    if kind == "Label":
        return tuple(_label(where, item) for item in ([value] if isinstance(value, str) else value))
    if kind == "Edtf":
        try:
            return value if isinstance(value, Edtf) else Edtf.parse(value)
        except (RecordError, TypeError, AttributeError) as error:
            raise RecordError(f"{where}: {error}") from None
    if kind == "Strings":
        items = (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))
        return tuple(_text(where, item, is_iri=name in object_fields(type(record))) for item in items)
    if kind == "str":
        return _text(where, value, is_iri=name in object_fields(type(record)))
    return _scalar(where, kind, value)


def _scalar(where: str, kind: str, value: Any) -> object:
    if kind == "Decimal" and isinstance(value, int | str | Decimal | float) and not isinstance(value, bool):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise RecordError(f"{where} must be a finite number, not {value!r}.")
        # What the store computes with (xsd:decimal of Oxigraph); more digits are a slip.
        if number and (number.adjusted() >= 20 or number.adjusted() < -18):
            raise RecordError(f"{where} must have at most 20 digits before the point and 18 behind it, not {value!r}.")
        return number
    expected = {"bool": bool, "int": int, "date": date}[kind]
    if not isinstance(value, expected) or (kind == "int" and isinstance(value, bool)):
        raise RecordError(f"{where} must be of type {kind}, not {value!r}.")
    return value


def _label(where: str, item: Any) -> Label:
    text, lang = (item, "en") if isinstance(item, str) else (item[0], item[1])
    if not text or not text.strip():
        raise RecordError(f"{where} has an empty name; leave it out when there is none.")
    if lang and not re.fullmatch(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", lang):
        raise RecordError(f"{where} has the language {lang!r}, which is no BCP 47 tag such as en or zh-Hans.")
    return Label(_text(where, text, is_iri=False), lang.lower())


def _text(where: str, value: Any, *, is_iri: bool) -> str:
    if not isinstance(value, str):
        raise RecordError(f"{where} must be text, not {value!r}.")
    if is_iri and not _IRI.fullmatch(value):
        raise RecordError(f"{where} must be an IRI, not {value!r}; make it with kg.iris.")
    if not value or _FORBIDDEN.search(value):
        raise RecordError(f"{where} is empty or holds a character that no text may hold: {value[:60]!r}.")
    return value


@dataclass(frozen=True, kw_only=True)
class Named(Record):
    """A thing with names and aliases."""

    name: Labels = ()
    aliases: Labels = ()
