"""Ten times as many quads: at most 12 times the time, and 4 GB; one more document: at most 1.5 times an empty store.

KG_BENCH_LARGE_QUADS says how many (500,000; 10,000,000 with KG_BENCH_FULL=1). Each load runs in a process of its own,
whose peak memory counts. A full round takes about two minutes on a quiet machine; KG_BENCH_LARGE_ROUNDS (the number
of rounds, but at most 2 at full size) says how often the large load is measured.
"""

import os
import shutil
import sys
from pathlib import Path
from statistics import median

from _tables_data import FULL, PER_EVENT, ROUNDS, events, in_turn, load_apart, put_document, size, workshop
from measure import report, seconds

QUADS = size("KG_BENCH_LARGE_QUADS", 500_000, 10_000_000)
LARGE_ROUNDS = int(os.environ.get("KG_BENCH_LARGE_ROUNDS", min(ROUNDS, 2) if FULL else ROUNDS))
LIMIT = 4_096


def main() -> int:
    """Measure."""
    from kg.project import Project

    with workshop() as folder:
        empty = Project.init(folder / "empty").root
        rows = round(QUADS / PER_EVENT)
        files = {}
        for name, number in (("small", rows // 10), ("large", rows)):
            (folder / f"{name}-rows").mkdir()
            files[name] = events(folder / f"{name}-rows", number)
        peaks: dict[str, list[int]] = {"small": [], "large": []}

        def loaded(name: str) -> float:
            target = folder / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(empty, target)
            took, peak = load_apart(target, files[name], "gdelt")
            peaks[name].append(peak)
            return took

        works = {name: lambda turn, name=name: loaded(name) for name in files}
        times = in_turn(works, LARGE_ROUNDS)
        peak = max(peaks["large"])
        reached = report(
            "tables-large",
            times,
            rival="small",
            ours="large",
            aim=12 * median(times["small"]),
            packages=("pyoxigraph", "duckdb", "ibis-framework"),
            note=f"GDELT rows to about {QUADS // 10:,} and {QUADS:,} quads; at most {LIMIT:,} MB",
            peak_megabytes=peaks,
        )
        print(f"tables-large: peak memory {peak:,} MB of {LIMIT:,}: {'reached' if peak <= LIMIT else 'MISSED'}")
        return not (document(folder, empty) and reached and peak <= LIMIT)


def document(folder: Path, empty: Path) -> bool:
    """One more document into the large store and into an empty one."""

    def work(store: Path, turn: int) -> float:
        return seconds(lambda: put_document(store, f"more-{turn}"))

    works = {"into an empty store": lambda turn: work(empty, turn), "into the large": lambda turn: work(folder / "large", turn)}  # noqa: E501  # fmt: skip
    times = {name: taken[1:] for name, taken in in_turn(works, max(3, ROUNDS) + 1).items()}
    return report(
        "tables-document",
        times,
        rival="into an empty store",
        ours="into the large",
        aim=1.5 * median(times["into an empty store"]),
        packages=("pyoxigraph",),
        note=f"a document of 40 statements, published, into about {QUADS:,} quads",
    )


if __name__ == "__main__":
    sys.exit(main())
