"""Records as RDF: the one place where a value of a record becomes a term of a quad."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.iris import XSD
from kg.records import Record, Value

__all__ = ["quads", "term"]

_STRING = XSD + "string"


def term(value: Value) -> ox.NamedNode | ox.Literal:
    """The RDF term of a value."""
    if value.kind == "iri":
        return ox.NamedNode(value.text)
    if value.kind.startswith("@"):
        return ox.Literal(value.text, language=value.kind[1:])
    if value.kind == _STRING:
        return ox.Literal(value.text)
    return ox.Literal(value.text, datatype=ox.NamedNode(value.kind))


def quads(records: Iterable[Record], graph: str) -> Iterator[ox.Quad]:
    """The quads of records, all in the named graph of their source."""
    name = ox.NamedNode(graph)
    for record in records:
        subject = ox.NamedNode(record.iri)
        for value in record.values():
            yield ox.Quad(subject, ox.NamedNode(value.property), term(value), name)
