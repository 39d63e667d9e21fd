"""Codes of states and organisations, by scheme and day, from the reference data: what does not resolve is a finding."""

from typing import Any

import pyoxigraph as ox

from kg import iris

__all__ = ["SCHEMES", "code_table", "name_table", "party_of"]

# Scheme -> property that holds its codes. ISO 3166-1 comes in three forms; M49 is that of UN statistics.
SCHEMES = ("iso2", "iso3", "isoNumeric", "m49", "fips", "cow", "gw")


def code_table(store: ox.Store) -> list[tuple[str, str, str, str, str]]:
    """Rows of scheme, code, IRI, first and last day (ISO texts, "" for open) of every code in the reference data.

    A state that ended keeps its code up to its last day, so that the successor's is taken from then on.
    """
    bounds = _bounds(store)
    rows = set()
    for scheme in SCHEMES:
        for quad in store.quads_for_pattern(None, ox.NamedNode(iris.KG + scheme), None, None):
            if _is_reference(quad) and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                first, last = bounds.get(quad.subject.value, ["", ""])
                rows.add((scheme, quad.object.value, quad.subject.value, first, last))
    return sorted(rows)


def name_table(store: ox.Store) -> list[tuple[str, str, str, str]]:
    """Rows of name (folded to lower case), IRI, first and last day of every name of a polity in the reference data."""
    bounds = _bounds(store)
    polities = {
        q.subject.value
        for name in ("State", "Polity")
        for q in store.quads_for_pattern(None, ox.NamedNode(iris.RDF_TYPE), ox.NamedNode(iris.KG + name), None)
        if _is_reference(q) and isinstance(q.subject, ox.NamedNode)
    }
    rows = set()
    for name in ("prefLabel", "altLabel"):
        for quad in store.quads_for_pattern(None, ox.NamedNode(iris.SKOS + name), None, None):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value in polities:
                first, last = bounds.get(quad.subject.value, ["", ""])
                rows.add((quad.object.value.lower(), quad.subject.value, first, last))  # type: ignore[union-attr]
    return sorted(rows)


def _bounds(store: ox.Store) -> dict[str, list[str]]:
    """First and last day of what the reference data knows to have begun or ended."""
    bounds: dict[str, list[str]] = {}
    for name, at in (("earliest", 0), ("latest", 1)):
        for quad in store.quads_for_pattern(None, ox.NamedNode(iris.KG + name), None, None):
            if _is_reference(quad) and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                bounds.setdefault(quad.subject.value, ["", ""])[at] = quad.object.value
    return bounds


def _is_reference(quad: ox.Quad) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(iris.SYSTEM_GRAPHS)


def party_of(table: Any, codes: Any, column: str, scheme: str, day: str | None, name: str) -> Any:
    """The table with a column `name`: the IRI of whom `column` means by its code, NULL where nobody.

    Args:
        codes: the table of `code_table` with columns scheme, code, iri, first, last.
        day: column with the ISO day on which the code was used; without it, the state that has the code last.

    Where a code means several on one day, the one whose time began last is taken.
    """
    import ibis

    of_scheme = codes.filter(codes.scheme == scheme)
    wanted = table.select(column if day is None else [column, day]).distinct()
    wanted = wanted.filter(wanted[column].notnull())
    joined = wanted.join(of_scheme, wanted[column] == of_scheme.code)
    if day is not None:
        joined = joined.filter(
            ((joined["first"] == "") | (joined["first"] <= joined[day]))
            & ((joined["last"] == "") | (joined[day] <= joined["last"]))
        )
    keys = [column] if day is None else [column, day]
    best = joined.mutate(
        rank=ibis.row_number().over(
            ibis.window(  # type: ignore[no-untyped-call]
                group_by=keys,
                order_by=[ibis.cases((joined["last"] == "", 0), else_=1), joined["first"].desc(), joined["iri"]],
            )
        )
    )
    best = best.filter(best["rank"] == 0).select(*keys, **{name: best["iri"]})
    return table.left_join(best, keys).select(*table.columns, name)
