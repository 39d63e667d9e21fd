"""Reading files ahead of the one that is being written, in processes of their own.

Processes are started afresh (spawn): the one that writes has the store open, whose threads do not survive a fork.
"""

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import KgError, LoadError
from kg.loaders.base import BulkLoader, Loaded, Loader, Options

__all__ = ["Job", "Readers"]

_WORTH = 8  # files: starting a process costs two seconds of importing
_AHEAD = 4  # files per process that are read before they are written
_FILES_PER_PROCESS = 300  # then a fresh one takes over: parsers never forget a word

Read = tuple[Loaded, ...]


@dataclass(slots=True)
class Job:
    """One file to be loaded: by which loader, its fingerprint, whether that was loaded before, or why it cannot be."""

    path: Path
    loader: Loader | BulkLoader | None = None
    digest: str = ""
    unchanged: bool = False
    error: str | None = None
    future: "Future[Read | KgError] | None" = None


class Readers:
    """The processes that read; none where only few files are to be read. Use it as a context manager."""

    def __init__(self, workers: int, options: Options) -> None:
        self.workers = workers
        self.options = options
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def ahead(self, jobs: Iterable[Job], count: int) -> Iterator[Job]:
        """The jobs in their order, while the next ones are being read."""
        many = self.workers > 1 and count >= _WORTH
        window: deque[Job] = deque()
        for job in jobs:
            if many:
                self._submit(job)
            window.append(job)
            while len(window) > (self.workers * _AHEAD if many else 0):
                yield window.popleft()
        yield from window

    def result(self, job: Job, loader: Loader) -> Read:
        """What was read from the file of a job.

        Raises:
            KgError: it cannot be read.
        """
        future = job.future
        if future is None:
            with ThreadPoolExecutor(1) as here:
                future = here.submit(_read_or_error, job.path, loader.name, self.options)
        fault = future.exception()
        if isinstance(fault, BrokenProcessPool):
            self._stop()
            with self._started(1) as alone:  # it may have been the file beside it that ended the process
                future = alone.submit(_read_or_error, job.path, loader.name, self.options)
                fault = future.exception()
        if isinstance(fault, BrokenProcessPool):
            raise LoadError(f"{job.path} cannot be read: the process that read it died, perhaps out of memory.")
        if fault is not None:
            raise LoadError(f"{job.path} cannot be read: {type(fault).__name__}: {fault}. This is a fault of kg.")
        found = future.result()
        if isinstance(found, KgError):
            raise found
        return found

    def _submit(self, job: Job) -> None:
        if job.loader is None or job.unchanged or isinstance(job.loader, BulkLoader):
            return
        if self._pool is None:
            self._pool = self._started(self.workers)
        try:
            job.future = self._pool.submit(_read_or_error, job.path, job.loader.name, self.options)
        except BrokenProcessPool:
            self._stop()
            self._submit(job)

    @staticmethod
    def _started(workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=get_context("spawn"),
            initializer=_end_with_parent,
            max_tasks_per_child=_FILES_PER_PROCESS,
        )

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _end_with_parent() -> None:
    """See to it that a process that reads does not outlive the one that writes, even where that one was killed."""

    def wait() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _read_or_error(path: Path, loader: str, options: Options) -> "Read | KgError":
    from kg.loaders.registry import named_loader

    found = named_loader(loader)
    assert isinstance(found, Loader)
    try:
        return tuple(found.load(path, options))
    except KgError as error:
        return LoadError(str(error))
