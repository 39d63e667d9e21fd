"""Mirror a slice; rivals: rdflib-neo4j and KGX on the same triples, each as far as it runs.

KG_BENCH_SLICE says how many quads (default 20,000), KG_BENCH_LIMIT after how many seconds a rival is stopped.
"""

import os
import statistics
import sys
from pathlib import Path

import _rivals
import pyoxigraph as ox
from _mirror_server import ROUNDS, empty, made, remote, workshop
from measure import report, seconds

from kg.mirror.sync import sync

SLICE = int(os.environ.get("KG_BENCH_SLICE", "20000"))
LIMIT = float(os.environ.get("KG_BENCH_LIMIT", "900"))
HERE = Path(__file__).parent
RDFLIB_NEO4J = """
import sys, time
from rdflib import Graph
from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig
file, uri, password = sys.argv[1:]
config = Neo4jStoreConfig(
    auth_data={"uri": uri, "database": "neo4j", "user": "neo4j", "pwd": password},
    handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE, batching=True)
began = time.perf_counter()
graph = Graph(store=Neo4jStore(config=config))
graph.parse(file, format="nt")
graph.close(True)
print("took", time.perf_counter() - began)
"""
RIVALS = {"rdflib-neo4j": ["-c", RDFLIB_NEO4J], "KGX": [str(HERE / "_kgx.py")]}


def main() -> bool:
    reached = True
    python = _rivals.python()
    if python is None:
        return False
    with workshop() as (base, server, driver):
        graphs = made(base / "store", SLICE)
        file = base / "slice.nt"
        quads = (q for n in graphs.names for q in graphs.store.quads_for_pattern(None, None, None, ox.NamedNode(n)))
        triples = sorted({str(q.triple) for q in quads})
        file.write_text("".join(f"{t} .\n" for t in triples), encoding="utf-8")
        running = server.running()
        assert running is not None
        there = remote(driver, graphs)
        there.make_schema()

        def ours() -> None:
            fresh = made(base / "store", SLICE)
            sync(fresh, remote(driver, fresh))

        for name, script in RIVALS.items():
            command = [str(python), *script, str(file), running.uri, server.password()]
            times: dict[str, list[float]] = {name: [], "kg": []}
            for turn in range(ROUNDS + 1):
                empty(driver)
                took = _rivals.took(*command, folder=base, limit=LIMIT)
                with driver.session() as session:
                    nodes = session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"]
                    edges = session.run("MATCH ()-[r]->() RETURN count(r) AS n").single(strict=True)["n"]
                if took is None:
                    print(f"{name}: stopped at {LIMIT:g} s with {nodes} nodes, {edges} relationships", file=sys.stderr)
                    took = LIMIT
                empty(driver)
                mine = seconds(ours)
                if turn or took == LIMIT:
                    times[name].append(took)
                    times["kg"].append(mine)
                if took == LIMIT:
                    break
            middle = statistics.median(times[name])
            reached &= report(
                f"mirror_rival_{name.lower()}", times, rival=name, ours="kg", aim=middle / 10,
                note=f"{len(triples)} triples; it left {nodes} nodes and {edges} relationships", quads=SLICE,
            )  # fmt: skip
    return reached


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
