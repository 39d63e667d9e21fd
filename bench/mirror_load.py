"""Mirror a graph into an empty database; rival: the plain driver with the same nodes and relationships ready."""

import statistics

from _mirror_server import QUADS, ROUNDS, empty, made, remote, workshop
from measure import report, seconds
from neo4j import Driver

from kg.mirror.compare import edge_source
from kg.mirror.counting import wanted_items
from kg.mirror.kinds import Edge, Node
from kg.mirror.naming import bare
from kg.mirror.sync import sync

BATCH = 10_000
PACKAGES = ["neo4j", "neo4j-rust-ext"]
NODES = "UNWIND $rows AS r CREATE (n:Thing:$(r.l)) SET n = r.p"
EDGES = "UNWIND $rows AS r MATCH (a:Thing {iri: r.a}) MATCH (b:Thing {iri: r.b}) CREATE (a)-[x:$(r.t)]->(b) SET x = r.p"


def main() -> bool:
    with workshop() as (base, _, driver):
        graphs = made(base / "store", QUADS)
        there = remote(driver, graphs)
        there.make_schema()
        items = list(wanted_items(graphs))
        nodes = [item for item in items if isinstance(item, Node)]
        edges = [item for item in items if isinstance(item, Edge)]
        ends = {end for edge in edges for end in (edge.start, edge.end)} - {node.iri for node in nodes}
        nodes += [bare(end) for end in ends]
        node_rows = [{"l": n.labels, "p": n.properties} for n in nodes]
        edge_rows = [{"t": e.type, "a": e.start, "b": e.end, "p": e.properties} for e in edges]
        assert all(edge_source(e) or e.properties["sources"] for e in edges)

        def rival() -> None:
            with driver.session() as session:
                for query, rows in ((NODES, node_rows), (EDGES, edge_rows)):
                    for at in range(0, len(rows), BATCH):
                        part = rows[at : at + BATCH]
                        session.execute_write(lambda tx, query=query, part=part: tx.run(query, rows=part).consume())

        def ours() -> None:
            # Opened again, so that nothing is remembered from round to round.
            fresh = made(base / "store", QUADS)
            sync(fresh, remote(driver, fresh))

        times: dict[str, list[float]] = {"plain driver": [], "kg": []}
        for turn in range(ROUNDS + 1):
            for name, work in (("plain driver", rival), ("kg", ours)):
                empty(driver)
                took = seconds(work)
                # The first turn warms the server.
                if turn:
                    times[name].append(took)
                check(driver, len(nodes), len(edges))
        middle = statistics.median(times["plain driver"])
        return report(
            "mirror_load", times, rival="plain driver", ours="kg", aim=1.3 * middle, packages=PACKAGES,
            note="into an empty database with all indexes", quads=QUADS, nodes=len(nodes), relationships=len(edges),
        )  # fmt: skip


def check(driver: Driver, nodes: int, edges: int) -> None:
    with driver.session() as session:
        found = session.run("MATCH (n:Thing) RETURN count(n) AS n").single(strict=True)["n"]
        linked = session.run("MATCH ()-[r]->() RETURN count(r) AS n").single(strict=True)["n"]
    assert (found, linked) == (nodes, edges), (found, linked, nodes, edges)


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
