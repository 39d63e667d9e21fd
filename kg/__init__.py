"""A knowledge graph of relations between states that keeps its sources.

Names of the public surface are imported when they are first used, so that ``import kg`` costs nothing.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# Public name -> module that defines it.
_EXPORTS = {
    "Graph": "kg.graph",
    "KgError": "kg.errors",
    "Project": "kg.project",
    "UsageError": "kg.errors",
}

__all__ = ["Graph", "KgError", "Project", "UsageError", "__version__"]


def __getattr__(name: str) -> Any:
    try:
        module = _EXPORTS[name]
    except KeyError:
        raise AttributeError(f"module 'kg' has no attribute {name!r}") from None
    return getattr(import_module(module), name)


def __dir__() -> list[str]:
    return sorted(__all__)
