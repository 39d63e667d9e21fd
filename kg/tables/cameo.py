"""CAMEO codes: which exist, and which verb of the coders is which code."""

from functools import lru_cache

from kg import iris
from kg.ontology import data_path

__all__ = ["HOSTING", "cameo_codes", "code_of_verb"]

# The one who hosts a visit is the target of the visitor: PLOVER's visits always start with the visitor.
HOSTING = "043"


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    import pyoxigraph as ox

    found: dict[str, list[str]] = {}
    for quad in ox.parse(path=str(data_path("ontology") / "schemes" / "cameo.ttl")):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(iris.BASE + "cameo/"):
            names = found.setdefault(iris.code_of(quad.subject.value), [])
            if quad.predicate.value == iris.SKOS + "altLabel" and isinstance(quad.object, ox.Literal):
                names.append(quad.object.value)
    return found


def cameo_codes() -> frozenset[str]:
    """Every code."""
    return frozenset(_names())


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    return {name.lower(): code for code, names in sorted(_names().items(), reverse=True) for name in names}


def code_of_verb(verb: str) -> str | None:
    """The code of a verb in the coders' words, such as "Make a visit"."""
    return _verbs().get(verb.strip().lower())
