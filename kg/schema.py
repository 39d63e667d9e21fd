"""The JSON Schema of records that people write by hand, made of the record classes and the ontology."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from kg import iris
from kg.loaders.forms import FORMS, Form
from kg.loaders.short import scheme_of
from kg.ontology import model
from kg.records import RECORDS, Record, property_iri
from kg.records.base import object_fields, shape

__all__ = ["entry_schema", "record_schema"]

_TEXTS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_NAMES = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}
_KINDS: Mapping[str, dict[str, Any]] = {
    "Label": _NAMES,
    "Edtf": {"type": ["string", "integer"]},
    "Decimal": {"type": ["number", "string"]},
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "Strings": _TEXTS,
    "str": {"type": "string"},
}
_SOURCE = {
    "id": "The name of the source; loading it again under this name replaces it.",
    "title": "Its title.",
    "published": "When it was written or published, such as 2026-01-16.",
    "publisher": "Who stands behind it: a name, or the code of a government.",
    "author": "Who wrote it.",
    "url": "Where it can be read.",
    "licence": "Under which terms it may be used.",
    "language": "Language, such as en.",
    "source": "From where this copy comes.",
}


def record_schema() -> dict[str, Any]:
    """The schema of a file of records: the source that they belong to, and its entries."""
    source = {
        name: {"description": text, **(_TEXTS if name == "author" else {"type": "string"})}
        for name, text in _SOURCE.items()
    }
    one = {
        "type": "object",
        "required": ["source", "entries"],
        "additionalProperties": False,
        "properties": {
            "source": {"type": "object", "additionalProperties": False, "properties": source},
            "entries": {"type": "array", "minItems": 1, "items": {"anyOf": [_entry(name) for name in _names()]}},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": iris.BASE + "records.schema.json",
        "title": "Records that a person writes for kg",
        "anyOf": [one, {"type": "array", "items": one}],
        "$defs": {name: entry_schema(name) for name in _names()},
    }


def _names() -> list[str]:
    return [*FORMS, *RECORDS]


def _entry(name: str) -> dict[str, Any]:
    reference = {"$ref": f"#/$defs/{name}"}
    return {"type": "object", "required": [name], "additionalProperties": False, "properties": {name: reference}}


def entry_schema(name: str) -> dict[str, Any]:
    """The schema of one kind of entry: a short form such as ``meeting``, or a record class such as ``Statement``."""
    return _form(FORMS[name]) if name in FORMS else _record(RECORDS[name])


def _form(form: Form) -> dict[str, Any]:
    record = RECORDS[form.cls]
    properties = {"id": {"type": "string", "description": "A name within the file, to which other entries may refer."}}
    for name, field in form.fields.items():
        properties[name] = field if isinstance(field, dict) else _field(record, field)
    return {
        "type": "object",
        "description": model().classes[form.cls].definition,
        "required": list(form.required),
        "additionalProperties": False,
        "properties": properties,
    }


def _record(record: type[Record]) -> dict[str, Any]:
    required = [
        f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING and f.name != "iri"
    ]
    names = [name for name in shape(record) if name != "iri"]
    properties: dict[str, Any] = {
        "iri": {"type": "string", "description": "Its IRI, or a short one such as person/CAN.mark-carney."},
        "id": {"type": "string", "description": "A name within the file, for what the source itself owns."},
    }
    properties |= {name: _field(record, name) for name in names}
    return {
        "type": "object",
        "description": model().classes[record.cls].definition,
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


def _field(record: type[Record], name: str) -> dict[str, Any]:
    term = model().properties.get(iris.local(property_iri(name)))
    found = dict(_KINDS[shape(record)[name]])
    if term is not None:
        found["description"] = term.definition
    if name in object_fields(record) and (scheme := scheme_of(name)):
        from kg.extract import gazetteer

        keys = sorted(gazetteer.load().concepts.get(scheme, ()))
        if 0 < len(keys) <= 60:
            found["examples"] = keys
    return found
