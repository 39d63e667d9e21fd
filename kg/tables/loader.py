"""What a table loader is: contracts of its files, and column expressions that say what a row stands for.

A loader of a data set is one short module with a class that derives from `TableLoader` and a tuple ``LOADERS``. Its
`shapes` makes column expressions of tables that may run on any engine that ibis knows; who is meant by a code or name
is looked up once for each distinct value (`Context.look_up`), never for each row.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kg import iris, rdf
from kg.errors import LoadError
from kg.loaders.base import BulkLoader, Options, Stored
from kg.records import Dataset, Publisher, Record

if TYPE_CHECKING:
    from kg.loading import Loading
    from kg.tables.bulk import Shape
    from kg.tables.findings import Finding
    from kg.tables.reading import Contract

__all__ = ["ROLE", "Answer", "Context", "Part", "Problem", "TableLoader", "check_yield"]

_SEPARATOR = "\x1f"
# A column with this name says from which file a row of several joined ones comes.
ROLE = "file_role"
# From the first day to the last (ISO texts), and the values of the columns that a look-up adds.
Answer = tuple[str, str, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Part:
    """One source of a data set: its key, title and files by role; `published` where a file says so by its name."""

    key: str
    title: str
    files: Mapping[str, "tuple[Path, Contract]"]
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows that cannot be mapped: a table that holds only these, why, the column with what stands there, the file."""

    table: Any
    reason: str
    column: str
    role: str


@dataclass(slots=True)
class Context:
    """What a loader's `shapes` is given.

    Attributes:
        graph, key: IRI and key of the source.
        tables: the files, by the role that the loader gives them; `file` is what was loaded, for sentences.
        records: what the loader has to say besides rows, such as an institution that a look-up met.
        problems: the loader adds what it could not map; `notes` what the person who loads it should know.
        loading: the turn at changing the graph, for what was loaded before.
    """

    graph: str
    key: str
    connection: Any
    tables: Mapping[str, Any]
    file: str = ""
    options: Options = field(default_factory=Options)
    records: dict[str, Record] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    loading: "Loading | None" = None
    _made: int = 0

    def look_up(
        self,
        table: Any,
        keys: Sequence[str],
        names: Sequence[str],
        answer: Callable[..., Sequence[Answer]],
        day: str | None = None,
    ) -> Any:
        """The table with columns `names`, looked up for each distinct combination of the columns `keys`.

        Args:
            answer: given the texts of the keys ("" for NULL), says the values of `names` from which day to which;
                the spans must not overlap.
            day: column with an ISO day (or month or year) that chooses between spans; without it the last one counts.
        """
        import ibis
        import pyarrow as pa

        key: Any = ibis.literal("")
        for column in keys:
            key = key.concat(table[column].fill_null("")).concat(_SEPARATOR)
        keyed = self.keep(table.mutate(looked_up=key))
        rows: list[tuple[str, str, str, Sequence[str | None]]] = []
        for text in self.connection.to_pyarrow(keyed.select("looked_up").distinct()).column(0).to_pylist():
            spans = answer(*text.split(_SEPARATOR)[:-1])
            rows += [(text, *span) for span in (spans if day is not None else spans[-1:])]
        columns: dict[str, Any] = {c: [r[i] for r in rows] for i, c in enumerate(("key_", "first_", "last_"))}
        columns |= {name: [r[3][i] for r in rows] for i, name in enumerate(names)}
        arrays = {name: pa.array(values, type=pa.string()) for name, values in columns.items()}
        self._made += 1
        found = self.connection.create_table(f"look_up_{self._made}", pa.table(arrays))
        on = [keyed.looked_up == found.key_]
        if day is not None:
            # A row without a day is about nobody's time: what holds at last is taken.
            that = keyed[day].fill_null("9999")
            on += [found.first_ <= that, that <= found.last_]
        return keyed.left_join(found, on).select(*table.columns, *names)

    def party(self, table: Any, column: str, scheme: str, name: str, day: str | None = None) -> Any:
        """The table with the IRI of whom `column` means in a scheme of `kg.tables.codes`, under `name`."""
        from kg.tables.codes import FIRST, LAST, codes

        known = codes()

        def answer(code: str) -> list[Answer]:
            if day is None:
                one = known.one(scheme, code)
                return [(FIRST, LAST, [one])] if one else []
            return [(s.first, s.last, [s.iri]) for s in known.spans(scheme, code)]

        return self.look_up(table, [column], [name], answer, day)

    def keep(self, table: Any) -> Any:
        """The table computed once: what follows would otherwise compute it anew each time that it is used."""
        self._made += 1
        return self.connection.create_table(f"kept_{self._made}", table)

    def problem(self, table: Any, reason: str, column: str, role: str = "rows") -> None:
        """Say that the rows of `table` cannot be mapped, or not wholly."""
        self.problems.append(Problem(table, reason, column, role))

    def add(self, record: Record) -> str:
        """Say a record besides the rows, once; returns its IRI."""
        self.records.setdefault(record.iri, record)
        return record.iri


class TableLoader(BulkLoader):
    """Base of the loaders of data sets.

    Attributes:
        key, title, publisher, licence, url, published: the data set, for its description.
        least: how many things of a class it must at least yield.
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
        """Changes with whatever decides what is read from a table."""
        from kg.loaders.versions import table_version

        return table_version()

    @abstractmethod
    def files(self, path: Path) -> Mapping[str, tuple[Path, "Contract"]]:
        """The files of the data set by role, for a file or folder that `matches` has taken.

        Raises:
            LoadError: one that is needed is not there.
        """

    def parts(self, path: Path, options: Options) -> Sequence[Part]:
        """The sources that stand in a file or folder: one, unless a loader says more."""
        key = iris.key_of(options.meta.id) if options.meta.id else self.key
        return [Part(key, options.meta.title or self.title, self.files(path), self.published)]

    def meta(self, options: Options) -> Options:
        """What the caller says of the source, and what the loader knows besides."""
        return options

    def least_of(self, options: Options) -> Mapping[str, int]:
        """How many things of a class a source must at least yield: see `least`."""
        return self.least

    @abstractmethod
    def shapes(self, given: Context) -> Sequence["Shape"]:
        """What the rows stand for."""

    def publisher_of(self, options: Options) -> tuple[str, Publisher | None]:
        """IRI of the publisher, and its record where the reference data lack it."""
        from kg.loaders.known import publisher

        iri, record = publisher(options.meta.publisher or self.publisher)
        if record is None:
            return iri, None
        return iri, Publisher(
            iri=iri,
            name=record.name,
            publisher_kind=iris.concept("publisher-kind", "data-set"),
        )

    def source(self, part: Part, options: Options, digest: str) -> Dataset:
        """Description of one source."""
        meta = options.meta
        return Dataset(
            iri=iris.source(part.key),
            title=part.title,
            publisher=self.publisher_of(options)[0],
            author=meta.author,
            published=meta.published or part.published,  # type: ignore[arg-type]
            licence=meta.licence or self.licence,
            url=meta.url or self.url,
            provenance=meta.provenance,
            sha256=digest,
        )

    def load_into(self, loading: "Loading", path: Path, options: Options) -> Iterator[Stored]:
        """Load the data set; see `BulkLoader.load_into`."""
        from kg.loading import Change
        from kg.tables import findings
        from kg.tables.bulk import is_current
        from kg.tables.place import check_place

        options = self.meta(options)
        for part in self.parts(path, options):
            source = self.source(part, options, _digest(part.files))
            if is_current(loading, source, self.name, self.version):
                if options.more.get("strict"):
                    findings.refuse(findings.read(loading.folder, source.key))
                yield Stored(change=Change(source.iri, "unchanged"), title=source.title)
            else:
                check_place(loading, source.iri, path)
                yield self._load(loading, path, part, source, options)

    def _load(self, loading: "Loading", path: Path, part: Part, source: Dataset, options: Options) -> Stored:
        import ibis

        from kg.tables import findings
        from kg.tables.bulk import bulk_load, count_things, write_lines
        from kg.tables.edges import write_edges
        from kg.tables.place import logged_name
        from kg.tables.reading import read_table, recoded, unpack

        folder = loading.writer.workspace
        # In memory, and what is too much for it in the folder: a database on disk would pack each table first.
        connection = ibis.duckdb.connect(temp_directory=str(folder), memory_limit="1GB", threads=2)
        notes: list[str] = []
        try:
            tables = {}
            for number, (role, (file, contract)) in enumerate(part.files.items()):
                if contract.form == "map":
                    continue
                plain = recoded(unpack(file, folder), folder, contract)
                tables[role], said = read_table(connection, plain, file.name, contract, f"t{number}")
                notes += said
            given = Context(source.iri, source.key, connection, tables, str(path), options, loading=loading)
            shapes = self.shapes(given)
            notes += given.notes
            found = list(_findings(connection, given, part.files))
            if options.more.get("strict"):
                findings.refuse(found)
            counts = count_things(connection, shapes)
            check_yield(counts, self.least_of(options), path.name)
            lines = write_lines(connection, shapes, folder)
            _, publisher = self.publisher_of(options)
            records = [source, *([publisher] if publisher else []), *given.records.values()]
            quads = list(rdf.quads(records, source.iri))
            edges = write_edges(connection, shapes, quads, folder)
        finally:
            connection.disconnect()
            for left in folder.glob("*.unpacked"):
                left.unlink()
        read = {"loader": self.name, "file": logged_name(loading, path), "version": self.version}
        change = bulk_load(loading, source, lines, quads, edges=edges, **read)
        findings.write(loading.folder, source.key, found)
        if found:
            notes.append(findings.summed_up(found, source.key))
        return Stored(change=change, title=source.title, counts=counts, notes=tuple(notes))


def check_yield(counts: Mapping[str, int], least: Mapping[str, int], name: str) -> None:
    """Make sure that a file yields at least so many things of a class as its loader declares.

    Raises:
        LoadError: it does not.
    """
    for cls, number in least.items():
        if counts.get(cls, 0) < number:
            raise LoadError(
                f"{name} yields {counts.get(cls, 0):,} things of class {cls}, where at least {number:,} are expected: "
                "it is cut off, empty or of another form; look at it, or fetch it again."
            )


def _findings(connection: Any, given: Context, files: Mapping[str, tuple[Path, "Contract"]]) -> "Iterator[Finding]":
    import ibis

    from kg.tables.findings import Finding
    from kg.tables.reading import ROW

    for problem in given.problems:
        table = problem.table
        role = table[ROLE] if ROLE in table.columns else ibis.literal(problem.role)
        rows = table.select(ROW, role=role, value=table[problem.column]).distinct().order_by("role", ROW)
        columns = connection.to_pyarrow(rows).to_pydict()
        for row, name, text in zip(columns[ROW], columns["role"], columns["value"], strict=True):
            yield Finding(given.key, files[name][0].name, int(row), problem.reason, "" if text is None else str(text))


def _digest(files: Mapping[str, tuple[Path, "Contract"]]) -> str:
    """One sha256 of the contents of all files, in the order of their roles."""
    whole = sha256()
    for role, (file, _) in sorted(files.items()):
        whole.update(role.encode() + b"\x00")
        with file.open("rb") as content:
            while chunk := content.read(1 << 20):
                whole.update(chunk)
    return whole.hexdigest()
