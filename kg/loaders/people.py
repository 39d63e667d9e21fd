"""Persons and organisations of one text as records, named by the evidence that the text gives."""

from datetime import date

from kg import iris
from kg.edtf import Edtf
from kg.extract.model import ActorRef
from kg.loaders import known
from kg.records import Office, Organisation, Person, Record

__all__ = ["People"]

# Posts of which a state has one at a time, so that kind and state name the post.
_SINGULAR = {
    "head-of-state",
    "head-of-government",
    "deputy-head-of-state",
    "deputy-head-of-government",
    "foreign-minister",
    "finance-minister",
    "defence-minister",
    "trade-minister",
    "paramount-leader",
    "effective-leader",
    "national-security-adviser",
    "central-bank-governor",
    "head-of-organisation",
}
# Of several offices that a person holds, the one in which others meet them.
# Where one person is head of state and of government, a text says president and means both.
_PRESIDENTS = ("head-of-state", "head-of-government")
_RANK = ("head-of-state", "head-of-government", "paramount-leader", "head-of-organisation", "foreign-minister")


class People:
    """Those who act in one text; each gets one IRI, and a record where the text says anything of them."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._records: dict[str, Record] = {}

    def records(self) -> list[Record]:
        """The records of all who were asked for, in the order of asking."""
        return list(self._records.values())

    def iri(self, actor: ActorRef) -> str | None:
        """The IRI of a person, state or organisation; None for a group and for somebody without a name."""
        if actor.kind == "group":
            return None
        if actor.kind == "person":
            return self._person(actor) if actor.name.strip() else None
        if actor.party:
            return known.party(actor.party)
        return self._organisation(actor.name) if actor.name.strip() else None

    def iris(self, actor: ActorRef) -> tuple[str, ...]:
        """The IRIs of an actor, or of the members of a group, each once and sorted."""
        members = actor.members if actor.kind == "group" else (actor,)
        return tuple(sorted({iri for member in members if (iri := self.iri(member))}))

    def _person(self, actor: ActorRef) -> str:
        name = " ".join(actor.name.split())
        words = name.split()
        party = known.party(actor.party) if actor.party else ""
        state = party if party.startswith(iris.BASE + "actor/") else None
        if actor.iri:
            label = known.known_person(actor.iri) or name
            other = len(words) > 1 and iris.fold(label) != iris.fold(name)
            self._records.setdefault(
                actor.iri,
                Person(
                    iri=actor.iri,
                    name=label,  # type: ignore[arg-type]
                    aliases=name if other else (),  # type: ignore[arg-type]
                    nationality=(state,) if state else (),
                ),
            )
            return actor.iri
        full = len(words) > 1 and actor.certain and actor.party
        iri = iris.person(name, actor.party if full else self.key)
        self._records.setdefault(
            iri,
            Person(
                iri=iri,
                name=name,  # type: ignore[arg-type]
                surname=name if len(words) == 1 else None,
                nationality=(state,) if state else (),
            ),
        )
        return iri

    def _organisation(self, name: str) -> str:
        bare = " ".join(name.split())
        bare = bare[4:] if bare.lower().startswith("the ") else bare
        iri = iris.concept("org", iris.fold(bare))
        self._records.setdefault(iri, Organisation(iri=iri, name=bare))  # type: ignore[arg-type]
        return iri

    def office(self, person: ActorRef, when: Edtf | None) -> str | None:
        """The office in which a person acted: as the text tells it, else as the reference data have it for the day."""
        if person.kind != "person" or not person.party:
            return None
        held = _held(person.iri, when) if person.iri else {}
        kind = person.office
        if kind in held:
            return held[kind]
        if kind == "president" and (ranks := [rank for rank in _PRESIDENTS if rank in held]):
            return held[ranks[0]]
        if kind:
            iri = iris.office(person.party, kind)
            if known.known_office(iri):
                return iri
            if kind not in _SINGULAR:
                return None
            self._records.setdefault(
                iri,
                Office(
                    iri=iri,
                    name=known.office_label(kind, person.party),  # type: ignore[arg-type]
                    office_of=known.party(person.party),
                    office_kind=(iris.concept("office-kind", kind),),
                ),
            )
            return iri
        for rank in _RANK:
            if rank in held:
                return held[rank]
        return None


def _held(person: str, when: Edtf | None) -> dict[str, str]:
    """Kind of office -> office that the reference data let a person hold at a time."""
    from kg.extract import gazetteer

    if when is None or when.earliest is None or when.latest is None:
        return {}
    found: dict[str, str] = {}
    for (state, kind), holders in gazetteer.load().offices.items():
        for holder in holders:
            if holder.iri == person and _overlaps(holder.first, holder.last, when.earliest, when.latest):
                found[kind] = iris.office(state, kind)
    return found


def _overlaps(first: str, last: str, earliest: date, latest: date) -> bool:
    return (not first or first <= latest.isoformat()) and (not last or earliest.isoformat() <= last)
