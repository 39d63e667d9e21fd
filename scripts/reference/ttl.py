"""Deterministic Turtle: subjects, predicates and objects sorted, prefixes by path segment, no blank nodes."""

import re
import unicodedata
from collections.abc import Iterable

from kg.edtf import Edtf
from kg.iris import BASE

VOCABULARIES = {
    "dcterms": "http://purl.org/dc/terms/",
    "kg": BASE + "ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def lit(text: str, lang: str = "", datatype: str = "") -> str:
    """A literal as a finished Turtle term."""
    quoted = '"' + "".join(_ESCAPES.get(char, char) for char in unicodedata.normalize("NFC", text)) + '"'
    if lang:
        return f"{quoted}@{lang}"
    return f"{quoted}^^{datatype}" if datatype else quoted


class Turtle:
    """Collects triples and writes them in one canonical layout. Things are named `SEGMENT/KEY` under the base."""

    def __init__(self) -> None:
        self.subjects: dict[str, dict[str, set[str]]] = {}
        self.heads: set[str] = set()

    def iri(self, name: str) -> str:
        """A thing as a finished Turtle term; what stands in angle brackets already is left as it is."""
        if name.startswith("<"):
            return name
        head, key = name.split("/", 1)
        if not _LOCAL.fullmatch(key):
            raise ValueError(f"The key of {name} holds what no key may hold.")
        self.heads.add(head)
        return f"{head}:{key}"

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Add triples of one subject and predicate; `objects` are finished terms, empty ones are left out."""
        cell = self.subjects.setdefault(self.iri(subject), {}).setdefault(predicate, set())
        cell.update(obj for obj in objects if obj)

    def when(self, subject: str, edtf: str) -> None:
        """Add kg:when with its earliest and latest day, where these are known."""
        time = Edtf.parse(edtf)
        self.add(subject, "kg:when", lit(edtf, datatype="kg:EDTF"))
        if time.earliest:
            self.add(subject, "kg:earliest", lit(time.earliest.isoformat(), datatype="xsd:date"))
        if time.latest:
            self.add(subject, "kg:latest", lit(time.latest.isoformat(), datatype="xsd:date"))

    def published(self, subject: str, edtf: str) -> None:
        """Add kg:published with the last day that it may mean."""
        latest = Edtf.parse(edtf).latest
        self.add(subject, "kg:published", lit(edtf, datatype="kg:EDTF"))
        if latest:
            self.add(subject, "kg:publishedLatest", lit(latest.isoformat(), datatype="xsd:date"))

    def values(self, subject: str, predicate: str) -> set[str]:
        """The objects that were added so far."""
        return self.subjects.get(self.iri(subject), {}).get(predicate, set())

    def text(self, comment: str) -> str:
        """The Turtle document, headed by a comment."""
        lines = [f"# {line}" for line in comment.strip().splitlines()]
        prefixes = VOCABULARIES | {head: f"{BASE}{head}/" for head in self.heads}
        lines += [f"@prefix {prefix}: <{prefixes[prefix]}> ." for prefix in sorted(prefixes)]
        for subject in sorted(self.subjects):
            cells = {p: objects for p, objects in self.subjects[subject].items() if objects}
            order = sorted(cells, key=lambda p: (p != "a", p != "skos:prefLabel", p))
            lines += ["", f"{subject} " + " ;\n    ".join(f"{p} {_objects(cells[p])}" for p in order) + " ."]
        return "\n".join(lines) + "\n"


def _objects(objects: Iterable[str]) -> str:
    # English first: readers that take one label take the first
    return ", ".join(sorted(objects, key=lambda o: (not o.endswith("@en"), o)))
