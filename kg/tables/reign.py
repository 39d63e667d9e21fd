"""Leaders of states by spell (REIGN): who was the effective leader, from which day to which month."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kg import iris
from kg.loaders.known import known_office
from kg.records import Office, Person
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.compile import Columns, iri_of
from kg.tables.loader import Answer, Context, TableLoader
from kg.tables.people import in_office, known_person
from kg.tables.reading import Contract

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["LOADERS"]

_COLUMNS = ("stateabb", "ccode", "leadid", "leader", "sdate", "smonth", "syear", "emonth", "eyear")
_MORE = ("birthyear", "gender", "militarycareer", "l_month", "l_year", "codedby", "notes")


class Reign(TableLoader):
    """REIGN leaders."""

    name = "reign"
    help = "Leaders of states (REIGN): leaderlist_*.csv or its folder."
    key = "reign"
    title = "REIGN, list of leaders"
    publisher = "REIGN"
    least: ClassVar[Mapping[str, int]] = {"Tenure": 1}
    licence = "MIT"
    url = "https://github.com/OEFDataScience/REIGN.github.io"
    published = "2021-03"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the header, and of a folder with such a file."""
        if path.is_dir():
            return 1.0 if any(path.glob("leaderlist*.csv")) else 0.0
        return 1.0 if head.lstrip(b"\xef\xbb\xbf").startswith(b"stateabb,ccode,leadid,leader") else 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """The one file."""
        file = sorted(path.glob("leaderlist*.csv"))[-1] if path.is_dir() else path
        return {"rows": (file, Contract(_COLUMNS, _MORE, encoding="latin-1"))}

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Tenures of the office of effective leader."""
        import ibis

        from kg.tables.bulk import Shape

        rows = given.tables["rows"]
        two = {name: rows[name].strip().lpad(2, "0") for name in ("smonth", "sdate", "emonth")}
        start = rows.syear.concat("-").concat(two["smonth"], "-", two["sdate"])
        month = rows.eyear.concat("-").concat(two["emonth"])
        running = rows.eyear.isnull() & rows.emonth.isnull()  # in office when the list ends
        rows = rows.mutate(day=start, end=ibis.cases((running, ""), else_=month))
        good = rows.day.try_cast("date").notnull() & (
            (rows.end == "") | rows.end.concat("-01").try_cast("date").notnull()
        )
        good = good & ((rows.end == "") | (rows.end >= rows.day.substr(0, 7)))
        given.problem(rows.filter(~good | good.isnull()), "an impossible spell; the row is left out", "day")
        table = given.party(rows.filter(good), "ccode", "cow", "state", "day")
        given.problem(table.filter(table.state.isnull()), "an unknown state; the row is left out", "stateabb")
        table = table.filter(table.state.notnull())
        table = given.look_up(table, ["leader", "state", "day", "leadid"], ["holder", "office"], _holder(given))
        table = given.keep(table)
        bad = table.filter(table.holder.isnull())
        given.problem(bad, "no name of a leader; the row is left out", "leader")
        table = table.filter(table.holder.notnull())
        what = table.holder.replace(iris.BASE + "person/", "")
        fields = {
            "holder": table.holder,
            "office": table.office,
            "when": table.day.concat("/").concat(table.end),
            "row": table.stateabb.concat(" ").concat(table.leader, " ", table.day),
        }
        key = iri_of(f"tenure/{given.key}.", what, ".", table.day)
        return [Shape(table, [Columns("Tenure", key, fields)])]


def _holder(given: Context) -> Callable[[str, str, str, str], list[Answer]]:
    def answer(leader: str, state: str, day: str, leader_id: str) -> list[Answer]:
        name, code = " ".join(leader.split()), iris.code_of(state)
        if not name:
            return []
        held = in_office(name, code, day)
        known = (held.person,) if held else known_person(name, code)
        if known:
            person = known[0]
        else:
            # A surname alone is known to this source only; the number of the leader tells namesakes apart.
            full = len(name.split()) > 1
            iri = (
                iris.person(name, code) if full else f"{iris.BASE}person/{given.key}.{iris.fold(f'{name} {leader_id}')}"
            )
            surname = None if full else name
            person = given.add(Person(iri=iri, name=name, surname=surname, nationality=(state,)))  # type: ignore[arg-type]
        office = iris.office(code, "effective-leader")
        if not known_office(office):
            label = f"Effective leader of {codes().label(state)}"
            kind = iris.concept("office-kind", "effective-leader")
            given.add(Office(iri=office, name=label, office_of=state, office_kind=(kind,)))  # type: ignore[arg-type]
        return [(FIRST, LAST, [person, office])]

    return answer


LOADERS = (Reign(),)
