"""Writing to the mirror: batches, each one transaction."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import MirrorError
from kg.mirror.kinds import Edge, Node
from kg.mirror.mapping import bare
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
_CREATE_NODES = f"UNWIND $rows AS r CREATE (n:{BASE_LABEL}:$(r.l)) SET n = r.p"
_MERGE_NODES = f"UNWIND $rows AS r MERGE (n:{BASE_LABEL} {{iri: r.i}}) SET n = r.p, n:$(r.l) REMOVE n:$(r.x)"
_MERGE_BARE = f"UNWIND $rows AS r MERGE (n:{BASE_LABEL} {{iri: r.i}}) ON CREATE SET n = r.p"
_CREATE_EDGES = f"""
UNWIND $rows AS r
MATCH (a:{BASE_LABEL} {{iri: r.a}}) MATCH (b:{BASE_LABEL} {{iri: r.b}})
CREATE (a)-[x:$(r.t)]->(b) SET x = r.p
RETURN count(*) AS n
"""
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
    ) -> None:
        """One transaction.

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

        Raises:
            MirrorError: another sync has taken over, or a relationship found no node for its end.
        """
        edge_rows = [{"t": e.type, "a": e.start, "b": e.end, "p": e.properties} for e in edges]
        steps: list[tuple[str, dict[str, Any]]] = [
            (_DELETE_EDGES, {"ids": list(delete)}),
            (_CREATE_NODES, {"rows": [{"l": n.labels, "p": n.properties} for n in create]}),
            (
                _MERGE_NODES,
                {"rows": [{"i": n.iri, "l": n.labels, "p": n.properties, "x": list(x)} for n, x in merge]},
            ),
            (_MERGE_BARE, {"rows": [{"i": i, "p": bare(i).properties} for i in ends]}),
            (_CREATE_EDGES, {"rows": edge_rows}),
            (_STRIP, {"rows": [{"i": i, "p": bare(i).properties} for i in strip]}),
            (_SWEEP, {"iris": list(sweep)}),
            (_DELETE_NODES, {"ids": list(delete_nodes)}),
            (_STRIP_STORED, {"ids": list(delete_nodes)}),
        ]
        batch, self._batch = self._batch, self._batch + 1
        turn = {
            "project": self._remote.project, "turn": self._remote.turn, "worker": self._worker, "batch": batch,
        }  # fmt: skip

        def work(tx: "ManagedTransaction") -> None:
            found = tx.run(_TURN, turn).single()
            if found is None:
                raise MirrorError("Another `kg mirror` has begun to write to this mirror; this one stops.")
            if found["batch"] >= batch:
                return
            for query, parameters in steps:
                if next(iter(parameters.values())):
                    result = tx.run(query, parameters)
                    if query is _CREATE_EDGES and (n := result.single(strict=True)["n"]) != len(edge_rows):
                        raise MirrorError(
                            f"{len(edge_rows) - n} relationships found no node at one end; run `kg mirror sync` again."
                        )
            if renamed:
                tx.run(
                    f"MATCH (m:{MIRROR_LABEL} {{project: $project}}) "
                    "SET m.renamed = coalesce(m.renamed, []) + $renamed",
                    {**turn, "renamed": list(renamed)},
                )

        self._session.execute_write(work)
