"""One more document of 500 quads, into a mirror of ten thousand and of a million quads."""

import statistics

import pyoxigraph as ox
from _mirror_data import Maker
from _mirror_server import QUADS, ROUNDS, empty, log, made, remote, workshop
from measure import report, seconds

from kg import iris
from kg.mirror.sync import sync

SMALL = 10_000


def main() -> bool:
    times: dict[str, list[float]] = {"into 10 k": [], "into the large": []}
    with workshop() as (base, _, driver):
        for name, total in (("into 10 k", SMALL), ("into the large", QUADS)):
            empty(driver)
            graphs = made(base / f"store{total}", total)
            there = remote(driver, graphs)
            sync(graphs, there, generation="0")
            for turn in range(ROUNDS + 2):
                writable = ox.Store(str(base / f"store{total}"))
                key = f"more{turn}"
                writable.extend(Maker(key, 1000 + turn).document(500))
                log(writable)
                writable.flush()
                del writable

                def work(total: int = total, turn: int = turn) -> None:
                    graphs = made(base / f"store{total}", total)
                    assert sync(graphs, remote(driver, graphs), generation=str(turn + 1)).written == [
                        iris.source(f"more{turn}")
                    ]

                took = seconds(work)
                # The first two warm the server.
                if turn > 1:
                    times[name].append(took)
    middle = statistics.median(times["into 10 k"])
    reached = report(
        "mirror_document", times, rival="into 10 k", ours="into the large", aim=min(1.0, 1.5 * middle),
        note="sync of one new document of 500 quads", quads=QUADS,
    )  # fmt: skip
    return reached and middle < 1


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
