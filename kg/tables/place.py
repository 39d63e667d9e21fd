"""Which file a source of tables rests on, so that no other table takes its place unnoticed."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg import iris
from kg.errors import LoadError

if TYPE_CHECKING:
    from kg.loading import Loading

__all__ = ["check_place", "logged_name"]

# What restores a graph names no table.
_RESTORES = {"rdf", "bundle"}


def logged_name(loading: "Loading", path: Path) -> str:
    """The path of a file as the log keeps it: as seen from the project, so that both may be moved together."""
    return os.path.relpath(path.resolve(), loading.folder.parent.resolve())


def check_place(loading: "Loading", source: str, path: Path) -> None:
    """Make sure that a file may say what a source says: nothing is there yet, or the same file was read before.

    A file is the same by its path; where nothing stands at the earlier path any more, it was moved, and its name tells.

    Raises:
        LoadError: the source rests on another file.
    """
    from kg.tables.bulk import last_load

    before = last_load(loading.store, source)
    if before is None or before.loader in _RESTORES:
        return
    there = loading.folder.parent / before.file
    if there.resolve() == path.resolve() or (there.name == path.name and not there.exists()):
        return
    key = iris.code_of(source)
    raise LoadError(
        f"{path} would take the place of {before.file}: both are named {key!r}. Give it a name of its own with "
        f"--id NAME (or 'source: {{id: NAME}}' in its map); where it is to take that place, 'kg forget {key}' first."
    )
