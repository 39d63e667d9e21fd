"""RDF literals as Neo4j values, and back.

A property of the ontology declares the datatype of its values. A literal of that datatype whose text can be written
again from the Neo4j value is held *exactly*; for any other there is at best something to show, and its N-Triples text
is kept beside it.
"""

import math
import re
from datetime import date, datetime
from functools import lru_cache

import pyoxigraph as ox

from kg.iris import XSD
from kg.mirror.kinds import Scalar

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LANG_STRING = RDF + "langString"
STRING, INTEGER, DECIMAL, BOOLEAN = XSD + "string", XSD + "integer", XSD + "decimal", XSD + "boolean"
DOUBLE, DATE, DATE_TIME = XSD + "double", XSD + "date", XSD + "dateTime"
# A language that most names have need not be said each time.
USUAL_LANGUAGE = "en"

_NUMBERS = frozenset({INTEGER, DECIMAL, DOUBLE, XSD + "float"})
_INT64 = 2**63
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
_TYPES: dict[str | None, type] = {
    INTEGER: int,
    DECIMAL: float,
    DOUBLE: float,
    XSD + "float": float,
    BOOLEAN: bool,
    DATE: date,
    DATE_TIME: datetime,
}
# How Oxigraph writes numbers: no exponent, no trailing zeros.
_PLAIN_FLOAT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def fit(literal: ox.Literal, declared: str | None) -> tuple[Scalar | None, bool]:
    """The Neo4j value of a literal and whether the literal can be written again from it.

    Args:
        literal: as Oxigraph gives it.
        declared: IRI of the datatype of the property; None for a property that is not in the ontology, which takes the
            values of each datatype as they are.

    Returns:
        The value, or None when nothing can be shown without mixing types under one property; and whether it is exact.
    """
    text, datatype = literal.value, literal.datatype.value
    if datatype == declared or declared is None:
        if datatype == STRING:
            return text, True
        if datatype == LANG_STRING:
            usual = declared is not None and literal.language == USUAL_LANGUAGE and literal.direction is None
            return text, usual
        wanted = _TYPES.get(datatype)
        if wanted is None:
            # A declared datatype without a Neo4j type of its own (an EDTF date, an address) is its text.
            return text, declared is not None
        value = _value(text, datatype)
        if value is None:
            return (text if declared is None else None), False
        return value, _exact(text, datatype, value) and (declared is not None or datatype in _UNDECLARED)
    wanted = _TYPES.get(declared, str)
    if wanted is str:
        return text, False
    shown = _value(text, datatype) if datatype in _TYPES else None
    if wanted is float and isinstance(shown, int) and not isinstance(shown, bool):
        shown = float(shown) if abs(shown) < 2**53 else None
    return (shown if type(shown) is wanted else None), False


def unfit(value: Scalar, declared: str | None) -> ox.Literal:
    """The literal of which `value` is the exact Neo4j value under a property of the declared datatype."""
    if isinstance(value, str):
        if declared == LANG_STRING:
            return ox.Literal(value, language=USUAL_LANGUAGE)
        return ox.Literal(value) if declared in _NOT_TEXT else ox.Literal(value, datatype=_node(declared))
    if isinstance(value, bool):
        return ox.Literal("true" if value else "false", datatype=_node(BOOLEAN))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=_node(INTEGER))
    if isinstance(value, float):
        number = declared if declared in _NUMBERS and declared != INTEGER else DOUBLE
        return ox.Literal(_float_text(value) or str(value), datatype=_node(number))
    if isinstance(value, datetime):
        return ox.Literal(_moment_text(value), datatype=_node(DATE_TIME))
    return ox.Literal(value.isoformat(), datatype=_node(DATE))


_UNDECLARED = frozenset({STRING, INTEGER, BOOLEAN, DOUBLE, DATE, DATE_TIME})
_NOT_TEXT = frozenset({None, STRING, *(k for k in _TYPES if k)})


@lru_cache(maxsize=256)
def _node(iri: str | None) -> ox.NamedNode:
    return ox.NamedNode(iri or STRING)


def _value(text: str, datatype: str) -> Scalar | None:
    if datatype == DATE:
        return _date(text)
    if datatype == INTEGER:
        if _INTEGER.fullmatch(text) and -_INT64 <= (number := int(text)) < _INT64:
            return number
        return None
    if datatype == BOOLEAN:
        return {"true": True, "false": False}.get(text)
    if datatype == DATE_TIME:
        return _moment(text)
    if not _PLAIN_FLOAT.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def _exact(text: str, datatype: str, value: Scalar) -> bool:
    if isinstance(value, float):
        return _float_text(value) == text
    if isinstance(value, datetime):
        return _moment_text(value) == text
    # Whole numbers, truth values and days were read from their only spelling.
    return True


def _float_text(value: float) -> str | None:
    text = repr(value)
    if "e" in text or "n" in text:
        return None
    return text.removesuffix(".0")


@lru_cache(maxsize=65_536)
def _date(text: str) -> date | None:
    if len(text) != 10 or text < "1000":
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def _moment(text: str) -> datetime | None:
    if text < "1000" or len(text) < 19:
        return None
    try:
        found = datetime.fromisoformat(text)
        offset = found.utcoffset()
    except ValueError:
        return None
    if offset is not None and (offset.total_seconds() % 60 or not 1000 < found.year < 9999):
        return None
    return found


def _moment_text(value: datetime) -> str:
    text = value.replace(tzinfo=None).isoformat()
    if value.microsecond:
        text = text.rstrip("0")
    offset = value.utcoffset()
    if offset is None:
        return text
    minutes = int(offset.total_seconds()) // 60
    if minutes == 0:
        return text + "Z"
    return f"{text}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
