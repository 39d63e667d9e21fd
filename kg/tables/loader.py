"""What a table loader is: contracts of its files, and column expressions that say what a row stands for.

A loader of a data set is one short module with a class that derives from `TableLoader` and a tuple ``LOADERS``. Its
`shapes` is a pure function of tables: it may run on any engine that ibis knows.
"""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import kg
from kg import iris
from kg.errors import LoadError
from kg.loaders.base import BulkLoader, Options, Stored
from kg.records import Dataset, Publisher, Record

if TYPE_CHECKING:
    from kg.loading import Loading
    from kg.tables.bulk import Shape
    from kg.tables.reading import Contract

__all__ = ["Context", "Problem", "TableLoader"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows that cannot be mapped: a table that holds only these, why, and the column with what stands there."""

    table: Any
    reason: str
    column: str


@dataclass(slots=True)
class Context:
    """What a loader's `shapes` is given.

    Attributes:
        graph, key: IRI and key of the source.
        tables: the files, by the role that the loader gives them.
        codes: the table of codes (see `kg.tables.codes`), `names` of names of states: columns name, iri, first, last.
        problems: the loader adds what it could not map.
    """

    graph: str
    key: str
    tables: Mapping[str, Any]
    codes: Any
    names: Any
    problems: list[Problem] = field(default_factory=list)

    def party(self, table: Any, column: str, scheme: str, name: str, day: str | None = None) -> Any:
        """The table with the IRI of whom `column` means, under `name`; see `kg.tables.codes.party_of`."""
        from kg.tables.codes import party_of

        return party_of(table, self.codes, column, scheme, day, name)

    def problem(self, table: Any, reason: str, column: str) -> None:
        """Say that the rows of `table` cannot be mapped."""
        self.problems.append(Problem(table, reason, column))


class TableLoader(BulkLoader):
    """Base of the loaders of data sets.

    Attributes:
        title, publisher, licence, url, published: the data set, for its description.
        key: key of its source.
        least: how many things of a class it must at least yield, where all of it is loaded.
    """

    title: ClassVar[str]
    key: ClassVar[str]
    publisher: ClassVar[str]
    licence: ClassVar[str | None] = None
    url: ClassVar[str | None] = None
    published: ClassVar[str | None] = None
    least: ClassVar[Mapping[str, int]] = {}

    @property
    def version(self) -> str:
        """Changes with kg."""
        return kg.__version__

    @abstractmethod
    def files(self, path: Path) -> Mapping[str, tuple[Path, "Contract"]]:
        """The files of the data set by role, for a file or folder that `matches` has taken.

        Raises:
            LoadError: one that is needed is not there.
        """

    @abstractmethod
    def shapes(self, given: Context) -> Sequence["Shape"]:
        """What the rows stand for."""

    def records(self, options: Options) -> Iterable[Record]:
        """What the source says besides its rows; its publisher, unless a loader says more."""
        name = options.meta.publisher or self.publisher
        yield Publisher(
            iri=iris.concept("publisher", iris.fold(name)),
            name=name,  # type: ignore[arg-type]
            publisher_kind=iris.concept("publisher-kind", "data-set"),
        )

    def source(self, options: Options, digest: str) -> Dataset:
        """Description of the data set."""
        meta = options.meta
        return Dataset(
            iri=iris.source(iris.key_of(meta.id) if meta.id else self.key),
            title=meta.title or self.title,
            publisher=iris.concept("publisher", iris.fold(meta.publisher or self.publisher)),
            published=meta.published or self.published,  # type: ignore[arg-type]
            licence=meta.licence or self.licence,
            url=meta.url or self.url,
            sha256=digest,
        )

    def load_into(self, loading: "Loading", path: Path, options: Options) -> Iterator[Stored]:
        """Load the data set; see `BulkLoader.load_into`."""
        from kg.tables.bulk import is_current

        files = self.files(path)
        source = self.source(options, _digest(files))
        if is_current(loading, source, self.name):
            from kg.loading import Change

            yield Stored(change=Change(source.iri, "unchanged"), title=source.title)
            return
        yield self._load(loading, path, files, source, options)

    def _load(
        self,
        loading: "Loading",
        path: Path,
        files: Mapping[str, tuple[Path, "Contract"]],
        source: Dataset,
        options: Options,
    ) -> Stored:
        import ibis

        from kg.tables import findings
        from kg.tables.bulk import bulk_load, write_lines
        from kg.tables.codes import code_table, name_table
        from kg.tables.reading import read_table, unpack

        folder = loading.writer.workspace
        database = folder / "tables.duckdb"
        connection = ibis.duckdb.connect(str(database), temp_directory=str(folder), memory_limit="2GB", threads=2)
        notes: list[str] = []
        try:
            tables = {}
            for number, (role, (file, contract)) in enumerate(files.items()):
                tables[role], said = read_table(connection, unpack(file, folder), file.name, contract, f"t{number}")
                notes += said
            codes = connection.create_table("codes", _memtable(code_table(loading.store), _CODES))
            names = connection.create_table("names", _memtable(name_table(loading.store), _NAMES))
            given = Context(source.iri, source.key, tables, codes, names)
            shapes = self.shapes(given)
            found = list(self._findings(connection, source.key, given, files))
            if found and options.more.get("strict"):
                one = found[0]
                raise LoadError(
                    f"{len(found)} rows cannot be mapped, the first is row {one.row} of {one.file}: {one.reason} "
                    f"({one.value}). Without --strict they are listed by `kg findings`."
                )
            parts = write_lines(connection, shapes, source.iri, folder)
        finally:
            connection.disconnect()
        change = bulk_load(loading, source, parts, self.records(options), loader=self.name, file=path.name)
        for part in parts:
            part.unlink()
        counts = _counts(loading, source.iri)
        self._check(counts, path)
        findings.write(loading.folder, source.key, found)
        if found:
            reasons = Counter(f.reason for f in found)
            listed = "; ".join(f"{n:,} times {reason}" for reason, n in reasons.most_common(3))
            notes.append(f"{len(found):,} findings ({listed}); `kg findings {source.key}` lists them.")
        return Stored(change=change, title=source.title, counts=counts, notes=tuple(notes))

    def _findings(
        self, connection: Any, key: str, given: Context, files: Mapping[str, tuple[Path, "Contract"]]
    ) -> Iterator[Any]:
        from kg.tables.findings import Finding
        from kg.tables.reading import ROW

        name = ", ".join(file.name for file, _ in files.values())
        for problem in given.problems:
            rows = problem.table.select(ROW, problem.column).order_by(ROW).distinct()
            name = (
                next(iter(files.values()))[0].name if len(files) == 1 else ", ".join(f.name for f, _ in files.values())
            )
            for row, value in _pairs(connection, rows):
                yield Finding(key, name, int(row), problem.reason, "" if value is None else str(value))

    def _check(self, counts: Mapping[str, int], path: Path) -> None:
        for cls, least in self.least.items():
            if counts.get(cls, 0) < least:
                raise LoadError(
                    f"{path.name} yields {counts.get(cls, 0):,} things of class {cls}, where at least {least:,} are "
                    "expected: it is cut off or of another form; fetch it again."
                )


_CODES = ("scheme", "code", "iri", "first", "last")
_NAMES = ("name", "iri", "first", "last")


def _memtable(rows: Sequence[tuple[str, ...]], columns: tuple[str, ...]) -> Any:
    import ibis
    import pyarrow as pa

    arrays = {c: pa.array([r[i] for r in rows], type=pa.string()) for i, c in enumerate(columns)}
    return ibis.memtable(pa.table(arrays))


def _pairs(connection: Any, rows: Any) -> Iterator[tuple[Any, Any]]:
    table = connection.to_pyarrow(rows)
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def _digest(files: Mapping[str, tuple[Path, "Contract"]]) -> str:
    """One sha256 of the contents of all files, in the order of their roles."""
    whole = sha256()
    for role, (file, _) in sorted(files.items()):
        whole.update(role.encode() + b"\x00")
        with file.open("rb") as content:
            while chunk := content.read(1 << 20):
                whole.update(chunk)
    return whole.hexdigest()


def _counts(loading: "Loading", graph: str) -> dict[str, int]:
    found = loading.store.query(
        f"SELECT ?class (COUNT(?s) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s a ?class }} }} GROUP BY ?class"
    )
    return {iris.local(row["class"].value): int(row["n"].value) for row in found}  # type: ignore[union-attr]
