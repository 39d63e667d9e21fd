"""Arrays of edges on disk, mapped into memory: the base of the index, and parts that wait to be put into it.

All of it can be made again from the store, so that a file that is missing, broken or of another version is no error.
"""

import errno
import fcntl
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

import kg
from kg import iris
from kg.ontology import model
from kg.paths.build import COLUMNS, Arrays, step_names
from kg.store import write_atomically

__all__ = ["date_part", "drop_parts", "keep_part", "open_base", "open_part", "save_arrays", "save_base"]

_FORMAT = 2
_PART = (*COLUMNS, "node_block", "node_offsets", "classes")
_BASE = (*_PART, "offsets", "neighbours")
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC)


def _stamp() -> dict[str, Any]:
    """What must be the same for arrays to be of use."""
    return {"format": _FORMAT, "kg": kg.__version__, "props": step_names(), "class_names": list(model().classes)}


def save_arrays(folder: Path, arrays: Arrays, meta: Mapping[str, Any] | None = None) -> None:
    """Write arrays into a folder, which is made."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, array in arrays.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, array)
            file.flush()
            # So that after a power cut nothing points to blocks that were never written.
            os.fsync(file.fileno())
    (folder / "meta.json").write_text(json.dumps({**_stamp(), **(meta or {})}), encoding="utf-8")


def _open(folder: Path, names: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if any(meta.get(key) != value for key, value in _stamp().items()):
            return None
        arrays = {}
        for name in names:
            file = folder / f"{name}.npy"
            # An empty array cannot be mapped.
            arrays[name] = np.load(file, mmap_mode="r" if file.stat().st_size > 200 else None)
    except (OSError, ValueError, AttributeError):
        return None
    return arrays, meta


def save_base(folder: Path, arrays: Arrays, meta: Mapping[str, Any]) -> None:
    """Keep the base, unless another process is just doing so or the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            old = _current(folder)
            new = folder / f"base-{int(old.name.removeprefix('base-')) + 1 if old else 1}"
            save_arrays(new, arrays, meta)
            write_atomically(folder / "current", new.name.encode())
            for left in folder.glob("base-*"):
                # Whoever has mapped an older base keeps it: on POSIX an unlinked file lives as long as it is open.
                if left != new:
                    shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        if error.errno not in _READ_ONLY:
            raise


def _current(folder: Path) -> Path | None:
    with suppress(OSError, UnicodeDecodeError):
        path = folder / (folder / "current").read_text(encoding="ascii").strip()
        return path if path.name.removeprefix("base-").isdigit() else None
    return None


def open_base(folder: Path) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Arrays and description of the base; None where there is none of this version of kg."""
    path = _current(folder)
    found = _open(path, _BASE) if path else None
    return found if found is not None and _sound(found[0]) else None


def _sound(arrays: Mapping[str, Any]) -> bool:
    """Whether every number in the adjacency names something that is there, as far as a quick look tells."""
    offsets, neighbours = arrays["offsets"], arrays["neighbours"]
    edges, nodes = len(arrays["start"]), len(arrays["node_offsets"]) - 1
    if len(offsets) != nodes + 1 or offsets[0] != 0 or offsets[-1] != len(neighbours):
        return False
    return all(
        not len(numbers) or (numbers.min() >= 0 and numbers.max() < limit)
        for numbers, limit in ((neighbours, edges), (arrays["start"], nodes), (arrays["end"], nodes))
    )


def _part(folder: Path, source: str, version: str) -> Path:
    # The store drops zeros at the end of a time that it keeps.
    digits = "".join(c for c in version if c.isdigit()).rstrip("0")
    return folder / f"part-{iris.code_of(source)}.{digits}"


def keep_part(folder: Path, source: str, version: str, made: Path) -> int:
    """Keep the edges of one version of a source, saved in the folder `made`, for the next base; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    target = _part(folder, source, version)
    shutil.rmtree(target, ignore_errors=True)
    made.rename(target)
    return len(np.load(target / "start.npy", mmap_mode=None))


def date_part(folder: Path, source: str, version: str, later: str) -> None:
    """Keep a part under a later version of its source, which says the same."""
    _part(folder, source, version).rename(_part(folder, source, later))


def open_part(folder: Path, source: str, version: str) -> dict[str, Any] | None:
    """The arrays of a part; None where there is none."""
    found = _open(_part(folder, source, version), _PART)
    return found[0] if found else None


def drop_parts(folder: Path) -> None:
    """Remove all parts."""
    for left in folder.glob("part-*"):
        shutil.rmtree(left, ignore_errors=True)
