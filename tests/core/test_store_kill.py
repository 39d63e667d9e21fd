"""Whatever moment a writer dies at, the project opens and holds all of a source or nothing."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from kg.errors import Locked
from kg.project import Project

WRITER = textwrap.dedent(
    """
    import sys
    from kg import iris
    from kg.project import Project
    from kg.records import Document, Person
    project = Project.find(sys.argv[1])
    print("ready", flush=True)
    for turn in range(200):
        with project.writing() as loading:
            for key in ("a", "b"):
                names = [f"Name {turn} {n}" for n in range(150)]
                people = [Person(iri=iris.person(name, "CAN"), name=name) for name in names]
                loading.put(Document(iri=iris.source(key), title=f"Turn {turn}"), people)
        print("turn", flush=True)
    """
)


def test_killed_at_many_moments(tmp_path: Path) -> None:
    project = Project.init(tmp_path)
    moments = random.Random(7)
    seen = set()
    for _ in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, start_new_session=True
        )
        assert child.stdout is not None
        for _ in range(moments.choice((1, 2, 3))):
            child.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.1))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with project.reading() as graph:
            titles = {s.title for s in graph.sources()}
            rows = graph.query(
                "SELECT ?s (COUNT(?p) AS ?n) WHERE { GRAPH ?s { ?p a kg:Person } } GROUP BY ?s", union=False
            )
            counts = {r["s"].value: r["n"].value for r in rows if "/graph/" not in r["s"].value}  # type: ignore[union-attr]
        assert len(titles) <= 1, "both sources are of one turn"
        assert set(counts.values()) <= {"150"}
        assert len(counts) in (0, 2)
        seen |= titles
    assert len(seen) > 1, "some turns were completed"
    with project.writing() as loading:
        assert loading.store is not None


def test_a_second_writer_gets_a_clear_error(tmp_path: Path) -> None:
    project = Project.init(tmp_path)
    with project.writing():
        start = time.monotonic()
        with pytest.raises(Locked, match="Another process is writing"), project.writing(wait=0.2):
            pass
        assert time.monotonic() - start < 5
