"""How far a long load is: a bar with rate and time left, on a terminal only."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["watched"]

_LARGE = 64 * 1024 * 1024


@contextmanager
def watched(files: Sequence[Path]) -> Iterator[Iterator[Path]]:
    """The files one by one; a large load on a terminal shows how many bytes of them are done."""
    sizes = [file.stat().st_size for file in files]
    if not sys.stderr.isatty() or sum(sizes) < _LARGE:
        yield iter(files)
        return
    from rich.console import Console
    from rich.errors import LiveError
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("Loading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=sum(sizes))

    def step() -> Iterator[Path]:
        for file, size in zip(files, sizes, strict=True):
            yield file
            bar.advance(task, size)

    try:
        bar.start()
    except LiveError:  # the caller shows a bar of its own
        yield iter(files)
        return
    try:
        yield step()
    finally:
        bar.stop()
