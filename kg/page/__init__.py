"""Pages: one self-contained HTML file that shows a part of the graph, works offline and can be sent on.

:func:`render` draws a network, :func:`timeline` the acts between two over time; both return the text of the
file. :func:`project_page` chooses from a project what to draw. :func:`write` puts a text on disk.
"""

from importlib import import_module
from typing import Any

_EXPORTS = {
    "Act": "kg.page.chronicle",
    "ClassStyle": "kg.page.style",
    "Page": "kg.page.make",
    "PageError": "kg.page.shell",
    "project_page": "kg.page.make",
    "render": "kg.page.network",
    "timeline": "kg.page.chronicle",
    "write": "kg.page.shell",
}

__all__ = ["Act", "ClassStyle", "Page", "PageError", "project_page", "render", "timeline", "write"]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'kg.page' has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)
