"""What should be in Neo4j, item by item, and its digest per source, counted in a process of its own where possible."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import MirrorError
from kg.mirror.compare import Sums
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node
from kg.mirror.mapping import bare

__all__ = ["count", "counting", "wanted_items"]


def wanted_items(graphs: Graphs) -> Iterator[Node | Edge]:
    """All nodes, but the bare ones, and all relationships that should be in Neo4j."""
    for name in graphs.names:
        for found in graphs.bundles(name):
            if found.node is not None:
                yield found.node
            yield from found.edges
    for shortcut in graphs.words.shortcuts:
        for end in sorted(graphs.shortcut_ends(shortcut)):
            yield from graphs.shortcuts(shortcut, end)


def count(graphs: Graphs) -> dict[str, int]:
    """Per source, the digest of its nodes and relationships as they should be."""
    sums = Sums()
    described: set[str] = set()
    ends: set[str] = set()
    for item in wanted_items(graphs):
        if isinstance(item, Node):
            described.add(item.iri)
            sums.node(item)
        else:
            ends.add(item.start)
            ends.add(item.end)
            sums.edge(item)
    for iri in ends - described:
        sums.node(bare(iri))
    return sums.sums


@contextmanager
def counting(graphs: Graphs) -> Iterator[Callable[[], dict[str, int]]]:
    """Begin to `count`; what is given waits for the end and returns the digests.

    A store on disk is counted by another process, so that both sides of a mirror are read at the same time.

    Raises:
        MirrorError: the other process failed.
    """
    if graphs.folder is None:
        yield lambda: count(graphs)
        return
    child = subprocess.Popen(
        [sys.executable, "-m", __name__, str(graphs.folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip

    def wait() -> dict[str, int]:
        out, errors = child.communicate()
        if child.returncode != 0:
            raise MirrorError(f"The graph in {graphs.folder} could not be read by a second process: {errors[-400:]}")
        return {str(source): int(digest) for source, digest in json.loads(out).items()}

    try:
        assert child.stdin is not None
        child.stdin.write(json.dumps(graphs.names))
        child.stdin.close()
        child.stdin = None
        yield wait
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    given = Path(sys.argv[1])
    json.dump(count(Graphs(ox.Store.read_only(str(given)), json.load(sys.stdin), on_disk=True)), sys.stdout)
