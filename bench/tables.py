"""Coded events as published, mapped and loaded, against Oxigraph's bulk loader on ready N-Quads: at most 1.5 times.

KG_BENCH_TABLE_QUADS says how many quads (100,000; 1,000,000 with KG_BENCH_FULL=1, about two minutes).
"""

import shutil
import sys
from itertools import count
from statistics import median

from _tables_data import PER_EVENT, ROUNDS, bare_oxigraph, events, size, workshop, write_quads
from measure import alternate, report

QUADS = size("KG_BENCH_TABLE_QUADS", 100_000, 1_000_000)


def main() -> int:
    """Measure."""
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
        quads = write_quads(ours().root, "gdelt-20320101120000", ready)

        def bare() -> None:
            bare_oxigraph(folder / f"bare-{next(number)}", ready)

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
