"""Coded events as published to a store that answers: at least 10 times faster than rdflib's memory and than KGX.

The rivals are given ready quads, so that they have nothing to map. rdflib reads all of them; KGX reads a slice of
triples, and its time is multiplied to the same number. KGX runs in an environment of its own (bench/requirements.txt),
build/bench or the Python that KG_BENCH_KGX names; where there is none, it is left out.

KG_BENCH_TABLE_QUADS says how many quads (100,000; 1,000,000 with KG_BENCH_FULL=1, about five minutes), KG_BENCH_SLICE
how many of them KGX is given (5,000; 20,000).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median

from _tables_data import PER_EVENT, ROUNDS, events, in_turn, load_apart, size, workshop
from measure import report

QUADS = size("KG_BENCH_TABLE_QUADS", 100_000, 1_000_000)
SLICE = size("KG_BENCH_SLICE", 5_000, 20_000)
HERE = Path(__file__).resolve().parent
KGX = Path(os.environ.get("KG_BENCH_KGX", HERE.parent / "build" / "bench" / "bin" / "python"))
_RDFLIB = """
import sys, time
from rdflib import Dataset
began = time.perf_counter()
found = Dataset()
found.parse(sys.argv[1], format="nquads")
print("took", time.perf_counter() - began)
"""


def rival(*command: str | Path) -> float:
    """Seconds that a rival needed by its own count, without the time to start."""
    done = subprocess.run(command, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("took ")]
    if done.returncode != 0 or not lines:
        raise SystemExit(f"the rival failed: {done.stderr[-800:]}")
    return float(lines[-1].split()[1])


def main() -> int:
    """Measure."""
    import pyoxigraph as ox

    from kg import iris
    from kg.project import Project

    with workshop() as folder:
        file = events(folder, round(QUADS / PER_EVENT))
        empty = Project.init(folder / "empty").root

        def ours(turn: int) -> float:
            target = folder / "ours"
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(empty, target)
            return load_apart(target, file, "gdelt")[0]

        ours(0)
        ready, part = folder / "ready.nq", folder / "part.nt"
        with Project.find(folder / "ours").reading() as graph:
            name = iris.source("gdelt-20320101120000")
            with ready.open("wb") as out:
                ox.serialize(graph.quads(name), out, ox.RdfFormat.N_QUADS)
            with part.open("wb") as out:
                ox.serialize((q.triple for q in islice(graph.quads(name), SLICE)), out, ox.RdfFormat.N_TRIPLES)
        with ready.open("rb") as lines:
            quads = sum(1 for _ in lines)
        works: dict[str, Callable[[int], float]] = {
            "rdflib memory": lambda turn: rival(sys.executable, "-c", _RDFLIB, ready)
        }
        notes = {"rdflib memory": f"{quads:,} ready quads"}
        if KGX.exists():
            scale = quads / min(SLICE, quads)
            works["KGX"] = lambda turn: scale * rival(KGX, HERE / "_kgx.py", part, folder / "part")
            notes["KGX"] = f"seconds of {SLICE:,} ready triples, times {scale:.1f}; without the internet, see _kgx.py"
        else:
            print(f"KGX: not measured; there is no {KGX} (see bench/requirements.txt)", file=sys.stderr)
        times = in_turn({**works, "kg load": ours}, ROUNDS)
        reached = [
            report(f"tables-{key.split()[0].lower()}", {k: times[k] for k in (key, "kg load")}, rival=key,
                   ours="kg load", aim=median(times[key]) / 10, packages=("rdflib", "pyoxigraph"),
                   note=f"{notes[key]}; ours maps GDELT rows to {quads:,} quads", quads=quads)
            for key in works
        ]  # fmt: skip
        return not all(reached)


if __name__ == "__main__":
    sys.exit(main())
