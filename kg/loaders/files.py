"""Which files a load is about, and what identifies their content and the way in which it is read."""

import glob
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from kg.errors import LoadError
from kg.loaders.base import BulkLoader, Loader, Options
from kg.loaders.registry import loaders

__all__ = ["Listed", "check_regular", "expand", "fingerprint", "is_map", "shown"]

JUDGEMENTS = "judgements.yaml"

# Files that describe a folder rather than belong to what it holds.
_ABOUT = {"source", "readme", "license", "licence", "notes", "changelog", "contributing"}
_HEAD = 8192  # bytes
_SURE = 0.9  # how sure a loader must be to take a folder as one thing


@dataclass(frozen=True, slots=True)
class Listed:
    """A file, or a folder that one loader takes as a whole; `asked` when the caller named it rather than its folder."""

    path: Path
    asked: bool


def expand(paths: Iterable[str | Path], loader: str | None = None) -> list[Listed]:
    """The files to load, each once, in the order of the paths and sorted within folders and patterns.

    Raises:
        LoadError: a path or pattern names nothing, or what is neither a file nor a folder.
    """
    found: dict[Path, Listed] = {}
    for given in paths:
        path = Path(given)
        there = _exists(path)
        if not there and glob.has_magic(str(given)):
            matched = sorted(glob.glob(str(given), recursive=True))  # noqa: PTH207  patterns may be absolute
            if not matched:
                raise LoadError(f"No file matches {str(given)!r}.")
            items = [item for name in matched for item in _one(Path(name), loader)]
        elif there:
            items = list(_one(path, loader))
        else:
            raise LoadError(f"There is no file or folder {str(given)!r}.")
        for item in items:
            found.setdefault(item.path.resolve(), item)
    if not found:
        raise LoadError("The folder holds no file that could be loaded.")
    return list(found.values())


def check_regular(path: Path) -> None:
    """Refuse what can be opened but is no file: a pipe may never say anything, a device may never end.

    Raises:
        LoadError: it is a pipe, a device or a socket.
    """
    if _exists(path) and not path.is_file():
        raise LoadError(f"{path} is a pipe or device; write what it gives into a file, and load that.")


def shown(path: Path) -> str:
    """A path as text; bytes that are no UTF-8 stand as escapes, so that any stream takes it."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError) as error:
        raise LoadError(f"{str(path)[:200]} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _one(path: Path, loader: str | None) -> Iterator[Listed]:
    if not path.is_dir():
        check_regular(path)
        yield Listed(path, asked=True)
        return
    known = loaders().values()
    if any(one.matches(path, b"") >= _SURE for one in known if loader in (None, one.name)):
        yield Listed(path, asked=True)
        return
    for below in sorted(path.iterdir()):
        name = below.name.lower()
        if name.startswith(".") or name.endswith(".meta.json") or name.split(".")[0] in _ABOUT:
            continue
        if below.is_symlink():
            # A link may lead in a circle, or out of what was asked for; who wants its target names it.
            continue
        if below.name == JUDGEMENTS and (path / ".kg").is_dir():
            # The project's own: decisions on what was loaded, not a source.
            continue
        if below.is_dir():
            yield from _one(below, loader)
        elif below.is_file():
            yield Listed(below, asked=False)


def is_map(path: Path) -> bool:
    """Whether a file is a map of a table (`kg.tables.mapfile`), which is no source itself."""
    if path.suffix.lower() not in (".yaml", ".yml") or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False  # whoever loads it says what is wrong
    return bool(re.search(rb"^records\s*:", head, re.MULTILINE)) and not re.search(rb"^entries\s*:", head, re.MULTILINE)


def fingerprint(path: Path, loader: Loader | BulkLoader, options: Options) -> str:
    """The sha256 over all that decides what loading a file gives: content, name, metadata, loader and its version.

    Raises:
        LoadError: it cannot be read.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise LoadError(f"The name of {shown(path)} is no UTF-8; rename it.") from None
    digest = hashlib.sha256()
    # Whether findings fail a load does not decide what it gives.
    more = sorted(item for item in options.more.items() if item[0] != "strict")
    about = (path.name, loader.name, loader.version, astuple(options.meta), more)
    digest.update(repr(about).encode())
    try:
        if options.more.get("map"):
            digest.update(Path(options.more["map"]).read_bytes())
        for part in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else _beside(path):
            digest.update(f"\0{part.relative_to(path.parent)}\0".encode())
            with part.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    except UnicodeEncodeError:
        raise LoadError(f"The name of a file in {shown(path)} is no UTF-8; rename it.") from None
    except OSError as error:
        raise LoadError(f"{error.filename or path} cannot be read: {error.strerror or error}.") from None
    return digest.hexdigest()


def _beside(path: Path) -> Iterator[Path]:
    yield path
    for beside in (path.with_suffix(".meta.json"), path.with_name(path.name + ".meta.json")):
        if beside.is_file() and beside != path:
            yield beside
