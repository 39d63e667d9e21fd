"""``kg path`` cold, also right after one more document was loaded, on a store and on one four times as large.

Aims: at most 0.5 s more than ``kg --help``; on the large store at most 1.3 times as long; at least 20 times faster than
networkx, which builds its graph from the same store and searches it. Beside it what lies between a pair, and its
timeline, against the same query by oxrdflib. Every run is a process of its own.

KG_BENCH_PATH_QUADS says how many quads the smaller store has (100,000; 1,000,000 with KG_BENCH_FULL=1, about seven
minutes).
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from _tables_data import PER_EVENT, ROUNDS, events, load_apart, put_document, size, workshop
from measure import report, seconds

QUADS = size("KG_BENCH_PATH_QUADS", 100_000, 1_000_000)
SINCE, UNTIL = "2031-05-01", "2031-05-31"
KG = str(Path(sys.executable).parent / "kg")
_NETWORKX = """
import itertools, sys
import networkx as nx
from kg import iris
from kg.paths.edges import edges_of
from kg.project import Project
with Project.find(sys.argv[1]).reading() as graph:
    found = nx.MultiGraph()
    for name in graph.graph_names():
        for edge in edges_of(graph.quads(name)):
            found.add_edge(edge.start, edge.end, property=edge.property, first=edge.first, last=edge.last, source=name)
ways = nx.all_shortest_paths(nx.Graph(found), iris.party("CAN"), iris.party("CHN"))
assert list(itertools.islice(ways, 3))
"""
_OXRDFLIB = """
import sys
from rdflib import Dataset
from oxrdflib import OxigraphStore
import pyoxigraph as ox
from kg.project import Project
project, file = sys.argv[1:]
with Project.find(project).generations.reading() as store:
    rows = list(Dataset(store=OxigraphStore(store=store), default_union=True).query(open(file).read()))
assert rows
"""


def command(*words: str) -> float:
    """Seconds of a process that must succeed."""

    def run() -> None:
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"{words[:3]} failed: {done.stderr[-600:]}")

    return seconds(run)


def main() -> int:
    """Measure."""
    from kg.project import Project

    with workshop() as folder:
        small, large = folder / "small", folder / "large"
        empty = Project.init(folder / "empty").root
        for project, quads in ((small, QUADS), (large, QUADS * 4)):
            shutil.copytree(empty, project)
            rows = folder / f"{project.name}-rows"
            rows.mkdir()
            load_apart(project, events(rows, round(quads / PER_EVENT)), "gdelt")
        return not all([paths(small, large), queries("events", small, large), queries("timeline", small, large)])


def path(project: Path) -> float:
    """Seconds of a cold search."""
    return command(KG, "path", "Canada", "China", "--json", "--project", str(project))


def paths(small: Path, large: Path) -> bool:
    """Searches, and the rival."""
    times: dict[str, list[float]] = {}

    def note(name: str, taken: float) -> None:
        times.setdefault(name, []).append(taken)

    for turn in range(ROUNDS + 1):
        if turn == 1:
            times.clear()  # the first round warms the disk
        note("kg --help", command(KG, "--help"))
        note("kg path", path(small))
        note("kg path, 4 times the quads", path(large))
        for project, name in (
            (small, "kg path after a document"),
            (large, "kg path after a document, 4 times the quads"),
        ):
            put_document(project, f"more-{turn}")
            note(name, path(project))
        note("networkx", command(sys.executable, "-c", _NETWORKX, str(small)))
        if turn == 1:
            note("networkx, 4 times the quads", command(sys.executable, "-c", _NETWORKX, str(large)))
    middle = {name: median(taken) for name, taken in times.items()}
    note_ = f"about {QUADS:,} quads of GDELT and four times as many; networkx builds from the store and searches"
    rows = [
        ("paths-cold", "kg --help", "kg path", middle["kg --help"] + 0.5),
        ("paths-after-a-document", "kg --help", "kg path after a document", middle["kg --help"] + 0.5),
        ("paths-cold-4x", "kg path", "kg path, 4 times the quads", 1.3 * middle["kg path"]),
        ("paths-after-a-document-4x", "kg path after a document", "kg path after a document, 4 times the quads",
         1.3 * middle["kg path after a document"]),
        ("paths-networkx", "networkx", "kg path", middle["networkx"] / 20),
        ("paths-networkx-4x", "networkx, 4 times the quads", "kg path, 4 times the quads",
         middle["networkx, 4 times the quads"] / 20),
    ]  # fmt: skip
    reached = [
        report(name, {k: times[k] for k in (rival, ours)}, rival=rival, ours=ours, aim=aim, note=note_,
               packages=("networkx", "pyoxigraph", "numpy"))
        for name, rival, ours, aim in rows
    ]  # fmt: skip
    return all(reached)


def queries(question: str, small: Path, large: Path) -> bool:
    """A question on a pair, cold, against its query by oxrdflib on the same store: at most as long."""
    from kg.graph import PREFIXES

    reached = True
    ask = (KG, "ask", question, "a=Canada", "b=China", f"since={SINCE}", f"until={UNTIL}")
    for project, suffix in ((small, ""), (large, "-4x")):
        done = subprocess.run((*ask, "--query", "--project", str(project)), capture_output=True, text=True)
        file = project.parent / f"{question}.rq"
        query = "".join(f"PREFIX {k}: <{v}>\n" for k, v in PREFIXES.items()) + done.stdout
        for name, day in (("since", SINCE), ("until", UNTIL)):
            query = re.sub(rf"VALUES \?{name} {{[^}}]*}}", f'VALUES ?{name} {{ "{day}"^^xsd:date }}', query)
        file.write_text(query)
        times: dict[str, list[float]] = {"oxrdflib": [], "kg ask": []}
        for _ in range(ROUNDS):
            times["oxrdflib"].append(command(sys.executable, "-c", _OXRDFLIB, str(project), str(file)))
            times["kg ask"].append(command(*ask, "--json", "--project", str(project)))
        note = "the rival runs the same query and does not fetch citations"
        reached &= report(f"paths-{question}{suffix}", times, rival="oxrdflib", ours="kg ask",
                          aim=median(times["oxrdflib"]), note=note, packages=("oxrdflib", "rdflib"))  # fmt: skip
    return reached


if __name__ == "__main__":
    sys.exit(main())
