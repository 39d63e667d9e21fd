"""The other side of the mirror: what stands in Neo4j, and the bookkeeping there, in Cypher.

Ours are the nodes with the base label and an ``iri``, the relationships between two of them, and the bookkeeping: one
node ``:Mirror`` that says whose mirror this is and whose turn it is to write, one ``:MirrorSource`` per mirrored source
with the revision that is complete here, and while a sync writes one ``:MirrorTurn`` per worker with the number of its
last batch. So a batch whose answer was lost is not written twice, and a sync that was overtaken by another stops.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kg.errors import MirrorError
from kg.mirror import schema
from kg.mirror.kinds import Edge, Node, Properties
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, MIRROR_LABEL, STATE_LABEL, TURN_LABEL, Vocabulary

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

FETCH = 10_000
Stored = tuple[Edge, str]

# Each node with the relationships that begin at it: to send the two apart costs twice the time.
_ITEMS = f"""
MATCH (a:{BASE_LABEL}) WHERE a.iri IS NOT NULL
RETURN a.iri, labels(a), properties(a), CASE WHEN COUNT {{ (a)-->() }} <= $most
THEN [(a)-[r]->(b:{BASE_LABEL}) WHERE b.iri IS NOT NULL | [type(r), b.iri, properties(r)]] END
"""
_FROM = f"""
MATCH (a:{BASE_LABEL} {{iri: $iri}})-[r]->(b:{BASE_LABEL}) WHERE b.iri IS NOT NULL RETURN type(r), b.iri, properties(r)
"""
# Where more begin, they are sent one by one, so that no record grows without limit.
_MOST_EDGES = 5_000


class Remote:
    """A database that holds, or will hold, the mirror of one project.

    Args:
        driver: a driver that has reached the server; the caller closes it.
        database: name of the database; None for the user's home database.
        project: id of the project.
        words: the vocabulary.
    """

    def __init__(self, driver: "Driver", database: str | None, project: str, words: Vocabulary) -> None:
        self.driver = driver
        self.database = database
        self.project = project
        self.words = words
        self.turn = ""

    # --- plumbing -----------------------------------------------------------------------------------------------------

    def session(self, fetch: int = FETCH) -> "Session":
        """A session on the database that fetches so many records at a time; the caller closes it."""
        return self.driver.session(
            database=self.database,
            fetch_size=fetch,
            # The server's notes are about labels and types that are not there yet.
            notifications_min_severity="OFF",
            # Two workers that meet at one node: the second may try again at once.
            initial_retry_delay=0.1,
        )

    def rows(self, query: str, **parameters: Any) -> list[list[Any]]:
        """All rows of a query that reads."""
        with self.session() as session:
            return session.execute_read(lambda tx: [r.values() for r in tx.run(query, parameters)])

    def stream(self, query: str, *, fetch: int = FETCH, **parameters: Any) -> Iterator[list[Any]]:
        """The rows of a query that reads, one after the other."""
        session = self.session(fetch)
        try:
            for record in session.run(query, parameters):
                yield record.values()
        except KeyboardInterrupt:
            # The driver was amid an answer and cannot read on from there.
            with suppress(BufferError):
                session.close()
            raise
        except BaseException:
            session.close()
            raise
        session.close()

    def run(self, query: str, **parameters: Any) -> None:
        """Run one statement that writes bookkeeping or schema."""
        with self.session() as session:
            session.execute_write(lambda tx: tx.run(query, parameters).consume())

    # --- whose it is --------------------------------------------------------------------------------------------------

    def claim(self) -> dict[str, Any]:
        """Make sure that the mirror here is this project's, or that there is none; its bookkeeping node.

        Raises:
            MirrorError: the database holds the mirror of another project, or things that kg did not write.
        """
        found = self.rows(f"MATCH (m:{MIRROR_LABEL}) RETURN properties(m)")
        if not found:
            if self.rows(f"MATCH (n:{BASE_LABEL}) WHERE n.iri IS NOT NULL RETURN 1 LIMIT 1"):
                raise MirrorError(
                    f"The database already holds nodes labelled {BASE_LABEL} with an iri that this kg did not write; "
                    "mirror into another database (--database), or delete them first."
                )
            return {}
        mine: dict[str, Any] = found[0][0]
        if len(found) > 1 or mine.get("project") != self.project:
            raise MirrorError(
                "The database holds the mirror of another project; name another database with --database, or empty "
                "this one with: kg cypher --write 'MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS'"
            )
        return mine

    def require(self) -> None:
        """Make sure that this project is mirrored here.

        Raises:
            MirrorError: it is not, or another one is.
        """
        if not self.claim():
            raise MirrorError("Nothing is mirrored in this database yet; run `kg mirror sync` first.")

    def take_turn(self, turn: str) -> None:
        """Become the one sync that writes; one that was writing before stops at its next batch."""
        self.turn = turn
        self.run(f"MERGE (m:{MIRROR_LABEL} {{project: $project}}) SET m.turn = $turn", project=self.project, turn=turn)

    def make_schema(self) -> None:
        """Make the constraints and indexes that are missing, and wait until they work."""

        def work(tx: "ManagedTransaction") -> None:
            for item in schema.items(self.words):
                tx.run(item.statement).consume()

        if "missing" in self.schema_faults().values():
            with self.session() as session:
                session.execute_write(work)
        with self.session() as session:
            session.run("CALL db.awaitIndexes(3600)").consume()

    def schema_faults(self) -> dict[str, str]:
        """The constraints and indexes of the mirror that are missing or something else, by name, in words."""
        found: dict[str, tuple[str, frozenset[str], tuple[str, ...]]] = {}
        for what in ("CONSTRAINTS", "INDEXES"):
            for name, kind, on, keys in self.rows(f"SHOW {what} YIELD name, type, labelsOrTypes, properties"):
                # A constraint comes first and has an index of its name.
                found.setdefault(
                    name, (str(kind).removeprefix("NODE_PROPERTY_"), frozenset(on or ()), tuple(keys or ()))
                )
        faults = {}
        for item in schema.items(self.words):
            there = found.get(item.name)
            if there is None:
                faults[item.name] = "missing"
            elif there != (item.kind, frozenset(item.on), item.properties):
                faults[item.name] = f"something else: {there[0]} on {', '.join(sorted(there[1]))}"
        return faults

    def drop_schema(self, name: str) -> None:
        """Drop what stands under the name of one of our constraints or indexes."""
        self.run(f"DROP CONSTRAINT {quoted(name)} IF EXISTS")
        self.run(f"DROP INDEX {quoted(name)} IF EXISTS")

    def finish(self, generation: str) -> None:
        """Note that the mirror is complete as of a generation of the store."""
        self.run(
            f"MATCH (m:{MIRROR_LABEL} {{project: $project, turn: $turn}}) SET m.generation = $generation, "
            f"m.schema = $schema REMOVE m.shortcuts, m.renamed WITH m MATCH (w:{TURN_LABEL}) DELETE w",
            project=self.project, turn=self.turn, generation=generation, schema=schema.digest(self.words),
        )  # fmt: skip

    def revisions(self) -> dict[str, str]:
        """What is mirrored: the revision of each source that is complete here, empty for one that was begun."""
        rows = self.rows(f"MATCH (s:{STATE_LABEL}) RETURN s.source, coalesce(s.revision, '')")
        return {str(source): str(revision) for source, revision in rows}

    def note_revisions(self, revisions: Mapping[str, str]) -> None:
        """Note the revisions of sources."""
        self.run(
            f"UNWIND $rows AS r MERGE (s:{STATE_LABEL} {{source: r[0]}}) SET s.revision = r[1]",
            rows=[list(pair) for pair in revisions.items()],
        )

    def drop_revisions(self, sources: Sequence[str]) -> None:
        """Note that sources are mirrored no longer."""
        self.run(f"MATCH (s:{STATE_LABEL}) WHERE s.source IN $sources DELETE s", sources=list(sources))

    # --- reading ------------------------------------------------------------------------------------------------------

    def items(self) -> Iterator[Node | Edge]:
        """All nodes and relationships of the mirror."""
        hubs: set[str] = set()
        for iri, labels, properties, edges in self.stream(_ITEMS, fetch=FETCH // 5, most=_MOST_EDGES):
            yield Node(iri, _labels(labels), plain(properties))
            if edges is None:
                hubs.add(iri)
            else:
                for kind, end, by in edges:
                    yield Edge(kind, iri, end, plain(by))
        for iri in sorted(hubs):
            for kind, end, by in self.stream(_FROM, iri=iri):
                yield Edge(kind, iri, end, plain(by))

    def stored_nodes(self, sources: Collection[str], shared: bool) -> Iterator[tuple[Node, str, bool]]:
        """The nodes of some sources (`shared`: of things that several may describe, too), each with its id and whether
        something that is not ours is linked to it."""
        query = f"""
            MATCH (n:{BASE_LABEL}) WHERE n.iri IS NOT NULL
            AND (n.source IN $sources OR ($shared AND n.source IS NULL))
            RETURN n.iri, labels(n), properties(n), elementId(n), EXISTS {{ (n)--(o) WHERE NOT o:{BASE_LABEL} }}
            """
        for iri, labels, properties, element, linked in self.stream(query, sources=list(sources), shared=shared):
            yield Node(iri, _labels(labels), plain(properties)), element, linked

    def stored_edges(self, sources: Collection[str], shared: bool) -> Iterator[Stored]:
        """The relationships of some sources (`shared`: those without one, too), each with its id."""
        query = f"""
            MATCH (a:{BASE_LABEL})-[r]->(b:{BASE_LABEL}) WHERE a.iri IS NOT NULL AND b.iri IS NOT NULL
            WITH a, r, b, CASE type(r) WHEN '{DESCRIBES}' THEN a.iri ELSE r.source END AS source
            WHERE source IN $sources OR ($shared AND source IS NULL)
            RETURN type(r), a.iri, b.iri, properties(r), elementId(r)
            """
        for kind, start, end, properties, element in self.stream(query, sources=list(sources), shared=shared):
            yield Edge(kind, start, end, plain(properties)), element

    def subjects_of(self, source: str) -> set[str]:
        """The things that a source describes here."""
        found = self.rows(f"MATCH (n:{BASE_LABEL} {{source: $source}}) RETURN n.iri", source=source)
        found += self.rows(
            f"MATCH (:{BASE_LABEL} {{iri: $source}})-[:{DESCRIBES}]->(n) RETURN DISTINCT n.iri", source=source
        )
        for kind in self.words.links_by_type:
            found += self.rows(f"MATCH ()-[r:{kind} {{source: $source}}]->() RETURN DISTINCT r.iri", source=source)
        return {row[0] for row in found if row[0] is not None}

    def of_subjects(self, iris: Sequence[str]) -> tuple[dict[str, Node], dict[str, list[Stored]]]:
        """Nodes and relationships, with their ids, that stand for these things."""
        skip = {DESCRIBES, *self.words.links_by_type, *(s.type for s in self.words.shortcuts)}
        kinds = [k for (k,) in self.rows("CALL db.relationshipTypes()") if k not in skip]
        nodes: dict[str, Node] = {}
        edges: dict[str, list[Stored]] = {iri: [] for iri in iris}
        found = self.rows(
            f"UNWIND $iris AS i MATCH (n:{BASE_LABEL} {{iri: i}}) RETURN i, labels(n), properties(n)", iris=iris
        )
        for iri, labels, properties in found:
            nodes[iri] = Node(iri, _labels(labels), plain(properties))
        if kinds:
            pattern = "|".join(quoted(k) for k in sorted(kinds))
            rows = self.rows(
                f"UNWIND $iris AS i MATCH (n:{BASE_LABEL} {{iri: i}})-[r:{pattern}]->(b:{BASE_LABEL}) "
                "WHERE b.iri IS NOT NULL RETURN i, type(r), n.iri, b.iri, properties(r), elementId(r)",
                iris=iris,
            )
            _collect(rows, edges)
        rows = self.rows(
            f"UNWIND $iris AS i MATCH (n:{BASE_LABEL} {{iri: i}})<-[r:{DESCRIBES}]-(s:{BASE_LABEL}) "
            "WHERE s.iri IS NOT NULL RETURN i, type(r), s.iri, n.iri, properties(r), elementId(r)",
            iris=iris,
        )
        _collect(rows, edges)
        for kind in self.words.links_by_type:
            rows = self.rows(
                f"UNWIND $iris AS i MATCH (a:{BASE_LABEL})-[r:{kind} {{iri: i}}]->(b:{BASE_LABEL}) "
                "WHERE a.iri IS NOT NULL AND b.iri IS NOT NULL RETURN i, "
                "type(r), a.iri, b.iri, properties(r), elementId(r)",
                iris=iris,
            )
            _collect(rows, edges)
        return nodes, edges

    def shortcut_ends(self, kind: str) -> set[str]:
        """The things at which shortcuts of a type end here."""
        return {
            row[0]
            for row in self.rows(f"MATCH ()-[r:{kind}]->(b:{BASE_LABEL}) WHERE b.iri IS NOT NULL RETURN DISTINCT b.iri")
        }

    def shortcuts_to(self, kind: str, ends: Sequence[str]) -> dict[str, list[Stored]]:
        """The shortcuts of a type that end at these things, with their ids."""
        edges: dict[str, list[Stored]] = {iri: [] for iri in ends}
        rows = self.rows(
            f"UNWIND $iris AS i MATCH (n:{BASE_LABEL} {{iri: i}})<-[r:{kind}]-(a:{BASE_LABEL}) "
            "WHERE a.iri IS NOT NULL RETURN i, type(r), a.iri, n.iri, properties(r), elementId(r)",
            iris=ends,
        )
        _collect(rows, edges)
        return edges


def plain(properties: dict[str, Any]) -> Properties:
    """Properties as they come from the driver, with Python's dates in place of the driver's."""
    for key, value in properties.items():
        kind = type(value)
        if kind is str or kind is int or kind is bool or kind is float:
            continue
        if kind is list:
            properties[key] = [native(v) for v in value]
        else:
            properties[key] = native(value)
    return properties


def native(value: Any) -> Any:
    """One value as it comes from the driver, as Python has it; a foreign kind of value as a text that says so."""
    if isinstance(value, str | int | float | bool):
        return value
    convert = getattr(value, "to_native", None)
    found = convert() if convert is not None else None
    return found if isinstance(found, date | datetime) else f"{type(value).__name__} {value}"


def quoted(name: str) -> str:
    """A label or relationship type as it stands in Cypher."""
    return "`" + name.replace("`", "``") + "`"


def _labels(found: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(label for label in found if label != BASE_LABEL))


def _collect(rows: Iterable[Sequence[Any]], edges: dict[str, list[Stored]]) -> None:
    for iri, kind, start, end, properties, element in rows:
        edges[iri].append((Edge(kind, start, end, plain(properties)), element))
