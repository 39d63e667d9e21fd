"""Memberships of states in intergovernmental organisations by spell of years (Correlates of War, IGO v3)."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.records import Forum
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.compile import Columns, iri_of
from kg.tables.loader import Answer, Context, TableLoader
from kg.tables.reading import Contract

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["LOADERS"]

_FILE = "full_membership_spells.csv"
_CONTRACT = Contract(("igo", "state", "ccode", "from_year", "to_year"))
# The data end here: a spell that reaches this year has an unknown end.
_LAST_YEAR = "2014"
_FORUMS = {
    "un": "UN", "nato": "NATO", "wto": "WTO", "imf": "IMF", "ibrd": "WB", "iaea": "IAEA", "fao": "FAO", "who": "WHO",
    "oecd": "OECD", "oau": "AU", "au": "AU", "asean": "ASEAN", "apec": "APEC", "sco": "SCO", "eec": "EU", "eu": "EU",
    "comsec": "Commonwealth", "pif": "PIF", "iorarc": "IORA", "gcc": "GCC", "loas": "LAS", "oas": "OAS",
    "mercosur": "MERCOSUR", "caricom": "CARICOM", "ecowas": "ECOWAS", "osce": "OSCE", "oic": "OIC", "opec": "OPEC",
    "saarc": "SAARC", "csto": "CSTO", "asdb": "ADB",
}  # fmt: skip


class CowIgo(TableLoader):
    """COW memberships."""

    name = "cow-igo"
    help = (
        "Memberships in intergovernmental organisations (Correlates of War): full_membership_spells.csv or its folder."
    )
    key = "cow-igo"
    title = "Correlates of War, intergovernmental organisations v3"
    publisher = "Correlates of War"
    least: ClassVar[Mapping[str, int]] = {"Membership": 1}
    licence = "free with citation (Pevehouse, Nordstrom, McManus and Jamison 2020)"
    url = "https://correlatesofwar.org/data-sets/igos/"
    published = "2020"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the file by its name or header, and of a folder that holds it."""
        if path.is_dir():
            return 1.0 if (path / _FILE).is_file() else 0.0
        return 1.0 if path.name == _FILE or head.startswith(b"igo,state,ccode,from_year,to_year") else 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """The one file."""
        file = path / _FILE if path.is_dir() else path
        if not file.is_file():
            raise LoadError(f"{path} lacks {_FILE}; put it there.")
        return {"rows": (file, _CONTRACT)}

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Memberships."""
        import ibis

        from kg.tables.bulk import Shape

        rows = given.tables["rows"]
        rows = rows.mutate(
            cow=rows.ccode.replace(".0", ""), first=rows.from_year.substr(0, 4), last=rows.to_year.substr(0, 4)
        )
        dated = rows.first.re_search("^[0-9]{4}$") & rows.last.re_search("^[0-9]{4}$") & (rows.first <= rows.last)
        given.problem(
            rows.filter(~dated | rows.first.isnull()), "an impossible spell; the row is left out", "from_year"
        )
        table = given.party(rows.filter(dated), "cow", "cow", "member", "first")
        given.problem(table.filter(table.member.isnull()), "an unknown state; the row is left out", "state")
        table = given.look_up(table.filter(table.member.notnull()), ["igo"], ["forum"], _forum(given))
        table = given.keep(table)
        ends = ibis.cases((table.last == _LAST_YEAR, ""), else_=table.last)
        who = table.member.replace(iris.BASE + "actor/", "")
        what = table.forum.replace(iris.BASE + "forum/", "")
        # One organisation goes under two names where it was made anew (OAU and AU), hence the name in the key.
        key = iri_of(f"membership/{given.key}.", table.igo, ".", who, ".", table.first)
        fields = {
            "member": table.member,
            "member_in": table.forum,
            "membership_role": iri_of("membership-role/", ibis.cases((what == "APEC", "economy"), else_="member")),
            "when": ibis.cases((table.first == table.last, table.first), else_=table.first.concat("/").concat(ends)),
            "row": table.igo.concat(" ").concat(table.state, " ", table.first),
        }
        return [Shape(table, [Columns("Membership", key, fields)])]


def _forum(given: Context) -> Callable[[str], list[Answer]]:
    known = codes().labels

    def answer(igo: str) -> list[Answer]:
        iri = iris.forum(_FORUMS.get(igo, "")) if igo in _FORUMS else iris.forum(f"cow-{iris.fold(igo)}")
        if iri not in known:
            given.add(Forum(iri=iri, name=igo.upper()))  # type: ignore[arg-type]
        return [(FIRST, LAST, [iri])]

    return answer


LOADERS = (CowIgo(),)
