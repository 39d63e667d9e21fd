"""Schemes of kinds and statuses, forums and places, from our own tables in data/."""

from collections.abc import Mapping
from typing import Any

import yaml
from states import DATA, items, plain, rows
from ttl import Turtle, lit

from kg.iris import fold


def schemes() -> dict[str, Turtle]:
    """Return one Turtle per scheme of vocabularies.yaml, by its id."""
    with (DATA / "vocabularies.yaml").open(encoding="utf-8") as file:
        described: Mapping[str, Mapping[str, Any]] = yaml.safe_load(file)
    found = {}
    for scheme, entry in described.items():
        out = Turtle()
        out.add(f"scheme/{scheme}", "a", "skos:ConceptScheme")
        out.add(f"scheme/{scheme}", "skos:prefLabel", lit(entry["label"], "en"))
        out.add(f"scheme/{scheme}", "skos:definition", lit(entry["definition"], "en"))
        for key, (label, definition, *others) in entry["concepts"].items():
            subject = f"{scheme}/{key}"
            out.add(subject, "a", "skos:Concept")
            out.add(subject, "skos:inScheme", out.iri(f"scheme/{scheme}"))
            out.add(subject, "skos:notation", lit(key))
            out.add(subject, "skos:prefLabel", lit(label, "en"))
            out.add(subject, "skos:definition", lit(definition, "en"))
            for other in others:
                if other.startswith("broader:"):
                    out.add(subject, "skos:broader", out.iri(f"{scheme}/{other.removeprefix('broader:')}"))
                elif other != label:
                    out.add(subject, "skos:altLabel", lit(other, "en"))
        found[scheme] = out
    return found


def forums() -> Turtle:
    out = Turtle()
    for row in rows("forums.csv"):
        subject = f"forum/{row['id']}"
        out.add(subject, "a", "kg:Forum")
        out.add(subject, "skos:notation", lit(row["id"]))
        out.add(subject, "skos:prefLabel", lit(row["label"], "en"))
        out.add(subject, "kg:forumKind", out.iri(f"forum-kind/{row['kind']}"))
        for alias in items(row["aliases"]):
            if alias != row["label"]:
                out.add(subject, "skos:altLabel", lit(alias, "en"))
        for alias in items(row["hidden"]):
            out.add(subject, "skos:hiddenLabel", lit(alias, "en"))
        natives(out, subject, row["native"])
    return out


def natives(out: Turtle, subject: str, cell: str) -> None:
    """Names in other languages, `lang:name` each; the first of a language is the preferred one."""
    seen: set[str] = set()
    for part in items(cell):
        lang, name = part.split(":", 1)
        out.add(subject, "skos:altLabel" if lang in seen else "skos:prefLabel", lit(name, lang))
        seen.add(lang)


def gatherings() -> Turtle:
    """Summits of forums with place and days, of which meetings on their margins can be told."""
    out = Turtle()
    for row in rows("gatherings.csv"):
        subject = f"gathering/{row['forum']}.{row['year']}"
        out.add(subject, "a", "kg:Gathering")
        out.add(subject, "skos:prefLabel", lit(row["name"], "en"))
        out.add(subject, "kg:gatheringOf", out.iri(f"forum/{row['forum']}"))
        out.add(subject, "kg:takesPlaceAt", out.iri(f"place/{row['state']}.{fold(row['city'])}"))
        out.when(subject, row["when"])
    return out


def places() -> Turtle:
    """Cities and venues, and regions whose names hold the name of a state that is not meant."""
    out = Turtle()
    for row in rows("places.csv"):
        keys = {}
        for entry in items(row["names"]):
            name, *others = entry.split("|")
            subject = f"place/{row['state']}.{fold(name)}"
            keys[name] = subject
            out.add(subject, "a", "kg:Place")
            out.add(subject, "skos:prefLabel", lit(name, "en"))
            out.add(subject, "kg:inState", out.iri(f"actor/{row['state']}"))
            spellings = dict.fromkeys([*others, plain(name)])
            for other in spellings:
                # a tilde marks what is too common a word to be looked for in prose
                if other.startswith("~"):
                    out.add(subject, "skos:hiddenLabel", lit(other[1:], "en"))
                elif other != name and other.strip() and other != "Male":
                    out.add(subject, "skos:altLabel", lit(other, "en"))
        for part in items(row["native"]):
            name, tagged = part.split("=")
            lang, own = tagged.split(":", 1)
            out.add(keys[name], "skos:prefLabel", lit(own, lang))
    for row in rows("venues.csv"):
        city = out.iri(f"place/{row['state']}.{fold(row['city'])}")
        out.add(f"place/{row['state']}.{fold(row['venue'])}", "kg:withinPlace", city)
    for row in rows("regions.csv"):
        subject = f"place/{row['state'] or 'X'}.{fold(row['name'])}"
        out.add(subject, "a", "kg:Place")
        out.add(subject, "skos:prefLabel", lit(row["name"], "en"))
        if row["state"]:
            out.add(subject, "kg:inState", out.iri(f"actor/{row['state']}"))
        for alias in items(row["aliases"]):
            out.add(subject, "skos:altLabel", lit(alias, "en"))
    return out
