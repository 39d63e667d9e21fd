"""Records that people write by hand, in YAML or JSON: what they know, as they would say it.

::

    source: {id: desk-notes, title: Notes of the desk, published: 2030-05-03, publisher: Desk}
    entries:
      - meeting: {id: lunch, parties: [CAN, CHN], when: 2030-05-02, participants: [Mark Carney, Xi Jinping]}
      - statement: {speaker: Mark Carney, for: CAN, text: Trade comes first., at: lunch, sectors: [trade]}
      - Membership: {member: CAN, member_in: G20, when: 1999/..}

An entry is a short form (`kg.loaders.forms`) or a record class with its own fields; `kg load --schema` prints both.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import LoadError
from kg.loaders.base import Loaded, Loader, Options
from kg.loaders.entries import Entries
from kg.loaders.reading import decode, meta_from, read_bytes, read_json, read_yaml, sidecar

__all__ = ["LOADERS"]

_MAX_BYTES = 32_000_000
_MAX_VALUES = 2_000_000
_TOP = {"source", "entries"}


class Records(Loader):
    """Records written by hand."""

    name = "records"
    help = "Records written by hand (.yaml, .json); 'kg load --schema' prints their schema."

    @property
    def version(self) -> str:
        from kg.loaders.versions import text_version

        return text_version()

    def matches(self, path: Path, head: bytes) -> float:
        suffix = path.suffix.lower()
        if suffix in {".yaml", ".yml"}:
            return 0.8 if re.search(rb"^\s*-?\s*entries\s*:", head, re.MULTILINE) or b"source:" in head else 0.3
        if suffix == ".json":
            return 0.8 if b'"entries"' in head else 0.0
        return 0.0

    def load(self, path: Path, options: Options) -> Iterator[Loaded]:
        raw = read_bytes(path, _MAX_BYTES)
        text, notes = decode(raw, path)
        sections = _sections(text, path)
        for number, section in enumerate(sections, 1):
            where = str(path) if len(sections) == 1 else f"{path}: source {number}"
            yield _one(section, where, path, options, notes)


def _one(section: Any, where: str, path: Path, options: Options, notes: tuple[str, ...]) -> Loaded:
    if not isinstance(section, dict):
        raise LoadError(f"{where}: there must be the two keys 'source' and 'entries', not a {_kind(section)}.")
    if strange := sorted(map(str, set(section) - _TOP)):
        raise LoadError(f"{where}: {strange[0]!r} is not known here; there are 'source' and 'entries'.")
    about = section.get("source") or {}
    if not isinstance(about, dict):
        raise LoadError(f"{where}: 'source' must say id, title, published and so on, not be a {_kind(about)}.")
    meta = options.meta.over(sidecar(path)).over(meta_from(about, f"{where}: source"))
    entries = section.get("entries")
    if not isinstance(entries, list) or not entries:
        raise LoadError(f"{where}: 'entries' must be a list of at least one entry.")
    if not meta.id and not meta.url:
        raise LoadError(
            f"{where}: the source needs an id, so that a later version can replace it; write 'source: {{id: NAME}}' "
            "or give --id."
        )
    found = Entries(where, meta, path)
    for number, entry in enumerate(entries, 1):
        found.announce(number, entry)
    for number, entry in enumerate(entries, 1):
        found.add(number, entry)
    return found.loaded(json.dumps(section, sort_keys=True, ensure_ascii=False), notes)


def _sections(text: str, path: Path) -> list[Any]:
    if path.suffix.lower() == ".json":
        content = read_json(text, str(path), parse_float=str)
        found = content if isinstance(content, list) else [content]
    else:
        found = [section for section in read_yaml(text, str(path)) if section is not None]
        if len(found) == 1 and isinstance(found[0], list):
            found = found[0]
    if not found:
        raise LoadError(f"{path} is empty.")
    budget = [_MAX_VALUES]
    try:
        return [_plain(section, path, budget) for section in found]
    except RecursionError:
        raise LoadError(f"{path} is nested too deeply; records are not.") from None


def _plain(value: Any, path: Path, budget: list[int]) -> Any:
    """The value as JSON would have it: dates as texts. Aliases that multiply without end are stopped."""
    budget[0] -= 1
    if budget[0] < 0:
        raise LoadError(f"{path} holds more than {_MAX_VALUES:,} values; split it, and mind its aliases.")
    if isinstance(value, Mapping):
        return {str(key): _plain(item, path, budget) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item, path, budget) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        raise LoadError(f"{path} holds binary data; records are text and numbers.")
    return value


def _kind(value: Any) -> str:
    return {"str": "text", "list": "list", "int": "number", "float": "number", "bool": "yes or no"}.get(
        type(value).__name__, "value"
    )


LOADERS: tuple[Loader, ...] = (Records(),)
