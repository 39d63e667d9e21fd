"""How the programs of this folder measure and report: rival and ours in turn, in one run, as a ratio."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternate(works: Mapping[str, Callable[[], object]], rounds: int = 3) -> dict[str, list[float]]:
    """Time the works in turn, ``rounds`` times each, after one round that does not count."""
    for work in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return times


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        processor = models[0].partition(":")[2].strip() if models else processor
    return {
        "processor": processor,
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def report(
    name: str,
    times: Mapping[str, Sequence[float]],
    *,
    rival: str,
    ours: str,
    aim: float,
    packages: Sequence[str] = (),
    note: str = "",
    **more: object,
) -> bool:
    """Print one row and write it to ``results/NAME.json``; whether ``ours`` took at most ``aim`` seconds."""
    middle = {key: statistics.median(values) for key, values in times.items()}
    reached = middle[ours] <= aim
    result = {
        "name": name,
        "note": note,
        "seconds": {key: [round(value, 5) for value in values] for key, values in times.items()},
        "median": {key: round(value, 5) for key, value in middle.items()},
        "rival": rival,
        "ours": ours,
        "ratio": round(middle[ours] / middle[rival], 3),
        "aim_seconds": round(aim, 5),
        "reached": reached,
        "machine": machine(),
        "versions": {package: version(package) for package in packages},
        **more,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(
        f"{name}: {ours} {middle[ours]:.3f} s, {rival} {middle[rival]:.3f} s, ratio {result['ratio']}, "
        f"aim {aim:.3f} s: {'reached' if reached else 'MISSED'}"
    )
    return reached
