"""One real Neo4j server for all tests of a session; where it cannot be had the tests fail."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from kg.mirror.remote import Remote
from kg.mirror.server import Server
from kg.mirror.vocabulary import vocabulary
from kg.project import Project


@dataclass(frozen=True)
class Neo4j:
    """A running server with an empty database at first; `driver()` gives a driver that the caller closes."""

    project: Path
    version: str
    uri: str
    user: str
    password: str
    database: str = "neo4j"

    def driver(self) -> Driver:
        return GraphDatabase.driver(self.uri, auth=(self.user, self.password))

    def clear(self) -> None:
        """Delete all nodes and relationships, constraints and indexes."""
        with self.driver() as driver, driver.session(database=self.database) as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS").consume()
            for kind, many in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
                names = [
                    r["name"]
                    for r in session.run(f"SHOW {many} YIELD name, type RETURN name, type")
                    if r["type"] != "LOOKUP"
                ]
                for name in names:
                    session.run(f"DROP {kind} `{name}` IF EXISTS").consume()


def start(project: Path, version: str) -> Neo4j:
    Project.init(project)
    server = Server(project)
    found = server.up(version)
    return Neo4j(project, found.version, found.uri, "neo4j", server.password())


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """The server of the session: line 5, or the line in KG_TEST_NEO4J."""
    project = tmp_path_factory.mktemp("neo4j-project")
    try:
        yield start(project, os.environ.get("KG_TEST_NEO4J", "5"))
    finally:
        Server(project).down()


@pytest.fixture
def remote(neo4j_server: Neo4j) -> Iterator[Remote]:
    """An empty database (but for constraints and indexes) for the mirror of a project."""
    with neo4j_server.driver() as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        yield Remote(driver, neo4j_server.database, "test", vocabulary())
