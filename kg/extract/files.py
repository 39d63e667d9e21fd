"""Files to extract from: a text and what is known of it, from its sidecar, its own head, or the caller.

``NAME.meta.json`` beside ``NAME.txt`` gives title, published, publisher, head_of_government and so on; a Markdown
file may
carry the same in a YAML head.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import ExtractError
from kg.extract.model import Document

SUFFIXES = (".txt", ".md")
_MAX_BYTES = 20_000_000
_KEYS = {"title", "published", "publisher", "author", "url", "head_of_government", "id", "language"}
_ALIASES = {"date": "published", "source_url": "url"}


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
    """The document of a file; what `given` says overrides what the file and its sidecar say.

    Raises:
        ExtractError: the file is no text, is too large, or its metadata cannot be read.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise ExtractError(f"{path} is larger than {_MAX_BYTES // 1_000_000} MB; split it into documents.")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExtractError(f"{path} is not UTF-8 (byte {error.start}); convert it with 'iconv -t UTF-8'.") from None
    if "\x00" in text:
        raise ExtractError(f"{path} holds zero bytes and is no text; convert it to plain text first.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    meta: dict[str, Any] = {"id": path.stem}
    if path.suffix.lower() == ".md":
        head, text = _split_head(path, text)
        meta |= head
    sidecar = path.with_suffix(".meta.json")
    if sidecar.is_file():
        meta |= _sidecar(sidecar)
    for key, value in (given or {}).items():
        if value is not None:
            meta[key] = value
    known: dict[str, str] = {k: str(v) for k, v in meta.items() if k in _KEYS and v not in (None, "")}
    return Document(text=text, **known)


def _sidecar(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise ExtractError(f"{path} is no JSON ({error}); mend or remove it.") from None
    if not isinstance(value, dict):
        raise ExtractError(f"{path} holds no JSON object; it must map names such as 'published' to values.")
    return {_ALIASES.get(str(k), str(k)): v for k, v in value.items() if not isinstance(v, dict | list)}


def _split_head(path: Path, text: str) -> tuple[dict[str, Any], str]:
    """YAML head and body of a Markdown file; spans then count from the body's first character."""
    if not text.startswith("---\n"):
        return {}, text
    end = text.find("\n---", 4)
    if end < 0:
        return {}, text
    import yaml

    try:
        head = yaml.safe_load(text[4:end])
    except yaml.YAMLError:
        raise ExtractError(f"The head of {path} is no YAML; mend or remove the lines between '---'.") from None
    body = text[end + 4 :].lstrip("\n")
    if not isinstance(head, dict):
        return {}, body
    out = {_ALIASES.get(str(k), str(k)): v for k, v in head.items() if not isinstance(v, dict | list)}
    if "published" in out:
        out["published"] = str(out["published"])[:10]
    return out, body
