"""Reading the graph in processes of their own, each of which takes one source after the other.

What is done with a source is a *task*, a function ``(graphs, sources, *arguments)`` that yields what it finds; what it
yields travels to the process that began it. The processes are started afresh by a command, so that they need nothing of
the program that calls (no ``if __name__ == "__main__"``); when that one dies they end at the next source.
"""

import os
import pickle
import pkgutil
import subprocess
import sys
import tempfile
import threading
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import Full, Queue
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import MirrorError
from kg.mirror.graphs import Graphs, Survey, surveyed

__all__ = ["SHORTCUTS", "Task", "working"]

# Stands among the sources for the shortcuts, which belong to none.
SHORTCUTS = ""
_WAITING = 4

Task = Callable[..., Iterator[Any]]


@contextmanager
def working(
    graphs: Graphs, task: Task, *arguments: Any, workers: int, sources: Sequence[str] | None = None
) -> Iterator[Iterator[Any]]:
    """Begin a task over all sources and the shortcuts; what is given yields what it finds.

    A store that is not on disk is read by this process.

    Args:
        graphs: what to read.
        task: a function on the top level of its module.
        arguments: what it is given besides.
        workers: number of processes, 0 for this one; fewer where there are fewer processors or sources.
        sources: in which order; the largest first when None.

    Raises:
        MirrorError: one of the processes failed.
    """
    if graphs.folder is None or workers == 0:
        yield task(graphs, iter(sources or [*graphs.names, SHORTCUTS]), *arguments)
        return
    count = max(1, min(workers, os.cpu_count() or 1, len(graphs.names)))
    with ExitStack() as stack:
        begun = [stack.enter_context(_Worker()) for _ in range(count)]
        work = _Work(graphs, sources, count)
        found: Queue[Any] = Queue(_WAITING * count)
        for number, worker in enumerate(begun):
            worker.begin(graphs.names[number::count], task, arguments, work, found)
        yield _gathered(begun, found)


class _Work:
    """The sources that nobody has taken yet, once all processes together have surveyed the graphs."""

    def __init__(self, graphs: Graphs, sources: Sequence[str] | None, workers: int) -> None:
        self.graphs = graphs
        self._given = sources
        self._codes: dict[str, array[int]] = {}
        self._left: Iterator[str] = iter(())
        self._lock = threading.Lock()
        self._surveyed = threading.Barrier(workers, self._put_together)

    def survey(self, codes: "Mapping[str, array[int]]") -> Survey:
        """Take what one process found, and wait for the others.

        Raises BrokenBarrierError when one of them has failed.
        """
        with self._lock:
            self._codes.update(codes)
        self._surveyed.wait()
        return self.graphs.survey()

    def _put_together(self) -> None:
        self.graphs.know(surveyed(self._codes))
        self._codes.clear()
        self._left = iter(self._given or [SHORTCUTS, *self.graphs.by_size()])

    def next(self) -> str | None:
        with self._lock:
            return next(self._left, None)

    def failed(self) -> None:
        """Let nobody wait for a process that is gone."""
        self._surveyed.abort()


class _Ask:
    """Sent by a process that wants the next source."""


class _End:
    """Put into the queue when a process is through or has failed; `error` is what it said last."""

    def __init__(self, error: str | None) -> None:
        self.error = error


def _gathered(workers: list["_Worker"], found: "Queue[Any]") -> Iterator[Any]:
    running = len(workers)
    while running:
        item = found.get()
        if not isinstance(item, _End):
            yield item
        elif item.error is not None:
            raise MirrorError(f"A process that read the graph failed; try again. It said last: {item.error}")
        else:
            running -= 1


class _Worker:
    """One process, and the thread that listens to it. Leaving it ends both."""

    def __enter__(self) -> "_Worker":
        self._ended = False
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            # -P: no module of the folder in which somebody happens to be.
            [sys.executable, "-P", "-c", f"from {__name__} import main; main()"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            # What was not sent yet to a process that is gone cannot be sent any more.
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def begin(
        self, share: Sequence[str], task: Task, arguments: tuple[Any, ...], work: _Work, found: "Queue[Any]"
    ) -> None:
        """Say what is to be done, and which graphs to survey before, and listen."""
        name = f"{task.__module__}:{task.__qualname__}"
        first = (str(work.graphs.folder), work.graphs.names, share, name, arguments)
        threading.Thread(target=self._listen, args=(first, work, found), daemon=True).start()

    def _listen(self, first: object, work: _Work, found: "Queue[Any]") -> None:
        here, there = self._process.stdin, self._process.stdout
        assert here is not None
        assert there is not None
        error: str | None = None
        try:
            _send(here, first)
            _send(here, work.survey(_receive(there)))
            while (item := _receive(there)) is not None:
                if isinstance(item, _Ask):
                    _send(here, work.next())
                else:
                    self._tell(found, item)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            if not self._ended:
                error = self._last_words()
            work.failed()
        except threading.BrokenBarrierError:
            # The one that failed says why.
            pass
        self._tell(found, _End(error))

    def _tell(self, found: "Queue[Any]", item: object) -> None:
        while not self._ended:
            with suppress(Full):
                found.put(item, timeout=0.5)
                return

    def _last_words(self) -> str:
        code = self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"nothing (it was ended with {code})"


def _send(pipe: IO[bytes], item: object) -> None:
    pickle.dump(item, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    return pickle.load(pipe)  # noqa: S301 - what kg itself sent


def main() -> None:
    """What a process does."""
    here, out = sys.stdin.buffer, sys.stdout.buffer
    try:
        folder, names, share, task, arguments = _receive(here)
        graphs = Graphs(ox.Store.read_only(folder), names, on_disk=True, folder=Path(folder))
        _send(out, graphs.codes(share))
        graphs.know(_receive(here))

        def sources() -> Iterator[str]:
            while True:
                _send(out, _Ask())
                name = _receive(here)
                if name is None:
                    return
                yield name

        for item in pkgutil.resolve_name(task)(graphs, sources(), *arguments):
            _send(out, item)
        _send(out, None)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        # The other end is gone.
        os._exit(1)
