"""Chiefs of mission of the United States: each a tenure of an envoy, to a state or an organisation.

The XML names persons by an id such as "phillips-william": surname, then given names. Their names are made of it.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import Options
from kg.records import Office, Person, Tenure
from kg.tables.codes import codes
from kg.tables.recordset import Gathered, RecordSet, territory, text_of, tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["LOADERS"]

_USA = iris.actor("USA")
_ORGANISATIONS = {
    "asean": "ASEAN", "au": "AU", "eu": "EU", "iaea": "IAEA", "icao": "ICAO", "nato": "NATO", "oas": "OAS",
    "oecd": "OECD", "osce": "OSCE", "un": "UN", "unesco": "UNESCO", "unido": "UNIDO", "unafa": "FAO",
    "uneo": "UN", "unvo": "UN",
}  # fmt: skip
_PARTICLES = {"de", "du", "la", "le", "van", "von", "der", "st"}


class UsChiefs(RecordSet):
    """Chiefs of mission of the United States."""

    name = "us-chiefs"
    help = "US chiefs of mission: folder with missions-countries and missions-orgs."
    publisher = "Office of the Historian, United States Department of State"
    least: ClassVar[Mapping[str, int]] = {"Tenure": 1}
    licence = "CC0 1.0"
    url = "https://history.state.gov/departmenthistory/people/chiefsofmission"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the folder with its parts."""
        return 1.0 if path.is_dir() and (path / "missions-countries").is_dir() else 0.0

    def read(self, path: Path, options: Options) -> Iterator[Gathered]:
        """One source."""
        given = Gathered("us-chiefs-of-mission", "Chiefs of mission of the United States", "missions-countries")
        files = [*sorted((path / "missions-countries").glob("*.xml")), *sorted((path / "missions-orgs").glob("*.xml"))]
        if not files:
            raise LoadError(f"{path} holds no missions; fetch it again.")
        number = 0
        for file in files:
            root = tree(file)
            given.file = file.name
            for chief in root.iter("chief"):
                number += 1
                _chief(given, number, root, chief, file.stem)
        yield given


def _chief(given: Gathered, number: int, root: "Element", chief: "Element", stem: str) -> None:
    row = text_of(chief, "id")
    appointed = _date(given, number, chief, "appointed")
    started, ended = _date(given, number, chief, "started"), _date(given, number, chief, "ended")
    begin = started or appointed
    receiver = _receiver(root, chief, stem, begin or ended)
    if receiver is None:
        given.problem(number, "a state that the reference data lack; the tenure is left out", f"{row} {stem}")
        return
    who = text_of(chief, "person-id")
    if not row or not who:
        given.problem(number, "no id or no person; the tenure is left out", f"{row} {who}")
        return
    if begin and ended and ended[: len(begin)] < begin[: len(ended)]:
        given.problem(number, "ends before it begins; the end is left out", f"{row} {begin} {ended}")
        ended = None
    name = _name(who)
    person = given.add(Person(iri=iris.person(name, "USA"), name=name, nationality=(_USA,)))  # type: ignore[arg-type]
    role = text_of(chief, "role-title-id")
    kind = "charge-d-affaires" if role.startswith("charge") else "ambassador"
    if "/forum/" in receiver:
        kind = "permanent-representative"
    code = iris.code_of(receiver)
    label = {"charge-d-affaires": "Chargé d'affaires", "ambassador": "Envoy"}.get(kind, "Representative")
    office = given.add(
        Office(
            iri=iris.office("USA", f"{kind}-to-{code}"),
            name=f"{label} of the United States to {codes().label(receiver)}",  # type: ignore[arg-type]
            office_of=_USA,
            office_kind=(iris.concept("office-kind", kind),),
        )
    )
    when = f"{begin or ''}/{ended or ''}" if begin or ended else None
    remarks = [text_of(chief.find("ended"), "note") if chief.find("ended") is not None else "", text_of(chief, "note")]
    tenure = iris.owned("tenure", given.key, iris.key_of(row))
    if tenure in given.records:
        given.problem(number, "an id that stood before; the tenure is left out", row)
        return
    given.add(
        Tenure(
            iri=tenure,
            holder=person.iri,
            office=office.iri,
            when=when,  # type: ignore[arg-type]
            accredited_to=receiver,
            appointed=appointed,  # type: ignore[arg-type]
            credentials=started,  # type: ignore[arg-type]
            row=(row,),
            note=[note for note in remarks if note],  # type: ignore[arg-type]
        )
    )


def _date(given: Gathered, number: int, chief: "Element", tag: str) -> str | None:
    element = chief.find(tag)
    text = text_of(element, "date") if element is not None else ""
    if not text:
        return None
    from kg.edtf import Edtf
    from kg.errors import RecordError

    try:
        return Edtf.parse(text).text
    except RecordError:
        given.problem(number, f"an impossible date ({tag})", text)
        return None


def _receiver(root: "Element", chief: "Element", stem: str, day: str | None) -> str | None:
    if root.tag == "org-mission":
        key = _ORGANISATIONS.get(stem.removeprefix("representative-").removeprefix("to-"))
        return iris.forum(key) if key else None
    key = text_of(chief, "contemporary-territory-id") or text_of(root, "territory-id") or stem
    return territory(key, "", day) or territory(stem, "", day)


def _name(key: str) -> str:
    """ "phillips-william" -> "William Phillips"."""
    words = re.sub(r"-\d+$", "", key).split("-")
    size = 1
    while size < len(words) - 1 and words[size - 1] in _PARTICLES:
        size += 1
    surname, given = words[:size], words[size:]
    parts = [w.upper() + "." if len(w) == 1 else w.capitalize() for w in given]
    return " ".join([*parts, *(w if w in _PARTICLES and w != "st" else w.capitalize() for w in surname)])


LOADERS = (UsChiefs(),)
