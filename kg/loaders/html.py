"""Web pages: running text without navigation, and what the page says of itself."""

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import LoadError
from kg.loaders.base import Loader, Meta
from kg.loaders.reading import MAX_CHARACTERS, decode, meta_from, read_bytes, sidecar
from kg.loaders.sources import Text, TextLoader

__all__ = ["LOADERS"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MARKUP = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MAX_BYTES = 16_000_000


class WebPage(TextLoader):
    """A saved web page; title, author, date and address from the page's own metadata."""

    name = "html"
    help = "A saved web page (.html); title, author, date and address from its own metadata."

    def matches(self, path: Path, head: bytes) -> float:
        if path.suffix.lower() in {".html", ".htm", ".xhtml"}:
            return 0.8
        return 0.65 if _MARKUP.search(head[:1024]) else 0.0

    def texts(self, path: Path, meta: Meta) -> Iterator[Text]:
        from trafilatura import bare_extraction
        from trafilatura.settings import Document

        raw = read_bytes(path, _MAX_BYTES)
        declared = _CHARSET.search(raw[:4096])
        page, notes = decode(raw, path, declared[1].decode("ascii") if declared else None)
        found = bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            # Only dates that the page gives as its own, and whatever the day on which it is loaded.
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": "2100-01-01"},
        )
        if not isinstance(found, Document) or not found.text:
            raise LoadError(f"{path} holds no running text that could be found; save the text itself as a .txt file.")
        text = "\n\n".join(" ".join(line.split()) for line in found.text.split("\n") if line.strip())
        if len(text) > MAX_CHARACTERS:
            raise LoadError(f"{path} has {len(text):,} characters of text, more than {MAX_CHARACTERS:,}; split it.")
        said = {
            "title": found.title,
            "author": found.author.split("; ") if found.author else None,
            "published": found.date,
            "url": found.url,
            "publisher": found.sitename,
            "language": found.language or _language(page),
        }
        own = meta_from({key: value for key, value in said.items() if value}, str(path))
        yield Text(text, meta.over(sidecar(path)).over(own), notes)


def _language(page: str) -> str | None:
    match = re.search(r"<html[^>]{0,400}\blang\s*=\s*[\"']([A-Za-z-]{2,20})[\"']", page[:4096], re.IGNORECASE)
    return match[1] if match else None


LOADERS: tuple[Loader, ...] = (WebPage(),)
