"""The store on disk: published generations that readers open, and one unpublished one that a writer works on.

A writer links the files of the current generation into a new folder (Oxigraph's backup: milliseconds, whatever the
size), changes and flushes that, and renames a pointer. Readers open published generations only, read-only, and hold a
shared lock on theirs; an old generation goes when nobody holds it. Whatever moment a process dies at, the pointer
names a complete generation. Locks are those of the operating system (``flock``), so that a dead process holds none.
"""

import errno
import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox

from kg.errors import Locked, ProjectError

__all__ = ["Generations", "Writer", "replacing", "write_atomically"]


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes its name only when it is complete; a crash leaves the old content.

    What a symbolic link names is replaced, not the link; a device or a pipe is written to as it is.

    Raises:
        OSError: it cannot be written; the error names `path`.
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        # A new name each time, which nobody can have prepared.
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the content of a file so that a reader, or a crash, sees the old or the new one and nothing between."""
    with replacing(path) as file:
        file.write(data)


def _open(folder: Path, *, reading: bool) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder)) if reading else ox.Store(str(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise ProjectError(
            f"The store in {folder} cannot be opened ({' '.join(str(error).split())}). Where the disk is full, make "
            "room; else restore the folder .kg from a backup, or make a new project and load the sources again."
        ) from None


class Generations:
    """The generations of one store, in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "current"

    def current(self) -> Path:
        """The folder of the published generation.

        Raises:
            ProjectError: there is none, so that the store is damaged.
        """
        try:
            name = self.pointer.read_text(encoding="ascii").strip()
        except UnicodeDecodeError:
            name = ""
        except FileNotFoundError:
            # A pointer that was lost can mean only one thing where there is only one generation.
            there = [path.name for path in self.root.glob("[0-9]*") if path.is_dir()]
            name = there[0] if len(there) == 1 else ""
        folder = self.root / name
        if not name.isdigit() or not folder.is_dir():
            raise ProjectError(
                f"The store in {self.root} is damaged: {self.pointer.name!r} names no generation; "
                "restore the folder from a backup, or make a new project and load the sources again."
            )
        return folder

    @contextmanager
    def reading(self) -> Iterator[ox.Store]:
        """Open the published generation for reading; it stays as it is however long it is held."""
        while True:
            folder = self.current()
            with self._held(folder):
                if self.current() != folder or not folder.is_dir():
                    continue
                yield _open(folder, reading=True)
                return

    @contextmanager
    def _held(self, folder: Path) -> Iterator[None]:
        """Keep a generation from being swept. A folder that cannot be written needs no lock: nobody sweeps it."""
        try:
            lock = (self.root / f"{folder.name}.lock").open("a")
        except OSError as error:
            if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
                raise
            yield
            return
        with lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield

    def create(self, first: "ox.Store | None" = None) -> None:
        """Make the first generation, a copy of `first` or empty, unless there is one."""
        if self.pointer.exists() or any(self.root.glob("[0-9]*/CURRENT")):
            return
        self.root.mkdir(parents=True, exist_ok=True)
        folder = self.root / "1"
        if folder.exists():
            shutil.rmtree(folder)
        if first is None:
            ox.Store(str(folder)).flush()
        else:
            first.backup(str(folder))
        self._point(folder)

    def _point(self, folder: Path) -> None:
        write_atomically(self.pointer, folder.name.encode())

    def sweep(self) -> None:
        """Remove what no reader holds and no pointer names. Only for the process that holds the writer's lock."""
        keep = self.current().name
        for folder in self.root.iterdir():
            if not folder.is_dir() or folder.name == keep:
                continue
            lock_file = self.root / f"{folder.name}.lock"
            with lock_file.open("a") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                shutil.rmtree(folder, ignore_errors=True)
                lock_file.unlink(missing_ok=True)


class Writer:
    """The one writer of a store, on a generation that nobody sees before `publish`.

    Use it as a context manager: leaving it publishes what was changed, leaving it by an exception throws it away.
    """

    def __init__(self, generations: Generations, *, wait: float = 10.0) -> None:
        self.generations = generations
        self._wait = wait
        self.changed = False

    def __enter__(self) -> Self:
        self._lock = (self.generations.root / "writer.lock").open("a")
        deadline = time.monotonic() + self._wait
        while True:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    self._lock.close()
                    raise Locked(
                        f"Another process is writing to this project (waited {self._wait:g} s); "
                        "try again when it is done."
                    ) from None
                time.sleep(0.05)
        try:
            self.generations.sweep()
            self._begin()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self.changed:
                self._finish()
                self.generations.sweep()
            else:
                self._drop()
        finally:
            self._lock.close()

    def publish(self) -> None:
        """Let readers see all that was changed so far, and go on."""
        if self.changed:
            self._finish()
            self.generations.sweep()
            self._begin()

    def undo(self) -> None:
        """Throw away what was changed since the last publication, and go on."""
        self._drop()
        self._begin()

    def replace_store(self, folder: Path) -> None:
        """Go on with the store in `folder` (made beside the generations, flushed and closed) instead."""
        self._drop()
        folder.rename(self._folder)
        self.store = _open(self._folder, reading=False)
        self.changed = True

    @property
    def workspace(self) -> Path:
        """A folder on the same file system for files of this writer; it goes with the next sweep."""
        path = self.generations.root / f"work-{os.getpid()}"
        path.mkdir(exist_ok=True)
        return path

    def _begin(self) -> None:
        current = self.generations.current()
        self._folder = self.generations.root / str(int(current.name) + 1)
        if self._folder.exists():
            shutil.rmtree(self._folder)
        try:
            _open(current, reading=True).backup(str(self._folder))
        except (OSError, RuntimeError) as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise ProjectError(f"The store in {current} cannot be written to ({error}); is the disk full?") from None
        self.store = _open(self._folder, reading=False)
        self.changed = False

    def _finish(self) -> None:
        try:
            self.store.flush()
        except (OSError, RuntimeError) as error:
            raise ProjectError(
                f"What was changed cannot be written ({error}); is the disk full? Nothing of it was kept."
            ) from None
        del self.store
        _sync_folder(self._folder)
        self.generations._point(self._folder)

    def _drop(self) -> None:
        if hasattr(self, "store"):
            del self.store
        shutil.rmtree(self._folder, ignore_errors=True)
