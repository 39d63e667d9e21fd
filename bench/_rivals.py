"""The environment of the peers that are measured: made once, apart from that of kg."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

_WANTED = Path(__file__).with_name("requirements.txt")


def python() -> Path | None:
    """The Python that has the peers; None (and a word on standard error) where they cannot be installed."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    state = hashlib.sha256(_WANTED.read_bytes()).hexdigest()[:12]
    folder = cache / "bilateral-kg" / f"bench-rivals-{state}"
    found = folder / "bin" / "python"
    if not found.exists():
        building = folder.with_name(folder.name + ".part")
        shutil.rmtree(building, ignore_errors=True)
        venv.create(building, with_pip=True)
        made = subprocess.run([building / "bin" / "python", "-m", "pip", "install", "-q", "-r", _WANTED])
        if made.returncode != 0:
            print("The peers of bench/requirements.txt cannot be installed: not measured.", file=sys.stderr)
            return None
        building.rename(folder)
    return found


def took(*command: str | Path, folder: Path | None = None, limit: float | None = None) -> float | None:
    """Seconds that a rival needed by its own count, without the time to start; None when it did not end in time.

    Args:
        command: a program that prints ``took SECONDS``.
        folder: where it runs.
        limit: seconds after which it is stopped.
    """
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, cwd=folder)
    except subprocess.TimeoutExpired:
        return None
    lines = [line for line in done.stdout.splitlines() if line.startswith("took ")]
    if done.returncode != 0 or not lines:
        raise SystemExit(f"the rival failed: {done.stderr[-800:]}")
    return float(lines[-1].split()[1])
