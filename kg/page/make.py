"""Pages of a project: names as people type them in, the text of a page out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg import iris
from kg.errors import NotFound
from kg.names import Names
from kg.page import chronicle
from kg.page.network import render
from kg.page.select import Choice, drawing, narrate

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.project import Project

__all__ = ["Page", "project_page"]

MAX_NODES = 400
MAX_ACTS = 5000


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its text, what to call the file, what it shows in words, and how many things were left out."""

    html: str
    file_name: str
    summary: str
    left_out: int


def project_page(
    project: "Project",
    names: Sequence[str] = (),
    *,
    timeline: bool = False,
    max_nodes: int | None = None,
    since: date | None = None,
    until: date | None = None,
    sources: Sequence[str] = (),
    title: str | None = None,
) -> Page:
    """What is around one thing, between two or more, or everything: as a network, or the acts over time.

    Args:
        project: the project.
        names: of things, as people type them.
        timeline: draw the acts over time.
        max_nodes: at most so many things, or acts over time.
        since, until: only what may have happened from or until this day.
        sources: only what these sources (by IRI or key) say; of all when empty.
        title: the heading; made of the names when None.

    Raises:
        NotFound: a name or source that is not there, or nothing to draw.
        AmbiguousName: several things of one name.
    """
    with project.reading() as graph:
        choice = _choice(graph, names, since, until, sources)
        heading = title or _title(graph, choice) + (", over time" if timeline else "")
        draw = _timeline if timeline else _network
        page = draw(project, graph, choice, heading, max_nodes)
        if page is None:
            raise _nothing(graph, choice)
        return page


def _network(project: "Project", graph: "Graph", choice: Choice, heading: str, max_nodes: int | None) -> Page | None:
    drawn = drawing(project, graph, choice, max_nodes=max_nodes or MAX_NODES)
    things, links = drawn.graph.number_of_nodes(), drawn.graph.number_of_edges()
    if links == 0:
        return None
    html = render(drawn.graph, title=heading, sources=drawn.sources, focus=drawn.focus, left_out=drawn.left_out)
    return Page(html, _file_name(heading), f"{things} things, {links} links", drawn.left_out)


def _timeline(project: "Project", graph: "Graph", choice: Choice, heading: str, max_acts: int | None) -> Page | None:
    acts, told, left_out = narrate(project, graph, choice, max_acts=max_acts or MAX_ACTS)
    if not acts:
        return None
    html = chronicle.timeline(acts, title=heading, sources=told, left_out=left_out)
    return Page(html, _file_name(heading), f"{len(acts)} acts", left_out)


def _choice(
    graph: "Graph", names: Sequence[str], since: date | None, until: date | None, sources: Sequence[str]
) -> Choice:
    known = Names.of(graph) if names else None
    day = until.isoformat() if until else None
    focus = [] if known is None else [known.one(name, day=day).iri for name in names]
    return Choice(
        tuple(dict.fromkeys(focus)),
        since.isoformat() if since else None,
        until.isoformat() if until else None,
        frozenset(graph.source(source).iri for source in sources),
    )


def _title(graph: "Graph", choice: Choice) -> str:
    names = [graph.label(thing) for thing in choice.focus]
    if not names:
        return "All that the sources tell"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _file_name(heading: str) -> str:
    return f"{iris.fold(heading)[:80].strip('-')}.html"


def _nothing(graph: "Graph", choice: Choice) -> NotFound:
    narrowed = " with these limits" if choice.since or choice.until or choice.sources else ""
    if not choice.focus:
        return NotFound(f"There is nothing to draw{narrowed}; load a source with 'kg load FILE'.")
    return NotFound(f"No act is known of {_title(graph, choice)}{narrowed}; 'kg show' tells what is.")
