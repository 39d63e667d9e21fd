"""Deterministic Turtle: subjects, predicates and objects sorted, one fixed set of prefixes, no blank nodes."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

BASE = "https://w3id.org/bilateral/"
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "kg": BASE + "ontology#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
THINGS = ("actor", "forum", "membership", "office", "org", "person", "place", "publisher", "source", "tenure")
_LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?\Z")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def term(iri: str) -> str:
    """Write an IRI given as `prefix:local` or as `SCHEME/KEY` under the base."""
    if "/" in iri and "://" not in iri:
        head, key = iri.split("/", 1)
        if not _LOCAL.match(key):
            raise ValueError(f"key not allowed: {iri}")
        return f"{head}:{key}" if head in THINGS else f"<{BASE}{iri}>"
    return iri if "://" not in iri else f"<{iri}>"


def lit(text: str, lang: str = "", datatype: str = "") -> str:
    quoted = '"' + "".join(_ESCAPES.get(char, char) for char in unicodedata.normalize("NFC", text)) + '"'
    if lang:
        return f"{quoted}@{lang}"
    return f"{quoted}^^{datatype}" if datatype else quoted


def fold(text: str) -> str:
    """Key form of a name: ASCII, lower case, words joined by hyphens."""
    text = text.translate(_SPECIAL)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text.replace("'", "")).strip("-")


_SPECIAL = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae",
                          "Æ": "Ae", "ı": "i", "ə": "a", "Ə": "A", "ʻ": "", "’": "", "þ": "th", "ð": "d"})  # fmt: skip


class Turtle:
    """Collects triples and writes them in one canonical layout."""

    def __init__(self) -> None:
        self.subjects: dict[str, dict[str, set[str]]] = {}

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Add triples; `subject` is an IRI (see `term`), objects are finished terms."""
        cell = self.subjects.setdefault(term(subject), {}).setdefault(predicate, set())
        cell.update(obj for obj in objects if obj)

    def when(self, subject: str, edtf: str) -> None:
        """Add kg:when with its earliest and latest day, where these are known."""
        from edtf_days import days

        self.add(subject, "kg:when", lit(edtf, datatype="kg:EDTF"))
        earliest, latest = days(edtf)
        if earliest:
            self.add(subject, "kg:earliest", lit(earliest, datatype="xsd:date"))
        if latest:
            self.add(subject, "kg:latest", lit(latest, datatype="xsd:date"))

    def text(self, comment: str) -> str:
        used = "\n".join(sorted(f"{s} {p} {o}" for s, c in self.subjects.items() for p, os in c.items() for o in os))
        lines = [f"# {line}" for line in comment.strip().splitlines()]
        lines += [f"@prefix {p}: <{iri}> ." for p, iri in PREFIXES.items() if f"{p}:" in used or p == "kg"]
        lines += [f"@prefix {t}: <{BASE}{t}/> ." for t in THINGS if re.search(rf"(?:^|[\s]){t}:", used, re.M)]
        for subject in sorted(self.subjects):
            cells = self.subjects[subject]
            lines.append("")
            order = sorted(cells, key=lambda p: (p != "a", p != "skos:prefLabel", p))
            parts = [f"{p} {_objects(cells[p])}" for p in order if cells[p]]
            lines.append(f"{subject} " + " ;\n    ".join(parts) + " .")
        return "\n".join(lines) + "\n"

    def write(self, path: Path, comment: str) -> None:
        path.write_text(self.text(comment), encoding="utf-8")


def _objects(objects: Iterable[str]) -> str:
    # English first: readers that take one label take the first
    return ", ".join(sorted(objects, key=lambda o: (not o.endswith("@en"), o)))
