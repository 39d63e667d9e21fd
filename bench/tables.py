"""Coded events as published, mapped and loaded, against Oxigraph's bulk loader on ready N-Quads: at most 1.5 times.

KG_BENCH_TABLE_QUADS says how many quads (100,000; 1,000,000 with KG_BENCH_FULL=1, about two minutes).
"""

import shutil
import sys
from itertools import count
from statistics import median

from _tables_data import PER_EVENT, ROUNDS, events, size, workshop
from measure import alternate, report

QUADS = size("KG_BENCH_TABLE_QUADS", 100_000, 1_000_000)


def main() -> int:
    """Measure."""
    import pyoxigraph as ox

    from kg import iris
    from kg.loaders import Options
    from kg.loaders.engine import load
    from kg.project import Project

    with workshop() as folder:
        file = events(folder, round(QUADS / PER_EVENT))
        empty = Project.init(folder / "empty").root
        number = count()

        def ours() -> Project:
            target = folder / f"ours-{next(number)}"
            shutil.copytree(empty, target)
            project = Project.find(target)
            done = load(project, [file], Options(), loader="gdelt")
            assert not done.failed, done.failed
            return project

        ready = folder / "ready.nq"
        with ours().reading() as graph, ready.open("wb") as out:
            ox.serialize(graph.quads(iris.source("gdelt-20320101120000")), out, ox.RdfFormat.N_QUADS)
        with ready.open("rb") as lines:
            quads = sum(1 for _ in lines)

        def bare() -> None:
            store = ox.Store(str(folder / f"bare-{next(number)}"))
            store.bulk_load(path=str(ready), format=ox.RdfFormat.N_QUADS)
            store.flush()

        times = alternate({"bare Oxigraph": bare, "kg load": ours}, ROUNDS)
        return not report(
            "tables-oxigraph",
            times,
            rival="bare Oxigraph",
            ours="kg load",
            aim=1.5 * median(times["bare Oxigraph"]),
            packages=("pyoxigraph", "duckdb", "ibis-framework"),
            note=f"GDELT rows to {quads:,} quads, with the index of paths; the rival loads ready N-Quads",
            quads=quads,
        )


if __name__ == "__main__":
    sys.exit(main())
