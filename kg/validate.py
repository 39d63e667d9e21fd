"""Checking each source against the shapes of the ontology (SHACL), and its spans against the kept texts.

A source is checked with what ontology and reference data say of the things that it names, not with other sources:
two honest sources may disagree, and "at most one" must not blame them for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

import pyoxigraph as ox

from kg import iris
from kg.graph import Graph
from kg.ontology import data_path

__all__ = ["Finding", "validate"]

_ONTOLOGY = ox.NamedNode(iris.GRAPH_ONTOLOGY)
_SUBCLASS = ox.NamedNode(iris.RDFS + "subClassOf")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a source.

    Attributes:
        id: stable name of the finding, the same as long as the fault is there.
        source, node: IRIs; `property` the IRI or path, `value` the offending value, where there is one.
        severity: violation (the source breaks the model) or warning (it could be better).
        message: what is wrong and what to do.
    """

    id: str
    source: str
    severity: Literal["violation", "warning"]
    node: str
    property: str | None
    value: str | None
    message: str

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON has it."""
        return asdict(self)


@lru_cache(maxsize=1)
def _shapes() -> Any:
    import shacl

    return shacl.Shapes.from_file(str(data_path("ontology") / "shapes.ttl"))


def validate(graph: Graph, sources: Sequence[str] = ()) -> list[Finding]:
    """Check sources (all, or those of these IRIs or keys); findings sorted by source, node and message."""
    names = [graph.source(s).iri for s in sources] if sources else graph.graph_names()
    ontology = [q.triple for q in graph.store.quads_for_pattern(None, _SUBCLASS, None, _ONTOLOGY)]
    found: set[Finding] = set()
    for name in names:
        found.update(_of_source(graph, name, ontology))
    return sorted(found, key=lambda f: (f.source, f.node, f.message, f.value or ""))


def _of_source(graph: Graph, name: str, ontology: list[ox.Triple]) -> Iterator[Finding]:
    triples = [q.triple for q in graph.quads(name)]
    data = ox.serialize([*triples, *ontology, *_reference(graph, triples)], format=ox.RdfFormat.N_TRIPLES) or b""
    for result in _shapes().validate_text(data.decode("utf-8"), format="ntriples").results:
        severity: Literal["violation", "warning"] = "violation" if result.severity == "Violation" else "warning"
        node = result.focus_node.strip("<>")
        message = result.message or f"{result.component} is not met."
        yield _finding(name, severity, node, (result.path or "").strip("<>") or None, result.value_plain, message)
    yield from _spans(graph, name, triples)


def _reference(graph: Graph, triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    """What reference data says of the things that a source names but does not describe, and of what these name."""
    seen = {t.subject for t in triples}
    waiting = [t.object for t in triples if isinstance(t.object, ox.NamedNode)]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for quad in graph.store.quads_for_pattern(node, None, None, None):
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(iris.SYSTEM_GRAPHS):
                yield quad.triple
                if isinstance(quad.object, ox.NamedNode):
                    waiting.append(quad.object)


def _spans(graph: Graph, name: str, triples: list[ox.Triple]) -> Iterator[Finding]:
    """Spans that do not lie in their text, where the text is kept."""
    text = graph.text(name)
    if text is None:
        return
    parts: dict[str, dict[str, str]] = {}
    for triple in triples:
        local = iris.local(triple.predicate.value)
        if local in ("spanStart", "spanEnd", "exact", "spanOf") and isinstance(triple.subject, ox.NamedNode):
            parts.setdefault(triple.subject.value, {})[local] = triple.object.value  # type: ignore[union-attr]
    for node, part in sorted(parts.items()):
        start, end = part.get("spanStart", ""), part.get("spanEnd", "")
        if not (start.isdigit() and end.isdigit()) or part.get("spanOf") != name:
            continue
        if text[int(start) : int(end)] != part.get("exact"):
            message = f"The words of the span do not stand at {start}-{end} of the text; load the document again."
            yield _finding(name, "violation", node, iris.KG + "exact", part.get("exact"), message)


def _finding(
    source: str, severity: Literal["violation", "warning"], node: str, path: str | None, value: str | None, message: str
) -> Finding:
    identity = "\n".join((source, node, path or "", value or "", message))
    return Finding(f"KG-{iris.sha256(identity)[:10]}", source, severity, node, path, value, message)
