"""ICEWS events: tables as published (20 columns, or 22 with year and month), and the form of temporal-graph papers.

The key of an event is its number and day, not the number alone. An actor such as "Foreign Ministry (Bangladesh)" is an
institution of its state; a person is one of ours where the name and the state fit one, else only the name is kept. That
the coder files an actor under the government of a state says for which state it acts.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import Options
from kg.records import Institution
from kg.tables.cameo import code_of_verb
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.events import event_shapes, located, number_of
from kg.tables.loader import ROLE, Answer, Context, Part, TableLoader
from kg.tables.people import known_person
from kg.tables.reading import Contract

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["LOADERS"]

_COLUMNS = (
    "event_id", "event_date", "source_name", "source_sectors", "source_country", "event_text", "cameo_code",
    "intensity", "target_name", "target_sectors", "target_country", "story_id", "sentence_number", "publisher",
    "city", "district", "province", "country", "latitude", "longitude",
)  # fmt: skip
_PUBLISHED = tuple(
    {"cameo_code": "CAMEO Code", "event_id": "Event ID", "story_id": "Story ID"}.get(c, c.replace("_", " ").title())
    for c in _COLUMNS
)
_COMMA = Contract(_COLUMNS, ("year", "yearmonth"))
_TABS = Contract(_PUBLISHED, delimiter="\t", quote="")
_IN_BRACKETS = re.compile(r"(.+?) \(([^()]+)\)")
# Names of states that ICEWS has in a form of its own.
_STATES = {"Occupied Palestinian Territory": "PSE", "Palestinian Territory, Occupied": "PSE"}
_OFFICIAL = re.compile(
    r"\b(government|ministry|minister|military|army|navy|naval|air force|coast guard|armed forces|troops|police|"
    r"president|presidency|head of government|cabinet|parliament|senate|legislat\w*|lower house|upper house|"
    r"house of|congress|court|judge|judiciary|attorney general|foreign affairs|defen[cs]e|intelligence|"
    r"governor|mayor|king|royal|diplomat|ambassador|envoy|consul\w*|embassy|executive|administration|"
    r"central bank|election commission|state council|security council|secretariat|spokesperson|representatives)\b",
    re.IGNORECASE,
)
_CIVIL = re.compile(
    r"\b(opposition|party|citizen|student|protester|former|newspaper|rebel|company|union)\b", re.IGNORECASE
)
_WORDS = {
    "Government", "Executive", "Executive Office", "Cabinet", "Foreign Ministry", "Legislative / Parliamentary",
    "Military", "Police", "Judicial", "Navy", "Army", "Air Force", "Marines", "Defense / Security Ministry",
}  # fmt: skip


class Icews(TableLoader):
    """ICEWS events as published."""

    name = "icews"
    help = "ICEWS coded events as published: CSV or tab-separated, 20 or 22 columns with a header."
    key = "icews"
    title = "ICEWS coded events"
    publisher = "ICEWS"
    least: ClassVar[Mapping[str, int]] = {"Event": 1}
    url = "https://doi.org/10.7910/DVN/28075"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the header, and of a folder that holds such a file."""
        if path.is_dir():
            return 1.0 if _tables(path) else 0.0
        return 1.0 if _contract(head) else 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """One file."""
        from kg.tables.reading import first_line

        contract = _contract(first_line(path).encode())
        if contract is None:
            raise LoadError(f"{path.name} does not begin with the columns of ICEWS events; check the file.")
        return {"rows": (path, contract)}

    def parts(self, path: Path, options: Options) -> Sequence[Part]:
        """Each file is a source."""
        files = _tables(path) if path.is_dir() else [path]
        return [Part(_key(file, options, len(files)), f"ICEWS events, {file.stem}", self.files(file)) for file in files]

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Events."""
        rows = given.tables["rows"]
        if "Event ID" in rows.columns:
            rows = rows.rename(dict(zip(_COLUMNS, _PUBLISHED, strict=True)))
        keyed = rows.filter(rows.event_id.re_search("^[A-Za-z0-9._-]{1,40}$") & rows.event_date.notnull())
        given.problem(
            rows.anti_join(keyed, "row_number"), "an event without number or date; the row is left out", "event_id"
        )
        table = keyed.mutate(
            key=keyed.event_id.concat("-").concat(keyed.event_date),
            row=keyed.event_id.concat(" ").concat(keyed.event_date),
            day=keyed.event_date,
            code=keyed.cameo_code,
            one_name=keyed.source_name,
            other_name=keyed.target_name,
            goldstein=number_of(keyed.intensity),
        )
        for side, name in (("source", "one"), ("target", "other")):
            keys = [f"{side}_{part}" for part in ("name", "sectors", "country")]
            table = given.look_up(table, keys, [name, f"{name}_side", f"{name}_known"], _actor(given), "day")
            unknown = table.filter(table[f"{name}_known"] == "no")
            given.problem(unknown, "an unknown state of an actor; only the name is kept", f"{side}_country")
        table = located(given, table, "city", "country", "name", "takes_place_at")
        return event_shapes(given, table, ("goldstein", "takes_place_at", "row"))


class IcewsGraph(TableLoader):
    """ICEWS events in the form of papers on temporal knowledge graphs."""

    name = "icews-graph"
    help = "ICEWS as papers on temporal graphs have it: a folder with entity2id.txt, relation2id.txt and train.txt."
    key = "icews-graph"
    title = "ICEWS events as a temporal graph"
    publisher = "ICEWS"
    least: ClassVar[Mapping[str, int]] = {"Event": 1}

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the folder with its tables of ids."""
        return (
            1.0
            if path.is_dir() and (path / "entity2id.txt").is_file() and (path / "relation2id.txt").is_file()
            else 0.0
        )

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """The parts that are there, and the tables of ids."""
        ids = Contract(("name", "id"), delimiter="\t", header=False, quote="")
        wide = Contract(("one_id", "verb_id", "other_id", "hours", "end"), delimiter="\t", header=False, quote="")
        found = {
            role: (path / f"{role}.txt", wide)
            for role in ("train", "valid", "test")
            if (path / f"{role}.txt").is_file()
        }
        if not found:
            raise LoadError(f"{path} holds none of train.txt, valid.txt and test.txt; put them there.")
        return {**found, "entities": (path / "entity2id.txt", ids), "verbs": (path / "relation2id.txt", ids)}

    def parts(self, path: Path, options: Options) -> Sequence[Part]:
        """One source, named after the folder."""
        key = iris.key_of(options.meta.id) if options.meta.id else iris.fold(path.name)
        return [Part(key, options.meta.title or f"ICEWS events, {path.name}", self.files(path))]

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Events; the year is that of the folder's name."""
        import ibis

        year = re.search(r"(\d{2})(?!.*\d)", given.key)
        if year is None:
            raise LoadError("The folder's name must end in the year, such as icews14: hours count from its 1 January.")
        start = ibis.literal(f"20{year[1]}-01-01").cast("date")
        names = given.tables["entities"].select("id", "name")
        roles = [role for role in ("train", "valid", "test") if role in given.tables]
        rows = (
            ibis.union(*(given.tables[r].mutate(**{ROLE: ibis.literal(r)}) for r in roles))
            if len(roles) > 1
            else (given.tables[roles[0]].mutate(**{ROLE: ibis.literal(roles[0])}))
        )
        rows = rows.mutate(**{c: rows[c].strip() for c in ("one_id", "verb_id", "other_id", "hours")})
        rows = rows.left_join(names.select(one_id="id", one_raw="name"), "one_id").drop("one_id_right")
        rows = rows.left_join(names.select(other_id="id", other_raw="name"), "other_id").drop("other_id_right")
        rows = rows.left_join(_verbs(given), "verb_id").drop("verb_id_right")
        number: Any = rows.hours.try_cast("int64")
        table = rows.mutate(
            key=rows.one_id.concat("-").concat(rows.verb_id, "-", rows.other_id, "-", rows.hours),
            row=rows[ROLE].concat(" ").concat(rows.row_number.cast("string")),
            day=(start + (number // 24).as_interval("D")).cast("string").substr(0, 10),
            one_name=rows.one_raw.replace("_", " "),
            other_name=rows.other_raw.replace("_", " "),
            no_sectors=ibis.literal(""),
        )
        bad = table.filter(table.one_raw.isnull() | table.other_raw.isnull())
        given.problem(bad, "an unknown number of an entity; the row is left out", "key")
        table = table.filter(table.one_raw.notnull() & table.other_raw.notnull())
        for name in ("one", "other"):
            keys = [f"{name}_name", "no_sectors", "no_sectors"]
            table = given.look_up(table, keys, [name, f"{name}_side", f"{name}_known"], _actor(given), "day")
            unknown = table.filter(table[f"{name}_known"] == "no")
            given.problem(unknown, "an unknown state of an actor; only the name is kept", f"{name}_name")
        return event_shapes(given, table, ("row",))


def _verbs(given: Context) -> Any:
    """Number of a verb -> CAMEO code."""
    table = given.tables["verbs"]

    def answer(name: str) -> list[Answer]:
        code = code_of_verb(name.replace("_", " "))
        return [(FIRST, LAST, [code])] if code else []

    return given.look_up(table, ["name"], ["code"], answer).select(verb_id="id", code="code")


def _contract(head: bytes) -> Contract | None:
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace").lstrip("\ufeff").strip()
    if first.lower().replace('"', "").startswith("event_id,event_date,source_name"):
        return _COMMA
    return _TABS if first.startswith("Event ID\tEvent Date\tSource Name") else None


def _tables(folder: Path) -> list[Path]:
    from kg.loaders.registry import head_of

    there = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".csv", ".tab", ".tsv") and p.is_file())
    return [p for p in there if _contract(head_of(p))]


def _key(file: Path, options: Options, count: int) -> str:
    return iris.key_of(options.meta.id) if options.meta.id and count == 1 else f"icews-{iris.fold(file.stem)}"


def _actor(given: Context) -> Any:
    known = codes()

    def state(name: str) -> str | None:
        return iris.actor(_STATES[name]) if name in _STATES else known.one("name", name)

    def answer(name: str, sectors: str, country: str) -> list[Answer]:
        name = name.strip()
        if not name or name == "Unspecified Actor":
            return []
        if name in _STATES or known.spans("name", name):
            spans = known.spans("name", name) or known.spans("iso3", _STATES[name])
            return [(s.first, s.last, [s.iri, s.iri, "yes"]) for s in spans]
        inside = _IN_BRACKETS.fullmatch(name)
        within = country or (inside[2] if inside else "")
        home = state(within) if within else None
        official = _is_official(name, sectors)
        if home is None:
            person = known_person(name) if not within else None
            if person:
                side = iris.party(person[1])
                return [(FIRST, LAST, [person[0], side, "yes"])]
            return [(FIRST, LAST, [None, None, "no" if within else "yes"])]
        if inside:
            if not official:
                return [(FIRST, LAST, [None, None, "yes"])]
            body = Institution(
                iri=iris.concept("org", f"{iris.code_of(home)}.{iris.fold(inside[1])}"),
                name=name,  # type: ignore[arg-type]
                institution_of=home,
            )
            return [(FIRST, LAST, [given.add(body), home, "yes"])]
        person = known_person(name, iris.code_of(home))
        return [(FIRST, LAST, [person[0] if person else None, home if official or person else None, "yes"])]

    return answer


def _is_official(name: str, sectors: str) -> bool:
    """Whether an actor acts for its state: as the coder files it, else by the words of its name."""
    if sectors:
        return bool(_WORDS & {s.strip() for s in sectors.split(",")})
    return bool(_OFFICIAL.search(name)) and not _CIVIL.search(name)


LOADERS = (Icews(), IcewsGraph())
