"""What the log of loads says was read before, so that it need not be read again."""

from pathlib import Path

import pyoxigraph as ox

from kg import iris

__all__ = ["Seen"]

_LOADS = f"""
SELECT ?source ?at ?digest WHERE {{ GRAPH <{iris.GRAPH_LOG}> {{
  ?load <{iris.KG}loadedSource> ?source ; <{iris.KG}loadedAt> ?at .
  OPTIONAL {{ ?load <{iris.KG}sha256> ?digest }} }} }} ORDER BY ?at"""


class Seen:
    """Which fingerprints of files the sources in a store rest on."""

    def __init__(self, store: ox.Store) -> None:
        self._latest: dict[str, str] = {}
        self._sources: dict[str, set[str]] = {}
        # From which file each source was first written in this load.
        self.written: dict[str, Path] = {}
        # Whatever the log says: where clocks went back, its last line is not what happened last.
        self._there = {graph.value for graph in store.named_graphs()}
        found = store.query(_LOADS)
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            source, digest = row["source"], row["digest"]
            assert isinstance(source, ox.NamedNode)
            self._note(source.value, digest.value if isinstance(digest, ox.Literal) else "")

    def note(self, source: str, digest: str) -> None:
        """Take down that a source now rests on a file of that fingerprint ("" where it rests on none)."""
        self._there.add(source)
        self._note(source, digest)

    def _note(self, source: str, digest: str) -> None:
        self._latest[source] = digest
        if digest:
            self._sources.setdefault(digest, set()).add(source)

    def current(self, digest: str) -> list[str]:
        """The sources of the file of that fingerprint, where each still says what the file says; empty otherwise."""
        sources = self._sources.get(digest, set())
        return sorted(sources) if all(self._latest[s] == digest and s in self._there for s in sources) else []

    def rests_on(self, source: str, digest: str) -> bool:
        """Whether the log says that a source rests on the file of that fingerprint."""
        return self._latest.get(source) == digest
