"""The ``name`` and ``aliases`` of nodes.

``name`` is the preferred name in English, else in the first language by its tag, else the title, else the caption of
the class; ``aliases`` are all other names.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from kg import iris
from kg.graph import caption
from kg.mirror.kinds import Node, Properties
from kg.mirror.said import Literals, Said
from kg.mirror.vocabulary import ALT_LABEL, PREF_LABEL, TITLE, Vocabulary

__all__ = ["LONGEST_NAME", "Names", "bare", "is_bare", "preferred", "write_names"]

# A range index takes no more than 8 kB; nobody reads a longer name.
LONGEST_NAME = 1000
Names = Callable[[str], str | None]


def bare(iri: str) -> Node:
    """The node of a thing that sources name but do not describe."""
    return Node(iri, (), {"iri": iri, "name": iris.code_of(iri)[:LONGEST_NAME]})


def is_bare(node: Node) -> bool:
    """Whether a node is only an IRI and a name made of it."""
    return node == bare(node.iri)


def preferred(literals: Literals) -> str | None:
    """The one name: English first, then the first language by tag; else the title."""
    names = literals.get(PREF_LABEL)
    if names:
        if len(names) == 1:
            return names[0].value
        return min(names, key=lambda n: (n.language != "en", n.language or "", n.value)).value
    titles = literals.get(TITLE)
    return min(t.value for t in titles) if titles else None


def write_names(
    words: Vocabulary,
    iri: str,
    described: Mapping[str, Said],
    classes: Sequence[str],
    properties: Properties,
    name_of: Names,
) -> None:
    """Put the name and the aliases of a thing among the properties of its node.

    Args:
        words: the vocabulary.
        iri: the thing.
        described: what each source says of it.
        classes: IRIs of its classes.
        properties: of its node.
        name_of: the name that sources give to another thing, None when they give none; for captions.
    """
    if len(described) == 1:
        literals = next(iter(described.values())).literals
    else:
        literals = {}
        for said in described.values():
            for predicate in (PREF_LABEL, ALT_LABEL, TITLE):
                if predicate in said.literals:
                    literals.setdefault(predicate, []).extend(said.literals[predicate])
    name = preferred(literals)
    if PREF_LABEL in literals or ALT_LABEL in literals:
        others = {n.value for p in (PREF_LABEL, ALT_LABEL) for n in literals.get(p, ())} - {name}
        if others:
            properties["aliases"] = sorted(others)
    if name is None:
        name = _caption(words, described, classes, name_of)
    properties["name"] = (name or iris.code_of(iri))[:LONGEST_NAME]


_local = lru_cache(maxsize=10_000)(iris.local)


def _caption(words: Vocabulary, described: Mapping[str, Said], classes: Sequence[str], name_of: Names) -> str | None:
    cls = classes[0] if len(classes) == 1 else words.most_specific(classes)
    pattern, wanted = words.captions.get(cls or "", (None, ()))
    if pattern is None:
        return None
    values: dict[str, list[tuple[str, str]]] = {}
    for said in described.values():
        for predicate, literals in said.literals.items():
            if (key := _local(predicate)) in wanted:
                values.setdefault(key, []).extend([(n.value, n.value) for n in literals])
        for predicate, value in said.objects:
            if (key := _local(predicate)) in wanted:
                values.setdefault(key, []).append((value, name_of(value) or iris.code_of(value)))
    texts = {
        k: v[0][1] if len(v) == 1 else " – ".join(dict.fromkeys(text for _, text in sorted(v)))
        for k, v in values.items()
    }
    return caption(pattern, texts) or None
