"""Where it stands: sources, publishers, spans; and the concepts that tables bring."""

from dataclasses import dataclass, field

from kg import iris
from kg.edtf import Edtf
from kg.errors import RecordError
from kg.records.base import Iris, Labels, Named, Record, Strings


@dataclass(frozen=True, kw_only=True)
class Concept(Named):
    """An entry of a scheme of codes or kinds."""

    cls = "Concept"
    notation: Strings = ()
    in_scheme: Iris = ()
    broader: Iris = ()
    exact_match: Iris = ()
    close_match: Iris = ()
    broad_match: Iris = ()
    narrow_match: Iris = ()
    related_match: Iris = ()
    definition: Labels = ()


@dataclass(frozen=True, kw_only=True)
class ConceptScheme(Named):
    """A list of codes or kinds."""

    cls = "ConceptScheme"


@dataclass(frozen=True, kw_only=True)
class Publisher(Named):
    """Who puts a source before the public."""

    cls = "Publisher"
    publisher_state: str | None = None
    publisher_kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source(Record):
    """What says something; its IRI is the name of the graph that holds what it says."""

    cls = "Source"
    title: str
    publisher: str | None = None
    author: Strings = ()
    published: Edtf | None = None
    url: str | None = None
    licence: str | None = None
    sha256: str | None = None
    language: str | None = None
    provenance: str | None = None

    @property
    def key(self) -> str:
        """The key of the source: the last part of its IRI."""
        return iris.code_of(self.iri)


@dataclass(frozen=True, kw_only=True)
class Document(Source):
    """A text."""

    cls = "Document"


@dataclass(frozen=True, kw_only=True)
class Dataset(Source):
    """A table or other structured source."""

    cls = "Dataset"


@dataclass(frozen=True, kw_only=True)
class Candidate(Record):
    """What may have been read from a text; a person judges it, and it counts as no act."""

    cls = "Candidate"
    suggests: str
    reason: str
    rule: str | None = None
    citation: Iris = ()


@dataclass(frozen=True, kw_only=True)
class Span(Record):
    """A piece of a text; see `Span.of`."""

    cls = "Span"
    span_of: str
    span_start: int
    span_end: int
    exact: str = field(default="")

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.span_start < self.span_end or len(self.exact) != self.span_end - self.span_start:
            raise RecordError(
                f"Span.exact of {self.span_of} has {len(self.exact)} characters, but the span runs from "
                f"{self.span_start} to {self.span_end}; both must be cut from the same text."
            )

    @classmethod
    def of(cls, source_iri: str, text: str, start: int, end: int) -> "Span":
        """The piece of `text` from `start` to `end` (code points, end exclusive).

        Raises:
            RecordError: the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(text):
            raise RecordError(f"The span {start}-{end} lies outside the text of {source_iri} (0-{len(text)}).")
        return cls(
            iri=iris.owned("span", iris.code_of(source_iri), f"{start}-{end}"),
            span_of=source_iri,
            span_start=start,
            span_end=end,
            exact=text[start:end],
        )
