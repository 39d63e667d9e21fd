"""Write many things that are not in Neo4j yet, with several connections at once.

One worker writes nodes; a batch of relationships is handed on only when the nodes at all their ends are committed, so
that the workers that write relationships never wait for one another's nodes.
"""

import threading
from collections.abc import Callable, Iterable
from queue import Queue

from kg.mirror.kinds import Edge, Node
from kg.mirror.naming import bare
from kg.mirror.remote import Remote
from kg.mirror.writer import Writer

BATCH = 10_000
# Measured on two processors: a second connection for relationships brings a third, a third one nothing.
EDGE_WORKERS = 2
_AHEAD = 3
_KEPT_IDS = 1_000_000

Done = Callable[[int], None]


class Pour:
    """A pipe into Neo4j for things that are not there. Use it as a context manager; leaving it waits for the end."""

    def __init__(self, remote: Remote, *, done: Done, edge_workers: int = EDGE_WORKERS) -> None:
        self._remote = remote
        self._done = done
        self._nodes: Queue[tuple[list[Node], list[Node], list[Edge]] | None] = Queue(_AHEAD)
        self._edges: Queue[list[Edge] | None] = Queue(_AHEAD)
        self._failed: list[BaseException] = []
        # Hash of the IRI of each node that was handed on, and whether only as the end of a relationship.
        self._known: dict[int, bool] = {}
        # Of those that were created here and not too long ago, by the same hash, the id in Neo4j.
        self._ids: dict[int, str] = {}
        self._new: dict[str, Node] = {}
        self._fuller: list[Node] = []
        self._ready: list[Edge] = []
        self._threads = [threading.Thread(target=self._write_nodes, name="nodes")]
        for number in range(edge_workers):
            self._threads.append(threading.Thread(target=self._write_edges, name=f"edges{number}"))
        self.nodes = self.edges = 0

    def __enter__(self) -> "Pour":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            self._nodes.put(None)
            self._threads[0].join()
            for _thread in self._threads[1:]:
                self._edges.put(None)
            for thread in self._threads[1:]:
                thread.join()
        if kind is None:
            self._check()

    def known(self, iris: Iterable[str]) -> None:
        """Say that these things have nodes already."""
        self._known.update((hash(iri), False) for iri in iris)

    def put(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        """Write nodes and relationships, with bare nodes at ends that have none yet."""
        known, new = self._known, self._new
        for node in nodes:
            self._put_node(node)
        for edge in edges:
            for end in (edge.start, edge.end):
                if (code := hash(end)) not in known:
                    known[code] = True
                    new[end] = bare(end)
            self._ready.append(edge)
        if len(self._ready) >= BATCH or len(new) >= BATCH:
            self._hand_on()

    def flush(self) -> None:
        """Wait until all that was put is committed."""
        self._hand_on()
        self._nodes.join()
        self._edges.join()
        self._check()

    def _put_node(self, node: Node) -> None:
        code = hash(node.iri)
        if self._known.get(code) and node.iri not in self._new:
            self._fuller.append(node)
        else:
            self._new[node.iri] = node
        self._known[code] = False

    def _hand_on(self) -> None:
        self._check()
        self._nodes.put((list(self._new.values()), self._fuller, self._ready))
        self.nodes += len(self._new)
        self.edges += len(self._ready)
        self._new, self._fuller, self._ready = {}, [], []

    def _check(self) -> None:
        if self._failed:
            raise self._failed[0]

    def _write_nodes(self) -> None:
        writer = Writer(self._remote, "nodes")
        try:
            while (item := self._nodes.get()) is not None:
                new, fuller, edges = item
                if not self._failed:
                    try:
                        ids = writer.write(create=new, merge=[(node, ()) for node in fuller])
                        if len(self._ids) > _KEPT_IDS:
                            self._ids.clear()
                        self._ids.update((hash(iri), element) for iri, element in ids)
                        self._done(len(new))
                        for at in range(0, len(edges), BATCH):
                            self._edges.put(edges[at : at + BATCH])
                    except BaseException as error:  # noqa: BLE001 - raised again in the main thread
                        self._failed.append(error)
                self._nodes.task_done()
            self._nodes.task_done()
        finally:
            writer.close()

    def _write_edges(self) -> None:
        writer = Writer(self._remote, threading.current_thread().name)
        try:
            while (edges := self._edges.get()) is not None:
                if not self._failed:
                    try:
                        writer.write(edges=edges, ids=self._ids)
                        self._done(len(edges))
                    except BaseException as error:  # noqa: BLE001 - raised again in the main thread
                        self._failed.append(error)
                self._edges.task_done()
            self._edges.task_done()
        finally:
            writer.close()
