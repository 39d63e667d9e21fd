"""What all loaders of coded events share: an event with its two actors, the pair that it concerns, code and place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg import iris
from kg.records import Place
from kg.tables.cameo import HOSTING, cameo_codes
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.compile import Columns, Day, iri_of
from kg.tables.loader import Answer, Context

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["NUMBER", "event_shapes", "located", "number_of"]

NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"


def number_of(text: Any) -> Any:
    """The text of a decimal number, NULL where it is none."""
    import ibis

    return ibis.cases((text.re_search(NUMBER), text), else_=ibis.null("string"))


def event_shapes(given: Context, table: Any, more: Sequence[str]) -> "Sequence[Shape]":
    """Events, and the relations of the pairs that they concern.

    Args:
        table: with the columns key (what names the row), day (ISO), code (CAMEO), one, other (IRIs of actors or NULL),
            one_side, other_side (the state for which each acts, or NULL), one_name, other_name, row_number.
        more: further fields of the event, by the names of columns.
    """
    import ibis

    from kg.tables.bulk import Shape

    table = given.keep(table)
    known = table.code.isin(sorted(cameo_codes()))
    given.problem(table.filter(~known | table.code.isnull()), "an unknown event code; the row is left out", "code")
    undated = table.day.try_cast("date").isnull()
    given.problem(table.filter(known & undated), "an impossible date; the row is left out", "day")
    events = table.filter(known & ~undated)
    hosted = events.code == HOSTING
    swapped = {
        name: ibis.cases((hosted, events[instead]), else_=events[name])
        for one, other in (("one", "other"), ("one_side", "other_side"), ("one_name", "other_name"))
        for name, instead in ((one, other), (other, one))
    }
    events = events.mutate(**swapped)
    pair = events.one_side.notnull() & events.other_side.notnull() & (events.one_side != events.other_side)
    in_order = _code(events.one_side) < _code(events.other_side)
    first = ibis.cases((pair & in_order, events.one_side), (pair, events.other_side))
    last = ibis.cases((pair & in_order, events.other_side), (pair, events.one_side))
    events = events.mutate(first_party=first, last_party=last)
    relation = iri_of("relation/", _code(events.first_party), "-", _code(events.last_party))
    events = given.keep(events.mutate(relation=relation))
    pair = events.relation.notnull()
    fields = {
        "when": Day(events.day),
        "event_code": iri_of("cameo/", events.code),
        "initiator": events.one,
        "target": events.other,
        "initiator_name": events.one_name,
        "target_name": events.other_name,
        "concerns": events.relation,
        **{name: events[name] for name in more},
    }
    pairs = events.filter(pair).select("relation", "first_party", "last_party").distinct()
    return [
        Shape(events, [Columns("Event", iri_of(f"event/{given.key}.", events.key), fields)]),
        Shape(pairs, [Columns("Relation", pairs.relation, {"relates": [pairs.first_party, pairs.last_party]})]),
    ]


def _code(iri: Any) -> Any:
    """What `kg.iris.code_of` does, for actors and forums."""
    return iri.replace(iris.BASE + "actor/", "").replace(iris.BASE + "forum/", "")


def located(given: Context, table: Any, name: str, state: str, scheme: str, column: str) -> Any:
    """The table with the IRI of a place under `column`, from its name and the state in which it lies."""
    known = codes()

    def answer(text: str, code: str) -> list[Answer]:
        label = " ".join(text.split())
        if not label or not any(c.isalpha() for c in label):
            return []
        where = known.one(scheme, code)
        owner = iris.code_of(where) if where else None
        place = Place(iri=iris.place(label, owner), name=label, in_state=where)  # type: ignore[arg-type]
        return [(FIRST, LAST, [given.add(place)])]

    return given.look_up(table, [name, state], [column], answer)
