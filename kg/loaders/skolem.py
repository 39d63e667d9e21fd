"""Names for blank nodes, computed from what is said of them, so that the same file always gives the same names.

A blank node is named by what it says, down through the blank nodes that it points to, and by who points to it. Nodes
that nothing tells apart say the same twice and become one. Where blank nodes point to each other in a circle, their
names are refined round by round (colour refinement); if some still cannot be told apart, the file is refused rather
than guessed at: making them one would say more than it does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg import iris
from kg.errors import LoadError

__all__ = ["renamed", "skolem_names"]

_ROUNDS = 100


def skolem_names(quads: Iterable[ox.Quad], graph: str) -> dict[ox.BlankNode, ox.NamedNode]:
    """An IRI for each blank node among the quads of one graph.

    Raises:
        LoadError: blank nodes in a circle cannot be told apart by what is said of them.
    """
    told = [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]
    nodes = {t for q in told for t in (q.subject, q.object) if isinstance(t, ox.BlankNode)}
    out: dict[ox.BlankNode, list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]] = defaultdict(list)
    into: dict[ox.BlankNode, list[tuple[str, ox.NamedNode | ox.BlankNode]]] = defaultdict(list)
    for quad in told:
        assert not isinstance(quad.object, ox.Triple) and not isinstance(quad.subject, ox.Triple)
        if isinstance(quad.subject, ox.BlankNode):
            out[quad.subject].append((quad.predicate.value, quad.object))
        if isinstance(quad.object, ox.BlankNode):
            into[quad.object].append((quad.predicate.value, quad.subject))
    order, circle = _bottom_up(nodes, out)
    down: dict[ox.BlankNode, str] = {}
    for node in order:
        down[node] = _hash(_line(predicate, value, down) for predicate, value in out[node])
    colours = _refined(circle, out, into, down) if circle else {}
    names = {node: _hash([graph, colour]) for node, colour in colours.items()}
    for node in reversed(order):
        above = [_line(predicate, subject, names) for predicate, subject in into[node]]
        names[node] = _hash([graph, down[node], *sorted(above)])
    return {node: ox.NamedNode(f"{iris.BASE}skolem/{name[:32]}") for node, name in names.items()}


def renamed(quad: ox.Quad, names: Mapping[ox.BlankNode, ox.NamedNode], graph: ox.NamedNode) -> ox.Quad:
    """The quad in a graph, with IRIs in the place of blank nodes."""
    subject, value = quad.subject, quad.object
    assert not isinstance(subject, ox.Triple)
    return ox.Quad(
        names[subject] if isinstance(subject, ox.BlankNode) else subject,
        quad.predicate,
        names[value] if isinstance(value, ox.BlankNode) else value,
        graph,
    )


def _bottom_up(
    nodes: set[ox.BlankNode], out: Mapping[ox.BlankNode, list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]]
) -> tuple[list[ox.BlankNode], set[ox.BlankNode]]:
    """The nodes, each after all that it points to; and those that stand in or above a circle."""
    below = {n: {v for _, v in out.get(n, ()) if isinstance(v, ox.BlankNode)} for n in nodes}
    above: dict[ox.BlankNode, list[ox.BlankNode]] = defaultdict(list)
    for node, targets in below.items():
        for target in targets:
            above[target].append(node)
    waiting = {node: len(targets) for node, targets in below.items()}
    ready = [node for node in nodes if not waiting[node]]
    order: list[ox.BlankNode] = []
    while ready:
        node = ready.pop()
        order.append(node)
        for parent in above[node]:
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)
    return order, nodes - set(order)


def _refined(
    circle: set[ox.BlankNode],
    out: Mapping[ox.BlankNode, list[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]],
    into: Mapping[ox.BlankNode, list[tuple[str, ox.NamedNode | ox.BlankNode]]],
    below: Mapping[ox.BlankNode, str],
) -> dict[ox.BlankNode, str]:
    colours = dict.fromkeys(circle, "")
    classes = 1
    for _ in range(_ROUNDS):
        known = {**below, **colours}
        colours = {
            node: _hash(
                [
                    known[node],
                    *(">" + _line(p, v, known) for p, v in out.get(node, ())),
                    *("<" + _line(p, v, known) for p, v in into.get(node, ())),
                ]
            )
            for node in circle
        }
        found = len(set(colours.values()))
        if found == len(circle):
            return colours
        if found == classes:
            break
        classes = found
    raise LoadError(
        "It holds blank nodes that point to each other in a circle and that nothing tells apart; give them IRIs."
    )


def _line(predicate: str, term: ox.NamedNode | ox.BlankNode | ox.Literal, names: Mapping[ox.BlankNode, str]) -> str:
    shown = "_:" + names.get(term, "") if isinstance(term, ox.BlankNode) else str(term)
    return f"{predicate} {shown}"


def _hash(lines: Iterable[str]) -> str:
    return iris.sha256("\n".join(sorted(lines)))
