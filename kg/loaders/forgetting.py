"""Forgetting sources by what people call them."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg import iris
from kg.errors import AmbiguousName, NotFound
from kg.loading import Change
from kg.project import Project

__all__ = ["forget", "named_sources"]

_LEAST = 4  # letters of the beginning of an id
_FILES = f"""
SELECT ?source ?file WHERE {{ GRAPH <{iris.GRAPH_LOG}> {{
  ?load <{iris.KG}loadedSource> ?source ; <{iris.KG}loadedAt> ?at . OPTIONAL {{ ?load <{iris.KG}file> ?file }} }} }}
ORDER BY ?at"""


def forget(project: Project, sources: Sequence[str], *, wait: float = 10.0) -> list[Change]:
    """Remove what sources said; each is given by a name as `named_sources` takes it. All or none.

    Raises:
        NotFound: no such source was loaded.
        AmbiguousName: several are named so.
    """
    with project.writing(wait=wait) as loading:
        wanted = dict.fromkeys(named_sources(loading.store, sources, project.root))
        return [loading.forget(iri) for iri in wanted]


def named_sources(store: ox.Store, names: Sequence[str], root: Path) -> list[str]:
    """The IRIs of sources, each by whatever names it to `kg load` or in `kg sources`.

    That is its IRI, its id or the beginning of one, its address, its title, or its file (by its path from here or from
    the root of the project, or by its name alone); the first of these that fits anything counts.

    Raises:
        NotFound: no such source was loaded; `suggestions` are ids and titles like it.
        AmbiguousName: several are named so.
    """
    known = {g.value: iris.code_of(g.value) for g in store.named_graphs()}
    known = {iri: key for iri, key in known.items() if not iri.startswith(iris.SYSTEM_GRAPHS)}
    return [_one(store, name, known, root) for name in names]


def _one(store: ox.Store, name: str, known: dict[str, str], root: Path) -> str:
    titles = dict(_said(store, known, iris.DCTERMS + "title"))
    for found in _tiers(store, name, known, titles, root):
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(sorted(known[iri] for iri in found)[:5])
            raise AmbiguousName(
                f"{name!r} means several sources: {some}{' ...' if len(found) > 5 else ''}; give an id."
            )
    from difflib import get_close_matches

    near = get_close_matches(name, [*known.values(), *titles.values()], n=3, cutoff=0.6)
    raise NotFound(f"No source {name!r} was loaded; 'kg sources' lists them.", near)


def _tiers(
    store: ox.Store, name: str, known: dict[str, str], titles: dict[str, str], root: Path
) -> Iterator[list[str]]:
    """The sources that are named so in one way after the other."""
    key = iris.key_of(name)
    yield [iri for iri, k in known.items() if name == iri or key == k]
    if "://" in name:
        from kg.loaders.sources import canonical_url

        address = canonical_url(name)
        key = iris.sha256(address)
        there = {iri for iri, url in _said(store, known, iris.KG + "url") if canonical_url(url) == address}
        yield [iri for iri, k in known.items() if k == key or iri in there]
    yield [iri for iri, title in titles.items() if title == name]
    files = _files(store, known)
    place = os.path.abspath(name)  # noqa: PTH100  resolve() reads the disk, where the file may be gone
    yield [iri for iri, file in files.items() if file == name or os.path.normpath(root / file) == place]
    yield [iri for iri, file in files.items() if Path(file).name == name]
    yield [iri for iri, k in known.items() if len(name) >= _LEAST and k.startswith(name)]
    yield [iri for iri, title in titles.items() if title.casefold() == name.casefold()]


def _said(store: ox.Store, known: dict[str, str], prop: str) -> Iterator[tuple[str, str]]:
    """What each source says of itself."""
    for iri in known:
        node = ox.NamedNode(iri)
        for quad in store.quads_for_pattern(node, ox.NamedNode(prop), None, node):
            if isinstance(quad.object, ox.Literal):
                yield iri, quad.object.value


def _files(store: ox.Store, known: dict[str, str]) -> dict[str, str]:
    """The file of the last load of each source."""
    found = store.query(_FILES)
    assert isinstance(found, ox.QuerySolutions)
    last = {row["source"].value: row["file"] for row in found}
    return {iri: file.value for iri, file in last.items() if iri in known and isinstance(file, ox.Literal)}
