"""`kg cypher` answers within limits, and changes nothing unless it is told to."""

import json
import time

import pytest

from kg.errors import BadParameter, QueryError
from kg.mirror.query import parse_parameters, run

pytestmark = pytest.mark.neo4j


@pytest.fixture
def driver(neo4j_server):
    neo4j_server.clear()
    with neo4j_server.driver() as driver:
        driver.execute_query(
            "CREATE (a:Person {name: 'Ann', born: date('1970-01-02')})-[:MET {at: 'X'}]->(:Person {name: 'Bob'})"
        )
        yield driver
    neo4j_server.clear()


def count(driver) -> int:
    return driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]


def test_values_become_plain(driver) -> None:
    answer = run(
        driver,
        "MATCH p = (a:Person {name: $who})-[m:MET]->(b) "
        "RETURN a, m, p, a.born AS born, duration('P1Y2D') AS d, 0.0/0.0 AS nan, [1, null] AS list, "
        "datetime('2026-01-16T10:00:00+08:00') AS t, point({longitude: 1, latitude: 2}) AS pt",
        {"who": "Ann"},
    )
    row = answer.rows[0]
    json.dumps(row, allow_nan=False)
    assert list(answer.columns) == list(row)
    assert row["a"] == {"labels": ["Person"], "born": "1970-01-02", "name": "Ann"}
    assert row["m"] == {"type": "MET", "start": "Ann", "end": "Bob", "at": "X"}
    assert [step.get("name") or step["type"] for step in row["p"]] == ["Ann", "MET", "Bob"]
    assert (row["born"], row["d"], row["nan"], row["list"]) == ("1970-01-02", "P1Y2D", "nan", [1, None])
    assert row["t"] == "2026-01-16T10:00:00.000000000+08:00"
    assert row["pt"]["coordinates"] == [1.0, 2.0]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Person) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "MERGE (n:Person {name: 'Cy'}) RETURN n",
        "MATCH (n) SET n.x = 1",
        "// a remark\nMATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
        "PROFILE CREATE (n:Person)",
        "CYPHER 5 PROFILE MATCH (n) REMOVE n.name",
        "CREATE INDEX hidden FOR (n:Person) ON (n.name)",
        "CREATE USER eve SET PASSWORD 'abcdefgh12'",
        "CALL db.createLabel('Evil')",
        "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
        "/* x */ EXPLAIN LOAD CSV FROM 'http://127.0.0.1:9/' AS line RETURN line",
        "TERMINATE TRANSACTION 'neo4j-transaction-1'",
    ],
)
def test_what_writes_reads_files_or_ends_others_is_refused(driver, text: str) -> None:
    with pytest.raises(QueryError, match="--write"):
        run(driver, text)
    assert count(driver) == 2
    assert not driver.execute_query("SHOW INDEXES YIELD name WHERE name = 'hidden'").records


def test_write_writes_and_says_what(driver) -> None:
    answer = run(driver, "UNWIND [1, 2] AS i CREATE (:T {i: i})", write=True)
    assert answer.changes == {"nodes created": 2, "properties set": 2, "labels added": 2}
    answer = run(driver, "MATCH (n:T) CALL (n) { DELETE n } IN TRANSACTIONS OF 1 ROWS", write=True)
    assert answer.changes["nodes deleted"] == 2


def test_rows_are_limited_without_waiting_for_the_rest(driver) -> None:
    started = time.monotonic()
    answer = run(driver, "UNWIND range(1, 1000000000) AS i RETURN i", rows=3)
    assert [row["i"] for row in answer.rows] == [1, 2, 3]
    assert answer.cut
    assert time.monotonic() - started < 10
    assert not run(driver, "UNWIND [1, 2, 3] AS i RETURN i", rows=3).cut


def test_time_is_limited_by_the_server(driver) -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 s"):
        run(driver, "UNWIND range(1, 100000000000) AS i RETURN count(i)", seconds=0.5)
    assert time.monotonic() - started < 15
    running = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS '100000000000'")
    assert [r["currentQuery"] for r in running.records if "SHOW" not in r["currentQuery"]] == []


def test_mistakes_are_told_in_the_words_of_the_server(driver) -> None:
    with pytest.raises(QueryError, match=r"'RETUN'[\s\S]*line 1, column 11"):
        run(driver, "MATCH (n) RETUN n")
    with pytest.raises(QueryError, match="-p name=value"):
        run(driver, "RETURN $x")
    assert "Persn" in run(driver, "MATCH (n:Persn) RETURN n").notes[0]
    assert "NodeByLabelScan" in (run(driver, "EXPLAIN MATCH (n:Person) RETURN n").plan or "")


def test_parameters_are_json_where_they_read_as_such() -> None:
    given = ["year=2024", "code=091", "who=Xi Jinping", 'quoted="2024"', "many=[1,2]", "day=2026-01-16", "empty="]
    assert parse_parameters(given) == {
        "year": 2024,
        "code": "091",
        "who": "Xi Jinping",
        "quoted": "2024",
        "many": [1, 2],
        "day": "2026-01-16",
        "empty": "",
    }
    for wrong in ("x", "=1", "a b=1"):
        with pytest.raises(BadParameter, match="name=value"):
            parse_parameters([wrong])


def test_the_command(driver, neo4j_server, kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PROJECT", str(neo4j_server.project))
    query = "MATCH (p:Person) WHERE p.name STARTS WITH $start RETURN p.name AS name ORDER BY name"
    assert json.loads(kg("cypher", query, "-p", "start=").stdout) == [{"name": "Ann"}, {"name": "Bob"}]
    assert kg("cypher", query, "-p", "start=A", "--csv").stdout == "name\nAnn\n"
    cut = kg("cypher", query, "-p", "start=", "--limit", "1", "--table")
    assert "Ann" in cut.stdout
    assert "Bob" not in cut.stdout
    assert "--limit" in cut.stderr
    assert kg("cypher", query, "-p", "start=Z").exit_code == 1
    refused = kg("cypher", "CREATE (:T)")
    assert (refused.exit_code, "Traceback" in refused.stderr) == (1, False)
    assert "nodes created" in kg("cypher", "CREATE (:T)", "--write").stderr
    assert kg("cypher").exit_code == 2
    assert kg("cypher", query, "-p", "start").exit_code == 2
