"""A long load shows how far it is: rate and time left on a terminal, nothing into a file or pipe."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

_CODE = """
import sys, time
from pathlib import Path
from kg.tables import progress
progress._LARGE = 1
progress.side_by_side([Path(name) for name in sys.argv[1:]], lambda file: time.sleep(0.5))
"""


def shown(files: list[Path], *, terminal: bool) -> str:
    command = [sys.executable, "-c", _CODE, *map(str, files)]
    if not terminal:
        return subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True).stderr
    ours, theirs = pty.openpty()
    child = subprocess.Popen(command, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"})
    os.close(theirs)
    text = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        text += part
    os.close(ours)
    assert child.wait() == 0
    return text.decode()


def test_on_a_terminal_rate_and_time_left(tmp_path: Path) -> None:
    files = []
    for number in range(5):
        files.append(tmp_path / f"lines-{number}")
        files[-1].write_bytes(b"x" * 2_000_000)
    text = shown(files, terminal=True)
    assert "Loading" in text
    assert re.search(r"[2468]\.0/10\.0 MB", text)
    assert re.search(r"\d+\.\d MB/s", text)
    assert re.search(r"0:00:0[0-9]", text)


def test_no_bar_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(b"x" * 1000)
    assert shown([tmp_path / "lines"], terminal=False) == ""
