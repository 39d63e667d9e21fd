"""Write ontology/schemes/cameo.ttl, plover.ttl and reference/sector-matches.ttl from the tables beside this program.

Usage: python scripts/schemes/build_schemes.py [--check]   `--check` writes nothing and exits 1 when a file is stale

The mapping of CAMEO to PLOVER follows the conversion table of the PLOVER project (2021), mended where it names modes,
contexts or types that the manual does not have (``cameo.csv``). CAMEO 01 and 02 have no PLOVER type.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "ontology"
BASE = "https://w3id.org/bilateral/"
NOTE = "# Written by scripts/schemes/build_schemes.py; edit the tables beside it, not this file.\n"
QUADS = {"1": "Verbal cooperation", "2": "Material cooperation", "3": "Verbal conflict", "4": "Material conflict"}
TYPES = {
    "AGREE": "1", "CONSULT": "1", "SUPPORT": "1", "CONCEDE": "1", "COOPERATE": "2", "AID": "2", "RETREAT": "2",
    "REQUEST": "3", "ACCUSE": "3", "REJECT": "3", "THREATEN": "3", "PROTEST": "4", "SANCTION": "4", "MOBILIZE": "4",
    "COERCE": "4", "ASSAULT": "4",
}  # fmt: skip
CLASSIFICATIONS = {
    "hs": "Harmonized System 2022",
    "sitc": "Standard International Trade Classification, revision 4",
    "isic": "International Standard Industrial Classification, revision 4",
    "cofog": "Classification of the Functions of Government",
}
TITLES = {
    "cameo": "CAMEO event codes",
    "plover": "PLOVER event types and modes",
    "plover-context": "PLOVER contexts",
    "plover-quad": "PLOVER quad classes",
}


def term(scheme: str, key: str) -> str:
    """A concept as Turtle writes it."""
    return f"{scheme}:{key}"


def prefixes(*schemes: str) -> Iterator[str]:
    """The first lines of a file."""
    yield NOTE + "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    yield from (f"@prefix {scheme}: <{BASE}{scheme}/> ." for scheme in schemes)


def quoted(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def head(*schemes: str) -> Iterator[str]:
    """Prefixes, and the schemes themselves."""
    yield from prefixes("scheme", "cameo", "plover", "plover-context", "plover-quad")
    for scheme in schemes:
        yield f"{term('scheme', scheme)} a skos:ConceptScheme ; skos:prefLabel {quoted(TITLES[scheme])}@en ."


def concept(scheme: str, key: str, label: str, *more: str) -> str:
    """One concept."""
    facts = [f"skos:prefLabel {quoted(label)}@en", f"skos:notation {quoted(key)}", *more]
    return (
        f"{term(scheme, key)} a skos:Concept ; skos:inScheme {term('scheme', scheme)} ;\n    "
        + " ; ".join(facts)
        + " ."
    )


def cameo(rows: list[dict[str, str]]) -> Iterator[str]:
    """The codes with their type, mode and contexts."""
    yield from head("cameo")
    known = {row["code"] for row in rows}
    for row in rows:
        code, more = row["code"], []
        if row["name"]:
            more.append(f"skos:altLabel {quoted(row['name'])}@en")
        parent = next((code[:size] for size in range(len(code) - 1, 1, -1) if code[:size] in known), None)
        if parent:
            more.append(f"skos:broader {term('cameo', parent)}")
        if row["type"]:
            more.append(f"skos:broadMatch {term('plover', row['type'])}")
        if row["mode"]:
            more.append(f"skos:closeMatch {term('plover', row['type'] + '.' + row['mode'])}")
        more += [f"skos:relatedMatch {term('plover-context', c)}" for c in row["contexts"].split()]
        yield concept("cameo", code, row["label"], *more)


def plover(rows: list[dict[str, str]]) -> Iterator[str]:
    """Quad classes, types, modes and contexts."""
    yield from head("plover", "plover-context", "plover-quad")
    for key, label in QUADS.items():
        yield concept("plover-quad", key, label)
    for key, quad in TYPES.items():
        yield concept("plover", key, key.capitalize(), f"skos:broader {term('plover-quad', quad)}")
    for row in rows:
        kind, key = row["kind"], row["key"]
        label = key.partition(".")[2] or key
        label = label.replace("-", " ").replace("_", " ").capitalize()
        if kind == "mode":
            parent = key.partition(".")[0]
            yield concept(
                "plover", key, f"{parent.capitalize()}: {label.lower()}", f"skos:broader {term('plover', parent)}"
            )
        else:
            yield concept("plover-context", key, label)


def matches(rows: list[dict[str, str]]) -> Iterator[str]:
    """What of the classifications of goods, activities and functions falls under a sector."""
    yield from prefixes("sector", "scheme", *CLASSIFICATIONS, "publisher")
    yield (
        "@prefix kg: <https://w3id.org/bilateral/ontology#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        f'<{BASE}graph/reference/sector-matches> a kg:Dataset ; dcterms:title "Sectors in classifications" ;'
        '\n    kg:licence "Apache-2.0" ; kg:publisher publisher:kg-editors ; kg:published "2026-11-24"^^kg:EDTF ;'
        '\n    kg:publishedLatest "2026-11-24"^^xsd:date ;'
        '\n    kg:provenance "Our own judgement of which chapters, divisions and groups fall under a sector." .'
    )
    for scheme, title in CLASSIFICATIONS.items():
        yield f"{term('scheme', scheme)} a skos:ConceptScheme ; skos:prefLabel {quoted(title)}@en ."
        for code in sorted({code for row in rows for code in row[scheme].split()}):
            yield concept(scheme, code, f"{scheme.upper()} {code}")
    for row in rows:
        for scheme in CLASSIFICATIONS:
            codes = row[scheme].split()
            if codes:
                listed = ", ".join(term(scheme, code) for code in codes)
                yield f"{term('sector', row['sector'])} skos:narrowMatch {listed} ."


def table(name: str) -> list[dict[str, str]]:
    """Rows of a table beside this program."""
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main() -> int:
    """Write or check."""
    texts = {
        "schemes/cameo.ttl": cameo(table("cameo.csv")),
        "schemes/plover.ttl": plover(table("plover.csv")),
        "reference/sector-matches.ttl": matches(table("sector_matches.csv")),
    }
    stale = []
    for name, lines in texts.items():
        text = "\n".join(lines) + "\n"
        if not (OUT / name).exists() or (OUT / name).read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                (OUT / name).write_text(text, encoding="utf-8")
    print("\n".join(stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
