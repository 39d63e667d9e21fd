"""Short names of things as people write them in records: ``CAN``, ``forum/G20``, ``trade``, ``Mark Carney``."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from kg import iris
from kg.edtf import Edtf
from kg.errors import LoadError
from kg.loaders import known
from kg.ontology import model
from kg.records import Organisation, Person, Place, Record, property_iri

__all__ = ["ShortNames", "scheme_of"]

_SCHEMES = {"mode": "statement-mode", "option": "vote-option", "product_code": "hs2022", "event_code": "cameo"}


def scheme_of(field: str) -> str | None:
    """The scheme of the concepts that a field of a record takes; None where it takes other things."""
    term = model().properties.get(iris.local(property_iri(field)))
    if term is None or not term.is_object or term.range is None:
        return None
    kind = iris.local(term.range)
    if kind in {"Sector", "Principle"}:
        return kind.lower()
    if kind != "Concept":
        return None
    return _SCHEMES.get(field, field.replace("_", "-"))


class ShortNames:
    """Makes IRIs of short names for the records of one source.

    Attributes:
        ids: IRI of each entry of the source that has an id.
        made: records of persons, places and publishers that short names stand for.
    """

    def __init__(self, key: str, ids: Mapping[str, str]) -> None:
        self.key = key
        self.ids = ids
        self.made: dict[str, Record] = {}

    def iri(self, field: str, value: str, *, state: str | None = None, when: Edtf | None = None) -> str:
        """The IRI of what a field of a record names.

        Args:
            state: code of the party for which a person acts, or of the state in which a place lies, where known.
            when: the time for which a surname is looked up among those in office.

        Raises:
            LoadError: it names nothing; the message says what would.
        """
        value = " ".join(value.split())
        if re.match(r"[a-z]+:(//|[^/ ])", value) and ":" in value.split("/")[0]:
            return value
        if value in self.ids:
            return self.ids[value]
        if re.fullmatch(r"[a-z-]+/[A-Za-z0-9._-]+", value):
            return iris.BASE + value
        scheme = scheme_of(field)
        if scheme is not None:
            return self._concept(scheme, value)
        term = model().properties.get(iris.local(property_iri(field)))
        kind = iris.local(term.range) if term is not None and term.range else ""
        if kind in {"Actor", "Polity", "Person", "Forum"}:
            return self._actor(value, kind, state, when)
        if kind == "Publisher":
            return self._publisher(value)
        if kind == "Place":
            return self.place(value, state)
        if kind == "Office" and re.fullmatch(r"[A-Z-]+\.[a-z-]+", value):
            return iris.BASE + "office/" + value
        if kind == "Relation" and re.fullmatch(r"[A-Za-z0-9]+-[A-Za-z0-9]+", value):
            return iris.BASE + "relation/" + value
        raise LoadError(
            f"{value!r} is neither an IRI, nor a short one such as actor/CAN, nor the id of an entry of this file."
        )

    def _concept(self, scheme: str, value: str) -> str:
        from kg.extract import gazetteer

        entries = gazetteer.load().concepts.get(scheme, {})
        key = value.lower().replace(" ", "-").replace("_", "-")
        if not entries or key in entries:
            return iris.concept(scheme, key)
        for entry, labels in entries.items():
            if any(value.casefold() == label.casefold() for label in labels):
                return iris.concept(scheme, entry)
        near = get_close_matches(key, entries, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(entries)}."
        raise LoadError(f"{value!r} is no {scheme.replace('-', ' ')}; {hint}")

    def party(self, value: str) -> str | None:
        """The IRI of a state or forum by code or name; None where it is none."""
        from kg.extract import gazetteer

        names = gazetteer.load()
        if value in names.states or value in names.forums:
            return known.party(value)
        found = {
            (f.label.kind, f.label.code) for f in names.find(value, ("state", "forum")) if f.end - f.start == len(value)
        }
        return known.party(next(iter(found))[1]) if len(found) == 1 else None

    def _actor(self, value: str, kind: str, state: str | None, when: Edtf | None) -> str:
        if kind != "Person" and (found := self.party(value)):
            return found
        if kind in {"Actor", "Person"} and not re.fullmatch(r"[A-Z]{2,5}|COW-\d+", value):
            return self.person(value, state, when)
        what = "forum" if kind == "Forum" else "state or forum"
        raise LoadError(f"{value!r} is no {what} that kg knows; `kg find {value}` looks for names.")

    def person(self, name: str, state: str | None, when: Edtf | None) -> str:
        """A person: of the reference data where the evidence points to one, else of the party, else a candidate."""
        from kg.extract import gazetteer

        day = when.latest.isoformat() if when and when.latest else None
        found = {h.iri: h for h in gazetteer.load().persons(name, day, state)}
        if len(found) == 1 and (" " in name or state):
            holder = next(iter(found.values()))
            nation = (known.party(holder.state),)
            self.made[holder.iri] = Person(iri=holder.iri, name=holder.name, nationality=nation)  # type: ignore[arg-type]
            return holder.iri
        iri = iris.person(name, state if state and " " in name else self.key)
        own = known.party(state) if state else ""
        self.made.setdefault(
            iri,
            Person(
                iri=iri,
                name=name,  # type: ignore[arg-type]
                surname=None if " " in name else name,
                nationality=(own,) if own.startswith(iris.BASE + "actor/") else (),
            ),
        )
        return iri

    def place(self, name: str, state: str | None) -> str:
        """A place of that name in that state."""
        from kg.extract import gazetteer

        state = state or gazetteer.load().state_of_place(name)
        found = known.known_place(name, state)
        iri = found.iri if found else iris.place(name, state)
        label = found.name if found else name
        self.made[iri] = Place(iri=iri, name=label, in_state=known.party(state) if state else None)  # type: ignore[arg-type]
        return iri

    def _publisher(self, name: str) -> str:
        iri, record = known.publisher(name)
        if record is not None:
            self.made[iri] = record
        return iri

    def organisation(self, name: str) -> str:
        """An organisation that has no code."""
        iri = iris.concept("org", iris.fold(name))
        self.made[iri] = Organisation(iri=iri, name=name)  # type: ignore[arg-type]
        return iri
