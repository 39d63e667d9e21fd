"""The version of what reads texts: it changes with the rules and with the names and words of the ontology."""

import hashlib
from functools import lru_cache
from pathlib import Path

import kg
from kg.ontology import data_path

__all__ = ["text_version"]


@lru_cache(maxsize=1)
def text_version() -> str:
    """Version of kg and twelve digits of the sha256 over all that decides what is read from a text."""
    here = Path(kg.__file__).parent
    digest = hashlib.sha256()
    for root, pattern in ((here / "extract", "*.py"), (here / "loaders", "*.py"), (data_path("ontology"), "**/*.ttl")):
        for path in sorted(root.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{kg.__version__}+{digest.hexdigest()[:12]}"
