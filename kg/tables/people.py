"""Persons of the reference data, by full name; a name alone that fits several is nobody."""

from functools import lru_cache

from kg import iris

__all__ = ["known_person"]


@lru_cache(maxsize=100_000)
def known_person(name: str, state: str | None = None, day: str | None = None) -> tuple[str, str] | None:
    """IRI and code of the state of a person of at least two names, None where nobody or several fit.

    Args:
        state: code of the state for which the person is known to act.
        day: ISO day on which somebody of that name held an office, for a surname alone.
    """
    from kg.extract import gazetteer

    if day is None and len(name.split()) < 2:
        return None
    fitting = {h.iri: h.state for h in gazetteer.load().persons(name, day, state)}
    if len(fitting) > 1:
        exact = {
            h.iri: h.state for h in gazetteer.load().persons(name, day, state) if iris.fold(h.name) == iris.fold(name)
        }
        fitting = exact or fitting
    return next(iter(fitting.items())) if len(fitting) == 1 else None
