"""Pages: one self-contained HTML file that shows a part of the graph, works offline and can be sent on.

:func:`render` draws a network, :func:`timeline` the acts between two over time; both return the text of the
file. :func:`write` puts such a text on disk.
"""

from importlib import import_module
from typing import Any

_EXPORTS = {
    "Act": "kg.page.timeline",
    "ClassStyle": "kg.page.style",
    "render": "kg.page.render",
    "timeline": "kg.page.timeline",
    "write": "kg.page.shell",
}

__all__ = ["Act", "ClassStyle", "render", "timeline", "write"]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'kg.page' has no attribute {name!r}")
    # A submodule may bear the name of its function; the function is what people want.
    value = getattr(import_module(_EXPORTS[name]), name)
    globals()[name] = value
    return value
