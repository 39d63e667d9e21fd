"""Tables: mapping and loading of coded events, against Oxigraph's bulk loader on ready N-Quads, and rdflib's memory.

Rows are those of a GDELT export with other numbers, made here; KG_BENCH_ROWS (default 20,000) says how many. The peak
memory is that of the whole process.
"""

import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

from measure import alternate, report

ROWS = int(os.environ.get("KG_BENCH_ROWS", "20000"))
STATES = ("CHL", "FIN", "CAN", "CHN", "KEN", "PER", "JPN", "IND", "GHA", "NOR")


def rows(file: Path, count: int) -> None:
    """Write events between ten states in the form of GDELT 2.0."""
    place = ("4", "Turku, Finland", "FI", "FI01", "1", "60.4", "22.2", "1")
    with file.open("w") as out:
        for number in range(count):
            one, other = STATES[number % 10], STATES[(number // 10 + number) % 10]
            day = f"2031{number % 12 + 1:02}{number % 28 + 1:02}"
            actors = [x for who in (one, other) for x in (who + "GOV", who, who, *[""] * 7)]
            act = ("1", "042", "042", "04", "1", "1.9", "7", "1", "7", "0.5")
            cells = [str(number), day, day[:6], day[:4], "2031.3", *actors, *act, *place * 3, "20320101120000"]
            out.write("\t".join([*cells, f"https://news.example/{number % 500}"]) + "\n")


def main() -> int:
    """Measure."""
    import pyoxigraph as ox

    from kg import iris
    from kg.loaders import Options
    from kg.loaders.engine import load
    from kg.project import Project

    with tempfile.TemporaryDirectory(prefix="kg-bench-") as name:
        folder = Path(name)
        file = folder / "20320101120000.export.CSV"
        rows(file, ROWS)
        empty = Project.init(folder / "empty").root
        number = iter(range(1_000))

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
        quads = sum(1 for _ in ready.open("rb"))

        def bare() -> None:
            store = ox.Store(str(folder / f"bare-{next(number)}"))
            store.bulk_load(path=str(ready), format=ox.RdfFormat.N_QUADS)
            store.flush()

        times = alternate({"bare Oxigraph": bare, "kg load": ours}, 3)
        from statistics import median

        aim = 1.5 * median(times["bare Oxigraph"])
        reached = report(
            "tables-bulk",
            times,
            rival="bare Oxigraph",
            ours="kg load",
            aim=aim,
            packages=("pyoxigraph", "duckdb", "ibis-framework"),
            note=f"{ROWS:,} rows of GDELT to {quads:,} quads; the rival loads ready N-Quads",
            peak_megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )

        def memory() -> None:
            from rdflib import Dataset

            Dataset().parse(ready, format="nquads")

        times = alternate({"rdflib memory": memory, "kg load": ours}, 3)
        aim = median(times["rdflib memory"]) / 10
        return 0 if report("tables-rdflib", times, rival="rdflib memory", ours="kg load", aim=aim) and reached else 1


if __name__ == "__main__":
    sys.exit(main())
