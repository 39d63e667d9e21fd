"""What a graph says of each thing, sorted by what it becomes in the mirror."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from kg import iris
from kg.errors import MirrorError

__all__ = ["Literals", "Row", "Said", "iri_of", "term_of", "things"]

Literals = dict[str, list[ox.Literal]]
# Subject, predicate and object.
Row = tuple[ox.NamedNode | ox.BlankNode | ox.Triple, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]


class Said(NamedTuple):
    """What one source says of one thing."""

    types: list[str]
    literals: Literals
    objects: list[tuple[str, str]]


def iri_of(term: object) -> str:
    """The ``iri`` of a node: the IRI of a named thing, ``_:`` and the label of a blank one."""
    if type(term) is ox.NamedNode:
        return term.value
    if type(term) is ox.BlankNode:
        return f"_:{term.value}"
    raise MirrorError(f"{term} is a quoted triple; the mirror has no place for it.")


def term_of(iri: str) -> ox.NamedNode | ox.BlankNode:
    """The RDF term of an ``iri``."""
    return ox.BlankNode(iri[2:]) if iri.startswith("_:") else ox.NamedNode(iri)


def things(rows: Iterable[Row]) -> Iterator[tuple[str, Said]]:
    """What a graph says of each thing.

    Args:
        rows: subject, predicate and object of its quads, those of one subject one after the other.
    """
    last: object = None
    iri = ""
    types, literals, objects = said = Said([], {}, [])
    # One text for each predicate: what is made of it is looked up faster than for a new one each time.
    same: dict[str, str] = {}
    for subject, predicate, value in rows:
        if subject != last:
            if last is not None:
                yield iri, said
            last, iri = subject, iri_of(subject)
            types, literals, objects = said = Said([], {}, [])
        name = predicate.value
        name = same.setdefault(name, name)
        if type(value) is ox.Literal:
            if name in literals:
                literals[name].append(value)
            else:
                literals[name] = [value]
        elif name == iris.RDF_TYPE:
            types.append(iri_of(value))
        else:
            objects.append((name, value.value if type(value) is ox.NamedNode else iri_of(value)))
    if last is not None:
        yield iri, said
