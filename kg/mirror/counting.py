"""What should be in Neo4j, item by item, and its digest per source; for processes of their own (`kg.mirror.apart`)."""

from collections.abc import Iterator

from kg.mirror.apart import SHORTCUTS
from kg.mirror.compare import Sums
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node

__all__ = ["batches", "count", "total", "wanted_items"]

# What a process counted, and the things that it named and did not describe.
Count = tuple[dict[str, int], set[str]]
Batch = tuple[list[Node], list[Edge]]


def wanted_items(graphs: Graphs) -> Iterator[Node | Edge]:
    """All nodes, but the bare ones, and all relationships that should be in Neo4j."""
    for name in [*graphs.names, SHORTCUTS]:
        yield from _items_of(graphs, name)


def _items_of(graphs: Graphs, name: str) -> Iterator[Node | Edge]:
    """The nodes and relationships of the things of which a source is the first to speak, or all shortcuts."""
    if name == SHORTCUTS:
        yield from graphs.all_shortcuts()
        return
    for found in graphs.bundles(name):
        if found.node is not None:
            yield found.node
        yield from found.edges


def batches(graphs: Graphs, sources: Iterator[str], size: int) -> Iterator[Batch | str]:
    """Nodes and relationships, `size` at a time, and the name of each source after its last ones: a task."""
    for name in sources:
        nodes: list[Node] = []
        edges: list[Edge] = []
        for item in _items_of(graphs, name):
            if isinstance(item, Node):
                nodes.append(item)
            else:
                edges.append(item)
            if len(nodes) + len(edges) >= size:
                yield nodes, edges
                nodes, edges = [], []
        yield nodes, edges
        yield name


def count(graphs: Graphs, sources: Iterator[str]) -> Iterator[Count]:
    """Per source, the digest of its nodes and relationships as they should be: a task."""
    sums = Sums()
    described: set[str] = set()
    ends: set[str] = set()
    for name in sources:
        for item in _items_of(graphs, name):
            if isinstance(item, Node):
                described.add(item.iri)
                sums.node(item)
            else:
                ends.add(item.start)
                ends.add(item.end)
                sums.edge(item)
    yield sums.sums, ends - described


def total(graphs: Graphs, counts: Iterator[Count]) -> dict[str, int]:
    """The digests per source that several processes counted, with those of the things that nothing describes."""
    sums = Sums()
    dangling: set[str] = set()
    for found, named in counts:
        sums.add(found)
        dangling |= named
    # One that another process has described is counted already.
    for node in graphs.undescribed(dangling):
        sums.node(node)
    return sums.sums
