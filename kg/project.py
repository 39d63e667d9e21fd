"""A project: a folder with the graph, the kept texts and the judgements of the people who work with it.

::

    judgements.yaml        what people decided: these two are one, these are not
    .kg/format             versions of store and ontology
    .kg/store/             generations of the Oxigraph store (see kg.store)
    .kg/texts/             kept texts by sha256
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import kg
from kg import iris
from kg.errors import FormatError, NoProject, ProjectError
from kg.graph import Graph
from kg.loading import Loading
from kg.store import Generations, write_atomically
from kg.texts import Texts

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
