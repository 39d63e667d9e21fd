"""Forgetting sources by what people call them."""

from collections.abc import Sequence

from kg import iris
from kg.errors import AmbiguousName, NotFound
from kg.loading import Change
from kg.project import Project

__all__ = ["forget"]


def forget(project: Project, sources: Sequence[str], *, wait: float = 10.0) -> list[Change]:
    """Remove what sources said; each is given by IRI, id, or the beginning of an id that only one has. All or none.

    Raises:
        NotFound: no such source was loaded.
        AmbiguousName: several ids begin so.
    """
    with project.writing(wait=wait) as loading:
        known = {g.value: iris.code_of(g.value) for g in loading.store.named_graphs()}
        known = {iri: key for iri, key in known.items() if not iri.startswith(iris.SYSTEM_GRAPHS)}
        wanted = dict.fromkeys(_one(name, known) for name in sources)
        return [loading.forget(iri) for iri in wanted]


def _one(name: str, known: dict[str, str]) -> str:
    key = iris.key_of(name)
    exact = [iri for iri, k in known.items() if name == iri or key == k]
    found = exact or [iri for iri, k in known.items() if len(name) >= 4 and k.startswith(name)]
    if not found:
        from difflib import get_close_matches

        near = get_close_matches(name, known.values(), n=3, cutoff=0.6)
        raise NotFound(f"No source {name!r} was loaded; 'kg sources' lists them.", near)
    if len(found) > 1:
        raise AmbiguousName(f"Several sources begin with {name!r}: {', '.join(sorted(known[i] for i in found)[:5])}.")
    return found[0]
