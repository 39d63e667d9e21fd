"""Damaged and wrong files: one clear sentence, and nothing of them in the graph."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.project import Project
from tests.tables.conftest import Load

HEAD = "igo,state,ccode,from_year,to_year\n"
NAME = "full_membership_spells.csv"


def truncated(path: Path) -> Path:
    file = path / "20310503120000.export.CSV.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("20310503120000.export.CSV", "".join(f"{n}\t" * 60 + "x\n" for n in range(20_000)))
    file.write_bytes(file.read_bytes()[:20_000])
    return file


def cut_off_gzip(path: Path) -> Path:
    (path / "un_roll_calls.csv").write_text("rcid,date,unres,descr\n1,1960-12-01,R/1,On ships\n")
    (path / "un_roll_call_issues.csv").write_text("rcid,short_name,issue\n")
    data = gzip.compress(b"rcid,country,country_code,vote\n" + b"1,Chile,CL,yes\n" * 5_000)
    (path / "un_votes.csv.gz").write_bytes(data[:-40])
    return path


def semicolons(path: Path) -> Path:
    (path / NAME).write_text(HEAD.replace(",", ";") + "un;chile;155.0;1960.0;1970.0\n")
    return path / NAME


def latin_1(path: Path) -> Path:
    (path / NAME).write_bytes((HEAD + "un,perú,135.0,1960.0,1970.0\n").encode("latin-1"))
    return path / NAME


def ten_thousand_columns(path: Path) -> Path:
    (path / NAME).write_text(",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join("1" * 10_000) + "\n")
    return path / NAME


def endless_line(path: Path) -> Path:
    with (path / NAME).open("wb") as file:
        file.write(HEAD.encode() + b"un,")
        for _ in range(32):
            file.write(b"x" * 1024 * 1024)
    return path / NAME


def nul_bytes(path: Path) -> Path:
    (path / NAME).write_bytes(HEAD.encode() + b"un,chi\x00le,155.0,1960.0,1970.0\n")
    return path / NAME


def sparse_gigabyte(path: Path) -> Path:
    with (path / NAME).open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(1 << 30)
    return path / NAME


def utf_16(path: Path) -> Path:
    (path / NAME).write_bytes((HEAD + "un,chile,155.0,1960.0,1970.0\n").encode("utf-16"))
    return path / NAME


def cr_alone(path: Path) -> Path:
    (path / NAME).write_text((HEAD + "un,chile,155.0,1960.0,1970.0\n").replace("\n", "\r"))
    return path / NAME


def mixed_line_ends(path: Path) -> Path:
    row = "un,chile,155.0,1960.0,1970.0"
    (path / NAME).write_bytes(f"{HEAD}{row}\r\n{row}\n{row}\r".encode())
    return path / NAME


def ragged_rows(path: Path) -> Path:
    (path / NAME).write_text(HEAD + "un,chile,155.0,1960.0,1970.0\nun,chile,155.0\n")
    return path / NAME


def a_column_twice(path: Path) -> Path:
    (path / NAME).write_text("igo,igo,state,ccode,from_year,to_year\nun,un,chile,155.0,1960.0,1970.0\n")
    return path / NAME


def wrong_width(path: Path) -> Path:
    (path / "20310503120000.export.CSV").write_text("1\t20310503\tx\n")
    return path / "20310503120000.export.CSV"


def only_a_header(path: Path) -> Path:
    (path / NAME).write_text(HEAD)
    return path / NAME


def nothing_that_maps(path: Path) -> Path:
    (path / NAME).write_text(HEAD + "un,nowhere,999.0,1960.0,1970.0\n" * 3)
    return path / NAME


def no_events(path: Path) -> Path:
    (path / "20310503120000.export.CSV").write_bytes(b"")
    return path / "20310503120000.export.CSV"


def no_visits(path: Path) -> Path:
    (path / "visits").mkdir()
    (path / "visits" / "2030.xml").write_text("<visits/>")
    return path


def xml_cut_off(path: Path) -> Path:
    (path / "visits").mkdir()
    (path / "visits" / "2030.xml").write_text("<visits><visit><id>7</id>")
    return path


def a_column_is_missing(path: Path) -> Path:
    (path / NAME).write_text("igo,state,from_year,to_year\nun,chile,1960.0,1970.0\n")
    return path / NAME


def a_gzip_bomb(path: Path) -> Path:
    with gzip.open(path / (NAME + ".gz"), "wb", compresslevel=9) as file:
        file.write(HEAD.encode())
        for _ in range(80):
            file.write(b"un,chile,155.0,1960.0,1970.0\n" * 40_000)
    return path / (NAME + ".gz")


def bits_turned_in_a_gzip(path: Path) -> Path:
    packed = bytearray(gzip.compress((HEAD + "un,chile,155.0,1960.0,1970.0\n" * 400).encode(), mtime=0))
    packed[20:40] = bytes(255 - byte for byte in packed[20:40])
    (path / (NAME + ".gz")).write_bytes(packed)
    return path / (NAME + ".gz")


def in_a_zip(path: Path, place: int, value: int) -> Path:
    """A table in a zip of which a byte in the list of what it holds is another."""
    file = path / (NAME + ".zip")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, HEAD)
    whole = bytearray(file.read_bytes())
    whole[whole.index(b"PK\x01\x02") + place] = value
    whole[place - 2] = value
    file.write_bytes(whole)
    return file


def a_zip_with_a_password(path: Path) -> Path:
    return in_a_zip(path, 8, 1)


def a_zip_of_an_unknown_method(path: Path) -> Path:
    return in_a_zip(path, 10, 99)


def several_files_in_a_zip(path: Path) -> Path:
    file = path / "20310503120000.export.CSV.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.CSV", "1\n")
        archive.writestr("b.CSV", "1\n")
    return file


def an_entity_bomb(path: Path) -> Path:
    (path / "visits").mkdir()
    (path / "visits" / "2030.xml").write_text('<!DOCTYPE v [<!ENTITY a "aaaa">]><visits><visit>&a;</visit></visits>')
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (truncated, "damaged or cut-off"),
        (cut_off_gzip, "damaged or cut-off"),
        (bits_turned_in_a_gzip, "damaged or cut-off"),
        (a_zip_with_a_password, "password"),
        (a_zip_of_an_unknown_method, "not supported"),
        (semicolons, "lacks the columns igo, state"),
        (latin_1, "is not UTF-8 text"),
        (ten_thousand_columns, "and 9988 more"),
        (endless_line, "longer than"),
        (nul_bytes, "NUL bytes"),
        (sparse_gigabyte, "NUL bytes"),
        (utf_16, "is UTF-16 text; convert it with: iconv -f utf-16"),
        (cr_alone, "end in CR alone"),
        (mixed_line_ends, "make them alike with: dos2unix"),
        (ragged_rows, "cannot be read as a table"),
        (a_column_twice, "has the column igo twice"),
        (wrong_width, "has 3 columns"),
        (an_entity_bomb, "declares entities"),
        (only_a_header, "yields 0 things of class Membership"),
        (nothing_that_maps, "yields 0 things of class Membership"),
        (no_events, "yields 0 things of class Event"),
        (no_visits, "yields 0 things of class MeetingAccount"),
        (xml_cut_off, "no well-formed XML"),
        (a_column_is_missing, "lacks the column ccode"),
        (a_gzip_bomb, "would unpack to more than 64 MB"),
        (several_files_in_a_zip, "holds 2 files, not one"),
    ],
)
def test_a_sentence_and_nothing_loaded(
    put: Load, project: Project, tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    path = make(folder)
    report = put(path, "cow-igo" if path.name.startswith(NAME) else None)
    assert report.status == "failed"
    assert words in (report.error or "")
    assert "Traceback" not in (report.error or "")
    with project.reading() as graph:
        assert list(graph.sources()) == []


def test_a_cell_too_large_for_a_value(put: Load, project: Project, tmp_path: Path) -> None:
    cell = "\\" * 10_000_000  # each is escaped by another
    (tmp_path / "map.yaml").write_text(
        "records:\n- record: Organisation\n  key: no\n  fields: {name: text}\nsource: {id: big}\n"
    )
    (tmp_path / "big.csv").write_text(f"no,text\n1,{cell}\n")
    report = put(tmp_path / "big.csv", "table", map=str(tmp_path / "map.yaml"))
    assert "big.csv has a cell of more than some 8 MB" in (report.error or "")
    with project.reading() as graph:
        assert list(graph.sources()) == []


def test_unknown_columns_are_named(put: Load, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(HEAD.strip() + ",mood\nun,chile,155.0,1960.0,1970.0,good\n")
    assert "columns that are not used: mood" in " ".join(put(tmp_path / NAME).sources[0].notes)


def test_ten_thousand_more_columns_are_no_harm(put: Load, tmp_path: Path) -> None:
    more = ",".join(f"c{n}" for n in range(10_000))
    (tmp_path / NAME).write_text(f"{HEAD.strip()},{more}\nun,chile,155.0,1960.0,1970.0{',x' * 10_000}\n")
    report = put(tmp_path / NAME)
    assert report.error is None
    assert report.sources[0].counts["Membership"] == 1
    assert "and 9992 more" in " ".join(report.sources[0].notes)


def test_the_same_row_twice_is_one_act(put: Load, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(HEAD + "un,chile,155.0,1960.0,1970.0\n" * 3)
    assert put(tmp_path / NAME).sources[0].counts["Membership"] == 1


def test_strict_makes_a_finding_an_error(put: Load, project: Project, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(HEAD + "un,chile,155.0,1960.0,1970.0\nun,nowhere,999.0,1960.0,1970.0\n")
    report = put(tmp_path / NAME, strict="true")
    assert report.status == "failed"
    assert "row 2 of full_membership_spells.csv: an unknown state" in (report.error or "")
    with project.reading() as graph:
        assert list(graph.sources()) == []
