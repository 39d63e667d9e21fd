"""All loaders, and which of them reads a file."""

from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from kg.errors import LoadError, UnknownName
from kg.loaders.base import BulkLoader, Loader

__all__ = ["find_loader", "head_of", "loaders"]

# Modules with a tuple LOADERS. Importing one must be cheap: what is heavy is imported when a file is read.
_MODULES = (
    "kg.loaders.text",
    "kg.loaders.transcript",
    "kg.loaders.html",
    "kg.loaders.records",
    "kg.loaders.rdf",
    "kg.loaders.bundle",
    "kg.tables.loaders",
)
_HEAD = 8192


@lru_cache(maxsize=1)
def loaders() -> dict[str, Loader | BulkLoader]:
    """Every loader by name, in the order of the registry."""
    found = [loader for module in _MODULES for loader in import_module(module).LOADERS]
    return {loader.name: loader for loader in found}


def named_loader(name: str) -> Loader | BulkLoader:
    """The loader of that name.

    Raises:
        UnknownName: there is none.
    """
    known = loaders()
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        raise UnknownName(f"There is no loader {name!r}; there are {', '.join(known)}.", near)
    return known[name]


def head_of(path: Path) -> bytes:
    """The first bytes of a file; none of a folder.

    Raises:
        LoadError: it cannot be read.
    """
    if path.is_dir():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise LoadError(f"{path} cannot be read: {error.strerror or error}.") from None


def find_loader(path: Path, name: str | None = None) -> Loader | BulkLoader | None:
    """The loader of that name, else the one that is most sure of a file or folder; None when no loader knows it.

    Raises:
        UnknownName: there is no loader of that name.
        LoadError: the file cannot be read.
    """
    if name is not None:
        return named_loader(name)
    head = head_of(path)
    best, sure = None, 0.0
    for loader in loaders().values():
        here = loader.matches(path, head)
        if here > sure:
            best, sure = loader, here
    return best
