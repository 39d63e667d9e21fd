"""Files for ``neo4j-admin database import full``, and the import itself: the way in for millions of quads.

Files are written as the graph is read. A table of nodes holds those of one set of labels, a table of relationships
those of one type; when something has a property for which a table has no column, the table goes on in another file.
What a CSV field cannot hold (an empty text in a list, the sign that divides lists) is left out, and the sources that
say it stay open, so that the next sync writes it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kg.errors import MirrorError
from kg.mirror.graphs import Graphs
from kg.mirror.kinds import Edge, Node, Properties, Value
from kg.mirror.mapping import bare
from kg.mirror.remote import Remote
from kg.mirror.server import Server
from kg.mirror.sync import sync
from kg.mirror.vocabulary import BASE_LABEL, DESCRIBES, MIRROR_LABEL, STATE_LABEL

__all__ = ["Bulk", "import_files", "write_files"]

DIVIDER = "\x1f"
ARGUMENTS = "arguments"
_ROWS = 2_000
_TYPES = {str: "string", bool: "boolean", int: "long", float: "double", date: "date"}

Told = Callable[[str, int], None]


@dataclass(slots=True)
class Bulk:
    """What was written: the folder, how many nodes and relationships, and the sources that a sync must complete."""

    folder: Path
    nodes: int = 0
    edges: int = 0
    open_sources: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Table:
    """One file of nodes or relationships: its fixed first columns, its columns so far, and rows not yet written."""

    path: Path
    first: Sequence[str]
    columns: dict[str, str]
    rows: list[str] = field(default_factory=list)
    multiline: bool = False

    def write(self) -> None:
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write("".join(self.rows))
        self.rows.clear()

    def begin(self) -> None:
        names = [*self.first, *(_quoted(f"{key}:{kind}") for key, kind in self.columns.items())]
        self.path.write_text(",".join(names) + "\n", encoding="utf-8")


class _Tables:
    """The tables of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[tuple[str, ...], _Table] = {}
        self.files: list[tuple[str, _Table]] = []

    def put(self, kind: str, names: tuple[str, ...], fixed: Sequence[tuple[str, str]], properties: Properties) -> bool:
        """Write a row; `fixed` are its first columns and their fields. Whether every property could be written."""
        types = {key: _type(value) for key, value in properties.items()}
        table = self.tables.get((kind, *names))
        if table is None or any(table.columns.get(key) != type_ for key, type_ in types.items()):
            table = self._widen(kind, names, [name for name, _ in fixed], table, types)
        complete = True
        fields = [text for _, text in fixed]
        for key in table.columns:
            value = properties.get(key)
            text = "" if value is None else _field(value)
            if text is None:
                complete, text = False, ""
            fields.append(text)
        row = ",".join(fields) + "\n"
        table.multiline |= "\n" in row[:-1] or "\r" in row
        table.rows.append(row)
        if len(table.rows) >= _ROWS:
            table.write()
        return complete

    def _widen(
        self, kind: str, names: tuple[str, ...], first: list[str], before: _Table | None, types: dict[str, str]
    ) -> _Table:
        columns = dict(types)
        if before is not None:
            before.write()
            # A key whose values have another type now has its old type no more.
            columns = {**before.columns, **types}
        table = _Table(self.folder / f"{kind}-{len(self.files):04}.csv", first, columns)
        table.begin()
        self.tables[(kind, *names)] = table
        self.files.append((f"--{kind}={':'.join(names)}=" if kind == "nodes" else f"--{kind}={names[0]}=", table))
        return table

    def close(self) -> Iterator[str]:
        """Write what is left, and give the arguments that name the files."""
        for option, table in self.files:
            table.write()
            yield f"{option}{table.path}"
        several = [str(table.path) for _, table in self.files if table.multiline]
        if several:
            yield "--multiline-fields-format=v2"
            yield f"--multiline-fields={','.join(several)}"


def write_files(
    graphs: Graphs, folder: Path, project: str, *, generation: str = "", progress: Told = lambda step, items: None
) -> Bulk:
    """Write the files of a whole mirror.

    Args:
        graphs: what to mirror.
        folder: an empty folder, or one that does not exist yet.
        project: id of the project.
        generation: a name of the state of the store.
        progress: called with what is being written and the number of nodes and relationships written since.

    Raises:
        MirrorError: the folder holds something.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise MirrorError(f"{folder} is not empty; name a new folder for the files.")
    if "," in str(folder) or "\n" in str(folder):
        raise MirrorError(f"neo4j-admin cannot read files from {folder}; name a folder without commas.")
    work = _Bulk(graphs, Bulk(folder), _Tables(folder))
    for name in graphs.names:
        progress(name, 0)
        before = work.done.nodes + work.done.edges
        for found in graphs.bundles(name):
            sources = [e.start if e.type == DESCRIBES else str(e.properties["source"]) for e in found.edges]
            if found.node is not None:
                work.node(found.node, sources)
            for edge, source in zip(found.edges, sources, strict=True):
                work.edge(edge, source)
        progress("", work.done.nodes + work.done.edges - before)
    progress("shortcuts", 0)
    for shortcut in graphs.words.shortcuts:
        for end in graphs.shortcut_ends(shortcut):
            for edge in graphs.shortcuts(shortcut, end):
                work.edge(edge, "")
    for iri in sorted(work.ends - work.described):
        work.node(bare(iri), ())
    revisions = graphs.revisions()
    for name, revision in revisions.items():
        whole = name not in work.done.open_sources
        work.tables.put("nodes", (STATE_LABEL,), [], {"source": name, "revision": revision if whole else ""})
    mine: Properties = {"project": project}
    if generation and not work.done.open_sources:
        mine["generation"] = generation
    work.tables.put("nodes", (MIRROR_LABEL,), [], mine)
    options = [
        "--id-type=string", f"--array-delimiter=U+{ord(DIVIDER):04X}", "--read-buffer-size=64m", *work.tables.close(),
    ]  # fmt: skip
    # As neo4j-admin reads them: one argument per line, after an @.
    lines = [f'"{option}"' if " " in option else option for option in options]
    (folder / ARGUMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return work.done


class _Bulk:
    def __init__(self, graphs: Graphs, done: Bulk, tables: _Tables) -> None:
        self.graphs = graphs
        self.done = done
        self.tables = tables
        self.described: set[str] = set()
        self.ends: set[str] = set()

    def node(self, node: Node, sources: Sequence[str]) -> None:
        properties = {key: value for key, value in node.properties.items() if key != "iri"}
        self.described.add(node.iri)
        fixed = [("iri:ID", _quoted(node.iri))]
        if not self.tables.put("nodes", (BASE_LABEL, *node.labels), fixed, properties):
            own = node.properties.get("source")
            self.done.open_sources.update(sources, [str(own)] if own else [])
        self.done.nodes += 1

    def edge(self, edge: Edge, source: str) -> None:
        self.ends.update((edge.start, edge.end))
        fixed = [(":START_ID", _quoted(edge.start)), (":END_ID", _quoted(edge.end))]
        if not self.tables.put("relationships", (edge.type,), fixed, edge.properties):
            self.done.open_sources.add(source)
        self.done.edges += 1


def import_files(graphs: Graphs, server: Server, bulk: Bulk, project: str, *, generation: str = "") -> None:
    """Import files into the database of a project's own server, in the place of what it holds.

    The server is ended and started again; constraints, indexes and what files cannot hold follow.

    Raises:
        MirrorError: the database holds something else than a mirror of this project, or the import fails.
    """
    before = server.up()
    with server.driver() as driver:
        remote = Remote(driver, "neo4j", project, graphs.words)
        remote.claim()
        ours = [BASE_LABEL, MIRROR_LABEL, STATE_LABEL]
        other = f"none(l IN labels(n) WHERE l IN $ours) OR (n:{BASE_LABEL} AND n.iri IS NULL)"
        query = f"MATCH (n) WHERE {other} RETURN 1 LIMIT 1"
        if remote.rows(query, ours=ours):
            raise MirrorError(
                "The database holds nodes that are not of the mirror; an import would delete them; use kg mirror sync."
            )
    server.down()
    server.admin(["database", "import", "full", f"@{bulk.folder / ARGUMENTS}", "--overwrite-destination", "neo4j"])
    server.up(before.line)
    with server.driver() as driver:
        sync(graphs, Remote(driver, "neo4j", project, graphs.words), generation=generation)


def _type(value: Value) -> str:
    if isinstance(value, list):
        return _type(value[0]) + "[]"
    if isinstance(value, datetime):
        return "datetime" if value.tzinfo is not None else "localdatetime"
    return _TYPES[type(value)]


def _field(value: Value) -> str | None:
    """The text of a field; None for what a field cannot hold."""
    if type(value) is str:
        return _quoted(value)
    if isinstance(value, list):
        texts = [_plain(item) for item in value]
        if any(not text or DIVIDER in text for text in texts):
            return None
        return _quoted(DIVIDER.join(texts))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else repr(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
