"""Visits of foreign leaders to the United States, and travels of presidents and secretaries of state abroad.

XML of the Office of the Historian. Each record is an account of a visit; the remarks are the text of the source, so
that those whom they name ("Met with ...") take part with the words as citation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import Options
from kg.loaders.known import known_office, known_place
from kg.records import MeetingAccount, Participation, Person, Place, Relation
from kg.tables.codes import codes
from kg.tables.met_with import Met, met, titled
from kg.tables.people import Held, in_office, known_person, of_leader, office_known
from kg.tables.recordset import Gathered, RecordSet, territory, text_of, tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["LOADERS"]

_USA = iris.actor("USA")
_SETS = {
    "visits": ("us-visits", "Visits by foreign leaders to the United States"),
    "president-travels": ("us-president-travels", "Travels abroad of presidents of the United States"),
    "secretary-travels": ("us-secretary-travels", "Travels abroad of secretaries of state of the United States"),
}
_KINDS = (
    (r"\bstate visit", "state-visit"),
    (r"\bofficial working visit|\bworking visit", "working-visit"),
    (r"\bofficial visit", "official-visit"),
    (r"\b(?:private|informal|unofficial) visit", "private-visit"),
    (r"\bsummit\b", "summit"),
    (r"\bfuneral|inauguration|dedication|anniversary|memorial service|coronation", "ceremony"),
    (r"\bconference\b", "conference"),
    (r"\bsign(?:ed|ing)\b", "signing"),
)
_GATHERING = re.compile(
    r"\b(?:summit|conference|attended|G-?[78]\b|G-?20|NATO|APEC|ministerial|funeral|ceremon\w+|sidelines|margins|session|"
    r"also met|assembly|forum|council|inauguration|coronation|symposium)",
    re.IGNORECASE,
)
_OFFICES = {"president": "head-of-state", "secretary": "foreign-minister"}


class UsVisits(RecordSet):
    """US visits and travels."""

    name = "us-visits"
    help = "Visits to the US and travels of its presidents and secretaries: folder with visits, president-travels ..."
    publisher = "Office of the Historian, United States Department of State"
    least: ClassVar[Mapping[str, int]] = {"MeetingAccount": 1}
    licence = "CC0 1.0"
    url = "https://history.state.gov/departmenthistory"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the folder with its parts, and of each part."""
        if not path.is_dir():
            return 0.0
        return 1.0 if any((path / name).is_dir() for name in _SETS) or path.name in _SETS else 0.0

    def read(self, path: Path, options: Options) -> Iterator[Gathered]:
        """One source for each of the parts that are there."""
        folders = [path] if path.name in _SETS else [path / name for name in _SETS if (path / name).is_dir()]
        for folder in folders:
            key, title = _SETS[folder.name]
            gathered = Gathered(key, title, folder.name)
            files = sorted(folder.glob("*.xml"))
            if not files:
                raise LoadError(f"{folder} holds no XML file; fetch it again.")
            number = 0
            for file in files:
                gathered.file = file.name
                for element in tree(file):
                    number += 1
                    if element.tag == "visit":
                        _visit(gathered, element)
                    elif element.tag == "trip":
                        _trip(gathered, element)
            yield gathered


def _visit(given: Gathered, element: "Element") -> None:
    row, when = text_of(element, "id"), _when(given, element)
    remark, visitor = text_of(element, "description"), text_of(element, "visitor")
    origin = element.find("from")
    state = territory(origin.get("id", "") if origin is not None else "", text_of(origin), _first(when))
    if state is None or when is None:
        given.problem(int(row or 0), "an unknown state or date; the visit is left out", f"{text_of(origin)} {when}")
        return
    line = f"{row}: {visitor}, {text_of(origin)}. {remark}".strip()
    start = given.say(line)
    account = _account(given, row, when, state, remark, (start, start + len(line)), host=_USA)
    at = start + len(row) + 2
    guest = titled(visitor)
    spoken = Met((), visitor, 0, len(visitor)) if guest is None and visitor else guest
    if spoken is not None:
        where = (at + spoken.start, at + spoken.end) if visitor else None
        _take_part(given, account, spoken, state, _first(when), row, "guest", where)
    else:
        given.problem(int(row or 0), "no visitor is named", visitor)
    after = start + len(line) - len(remark)
    for one in met(remark):
        if _held(one, "USA", _first(when)):
            _take_part(given, account, one, _USA, _first(when), row, "host", (after + one.start, after + one.end))


def _trip(given: Gathered, element: "Element") -> None:
    row, when = text_of(element, "id"), _when(given, element)
    remark, locale, country = text_of(element, "remarks"), text_of(element, "locale"), element.find("country")
    state = territory(country.get("id", "") if country is not None else "", text_of(country), _first(when))
    if state is None or when is None:
        given.problem(int(row or 0), "an unknown state or date; the trip is left out", f"{text_of(country)} {when}")
        return
    name = text_of(element, "name")
    line = f"{row}: {name}, {locale}, {text_of(country)}. {remark}".strip()
    start = given.say(line)
    account = _account(given, row, when, state, remark, (start, start + len(line)), host=state, locale=locale)
    at = start + len(row) + 2
    role = element.get("role", "")
    traveller = Met((), name, 0, len(name))
    _take_part(given, account, traveller, _USA, _first(when), row, "guest", (at, at + len(name)), _OFFICES.get(role))
    after = start + len(line) - len(remark)
    for one in met(remark):
        words = (after + one.start, after + one.end)
        _met_abroad(given, account, one, state, _first(when), row, words, alone=not _GATHERING.search(remark))


def _met_abroad(
    given: Gathered,
    account: MeetingAccount,
    one: Met,
    host: str,
    day: str | None,
    row: str,
    words: tuple[int, int],
    *,
    alone: bool,
) -> None:
    """Somebody met on a trip: of the state that the remark names, else whoever was in office on the day.

    At a gathering (where the host is not `alone` with the traveller), and where the reference data know who else held
    that office of the host, the source does not say whose leader is meant.
    """
    name, _, of = one.name.partition(" of ")
    if of and (named := codes().one("name", of, day)):
        bare = Met(one.titles, name, one.start, one.end)
        _take_part(given, account, bare, named, day, row, "participant", words)
        return
    american = any("President" in title for title in one.titles) and _held(one, "USA", day)
    held = (
        _held(one, iris.code_of(host), day) or american or (in_office(one.name, None, day, one.office) if day else None)
    )
    if held:
        role = "host" if iris.actor(held.state) == host else "participant"
        _take_part(given, account, one, iris.actor(held.state), day, row, role, words)
    elif not alone or (one.office and day and office_known(iris.code_of(host), one.office, day)):
        _take_part(given, account, one, None, day, row, "participant", words)
    else:
        _take_part(given, account, one, host, day, row, "host", words, certain=False)


def _held(who: Met, state: str, day: str | None, office: str | None = None) -> Held | None:
    return in_office(who.name, state, day, office or who.office) if day else None


def _when(given: Gathered, element: "Element") -> str | None:
    first, last = text_of(element, "start-date"), text_of(element, "end-date")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", first):
        return None
    if not last or last == first:
        return first
    if last < first or not re.fullmatch(r"\d{4}(-\d\d){0,2}", last):
        given.problem(
            int(text_of(element, "id") or 0), "ends before it begins; the first day is taken", f"{first} {last}"
        )
        return first
    return f"{first}/{last}"


def _first(when: str | None) -> str | None:
    return when.split("/")[0] if when else None


def _account(
    given: Gathered,
    row: str,
    when: str,
    state: str,
    remark: str,
    words: tuple[int, int],
    *,
    host: str,
    locale: str = "",
) -> MeetingAccount:
    kind = next((k for pattern, k in _KINDS if re.search(pattern, remark, re.IGNORECASE)), "visit")
    place = _place(given, locale, state) if locale else None
    given.add(Relation.between(_USA, state))
    return given.add(
        MeetingAccount(
            iri=iris.owned("account", given.key, row),
            party=(_USA, state),
            when=when,  # type: ignore[arg-type]
            concerns=(iris.relation(_USA, state),),
            meeting_kind=iris.concept("meeting-kind", kind),
            meeting_status=iris.concept("meeting-status", "held"),
            host_country=host,
            takes_place_at=(place,) if place else (),
            row=(row,),
            citation=(given.span(*words).iri,),
        )
    )


def _place(given: Gathered, locale: str, state: str) -> str | None:
    name = locale.split(";")[0].strip()
    known = known_place(name, iris.code_of(state))
    if known:
        return known.iri
    if not any(c.isalpha() for c in name):
        return None
    return given.add(Place(iri=iris.place(name, iris.code_of(state)), name=name, in_state=state)).iri  # type: ignore[arg-type]


def _take_part(
    given: Gathered,
    account: MeetingAccount,
    who: Met,
    side: str | None,
    day: str | None,
    row: str,
    role: str,
    words: tuple[int, int] | None,
    office: str | None = None,
    *,
    certain: bool = True,
) -> None:
    """That somebody took part, for `side`; it is `certain` where the source itself says for which state."""
    code = iris.code_of(side) if side else None
    kind = office or who.office
    person = _person(given, who, side, day, kind, certain=certain)
    post = iris.office(code, kind) if code and kind and known_office(iris.office(code, kind)) else None
    given.add(
        Participation(
            iri=iris.owned("participation", given.key, f"{row}.{iris.code_of(person)}"[-110:]),
            participant=person,
            participation_in=account.iri,
            participation_role=iris.concept("participation-role", role),
            in_office=post,
            on_behalf_of=(side,) if side else (),
            citation=(given.span(*words).iri,) if words and words[1] > words[0] else (),
        )
    )


def _person(given: Gathered, who: Met, side: str | None, day: str | None, kind: str | None, *, certain: bool) -> str:
    """IRI of a person: by office on the day, by full name and state, else one that only this source knows."""
    code = iris.code_of(side) if side else None
    full = len(who.name.split()) > 1
    held = _held(who, code, day, kind) if code else None
    known = held.person if held else None
    if known is None and full and code and certain and (exact := known_person(who.name, code)):
        known = exact[0]
    if known is not None:
        label = of_leader(known) or who.name
        if full and iris.fold(label) != iris.fold(who.name):
            _also_called(given, Person(iri=known, name=label, aliases=(who.name,)))  # type: ignore[arg-type]
        return known
    owner = code if full and certain and code else given.key
    return given.add(
        Person(
            iri=iris.person(who.name, owner),
            name=who.name,  # type: ignore[arg-type]
            surname=None if full else who.name,
            nationality=(side,) if side else (),
        )
    ).iri


def _also_called(given: Gathered, person: Person) -> None:
    before = given.records.get(person.iri)
    if isinstance(before, Person):
        person = replace(person, aliases=tuple(dict.fromkeys((*before.aliases, *person.aliases))))
    given.records[person.iri] = person


LOADERS = (UsVisits(),)
