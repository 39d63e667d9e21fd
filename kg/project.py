"""A project: a folder with the graph, the kept texts and the judgements of the people who work with it.

::

    judgements.yaml        what people decided: these two are one, these are not
    .kg/format             versions of store and ontology
    .kg/store/             generations of the Oxigraph store (see kg.store)
    .kg/texts/             kept texts by sha256
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kg
from kg import iris
from kg.errors import FormatError, NoProject, ProjectError
from kg.graph import Graph
from kg.loading import Loading
from kg.store import Generations, write_atomically
from kg.texts import Texts

if TYPE_CHECKING:
    from kg.citations import Citation
    from kg.loaders import Report
    from kg.names import Candidate
    from kg.paths import Paths
    from kg.questions import Row
    from kg.show import Shown
    from kg.validate import Finding

__all__ = ["Project"]

STORE_FORMAT = 1


class Project:
    """A project folder; make one with `init`, open one with `find`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".kg"
        self.judgements_file = root / "judgements.yaml"
        self.texts = Texts(self.folder / "texts")
        self.generations = Generations(self.folder / "store")
        self._check_format()

    @classmethod
    def init(cls, root: str | Path = ".") -> "Project":
        """Make a project in a folder (made when missing), or bring the one that is there up to this version.

        The ontology, the schemes and the reference data of this version of kg are written into the store; sources,
        texts and judgements stay as they are.

        Raises:
            ProjectError: the folder cannot be written.
            FormatError: the project was made by a later version of kg.
        """
        root = Path(root).resolve()
        folder = root / ".kg"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / "format").exists():
                Generations(folder / "store").create()
            else:
                _check_versions(folder / "format", upgrade=True)
            with Loading.opened(Generations(folder / "store"), Texts(folder / "texts"), root) as loading:
                loading.refresh_system_graphs()
            wanted = json.dumps({"store": STORE_FORMAT, "kg": kg.__version__}) + "\n"
            if not (folder / "format").exists() or (folder / "format").read_text() != wanted:
                write_atomically(folder / "format", wanted.encode())
        except OSError as error:
            raise ProjectError(f"No project can be made in {root}: {error.strerror or error}.") from None
        return cls(root)

    @classmethod
    def find(cls, start: str | Path | None = None) -> "Project":
        """Open the project in a folder or in the nearest folder above it.

        Raises:
            NoProject: there is none.
            FormatError: it was made by another version of kg.
        """
        here = Path(start or ".").resolve()
        for folder in (here, *here.parents):
            if (folder / ".kg" / "format").is_file():
                return cls(folder)
        raise NoProject(f"There is no project in {here} or above it; make one with `kg init`.")

    def _check_format(self) -> None:
        _check_versions(self.folder / "format")

    @contextmanager
    def reading(self) -> Iterator[Graph]:
        """The graph as it is now, for reading; writers do not disturb it."""
        with self.generations.reading() as store:
            yield Graph(store, self.texts)

    @contextmanager
    def writing(self, *, wait: float = 10.0) -> Iterator[Loading]:
        """Change the graph: everything is visible at the end, or nothing when an error leaves the block.

        Args:
            wait: seconds to wait for another writer.

        Raises:
            Locked: another process goes on writing.
        """
        with Loading.opened(self.generations, self.texts, self.root, wait=wait) as loading:
            yield loading

    # --- what people do with it, one method each ----------------------------------------------------------------

    def load(self, *paths: str | Path, loader: str | None = None, workers: int = 1, **about: Any) -> "Report":
        """Load files, folders and patterns: ``project.load("readout.txt", published="2026-01-16", publisher="CAN")``.

        Args:
            about: metadata that holds for all of them: published, publisher, author, url, title, id, licence ...

        Raises:
            KgError: see `kg.loaders.load`; what goes wrong with one file stands in the report.
        """
        from kg.loaders import Meta, Options, load

        return load(self, paths, Options(meta=Meta(**about)), loader=loader, workers=workers)

    def forget(self, *sources: str) -> int:
        """Remove all that some sources said, by id or IRI; returns the number of quads removed."""
        with self.writing() as loading, self.reading() as graph:
            return sum(loading.forget(graph.source(s).iri).removed for s in sources)

    def sources(self) -> list[dict[str, Any]]:
        """The sources; see `kg.inventory.source_list`."""
        from kg.inventory import source_list

        with self.reading() as graph:
            return source_list(graph)

    def stats(self) -> dict[str, Any]:
        """How much there is of what; see `kg.inventory.stats`."""
        from kg.inventory import stats

        with self.reading() as graph:
            return stats(graph)

    def names(self, text: str, cls: str | None = None, limit: int = 20) -> "list[Candidate]":
        """What a name may mean, best first; see `kg.names.Names.find`."""
        from kg.names import Names

        with self.reading() as graph:
            return Names.of(graph).find(text, cls, limit)

    def show(self, name: str, *, as_of: str | None = None, known_at: str | None = None) -> "Shown":
        """All that is known of a thing, by id, name or what is printed for it; see `kg.show.show`."""
        from kg.captions import find_thing
        from kg.show import show

        with self.reading() as graph:
            return show(graph, find_thing(graph, name, day=as_of), as_of=as_of, known_at=known_at)

    def path(self, start: str, goal: str, **options: Any) -> "Paths":
        """How two things are connected; for the options see `kg.paths.find_paths`."""
        from kg.names import Names
        from kg.paths import find_paths

        with self.reading() as graph:
            names = Names.of(graph)
            return find_paths(self, graph, names.one(start).iri, names.one(goal).iri, **options)

    def ask(self, question: str, **given: Any) -> "list[Row]":
        """Answer a named question; see `kg.questions.ask`."""
        from kg.questions import ask

        with self.reading() as graph:
            return ask(graph, question, **given)

    def brief(
        self, a: str, b: str, *, since: str | None = None, on: str | None = None, known_at: str | None = None
    ) -> str:
        """A memo on a pair, as Markdown; see `kg.brief.brief`."""
        from kg.brief import brief

        with self.reading() as graph:
            return brief(graph, a, b, since=since, on=on, known_at=known_at)

    def cite(self, iri: str) -> "list[Citation]":
        """Where what is said of an act stands, compared with the kept texts again.

        Raises:
            CheckFailed: a text does not hold the words any more.
        """
        from kg.citations import check, citations

        with self.reading() as graph:
            found = citations(graph, iri)
            for citation in found:
                check(graph, citation)
            return found

    def validate(self, *sources: str) -> "list[Finding]":
        """What breaks the model in some sources, or in all; see `kg.validate.validate`."""
        from kg.validate import validate

        with self.reading() as graph:
            return validate(graph, sources)

    def export(self, file: str | Path, format: str = "turtle", sources: Sequence[str] = ()) -> int:
        """Write the graph into a file; returns the number of quads. See `kg.export.export`."""
        from kg.export import export

        with self.reading() as graph, Path(file).open("wb") as out:
            return export(graph, out, format, sources)

    def page(
        self,
        names: Iterable[str] = (),
        *,
        timeline: bool = False,
        since: date | None = None,
        until: date | None = None,
    ) -> str:
        """One HTML page on one thing, on two or more, or on everything, as text; see `kg.page`."""
        from kg.page.make import project_page

        return project_page(self, tuple(names), timeline=timeline, since=since, until=until).html

    @cached_property
    def id(self) -> str:
        """A name of this project for mirrors and servers: made once, kept in ``.kg/id``."""
        path = self.folder / "id"
        if not path.exists():
            import uuid

            write_atomically(path, str(uuid.uuid4()).encode())
        return path.read_text().strip()


def _check_versions(path: Path, *, upgrade: bool = False) -> None:
    try:
        found = json.loads(path.read_text())
        store = int(found["store"])
    except FileNotFoundError:
        raise NoProject(f"There is no project in {path.parent.parent}; make one with `kg init`.") from None
    except (ValueError, KeyError, TypeError):
        raise FormatError(f"{path} cannot be read; restore it from a backup, or make a new project.") from None
    if store > STORE_FORMAT:
        raise FormatError(
            f"This project was made by kg {found.get('kg')}, a later version than this one ({kg.__version__}); "
            "upgrade kg."
        )
    if found.get("kg") != kg.__version__ and not upgrade:
        raise FormatError(
            f"This project was made by kg {found.get('kg')}; `kg init` in its folder brings it up to {kg.__version__} "
            "and keeps everything that was loaded."
        )


def system_graph(path: Path) -> str:
    """Name of the graph of one of the files that travel with kg."""
    folder = {"schemes": iris.GRAPH_SCHEME, "reference": iris.GRAPH_REFERENCE}.get(path.parent.name)
    return folder + path.stem if folder else iris.GRAPH_ONTOLOGY
