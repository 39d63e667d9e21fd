"""Bundles that `kg export --bundle` wrote: the graphs of sources, the kept texts, and what people decided."""

import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pyoxigraph as ox

import kg
from kg import iris, judgement_file
from kg.errors import LoadError, ProjectError
from kg.loaders.base import BulkLoader, Meta, Options, Stored
from kg.loaders.rdf import parsed_file, stored_graphs
from kg.loading import Loading
from kg.resolve import Judgements
from kg.store import write_atomically

__all__ = ["LOADERS"]

_MAX_TEXT = 64_000_000  # bytes
_MAX_JUDGEMENTS = 16_000_000
_SMALL = 16_000_000  # bytes that any bundle may unpack to, or any of what it holds
_MAX_RATIO = 100  # of unpacked to packed; N-Quads of tables reach 30
_READ = ("graph.nq", "judgements.yaml")
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError)  # what a table of contents may raise
_VERDICTS = ("same", "different", "accepted", "rejected")


class Bundle(BulkLoader):
    """A bundle: the graphs of sources, their texts, and judgements."""

    name = "bundle"
    help = "A bundle of 'kg export --bundle': sources with their texts and judgements (.zip)."

    @property
    def version(self) -> str:
        return kg.__version__

    def matches(self, path: Path, head: bytes) -> float:
        if not head.startswith(b"PK\x03\x04") or not zipfile.is_zipfile(path):
            return 0.0
        try:
            with zipfile.ZipFile(path) as archive:
                return 1.0 if "graph.nq" in archive.namelist() else 0.0
        except _DAMAGED:
            return 0.0

    def load_into(self, loading: Loading, path: Path, options: Options) -> Iterator[Stored]:
        try:
            with _opened(path) as archive:
                _check_members(archive, path)
                texts = [item for item in archive.infolist() if item.filename.startswith("texts/")]
                for item in texts:
                    # Before the graph is read, which takes the longest.
                    _text(archive, item, path)
                judged, notes = _merged_judgements(loading.judgements_file, archive, path)
                size = archive.getinfo("graph.nq").file_size
                with (
                    _open_member(archive, "graph.nq") as file,
                    parsed_file(loading, path, file, ox.RdfFormat.N_QUADS, size) as parsed,
                ):
                    for stored in stored_graphs(loading, parsed, path, Meta(), self.name):
                        yield replace(stored, notes=(*stored.notes, *notes))
                        notes = ()
                for item in texts:
                    loading.texts.put(_text(archive, item, path))
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise LoadError(f"{path} is damaged: {error}; export it again.") from None
        if judged is not None:
            write_atomically(loading.judgements_file, judged)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise LoadError(f"{path} is damaged: {error}; export it again.") from None


def _open_member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except OSError as error:  # a place before the beginning of the file
        raise zipfile.BadZipFile(f"{name}: {error.strerror or error}") from None


def _check_members(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse an archive that no export makes: it may unpack to far more than it seems to hold, or to two things."""
    members = archive.infolist()
    for name, count in Counter(item.filename for item in members).items():
        if count > 1:
            raise LoadError(f"{path} holds {name!r} twice; export it again.")
    for item in members:
        if item.flag_bits & 1 or item.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise LoadError(f"{path}: {item.filename} is packed in a way that no bundle is; export it again.")
    read = [item for item in members if item.filename in _READ or item.filename.startswith("texts/")]
    # What is packed along but never read makes nothing larger seem right, nor do two that lie in one place.
    packed = min(sum(item.compress_size for item in read), path.stat().st_size)
    for what, large, small in (
        ("it", sum(item.file_size for item in read), packed),
        *((item.filename, item.file_size, item.compress_size) for item in read),
    ):
        if large > max(_SMALL, _MAX_RATIO * small):
            raise LoadError(
                f"{path}: {what} has {small / 1e6:,.1f} MB but would unpack to {large / 1e6:,.0f} MB, more than a "
                "bundle of that size holds; export it again."
            )


def _text(archive: zipfile.ZipFile, item: zipfile.ZipInfo, path: Path) -> str:
    """A kept text, once it is sure that it is the one that its name says."""
    if item.file_size > _MAX_TEXT:
        raise LoadError(f"{path}: {item.filename} is larger than a text may be.")
    try:
        text = _open_member(archive, item.filename).read().decode("utf-8")
    except UnicodeDecodeError:
        raise LoadError(f"{path}: {item.filename} is no UTF-8 text; export it again.") from None
    if iris.sha256(text) != Path(item.filename).stem:
        raise LoadError(f"{path}: {item.filename} is not the text that its name says; export it again.")
    return text


def _merged_judgements(file: Path, archive: zipfile.ZipFile, path: Path) -> tuple[bytes | None, tuple[str, ...]]:
    """What the file of judgements of the project is to hold, None when it stays as it is; and notes on what was left.

    All of the project's own stays, with its comments; what the bundle says against it is left out.
    """
    if "judgements.yaml" not in archive.namelist():
        return None, ()
    item = archive.getinfo("judgements.yaml")
    if item.file_size > _MAX_JUDGEMENTS:
        raise LoadError(f"{path}: judgements.yaml is larger than it may be; export it again.")
    raw = _open_member(archive, item.filename).read()
    try:
        Judgements.parse(raw, f"{path}: judgements.yaml")
    except ProjectError as error:
        raise LoadError(str(error)) from None
    ours = Judgements.read(file)
    before = judgement_file.read(file)
    if not before.strip():
        return (raw if raw.strip() else None), ()
    new: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    left = 0
    for verdict, named, remark in judgement_file.entries(raw.decode("utf-8")):
        if _says(ours, verdict, named):
            continue
        if _contradicts(ours, verdict, named):
            left += 1
        else:
            new[verdict].append((named, remark))
    notes = (f"{left} judgements of it are left out: those of this project say the contrary.",) if left else ()
    if not new:
        return None, notes
    text = before
    for verdict, entries in new.items():
        text = judgement_file.added(text, verdict, entries)
    wanted = {v: getattr(ours, v) | {_entry(v, named) for named, _ in new[v]} for v in _VERDICTS}
    try:
        found = Judgements.parse(text.encode(), file.name)
    except ProjectError:
        found = Judgements()
    if any(getattr(found, verdict) != wanted[verdict] for verdict in _VERDICTS):
        raise LoadError(f"{path}: its judgements cannot be added safely to {file.name}; write that as lists of lines.")
    return text.encode(), notes


def _entry(verdict: str, named: tuple[str, ...]) -> str | frozenset[str]:
    return frozenset(named) if verdict in ("same", "different") else named[0]


def _says(judged: Judgements, verdict: str, named: tuple[str, ...]) -> bool:
    stands = getattr(judged, verdict)
    if verdict in ("same", "different"):
        return frozenset(named) in stands or (
            len(set(named)) == 2 and (judged.are_same if verdict == "same" else judged.are_different)(*set(named))
        )
    return named[0] in stands


def _contradicts(judged: Judgements, verdict: str, named: tuple[str, ...]) -> bool:
    """Whether judgements say the contrary of an entry, of all that it names or of a part."""
    if verdict in ("accepted", "rejected"):
        return named[0] in (judged.rejected if verdict == "accepted" else judged.accepted)
    if len(set(named)) == 2:
        return (judged.are_different if verdict == "same" else judged.are_same)(*set(named))
    opposed = judged.different if verdict == "same" else judged.same
    return any(len(together.intersection(named)) > 1 for together in opposed)


LOADERS: tuple[BulkLoader, ...] = (Bundle(),)
