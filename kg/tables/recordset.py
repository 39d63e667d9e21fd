"""Data sets of some thousand records in XML: read record by record, each source put as a whole, with findings."""

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import BulkLoader, Options, Stored
from kg.records import Dataset, Record, Span
from kg.tables.codes import codes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from kg.loading import Loading
    from kg.tables.findings import Finding

R = TypeVar("R", bound=Record)

__all__ = ["Gathered", "RecordSet", "territory", "text_of", "tree"]

# Territories of the State Department whose id, or whose name beside it, is not a name of the reference data.
_TERRITORIES = {
    "congo-democratic-republic": "COD",
    "saint-kitts-nevis": "KNA",
    "saint-vincent-grenadines": "VCT",
    "saint-vincent-and-grenadines": "VCT",
    "antigua-barbuda": "ATG",
    "somoa": "WSM",
    "west-bank": "PSE",
    "czechoslovakia-1993": "CSK",
    "south-vietnam-1975": "COW-817",
    "state-of-vietnam-1955": "COW-817",
    "tanganyika": "TZA",
}
# Where one id means several states, the name beside it tells which.
_NAMED = {"Yemen Arab Republic": "COW-678", "Korea, South": "KOR", "Tanganyika": "TZA"}


@dataclass(slots=True)
class Gathered:
    """One source as it grows: records, the lines of its text, and what could not be mapped."""

    key: str
    title: str
    file: str
    lines: list[str] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    findings: "list[Finding]" = field(default_factory=list)
    _size: int = 0

    @property
    def iri(self) -> str:
        """IRI of the source."""
        return iris.source(self.key)

    def say(self, line: str) -> int:
        """Add a line to the text of the source; returns where it begins."""
        start = self._size
        self.lines.append(line)
        self._size += len(line) + 1
        return start

    def span(self, start: int, end: int) -> Span:
        """A span within the last line of the text, as a record of the source."""
        line = self._size - len(self.lines[-1]) - 1
        part = iris.owned("span", self.key, f"{start}-{end}")
        exact = self.lines[-1][start - line : end - line]
        return self.add(Span(iri=part, span_of=self.iri, span_start=start, span_end=end, exact=exact))

    def add(self, record: R) -> R:
        """Add a record, the first of its IRI."""
        self.records.setdefault(record.iri, record)
        return record

    def problem(self, row: int, reason: str, value: str) -> None:
        """Say what could not be mapped."""
        from kg.tables.findings import Finding

        self.findings.append(Finding(self.key, self.file, row, reason, value))


class RecordSet(BulkLoader):
    """Base of loaders that read a data set record by record."""

    publisher: ClassVar[str]
    licence: ClassVar[str | None] = None
    url: ClassVar[str | None] = None
    published: ClassVar[str | None] = None
    least: ClassVar[Mapping[str, int]] = {}

    @property
    def version(self) -> str:
        """Changes with whatever decides what is read from a data set."""
        from kg.loaders.versions import table_version

        return table_version()

    @abstractmethod
    def read(self, path: Path, options: Options) -> Iterator[Gathered]:
        """The sources that stand in a folder or file."""

    def load_into(self, loading: "Loading", path: Path, options: Options) -> Iterator[Stored]:
        """Put each source as a whole; see `BulkLoader.load_into`."""
        from kg.loaders.engine import counts
        from kg.loaders.known import publisher
        from kg.tables import findings
        from kg.tables.loader import check_yield
        from kg.tables.place import check_place, logged_name

        iri, record = publisher(options.meta.publisher or self.publisher)
        read = list(self.read(path, options))
        check_yield(counts(r for one in read for r in one.records.values()), self.least, path.name)
        for one in read:
            if options.more.get("strict"):
                findings.refuse(one.findings)
            check_place(loading, one.iri, path)
            text = "\n".join(one.lines) + "\n" if one.lines else None
            source = Dataset(
                iri=one.iri,
                title=options.meta.title or one.title,
                publisher=iri,
                published=options.meta.published or self.published,  # type: ignore[arg-type]
                licence=options.meta.licence or self.licence,
                url=options.meta.url or self.url,
                sha256=iris.sha256(text) if text else None,
            )
            records = [*([record] if record else []), *one.records.values()]
            change = loading.put(source, records, text=text, loader=self.name, file=logged_name(loading, path))
            findings.write(loading.folder, one.key, one.findings)
            notes = (findings.summed_up(one.findings, one.key),) if one.findings else ()
            yield Stored(change=change, title=source.title, counts=counts(records), notes=notes)


def tree(path: Path) -> "Element":
    """The root of an XML file.

    Raises:
        LoadError: it is no XML, or declares entities, which data sets have no use for.
    """
    import xml.etree.ElementTree as ElementTree

    data = path.read_bytes()
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        raise LoadError(f"{path.name} declares entities or a document type; remove the declaration.")
    try:
        return ElementTree.fromstring(data)  # noqa: S314  no entities: see above
    except ElementTree.ParseError as error:
        raise LoadError(f"{path.name} is no well-formed XML ({error}); fetch it again.") from None


def text_of(element: "Element | None", tag: str | None = None) -> str:
    """All text of an element, or of its first child of that tag, in one line; empty when there is none."""
    found = element.find(tag) if element is not None and tag else element
    return "" if found is None else " ".join("".join(found.itertext()).split())


def territory(key: str, name: str, day: str | None) -> str | None:
    """IRI of the state of a territory by its id ("united-kingdom") and name, on a day."""
    if name in _NAMED:
        return iris.actor(_NAMED[name])
    if key in _TERRITORIES:
        return iris.actor(_TERRITORIES[key])
    bare = re.sub(r"-\d{4}$", "", key).replace("-", " ")
    named = re.sub(r"\s*\(.*\)|\*$", "", name).strip()
    for text in (bare, named):
        # Visits are told of states under the name that they have now, or had then.
        if text and (found := codes().one("name", text, day) or codes().one("name", text)):
            return found
    return None
