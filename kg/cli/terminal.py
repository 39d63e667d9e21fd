"""Standard output for what is written as it is: exact into a file or a pipe, harmless on a terminal."""

import sys
from typing import IO, cast

__all__ = ["exact_output"]

# Control characters but tab and newline, which a terminal would obey.
_HARMLESS = bytes(b if b in (9, 10) or (b > 31 and b != 127) else ord("?") for b in range(256))


class _Shown:
    """Bytes that go to a terminal without what could steer it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        self._out.write(bytes(data).translate(_HARMLESS))
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def exact_output() -> IO[bytes]:
    """Standard output as bytes."""
    out = sys.stdout.buffer
    return cast("IO[bytes]", _Shown(out)) if sys.stdout.isatty() else out
