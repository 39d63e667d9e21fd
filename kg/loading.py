"""Changing the graph: sources come in, are replaced, or are forgotten, each as a whole.

A source is compared with what the graph holds of it, quad by quad; what did not change is not touched, so that loading
a source twice changes nothing. What is derived (which accounts tell of one meeting) is brought up to date for the
parties that a change touches, before anybody can see the change. The log of loads is the one place where the clock is
read; it is left out of exports and digests.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

import kg
from kg import iris, rdf
from kg.errors import LoadError, NotFound
from kg.graph import Graph, node_of
from kg.ontology import data_path, model
from kg.records import Record, Source
from kg.resolve import Judgements, all_parties, derive, touched_parties
from kg.store import Generations, Writer
from kg.texts import Texts

__all__ = ["Change", "Loading"]

Quads = set[ox.Quad]
_BATCH = 50_000
# So many edges that a load brought go into the index of paths at the first search, which takes a second at most.
_FEW_EDGES = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """What loading or forgetting one source did to the graph."""

    source: str
    kind: Literal["loaded", "replaced", "unchanged", "forgotten"]
    added: int = 0
    removed: int = 0


class Loading:
    """One process's turn at changing the graph. Get one from `Project.writing`.

    Attributes:
        store: the unpublished generation, for loaders of whole tables.
    """

    def __init__(self, writer: Writer, texts: Texts, root: Path, judgements: Judgements) -> None:
        self._writer = writer
        self._texts = texts
        self._root = root
        self._judgements = judgements
        self._touched: set[frozenset[str]] = set()
        self._unused_texts: set[str] = set()
        self._published_at = time.monotonic()
        self._edges_kept = 0
        self._parts: dict[str, str] = {}
        self._paths_stale = False

    @classmethod
    @contextmanager
    def opened(cls, generations: Generations, texts: Texts, root: Path, *, wait: float = 10.0) -> Iterator["Loading"]:
        """Take the writer's turn; see `Project.writing`."""
        judgements = Judgements.read(root / "judgements.yaml")
        with Writer(generations, wait=wait) as writer:
            loading = cls(writer, texts, root, judgements)
            yield loading
            loading._settle()
            if loading._unused_texts:
                # While nobody else writes, who might load a source with one of these texts.
                writer.publish()
                loading._drop_texts()
        loading._renew_paths()

    @property
    def store(self) -> ox.Store:
        """The unpublished generation."""
        return self._writer.store

    @property
    def folder(self) -> Path:
        """The folder ``.kg`` of the project."""
        return self._root / ".kg"

    @property
    def writer(self) -> Writer:
        """The writer of the store, for loaders that replace it as a whole."""
        return self._writer

    @property
    def texts(self) -> Texts:
        """The kept texts."""
        return self._texts

    @property
    def judgements_file(self) -> Path:
        """The file of judgements of the project."""
        return self._root / "judgements.yaml"

    # --- one source -------------------------------------------------------------------------------------------

    def put(
        self,
        source: Source,
        records: Iterable[Record],
        *,
        text: str | None = None,
        loader: str = "records",
        file: str | None = None,
        digest: str | None = None,
    ) -> Change:
        """Load a source, in the place of what it said before.

        Args:
            source: its description; its IRI is the name of its graph.
            records: what it says.
            text: its text, which is kept so that citations can be shown and checked.
            loader, file: for the log; `digest` names what was read and how, so that it need not be read again.

        Raises:
            LoadError: a record belongs to another source.
        """
        if text is not None and source.sha256 != iris.sha256(text):
            raise LoadError(f"The sha256 of {source.title!r} is not that of its text; take it from kg.iris.sha256.")
        wanted = set(rdf.quads([source], source.iri))
        wanted |= set(rdf.quads(_owned_by(source, records), source.iri))
        change = self.put_quads(source.iri, wanted, loader=loader, file=file, digest=digest)
        if text is not None:
            self._texts.put(text)
        return change

    def put_quads(
        self, source_iri: str, wanted: Quads, *, loader: str, file: str | None = None, digest: str | None = None
    ) -> Change:
        """Make the graph of a source hold exactly these quads."""
        graph = ox.NamedNode(source_iri)
        found = set(self.store.quads_for_pattern(None, None, None, graph))
        if found == wanted:
            return Change(source_iri, "unchanged")
        removed, added = found - wanted, wanted - found
        for quad in removed:
            self.store.remove(quad)
        # Nobody reads this generation yet, so that a large source need not go in as one transaction.
        (self.store.bulk_extend if len(added) > _BATCH else self.store.extend)(added)
        self._note_text(removed)
        self.touch(touched_parties(found | wanted))
        kind: Literal["loaded", "replaced"] = "replaced" if found else "loaded"
        self.log(source_iri, kind, loader=loader, file=file, digest=digest)
        return Change(source_iri, kind, len(added), len(removed))

    def forget(self, source_iri: str) -> Change:
        """Remove all that a source says, and its text when no other source has the same.

        Raises:
            NotFound: no such source was loaded.
        """
        graph = node_of(source_iri)
        if source_iri.startswith(iris.SYSTEM_GRAPHS) or not self.store.contains_named_graph(graph):
            raise NotFound(f"No source {source_iri!r} was loaded; `kg sources` lists them.")
        from kg.tables import bulk, findings

        self._note_text(self.store.quads_for_pattern(None, ox.NamedNode(iris.KG + "sha256"), None, graph))
        removed = bulk.count_graph(self.store, source_iri)
        bulk.drop_graph(self, source_iri, removed)
        findings.write(self.folder, iris.code_of(source_iri), ())
        self.log(source_iri, "forgotten", loader="")
        return Change(source_iri, "forgotten", 0, removed)

    def undo(self) -> None:
        """Throw away what was changed since the last `checkpoint` that published."""
        self._touched.clear()
        self._writer.undo()

    def checkpoint(self, *, every: float = 3.0) -> None:
        """Publish what is complete so far, at most once in `every` seconds. Call it between sources."""
        if self._writer.changed and time.monotonic() - self._published_at >= every:
            self._settle()
            self._writer.publish()
            self._published_at = time.monotonic()

    # --- what goes with it ------------------------------------------------------------------------------------

    def touch(self, parties: Iterable[frozenset[str]]) -> None:
        """Say between which parties accounts of meetings have changed."""
        self._touched.update(parties)
        self._writer.changed = True

    def log(
        self,
        source_iri: str,
        action: str,
        *,
        loader: str,
        file: str | None = None,
        digest: str | None = None,
        version: str | None = None,
    ) -> str:
        """Write a line into the log of loads; returns its time. The one place where the clock is read.

        `version` is that of the loader, where it has one besides that of kg.
        """
        now = datetime.now(UTC)
        at = now.isoformat(timespec="microseconds").replace("+00:00", "Z")
        load = ox.NamedNode(f"{iris.BASE}load/{iris.code_of(source_iri)}.{now:%Y%m%dT%H%M%S%f}")
        graph = ox.NamedNode(iris.GRAPH_LOG)
        string = iris.XSD + "string"
        values = [
            ("loadAction", action, string),
            ("loader", loader, string),
            ("loaderVersion", version or kg.__version__, string),
            ("file", file or "", string),
            ("sha256", digest or "", string),
            ("loadedAt", at, iris.XSD + "dateTime"),
        ]
        self.store.add(ox.Quad(load, ox.NamedNode(iris.RDF_TYPE), ox.NamedNode(iris.KG + "Load"), graph))
        self.store.add(ox.Quad(load, ox.NamedNode(iris.KG + "loadedSource"), ox.NamedNode(source_iri), graph))
        for name, value, datatype in values:
            if value:
                literal = ox.Literal(value, datatype=ox.NamedNode(datatype))
                self.store.add(ox.Quad(load, ox.NamedNode(iris.KG + name), literal, graph))
        self._writer.changed = True
        if source_iri in self._parts and action != "unchanged":
            from kg.paths.files import date_part

            date_part(self.folder / "paths", source_iri, self._parts[source_iri], at)
            self._parts[source_iri] = at
        return at

    def keep_edges(self, source_iri: str, at: str, made: Path) -> None:
        """Keep the edges of a source, as `log` noted it at a time, so that paths need not read them from the store.

        Args:
            made: folder of arrays (see `kg.paths.files`) on the file system of the project; it is moved.
        """
        from kg.paths.files import keep_part

        self._edges_kept += keep_part(self.folder / "paths", source_iri, at, made)
        self._parts[source_iri] = at

    def refresh_system_graphs(self) -> None:
        """Write ontology, schemes and reference data of this version of kg into the store, where they differ."""
        from kg.project import system_graph

        wanted_graphs = {iris.GRAPH_DERIVED, iris.GRAPH_LOG}
        new: Quads = set()
        for path in system_files():
            name = system_graph(path)
            wanted_graphs.add(name)
            graph = ox.NamedNode(name)
            if not self._note_digest(graph, iris.sha256(path.read_bytes())):
                continue
            wanted = {ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(path=str(path))}
            found = set(self.store.quads_for_pattern(None, None, None, graph))
            for quad in found - wanted:
                self.store.remove(quad)
            new |= wanted - found
        if new:
            self.store.bulk_extend(new)
            # What is derived rests on reference data, too, and so does the index of paths.
            self.touch(all_parties(self.store))
            self._paths_stale = True
        for left in list(self.store.named_graphs()):
            if left.value.startswith(iris.SYSTEM_GRAPHS) and left.value not in wanted_graphs:
                self.store.remove_graph(left)
                self._writer.changed = True

    def _note_digest(self, graph: ox.NamedNode, digest: str) -> bool:
        """Keep the digest of a system graph in the log; returns whether it is new.

        A mirror need not read the graph to see a change, nor does `refresh_system_graphs`.
        """
        noted = ox.Quad(graph, ox.NamedNode(iris.KG + "sha256"), ox.Literal(digest), ox.NamedNode(iris.GRAPH_LOG))
        if noted in self.store:
            return False
        for old in list(self.store.quads_for_pattern(graph, noted.predicate, None, noted.graph_name)):
            self.store.remove(old)
        self.store.add(noted)
        self._writer.changed = True
        return True

    def _settle(self) -> None:
        """Bring what is derived up to date with what was changed, or with judgements that were edited."""
        if derive(self.store, self._touched, self._judgements):
            self._writer.changed = True
        self._touched.clear()

    def _note_text(self, removed: Iterable[ox.Quad]) -> None:
        literals = (q.object for q in removed if q.predicate.value == iris.KG + "sha256")
        digests = {term.value for term in literals if isinstance(term, ox.Literal)}
        self._unused_texts.update(digests)

    def _renew_paths(self) -> None:
        """Put the edges that were kept into the index of paths; where this is cut off, the first search does it."""
        if self._paths_stale or self._edges_kept > _FEW_EDGES:
            from kg.paths.index import open_index

            with self._writer.generations.reading() as store:
                open_index(Graph(store, self._texts), self.folder / "paths", renew=True)

    def _drop_texts(self) -> None:
        """Remove the texts that no published source names any more."""
        if not self._unused_texts:
            return
        with self._writer.generations.reading() as store:
            for digest in self._unused_texts:
                named = store.quads_for_pattern(None, ox.NamedNode(iris.KG + "sha256"), ox.Literal(digest), None)
                if next(iter(named), None) is None:
                    self._texts.forget(digest)


def system_files() -> list[Path]:
    """The files of ontology, schemes and reference data that every project holds, sorted."""
    root = data_path("ontology")
    return sorted([root / "kg.ttl", *root.glob("schemes/*.ttl"), *root.glob("reference/*.ttl")])


def _owned_by(source: Source, records: Iterable[Record]) -> Iterator[Record]:
    key = f"/{source.key}."
    for record in records:
        if model().cls(record.cls).owned and key not in record.iri and record.iri != source.iri:
            raise LoadError(
                f"{record.cls} {record.iri} does not belong to {source.iri}; its IRI must be made with kg.iris.owned."
            )
        yield record
