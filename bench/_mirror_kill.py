"""Kill syncs and the server at random moments; after each, a sync must end in an exact mirror.

python bench/_mirror_kill.py --syncs 50 --servers 10
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
from _mirror_data import Maker, derived, reference
from neo4j import GraphDatabase

from kg.mirror.config import USER
from kg.mirror.graphs import Graphs
from kg.mirror.remote import Remote
from kg.mirror.server import Server
from kg.mirror.sync import sync
from kg.mirror.verify import verify

CHILD = """
import sys
import pyoxigraph as ox
from neo4j import GraphDatabase
from kg.mirror import pour
from kg.mirror.graphs import Graphs
from kg.mirror.remote import Remote
from kg.mirror.sync import sync
pour.BATCH = 1000
graphs = Graphs(ox.Store.read_only(sys.argv[1]), on_disk=True)
with GraphDatabase.driver(sys.argv[2], auth=("neo4j", sys.argv[3])) as driver:
    print("ready", flush=True)
    sync(graphs, Remote(driver, "neo4j", "kill", graphs.words))
print("done", flush=True)
"""


def store(folder: Path, documents: range, events: int) -> Path:
    made = ox.Store(str(folder))
    made.extend(reference())
    made.extend(Maker("events", events).events(events))
    for number in documents:
        made.extend(Maker(f"doc{number}", number).document(300))
    made.extend(derived(documents))
    made.flush()
    return folder


def start(folder: Path, server: Server) -> "subprocess.Popen[str]":
    found = server.running()
    assert found is not None
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), found.uri, server.password()],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    return child


def end(child: "subprocess.Popen[str]") -> bool:
    """Kill a sync; whether it was cut."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    assert child.stdout is not None
    cut = child.stdout.read() != "done\n"
    child.stdout.close()
    return cut


def settle(folder: Path, server: Server) -> float:
    """Sync to the end and check; seconds of the sync."""
    graphs = Graphs(ox.Store.read_only(str(folder)), on_disk=True)
    found = server.running()
    assert found is not None
    with GraphDatabase.driver(found.uri, auth=(USER, server.password())) as driver:
        remote = Remote(driver, "neo4j", "kill", graphs.words)
        began = time.monotonic()
        sync(graphs, remote)
        took = time.monotonic() - began
        drifts = verify(graphs, remote).drifts
        assert drifts == [], drifts[:5]
    return took


def empty(server: Server) -> None:
    with server.driver() as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--syncs", type=int, default=50)
    parser.add_argument("--servers", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    moments = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        (base / ".kg").mkdir()
        server = Server(base)
        server.up("5")
        try:
            stores = [store(base / "one", range(30), 400), store(base / "two", range(15, 45), 500)]
            longest = settle(stores[0], server)
            cuts = 0
            for turn in range(given.syncs):
                if turn % 4 == 0:
                    empty(server)
                child = start(stores[turn % 2], server)
                time.sleep(moments.uniform(0, longest))
                cuts += end(child)
                settle(stores[turn % 2], server)
                print(f"sync {turn + 1}: exact afterwards", flush=True)
            down = 0
            for turn in range(given.servers):
                if turn % 2 == 0:
                    empty(server)
                child = start(stores[turn % 2], server)
                time.sleep(moments.uniform(0, longest))
                running = server.running()
                assert running is not None
                os.kill(running.pid, signal.SIGKILL)
                down += 1
                time.sleep(0.2)
                end(child)
                server.up()
                settle(stores[turn % 2], server)
                print(f"server {turn + 1}: exact afterwards", flush=True)
            print(f"{cuts} of {given.syncs} syncs were cut, {down} servers killed; the mirror was exact after each")
        finally:
            server.down()


if __name__ == "__main__":
    main()
