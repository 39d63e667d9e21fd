"""What people decided, read from the file that they may edit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from kg import iris
from kg.errors import ProjectError

__all__ = ["Judgements"]

_LISTS = {"same", "different", "accepted", "rejected"}


@dataclass(frozen=True)
class Judgements:
    """What people decided: on pairs of IRIs whether they are one, on candidates whether they hold."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    accepted: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    digest: str = field(default=iris.sha256(b""))

    @classmethod
    def read(cls, path: Path) -> "Judgements":
        """Read the file of judgements; none when it is missing.

        Raises:
            ProjectError: it is not of the form above; the message names the line or entry.
        """
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return cls()
        if not raw.strip():
            return cls()
        import yaml

        try:
            content = yaml.safe_load(raw.decode("utf-8")) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ProjectError(f"{path.name} cannot be read as YAML: {error}; correct it or restore it.") from None
        if not isinstance(content, dict) or not set(content) <= _LISTS:
            raise ProjectError(f"{path.name} may hold the lists {', '.join(sorted(_LISTS))} and nothing else.")
        return cls(
            same=_pairs(path, content, "same"),
            different=_pairs(path, content, "different"),
            accepted=_single(path, content, "accepted"),
            rejected=_single(path, content, "rejected"),
            digest=iris.sha256(raw),
        )


def _pairs(path: Path, content: Mapping[str, object], key: str) -> frozenset[frozenset[str]]:
    entries = content.get(key) or []
    found: set[frozenset[str]] = set()
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        if not isinstance(entry, list) or len(entry) < 2 or not all(isinstance(e, str) for e in entry):
            raise ProjectError(f"{path.name}: entry {number} of {key!r} must be a list of two or more IRIs.")
        found.update(frozenset(pair) for pair in combinations(entry, 2))
    return frozenset(found)


def _single(path: Path, content: Mapping[str, object], key: str) -> frozenset[str]:
    entries = content.get(key) or []
    if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
        raise ProjectError(f"{path.name}: {key!r} must be a list of IRIs of candidates.")
    return frozenset(str(entry) for entry in entries)
