"""What a graph in Neo4j is made of, as plain tuples."""

from datetime import date, datetime
from typing import NamedTuple

Scalar = str | int | float | bool | date | datetime
Value = Scalar | list[Scalar]
Properties = dict[str, Value]


class Node(NamedTuple):
    """A node: its IRI, its labels besides the base label, sorted, and all its properties (with ``iri``)."""

    iri: str
    labels: tuple[str, ...]
    properties: Properties


class Edge(NamedTuple):
    """A relationship between the nodes of two IRIs."""

    type: str
    start: str
    end: str
    properties: Properties
