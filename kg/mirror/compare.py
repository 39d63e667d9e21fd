"""Whether two nodes or relationships are the same, types of values included (1, 1.0 and true are three)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kg.mirror.kinds import Edge, Node, Properties
from kg.mirror.vocabulary import DESCRIBES

# Items that several sources have a share in: nodes of things that many describe, and shortcuts.
SHARED = ""


def exactly(properties: Properties) -> tuple[Any, ...]:
    """The properties in a form that is equal, and hashes equal, only for the same properties."""
    found: list[Any] = []
    for key in sorted(properties):
        value = properties[key]
        kind = type(value)
        found.append(key)
        if kind is str:
            found.append(value)
        elif kind is list:
            found.append(tuple(v if type(v) is str else _typed(v) for v in value))  # type: ignore[union-attr]
        else:
            found.append(_typed(value))
    return tuple(found)


def _typed(value: Any) -> tuple[str, Any]:
    kind = type(value)
    # The text, because two moments in two time zones may be equal, and no NaN is.
    return kind.__name__, value.isoformat() if isinstance(value, date) else repr(value) if kind is float else value


def node_code(node: Node) -> int:
    """A number that is the same for the same node, within this process."""
    return hash((node.iri, node.labels, exactly(node.properties)))


def edge_code(edge: Edge) -> int:
    """A number that is the same for the same relationship, within this process."""
    return hash((edge.type, edge.start, edge.end, exactly(edge.properties)))


def node_source(node: Node) -> str:
    """The source that a node belongs to; SHARED for one of a thing that several may describe."""
    return _text(node.properties.get("source"))


def edge_source(edge: Edge) -> str:
    """The source that a relationship belongs to; SHARED for a shortcut."""
    return edge.start if edge.type == DESCRIBES else _text(edge.properties.get("source"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else SHARED


def edge_identity(edge: Edge) -> tuple[str, ...]:
    """What makes it this relationship, however its other properties change."""
    by = edge.properties
    return (edge.type, edge.start, edge.end, *(_text(by.get(key)) for key in ("source", "predicate", "iri")))


def total(codes: Sequence[int]) -> int:
    """A digest of items whatever their order; a duplicate counts twice."""
    return sum(codes) & 0xFFFF_FFFF_FFFF_FFFF
