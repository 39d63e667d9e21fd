"""Verify a mirror; rival: streaming all its nodes and relationships through the plain driver."""

import statistics

from _mirror_server import QUADS, ROUNDS, made, remote, workshop
from measure import alternate, report

from kg.mirror.sync import sync
from kg.mirror.verify import verify


def main() -> bool:
    with workshop() as (base, _, driver):
        graphs = made(base / "store", QUADS)
        there = remote(driver, graphs)
        sync(graphs, there)

        def rival() -> None:
            with driver.session(fetch_size=10_000) as session:
                nodes = session.run("MATCH (n:Thing) RETURN n.iri, labels(n), properties(n)")
                edges = "MATCH (a:Thing)-[r]->(b:Thing) RETURN type(r), a.iri, b.iri, properties(r)"
                rows = sum(1 for record in nodes if record.values())
                rows += sum(1 for record in session.run(edges) if record.values())
                assert rows > QUADS / 4

        def ours() -> None:
            assert verify(made(base / "store", QUADS), there).ok

        times = alternate({"streaming": rival, "kg": ours}, ROUNDS)
        middle = statistics.median(times["streaming"])
        return report(
            "mirror_verify", times, rival="streaming", ours="kg", aim=1.5 * middle,
            note="both sides read whole", quads=QUADS,
        )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
