"""The reference graphs as sources, and publishers."""

from states import items, rows
from ttl import Turtle, lit

from kg.iris import GRAPH_REFERENCE


def add_source(out: Turtle, stem: str) -> None:
    """Describe the graph of a reference file in that file."""
    row = next(row for row in rows("graphs.csv") if row["stem"] == stem)
    subject = f"<{GRAPH_REFERENCE}{stem}>"
    out.add(subject, "a", "kg:Dataset")
    out.add(subject, "dcterms:title", lit(row["title"]))
    out.add(subject, "kg:publisher", out.iri(f"publisher/{row['publisher']}"))
    out.add(subject, "kg:licence", lit(row["licence"]))
    out.add(subject, "kg:provenance", lit(row["provenance"]))
    if row["url"]:
        out.add(subject, "kg:url", lit(row["url"], datatype="xsd:anyURI"))
    out.published(subject, row["published"])
    if row["when"]:  # up to which day the data are sound
        out.when(subject, row["when"])


def publishers() -> Turtle:
    """Media, data providers and institutes of publishers.csv, and the government of each state by its code."""
    out = Turtle()
    for row in rows("publishers.csv"):
        subject = f"publisher/{row['id']}"
        out.add(subject, "a", "kg:Publisher")
        out.add(subject, "skos:prefLabel", lit(row["label"], "en"))
        for alias in items(row["aliases"]):
            out.add(subject, "skos:altLabel", lit(alias, "en" if alias.isascii() else "zh"))
        out.add(subject, "kg:publisherKind", out.iri(f"publisher-kind/{row['kind']}"))
        if row["state"]:
            out.add(subject, "kg:publisherState", out.iri(f"actor/{row['state']}"))
    for row in rows("states.csv"):
        subject = f"publisher/{row['code']}"
        out.add(subject, "a", "kg:Publisher")
        out.add(subject, "skos:prefLabel", lit(f"Government of {row['label']}", "en"))
        out.add(subject, "kg:publisherKind", out.iri("publisher-kind/government"))
        out.add(subject, "kg:publisherState", out.iri(f"actor/{row['code']}"))
    for row in rows("forums.csv"):
        if row["kind"] in {"universal", "regional", "organ", "bank"}:
            subject = f"publisher/{row['id']}"
            out.add(subject, "a", "kg:Publisher")
            out.add(subject, "skos:prefLabel", lit(row["label"], "en"))
            out.add(subject, "kg:publisherKind", out.iri("publisher-kind/international-organisation"))
            out.add(subject, "kg:publisherState", out.iri(f"forum/{row['id']}"))
    for row in rows("publisher_hosts.csv"):
        for host in items(row["hosts"]):
            out.add(f"publisher/{row['id']}", "skos:hiddenLabel", lit(host))
    return out
