"""The server's process: start it apart from this one, find it again, end it."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from kg.errors import MirrorError

_LAUNCH = '"$@" >"$0" 2>&1 </dev/null & echo $!'


def environment() -> dict[str, str]:
    """This process's environment without what would change the server or name a password."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "KG_"))}


def launch(command: list[str], home: Path, log: Path) -> int:
    """Start a process of its own that outlives this one and is nobody's child; return its number."""
    ran = subprocess.run(
        ["/bin/sh", "-c", _LAUNCH, str(log), *command],
        cwd=home,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=True,
    )
    return int(ran.stdout)


def is_process(pid: int, mark: str) -> bool:
    """Whether the process is alive and has `mark` among its arguments (numbers are given out again)."""
    arguments = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        try:
            return mark.encode() in arguments.read_bytes().split(b"\0")
        except OSError:
            return False
    ran = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return mark in ran.stdout


def end(pid: int, mark: str, seconds: float) -> None:
    """Ask the process to end, wait, and kill it when it does not; what was committed survives either way."""
    for sign, patience in ((signal.SIGTERM, seconds), (signal.SIGKILL, 10.0)):
        until = time.monotonic() + patience
        with suppress(ProcessLookupError):
            if is_process(pid, mark):
                os.kill(pid, sign)
        while is_process(pid, mark):
            if time.monotonic() > until:
                break
            time.sleep(0.05)
        else:
            return
    raise MirrorError(f"The server (process {pid}) does not end; end it with 'kill -9 {pid}'.")
