"""Files to extract from: a text and what is known of it, read as `kg load` reads it, so that offsets agree."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import ExtractError
from kg.extract.model import Document
from kg.loaders.base import Meta
from kg.loaders.registry import find_loader, named_loader
from kg.loaders.sources import TextLoader, checked, to_read

SUFFIXES = (".txt", ".md")


def listed(path: Path) -> list[Path]:
    """The texts of a folder (sorted, subfolders too), or the file itself.

    Raises:
        ExtractError: there is no such file, or the folder holds no text.
    """
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        if not found:
            raise ExtractError(f"{path} holds no .txt or .md file; name a file or another folder.")
        return found
    if not path.is_file():
        raise ExtractError(f"{path} does not exist; name a text file or a folder of them.")
    return [path]


def read(path: Path, given: Mapping[str, str | None] | None = None) -> Document:
    """The document of a file; for arguments and errors see `read_noted`."""
    return read_noted(path, given)[0]


def read_noted(path: Path, given: Mapping[str, str | None] | None = None) -> tuple[Document, tuple[str, ...]]:
    """The document of a file, and notes on its metadata; what `given` says goes before the file and its sidecar.

    Raises:
        ExtractError: the file holds several texts.
        LoadError: the file is no text, is too large, or its metadata cannot be read.
    """
    known: dict[str, Any] = {key: value for key, value in (given or {}).items() if value is not None}
    author = known.pop("author", None)
    loader = find_loader(path)
    if not isinstance(loader, TextLoader):
        loader = named_loader("text")
    assert isinstance(loader, TextLoader)
    texts = list(loader.texts(path, Meta(**known, author=(author,) if author else ())))
    if len(texts) != 1:
        raise ExtractError(f"{path} holds {len(texts)} texts; load it with 'kg load'.")
    found = checked(texts[0])
    return to_read(found, found.meta.id or path.stem), found.notes
