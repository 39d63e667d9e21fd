"""Whether two nodes or relationships are the same, types of values included (1, 1.0 and true are three)."""

import marshal
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from kg.mirror.kinds import Edge, Node, Properties
from kg.mirror.vocabulary import DESCRIBES

# Items that several sources have a share in: nodes of things that many describe, and shortcuts.
SHARED = ""
_MASK = 0xFFFF_FFFF_FFFF_FFFF


def exactly(properties: Properties) -> tuple[Any, ...]:
    """The properties in a form that is equal, and hashes equal, only for the same properties."""
    if len(properties) == 1 and type(source := properties.get("source")) is str:
        # So are most relationships.
        return "source", source
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
    """A number that is the same for the same node."""
    return _code((node.iri, node.labels, exactly(node.properties)))


def edge_code(edge: Edge) -> int:
    """A number that is the same for the same relationship."""
    return _code((edge.type, edge.start, edge.end, exactly(edge.properties)))


def _code(parts: tuple[Any, ...]) -> int:
    # Version 0 of marshal has no references, so that equal tuples give equal bytes; Python's own hash differs between
    # processes.
    return int.from_bytes(blake2b(marshal.dumps(parts, 0), digest_size=8).digest())


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


class Sums:
    """Per source, a digest of its nodes and relationships whatever their order; a duplicate counts twice."""

    def __init__(self) -> None:
        self.sums: dict[str, int] = {}
        self.nodes = self.edges = 0

    def node(self, node: Node) -> None:
        """Count a node in."""
        self.nodes += 1
        source = node_source(node)
        self.sums[source] = (self.sums.get(source, 0) + node_code(node)) & _MASK

    def edge(self, edge: Edge) -> None:
        """Count a relationship in."""
        self.edges += 1
        source = edge_source(edge)
        self.sums[source] = (self.sums.get(source, 0) + edge_code(edge)) & _MASK

    def add(self, sums: Mapping[str, int]) -> None:
        """Add digests that were counted elsewhere."""
        for source, digest in sums.items():
            self.sums[source] = (self.sums.get(source, 0) + digest) & _MASK
