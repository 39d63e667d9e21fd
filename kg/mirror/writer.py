"""Writing to the mirror: batches, each one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import MirrorError
from kg.mirror.kinds import Edge, Node
from kg.mirror.naming import bare
from kg.mirror.remote import Remote
from kg.mirror.vocabulary import BASE_LABEL, MIRROR_LABEL, TURN_LABEL

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

__all__ = ["Writer"]

_TURN = f"""
MATCH (m:{MIRROR_LABEL} {{project: $project}}) WHERE m.turn = $turn
MERGE (w:{TURN_LABEL} {{worker: $worker}})
WITH w, coalesce(w.batch, -1) AS batch SET w.batch = CASE WHEN batch < $batch THEN $batch ELSE batch END
RETURN batch
"""
_CREATE_NODES = f"""
UNWIND $rows AS r CREATE (n:{BASE_LABEL}:$(r.l)) SET n = r.p RETURN collect([n.iri, elementId(n)]) AS ids
"""
_MERGE_NODES = f"UNWIND $rows AS r MERGE (n:{BASE_LABEL} {{iri: r.i}}) SET n = r.p, n:$(r.l) REMOVE n:$(r.x)"
_MERGE_BARE = f"UNWIND $rows AS r MERGE (n:{BASE_LABEL} {{iri: r.i}}) ON CREATE SET n = r.p"
_CREATE_EDGES = f"""
UNWIND $rows AS r
MATCH (a:{BASE_LABEL} {{iri: r[1]}}) MATCH (b:{BASE_LABEL} {{iri: r[2]}})
CREATE (a)-[x:$(r[0])]->(b) SET x = r[3]
RETURN count(*) AS n
"""
# To find a node by its id costs half of what it costs to find it by its IRI.
_CREATE_EDGES_BY_ID = f"""
UNWIND $rows AS r
MATCH (a:{BASE_LABEL}) WHERE elementId(a) = r[1] MATCH (b:{BASE_LABEL}) WHERE elementId(b) = r[2]
CREATE (a)-[x:$(r[0])]->(b) SET x = r[3]
RETURN count(*) AS n
"""
# Most have a source and nothing else.
_CREATE_PLAIN_BY_ID = f"""
UNWIND $rows AS r
MATCH (a:{BASE_LABEL}) WHERE elementId(a) = r[1] MATCH (b:{BASE_LABEL}) WHERE elementId(b) = r[2]
CREATE (a)-[x:$(r[0]) {{source: r[3]}}]->(b)
RETURN count(*) AS n
"""
_EDGES = (_CREATE_EDGES, _CREATE_EDGES_BY_ID, _CREATE_PLAIN_BY_ID)
_DELETE_EDGES = "UNWIND $ids AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r"
# A node that something not ours is linked to stays for it, as a bare one.
_DELETE_NODES = f"""
UNWIND $ids AS id MATCH (n:{BASE_LABEL}) WHERE elementId(n) = id AND NOT (n)--() DELETE n
"""
_STRIP_STORED = f"""
UNWIND $ids AS id MATCH (n:{BASE_LABEL}) WHERE elementId(n) = id
SET n = {{iri: n.iri, name: split(n.iri, '/')[-1]}} REMOVE n:$([l IN labels(n) WHERE l <> '{BASE_LABEL}'])
"""
_STRIP = f"""
UNWIND $rows AS r MATCH (n:{BASE_LABEL} {{iri: r.i}})
SET n = r.p REMOVE n:$([l IN labels(n) WHERE l <> '{BASE_LABEL}'])
"""
_SWEEP = f"""
UNWIND $iris AS i MATCH (n:{BASE_LABEL} {{iri: i}})
WHERE size(labels(n)) = 1 AND size(keys(n)) <= 2 AND NOT (n)--() DELETE n
"""
_NO_IDS: Mapping[int, str] = {}


class Writer:
    """Writes batches, each in one transaction that is retried by the driver and counts once.

    Args:
        remote: the mirror.
        worker: name of the one that writes; each has its own.
    """

    def __init__(self, remote: Remote, worker: str) -> None:
        self._remote = remote
        self._worker = f"{remote.turn}.{worker}"
        self._batch = 0
        self._session = remote.session()

    def close(self) -> None:
        """Give the connection back."""
        self._session.close()

    def write(
        self,
        *,
        delete: Sequence[str] = (),
        delete_nodes: Sequence[str] = (),
        create: Sequence[Node] = (),
        merge: Sequence[tuple[Node, Sequence[str]]] = (),
        ends: Iterable[str] = (),
        edges: Sequence[Edge] = (),
        strip: Sequence[str] = (),
        sweep: Iterable[str] = (),
        renamed: Sequence[str] = (),
        ids: Mapping[int, str] = _NO_IDS,
    ) -> list[tuple[str, str]]:
        """One transaction; returns IRI and id of each node that it created, as far as they are known.

        Args:
            delete: ids of relationships to delete.
            delete_nodes: ids of nodes to delete.
            create: nodes that are not there yet.
            merge: nodes that may be there, with the labels that they lose.
            ends: things that need a node if they have none.
            edges: relationships to create.
            strip: things that nothing describes any more.
            sweep: things whose node goes when it is bare and nothing points to it.
            renamed: things whose name changes, to be remembered until all captions with it are written.
            ids: ids of nodes, where they are known, by the hash of the IRI.

        Raises:
            MirrorError: another sync has taken over, or a relationship found no node for its end.
        """
        by_iri: list[list[object]] = []
        by_id: list[list[object]] = []
        plain_by_id: list[list[object]] = []
        for kind, start, end, properties in edges:
            a, b = ids.get(hash(start)), ids.get(hash(end))
            if a is None or b is None:
                by_iri.append([kind, start, end, properties])
            elif len(properties) == 1 and "source" in properties:
                plain_by_id.append([kind, a, b, properties["source"]])
            else:
                by_id.append([kind, a, b, properties])
        steps: list[tuple[str, dict[str, Any]]] = [
            (_DELETE_EDGES, {"ids": list(delete)}),
            (_CREATE_NODES, {"rows": [{"l": n.labels, "p": n.properties} for n in create]}),
            (
                _MERGE_NODES,
                {"rows": [{"i": n.iri, "l": n.labels, "p": n.properties, "x": list(x)} for n, x in merge]},
            ),
            (_MERGE_BARE, {"rows": [{"i": i, "p": bare(i).properties} for i in ends]}),
            (_CREATE_EDGES, {"rows": by_iri}),
            (_CREATE_EDGES_BY_ID, {"rows": by_id}),
            (_CREATE_PLAIN_BY_ID, {"rows": plain_by_id}),
            (_STRIP, {"rows": [{"i": i, "p": bare(i).properties} for i in strip]}),
            (_SWEEP, {"iris": list(sweep)}),
            (_DELETE_NODES, {"ids": list(delete_nodes)}),
            (_STRIP_STORED, {"ids": list(delete_nodes)}),
        ]
        batch, self._batch = self._batch, self._batch + 1
        turn = {
            "project": self._remote.project, "turn": self._remote.turn, "worker": self._worker, "batch": batch,
        }  # fmt: skip

        def work(tx: "ManagedTransaction") -> list[tuple[str, str]]:
            created: list[tuple[str, str]] = []
            found = tx.run(_TURN, turn).single()
            if found is None:
                raise MirrorError("Another `kg mirror` has begun to write to this mirror; this one stops.")
            if found["batch"] >= batch:
                return created
            for query, parameters in steps:
                rows = next(iter(parameters.values()))
                if not rows:
                    continue
                result = tx.run(query, parameters)
                if query is _CREATE_NODES:
                    created = result.single(strict=True)["ids"]
                elif query in _EDGES:
                    n = result.single(strict=True)["n"]
                    if n != len(rows):
                        raise MirrorError(
                            f"{len(rows) - n} relationships found no node at one end; run `kg mirror sync` again."
                        )
            if renamed:
                tx.run(
                    f"MATCH (m:{MIRROR_LABEL} {{project: $project}}) "
                    "SET m.renamed = coalesce(m.renamed, []) + $renamed",
                    {**turn, "renamed": list(renamed)},
                )
            return created

        return self._session.execute_write(work)
