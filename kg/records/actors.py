"""Who: persons, states, organisations, places, offices and who belonged where."""

from dataclasses import dataclass

from kg import iris
from kg.edtf import Edtf
from kg.records.base import Iris, Labels, Named, Record, Strings


@dataclass(frozen=True, kw_only=True)
class Person(Named):
    """A human being in public life."""

    cls = "Person"
    nationality: Iris = ()
    surname: str | None = None
    family_name_first: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Organisation(Named):
    """A body of people that acts under one name."""

    cls = "Organisation"


@dataclass(frozen=True, kw_only=True)
class Polity(Named):
    """An actor with territory and government that sources name beside states."""

    cls = "Polity"
    demonym: Labels = ()
    capital: Labels = ()
    iso2: str | None = None
    iso3: str | None = None
    iso_numeric: str | None = None
    m49: str | None = None
    fips: Strings = ()
    cow: Strings = ()
    gw: Strings = ()
    when: Edtf | None = None


@dataclass(frozen=True, kw_only=True)
class State(Polity):
    """A state as an actor."""

    cls = "State"


@dataclass(frozen=True, kw_only=True)
class Institution(Organisation):
    """A ministry, parliament, embassy or other part of a state that acts."""

    cls = "Institution"
    institution_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Forum(Organisation):
    """An intergovernmental organisation or circle of states."""

    cls = "Forum"


@dataclass(frozen=True, kw_only=True)
class Mechanism(Organisation):
    """A standing commission, dialogue or working group of a few states."""

    cls = "Mechanism"
    mechanism_of: Iris = ()


@dataclass(frozen=True, kw_only=True)
class Place(Named):
    """A city, building or territory."""

    cls = "Place"
    in_state: str | None = None


@dataclass(frozen=True, kw_only=True)
class Relation(Record):
    """What there is between two actors; see `Relation.between`."""

    cls = "Relation"
    relates: Iris = ()

    @classmethod
    def between(cls, one: str, other: str) -> "Relation":
        """The relation of two actors, given by their IRIs in any order."""
        return cls(iri=iris.relation(one, other), relates=tuple(sorted((one, other))))


@dataclass(frozen=True, kw_only=True)
class Office(Named):
    """A post that persons hold one after another."""

    cls = "Office"
    office_of: str | None = None
    office_kind: Iris = ()
    title_word: Labels = ()


@dataclass(frozen=True, kw_only=True)
class Tenure(Record):
    """That a person held an office for some time."""

    cls = "Tenure"
    holder: str
    office: str
    when: Edtf | None = None
    accredited_to: str | None = None
    appointed: Edtf | None = None
    credentials: Edtf | None = None
    row: Strings = ()
    citation: Iris = ()
    note: Labels = ()


@dataclass(frozen=True, kw_only=True)
class Membership(Record):
    """That an actor belonged to a forum for some time."""

    cls = "Membership"
    member: str
    member_in: str
    membership_role: str | None = None
    when: Edtf | None = None
    row: Strings = ()
