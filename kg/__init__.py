"""A knowledge graph of relations between states that keeps its sources.

    >>> import kg
    >>> graph = kg.open("folder")  # doctest: +SKIP

Names of the public surface are imported when they are first used, so that ``import kg`` costs nothing.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError, UsageError
    from kg.project import Project

__version__ = "0.1.0"

# Public name -> module that defines it.
_EXPORTS = {
    "KgError": "kg.errors",
    "Project": "kg.project",
    "UsageError": "kg.errors",
}

__all__ = ["KgError", "Project", "UsageError", "__version__", "init", "open"]


def init(folder: str | Path = ".") -> "Project":
    """Make a project in a folder, or bring the one that is there up to this version of kg.

    Raises ProjectError when the folder cannot be written or belongs to a later version.
    """
    from kg.project import Project

    return Project.init(folder)


def open(folder: str | Path | None = None) -> "Project":  # noqa: A001  read as kg.open
    """The project in a folder or in the nearest one above it (default: the current folder).

    Raises NoProject when there is none.
    """
    from kg.project import Project

    return Project.find(folder)


def __getattr__(name: str) -> Any:
    try:
        module = _EXPORTS[name]
    except KeyError:
        raise AttributeError(f"module 'kg' has no attribute {name!r}") from None
    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    return sorted(__all__)
