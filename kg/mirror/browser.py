"""What kg brings into Neo4j Browser: a style from the ontology, a guide, saved queries, and the way in.

The files stand in `cypher/browser`: `guide.html`, `queries/TOPIC/NAME.cypher` and the page that brings all of it
into Browser (`kg.html`, `kg.js`); `style.grass` there is written by :func:`style`.
"""

import hashlib
import html
import io
import json
import re
import secrets
import shutil
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, MIRROR_LABEL, STATE_LABEL, TURN_LABEL
from kg.ontology import ClassInfo, Model, data_path, model

START_PAGE = "kg.html"
GUIDE_PAGE = "kg-guide.html"

Rules = dict[str, dict[str, str]]

# Diameter of a node by the role of its class, in pixels: what people look for is large.
_DIAMETER = {
    "actor": 70, "act": 55, "account": 45, "office": 50, "relation": 60, "place": 45, "concept": 45,
    "source": 45, "link": 35, "span": 30, "none": 40,
}  # fmt: skip
_QUIET = "#b5bcc4"
_RUN = re.compile(r"<query>\s*([\w./-]+)\s*</query>")


# -- style


def style(ontology: Model | None = None) -> Rules:
    """The rules of Browser's style: a selector and its properties, general ones first, for the last one wins.

    Every label has a rule, since Browser would put one of its own behind these for a label without.
    """
    known = ontology or model()
    rules: Rules = {
        "node": _node("#a5abb6", 50),
        "relationship": {
            "color": _QUIET,
            "shaft-width": "1px",
            "font-size": "8px",
            "padding": "3px",
            "text-color-external": "#333333",
            "text-color-internal": "#ffffff",
            "caption": "<type>",
        },
        f"node.{BASE_LABEL}": _node("#a5abb6", 50),
    }
    for label, key in ((MIRROR_LABEL, "project"), (STATE_LABEL, "source"), (TURN_LABEL, "worker")):
        rules[f"node.{label}"] = _node("#d9d9d9", 40) | {"caption": f"{{{key}}}"}
    for cls in sorted(known.classes.values(), key=lambda c: (len(known.ancestors(c.name)), c.order, c.name)):
        if cls.neo4j_label and cls.neo4j_label != BASE_LABEL:
            rules[f"node.{cls.neo4j_label}"] = _node(cls.colour, _DIAMETER.get(cls.role, 50))
    for prop in known.properties.values():
        if prop.is_object and prop.neo4j_type:
            rules[f"relationship.{prop.neo4j_type}"] = {"color": _QUIET if not prop.step else "#7d8793"}
    rules[f"relationship.{DESCRIBES}"] = {"color": _QUIET}
    for cls in known.classes.values():
        for kind in (cls.neo4j_type, cls.shortcut):
            if kind:
                rules[f"relationship.{kind}"] = {"color": _link_colour(known, cls), "shaft-width": "3px"}
    return rules


def _link_colour(known: Model, cls: ClassInfo) -> str:
    """A link has the colour of what it leads to, so that it is strong enough on white."""
    via = known.properties.get(cls.shortcut_via or "")
    end = known.properties.get(cls.shortcut_to or cls.link_to or "")
    target = known.classes.get(via.domain or "") if via else known.by_iri.get((end and end.range) or "")
    return target.colour if isinstance(target, ClassInfo) else cls.colour


def _node(colour: str, diameter: int) -> dict[str, str]:
    return {
        "color": colour,
        "border-color": _darker(colour),
        "border-width": "2px",
        "text-color-internal": _text_on(colour),
        "diameter": f"{diameter}px",
        "font-size": "10px",
        "caption": "{name}",
    }


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(part * 0.8):02x}" for part in _channels(colour))


def _text_on(colour: str) -> str:
    """Black or white, whichever stands out more on the colour (relative luminance of WCAG 2)."""
    parts = [part / 255 for part in _channels(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000000"


def grass(rules: Rules) -> str:
    """The rules as a .grass file, which Browser takes by `:style` or dropped onto its page."""
    return "\n".join(
        f"{selector} {{\n" + "".join(f"  {name}: {_quoted(name, value)};\n" for name, value in found.items()) + "}\n"
        for selector, found in rules.items()
    )


def _quoted(name: str, value: str) -> str:
    return f'"{value}"' if name == "caption" else value


# -- saved queries and guide


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved query: its topic (a folder of favourites), file name without ending, title and text."""

    topic: str
    name: str
    title: str
    text: str


def saved_queries() -> list[Saved]:
    """All saved queries, in the order of their files; the first line of each is `// Title`."""
    found = []
    for path in sorted((data_path("cypher") / "browser" / "queries").glob("*/*.cypher")):
        text = path.read_text(encoding="utf-8").strip()
        found.append(Saved(path.parent.name, path.stem, text.splitlines()[0].removeprefix("//").strip(), text))
    return found


def topic_title(topic: str) -> str:
    """The name of a folder of favourites: "03-what-was-said" is "kg: What was said"."""
    return "kg: " + re.sub(r"^\d+-", "", topic).replace("-", " ").capitalize()


def guide() -> str:
    """The guide as Browser plays it: `<query>TOPIC/NAME</query>` becomes that saved query, to be clicked."""
    known = {f"{saved.topic}/{saved.name}": saved for saved in saved_queries()}

    def runnable(found: re.Match[str]) -> str:
        body = known[found[1]].text.split("\n", 1)[1].strip()
        # Browser sets its play sign a little to the left of the text.
        opening = '<pre mode="cypher" class="runnable standalone-example" style="padding-left: 18px !important">'
        return f"{opening}{html.escape(body, quote=False)}</pre>"

    text = (data_path("cypher") / "browser" / "guide.html").read_text(encoding="utf-8")
    return _RUN.sub(runnable, text)


def kit() -> dict[str, Any]:
    """What `kg.js` puts into Browser: style with its digest, folders, favourites, settings, name of the user."""
    queries, rules = saved_queries(), style()
    digest = hashlib.sha256(json.dumps(rules).encode()).hexdigest()[:16]
    topics = list(dict.fromkeys(saved.topic for saved in queries))
    return {
        "user": "neo4j",
        "grass": rules,
        "digest": digest,
        "folders": [{"id": f"kg-{t}", "name": topic_title(t), "isStatic": False} for t in topics],
        "documents": [{"id": f"kg-{q.topic}-{q.name}", "content": q.text, "folder": f"kg-{q.topic}"} for q in queries],
        "settings": {"initialNodeDisplay": 1000},
    }


def queries_zip() -> bytes:
    """The saved queries as a zip, which Browser takes dropped onto its page: a folder of favourites per topic."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for saved in saved_queries():
            name = f"{topic_title(saved.topic).removeprefix('kg: ')}/{saved.name}.cypher"
            archive.writestr(zipfile.ZipInfo(name), saved.text)
    return buffer.getvalue()


def write_kit(folder: Path) -> list[Path]:
    """Write style.grass, guide.html and queries.zip into `folder`, for the Browser of another server."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "style.grass").write_text(grass(style()), encoding="utf-8")
    (folder / "guide.html").write_text(guide(), encoding="utf-8")
    (folder / "queries.zip").write_bytes(queries_zip())
    return [folder / name for name in ("style.grass", "guide.html", "queries.zip")]


# -- the way in


def _pages() -> Iterator[tuple[str, bytes]]:
    source = data_path("cypher") / "browser"
    for name in (START_PAGE, "kg.js"):
        yield name, (source / name).read_bytes()
    yield GUIDE_PAGE, guide().encode()
    yield "kg.json", json.dumps(kit()).encode()


def build_jar(original: Path, target: Path) -> Path:
    """Write a copy of Browser's jar with our pages beside Browser's own, and return it.

    They must come from the same origin as Browser, whose storage they fill. Neo4j serves the first jar
    on its class path that has a folder `browser`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}")
    shutil.copyfile(original, draft)
    with zipfile.ZipFile(draft, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _pages():
            archive.writestr(f"browser/{name}", content)
    return draft.replace(target)


class HandOver:
    """Gives the login of a server once, to the start page in the browser of the person who asked for it.

    A password must stand neither in an address nor on a command line, so the address holds a token for a port
    that is open for one answer. On Linux the asker must be a process of the same user.
    """

    def __init__(self, page: str, user: str, password: str) -> None:
        self.token = secrets.token_urlsafe(24)
        self.given = False
        origin = page.split("/browser/")[0]
        body = json.dumps({"user": user, "password": password}).encode()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            # A browser may open a connection in advance and say nothing on it.
            timeout = 2

            def _head(self, status: int) -> None:
                self.send_response(status)
                self.send_header("Access-Control-Allow-Origin", origin)
                self.send_header("Access-Control-Allow-Headers", "*")
                self.send_header("Cache-Control", "no-store")

            def do_OPTIONS(self) -> None:
                self._head(204)
                # Chromium asks before a page may call another address of this machine.
                self.send_header("Access-Control-Allow-Private-Network", "true")
                self.end_headers()

            def do_GET(self) -> None:
                right = secrets.compare_digest(self.path.encode(), f"/{outer.token}".encode())
                if not right or outer.given or not _same_user(self.client_address, self.server.server_address):
                    self._head(404)
                    self.end_headers()
                    return
                outer.given = True
                self._head(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"{page}#{self._server.server_port}.{self.token}"

    def wait(self, seconds: float) -> bool:
        """Answer until the login was given or the time is over; whether it was given."""
        import time

        until = time.monotonic() + seconds
        while not self.given and (left := until - time.monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
        self._server.server_close()
        return self.given


def _same_user(client: Any, server: Any) -> bool:
    """Whether the process at the other end of a connection on loopback belongs to this user (Linux)."""
    table = Path("/proc/net/tcp")
    if sys.platform != "linux" or not table.exists():
        return True
    import os

    def end(address: Any) -> str:
        number = bytes(reversed([int(part) for part in str(address[0]).split(".")])).hex().upper()
        return f"{number}:{address[1]:04X}"

    wanted = [end(client), end(server)]
    for line in table.read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if fields[1:3] == wanted:
            return int(fields[7]) == os.getuid()
    return False
