"""Records one at a time and the same as columns of a table say the same quads in the store."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import iris, rdf
from kg.edtf import Edtf
from kg.records import Event, Person, RollCall, TradeFlow
from kg.tables.bulk import Shape, write_lines
from kg.tables.compile import Columns, days_of, key_of

GRAPH = iris.source("both")
# What a text may hold; NUL and halves of surrogate pairs are refused by records and by the reader of tables.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\x01"), min_size=1, max_size=20)
DAY = st.dates(date(1816, 1, 1), date(2099, 12, 31))
POINT = st.one_of(DAY.map(date.isoformat), DAY.map(lambda d: d.isoformat()[:7]), DAY.map(lambda d: d.isoformat()[:4]))
SPAN = (
    st.tuples(POINT, POINT)
    .map(lambda p: "/".join(sorted(p)))
    .filter(lambda t: t.split("/")[0][:4] < t.split("/")[1][:4])
)
WHEN = st.one_of(POINT, SPAN, POINT.map(lambda p: f"{p}/.."), POINT.map(lambda p: f"{p}/"))
NUMBER = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=3)


def stored(quads: Any) -> set[ox.Quad]:
    store = ox.Store()
    store.extend(quads)
    return set(store)


def as_columns(rows: list[dict[str, Any]], cls: str, fields: dict[str, Any], folder: Path) -> set[ox.Quad]:
    """The quads of a table of texts, by way of DuckDB and files of N-Triples."""
    import ibis
    import pyarrow as pa

    connection = ibis.duckdb.connect()
    names = list(rows[0])
    table = connection.create_table("t", pa.table({n: pa.array([r[n] for r in rows], pa.string()) for n in names}))
    made = {name: make(table) for name, make in fields.items()}
    iri = made.pop("iri")
    store = ox.Store()
    for file in write_lines(connection, [Shape(table, [Columns(cls, iri, made)])], folder):
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(GRAPH))
        file.unlink()
    for left in folder.iterdir():
        left.rmdir()
    return set(store)


many = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@many
@given(
    st.lists(st.tuples(TEXT, WHEN, st.one_of(st.none(), TEXT), NUMBER, st.integers(0, 10**9)), min_size=1, max_size=20)
)
def test_events(tmp_path: Path, rows: list[tuple[str, str, str | None, Decimal, int]]) -> None:
    records = [
        Event(
            iri=iris.owned("event", "both", str(n)),
            event_code=iris.concept("cameo", "042"),
            initiator_name=name,
            target_name=other,
            when=Edtf.parse(when),
            goldstein=number,
            mentions=count,
            concerns=(iris.relation("CAN", "CHN"),),
        )
        for n, (name, when, other, number, count) in enumerate(rows)
    ]
    table = [
        {"iri": r.iri, "name": name, "other": other, "when": when, "number": format(number, "f"), "count": str(count)}
        for r, (name, when, other, number, count) in zip(records, rows, strict=True)
    ]
    fields = {
        "iri": lambda t: t.iri,
        "event_code": lambda _: iris.concept("cameo", "042"),
        "initiator_name": lambda t: t.name,
        "target_name": lambda t: t.other,
        "when": lambda t: t["when"],
        "goldstein": lambda t: t.number,
        "mentions": lambda t: t["count"],
        "concerns": lambda _: iris.relation("CAN", "CHN"),
    }
    assert as_columns(table, "Event", fields, tmp_path) == stored(rdf.quads(records, GRAPH))


@many
@given(st.lists(st.tuples(TEXT.filter(str.strip), st.booleans(), NUMBER), min_size=1, max_size=20))
def test_names_truth_values_and_amounts(tmp_path: Path, rows: list[tuple[str, bool, Decimal]]) -> None:
    people = [
        Person(iri=iris.person(str(n), "CAN"), name=name, family_name_first=first)  # type: ignore[arg-type]
        for n, (name, first, _) in enumerate(rows)
    ]
    table = [
        {"iri": p.iri, "name": name, "first": str(first).lower()}
        for p, (name, first, _) in zip(people, rows, strict=True)
    ]
    fields = {"iri": lambda t: t.iri, "name": lambda t: (t.name, "en"), "family_name_first": lambda t: t["first"]}
    assert as_columns(table, "Person", fields, tmp_path) == stored(rdf.quads(people, GRAPH))
    one, other = iris.actor("CAN"), iris.actor("CHN")
    flows = [
        TradeFlow(iri=iris.owned("flow", "both", str(n)), exporter=one, importer=other, value=value, currency="USD")
        for n, (_, _, value) in enumerate(rows)
    ]
    amounts = [{"iri": f.iri, "value": format(v, "f")} for f, (_, _, v) in zip(flows, rows, strict=True)]
    fields = {
        "iri": lambda t: t.iri, "exporter": lambda _: one, "importer": lambda _: other,
        "value": lambda t: t["value"], "currency": lambda _: "USD",
    }  # fmt: skip
    assert as_columns(amounts, "TradeFlow", fields, tmp_path) == stored(rdf.quads(flows, GRAPH))


@many
@given(st.lists(TEXT, min_size=1, max_size=20))
def test_keys_and_resolutions(tmp_path: Path, texts: list[str]) -> None:
    calls = [
        RollCall(iri=iris.owned("roll-call", "both", iris.key_of(t)), held_in=iris.forum("UN"), resolution=t)
        for t in texts
    ]
    table = [{"text": t} for t in texts]
    fields = {
        "iri": lambda t: key_of(t.text).re_replace("^", iris.owned("roll-call", "both", "")),
        "held_in": lambda _: iris.forum("UN"),
        "resolution": lambda t: t.text,
    }
    assert as_columns(table, "RollCall", fields, tmp_path) == stored(rdf.quads(calls, GRAPH))


@given(POINT)
def test_days_of_a_date(text: str) -> None:
    import ibis

    connection = ibis.duckdb.connect()
    first, last = days_of(ibis.literal(text))
    found = connection.to_pyarrow(ibis.array([first, last])).as_py()
    when = Edtf.parse(text)
    assert found == [str(when.earliest), str(when.latest)]


def test_the_same_expressions_compile_for_spark() -> None:
    import ibis

    from kg.tables.compile import Day, lines

    table = ibis.table({"iri": "string", "name": "string", "when": "string", "day": "string", "n": "string"}, name="t")
    columns = Columns("Event", table.iri, {"initiator_name": table.name, "when": table["when"], "goldstein": table.n})
    days = Columns("Event", table.iri, {"when": Day(table.day)})
    rows = table.select(line=ibis.array([*lines(columns), *lines(days)]).unnest(), key=key_of(table.name))
    assert "EXPLODE" in ibis.to_sql(rows, dialect="pyspark").upper()
