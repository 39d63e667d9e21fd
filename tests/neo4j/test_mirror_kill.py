"""Whatever moment a sync dies at, the next one ends in an exact mirror."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import iris
from kg.mirror.graphs import Graphs
from kg.mirror.remote import Remote
from kg.mirror.sync import sync
from kg.mirror.verify import verify
from tests.neo4j.mirrored import Record, sample

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
CHILD = textwrap.dedent(
    """
    import sys
    import pyoxigraph as ox
    from neo4j import GraphDatabase
    from kg.mirror import pour, reconcile, sync as syncing
    from kg.mirror.graphs import Graphs
    from kg.mirror.remote import Remote
    folder, uri, password = sys.argv[1:]
    # Many small transactions, so that there is much to be cut between.
    pour.BATCH, reconcile.CHUNK, syncing._LARGE, syncing._NOTE_EVERY = 200, 20, 50, 600
    graphs = Graphs(ox.Store.read_only(folder), on_disk=True)
    with GraphDatabase.driver(uri, auth=("neo4j", password)) as driver:
        print("ready", flush=True)
        syncing.sync(graphs, Remote(driver, "neo4j", "test", graphs.words))
    print("done", flush=True)
    """
)


def big(folder: Path, sources: range, turn: int) -> Path:
    """A store with a meeting in each of some sources, and a table of figures that differs from turn to turn."""
    made = Record()
    table = iris.source("table")
    made.put(table, table, "Dataset", title=f"Figures {turn}")
    for row in range(turn, 400 + turn):
        made.put(table, iris.owned("flow", "table", str(row)), "TradeFlow", exporter=iris.actor("CAN"),
                 importer=iris.actor("CHN"), value=str(row * turn), when="2024")  # fmt: skip
    store = ox.Store(str(folder))
    store.extend(sample(*(iris.source(f"s{n}") for n in sources)) + made.quads)
    store.flush()
    return folder


def test_killed_at_random_moments(neo4j_server, remote: Remote, tmp_path: Path) -> None:
    stores = [big(tmp_path / "one", range(20), 1), big(tmp_path / "two", range(8, 30), 2)]
    moments = random.Random(11)
    cut = 0
    for turn in range(6):
        if turn == 3:
            remote.run("MATCH (n) DETACH DELETE n")
        folder = stores[turn % 2]
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), neo4j_server.uri, neo4j_server.password],
            stdout=subprocess.PIPE, start_new_session=True, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.1, 2.5))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        cut += child.stdout.read() != "done\n"
        child.stdout.close()
        graphs = Graphs(ox.Store.read_only(str(folder)), on_disk=True)
        sync(graphs, remote)
        assert verify(graphs, remote).drifts == []
    assert cut > 2, "most were cut"
