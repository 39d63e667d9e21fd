"""``kg --help`` against ``python -c 'import click'``: at most 1.6 times as long plus 60 ms."""

import statistics
import subprocess
import sys
from pathlib import Path

from measure import alternate, report

COMMANDS = {
    "python -c 'import click'": [sys.executable, "-c", "import click"],
    "kg --help": [str(Path(sys.executable).parent / "kg"), "--help"],
}


def main() -> int:
    """Measure 15 starts of each."""
    times = alternate(
        {
            name: lambda command=command: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            for name, command in COMMANDS.items()
        },
        rounds=15,
    )
    rival, ours = times
    aim = 1.6 * statistics.median(times[rival]) + 0.060
    return 0 if report("startup", times, rival=rival, ours=ours, aim=aim, packages=["click"]) else 1


if __name__ == "__main__":
    sys.exit(main())
