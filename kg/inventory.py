"""What a project holds, counted."""

from collections import Counter
from typing import Any

from kg import iris
from kg.graph import Graph, value_of
from kg.ontology import model

__all__ = ["source_list", "stats"]

_LATEST_LOADER = f"""
SELECT ?source ?loader ?version ?at WHERE {{ GRAPH <{iris.GRAPH_LOG}> {{
  ?load kg:loadedSource ?source ; kg:loader ?loader ; kg:loaderVersion ?version ; kg:loadedAt ?at }} }} ORDER BY ?at"""


def source_list(graph: Graph, *, system: bool = False) -> list[dict[str, Any]]:
    """One row per source: id, iri, title, publisher, published, loader and number of quads, sorted by date and IRI."""
    loaders = {value_of(r["source"]): value_of(r["loader"]) for r in graph.query(_LATEST_LOADER)}
    counts = _quads(graph)
    rows = [
        {
            "id": info.key,
            "iri": info.iri,
            "title": info.title,
            "publisher": info.publisher,
            "published": info.published,
            "loader": loaders.get(info.iri),
            "quads": counts[info.iri],
        }
        for info in graph.sources(system=system)
    ]
    return sorted(rows, key=lambda r: (r["published"] or "", r["iri"]))


def stats(graph: Graph) -> dict[str, Any]:
    """Numbers of quads and sources, and of things of each class, of what was loaded and derived.

    ``{"quads": int, "sources": int, "classes": [{"class": str, "count": int}]}``; a thing counts under its most
    specific class, and once however many sources speak of it. Reference data counts only under ``reference_quads``.
    """
    counts = _quads(graph)
    loaded = {name: n for name, n in counts.items() if not name.startswith(iris.SYSTEM_GRAPHS)}
    rows = graph.query(
        "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { GRAPH ?g { ?thing a ?class } "
        f'FILTER(!STRSTARTS(STR(?g), "{iris.SYSTEM_GRAPHS}") || ?g = <{iris.GRAPH_DERIVED}>) }} GROUP BY ?class',
        union=False,
    )
    classes: Counter[str] = Counter()
    for row in rows:
        name = model().most_specific([value_of(row["class"])])
        classes[name or value_of(row["class"])] += int(value_of(row["n"]))
    order = {name: i for i, name in enumerate(model().classes)}
    return {
        "quads": sum(loaded.values()),
        "sources": len(loaded),
        "classes": [
            {"class": name, "count": n} for name, n in sorted(classes.items(), key=lambda c: order.get(c[0], 999))
        ],
        "reference_quads": sum(n for name, n in counts.items() if name.startswith(iris.SYSTEM_GRAPHS)),
    }


def _quads(graph: Graph) -> Counter[str]:
    rows = graph.query("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", union=False)
    return Counter({value_of(r["g"]): int(value_of(r["n"])) for r in rows})
