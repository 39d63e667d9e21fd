"""Run the programs of this folder (all, or those named) and end with one table of what they measured.

Usage: run.py [NAME ...]    exit code 1 when an aim was missed or a program failed
"""

import json
import subprocess
import sys
from pathlib import Path

from measure import RESULTS, machine

HERE = Path(__file__).resolve().parent
HELPERS = {"run", "measure"}


def main(names: list[str]) -> int:
    """Run and sum up."""
    programs = sorted(file.stem for file in HERE.glob("*.py") if file.stem not in HELPERS and file.stem[0] != "_")
    unknown = set(names) - set(programs)
    if unknown:
        print(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(programs)}.", file=sys.stderr)
        return 2
    failed = [
        name
        for name in names or programs
        if subprocess.run([sys.executable, HERE / f"{name}.py"], cwd=HERE.parent).returncode != 0
    ]
    rows = [json.loads(file.read_text("utf-8")) for file in sorted(RESULTS.glob("*.json"))]
    print("\n| what | ours, s | rival, s | ratio | aim, s | reached |\n|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row['name']} | {row['median'][row['ours']]:.3f} | {row['median'][row['rival']]:.3f} "
            f"| {row['ratio']} | {row['aim_seconds']:.3f} | {'yes' if row['reached'] else 'no'} |"
        )
    print("\n" + ", ".join(f"{key} {value}" for key, value in machine().items()))
    if failed:
        print(f"Missed or failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
