"""What writing the records of one text needs: its spans, places, and the IRIs that belong to it."""

from collections.abc import Iterable

from kg import iris
from kg.edtf import Edtf
from kg.errors import RecordError
from kg.loaders import known
from kg.loaders.people import People
from kg.records import Place, Record, Relation, Span

__all__ = ["Writing", "bare_name", "dated", "is_actor", "last_part", "lies_in"]


class Writing:
    """The records of one text, each once, in the order in which they were added."""

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        self.key = iris.code_of(source)
        self.people = People(self.key)
        self.out: dict[str, Record] = {}
        self.taken: set[str] = set()

    def _add(self, record: Record) -> None:
        self.out.setdefault(record.iri, record)

    def _span(self, span: tuple[int, int]) -> str:
        record = Span.of(self.source, self.text, *span)
        self._add(record)
        return record.iri

    def _concerns(self, codes: Iterable[str]) -> tuple[str, ...]:
        pair = sorted(set(codes))
        if len(pair) != 2:
            return ()
        relation = Relation.between(known.party(pair[0]), known.party(pair[1]))
        self._add(relation)
        return (relation.iri,)

    def _owned(self, kind: str, span: tuple[int, int]) -> str:
        return self._unique(iris.owned(kind, self.key, f"{span[0]}-{span[1]}"))

    def _unique(self, iri: str) -> str:
        """`iri`, with a number where the same words already stand for another thing of its kind."""
        wanted, number = iri, 1
        while wanted in self.taken:
            number += 1
            wanted = f"{iri}.{number}"
        self.taken.add(wanted)
        return wanted

    def _place(self, name: str | None, state: str | None) -> str | None:
        if not name:
            return None
        bare = name.removeprefix("the ").removeprefix("The ").strip()
        place = known.known_place(bare, state) or known.known_place(name, state)
        if place is not None:
            self._add(Place(iri=place.iri, name=place.name, in_state=place.state))  # type: ignore[arg-type]
            return place.iri
        if not bare:
            return None
        iri = iris.place(bare, state)
        self._add(Place(iri=iri, name=bare, in_state=known.party(state) if state else None))  # type: ignore[arg-type]
        return iri


def dated(text: str | None) -> Edtf | None:
    """A time as it was found in the text; None where it is none."""
    if not text:
        return None
    try:
        return Edtf.parse(text)
    except RecordError:
        return None


def is_actor(code: str) -> bool:
    """Whether a code is that of a state or other polity, not of a forum."""
    return known.party(code).startswith(iris.BASE + "actor/")


def lies_in(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    """Whether one span lies in another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def last_part(iri: str, key: str) -> str:
    """The part of an IRI behind the key of its source."""
    return iris.code_of(iri).removeprefix(key + ".")


def bare_name(name: str) -> str:
    """A name without its article."""
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in {"a", "an", "the"} else words)
