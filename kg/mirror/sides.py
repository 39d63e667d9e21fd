"""Both sides of a project's mirror, opened: the graph as it is now, and the database in Neo4j."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import MirrorError
from kg.mirror.connection import resolve
from kg.mirror.graphs import Graphs
from kg.mirror.options import Options
from kg.mirror.remote import Remote
from kg.project import Project

__all__ = ["Sides", "both_sides"]


@dataclass(frozen=True, slots=True)
class Sides:
    """The graph of a project and its mirror; `generation` names the state of the whole store."""

    graphs: Graphs
    remote: Remote
    generation: str


@contextmanager
def local_side(project: Path) -> Iterator[tuple[Graphs, Project, str]]:
    """The graph of a project, open for reading, the project, and a name of the state of the store ("": it has none)."""
    home = Project(project)
    before = home.generations.current()
    with home.reading() as graph:
        # Where another process published a later generation meanwhile, this one has no name.
        folder = before if home.generations.current() == before else None
        yield Graphs(graph.store, folder=folder, on_disk=True), home, folder.name if folder else ""


@contextmanager
def both_sides(project: Path, options: Options | None = None) -> Iterator[Sides]:
    """Open the graph of a project for reading and a connection to its mirror.

    Raises:
        MirrorError: the server cannot be reached, refuses, or went away on the way.
    """
    from neo4j.exceptions import ClientError, DriverError, Neo4jError

    target = resolve(project, options)
    with target.connect() as driver, local_side(project) as (graphs, home, generation):
        remote = Remote(driver, target.database, home.id, graphs.words)
        try:
            yield Sides(graphs, remote, generation)
        except ClientError as error:
            raise MirrorError(f"Neo4j at {target.uri} refuses: {error.message}") from error
        except (DriverError, Neo4jError) as error:
            raise MirrorError(
                f"Neo4j at {target.uri} went away ({error}); when it is back, the same command goes on from there."
            ) from error
