"""What all sources say of one thing, as nodes and relationships, and back.

Of each thing:

* one node with the base label, the labels of its classes and a unique ``iri``;
* where its class belongs to one source and one source describes it, its literals stand on the node, with that
  ``source``; otherwise each source has a relationship ``DESCRIBES`` to the node with its literals, and the node shows
  them together (of a property with one value, that of the first source by IRI);
* one relationship per quad to another thing, with its ``source``;
* a thing of a link class is one relationship, with its own ``iri``.

For ``name`` and ``aliases`` see `kg.mirror.naming`. ``terms`` holds in N-Triples what the properties cannot hold
exactly, and ``types`` the classes where the labels do not tell them; so the same quads can be read back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from kg import iris
from kg.errors import MirrorError
from kg.mirror.kinds import Edge, Node, Properties, Scalar, Value
from kg.mirror.naming import LONGEST_NAME, Names, preferred, write_names
from kg.mirror.said import Said, term_of
from kg.mirror.values import fit, unfit
from kg.mirror.vocabulary import DESCRIBES, RESERVED, Key, LinkClass, Vocabulary


class Bundle(NamedTuple):
    """All that stands for one thing: its node, if it has one, and the relationships that its quads make."""

    iri: str
    node: Node | None
    edges: list[Edge]


def bundle(words: Vocabulary, iri: str, about: Mapping[str, Said], name_of: Names) -> Bundle:
    """Nodes and relationships of one thing.

    Args:
        words: the vocabulary.
        iri: the thing.
        about: what each source says of it, by the source's IRI, sorted.
        name_of: the name that sources give to another thing, None when they give none; for captions.
    """
    edges: list[Edge] = []
    described: dict[str, Said] = {}
    for source, said in about.items():
        link = _as_link(words, iri, source, said)
        if link is not None:
            edges.append(link)
        else:
            described[source] = said
    if not described:
        return Bundle(iri, None, edges)
    only = next(iter(described.values())) if len(described) == 1 else None
    if only is not None and len(only.types) == 1:
        classes = only.types
    else:
        classes = sorted({t for said in described.values() for t in said.types})
    labels = _labels(words, classes)
    default = words.class_of.get(labels)
    properties: Properties = {"iri": iri}
    if only is not None and len(about) == 1 and not words.owned.isdisjoint(classes):
        (properties["source"],) = described
        _write(words, only, properties)
        _write_types(words, only, default, properties)
    else:
        shown: dict[str, list[Value]] = {}
        for source, said in described.items():
            own: Properties = {}
            _write(words, said, own)
            for key, value in own.items():
                if key != "terms":
                    shown.setdefault(key, []).append(value)
            own_name = preferred(said.literals)
            if own_name is not None:
                own["name"] = own_name[:LONGEST_NAME]
            _write_types(words, said, default, own)
            edges.append(Edge(DESCRIBES, source, iri, own))
        for key, values in shown.items():
            properties[key] = _together(values)
    for source, said in described.items():
        for predicate, value in said.objects:
            kind = words.types.get(predicate)
            if kind is not None:
                edges.append(Edge(kind, iri, value, {"source": source}))
            else:
                kind = words.type_outside(predicate)
                edges.append(Edge(kind, iri, value, {"source": source, "predicate": predicate}))
    write_names(words, iri, described, classes, properties, name_of)
    return Bundle(iri, Node(iri, labels, properties), edges)


# --- classes ----------------------------------------------------------------------------------------------------------


def _labels(words: Vocabulary, classes: Sequence[str]) -> tuple[str, ...]:
    if len(classes) == 1 and (known := words.labels.get(classes[0])) is not None:
        return known
    found: set[str] = set()
    for cls in classes:
        if (known := words.labels.get(cls)) is not None:
            found.update(known)
        elif (label := words.label_outside(cls)) is not None:
            found.add(label)
    return tuple(sorted(found))


def _write_types(words: Vocabulary, said: Said, default: str | None, properties: Properties) -> None:
    if said.types != ([default] if default else []):
        if said.types:
            properties["types"] = sorted(words.shown_type(t) for t in said.types)
        else:
            properties["untyped"] = True


def _read_types(words: Vocabulary, labels: Sequence[str], properties: Properties) -> list[str]:
    shown = properties.get("types")
    if isinstance(shown, list):
        return [words.class_iri(str(t)) for t in shown]
    if properties.get("untyped"):
        return []
    default = words.class_of.get(tuple(labels))
    return [default] if default else []


# --- literals ---------------------------------------------------------------------------------------------------------


def _write(words: Vocabulary, said: Said, properties: Properties) -> None:
    terms: list[str] = []
    for predicate, literals in said.literals.items():
        key = words.keys.get(predicate) or words.key_for(predicate)
        if len(literals) == 1:
            shown, exact = fit(literals[0], key.datatype)
            if shown is not None:
                properties[key.name] = [shown] if key.many else shown
        else:
            exact = _write_several(key, literals, properties)
        if not exact:
            terms.extend(f"<{predicate}> {literal}" for literal in literals)
    if terms:
        properties["terms"] = sorted(terms)


def _write_several(key: Key, literals: Sequence[ox.Literal], properties: Properties) -> bool:
    fitted = [fit(literal, key.datatype) for literal in literals]
    shown = _homogeneous(value for value, _ in fitted if value is not None)
    if shown:
        properties[key.name] = shown if key.many else shown[0]
    return key.many and len(shown) == len(literals) and all(exact for _, exact in fitted)


def _homogeneous(values: Iterable[Scalar]) -> list[Scalar]:
    """The different values of one type, sorted: Neo4j has no list of several types. Texts come before the rest."""
    by_kind: dict[str, set[Scalar]] = {}
    for value in values:
        by_kind.setdefault(_kind(value), set()).add(value)
    return sorted(by_kind[min(by_kind)]) if by_kind else []


def _kind(value: Scalar) -> str:
    kind = type(value).__name__
    if kind == "str":
        return ""
    # A moment with and one without a time zone are two types.
    return kind + "+" if kind == "datetime" and value.tzinfo is not None else kind  # type: ignore[union-attr]


def _together(values: Sequence[Value]) -> Value:
    first = values[0]
    if not isinstance(first, list) or len(values) == 1:
        return first
    every = [item for value in values for item in (value if isinstance(value, list) else [value])]
    kept = _homogeneous(every)
    return kept


def _read(
    words: Vocabulary, iri: str, properties: Properties, link: LinkClass | None = None
) -> Iterator[tuple[ox.NamedNode, ox.Literal | ox.NamedNode | ox.BlankNode]]:
    subject = "<x:s> "
    kept: set[str] = set()
    terms = properties.get("terms")
    if isinstance(terms, list):
        try:
            for quad in ox.parse(
                "".join(f"{subject}{t} .\n" for t in terms), format=ox.RdfFormat.N_TRIPLES, lenient=True
            ):
                kept.add(quad.predicate.value)
                yield quad.predicate, quad.object
        except SyntaxError as error:
            raise MirrorError(
                f"The terms of {iri} in Neo4j are no N-Triples ({error}); run `kg mirror verify --repair`."
            ) from None
    for name, value in properties.items():
        if name in RESERVED:
            continue
        key = words.key_named(name, link)
        if key.iri in kept:
            continue
        predicate = ox.NamedNode(key.iri)
        for item in value if isinstance(value, list) else [value]:
            if key.codes is not None:
                yield predicate, ox.NamedNode(key.codes + str(item))
            else:
                yield predicate, unfit(item, key.datatype)


# --- links ------------------------------------------------------------------------------------------------------------


def _as_link(words: Vocabulary, iri: str, source: str, said: Said) -> Edge | None:
    """The relationship that stands for a thing of a link class; None when it is no such thing, or not wholly."""
    if len(said.types) != 1 or (link := words.links.get(said.types[0])) is None:
        return None
    ends = {link.start: "", link.end: ""}
    others: dict[str, list[str]] = {}
    for predicate, value in said.objects:
        if predicate in ends:
            if ends[predicate]:
                return None
            ends[predicate] = value
        else:
            others.setdefault(predicate, []).append(value)
    if not all(ends.values()) or link.start in said.literals or link.end in said.literals:
        return None
    # A literal where a thing belongs, or a blank thing as a value, has no place on a relationship.
    if any(p in link.keys for p in said.literals) or any(v.startswith("_:") for vs in others.values() for v in vs):
        return None
    properties: Properties = {"iri": iri, "source": source}
    _write(words, said, properties)
    terms: list[str] = []
    for predicate, values in others.items():
        key = link.keys.get(predicate)
        if key is not None:
            shown = {v: iris.code_of(v) if key.codes else v for v in values}
            codes: list[Scalar] = sorted(set(shown.values()))
            properties[key.name] = codes if key.many else codes[0]
            if (len(values) == 1 or key.many) and all(f"{key.codes}{code}" == v for v, code in shown.items()):
                continue
        terms.extend(f"<{predicate}> <{v}>" for v in values)
    if terms:
        before = properties.get("terms")
        properties["terms"] = sorted([*terms, *(map(str, before) if isinstance(before, list) else ())])
    return Edge(link.type, ends[link.start], ends[link.end], properties)


# --- back -------------------------------------------------------------------------------------------------------------


def node_quads(words: Vocabulary, node: Node) -> Iterator[ox.Quad]:
    """The quads that stand on a node itself."""
    source = node.properties.get("source")
    if isinstance(source, str):
        yield from _quads(words, node.iri, source, node.labels, node.properties)


def edge_quads(words: Vocabulary, edge: Edge, end_labels: Sequence[str] = ()) -> Iterator[ox.Quad]:
    """The quads that a relationship stands for; a shortcut stands for none.

    Args:
        words: the vocabulary.
        edge: the relationship.
        end_labels: labels of the node at its end besides the base label, sorted (needed for ``DESCRIBES`` only).
    """
    if edge.type == DESCRIBES:
        yield from _quads(words, edge.end, edge.start, end_labels, edge.properties)
        return
    source = edge.properties.get("source")
    if not isinstance(source, str):
        return
    graph = ox.NamedNode(source)
    link, iri = words.links_by_type.get(edge.type), edge.properties.get("iri")
    if link is not None and isinstance(iri, str):
        subject = term_of(iri)
        yield ox.Quad(subject, ox.NamedNode(iris.RDF_TYPE), ox.NamedNode(link.iri), graph)
        yield ox.Quad(subject, ox.NamedNode(link.start), term_of(edge.start), graph)
        yield ox.Quad(subject, ox.NamedNode(link.end), term_of(edge.end), graph)
        for predicate, value in _read(words, iri, edge.properties, link):
            yield ox.Quad(subject, predicate, value, graph)
        return
    predicate_iri = edge.properties.get("predicate") or words.by_type.get(edge.type)
    if isinstance(predicate_iri, str):
        yield ox.Quad(term_of(edge.start), ox.NamedNode(predicate_iri), term_of(edge.end), graph)


def _quads(
    words: Vocabulary, iri: str, source: str, labels: Sequence[str], properties: Properties
) -> Iterator[ox.Quad]:
    subject, graph = term_of(iri), ox.NamedNode(source)
    for cls in _read_types(words, labels, properties):
        yield ox.Quad(subject, ox.NamedNode(iris.RDF_TYPE), term_of(cls), graph)
    for predicate, value in _read(words, iri, properties):
        yield ox.Quad(subject, predicate, value, graph)
