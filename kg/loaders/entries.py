"""Entries written by hand, one by one, as records: short names looked up, mistakes named by entry and field."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg import iris
from kg.edtf import Edtf
from kg.errors import LoadError, RecordError
from kg.loaders import known
from kg.loaders.base import Loaded, Meta
from kg.loaders.forms import FORMS
from kg.loaders.mistakes import mistake_in
from kg.loaders.short import ShortNames
from kg.loaders.sources import source_key
from kg.ontology import model
from kg.records import RECORDS, Agreement, Document, Participation, Publisher, Record, Relation
from kg.records.base import object_fields, shape
from kg.words import with_article

__all__ = ["Entries"]

_SEGMENTS = {
    "MeetingAccount": "account",
    "Participation": "participation",
    "TradeFlow": "flow",
    "AgreementAct": "agreement-act",
    "RelationAct": "relation-act",
    "MechanismStatus": "mechanism-status",
    "FollowUp": "follow-up",
    "RollCall": "rollcall",
}
_PAIRS = {"party", "committed_by"}


class Entries:
    """The records of one source that was written by hand."""

    def __init__(self, where: str, meta: Meta, path: Path) -> None:
        self.where = where
        self.meta = meta
        self.path = path
        self.key = source_key(meta, "")
        self.ids: dict[str, str] = {}
        self.names = ShortNames(self.key, self.ids)
        self.records: dict[str, Record] = {}

    # --- one entry ------------------------------------------------------------------------------------------

    def announce(self, number: int, entry: Any) -> None:
        """Take down the id of an entry, so that entries before it may refer to it too.

        Raises:
            LoadError: it is no entry, its kind is unknown, or its id is taken.
        """
        if not isinstance(entry, dict) or len(entry) != 1:
            raise LoadError(
                f"{self.where}: entry {number} must be one kind with its fields, such as 'meeting: {{...}}'."
            )
        ((name, values),) = entry.items()
        if name not in FORMS and name not in RECORDS:
            near = get_close_matches(name, [*FORMS, *RECORDS], n=3, cutoff=0.5)
            hint = (
                f"did you mean {' or '.join(near)}?"
                if near
                else f"there are {', '.join(FORMS)} and the record classes."
            )
            raise LoadError(f"{self.where}: entry {number}: there is no kind of entry {name!r}; {hint}")
        if not isinstance(values, dict):
            raise LoadError(f"{self.where}: entry {number} ({name}) must have fields, such as '{name}: {{...}}'.")
        label = values.get("id")
        if label is None:
            return
        cls = FORMS[name].cls if name in FORMS else name
        if not isinstance(label, str) or not iris.is_key(label):
            raise LoadError(
                f"{self._at(number, name, 'id')}: {label!r} may hold only letters, digits, '.', '_' and '-'."
            )
        if label in self.ids:
            raise LoadError(f"{self._at(number, name, 'id')}: {label!r} is the id of an earlier entry too.")
        self.ids[label] = iris.owned(_segment(cls), self.key, label)

    def add(self, number: int, entry: Mapping[str, Any]) -> None:
        """Make the records of an entry.

        Raises:
            LoadError: a field is unknown, missing or cannot be read; the message names entry and field.
        """
        ((name, values),) = entry.items()
        if mistake := mistake_in(name, values):
            field, said = mistake
            raise LoadError(f"{self._at(number, name, field)}: {said}")
        values = dict(values)
        label = values.pop("id", None)
        part = label or str(number)
        if name in FORMS:
            self._form(number, name, part, values)
        else:
            self._record(number, name, part, values)

    # --- record classes -------------------------------------------------------------------------------------

    def _record(self, number: int, name: str, part: str, values: dict[str, Any]) -> None:
        cls = RECORDS[name]
        given = values.pop("iri", None)
        ready = {field: self._value(number, name, field, cls, value) for field, value in values.items()}
        try:
            iri = self._iri(cls, given, part, ready)
        except LoadError as error:
            raise LoadError(f"{self._at(number, name, 'iri')}: {error}") from None
        self._make(number, name, cls, iri, ready)

    def _iri(self, cls: type[Record], given: str | None, part: str, ready: Mapping[str, Any]) -> str:
        owned = model().classes[cls.cls].owned
        if given is not None:
            return self.names.iri("iri", given)
        if owned:
            return iris.owned(_segment(cls.cls), self.key, part)
        name = ready.get("name")
        label = name[0][0] if isinstance(name, tuple) and name else None
        if label and cls.cls == "Person":
            nation = ready.get("nationality", ())
            return iris.person(label, iris.code_of(nation[0]) if nation else self.key)
        if label and cls.cls == "Place":
            state = ready.get("in_state")
            return iris.place(label, iris.code_of(state) if state else None)
        if label and cls.cls in {"Organisation", "Institution", "Publisher"}:
            owner = ready.get("institution_of")
            prefix = f"{iris.code_of(owner)}." if owner else ""
            return iris.concept("publisher" if cls.cls == "Publisher" else "org", prefix + iris.fold(label))
        if cls.cls == "Relation" and len(ready.get("relates", ())) == 2:
            return iris.relation(*ready["relates"])
        named = with_article(cls.cls)
        raise LoadError(f"{named[0].upper()}{named[1:]} needs an IRI here, such as {_segment(cls.cls)}/NAME.")

    def _value(
        self, number: int, name: str, field: str, cls: type[Record], value: Any, *, shown: str = "", **hints: Any
    ) -> Any:
        """A value as the record takes it: short names as IRIs, names with their language."""
        at = self._at(number, name, shown or field)
        kind = shape(cls)[field]
        try:
            if field in object_fields(cls):
                if kind == "Strings":
                    items = value if isinstance(value, list) else [value]
                    return tuple(dict.fromkeys(self.names.iri(field, str(item), **hints) for item in items))
                return self.names.iri(field, str(value), **hints)
            if kind == "Label":
                if isinstance(value, dict):
                    return tuple((text, lang) for lang, text in value.items())
                return tuple((text, "en") for text in (value if isinstance(value, list) else [value]))
            if kind == "Edtf":
                return Edtf.parse(str(value))
            if kind == "Strings":
                return tuple(str(item) for item in (value if isinstance(value, list) else [value]))
            if kind == "date":
                return Edtf.parse(str(value)).exact
        except (LoadError, RecordError) as error:
            raise LoadError(f"{at}: {error}") from None
        return str(value) if kind == "Decimal" else value

    def _make(self, number: int, name: str, cls: type[Record], iri: str, ready: Mapping[str, Any]) -> Record:
        try:
            record = cls(iri=iri, **ready)
        except RecordError as error:
            raise LoadError(f"{self.where}: entry {number} ({name}): {error}") from None
        except TypeError as error:
            raise LoadError(f"{self.where}: entry {number} ({name}): a field is missing ({error}).") from None
        if iri in self.records and self.records[iri] != record:
            raise LoadError(
                f"{self.where}: entry {number} ({name}) is called {iri}, like an earlier one; give it an id."
            )
        self.records[iri] = record
        return record

    # --- short forms ----------------------------------------------------------------------------------------

    def _form(self, number: int, name: str, part: str, values: dict[str, Any]) -> None:
        form = FORMS[name]
        cls = RECORDS[form.cls]
        special = {field: values.pop(field) for field in list(values) if isinstance(form.fields[field], dict)}
        hints: dict[str, Any] = {}
        if "when" in values:
            hints["when"] = self._value(number, name, "when", cls, values["when"])
        ready: dict[str, Any] = {}
        for field, value in values.items():
            target = form.fields[field]
            assert isinstance(target, str)
            more = hints if target == "addressee" else {}
            ready[target] = self._value(number, name, target, cls, value, shown=field, **more)
        iri = iris.owned(_segment(form.cls), self.key, part)
        try:
            getattr(self, f"_{name.replace('-', '_')}", self._nothing)(number, iri, part, special, ready)
        except (LoadError, RecordError) as error:
            message = str(error)
            if message.startswith(self.where):
                raise
            raise LoadError(f"{self.where}: entry {number} ({name}): {message}") from None
        self._concern(ready)
        self._make(number, name, cls, iri, ready)

    def _nothing(self, number: int, iri: str, part: str, special: Mapping[str, Any], ready: dict[str, Any]) -> None:
        """For forms that have no fields of their own."""

    def _meeting(self, number: int, iri: str, part: str, special: Mapping[str, Any], ready: dict[str, Any]) -> None:
        ready.setdefault("meeting_kind", iris.concept("meeting-kind", "meeting"))
        ready.setdefault("meeting_status", iris.concept("meeting-status", "held"))
        if len(ready["party"]) < 2:
            raise LoadError("A meeting has at least two parties; the country where it takes place alone is none.")
        country = ready.get("host_country")
        if "place" in special:
            place = self.names.iri("takes_place_at", special["place"], state=iris.code_of(country) if country else None)
            ready["takes_place_at"] = (place,)
        codes = {iris.code_of(party): party for party in ready["party"]}
        for index, who in enumerate(special.get("participants", ())):
            self._participant(f"{part}.{index + 1}", iri, who if isinstance(who, dict) else {"name": who}, codes, ready)

    def _participant(
        self, part: str, account: str, who: Mapping[str, str], codes: Mapping[str, str], ready: Mapping[str, Any]
    ) -> None:
        side = who.get("for")
        party = self.names.party(side) if side else None
        if side and party is None:
            raise LoadError(f"participants: {side!r} is no state or forum that kg knows.")
        if party is None:
            party = self._side(who["name"], codes, ready.get("when"))
        state = iris.code_of(party) if party else None
        person = self.names.iri("participant", who["name"], state=state, when=ready.get("when"))
        office = None
        if "office" in who and state:
            kind = self.names.iri("office_kind", who["office"])
            office = iris.office(state, iris.code_of(kind))
            if not known.known_office(office):
                label = known.office_label(iris.code_of(kind), state)
                self.names.made[office] = RECORDS["Office"](  # type: ignore[call-arg]
                    iri=office, name=label, office_of=party, office_kind=(kind,)
                )
        record = Participation(
            iri=iris.owned("participation", self.key, part),
            participant=person,
            participation_in=account,
            participation_role=self.names.iri("participation_role", who["role"]) if "role" in who else None,
            in_office=office,
            on_behalf_of=(party,) if party else (),
        )
        self.records[record.iri] = record

    def _side(self, name: str, codes: Mapping[str, str], when: Edtf | None) -> str | None:
        """The one party of a meeting for which the reference data know somebody of that name, then in office."""
        from kg.extract import gazetteer

        day = when.latest.isoformat() if when and when.latest else None
        sides = {h.state for h in gazetteer.load().persons(name, day)} & set(codes)
        return codes[next(iter(sides))] if len(sides) == 1 else None

    def _statement(self, number: int, iri: str, part: str, special: Mapping[str, Any], ready: dict[str, Any]) -> None:
        speaker = special["speaker"]
        if isinstance(speaker, list) and len(speaker) > 1:
            ready["on_behalf_of"] = tuple(self._actor(one) for one in speaker)
            return
        one = speaker[0] if isinstance(speaker, list) else speaker
        ready["speaker"], behalf = self._speaker(one, special.get("for"), ready.get("when"))
        if behalf:
            ready["on_behalf_of"] = (behalf,)

    def _commitment(self, number: int, iri: str, part: str, special: Mapping[str, Any], ready: dict[str, Any]) -> None:
        if "speaker" in special:
            ready["stated_by"], _ = self._speaker(special["speaker"], special.get("for"), ready.get("when"))
        kind = "joint" if len(ready["committed_by"]) > 1 else "unilateral"
        ready.setdefault("commitment_kind", iris.concept("commitment-kind", kind))

    def _agreement(self, number: int, iri: str, part: str, special: Mapping[str, Any], ready: dict[str, Any]) -> None:
        name = special["name"]
        codes = "-".join(sorted(iris.code_of(party) for party in ready["party"]))
        when = ready.get("when")
        agreement = Agreement(
            iri=iris.concept(
                "agreement", f"{codes}.{when.text if when and when.exact else self.key}.{iris.fold(name)}"
            ),
            name=name,
            agreement_kind=self.names.iri("agreement_kind", special["kind"]) if "kind" in special else None,
        )
        self.records[agreement.iri] = agreement
        ready["agreement"] = agreement.iri

    def _speaker(self, name: str, side: str | None, when: Edtf | None) -> tuple[str, str | None]:
        party = self._actor(side) if side else None
        who = self.names.iri("speaker", name, state=iris.code_of(party) if party else None, when=when)
        if party is None and (person := self.names.made.get(who)) is not None:
            nations = getattr(person, "nationality", ())
            party = nations[0] if nations else None
        return who, party if party != who else None

    def _actor(self, name: str) -> str:
        return self.names.iri("party", name)

    def _concern(self, ready: dict[str, Any]) -> None:
        """The relation of the two between whom an act stands."""
        pair: set[str] = set()
        for field in _PAIRS:
            pair.update(ready.get(field, ()))
        pair.update(ready[field] for field in ("exporter", "importer") if field in ready)
        for field in ("on_behalf_of", "speaker", "addressee", "beneficiary", "about_actor"):
            value = ready.get(field, ())
            values = (value,) if isinstance(value, str) else value
            if len(pair) < 2:
                pair.update(v for v in values if v.startswith((iris.BASE + "actor/", iris.BASE + "forum/")))
        if len(pair) == 2:
            relation = Relation.between(*sorted(pair))
            self.records[relation.iri] = relation
            ready["concerns"] = (relation.iri,)

    # --- the source -----------------------------------------------------------------------------------------

    def loaded(self, content: str, notes: tuple[str, ...]) -> Loaded:
        """The source with its records."""
        made: dict[str, Record] = dict(self.names.made)
        publisher = None
        if self.meta.publisher:
            publisher, record = known.publisher(self.meta.publisher)
            if isinstance(record, Publisher):
                made[publisher] = record
        source = Document(
            iri=iris.source(self.key),
            title=self.meta.title or self.path.stem,
            publisher=publisher,
            author=self.meta.author,
            published=Edtf.parse(self.meta.published) if self.meta.published else None,
            url=self.meta.url,
            licence=self.meta.licence,
            sha256=iris.sha256(content),
            language=self.meta.language,
            provenance=self.meta.provenance,
        )
        records = {**made, **self.records}
        return Loaded(
            source=source,
            records=tuple(records.values()),
            notes=(*notes, *self.meta.notes, *known.note_on_publisher(self.meta.publisher)),
        )

    def _at(self, number: int, name: str, field: str) -> str:
        return f"{self.where}: entry {number} ({name}{'.' + field if field else ''})"


def _segment(cls: str) -> str:
    return _SEGMENTS.get(cls, cls.lower())
