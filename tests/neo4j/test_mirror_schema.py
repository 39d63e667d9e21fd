"""The constraints and indexes of the mirror come from the ontology, and Neo4j takes them."""

import pytest

from kg.mirror.graphs import Graphs
from kg.mirror.remote import Remote
from kg.mirror.schema import items, text
from kg.mirror.sync import sync
from kg.mirror.vocabulary import vocabulary
from kg.ontology import data_path
from tests.neo4j.mirrored import sample, store_of


def test_the_file_is_current() -> None:
    found = (data_path("cypher") / "schema.cypher").read_text(encoding="utf-8")
    assert found == text(), "run scripts/neo4j_schema.py"


def test_names_are_unique() -> None:
    names = [item.name for item in items()]
    assert len(names) == len(set(names))


@pytest.mark.neo4j
def test_neo4j_has_each_of_them_after_a_sync(remote: Remote, neo4j_server) -> None:
    neo4j_server.clear()
    assert set(remote.schema_faults().values()) == {"missing"}
    sync(Graphs(store_of(sample())), remote)
    assert remote.schema_faults() == {}
    remote.run("DROP INDEX person_name")
    remote.run("DROP INDEX voted_iri")
    remote.run("CREATE INDEX voted_iri FOR (n:Person) ON (n.surname)")
    assert remote.schema_faults() == {"person_name": "missing", "voted_iri": "something else: RANGE on Person"}
    remote.drop_schema("voted_iri")
    remote.make_schema()
    assert remote.schema_faults() == {}


@pytest.mark.neo4j
def test_names_and_words_can_be_searched(remote: Remote) -> None:
    sync(Graphs(store_of(sample())), remote)
    rows = remote.rows("CALL db.index.fulltext.queryNodes('names', 'jinping') YIELD node RETURN node.name")
    assert rows == [["Xi Jinping"]]
    remote.rows("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    rows = remote.rows("CALL db.index.fulltext.queryNodes('words', 'tariffs') YIELD node RETURN node.text")
    assert rows == [["Both sides agreed to lower tariffs."]] * 2


def test_the_vocabulary_is_compiled_once() -> None:
    assert vocabulary() is vocabulary()
