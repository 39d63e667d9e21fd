"""A text with its metadata as a source: key, publisher, title; and what is read from the text, as its records."""

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from kg import iris
from kg.edtf import Edtf
from kg.loaders import known
from kg.loaders.base import Loaded, Loader, Meta, Options
from kg.loaders.versions import text_version
from kg.records import Document, Record

if TYPE_CHECKING:
    from kg.extract.model import Document as ToRead

__all__ = ["Text", "TextLoader", "canonical_url", "checked", "read_document", "source_key", "to_read"]

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|ref_src|cmpid)", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?i).*\bcookies?\b.*|.*\bprivacy (policy|statement)\b.*|i (agree|accept)|by continuing\b.*|skip to\b.*|menu|"
    r"search|home|share\b.{0,30}|advertisement|print|©.*|\W*|\d[\d/:. -]*"
)
_HEADLINE = 160
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it stands in a file, with what is known of it; `notes` are sentences for the person who loads it."""

    text: str
    meta: Meta
    notes: tuple[str, ...] = ()


def canonical_url(url: str) -> str:
    """One form for the addresses of one page: https, lower-case host, no fragment, no tracking, no final slash.

    >>> canonical_url("HTTP://Example.org/a/?utm_source=x&id=3#top")
    'https://example.org/a?id=3'
    """
    parts = urlsplit(url.strip())
    scheme = "https" if parts.scheme in ("http", "https") else parts.scheme
    host = parts.netloc.lower().removesuffix(":80").removesuffix(":443")
    kept = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)])
    return f"{scheme}://{host}{parts.path.rstrip('/')}" + (f"?{kept}" if kept else "")


def source_key(meta: Meta, text: str) -> str:
    """The key of a source: its given id, else its address, else the sha256 of its text."""
    if meta.id:
        return iris.key_of(meta.id)
    return iris.sha256(canonical_url(meta.url)) if meta.url else iris.sha256(text)


def headline(text: str) -> str | None:
    """The line that a text begins with, where it may be a title: furniture of a page is passed over."""
    for block in re.split(r"\n\s*\n", text[:5000]):
        line = " ".join(block.split())
        if _FURNITURE.fullmatch(line):
            continue
        first = " ".join(block.strip().split("\n")[0].split())
        for candidate in (line, first):
            if len(candidate) <= _HEADLINE and not candidate.endswith((".", ";", ",")):
                return candidate
        return None
    return None


class TextLoader(Loader):
    """Reads files that hold texts: `kg load` and `kg extract` read them alike, so that offsets agree."""

    @property
    def version(self) -> str:
        return text_version()

    @abstractmethod
    def texts(self, path: Path, meta: Meta) -> Iterator[Text]:
        """The texts in a file; `meta` goes before what the file and its sidecar say.

        Raises:
            LoadError: the file cannot be read; the message names it, the place in it, and the remedy.
        """

    def load(self, path: Path, options: Options) -> Iterator[Loaded]:
        for text in self.texts(path, options.meta):
            yield read_document(text, path)


def to_read(text: Text, key: str | None = None) -> "ToRead":
    """A text as extraction takes it: with the state whose government published it, where it is one."""
    from kg.extract.pipeline import document

    meta = text.meta
    party = known.publisher_party(known.publisher(meta.publisher)[0]) if meta.publisher else None
    return document(
        text.text,
        {
            "id": key,
            "title": meta.title,
            "published": meta.published,
            "publisher": party or meta.publisher,
            "author": "; ".join(meta.author),
            "url": meta.url,
            "head_of_government": meta.head_of_government,
            "language": meta.language,
        },
    )


def checked(text: Text) -> Text:
    """The same, without an address that is none, with the publisher whose address it has, and notes on its metadata."""
    meta = text.meta
    notes = (*text.notes, *meta.notes, *known.note_on_publisher(meta.publisher))
    if meta.url and not _ADDRESS.match(meta.url):
        notes = (*notes, f"Its address {meta.url[:60]!r} does not begin with http:// or https:// and is left out.")
        meta = replace(meta, url=None)
    if meta.url and not meta.publisher:
        meta = replace(meta, publisher=known.publisher_of(meta.url))
    return replace(text, meta=meta, notes=notes)


def read_document(given: Text, path: Path) -> Loaded:
    """A text and all that is read from it.

    Raises:
        ExtractError: the text cannot be read.
        RecordError: what was found breaks a rule of the model.
    """
    from kg.extract.pipeline import extract
    from kg.loaders.document import records

    given = checked(given)
    text, meta, notes = given.text, given.meta, given.notes
    more: list[Record] = []
    publisher = None
    if meta.publisher:
        publisher, unknown = known.publisher(meta.publisher)
        if unknown is not None:
            more.append(unknown)
    source = Document(
        iri=iris.source(source_key(meta, text)),
        title=meta.title or headline(text) or path.stem,
        publisher=publisher,
        author=meta.author,
        published=Edtf.parse(meta.published) if meta.published else None,
        url=meta.url,
        licence=meta.licence,
        sha256=iris.sha256(text),
        language=meta.language,
        provenance=meta.provenance,
    )
    found = extract(text, to_read(given, source.key))
    more += records(found, source.iri)
    return Loaded(source=source, records=tuple(more), text=text, notes=(*notes, *found.warnings))
