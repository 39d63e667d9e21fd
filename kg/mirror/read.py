"""The quads back from Neo4j, equal to those of the store."""

from collections.abc import Iterator

import pyoxigraph as ox

from kg.mirror.kinds import Edge, Node
from kg.mirror.mapping import edge_quads, node_quads
from kg.mirror.remote import Remote, plain
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES

__all__ = ["read"]

_PLAIN = f"""
MATCH (a:{BASE_LABEL})-[r]->(b:{BASE_LABEL}) WHERE type(r) <> '{DESCRIBES}' AND r.source IS NOT NULL
RETURN type(r), a.iri, b.iri, properties(r)
"""
_OWNED = f"""
MATCH (n:{BASE_LABEL}) WHERE n.source IS NOT NULL
RETURN n.iri, [l IN labels(n) WHERE l <> '{BASE_LABEL}'], properties(n)
"""
_DESCRIBED = f"""
MATCH (s:{BASE_LABEL})-[d:{DESCRIBES}]->(n:{BASE_LABEL})
RETURN s.iri, n.iri, [l IN labels(n) WHERE l <> '{BASE_LABEL}'], properties(d)
"""


def read(remote: Remote) -> Iterator[ox.Quad]:
    """All quads of the mirror, in no order.

    Raises:
        MirrorError: the target is not this project's.
    """
    remote.claim()
    words = remote.words
    for iri, labels, properties in remote.stream(_OWNED):
        yield from node_quads(words, Node(iri, tuple(sorted(labels)), plain(properties)))
    for source, iri, labels, properties in remote.stream(_DESCRIBED):
        yield from edge_quads(words, Edge(DESCRIBES, source, iri, plain(properties)), sorted(labels))
    for kind, start, end, properties in remote.stream(_PLAIN):
        yield from edge_quads(words, Edge(kind, start, end, plain(properties)))
