"""Small things about files that the server's parts share: locks, private files, whole writes."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import MirrorError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold `path` as a lock, waiting for whoever holds it; the lock ends with the process."""
    if sys.platform == "win32":
        raise MirrorError(
            "A server of one's own needs Linux or macOS (on Windows: WSL); with another server use --uri."
        )
    else:
        import fcntl

        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def write_whole(path: Path, text: str, *, private: bool = False) -> None:
    """Write a text file so that readers see the old or the new one; `private`: only the user may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def tail(path: Path, lines: int = 12) -> str:
    """The last lines of a text file, indented; empty when there is no such file."""
    try:
        text = path.read_bytes()[-16384:].decode("utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:] if line.strip())
