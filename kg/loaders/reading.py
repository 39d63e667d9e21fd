"""Files as text: encodings, line ends, what is no text at all; and the metadata that stands beside a file."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from kg.edtf import Edtf
from kg.errors import LoadError, RecordError
from kg.loaders.base import Meta

__all__ = [
    "MAX_CHARACTERS",
    "decode",
    "meta_from",
    "read_bytes",
    "read_json",
    "read_text",
    "read_yaml",
    "sidecar",
    "to_edtf",
]

MAX_CHARACTERS = 1_000_000  # of one text: parsing needs about 1 kB for each
_MAX_BYTES = 64_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF; convert it with 'pdftotext' first",
    b"PK\x03\x04": "a zip archive or office document; unpack it, or save it as text, first",
    b"\x1f\x8b": "compressed; unpack it with 'gunzip' first",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as text first",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SIDECAR_KEYS = {
    "id": "id",
    "title": "title",
    "published": "published",
    "date": "published",
    "published_time": "published",
    "publication_date": "published",
    "publisher": "publisher",
    "site_name": "publisher",
    "author": "author",
    "authors": "author",
    "byline": "author",
    "url": "url",
    "source_url": "url",
    "canonical_url": "url",
    "link": "url",
    "source": "provenance",
    "provenance": "provenance",
    "licence": "licence",
    "license": "licence",
    "language": "language",
    "lang": "language",
    "head_of_government": "head_of_government",
}
_MISTYPED = 0.8  # likeness of a key to one that is known
_FORMATS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%A, %d %B %Y", "%A, %B %d, %Y", "%Y/%m/%d")


def read_bytes(path: Path, limit: int = _MAX_BYTES) -> bytes:
    """The content of a file.

    Raises:
        LoadError: it is missing, cannot be read, or is larger than `limit`.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            raise LoadError(
                f"{path} has {size / 1e6:,.0f} MB, more than the {limit / 1e6:,.0f} MB that one document may have; "
                "split it into documents."
            )
        return path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path} cannot be read: {error.strerror or error}.") from None


def read_text(path: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a file with line feeds as line ends, and notes on how it was read.

    Raises:
        LoadError: it is empty, too large, or no text.
    """
    text, notes = decode(read_bytes(path), path)
    if not text.strip():
        raise LoadError(f"{path} is empty.")
    if len(text) > MAX_CHARACTERS:
        raise LoadError(
            f"{path} has {len(text):,} characters, more than the {MAX_CHARACTERS:,} that one document may have; "
            "split it into documents."
        )
    return text, notes


def decode(raw: bytes, path: Path, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Bytes as text: by byte order mark, by the encoding that the file declares, as UTF-8, else as Windows-1252.

    Raises:
        LoadError: they are no text.
    """
    notes: tuple[str, ...] = ()
    for magic, what in _MAGIC.items():
        if raw.startswith(magic):
            raise LoadError(f"{path} is no text: it is {what}.")
    encoding = next((name for bom, name in _BOMS if raw.startswith(bom)), None) or _bare_utf16(raw)
    if encoding is None and b"\x00" in raw:
        raise LoadError(f"{path} is no text: it holds a NUL byte at {raw.index(0):,}; save it as text first.")
    for candidate in [encoding] if encoding else [declared, "utf-8"]:
        try:
            if candidate is not None:
                text = raw.decode(candidate)
                break
        except (UnicodeDecodeError, LookupError) as error:
            if encoding:
                raise LoadError(f"{path} begins like {encoding} but cannot be read as such: {error}.") from None
    else:
        text = raw.decode("cp1252", errors="replace") if not _undefined(raw) else raw.decode("latin-1")
        notes = ("It is not UTF-8; it was read as Windows-1252. Check letters with accents.",)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise LoadError(f"{path} holds a NUL character at {text.index(chr(0)):,}, which no text may; remove it.")
    controls = len(_CONTROL.findall(text, 0, 100_000))
    if controls > 8 and controls > 0.01 * min(len(text), 100_000):
        raise LoadError(f"{path} is no text: it is full of control characters; save it as text first.")
    return text, notes


def _bare_utf16(raw: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Latin text is zero."""
    head = raw[:2000]
    if len(head) < 4 or len(raw) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _undefined(raw: bytes) -> bool:
    return any(byte in raw for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def read_yaml(text: str, where: str) -> list[Any]:
    """The documents of a YAML stream; dates stay texts, so that whoever reads them can say which one is wrong.

    Raises:
        LoadError: it is no YAML, or asks for more than plain values.
    """
    import yaml

    from kg.loaders.aliases import check_aliases

    class Plain(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012  as in the class above
            first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:timestamp"]
            for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def construct_document(self, node: yaml.Node) -> Any:
            check_aliases(node, where)
            return super().construct_document(node)

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            _check_once(node)
            return super().construct_mapping(node, deep)

    def _check_once(node: yaml.MappingNode) -> None:
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"{key.value!r} stands here twice", key.start_mark
                    )
                seen.add((key.tag, key.value))

    try:
        return list(yaml.load_all(text, Plain))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise LoadError(f"{where} is no YAML that can be read: {' '.join(str(error).split())}; correct it.") from None


def read_json(text: str, where: str, **options: Any) -> Any:
    """The value that stands in a text of JSON; `options` are those of `json.loads`.

    Raises:
        LoadError: it is no JSON, or names a key of one object twice.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
            raise LoadError(f"{where}: the key {twice[:100]!r} stands twice in one object; keep one of them.")
        return found

    try:
        return json.loads(text, object_pairs_hook=once, **options)
    except RecursionError:
        raise LoadError(f"{where} cannot be read as JSON: it is nested too deeply; correct it.") from None
    except ValueError as error:
        raise LoadError(f"{where} cannot be read as JSON: {error}; correct it.") from None


def to_edtf(value: Any) -> str:
    """A date as metadata give it, as EDTF: EDTF itself, ISO times, HTTP dates, "16 January 2026".

    Raises:
        LoadError: it cannot be read as a date.
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value).split())
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text):
        text = text[:10]
    try:
        return Edtf.parse(text).text
    except RecordError as error:
        for form in _FORMATS:
            try:
                return datetime.strptime(text, form).date().isoformat()
            except ValueError:
                continue
        try:
            return parsedate_to_datetime(text).date().isoformat()
        except ValueError:
            raise LoadError(str(error)) from None


def meta_from(given: Mapping[str, Any], where: str) -> Meta:
    """Metadata from a mapping with the usual keys, with a note on each key that seems to be mistyped.

    Other keys are passed over: what a crawler or an editor keeps beside a text is its own affair.

    Raises:
        LoadError: a date cannot be read.
    """
    values: dict[str, Any] = {}
    notes = []
    for key, value in given.items():
        name = _SIDECAR_KEYS.get(plain := str(key).lower().replace("-", "_"))
        if name is None and (near := get_close_matches(plain, _SIDECAR_KEYS, n=1, cutoff=_MISTYPED)):
            notes.append(f"{where}: the key {str(key)!r} is not known and was passed over; did you mean {near[0]!r}?")
        if name is None or value in (None, "", [], {}) or (name in values and key != name):
            continue
        if name == "published":
            try:
                values[name] = to_edtf(value)
            except LoadError as error:
                raise LoadError(f"{where}: {key}: {error}") from None
        elif name == "author":
            values[name] = tuple(_line(v) for v in (value if isinstance(value, list) else [value]))
        elif not isinstance(value, dict | list):
            values[name] = _line(value)
    return Meta(**values, notes=tuple(notes))


def _line(value: Any) -> str:
    return " ".join(str(value).split())


def sidecar(path: Path) -> Meta:
    """The metadata beside a file, in ``NAME.meta.json`` for ``NAME.txt``; empty where there are none.

    Raises:
        LoadError: they are no JSON object, or a date cannot be read.
    """
    for beside in (path.with_suffix(".meta.json"), path.with_name(path.name + ".meta.json")):
        if beside.is_file():
            given = read_json(decode(read_bytes(beside), beside)[0], str(beside))
            if not isinstance(given, dict):
                raise LoadError(f"{beside} must hold one JSON object with keys such as title, published, publisher.")
            return meta_from(given, str(beside))
    return Meta()
