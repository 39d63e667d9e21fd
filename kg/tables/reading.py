"""Reading tables: every column as text, under a header contract, with the number of each row.

Types are never guessed, so that the code "091" stays text. A file that breaks its contract, is cut off, or is no table
at all is a sentence that names the file and what is wrong.
"""

import codecs
import csv
import gzip
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kg.duck import file_text
from kg.errors import LoadError

__all__ = ["Contract", "first_line", "header_of", "read_table", "recoded", "unpack"]

# Longer lines are no rows of a table.
_MAX_LINE = 16 * 1024 * 1024
_CHUNK = 1 << 20
# What any archive may unpack to, in bytes, and what more a large one may: tables reach 30 times its size.
_SMALL, _MAX_RATIO = 64_000_000, 100
ROW = "row_number"


@dataclass(frozen=True, slots=True)
class Contract:
    """What the columns of a file must be.

    Attributes:
        columns: names that must be there; for a file without header, all of them in order.
        optional: names that may be there; any other is named in a note.
        header: whether the first line holds the names.
        form: "csv" for all texts with a delimiter, "parquet", or "jsonl".
        encoding: that of a file as its publisher has it, where it is not UTF-8.
    """

    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    delimiter: str = ","
    header: bool = True
    quote: str = '"'
    encoding: str = "utf-8"
    form: str = "csv"


def unpack(path: Path, folder: Path) -> Path:
    """The file itself, or what a ``.zip`` (one file inside) or ``.gz`` holds, unpacked into `folder`.

    Raises:
        LoadError: the archive is damaged, holds several files, or far more than one of its size would.
    """
    if path.suffix.lower() not in (".zip", ".gz"):
        return path
    target = folder / (path.stem + ".unpacked")
    packed = path.stat().st_size
    most, size = max(_SMALL, _MAX_RATIO * packed), 0
    try:
        with _opened(path) as source, target.open("wb") as out:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise LoadError(
                        f"{path.name} has {packed / 1e6:,.1f} MB but would unpack to more than {most / 1e6:,.0f} MB, "
                        "as no table does; unpack it yourself if it is right."
                    )
                out.write(chunk)
    # zipfile has no errors of its own for a password and for a method that it does not know.
    except (
        OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, RuntimeError
    ) as error:  # fmt: skip
        raise LoadError(f"{path.name} is a damaged or cut-off archive ({error}); fetch it again.") from None
    return target


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as file:
            yield cast("IO[bytes]", file)
        return
    with zipfile.ZipFile(path) as archive:
        names = [n for n in archive.namelist() if not n.endswith("/")]
        if len(names) != 1:
            raise ValueError(f"it holds {len(names)} files, not one")
        with archive.open(names[0]) as file:
            yield file


def recoded(path: Path, folder: Path, contract: Contract) -> Path:
    """The file in UTF-8, written anew into `folder` where its contract says that it is in another encoding."""
    if contract.encoding == "utf-8":
        return path
    target = folder / (path.name + ".unpacked")
    with path.open("rb") as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            out.write(chunk.decode(contract.encoding).encode())
    return target


def first_line(path: Path) -> str:
    """The first line of a file, of a ``.zip`` with one file inside, or of a ``.gz``.

    Raises:
        OSError, EOFError, BadZipFile, ValueError: the archive is damaged.
    """
    if path.suffix.lower() in (".zip", ".gz"):
        with _opened(path) as file:
            return file.readline(_MAX_LINE).decode("utf-8", "replace").rstrip("\r\n")
    with path.open("rb") as plain:
        return plain.readline(_MAX_LINE).decode("utf-8", "replace").rstrip("\r\n")


def check_text(path: Path, name: str) -> None:
    """Make sure that a file is UTF-8 text with line ends of its own and lines of a reasonable length.

    Raises:
        LoadError: it is not; the message says at which byte or line.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, line, length = 0, 1, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if position == 0:
                _check_begin(chunk, name)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                where = f"byte {position + error.start}, line {line + chunk[: error.start].count(10)}"
                raise LoadError(
                    f"{name} is not UTF-8 text ({where}); convert it, for example with: iconv -f latin1 -t utf-8"
                ) from None
            if b"\x00" in chunk:
                raise LoadError(f"{name} holds NUL bytes near byte {position + chunk.index(0)}; it is no text table.")
            breaks = chunk.count(b"\n")
            length = len(chunk) - chunk.rfind(b"\n") - 1 if breaks else length + len(chunk)
            line += breaks
            if length > _MAX_LINE:
                raise LoadError(f"Line {line} of {name} is longer than {_MAX_LINE:,} bytes; it is no row of a table.")
            position += len(chunk)
    with suppress(UnicodeDecodeError):
        decoder.decode(b"", final=True)
        return
    raise LoadError(f"{name} ends in the middle of a character; it is cut off, fetch it again.")


def _check_begin(chunk: bytes, name: str) -> None:
    if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise LoadError(f"{name} is UTF-16 text; convert it with: iconv -f utf-16 -t utf-8")
    if b"\r" in chunk and b"\n" not in chunk:
        raise LoadError(f"The lines of {name} end in CR alone, as of old; convert them with: tr '\\r' '\\n'")


def header_of(path: Path, contract: Contract) -> list[str]:
    """The names in the first line; none of an empty file."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        text = file.readline(_MAX_LINE)
    rows = list(csv.reader([text], delimiter=contract.delimiter)) if text else []
    return [name.strip() for name in rows[0]] if rows else []


def check_header(path: Path, name: str, contract: Contract) -> tuple[list[str], list[str]]:
    """Names of the columns as they stand in the file, and sentences on those that nobody expects.

    Raises:
        LoadError: a column is missing or named twice.
    """
    found = header_of(path, contract)
    if not contract.header:
        if found and len(found) != len(contract.columns):
            raise LoadError(f"{name} has {len(found)} columns where {len(contract.columns)} are expected.")
        return list(contract.columns), []
    missing = [c for c in contract.columns if c not in found]
    if missing:
        seen = ", ".join(found[:12]) + (f" and {len(found) - 12} more" if len(found) > 12 else "")
        raise LoadError(
            f"{name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"it has: {seen or 'nothing'}. Check the file and its delimiter."
        )
    twice = sorted({c for c in found if found.count(c) > 1 and c in contract.columns})
    if twice:
        raise LoadError(f"{name} has the column {twice[0]} twice; remove one.")
    unknown = [c for c in found if c and c not in contract.columns and c not in contract.optional]
    notes = []
    if unknown:
        listed = ", ".join(unknown[:8]) + (f" and {len(unknown) - 8} more" if len(unknown) > 8 else "")
        notes.append(f"{name} has columns that are not used: {listed}.")
    return found, notes


def read_table(connection: Any, path: Path, name: str, contract: Contract, table: str) -> tuple[Any, list[str]]:
    """Read a file into a DuckDB table of texts with a column ``row_number`` (from 1, the header not counted).

    Args:
        connection: an ibis DuckDB backend.
        table: name of the table to make.

    Returns:
        the ibis table with the columns of the contract (optional ones that are missing are NULL), and notes.

    Raises:
        LoadError: the file breaks its contract.
    """
    if contract.form in ("parquet", "jsonl"):
        return _read_typed(connection, path, name, contract, table)
    check_text(path, name)
    names, notes = check_header(path, name, contract)
    unique = _unique(names)
    columns = ", ".join(f"{_quoted(n)}: 'VARCHAR'" for n in unique)
    wanted: Sequence[str] = (*contract.columns, *contract.optional)
    selected = ", ".join(
        f"nullif({_identifier(c)}, '') AS {_identifier(c)}" if c in unique else f"NULL::VARCHAR AS {_identifier(c)}"
        for c in wanted
    )
    options = ", ".join(
        (
            f"header = {str(contract.header).lower()}",
            f"delim = {_quoted(contract.delimiter)}",
            f"quote = {_quoted(contract.quote)}",
            f"escape = {_quoted(contract.quote)}",
            f"columns = {{{columns}}}",
            "auto_detect = false",
            "strict_mode = true",
            f"max_line_size = {_MAX_LINE}",
            # Named where lines end in "\n" alone, so that a stray "\r" is not taken for an end; found out otherwise.
            *(() if _has_crlf(path) else ("new_line = '\\n'",)),
        )
    )
    # Every name and path in it is quoted.
    source = f"read_csv({file_text(path)}, {options})"
    query = f"SELECT row_number() OVER () AS {ROW}, {selected} FROM {source}"  # noqa: S608
    import duckdb

    try:
        connection.raw_sql("SET preserve_insertion_order = true")
        connection.raw_sql(f"CREATE TABLE {_identifier(table)} AS {query}")
    except duckdb.Error as error:
        first = " ".join(str(error).split("\n\n")[0].split())[:300]
        mixed = " Its lines end in CR LF here and in LF there; make them alike with: dos2unix" if _mixed(path) else ""
        raise LoadError(f"{name} cannot be read as a table: {first}{mixed}") from None
    return connection.table(table), notes


def _read_typed(connection: Any, path: Path, name: str, contract: Contract, table: str) -> tuple[Any, list[str]]:
    """Read a Parquet or JSON Lines file; whatever its types are, each value becomes a text."""
    import duckdb

    file = file_text(path)
    if contract.form == "parquet":
        source = f"read_parquet({file})"
    else:
        check_text(path, name)
        columns = ", ".join(f"{_quoted(c)}: 'VARCHAR'" for c in contract.columns)
        source = f"read_json({file}, format = 'newline_delimited', columns = {{{columns}}})"
    try:
        connection.raw_sql("SET preserve_insertion_order = true")
        found = [r[0] for r in connection.raw_sql(f"DESCRIBE SELECT * FROM {source}").fetchall()]  # noqa: S608  quoted
        missing = [c for c in contract.columns if c not in found]
        if missing:
            raise LoadError(f"{name} lacks the column {missing[0]}; it has: {', '.join(found[:12])}.")
        cells = ", ".join(
            f"nullif(CAST({_identifier(c)} AS VARCHAR), '') AS {_identifier(c)}" for c in contract.columns
        )
        query = f"SELECT row_number() OVER () AS {ROW}, {cells} FROM {source}"  # noqa: S608  quoted
        connection.raw_sql(f"CREATE TABLE {_identifier(table)} AS {query}")
    except duckdb.Error as error:
        first = " ".join(str(error).split("\n\n")[0].split())[:300]
        raise LoadError(f"{name} cannot be read as a table: {first}") from None
    return connection.table(table), []


def _unique(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for position, name in enumerate(names):
        name = name or f"column {position + 1}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _has_crlf(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\r\n" in file.read(_CHUNK)


def _mixed(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    return 0 < head.count(b"\r\n") < head.count(b"\n")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
