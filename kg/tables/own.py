"""A table of one's own (CSV, TSV, Parquet, JSON Lines) as records, by a map: see docs/tables.md."""

import functools
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import iris
from kg.errors import LoadError, UsageError
from kg.loaders.base import Options
from kg.records import RECORDS
from kg.records.base import object_fields, shape
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.compile import Columns, iri_of, key_of
from kg.tables.events import number_of
from kg.tables.loader import Answer, Context, Part, TableLoader
from kg.tables.reading import Contract
from kg.tables.shared import check_names, note_on_persons
from kg.tables.totals import BOTH_WAYS, is_total

if TYPE_CHECKING:
    from kg.tables.bulk import Shape
    from kg.tables.mapfile import Field, Map, RecordMap

__all__ = ["LOADERS"]

_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_SEGMENTS = {
    "MeetingAccount": "account", "TradeFlow": "flow", "Organisation": "org", "Institution": "org", "State": "actor",
    "Polity": "actor",
}  # fmt: skip
_SHARED = {"Person", "Organisation", "Institution", "Forum", "Mechanism", "Place", "Office", "Agreement", "Publisher",
           "State", "Polity", "Concept", "ConceptScheme"}  # fmt: skip
# Acts of which the two sides must be two.
_OF_TWO = {"MeetingAccount", "TradeFlow"}
_EDTF = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|\.\.)?)?$"


class OwnTable(TableLoader):
    """A table and its map."""

    name = "table"
    help = "A table of your own (CSV, TSV, Parquet, JSON Lines) with --map FILE, which says what its columns are."
    key = "table"
    title = "Table"
    publisher = "Unknown publisher"

    def matches(self, path: Path, head: bytes) -> float:
        """Never by itself: what the columns mean stands in a map."""
        return 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """See `parts`."""
        raise LoadError(f"{path.name} needs a map of its columns; name one with --map.")

    def parts(self, path: Path, options: Options) -> Sequence[Part]:
        """One source, described by the map unless the caller says otherwise."""
        found = _map(options)
        form = found.format or _ENDINGS.get(_bare(path).suffix.lower())
        if form is None:
            raise LoadError(f"What {path.name} is does not show from its name; say 'format: csv' in the map.")
        delimiter = found.delimiter or ("\t" if form == "tsv" else ",")
        contract = Contract(found.columns, delimiter={"tab": "\t"}.get(delimiter, delimiter), form=form)
        key = options.meta.id or found.source.get("id") or iris.fold(path.name)
        title = options.meta.title or found.source.get("title") or path.name
        files = {"rows": (path, contract), "map": (Path(options.more["map"]), Contract((), form="map"))}
        return [Part(iris.key_of(key), title, files, found.source.get("published"))]

    def meta(self, options: Options) -> Options:
        """What the caller says of the source, and where that is nothing, what the map says."""
        from kg.loaders.base import Meta

        source = _map(options).source
        told = Meta(publisher=source.get("publisher"), licence=source.get("licence"), url=source.get("url"))
        return replace(options, meta=options.meta.over(told))

    def least_of(self, options: Options) -> Mapping[str, int]:
        """One at least of what the map names first."""
        return {record.cls: 1 for record in _map(options).records[:1]}

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """What the map says."""
        found = _map(given.options)
        shapes: list[Shape] = []
        kept: dict[str, Any] = {}
        for record in _referred_first(found.records):
            shapes += _record(given, given.tables["rows"], record, kept)
        return shapes


def _bare(path: Path) -> Path:
    return path.with_suffix("") if path.suffix.lower() in (".gz", ".zip") else path


def _map(options: Options) -> "Map":
    from kg.tables.mapfile import read_map

    if not options.more.get("map"):
        raise UsageError("A table of your own needs a map of its columns: name one with --map.")
    return read_map(Path(options.more["map"]))


def _referred_first(records: "Sequence[RecordMap]") -> "list[RecordMap]":
    """The records in an order in which whatever a record refers to stands before it, as far as there is one."""
    ordered: list[RecordMap] = []

    def put(record: "RecordMap", above: tuple[str, ...]) -> None:
        if record in ordered or record.cls in above:
            return
        for name in (f.refer for listed in record.fields.values() for f in listed if f.refer):
            for other in records:
                if other.cls == name:
                    put(other, (*above, record.cls))
        ordered.append(record)

    for record in records:
        put(record, ())
    return ordered


def _record(given: Context, rows: Any, record: "RecordMap", kept: dict[str, Any]) -> "list[Shape]":
    """The shapes of one record of the map; `kept` has the IRIs of those before that may lack rows, by class."""
    import ibis

    from kg.tables.bulk import Shape
    from kg.tables.mapfile import mapped_fields

    shown = {field: told for told, field in mapped_fields(record.cls).items()}
    kinds, things = shape(RECORDS[record.cls]), object_fields(RECORDS[record.cls])
    required = {f.name for f in fields(RECORDS[record.cls]) if f.default is MISSING and f.default_factory is MISSING}
    if record.cls == "MeetingAccount" and len(record.fields.get("party", ())) == 2:
        required.add("party")  # of an encounter there are two parties at least
    table, values = rows, {}
    for name, listed in record.fields.items():
        columns = []
        for number, field in enumerate(listed):
            column = f"field_{name}_{number}"
            table = _value(given, table, field, column, kinds[name], is_thing=name in things)
            what = field.column or (field.key[0] if field.key else name)
            raw = table[what].notnull() if what in table.columns else ibis.literal(False)
            bad = table.filter(table[column].isnull() & raw)
            reason = f"{shown[name]} cannot be read from it; the {'row' if name in required else 'field'} is left out"
            given.problem(bad, reason, what if what in table.columns else column)
            columns.append(column)
        values[name] = columns
    table = _named(given, table, record)
    table = given.keep(table)
    whole: Any = table.record_iri.notnull()
    for field in record.fields.get("flow", ()) if record.cls == "TradeFlow" else ():
        if field.column:
            both = is_total(table[field.column])
            given.problem(table.filter(both), BOTH_WAYS, field.column)
            whole = whole & ~both
    for name in required - {"iri"}:
        for column, source in zip(values[name], (f.column for f in record.fields[name]), strict=True):
            if source:
                empty = table.filter(table[column].isnull() & table[source].isnull())
                given.problem(empty, f"{shown[name]} is empty; the row is left out", source)
            whole = whole & table[column].notnull()
    ends = [f"field_{name}_{n}" for name in record.concerns for n in range(len(record.fields[name]))]
    if ends and record.cls in _OF_TWO:
        source = next((f.column for f in record.fields[record.concerns[0]] if f.column), ends[0])
        same = table.filter(whole & (table[ends[0]] == table[ends[1]]))
        given.problem(same, "both sides are the same; the row is left out", source)
        whole = whole & (table[ends[0]] != table[ends[1]]).fill_null(True)
    table = table.filter(whole)
    for name, columns in values.items():
        for column, given_as in zip(columns, record.fields[name], strict=True):
            if given_as.refer in kept:
                there = kept[given_as.refer]
                table = table.semi_join(there, table[column] == there.record_iri)
    if record.cls in _SHARED:
        note_on_persons(given, table, record)
        check_names(given, table, record)
    else:
        table = given.keep(table)
        kept[record.cls] = table.select("record_iri").distinct()
    found: dict[str, Any] = {}
    for name, columns in values.items():
        cells = [table[c] for c in columns]
        if kinds[name] == "Label":
            cells = [(cell, f.lang) for cell, f in zip(cells, record.fields[name], strict=True)]
        found[name] = cells if len(cells) > 1 else cells[0]
    if "row" in kinds and "row" not in found:
        found["row"] = table.row_number.cast("string")
    shapes = []
    if record.concerns:
        one, other = (table[column] for column in ends)
        first, last = _last_part(one), _last_part(other)
        low, high = ibis.cases((first < last, first), else_=last), ibis.cases((first < last, last), else_=first)
        pair = one.notnull() & other.notnull() & (one != other)
        relation = ibis.cases((pair, iri_of("relation/", low, "-", high)), else_=ibis.null("string"))
        table_ = table.mutate(relation=relation)
        pairs = table_.filter(table_.relation.notnull()).select("relation", one=one, other=other).distinct()
        shapes.append(Shape(pairs, [Columns("Relation", pairs.relation, {"relates": [pairs.one, pairs.other]})]))
        found["concerns"] = relation
    shapes.append(Shape(table, [Columns(record.cls, table.record_iri, found)]))
    return shapes


def _last_part(iri: Any) -> Any:
    return iri.replace(iris.BASE + "actor/", "").replace(iris.BASE + "forum/", "")


def _named(given: Context, table: Any, record: "RecordMap", name: str = "record_iri") -> Any:
    """The table with the IRI of its records: by the key that the map names, else by the number of the row."""
    import ibis

    segment = _segment(record.cls)
    if record.cls not in _SHARED:
        key: Any = table.row_number.cast("string")
        parts = [table[column] for column in record.key]
        if parts:
            key = _joined(parts, "_")
        if len(parts) > 1:
            # "1_2" and "3" are not "1" and "2_3"; what has this sign becomes a digest.
            inside = functools.reduce(operator.or_, (part.contains("_") for part in parts))
            key = ibis.cases((inside, _joined(parts, "\x1f")), else_=key)
        return table.mutate(**{name: iri_of(f"{segment}/{given.key}.", key_of(key))})
    owner: Any = ibis.literal("")
    if record.owner is not None:
        table = _value(given, table, record.owner, f"{name}_of", "str", is_thing=True)
        owner = table[f"{name}_of"]
    columns = list(record.key) or [next(f.column for f in record.fields.get("name", ()) if f.column)]
    owned = f"{name}_owner"
    table = table.mutate(**{owned: owner})

    def answer(of: str, *parts: str) -> list[Answer]:
        text = " ".join(p.strip() for p in parts if p.strip())
        if not text:
            return []
        front = f"{iris.code_of(of)}." if of else ("X." if segment == "person" else "")
        key = text if segment in ("actor", "forum") and iris.is_key(text) else iris.fold(text)
        return [(FIRST, LAST, [iris.concept(segment, front + key)])]

    return given.look_up(table, [owned, *columns], [name], answer)


def _joined(parts: "Sequence[Any]", sign: str) -> Any:
    return functools.reduce(lambda before, part: before.concat(sign).concat(part), parts)


def _segment(cls: str) -> str:
    return _SEGMENTS.get(cls) or re.sub(r"(?<!^)(?=[A-Z])", "-", cls).lower()


def _value(given: Context, table: Any, field: "Field", name: str, kind: str, *, is_thing: bool) -> Any:
    """The table with the value of a field as a column of text, NULL where there is none or it is wrong."""
    import ibis

    if field.refer is not None:
        named = _map(given.options).of_class(field.refer)
        assert named is not None  # the reader of maps has seen to it
        return _named(given, table, replace(named, key=field.key), name)
    text: Any = ibis.literal(field.constant) if field.constant is not None else table[field.column].strip()
    if field.values:
        text = ibis.cases(*((text == old, new) for old, new in field.values), else_=text)
    if is_thing:
        table = table.mutate(**{f"{name}_raw": text})
        return given.look_up(table, [f"{name}_raw"], [name], _thing(field), field.on)
    if field.date:
        text = _dated(text, field.date)
    if kind == "Edtf":
        text = _edtf(text)
    elif kind == "Decimal":
        text = number_of(text)
    elif kind == "int":
        text = ibis.cases((text.re_search("^-?[0-9]{1,18}$"), text), else_=ibis.null("string"))
    elif kind == "date":
        text = ibis.cases((text.try_cast("date").notnull(), text), else_=ibis.null("string"))
    elif kind == "bool":
        low = text.lower()
        yes, no = low.isin(["true", "yes", "1"]), low.isin(["false", "no", "0"])
        text = ibis.cases((yes, "true"), (no, "false"), else_=ibis.null("string"))
    return table.mutate(**{name: ibis.cases((text == "", ibis.null("string")), else_=text)})


def _dated(text: Any, form: str) -> Any:
    """A day in the form of a map (day, month and year by %d, %m and %Y) as an ISO text."""
    import ibis

    order = re.findall("%[dmY]", form)
    separators = re.split("%[dmY]", form)[1:-1]
    separator = separators[0] if separators else ""
    parts = text.split(separator)
    got = {code: parts[i] for i, code in enumerate(order)}
    day = got["%Y"].concat("-").concat(got["%m"].lpad(2, "0"), "-", got["%d"].lpad(2, "0"))
    return ibis.cases((day.try_cast("date").notnull(), day), else_=ibis.null("string"))


def _edtf(text: Any) -> Any:
    """The text where it is a date or interval that exists, NULL otherwise."""
    import ibis

    def exists(part: Any) -> Any:
        return part.concat("-01-01").substr(0, 10).try_cast("date").notnull()

    slash = text.contains("/")
    first = text.split("/")[0]
    last = ibis.cases((slash, text.split("/")[1]), else_=text)
    good = text.re_search(_EDTF) & exists(first) & (((last == "") | (last == "..")) | (exists(last) & (first <= last)))
    return ibis.cases((good, text), else_=ibis.null("string"))


def _thing(field: "Field") -> Callable[[str], list[Answer]]:
    known = codes()

    def answer(text: str) -> list[Answer]:
        text = text.strip()
        if not text:
            return []
        if field.code:
            if field.on:
                return [(s.first, s.last, [s.iri]) for s in known.spans(field.code, text)]
            one = known.one(field.code, text)
            return [(FIRST, LAST, [one])] if one else []
        if field.concept:
            return [(FIRST, LAST, [iris.concept(field.concept, text if iris.is_key(text) else iris.fold(text))])]
        return [(FIRST, LAST, [text])]

    return answer


LOADERS = (OwnTable(),)
