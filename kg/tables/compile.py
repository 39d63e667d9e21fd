"""Records compiled to columns: the same mapping as `kg.records`, for tables of millions of rows.

A loader says, for one class of record, which column expression gives which field. `lines` turns that into expressions
whose values are lines of N-Triples, the very triples that `kg.rdf.quads` would make of the records one at a time (a
test holds both ways together). The expressions are ibis and use only what compiles for DuckDB and for Spark alike:
concatenation, replacement, cases, comparison, sha256; no regular expression with back-references, no functions of one
engine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg import iris
from kg.records import RECORDS, property_iri
from kg.records.base import DAYS, class_iri, object_fields, shape

# A column expression of type text. ibis has types for these, but its operators return their common base.
Text = Any

_SHORT_MONTHS: Any = ["04", "06", "09", "11"]

__all__ = ["Columns", "Day", "days_of", "iri_of", "key_of", "lines"]


@dataclass(frozen=True, slots=True)
class Day:
    """A dated field of which every value is one ISO day, so that nothing need be found out about its form."""

    text: Text


@dataclass(frozen=True, slots=True)
class Columns:
    """One record per row: its class and an expression of type text for `iri` and for each field that it has.

    A row whose `iri` is NULL yields nothing; a field that is NULL is left out. A field that takes several values takes
    a list of expressions. Fields of names take a pair of expression and language tag.
    """

    cls: str
    iri: Text
    fields: Mapping[str, Any] = field(default_factory=dict)


def iri_of(*parts: Text) -> Text:
    """The IRI below the base of kg that is made of these parts; NULL where one of them is NULL.

    The parts must be keys already: see `key_of`.
    """
    import ibis

    expression: Text = ibis.literal(iris.BASE)
    for part in parts:
        expression = expression.concat(part)
    return expression


def key_of(text: Text) -> Text:
    """What `kg.iris.key_of` does: the text where it can stand in an IRI, else its sha256."""
    import ibis

    plain = text.re_search(r"^[A-Za-z0-9._-]{1,120}$")
    return ibis.cases((plain, text), else_=text.hexdigest("sha256"))


def days_of(text: Text) -> tuple[Text, Text]:
    """Earliest and latest day of an EDTF text of level 0 (day, month, year, interval, open interval) as ISO texts.

    Texts of these forms only: a loader makes them from columns of numbers or dates.
    """
    import ibis

    slash = text.contains("/")
    first = ibis.cases((slash, text.split("/")[0]), else_=text)
    last = ibis.cases((slash, text.split("/")[1]), else_=text)
    return _first_day(first), _last_day(last)


def _first_day(text: Text) -> Text:
    import ibis

    size = text.length()
    return ibis.cases(
        (size == 10, text),
        (size == 7, text.concat("-01")),
        (size == 4, text.concat("-01-01")),
        else_=ibis.null("string"),
    )


def _last_day(text: Text) -> Text:
    import ibis

    size, month = text.length(), text.substr(5, 2)
    year: Any = text.substr(0, 4).try_cast("int64")
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    days = ibis.cases(
        (month.isin(_SHORT_MONTHS), "-30"),
        ((month == "02") & leap, "-29"),
        (month == "02", "-28"),
        else_="-31",
    )
    return ibis.cases(
        (size == 10, text),
        (size == 7, text.concat(days)),
        (size == 4, text.concat("-12-31")),
        else_=ibis.null("string"),
    )


def lines(columns: Columns) -> Iterator[Text]:
    """Expressions whose values are lines of N-Triples (NULL for nothing), one for each triple that a record may yield.

    Raises:
        KeyError: a field that the class of record does not have.
    """
    import ibis

    record = RECORDS[columns.cls]
    kinds, objects = shape(record), object_fields(record)
    opened: Any = ibis.literal("<")
    subject = opened.concat(_text(columns.iri))
    yield subject.concat(f"> <{iris.RDF_TYPE}> <{class_iri(record.cls)}> .")
    for name, given in columns.fields.items():
        kind = kinds[name]
        for value in given if isinstance(given, list) else [given]:
            yield from _field(subject, name, kind, value, name in objects)


def _field(subject: Any, name: str, kind: str, value: Any, is_object: bool) -> Iterator[Any]:
    prop = property_iri(name)
    if kind == "Label":
        text, lang = value
        yield _line(subject, prop, _literal(text, f"@{lang}" if lang else ""))
    elif is_object:
        yield _line(subject, prop, _iri(value))
    elif kind == "Edtf":
        one_day = isinstance(value, Day)
        text = value.text if isinstance(value, Day) else value
        yield _line(subject, prop, _typed(text, iris.EDTF))
        for day, short in zip((text, text) if one_day else days_of(text), DAYS.get(name, ()), strict=False):
            if short is not None:
                yield _line(subject, iris.KG + short, _typed(day, iris.XSD + "date"))
    else:
        datatype = {"Decimal": "decimal", "bool": "boolean", "int": "integer", "date": "date"}.get(kind)
        if datatype is None and name in ("url", "source_url"):
            datatype = "anyURI"
        yield _line(subject, prop, _typed(value, iris.XSD + datatype) if datatype else _literal(value))


def _text(value: Any) -> Any:
    import ibis

    return ibis.literal(value) if isinstance(value, str) else value


# A term is a text, and what stands before and after it: constants are put together here, not row by row.
_Term = tuple[str, Text, str]


def _iri(value: Any) -> _Term:
    return "<", _text(value), ">"


def _literal(value: Any, after: str = "") -> _Term:
    escaped = _text(value)
    for raw, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        escaped = escaped.replace(raw, written)
    return '"', escaped, f'"{after}'


def _typed(value: Any, datatype: str) -> _Term:
    return _literal(value, f"^^<{datatype}>")


def _line(subject: Text, prop: str, term: _Term) -> Text:
    before, value, after = term
    return subject.concat(f"> <{prop}> {before}").concat(value).concat(f"{after} .")
