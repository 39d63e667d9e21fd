"""Each loader of tables: its rows say what records would say, and its expressions are not those of one engine."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg import iris, rdf
from kg.loaders.registry import loaders as all_loaders
from kg.project import Project
from kg.records import RECORDS, Record, property_iri
from kg.records.base import DAYS, class_iri, shape
from kg.tables.loader import Context, TableLoader
from tests.tables.conftest import Load
from tests.tables.samples import SAMPLES

CLASSES = {class_iri(name): cls for name, cls in RECORDS.items()}


def load(put: Load, name: str, folder: Path) -> str:
    """Load the sample of a loader; returns the IRI of the source."""
    there = folder / "sample"
    there.mkdir()
    path = SAMPLES[name](there)
    more = {"map": str(path.with_suffix(".yaml"))} if name == "table" else {}
    report = put(path, name.partition(".")[0], **more)
    assert report.error is None
    return report.sources[0].iri


def test_each_loader_of_tables_has_a_sample() -> None:
    there = {loader.name for loader in all_loaders().values() if isinstance(loader, TableLoader)}
    assert there == {name.partition(".")[0] for name in SAMPLES}


def record_of(cls: type[Record], iri: str, said: dict[str, list[ox.Literal | ox.NamedNode]]) -> Record:
    """A record with the values that a subject has, whatever stands in the fields that follow from others."""
    values: dict[str, Any] = {}
    for name, kind in shape(cls).items():
        terms = said.pop(property_iri(name), [])
        if name == "iri" or not terms:
            continue
        texts = [t.value for t in terms]
        made = {
            "Strings": lambda t=texts: tuple(t),
            "Label": lambda t=terms: tuple((x.value, x.language or "") for x in t),
            "bool": lambda t=texts: t[0] == "true",
            "int": lambda t=texts: int(t[0]),
            "Decimal": lambda t=texts: Decimal(t[0]),
            "date": lambda t=texts: date.fromisoformat(t[0]),
        }.get(kind, lambda t=texts: t[0])
        assert kind in ("Strings", "Label") or len(terms) == 1, f"{iri} has {len(terms)} values of {name}"
        values[name] = made()
    left = {iris.local(p) for p in said} - {"type"} - {d for days in DAYS.values() for d in days if d}
    assert not left, f"{iri} has properties that a {cls.__name__} lacks: {left}"
    return cls(iri=iri, **values)


def records(quads: list[ox.Quad]) -> Iterator[Record]:
    about: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        about[quad.subject.value][quad.predicate.value].append(quad.object)
    for iri, said in about.items():
        types = [t.value for t in said[iris.RDF_TYPE]]
        assert len(types) == 1, f"{iri} is of {types}"
        yield record_of(CLASSES[types[0]], iri, said)


@pytest.mark.parametrize("name", SAMPLES)
def test_rows_say_what_records_say(put: Load, project: Project, tmp_path: Path, name: str) -> None:
    graph = load(put, name, tmp_path)
    with project.reading() as found:
        stored = list(found.quads(graph))
    assert len(stored) > 20
    assert set(rdf.quads(records(stored), graph)) == set(stored)


@pytest.mark.parametrize("name", SAMPLES)
def test_expressions_compile_for_spark(put: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    import ibis
    import sqlglot

    from kg.tables import bulk

    seen: list[str] = []

    def compiled(table: Any) -> None:
        sql = str(ibis.to_sql(table, dialect="pyspark"))
        assert sqlglot.parse_one(sql, read="spark") is not None
        seen.append(sql)

    keep, problem, write = Context.keep, Context.problem, bulk.write_lines

    def keeping(self: Context, table: Any) -> Any:
        compiled(table)
        return keep(self, table)

    def finding(self: Context, table: Any, *args: Any) -> None:
        compiled(table)
        problem(self, table, *args)

    def writing(connection: Any, shapes: Any, folder: Path) -> list[Path]:
        shapes = list(shapes)
        for shape_ in shapes:
            texts = [line for columns in shape_.columns for line in bulk.lines(columns)]
            compiled(shape_.table.select(line=ibis.array(texts).unnest()))
        return write(connection, shapes, folder)

    monkeypatch.setattr(Context, "keep", keeping)
    monkeypatch.setattr(Context, "problem", finding)
    monkeypatch.setattr(bulk, "write_lines", writing)
    load(put, name, tmp_path)
    assert len(seen) > 2


def test_what_one_engine_alone_knows_does_not_compile() -> None:
    import ibis
    from ibis.common.exceptions import OperationNotDefinedError

    table = ibis.table({"text": "string"}, name="t")
    with pytest.raises(OperationNotDefinedError):
        ibis.to_sql(table.select(digest=table.text.hashbytes("sha256")), dialect="duckdb")
