"""A server of its own and stores on disk for the programs that measure the mirror."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from _mirror_data import quads
from neo4j import Driver, GraphDatabase

from kg import iris
from kg.mirror.config import USER
from kg.mirror.graphs import Graphs
from kg.mirror.remote import Remote
from kg.mirror.server import Server

# The aims are for a million quads; fewer say nothing about them but are quicker.
QUADS = int(os.environ.get("KG_BENCH_QUADS", "1000000"))
ROUNDS = int(os.environ.get("KG_BENCH_ROUNDS", "3"))


@contextmanager
def workshop() -> Iterator[tuple[Path, Server, Driver]]:
    """A folder that goes in the end, a running server in it, and a driver."""
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        (base / ".kg").mkdir()
        server = Server(base)
        found = server.up("5", heap="2g")
        try:
            with GraphDatabase.driver(
                found.uri, auth=(USER, server.password()), notifications_min_severity="OFF"
            ) as driver:
                yield base, server, driver
        finally:
            server.down()


def made(folder: Path, total: int) -> Graphs:
    """A store on disk with about `total` quads, and its graphs."""
    if not folder.exists():
        store = ox.Store(str(folder))
        store.bulk_extend(quads(total))
        log(store)
        store.flush()
        del store
    return Graphs(ox.Store.read_only(str(folder)), on_disk=True, folder=folder)


def remote(driver: Driver, graphs: Graphs) -> Remote:
    """The mirror of the measured project."""
    return Remote(driver, "neo4j", "bench", graphs.words)


def empty(driver: Driver) -> None:
    """Delete everything but constraints and indexes."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS").consume()


def log(store: ox.Store) -> None:
    """Note each graph in the log of loads, as the project does."""
    graph = ox.NamedNode(iris.GRAPH_LOG)
    noted = {q.object for q in store.quads_for_pattern(None, ox.NamedNode(iris.KG + "loadedSource"), None, graph)}
    for name in set(store.named_graphs()) - noted - {graph}:
        assert isinstance(name, ox.NamedNode)
        load = ox.NamedNode(f"{iris.BASE}load/{iris.sha256(name.value)}")
        store.add(ox.Quad(load, ox.NamedNode(iris.KG + "loadedSource"), name, graph))
