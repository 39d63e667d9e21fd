"""What several tables may describe (a person, an agreement): whether two mean the same thing by one key."""

from typing import TYPE_CHECKING, Any

from kg import iris
from kg.errors import LoadError

if TYPE_CHECKING:
    from kg.tables.loader import Context
    from kg.tables.mapfile import RecordMap

__all__ = ["check_names", "note_on_persons"]

# Named by what a table says; all else by codes that are the same everywhere.
_NAMED = {"Person", "Organisation", "Institution", "Mechanism", "Place", "Office", "Agreement"}


def check_names(given: "Context", table: Any, record: "RecordMap") -> None:
    """Make sure that a table calls its things by the names that other sources give to things of the same keys.

    Tables that each number theirs from 1 would make one thing of all that have a number. It counts as that when most of
    the things that both have are called otherwise, in the same language and with no name a part of the other.

    Raises:
        LoadError: it is so; the message tells of one of them.
    """
    named_by = {field.column for field in record.fields.get("name", ())}
    if given.loading is None or record.cls not in _NAMED or not named_by or set(record.key) <= named_by:
        return
    columns = [f"field_name_{number}" for number in range(len(record.fields["name"]))]
    rows = given.connection.to_pyarrow(table.select("record_iri", *columns).distinct()).to_pylist()
    langs = [field.lang for field in record.fields["name"]]
    both, otherwise = 0, list[tuple[str, str, str, str]]()
    for row in sorted(rows, key=lambda row: (row["record_iri"] or "", *(row[c] or "" for c in columns))):
        told = {lang: row[column] for lang, column in zip(langs, columns, strict=True) if row[column]}
        there = [one for one in _elsewhere(given, row["record_iri"]) if one[1] in told] if row["record_iri"] else []
        both += bool(there)
        if there and not any(_alike(told[lang], name) for name, lang, _ in there):
            name, lang, source = there[0]
            otherwise.append((row["record_iri"], told[lang], name, source))
    if 2 * len(otherwise) > both:
        iri, here, name, source = otherwise[0]
        raise LoadError(
            f"{given.file} and {_file_of(given, source)} mean different things by one key: "
            f"{iri.removeprefix(iris.BASE)} is {here!r} in the one and {name!r} in the other, and so it is with "
            f"{len(otherwise):,} of {both:,} that both have. Name them in the map by what only they have, such as "
            f"'key: {sorted(named_by, key=str)[0]}'."
        )


def note_on_persons(given: "Context", table: Any, record: "RecordMap") -> None:
    """Tell of persons whose state the map does not say, so that nobody knows who they are."""
    if record.cls != "Person" or record.owner is not None:
        return
    number = int(given.connection.to_pyarrow(table.record_iri.nunique()).as_py())
    if number:
        who = "1 person is" if number == 1 else f"{number:,} persons are"
        given.notes.append(
            f"{who} known by name alone and not joined to anybody: the map gives the record Person no 'owner', which "
            "is their state. 'kg review' lists those whose name somebody else bears, and asks whether they are one."
        )


def _elsewhere(given: "Context", iri: str) -> list[tuple[str, str, str]]:
    """Names that other sources give to a thing, each with its language and the source."""
    import pyoxigraph as ox

    assert given.loading is not None
    found = []
    for name in ("prefLabel", "altLabel"):
        for quad in given.loading.store.quads_for_pattern(
            ox.NamedNode(iri), ox.NamedNode(iris.SKOS + name), None, None
        ):
            graph, value = quad.graph_name, quad.object
            if isinstance(graph, ox.NamedNode) and graph.value != given.graph and isinstance(value, ox.Literal):
                found.append((value.value, value.language or "en", graph.value))
    return sorted(found)


def _file_of(given: "Context", source: str) -> str:
    """The file from which a source was loaded, else its key."""
    from kg.tables.bulk import last_load

    assert given.loading is not None
    before = last_load(given.loading.store, source)
    return before.file if before else iris.code_of(source)


def _alike(one: str, other: str) -> bool:
    here, there = (set(iris.fold(name).split("-")) for name in (one, other))
    return here <= there or there <= here
