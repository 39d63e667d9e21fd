"""States and other polities: names, codes, demonyms, capitals.

Facts from the public-domain table of country codes (names in the six UN languages, ISO, FIPS, M49 codes) and from
the Correlates of War list of states; aliases, demonyms and metonyms are our own tables in data/.
"""

import csv
import re
import unicodedata
from pathlib import Path

from ttl import Turtle, lit

DATA = Path(__file__).parent / "data"
UNTERM = {"en": "English", "fr": "French", "es": "Spanish", "ru": "Russian", "ar": "Arabic", "zh": "Chinese"}
OFFICIAL = {"en": "en", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar", "zh": "cn"}
ARTICLE = re.compile(r"^(?:the|le|la|les|el|los|las|l['’])\s*", re.I)
NO_UN_SEAT = {"TWN", "HKG", "MAC", "XKX", "ESH", "COK", "NIU"}
TERRITORY_LABELS = {"JEY": "Bailiwick of Jersey"}  # New Jersey is meant more often
NO_PLAIN_FORM = {"Malé"}
# names which two polities have carried at different times or share as adjectives; look-up answers with both
SHARED_NAMES = {"Congolese", "Dominican", "Dominicans", "Guinean", "United Arab Republic"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def items(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def clean(name: str) -> str:
    """Strip article, marker and note from a name of the UN table."""
    name = re.sub(r"\s*\((?:the|la|le|les|l['’]|el|los|las)\)|\s*\*+|\s*\[[^\]]*\]", "", name.strip(), flags=re.I)
    return ARTICLE.sub("", name).strip()


def shared_codes(shared: Path) -> dict[str, dict[str, str]]:
    path = shared / "data/hs_cofog_country_codes/country-codes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        table = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(file)}
    return {code: {k: (v or "").strip() for k, v in row.items()} for code, row in table.items()}


def cow_codes(shared: Path) -> dict[str, set[str]]:
    """Correlates of War codes by our code: matched by name, exceptions in cow_codes.csv."""
    path = shared / "data/igo_cow/states2016.csv"
    with path.open(encoding="utf-8", newline="") as file:
        cow = {row["ccode"]: row for row in csv.DictReader(file)}
    by_name: dict[str, str] = {}
    for row in rows("states.csv"):
        for name in [row["label"], *items(row["aliases"])]:
            by_name[name.lower()] = row["code"]
    codes: dict[str, set[str]] = {}
    fixed = {row["ccode"] for row in rows("cow_codes.csv")}
    for row in rows("cow_codes.csv"):
        codes.setdefault(row["code"], set()).add(row["ccode"])
    for number, row in cow.items():
        if number not in fixed:
            # names of no state of ours are the German and Italian states of before 1871
            codes.setdefault(by_name.get(row["statenme"].lower(), f"COW-{number}"), set()).add(number)
    return codes


def cow_only(shared: Path) -> dict[str, tuple[str, str]]:
    """Historic states that only Correlates of War numbers: code -> (name, interval)."""
    path = shared / "data/igo_cow/states2016.csv"
    ours = cow_codes(shared)
    known = {row["code"] for row in rows("historic.csv")}
    found = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = f"COW-{row['ccode']}"
            if key in ours and key not in known:
                start, end = (f"{int(row[f'{p}year']):04d}-{int(row[f'{p}month']):02d}-{int(row[f'{p}day']):02d}"
                              for p in ("st", "end"))  # fmt: skip
                found[key] = (row["statenme"], f"{start}/{end}")
    return found


def plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def describe(
    out: Turtle, code: str, label: str, names: list[tuple[str, str]], capital: str, metonyms: list[str]
) -> None:
    """Labels of one polity: `names` are (language, name); the first name per language is the preferred one."""
    subject = f"actor/{code}"
    out.add(subject, "skos:prefLabel", lit(label, "en"))
    preferred = {"en"}
    for lang, name in names:
        if not name or (name == label and lang == "en"):
            continue
        value = lit(name, lang)
        if lang not in preferred:
            preferred.add(lang)
            out.add(subject, "skos:prefLabel", value)
        elif value not in out.values(subject, "skos:prefLabel"):
            out.add(subject, "skos:altLabel", value)
    if capital:
        out.add(subject, "kg:capital", lit(capital, "en"))
        if plain(capital) != capital and capital not in NO_PLAIN_FORM:
            metonyms = [*metonyms, plain(capital)]
    for metonym in metonyms:
        out.add(subject, "kg:metonym", lit(metonym, "en"))


def table_names(row: dict[str, str]) -> list[tuple[str, str]]:
    names = []
    for lang, word in UNTERM.items():
        short = clean(row[f"UNTERM {word} Short"])
        official = clean(row[f"official_name_{OFFICIAL[lang]}"])
        formal = clean(row[f"UNTERM {word} Formal"])
        chosen = [name for name in dict.fromkeys([short or official, official, formal]) if name]
        names += [(lang, name) for name in chosen]
    return names


def build(shared: Path) -> tuple[Turtle, Turtle]:
    """Return the states (and other polities that act for themselves) and the dependent territories."""
    table, cow = shared_codes(shared), cow_codes(shared)
    since = {row["code"]: row["when"] for row in rows("since.csv")}
    capitals = {row["code"]: row["capital"] for row in rows("capitals.csv")}
    gw_own = {row["code"]: items(row["gw"]) for row in rows("gw_codes.csv")}
    states, territories = Turtle(), Turtle()
    taken = {name for row in rows("states.csv") for name in [row["label"], *items(row["aliases"])]}
    ours = {row["code"] for row in rows("states.csv")}
    for row in rows("states.csv"):
        code, facts = row["code"], table.get(row["code"], {})
        subject = f"actor/{code}"
        states.add(subject, "a", "kg:Polity" if code in NO_UN_SEAT else "kg:State")
        own = [(part.split(":", 1)[0], part.split(":", 1)[1]) for part in items(row["native"])]
        named = [
            (lang, name) for lang, name in (table_names(facts) if facts else []) if lang != "en" or name not in taken
        ]
        english = [("en", name) for name in items(row["aliases"])]
        order = [*english, *[n for n in named if n[0] != "zh" or code not in {"CHN", "TWN", "HKG", "MAC"}]]
        zh = [n for n in named if n[0] == "zh" and n not in order]
        describe(states, code, row["label"], [*order, *zh, *own] if code != "TWN" else [*order, *own, *zh],
                 capitals.get(code, facts.get("Capital", "")), items(row["metonyms"]))  # fmt: skip
        for demonym in items(row["demonyms"]):
            states.add(subject, "kg:demonym", lit(demonym, "en"))
        if code in since:
            states.when(subject, since[code])
        states.add(subject, "kg:iso3", lit(code))
        codes(states, subject, facts, cow.get(code, set()), gw_own.get(code))
    for row in rows("historic.csv"):
        subject = f"actor/{row['code']}"
        states.add(subject, "a", f"kg:{row['class']}")
        own = [(part.split(":", 1)[0], part.split(":", 1)[1]) for part in items(row["native"])]
        english = [("en", name) for name in items(row["aliases"])]
        describe(states, row["code"], row["label"], [*english, *own], row["capital"], items(row["metonyms"]))
        for demonym in items(row["demonyms"]):
            states.add(subject, "kg:demonym", lit(demonym, "en"))
        states.when(subject, row["when"])
        if not row["code"].startswith("COW-") and row["code"] != "UAR":
            states.add(subject, "kg:iso3", lit(row["code"]))
        for column, prop in (("iso2", "kg:iso2"), ("isoNumeric", "kg:isoNumeric"), ("cow", "kg:cow"), ("gw", "kg:gw")):
            states.add(subject, prop, *[lit(code) for code in items(row[column])])
    for code, (name, when) in cow_only(shared).items():
        subject = f"actor/{code}"
        states.add(subject, "a", "kg:State")
        # the bare names are those of regions today
        states.add(subject, "skos:prefLabel", lit(f"{name} (until {when[11:15]})", "en"))
        states.add(subject, "skos:hiddenLabel", lit(name, "en"))
        states.add(subject, "kg:cow", *[lit(number) for number in cow[code]])
        states.when(subject, when)
    for code, facts in table.items():
        if code and code not in ours:
            subject = f"actor/{code}"
            territories.add(subject, "a", "kg:Polity")
            label = TERRITORY_LABELS.get(code, facts["CLDR display name"])
            names = [n for n in table_names(facts) if n != ("en", label)]
            describe(territories, code, label, names, facts["Capital"], [])
            territories.add(subject, "kg:iso3", lit(code))
            codes(territories, subject, facts, set(), None)
    return states, territories


def codes(out: Turtle, subject: str, facts: dict[str, str], cow: set[str], gw: list[str] | None) -> None:
    numeric = facts.get("ISO3166-1-numeric", "")
    out.add(subject, "kg:iso2", *[lit(facts["ISO3166-1-Alpha-2"])] if facts else [])
    if numeric:
        out.add(subject, "kg:isoNumeric", lit(numeric.zfill(3)))
    if facts.get("M49"):
        out.add(subject, "kg:m49", lit(facts["M49"].zfill(3)))
    # the table gives the Caribbean Netherlands the code of the Netherlands
    if re.fullmatch(r"[A-Z]{2}", facts.get("FIPS", "")) and subject != "actor/BES":
        out.add(subject, "kg:fips", lit(facts["FIPS"]))
    out.add(subject, "kg:cow", *[lit(code) for code in cow])
    out.add(subject, "kg:gw", *[lit(code) for code in (gw if gw is not None else sorted(cow))])
