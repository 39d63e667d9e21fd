"""The shell of every page: one file, its scripts and styles inside, and a policy that lets nothing else in.

Whatever comes from outside stands in blocks of JSON that no browser runs, with `<`, `>` and `&` escaped, and is
put on screen as text. The policy names the page's own scripts by their sha256, so that a script that got in all
the same would not run, and forbids every request.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from kg.errors import KgError

_TEMPLATES = ("shell.html", "network.html", "timeline.html")


class PageError(KgError):
    """A page that cannot be made or written."""


@cache
def asset(name: str) -> str:
    """The text of a file in assets/, with line ends as an HTML parser makes them (the digests depend on it)."""
    return _unix((files("kg.page") / "assets" / name).read_text(encoding="utf-8"))


def script(*names: str) -> str:
    """The named scripts of assets/ as one, with a scope of its own."""
    return "(() => {\n" + "\n".join(asset(f"{name}.js") for name in names) + "})();\n"


@cache
def icons() -> dict[str, str]:
    """The drawing of a sign of the ontology, as an SVG path in a square of 24."""
    drawings: dict[str, str] = json.loads(asset("icons.json"))
    return drawings


@cache
def vis_network() -> str:
    """The newest vis-network library that pyvis carries, without the pointer to its source map. Raises PageError."""
    folder = files("pyvis") / "templates" / "lib"
    found = sorted(entry.name for entry in folder.iterdir() if re.fullmatch(r"vis-\d+\.\d+\.\d+", entry.name))
    if not found:
        raise PageError("The installed pyvis carries no vis-network; reinstall it with: pip install 'pyvis>=0.3.2'")
    path = folder / found[-1] / "vis-network.min.js"
    lines = _unix(path.read_text(encoding="utf-8")).split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def environment() -> Environment:
    """A Jinja environment with the templates of the pages; everything is escaped unless it is Markup."""
    templates = {name: asset(name) for name in _TEMPLATES}
    return Environment(loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def frame(title: str, data: Mapping[str, Any], styles: Sequence[str], scripts: Sequence[str]) -> dict[str, Any]:
    """What shell.html needs beside the body: the values stand under the name `page`."""
    for text in (*styles, *scripts):
        if "</" in text and ("</script" in text.lower() or "</style" in text.lower()):
            raise PageError("A script or style of the page would end its own element.")
    css = "\n".join(styles)
    return {
        "title": title,
        "data": data,
        "icons": {look["icon"]: icons()[look["icon"]] for look in data["classes"] if look["icon"] in icons()},
        "css": Markup(css),  # noqa: S704  our own files
        "scripts": [Markup(script) for script in scripts],  # noqa: S704  our own files and vis-network
        "policy": "; ".join(
            (
                "default-src 'none'",
                "script-src " + " ".join(_digest(script) for script in scripts),
                # vis-network and the pages set single properties from script, which this does not touch.
                "style-src " + _digest(css),
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        ),
    }


def write(path: str | Path, html: str) -> Path:
    """Write a page, as UTF-8; a file of that name is replaced. Returns the path. Raises PageError."""
    from kg.store import write_atomically

    target = Path(path)
    try:
        write_atomically(target, html.encode("utf-8"))
    except OSError as error:
        raise PageError(f"The page cannot be written to {target}: {error.strerror or error}.") from error
    return target


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
