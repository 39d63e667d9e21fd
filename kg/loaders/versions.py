"""The versions of what reads: each changes with the rules, and with the names and words of the ontology."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import kg
from kg.ontology import data_path

__all__ = ["table_version", "text_version"]

# What makes quads of whatever was read.
_SHARED = ("records/*.py", "edtf.py", "iris.py", "rdf.py")


@lru_cache(maxsize=1)
def text_version() -> str:
    """Version of kg and twelve digits of the sha256 over all that decides what is read from a text."""
    return _version(("extract/*.py", "loaders/*.py", *_SHARED))


@lru_cache(maxsize=1)
def table_version() -> str:
    """The same of what is read from a table; its map is part of the fingerprint of its file."""
    return _version(("tables/*.py", "loaders/known.py", "duck.py", *_SHARED))


def _version(patterns: Iterable[str]) -> str:
    here, data = Path(kg.__file__).parent, data_path("ontology")
    digest = hashlib.sha256()
    for root, pattern in (*((here, pattern) for pattern in patterns), (data, "**/*.ttl")):
        for path in sorted(root.glob(pattern)):
            digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return f"{kg.__version__}+{digest.hexdigest()[:12]}"
