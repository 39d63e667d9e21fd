"""Coded events as published to a store that answers: at least 10 times faster than rdflib's memory and than KGX.

The rivals are given ready quads, so that they have nothing to map. rdflib reads all of them; KGX reads a slice of
triples, and its time is multiplied to the same number. KGX runs in an environment of its own (bench/requirements.txt);
where that cannot be made, it is left out.

KG_BENCH_TABLE_QUADS says how many quads (100,000; 1,000,000 with KG_BENCH_FULL=1, about five minutes), KG_BENCH_SLICE
how many of them KGX is given (5,000; 20,000).
"""

import shutil
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median

import _rivals
from _tables_data import PER_EVENT, ROUNDS, events, in_turn, load_apart, size, workshop, write_quads
from measure import report

QUADS = size("KG_BENCH_TABLE_QUADS", 100_000, 1_000_000)
SLICE = size("KG_BENCH_SLICE", 5_000, 20_000)
HERE = Path(__file__).resolve().parent
_RDFLIB = """
import sys, time
from rdflib import Dataset
began = time.perf_counter()
found = Dataset()
found.parse(sys.argv[1], format="nquads")
print("took", time.perf_counter() - began)
"""


def rival(*command: str | Path) -> float:
    """Seconds that a rival needed, however long."""
    found = _rivals.took(*command)
    assert found is not None
    return found


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
        quads = write_quads(folder / "ours", "gdelt-20320101120000", ready)
        with Project.find(folder / "ours").reading() as graph, part.open("wb") as out:
            some = islice(graph.quads(iris.source("gdelt-20320101120000")), SLICE)
            ox.serialize((q.triple for q in some), out, ox.RdfFormat.N_TRIPLES)
        works: dict[str, Callable[[int], float]] = {
            "rdflib memory": lambda turn: rival(sys.executable, "-c", _RDFLIB, ready)
        }
        notes = {"rdflib memory": f"{quads:,} ready quads"}
        if (python := _rivals.python()) is not None:
            scale = quads / min(SLICE, quads)
            works["KGX"] = lambda turn: scale * rival(python, HERE / "_kgx.py", part, folder / "part")
            notes["KGX"] = f"seconds of {SLICE:,} ready triples, times {scale:.1f}; without the internet, see _kgx.py"
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
