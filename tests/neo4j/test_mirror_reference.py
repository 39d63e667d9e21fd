"""What `kg ref --cypher` shows: everything that stands in Neo4j, with queries that run."""

from collections.abc import Callable

import pytest
from click.testing import Result

from kg.mirror.graphs import Graphs
from kg.mirror.reference import entries
from kg.mirror.remote import Remote
from kg.mirror.sync import sync
from tests.neo4j.mirrored import sample, store_of


@pytest.mark.neo4j
def test_each_example_runs_and_everything_that_is_there_is_explained(remote: Remote) -> None:
    sync(Graphs(store_of(sample())), remote)
    for entry in entries():
        remote.rows(entry["example"])
    for kind, query in (
        ("label", "MATCH (n) UNWIND labels(n) AS x RETURN DISTINCT x"),
        ("relationship", "MATCH ()-[r]->() RETURN DISTINCT type(r)"),
        ("property", "MATCH (n:Thing) UNWIND keys(n) AS x RETURN DISTINCT x"),
    ):
        explained = {entry["name"] for entry in entries() if entry["kind"] == kind}
        assert {row[0] for row in remote.rows(query)} <= explained


def test_from_the_command_line(kg: Callable[..., Result]) -> None:
    assert "DESCRIBES" in kg("ref", "--cypher", "--table").stdout
    one = kg("ref", "--cypher", "ATTENDED", "--json").stdout
    assert "(:Actor)" not in one
    assert "sources, role" in one
    wrong = kg("ref", "--cypher", "ATENDED")
    assert wrong.exit_code == 2
    assert "Did you mean ATTENDED" in wrong.stderr
