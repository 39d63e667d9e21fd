"""Who belongs to which forum: our own table with roles and days, and the spells of Correlates of War."""

import csv
from collections import defaultdict
from pathlib import Path

from states import rows
from ttl import Turtle, lit

COW_END = 2014
SPLITS = {  # a Correlates of War code that several states bore, with the last year of each but the last
    "345": (("YUG", 2003), ("SCG", 2006), ("SRB", 9999)),
    "365": (("SUN", 1991), ("RUS", 9999)),
    "816": (("VDR", 1976), ("VNM", 9999)),
}


def _forums() -> set[str]:
    return {row["id"] for row in rows("forums.csv")}


def _actor(out: Turtle, code: str, forums: set[str]) -> str:
    return out.iri(f"forum/{code}" if code in forums else f"actor/{code}")


def _add(out: Turtle, name: str, forum: str, member: str, role: str, when: str, forums: set[str]) -> None:
    subject = f"membership/{name}"
    out.add(subject, "a", "kg:Membership")
    out.add(subject, "kg:member", _actor(out, member, forums))
    out.add(subject, "kg:memberIn", out.iri(f"forum/{forum}"))
    out.add(subject, "kg:membershipRole", out.iri(f"membership-role/{role}"))
    if when:
        out.when(subject, when)


def editorial() -> Turtle:
    """Memberships of general knowledge. `*UN` stands for all members of the UN but those named with a minus."""
    out = Turtle()
    forums = _forums()
    now = {m for row in rows("memberships.csv") if row["forum"] == "UN" and row["role"] == "member"
           and row["when"].endswith("..") for m in row["members"].split()}  # fmt: skip
    seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("memberships.csv"):
        members = row["members"].split()
        if members[0] == "*UN":
            without = {code.removeprefix("-") for code in members[1:]}
            members = sorted(now - without - seen[row["forum"], row["role"]])
        for member in members:
            seen[row["forum"], row["role"]].add(member)
            start = row["when"].split("/")[0].rstrip("~") or "X"
            plain = row["role"] in {"member", "economy", "permanent-member"}
            kind = "" if plain else f"{row['role']}."
            _add(
                out,
                f"{row['forum']}.{member}.{kind}{start[:4]}",
                row["forum"],
                member,
                row["role"],
                row["when"],
                forums,
            )
    return out


def cow(shared: Path, codes: dict[str, set[str]]) -> Turtle:
    """Spells of full membership in Correlates of War IGO v3 (Pevehouse et al. 2020), by year to 2014."""
    out = Turtle()
    forums = _forums()
    of_igo = {row["igo"]: row["forum"] for row in rows("cow_igos.csv")}
    ended = {(row["igo"], row["code"]) for row in rows("cow_ended.csv")}
    by_code = {number: code for code, numbers in sorted(codes.items(), reverse=True) for number in numbers}
    with (shared / "data/igo_cow/full_membership_spells.csv").open(encoding="utf-8", newline="") as file:
        table = [row for row in csv.DictReader(file) if row["igo"] in of_igo and row["ccode"]]
    for row in table:
        number = str(int(float(row["ccode"])))
        first, last = int(float(row["from_year"])), int(float(row["to_year"]))
        start = first
        for code, until in SPLITS.get(number, ((by_code[number], 9999),)):
            if start > last or start > until:
                continue
            end = min(last, until)
            going_on = last >= COW_END and until > last and (row["igo"], code) not in ended
            name = f"cow-igo.{row['igo']}.{code}.{start}"
            when = f"{start}/" if going_on else f"{start}/{end}"
            _add(out, name, of_igo[row["igo"]], code, "member", when, forums)
            out.add(f"membership/{name}", "kg:row", lit(f"{row['igo']} {row['state']} {first}"))
            start = until
    return out
