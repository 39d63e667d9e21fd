"""Participation in agreements, one row per agreement and party, with a column for the day of each step.

The columns ``agreement`` and ``party`` must be there; ``title``, ``kind``, ``row`` and the steps may be. A party is a
code of ISO 3166-1 (alpha-3), the id of a forum, or a name. A step that has a date is an act on the agreement.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kg import iris
from kg.loaders.base import Options
from kg.records import Agreement
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.compile import Columns, iri_of
from kg.tables.loader import Answer, Context, Part, TableLoader
from kg.tables.reading import Contract

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["LOADERS"]

_STEPS = {
    "signature": "signature", "ratification": "ratification", "acceptance": "acceptance", "accession": "accession",
    "succession": "succession", "provisional_application": "provisional-application",
    "entry_into_force": "entry-into-force", "withdrawal": "withdrawal",
}  # fmt: skip
_CONTRACT = Contract(("agreement", "party"), ("title", "kind", *_STEPS))


class Treaties(TableLoader):
    """Participation in agreements."""

    name = "agreements"
    help = "Participation in agreements: a CSV with the columns agreement, party, title, signature, ratification ..."
    key = "agreements"
    title = "Participation in agreements"
    publisher = "Unknown publisher"
    least: ClassVar[Mapping[str, int]] = {"AgreementAct": 1}

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of a header with agreement, party and a step."""
        first = head.split(b"\n", 1)[0].decode("utf-8", "replace").lstrip("\ufeff").strip()
        names = {name.strip().strip('"') for name in first.split(",")}
        return 0.95 if not path.is_dir() and {"agreement", "party"} <= names and names & set(_STEPS) else 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """The one file."""
        return {"rows": (path, _CONTRACT)}

    def parts(self, path: Path, options: Options) -> Sequence[Part]:
        """Each file is a source."""
        key = iris.key_of(options.meta.id) if options.meta.id else f"agreements-{iris.fold(path.stem)}"
        return [Part(key, options.meta.title or f"{self.title}, {path.stem}", self.files(path))]

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Acts on agreements, one for each step that is dated."""
        from kg.tables.bulk import Shape

        rows = given.tables["rows"]
        rows = given.look_up(rows, ["agreement", "title", "kind"], ["agreement_iri"], _agreement(given))
        rows = given.look_up(rows, ["party"], ["party_iri", "party_key"], _party)
        rows = given.keep(rows)
        given.problem(rows.filter(rows.agreement_iri.isnull()), "no agreement; the row is left out", "agreement")
        given.problem(rows.filter(rows.party_iri.isnull()), "an unknown party; the row is left out", "party")
        rows = rows.filter(rows.agreement_iri.notnull() & rows.party_iri.notnull())
        found = []
        for column, action in _STEPS.items():
            date = rows[column].strip()
            form = date.re_search("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")
            full = date.concat("-01-01").substr(0, 10).try_cast("date")
            dated = form & full.notnull()
            given.problem(rows.filter(date.notnull() & ~dated), "an impossible date; the step is left out", column)
            table = rows.filter(dated)
            what = table.agreement_iri.replace(iris.BASE + "agreement/", "")
            fields = {
                "agreement": table.agreement_iri,
                "agreement_action": iri_of(f"agreement-action/{action}"),
                "party": table.party_iri,
                "when": table[column].strip(),
                "row": table.row_number.cast("string"),
            }
            key = iri_of(f"agreement-act/{given.key}.", what, ".", table.party_key, f".{action}")
            found.append(Shape(table, [Columns("AgreementAct", key, fields)]))
        return found


def _agreement(given: Context) -> Callable[[str, str, str], list[Answer]]:
    def answer(key: str, title: str, kind: str) -> list[Answer]:
        if not key.strip():
            return []
        name = " ".join(title.split()) or " ".join(key.split())
        record = Agreement(
            iri=iris.concept("agreement", iris.fold(key)),
            name=name,  # type: ignore[arg-type]
            title=name,
            agreement_kind=iris.concept("agreement-kind", iris.fold(kind)) if kind.strip() else None,
        )
        return [(FIRST, LAST, [given.add(record)])]

    return answer


def _party(text: str) -> list[Answer]:
    known = codes()
    for scheme in ("iso3", "forum", "name"):
        found = known.one(scheme, text.strip())
        if found:
            return [(FIRST, LAST, [found, iris.code_of(found)])]
    return []


LOADERS = (Treaties(),)
