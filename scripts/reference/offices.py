"""Offices and who held them: our own table, and REIGN's leaders with the office that leaders of the state hold."""

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from states import clean, items, rows, shared_codes
from ttl import Turtle, lit

from kg.edtf import Edtf
from kg.iris import fold

# code in our tables -> (last part of the IRI, kind of office)
OFFICES = {
    "hos": ("head-of-state", "head-of-state"),
    "hog": ("head-of-government", "head-of-government"),
    "fm": ("foreign-minister", "foreign-minister"),
    "vp": ("deputy-head-of-state", "deputy-head-of-state"),
    "dpm": ("deputy-head-of-government", "deputy-head-of-government"),
    "dpm2": ("vice-premier", "deputy-head-of-government"),
    "def": ("defence-minister", "defence-minister"),
    "fin": ("finance-minister", "finance-minister"),
    "trd": ("trade-minister", "trade-minister"),
    "nsa": ("national-security-adviser", "national-security-adviser"),
    "spk": ("speaker", "speaker"),
    "competition": ("competition-commissioner", "minister"),
    "claimant": ("claimant", "official"),
    "deputy": ("deputy-foreign-minister", "deputy-minister"),
    "led": ("paramount-leader", "paramount-leader"),
    "leader": ("effective-leader", "effective-leader"),
    "gg": ("governor-general", "deputy-head-of-state"),
    "counsellor": ("state-counsellor", "head-of-government"),
    "commission": ("head-of-commission", "head-of-organisation"),
    "council": ("president-of-council", "head-of-organisation"),
    "head": ("head-of-organisation", "head-of-organisation"),
}
FAMILY_FIRST = {"CHN", "KOR", "PRK", "VNM", "VDR", "TWN", "HKG", "MAC", "SGP", "KHM", "BRN"}
GIVEN_FIRST = {"Halimah Yacob"}
WITH_ARTICLE = re.compile(
    r"^(?:Bahamas|Comoros|Gambia|Maldives|Marshall Islands|Netherlands|Philippines|Solomon Islands|United|Holy See|"
    r"Soviet Union|Cook Islands|(?:\w+ )*Republic\b|European Union|African Union)"
)
REALM_SOVEREIGNS = (("{Elizabeth II}", "1952-02-06", "2022-09-08"), ("{Charles III}", "2022-09-08", ".."))
REIGN_END = "2021-03"
_TAGGED = re.compile(r"([a-z]{2}(?:-[A-Za-z]+)?):(.+)")


@dataclass
class Person:
    """A person of the tables: `name` in reading order, `surname` as texts call them."""

    name: str
    surname: str
    state: str
    family_first: bool
    aliases: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.state}.{fold(self.name)}"


def person(marked: str, state: str, aliases: list[str] | None = None) -> Person:
    """Read a name whose surname stands in braces: `Mark {Carney}`, `{Xi} Jinping`."""
    match = re.search(r"\{(.+?)\}", marked)
    name = marked.replace("{", "").replace("}", "").strip()
    surname = match.group(1) if match else name.split()[-1]
    first = marked.startswith("{") and not marked.endswith("}") and state in FAMILY_FIRST and name not in GIVEN_FIRST
    return Person(name, surname, state, first, aliases or [])


def describe(out: Turtle, who: Person) -> None:
    subject = f"person/{who.key}"
    out.add(subject, "a", "kg:Person")
    out.add(subject, "skos:prefLabel", lit(who.name, "en"))
    out.add(subject, "kg:surname", lit(who.surname))
    out.add(subject, "kg:familyNameFirst", "true" if who.family_first else "false")
    out.add(subject, "kg:nationality", out.iri(f"actor/{who.state}"))
    plain = "".join(c for c in unicodedata.normalize("NFKD", who.name) if not unicodedata.combining(c))
    for alias in [*who.aliases, *([plain] if plain != who.name else [])]:
        tagged = _TAGGED.fullmatch(alias)
        if tagged:
            out.add(subject, "skos:prefLabel", lit(tagged.group(2), tagged.group(1)))
        elif alias != who.name:
            out.add(subject, "skos:altLabel", lit(alias, "en"))


def tenure(out: Turtle, name: str, who: Person, office: str, when: str) -> None:
    subject = f"tenure/{name}"
    out.add(subject, "a", "kg:Tenure")
    out.add(subject, "kg:holder", out.iri(f"person/{who.key}"))
    out.add(subject, "kg:office", out.iri(f"office/{office}"))
    out.when(subject, when)


@dataclass
class Editorial:
    """What our own table says: persons by key, tenures, and who held which office of a state when."""

    out: Turtle
    persons: dict[str, Person]
    held: dict[tuple[str, str], list[tuple[Person, Edtf]]]


def editorial() -> Editorial:
    """Tenures of general knowledge."""
    out = Turtle()
    persons: dict[str, Person] = {}
    held: dict[tuple[str, str], list[tuple[Person, Edtf]]] = defaultdict(list)
    nationality = {row["name"]: row["state"] for row in rows("org_nationality.csv")}
    table = [row for name in ("holders_g20.csv", "holders_world.csv") for row in rows(name)]
    for row in rows("realms.csv"):
        for marked, start, end in REALM_SOVEREIGNS:
            when = f"{max(start, row['since'])}/{end}"
            table.append({"state": row["state"], "office": "hos", "when": when, "name": marked, "others": ""})
    realms = {row["state"] for row in rows("realms.csv")}
    for row in table:
        bare = row["name"].replace("{", "").replace("}", "")
        monarch = row["office"] == "hos" and row["state"] in realms
        state = "GBR" if monarch else nationality.get(bare, row["state"])
        who = person(row["name"], state)
        who = persons.setdefault(who.key, who)
        who.aliases += [alias for alias in items(row["others"] or "") if alias not in who.aliases]
        start = row["when"].split("/")[0]
        for office in row["office"].split("+"):
            key, _ = OFFICES[office]
            name = f"{row['state']}.{key}.{fold(who.name)}.{start.rstrip('~')}"
            tenure(out, name, who, f"{row['state']}.{key}", row["when"])
            held[row["state"], office].append((who, Edtf.parse(row["when"])))
    for who in persons.values():
        describe(out, who)
    return Editorial(out, persons, held)


def offices(shared: Path, reign_offices: set[tuple[str, str]], known: Editorial) -> Turtle:
    """All offices: head of state, of government and foreign minister of each state, and whatever the tables name."""
    out = Turtle()
    formal = {code: row["UNTERM English Formal"] for code, row in shared_codes(shared).items()}
    labels = {row["code"]: row["label"] for row in [*rows("states.csv"), *rows("historic.csv")]}
    forums = {row["id"]: row["label"] for row in rows("forums.csv")}
    titles = {(row["state"], row["office"]): row for row in rows("office_titles.csv")}
    alone = {state for state, office in known.held if office == "hog"} & {
        state for state, office in known.held if office == "hos" and _same_now(known, state)
    }
    wanted = {(row["code"], office) for row in rows("states.csv") for office in ("hos", "hog", "fm")}
    for owner, office in sorted(wanted | set(known.held) | reign_offices):
        key, kind = OFFICES[office]
        subject = f"office/{owner}.{key}"
        forum = owner in forums and owner not in labels
        row = titles.get((owner, office)) or titles.get(("*", office)) or {"titles": "", "words": ""}
        if office == "hog" and owner in alone and (owner, office) not in titles:
            row = titles.get((owner, "hos")) or titles["*", "hos"]
        out.add(subject, "a", "kg:Office")
        out.add(subject, "kg:officeOf", out.iri(f"forum/{owner}" if forum else f"actor/{owner}"))
        out.add(subject, "kg:officeKind", out.iri(f"office-kind/{kind}"))
        name = forums[owner] if forum else labels[owner]
        bearer = f"the {name}" if WITH_ARTICLE.match(name) else name
        full = items(row["titles"])
        if forum:
            named = full
        else:
            named = [f"{title} of {bearer}" for title in full]
            if formal.get(owner):
                named += [f"{title} of {_formal(formal[owner])}" for title in full]
        if office == "leader":
            named = [f"Effective leader of {bearer}"]
        if office == "hog" and owner in alone and (owner, office) not in titles:
            named = [f"Head of government of {bearer}", *named]
        for number, title in enumerate(dict.fromkeys(named)):
            out.add(subject, "skos:altLabel" if number else "skos:prefLabel", lit(title, "en"))
        for word in items(row["words"]):
            out.add(subject, "kg:titleWord", lit(word, "en"))
    return out


def _same_now(known: Editorial, state: str) -> bool:
    """Whether one person was both head of state and of government at last."""
    last = {office: max(known.held[state, office], key=lambda pair: str(pair[1].earliest)) for office in ("hos", "hog")
            if known.held.get((state, office))}  # fmt: skip
    return len(last) == 2 and last["hos"][0].key == last["hog"][0].key and last["hos"][1] == last["hog"][1]


def _formal(name: str) -> str:
    return "the " + clean(name) if name.startswith("the ") else clean(name)


def reign(shared: Path, known: Editorial, cow: dict[str, set[str]]) -> tuple[Turtle, set[tuple[str, str]]]:
    """Tenures of REIGN (Bell, Besaw and Frank 2021), which names leaders and days, not offices.

    The office is the one that the leaders of the state hold at the time (reign_offices.csv); where that is not sure,
    it is "effective leader". Full names are those of reign_names.csv or of our own table; else the name is REIGN's.
    """
    out = Turtle()
    used: set[tuple[str, str]] = set()
    names = {(row["stateabb"], row["leader"], row["born"]): row["name"] for row in rows("reign_names.csv")}
    rules = defaultdict(list)
    for rule in rows("reign_offices.csv"):
        rules[rule["stateabb"]].append(rule)
    path = shared / "data/leaders_reign/leaderlist_3_21.csv"
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        table = [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)]
    fresh: dict[tuple[str, str, str], Person] = {}
    for row in table:
        start = f"{int(row['syear']):04d}-{int(row['smonth']):02d}-{int(row['sdate']):02d}"
        end = f"{int(row['eyear']):04d}-{int(row['emonth']):02d}" if row["eyear"] else REIGN_END
        if start[:7] > end:  # a slip of the data set
            continue
        state = _state(row["ccode"], start, cow)
        marked = names.get((row["stateabb"], row["leader"], row["birthyear"])) or names.get(
            (row["stateabb"], row["leader"], ""))  # fmt: skip
        if marked:
            who = person(marked, state)
            who = known.persons.get(who.key) or fresh.setdefault((state, who.name, ""), who)
        else:
            who = _match(known, state, row["leader"], start) or fresh.setdefault(
                (state, row["leader"], row["birthyear"]), person(_readable(row["leader"]), state))  # fmt: skip
            who = known.persons.get(who.key, who)
        codes = next((rule["office"] for rule in rules[row["stateabb"]] if _applies(rule, start)), "leader")
        if row["leader"] in {"Erdogan", "Putin"}:  # one spell over two offices
            codes = "leader"
        for office in codes.split("+"):
            key, _ = OFFICES[office]
            used.add((state, office))
            name = f"reign.{state}.{key}.{fold(who.name)}.{start}"
            tenure(out, name, who, f"{state}.{key}", f"{start}/{end}")
            out.add(f"tenure/{name}", "kg:row", lit(f"{row['stateabb']} {row['leader']} {start}"))
            if not row["eyear"]:
                out.add(f"tenure/{name}", "kg:note", lit("Still the leader where the data end, in March 2021.", "en"))
    keys: dict[str, Person] = {}
    for who in fresh.values():
        if who.key in known.persons:
            continue
        if keys.setdefault(who.key, who) is who:
            describe(out, who)
    return out, used


def _applies(rule: dict[str, str], start: str) -> bool:
    return (not rule["from"] or rule["from"] <= start) and (not rule["to"] or start < rule["to"])


def _state(ccode: str, start: str, cow: dict[str, set[str]]) -> str:
    """The state that bore a Correlates of War code on a day."""
    if ccode == "365":
        return "SUN" if start < "1991-08-21" else "RUS"
    if ccode == "345":
        return "YUG" if start < "2003-02-04" else "SCG" if start < "2006-06-05" else "SRB"
    if ccode == "816":
        return "VDR" if start < "1976-07-02" else "VNM"
    if ccode == "315":
        return "CSK" if start < "1993-01-01" else "CZE"
    return next(code for code, numbers in sorted(cow.items()) if ccode in numbers)


def _readable(leader: str) -> str:
    """`Yoshida, Shigeru` in reading order."""
    if "," in leader:
        last, first = (part.strip() for part in leader.split(",", 1))
        return f"{first} {{{last}}}"
    return leader


def _match(known: Editorial, state: str, leader: str, start: str) -> Person | None:
    """The person of our own table whom REIGN means: surname in the name, and head of that state on the day."""
    words = set(fold(leader).split("-"))
    for office in ("hog", "hos", "led"):
        for who, when in known.held.get((state, office), []):
            if set(fold(who.surname).split("-")) & words and _near(when, start):
                return who
    return None


def _near(when: Edtf, start: str) -> bool:
    day = Edtf.parse(start).earliest
    assert day is not None and when.earliest is not None
    return abs((when.earliest - day).days) <= 45
