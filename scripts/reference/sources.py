"""The reference graphs as sources, and publishers."""

from states import items, rows
from ttl import Turtle, lit

from kg.iris import GRAPH_REFERENCE

# file stem -> title, publisher, published, licence, address, provenance
GRAPHS = {
    "states": ("States and other polities", "kg-editors", "2026-11-24", "Apache-2.0", "",
               "Codes and names from the public-domain table datasets/country-codes (2026-05-15) and from Correlates of War, "
               "State System Membership 2016; aliases, demonyms and metonyms of general knowledge."),
    "territories": ("Dependent territories", "kg-editors", "2026-11-24", "Apache-2.0", "",
                    "Codes and names from the public-domain table datasets/country-codes (2026-05-15)."),
    "places": ("Places of diplomacy", "kg-editors", "2026-11-24", "Apache-2.0", "", "General knowledge."),
    "offices": ("Offices", "kg-editors", "2026-11-24", "Apache-2.0", "", "General knowledge."),
    "publishers": ("Publishers", "kg-editors", "2026-11-24", "Apache-2.0", "", "General knowledge."),
    "tenures-editorial": ("Holders of offices, of general knowledge", "kg-editors", "2026-11-24", "Apache-2.0", "",
                          "General knowledge without a document for each row, sound to the end of 2025; an unknown end "
                          "means that the holder may have left since."),
    "tenures-reign": ("REIGN list of leaders, March 2021", "oef-research", "2021-03-01", "MIT",
                      "https://github.com/OEFDataScience/REIGN.github.io",
                      "data_sets/leaderlist_3_21.csv. The data name leaders and days; the office is ours, from what the "
                      "leaders of the state were at the time."),
    "memberships-editorial": ("Memberships, of general knowledge", "kg-editors", "2026-11-24", "Apache-2.0", "",
                              "General knowledge without a document for each row, sound to the end of 2025."),
    "memberships-cow-igo": ("Correlates of War, intergovernmental organisations v3", "correlates-of-war", "2020",
                            "free with citation (Pevehouse, Nordstrom, McManus and Jamison 2020)",
                            "https://correlatesofwar.org/data-sets/igos/",
                            "Spells of full membership by year; the data end in 2014, so a membership that reaches that "
                            "year has an unknown end."),
}  # fmt: skip


def add_source(out: Turtle, stem: str) -> None:
    """Describe the graph of a reference file in that file."""
    title, publisher, published, licence, url, provenance = GRAPHS[stem]
    subject = f"<{GRAPH_REFERENCE}{stem}>"
    out.add(subject, "a", "kg:Dataset")
    out.add(subject, "dcterms:title", lit(title))
    out.add(subject, "kg:publisher", out.iri(f"publisher/{publisher}"))
    out.add(subject, "kg:licence", lit(licence))
    out.add(subject, "kg:provenance", lit(provenance))
    if url:
        out.add(subject, "kg:url", lit(url, datatype="xsd:anyURI"))
    out.published(subject, published)


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
    return out
