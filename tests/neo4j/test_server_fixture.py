"""The server that the session's tests share is a real one."""

import pytest

pytestmark = pytest.mark.neo4j


def test_it_answers_and_is_empty_after_clear(neo4j_server) -> None:
    with neo4j_server.driver() as driver:
        driver.execute_query("CREATE CONSTRAINT x IF NOT EXISTS FOR (n:T) REQUIRE n.iri IS UNIQUE")
        driver.execute_query("CREATE (:T {iri: 'a'})-[:R]->(:T {iri: 'b'})")
        neo4j_server.clear()
        records, _, _ = driver.execute_query("MATCH (n) RETURN count(n) AS n")
        assert records[0]["n"] == 0
        records, _, _ = driver.execute_query("SHOW CONSTRAINTS")
        assert records == []
        records, _, _ = driver.execute_query("CALL dbms.components() YIELD versions")
        assert neo4j_server.version in records[0]["versions"]
