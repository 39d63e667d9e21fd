"""The map of a table of one's own: a YAML file that says which columns are which fields of which records.

Every mistake is told with the line and column of the map where it stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from kg.errors import LoadError
from kg.loaders.aliases import check_aliases
from kg.records import RECORDS
from kg.records.base import object_fields, shape
from kg.tables.codes import SCHEMES
from kg.words import with_article

__all__ = ["Field", "Map", "RecordMap", "mapped_fields", "read_map"]

_TOP = {"source", "format", "delimiter", "records"}
_SOURCE = {"id", "title", "publisher", "published", "licence", "url"}
_NO_ROWS = {"Document", "Dataset", "Span", "Relation"}  # what no row stands for
_FORMATS = ("csv", "tsv", "parquet", "jsonl")
_RECORD = {"record", "key", "owner", "fields", "concerns"}
_FIELD = {"column", "constant", "code", "on", "concept", "refer", "key", "date", "values", "lang"}


@dataclass(frozen=True, slots=True)
class Field:
    """Where the value of one field comes from.

    Attributes:
        column, constant: exactly one of them, unless `refer` names a record of the map.
        code: scheme of codes by which the value is looked up, on the day in column `on` where given.
        concept: scheme of which the value is a concept.
        refer: class of a record of the same map; `key` the columns that name it.
        date: format of `strptime` in which the value stands.
        values: what is to be put in the place of a value.
        lang: language of a name.
        where: line and column of the map.
    """

    where: str
    column: str | None = None
    constant: str | None = None
    code: str | None = None
    on: str | None = None
    concept: str | None = None
    refer: str | None = None
    key: tuple[str, ...] = ()
    date: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class RecordMap:
    """One record per row: its class, the columns that name it, and its fields."""

    cls: str
    key: tuple[str, ...]
    owner: Field | None
    fields: Mapping[str, tuple[Field, ...]]
    concerns: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map."""

    source: Mapping[str, str]
    format: str | None
    delimiter: str | None
    records: tuple[RecordMap, ...]

    def of_class(self, cls: str) -> RecordMap | None:
        """The map of the first record of a class."""
        return next((r for r in self.records if r.cls == cls), None)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it names, each once."""
        return tuple(dict.fromkeys(self._columns()))

    def _columns(self) -> Iterator[str]:
        for record in self.records:
            yield from record.key
            every = [f for listed in record.fields.values() for f in listed] + ([record.owner] if record.owner else [])
            for one in every:
                yield from (c for c in (one.column, one.on, *one.key) if c)


class _Reader:
    """Walks the nodes of a YAML file, so that each mistake has a place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def where(self, node: yaml.Node) -> str:
        return f"line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"

    def error(self, node: yaml.Node, message: str) -> LoadError:
        return LoadError(f"{self.path.name}, {self.where(node)}: {message}")

    def pairs(self, node: yaml.Node, allowed: set[str] | None, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, f"{what} must be a list of names with values.")
        found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            name = str(key.value)
            if allowed is not None and name not in allowed:
                near = get_close_matches(name, allowed, n=1)
                hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(sorted(allowed))}."
                raise self.error(key, f"{what} has no {name!r}.{hint}")
            if name in found:
                raise self.error(key, f"{name!r} stands here twice.")
            found[name] = (key, value)
        return found

    def text(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.error(node, f"{what} must be one text.")
        return str(node.value)

    def texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(item, what) for item in node.value)
        return (self.text(node, what),)


def read_map(path: Path) -> Map:
    """Read a map.

    Raises:
        LoadError: it cannot be read, or says what cannot be; the message names line and column.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise LoadError(f"The map {path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise LoadError(f"The map {path} is not UTF-8 text; convert it.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise LoadError(f"{path.name}{place}: this is no YAML ({error.problem}).") from None
    except yaml.YAMLError as error:
        raise LoadError(f"{path.name}: this is no YAML ({' '.join(str(error).split())}).") from None
    except RecursionError:
        raise LoadError(f"{path.name} is nested too deeply; a map is not.") from None
    if node is None:
        raise LoadError(f"The map {path} is empty; 'docs/tables.md' shows one.")
    check_aliases(node, path.name)
    reader = _Reader(path)
    top = reader.pairs(node, _TOP, "A map")
    if "records" not in top:
        raise reader.error(node, "the map lacks 'records': which record a row stands for.")
    listed = top["records"][1]
    if not isinstance(listed, yaml.SequenceNode) or not listed.value:
        raise reader.error(listed, "'records' must be a list that begins with '- record: NAME'.")
    source = {}
    if "source" in top:
        found = reader.pairs(top["source"][1], _SOURCE, "'source'")
        source = {name: reader.text(value, name) for name, (_, value) in found.items()}
    form = reader.text(top["format"][1], "'format'") if "format" in top else None
    if form is not None and form not in _FORMATS:
        raise reader.error(top["format"][1], f"there is no format {form!r}; there are {', '.join(_FORMATS)}.")
    delimiter = reader.text(top["delimiter"][1], "'delimiter'") if "delimiter" in top else None
    found_map = Map(source, form, delimiter, tuple(_record(reader, item) for item in listed.value))
    for record in found_map.records:
        for field in (f for fields_ in record.fields.values() for f in fields_ if f.refer):
            if found_map.of_class(field.refer or "") is None:
                raise LoadError(f"{path.name}, {field.where}: the map has no record {field.refer!r} to refer to.")
    return found_map


def _record(reader: _Reader, node: yaml.Node) -> RecordMap:
    parts = reader.pairs(node, _RECORD, "A record")
    if "record" not in parts or "fields" not in parts:
        raise reader.error(node, "a record needs 'record' and 'fields'.")
    name = reader.text(parts["record"][1], "'record'")
    known = set(RECORDS) - _NO_ROWS
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(sorted(known))}."
        raise reader.error(parts["record"][1], f"there is no record {name!r}.{hint}")
    given: dict[str, tuple[Field, ...]] = {}
    allowed = mapped_fields(name)
    both = set(allowed) | set(allowed.values())
    named = with_article(name)
    for field_name, (_, value) in reader.pairs(parts["fields"][1], both, named[0].upper() + named[1:]).items():
        inner = allowed.get(field_name, field_name)
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        given[inner] = tuple(_field(reader, item, name, inner) for item in items)
    needed = {f.name for f in fields(RECORDS[name]) if f.default is MISSING and f.default_factory is MISSING} - {"iri"}
    if missing := sorted(needed - set(given)):
        raise reader.error(parts["fields"][0], f"{named} needs the field {_camel(missing[0])}.")
    concerns = reader.texts(parts["concerns"][1], "'concerns'") if "concerns" in parts else ()
    if concerns:
        inside = tuple(allowed.get(c, c) for c in concerns)
        if sum(len(given.get(c, ())) for c in inside) != 2:
            raise reader.error(parts["concerns"][1], "'concerns' names the fields that hold the two actors.")
        concerns = inside
    key = reader.texts(parts["key"][1], "'key'") if "key" in parts else ()
    owner = _field(reader, parts["owner"][1], name, "owner") if "owner" in parts else None
    return RecordMap(name, key, owner, given, concerns, reader.where(node))


def _field(reader: _Reader, node: yaml.Node, record: str, name: str) -> Field:
    where = reader.where(node)
    if isinstance(node, yaml.ScalarNode):
        field = Field(where, column=reader.text(node, name))
        parts: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    else:
        parts = reader.pairs(node, _FIELD, f"The field {name}")
        about: dict[str, Any] = {}
        for part, (_, value) in parts.items():
            if part == "values":
                table = reader.pairs(value, None, "'values'")
                about[part] = tuple((k, reader.text(v, k)) for k, (_, v) in table.items())
            elif part == "key":
                about[part] = reader.texts(value, "'key'")
            else:
                about[part] = reader.text(value, part)
        field = Field(where, **about)
    if sum(x is not None for x in (field.column, field.constant, field.refer)) != 1:
        raise reader.error(node, f"the field {name} needs one of column, constant and refer.")
    if field.code is not None and field.code not in SCHEMES:
        raise reader.error(
            parts["code"][1], f"there is no scheme of codes {field.code!r}; there are {', '.join(SCHEMES)}."
        )
    if field.date is not None and not re.fullmatch(r"%[dmY](.)%[dmY]\1%[dmY]", field.date):
        raise reader.error(parts["date"][1], "'date' must be %d, %m and %Y with one sign between, such as %d.%m.%Y.")
    if field.refer is not None and (field.refer not in RECORDS or not field.key):
        raise reader.error(node, "'refer' names a class of records of this map, and 'key' the columns that name it.")
    if name in object_fields(RECORDS[record]) and not (field.code or field.concept or field.refer):
        fixed = field.constant or ""
        if not fixed.startswith(("http://", "https://")) or not _is_iri(fixed):
            raise reader.error(node, f"{name} is a thing: say by 'code', 'concept' or 'refer' which, or give its IRI.")
    return field


def _is_iri(text: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def mapped_fields(cls: str) -> dict[str, str]:
    """The fields of a class as a map names them, with the names that its records have; none where no row stands for it.

    >>> mapped_fields("Place"), mapped_fields("Document")
    ({'name': 'name', 'aliases': 'aliases', 'inState': 'in_state'}, {})
    """
    if cls in _NO_ROWS or cls not in RECORDS:
        return {}
    return {_camel(name): name for name in shape(RECORDS[cls]) if name != "iri"}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
