"""Work on large files side by side, with how far it is: a bar with rate and time left, on a terminal only."""

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path

__all__ = ["side_by_side", "threads_for"]

_LARGE = 64 * 1024 * 1024
# More threads would hold more files in memory, and the disk is shared.
_MOST_THREADS = 4


def threads_for(files: int) -> int:
    """On how many of so many files `side_by_side` works at a time."""
    return max(1, min(_MOST_THREADS, files, os.cpu_count() or 1))


def side_by_side(files: Sequence[Path], work: Callable[[Path], None]) -> None:
    """Do `work` on each file, several at a time; a large load on a terminal shows how many bytes are done.

    The first error ends it, when what runs already is through.
    """
    sizes = {file: file.stat().st_size for file in files}
    with ExitStack() as stack:
        advance = _bar(stack, sum(sizes.values()))
        pool = ThreadPoolExecutor(threads_for(len(files)))
        stack.callback(pool.shutdown, cancel_futures=True)
        running = {pool.submit(work, file): file for file in files}
        for done in as_completed(running):
            done.result()
            advance(sizes[running[done]])


def _bar(stack: ExitStack, total: int) -> Callable[[int], object]:
    """What to call with the bytes that were done; the bar goes when `stack` is left."""
    if not sys.stderr.isatty() or total < _LARGE:
        return lambda size: None
    from rich.console import Console
    from rich.errors import LiveError
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("Loading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=total)
    try:
        bar.start()
    except LiveError:  # the caller shows a bar of its own
        return lambda size: None
    stack.callback(bar.stop)
    return lambda size: bar.advance(task, size)
