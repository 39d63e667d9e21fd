"""Loaders: files, folders and tables in; what they say, in the graph.

>>> import kg
>>> from kg.loaders import Meta, Options, load
>>> report = load(kg.open(), ["note.txt"], Options(meta=Meta(published="2026-01-16")))  # doctest: +SKIP
"""

from kg.loaders.base import BulkLoader, Loaded, Loader, Meta, Options, Stored
from kg.loaders.engine import FileReport, Report, SourceReport, load
from kg.loaders.registry import find_loader, loaders

__all__ = [
    "BulkLoader",
    "FileReport",
    "Loaded",
    "Loader",
    "Meta",
    "Options",
    "Report",
    "SourceReport",
    "Stored",
    "find_loader",
    "load",
    "loaders",
]
