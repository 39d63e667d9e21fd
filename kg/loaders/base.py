"""What a loader is: it takes one file (or one data set's folder) and says what stands in it, as records.

A loader knows nothing of RDF, Neo4j or the screen, and it is a pure function of its file and options, so that files can
be read in several processes. Two kinds:

- `Loader.load` yields `Loaded`: a source, its records and its text. Nothing is written before the whole file was read.
- `BulkLoader.load_into` is handed the open `Loading` and may use its store: for what is too large for records
  in memory. What it changed is thrown away when it raises a `KgError`.

`kg.loaders.registry` names the modules of all loaders; each module has a tuple ``LOADERS``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kg.records import Record, Source

if TYPE_CHECKING:
    from kg.loading import Change, Loading

__all__ = ["BulkLoader", "Loaded", "Loader", "Meta", "Options", "Stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is known of a source from outside its text; all of it may be unknown.

    `published` is EDTF; `publisher` a name, or the code of a government; `provenance` says where this copy comes from;
    `head_of_government` is who says "I" in a release of a government; `notes` are sentences on what was given and could
    not be taken.
    """

    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: tuple[str, ...] = ()
    url: str | None = None
    provenance: str | None = None
    licence: str | None = None
    language: str | None = None
    head_of_government: str | None = None
    notes: tuple[str, ...] = ()

    def over(self, other: "Meta") -> "Meta":
        """What this one says, and where it says nothing, what `other` says."""
        known = {f.name: value for f in fields(self) if (value := getattr(self, f.name))}
        return replace(other, **known | {"notes": tuple(dict.fromkeys((*self.notes, *other.notes)))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the caller says of all files of one load: metadata, and options that only some loaders know."""

    meta: Meta = field(default_factory=Meta)
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One source as a loader read it; `notes` are sentences for the person who loads it."""

    source: Source
    records: tuple[Record, ...]
    text: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One source as a bulk loader stored it: what changed, its title and how many things of which class it has."""

    change: "Change"
    title: str
    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class AnyLoader(ABC):
    """What both kinds of loader share."""

    name: ClassVar[str]
    help: ClassVar[str]

    @property
    @abstractmethod
    def version(self) -> str:
        """Changes whenever the same file may give other records, so that it is read again."""

    @abstractmethod
    def matches(self, path: Path, head: bytes) -> float:
        """How sure it is that a file is one of its own: 0 (no) to 1; `head` are its first bytes, none for a folder."""


class Loader(AnyLoader):
    """Reads one file into records."""

    @abstractmethod
    def load(self, path: Path, options: Options) -> Iterable[Loaded]:
        """The sources that stand in a file.

        Raises:
            LoadError: the file cannot be read; the message names it, the place in it, and the remedy.
        """


class BulkLoader(AnyLoader):
    """Writes one file or folder into the store itself."""

    @abstractmethod
    def load_into(self, loading: "Loading", path: Path, options: Options) -> Iterator[Stored]:
        """Load what stands in a file or folder into the unpublished generation of the store.

        Raises:
            KgError: it cannot be loaded; everything since the last checkpoint is undone by the caller.
        """
