"""Loading files: read in one or several processes, written by one, each source as a whole.

A file that cannot be read is reported and does not stop the others. Files are written in the order in which they were
given, whoever reads them. A file that was read before, by the same version of its loader and with the same metadata,
and of which every source still says what it said then, is not read again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from kg import iris
from kg.errors import KgError, LoadError, UsageError
from kg.loaders.base import BulkLoader, Loaded, Options
from kg.loaders.files import Listed, check_regular, expand, fingerprint, is_map, shown
from kg.loaders.readers import Job, Readers
from kg.loaders.registry import find_loader, loaders, named_loader
from kg.loaders.seen import Seen
from kg.loading import Loading
from kg.ontology import model
from kg.project import Project
from kg.records import Record, Source
from kg.resolve import Judgements
from kg.tables import findings
from kg.tables.place import logged_name

__all__ = ["FileReport", "Report", "SourceReport", "load"]

_TABLES = {".csv", ".tsv", ".tab", ".parquet", ".jsonl", ".ndjson"}
# What a person may say of a source at a load.
_GIVEN = ("publisher", "author", "published", "url", "licence")
_SAY = {"Document", "Dataset", "Publisher", "Relation", "Span"}  # are there with everything; counting them says nothing


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What loading did with one source; `counts` says how many things of which class it has."""

    id: str
    iri: str
    title: str
    change: str
    counts: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileReport:
    """What loading did with one file or folder; `error` says why it failed, `reason` why it was passed over."""

    path: str
    status: Literal["loaded", "unchanged", "failed", "skipped"]
    loader: str | None = None
    sources: tuple[SourceReport, ...] = ()
    error: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Report:
    """What loading did with all files."""

    files: list[FileReport] = field(default_factory=list)

    @property
    def failed(self) -> list[FileReport]:
        """The files that could not be loaded."""
        return [f for f in self.files if f.status == "failed"]

    def summary(self) -> dict[str, int]:
        """How many files were read, skipped and failed, and how many sources were loaded, replaced or unchanged."""
        status = Counter(f.status for f in self.files)
        changes = Counter(s.change for f in self.files for s in f.sources)
        return {
            "files": len(self.files),
            "skipped": status["skipped"],
            "failed": status["failed"],
            "loaded": changes["loaded"],
            "replaced": changes["replaced"],
            "unchanged": changes["unchanged"],
        }

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {"files": [asdict(f) for f in self.files], "summary": self.summary()}


Progress = Callable[[FileReport, int, int], None]


def load(
    project: Project,
    paths: Iterable[str | Path],
    options: Options | None = None,
    *,
    loader: str | None = None,
    workers: int = 1,
    wait: float = 10.0,
    progress: Progress | None = None,
) -> Report:
    """Load files, folders (with all files below them that a loader knows) and patterns such as ``notes/*.md``.

    Args:
        options: metadata that hold for all files, and what only some loaders know.
        loader: name of the loader to use, where files do not say by themselves what they are.
        workers: how many processes read.
        wait: seconds to wait for another process that writes.
        progress: called after each file with its report, the number of files done and of all files.

    Raises:
        UnknownName: there is no such loader.
        UsageError: several files are given one id, address or title.
        LoadError: a path names nothing, or what is neither a file nor a folder.
        Locked: another process goes on writing.
    """
    options = options or Options()
    if loader is not None:
        named_loader(loader)
    listed = expand(paths, loader)
    if options.more.get("map"):
        check_regular(Path(options.more["map"]))
    if len(listed) > 1:
        for name in ("id", "url", "title"):
            if getattr(options.meta, name):
                raise UsageError(f"One {name} cannot hold for {len(listed)} files; load them one by one.")
    report = Report()
    judged = Judgements.read(project.judgements_file).digest
    with project.writing(wait=wait) as loading:
        seen = Seen(loading.store)
        jobs = (_job(item, options, loader, seen, project.judgements_file) for item in listed)
        with Readers(workers if len(listed) > 1 else 1, options) as readers:
            for done, job in enumerate(readers.ahead(jobs, len(listed)), 1):
                report.files.append(_write(project, loading, job, readers, seen, options))
                loading.checkpoint()
                if progress is not None:
                    progress(report.files[-1], done, len(listed))
    if Judgements.read(project.judgements_file).digest != judged:
        with project.writing(wait=wait):
            pass  # a bundle brought judgements: what is derived follows them when a turn ends
    return report


def _job(item: Listed, options: Options, name: str | None, seen: Seen, judgements: Path) -> Job:
    try:
        if item.path.resolve() == judgements:
            raise LoadError(f"{item.path} holds the decisions of this project; they take effect without being loaded.")
        if is_map(item.path):
            used = options.more.get("map")
            if item.asked and not (used and item.path.resolve() == Path(used).resolve()):
                told = shown(item.path)
                raise LoadError(f"{told} is a map of a table, no source; load the table with --map {told}.")
            return Job(item.path)
        loader = find_loader(item.path, name)
        if loader is None:
            if item.asked:
                known = ", ".join(loaders())
                raise LoadError(f"No loader knows what {shown(item.path)} is; name one with --loader: {known}.")
            return Job(item.path)
        digest = fingerprint(item.path, loader, options)
    except KgError as error:
        return Job(item.path, error=str(error))
    return Job(item.path, loader, digest, unchanged=bool(seen.current(digest)))


def _write(project: Project, loading: Loading, job: Job, readers: Readers, seen: Seen, options: Options) -> FileReport:
    path = shown(job.path)
    if job.loader is None:
        if job.error:
            return FileReport(path, "failed", error=job.error)
        return FileReport(path, "skipped", reason=_why_skipped(job.path, options))
    name = job.loader.name
    try:
        if sources := seen.current(job.digest):
            if options.more.get("strict"):
                for iri in sources:
                    findings.refuse(findings.read(project.folder, iris.code_of(iri)))
            return FileReport(path, "unchanged", name, tuple(_unchanged(loading, iri) for iri in sources))
        if isinstance(job.loader, BulkLoader):
            reports = _write_bulk(project, loading, job, job.loader, seen, options)
        else:
            reports = tuple(_put(loading, one, job, seen) for one in _checked(readers.result(job, job.loader)))
    except KgError as error:
        return FileReport(path, "failed", name, error=str(error))
    return FileReport(path, "loaded", name, reports)


def _why_skipped(path: Path, options: Options) -> str:
    if is_map(path):
        return "it is a map of a table, which --map names"
    if path.suffix.lower() in _TABLES and not options.more.get("map"):
        return "no loader knows this table by its columns; a table of your own needs --map"
    return "no loader knows what it is; --loader names one"


def _checked(found: Iterable[Loaded]) -> Iterator[Loaded]:
    """The same, once it is sure that all of a file can be written: nothing of a file that fails is loaded."""
    everything = list(found)
    if not everything:
        raise LoadError("It holds nothing that could be loaded.")
    for one in everything:
        for record in one.records:
            if model().cls(record.cls).owned and f"/{one.source.key}." not in record.iri:
                raise LoadError(f"{record.cls} {record.iri} does not belong to the source {one.source.key!r}.")
    yield from everything


def _put(loading: Loading, one: Loaded, job: Job, seen: Seen) -> SourceReport:
    assert job.loader is not None
    about = {"loader": job.loader.name, "file": logged_name(loading, job.path), "digest": job.digest}
    notes = (*one.notes, *_dropped(loading, one.source))
    change = loading.put(one.source, one.records, text=one.text, **about)
    before = seen.written.setdefault(change.source, job.path)
    if before != job.path and change.kind == "replaced":
        notes = (*notes, f"It took the place of what {shown(before)} said in this load; give one of them another id.")
    _note(loading, change.source, change.kind, job, seen)
    return SourceReport(one.source.key, one.source.iri, one.source.title, change.kind, counts(one.records), notes)


def _dropped(loading: Loading, source: Source) -> Iterator[str]:
    """A note on what an earlier load said of a source, by options perhaps, and this one does not."""
    node = ox.NamedNode(source.iri)
    known = {quad.predicate.value for quad in loading.store.quads_for_pattern(node, None, None, node)}
    lost = [name for name in _GIVEN if not getattr(source, name) and model().properties[name].iri in known]
    if lost:
        options = " ".join(f"--{name}" for name in lost)
        yield (
            f"Its {' and '.join(lost)} {'are' if len(lost) > 1 else 'is'} known no more, since only the load before "
            f"gave {'them' if len(lost) > 1 else 'it'}; load it again with {options}, or keep a file "
            "NAME.meta.json beside it."
        )


def _write_bulk(
    project: Project, loading: Loading, job: Job, loader: BulkLoader, seen: Seen, options: Options
) -> tuple[SourceReport, ...]:
    loading.checkpoint(every=0)
    reports = []
    try:
        for stored in loader.load_into(loading, job.path, options):
            change = stored.change
            _note(loading, change.source, change.kind, job, seen)
            key = change.source.rsplit("/", 1)[-1]
            reports.append(SourceReport(key, change.source, stored.title, change.kind, stored.counts, stored.notes))
    except KgError:
        loading.undo()
        raise
    return tuple(reports)


def _note(loading: Loading, source: str, change: str, job: Job, seen: Seen) -> None:
    """See to it that the log names the file on which a source rests."""
    assert job.loader is not None
    if change == "unchanged" or isinstance(job.loader, BulkLoader):
        if not seen.rests_on(source, job.digest):
            read = {"loader": job.loader.name, "digest": job.digest, "version": job.loader.version}
            loading.log(source, change, file=logged_name(loading, job.path), **read)
    seen.note(source, job.digest)


def _unchanged(loading: Loading, iri: str) -> SourceReport:
    titles = loading.store.quads_for_pattern(
        ox.NamedNode(iri), ox.NamedNode(iris.DCTERMS + "title"), None, ox.NamedNode(iri)
    )
    title = next((q.object.value for q in titles if isinstance(q.object, ox.Literal)), iris.code_of(iri))
    return SourceReport(iris.code_of(iri), iri, title, "unchanged")


def counts(records: Iterable[Record]) -> dict[str, int]:
    """How many records of which class there are, in the order of the model; what comes with everything left out."""
    found = Counter(record.cls for record in records if record.cls not in _SAY)
    return {name: found[name] for name in model().classes if found[name]}
