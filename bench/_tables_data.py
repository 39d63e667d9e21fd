"""Tables of any size for the programs on tables and paths, and loads of them in processes of their own.

KG_BENCH_FULL=1 gives each program its full size, KG_BENCH_ROUNDS the number of rounds (3).
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

FULL = os.environ.get("KG_BENCH_FULL") == "1"
ROUNDS = int(os.environ.get("KG_BENCH_ROUNDS", "3"))
# Quads that one row of `events` makes.
PER_EVENT = 15.9
STATES = ("CHL", "FIN", "CAN", "CHN", "KEN", "PER", "JPN", "IND", "GHA", "NOR")
MEMBERS = (("Chile", "CL"), ("Finland", "FI"), ("Canada", "CA"), ("China", "CN"), ("Kenya", "KE"), ("Peru", "PE"),
           ("Japan", "JP"), ("India", "IN"), ("Ghana", "GH"), ("Norway", "NO"), ("Brazil", "BR"), ("Egypt", "EG"),
           ("France", "FR"), ("Greece", "GR"), ("Iceland", "IS"), ("Jordan", "JO"), ("Kuwait", "KW"), ("Laos", "LA"),
           ("Mali", "ML"), ("Nepal", "NP"))  # fmt: skip
REAL_VOTES = Path(__file__).resolve().parents[2] / "shared" / "data" / "unvotes"
_LOAD = """
import json, resource, sys, time
from pathlib import Path
from kg.loaders import Options
from kg.loaders.engine import load
from kg.project import Project
project, file, loader = sys.argv[1:]
began = time.perf_counter()
done = load(Project.find(project), [Path(file)], Options(), loader=loader)
assert not done.failed, done.failed
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)
print(json.dumps({"seconds": time.perf_counter() - began, "megabytes": peak}))
"""


def size(variable: str, small: int, full: int) -> int:
    """What an environment variable says, else one of two."""
    return int(os.environ.get(variable, full if FULL else small))


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder to work in; KG_BENCH_TMP says on which disk."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-", dir=os.environ.get("KG_BENCH_TMP")) as name:
        yield Path(name)


def events(folder: Path, count: int, stamp: str = "20320101120000") -> Path:
    """Write a file in the form of GDELT 2.0 with so many events between ten states; returns it."""
    place = ("4", "Turku, Finland", "FI", "FI01", "1", "60.4", "22.2", "1")
    file = folder / f"{stamp}.export.CSV"
    with file.open("w") as out:
        for number in range(count):
            one, other = STATES[number % 10], STATES[(number // 10 + number) % 10]
            day = f"2031{number % 12 + 1:02}{number % 28 + 1:02}"
            actors = [x for who in (one, other) for x in (who + "GOV", who, who, *[""] * 7)]
            act = ("1", "042", "042", "04", "1", "1.9", "7", "1", "7", "0.5")
            cells = [str(number), day, day[:6], day[:4], "2031.3", *actors, *act, *place * 3, stamp]
            out.write("\t".join([*cells, f"https://news.example/{number % 500}"]) + "\n")
    return file


def votes(folder: Path, count: int) -> Path:
    """Write a folder in the form of unvotes with so many votes of twenty members; returns it."""
    folder.mkdir()
    calls = -(-count // len(MEMBERS))
    with (folder / "un_votes.csv").open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("rcid", "country", "country_code", "vote"))
        for number in range(count):
            name, code = MEMBERS[number % len(MEMBERS)]
            vote = ("yes", "no", "abstain")[(number * 7 + number // 20) % 3]
            rows.writerow((number // len(MEMBERS) + 1, name, code, vote))
    with (folder / "un_roll_calls.csv").open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("rcid", "session", "date", "unres", "descr"))
        for call in range(1, calls + 1):
            day = date(1991, 1, 1) + timedelta(call % 10_000)
            rows.writerow(
                (call, call % 70, day.isoformat(), f"R/{call}", f"On the {call}th of the questions before it")
            )
    with (folder / "un_roll_call_issues.csv").open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("rcid", "short_name", "issue"))
        rows.writerows((call, ("me", "nu", "di", "co", "hr", "ec")[call % 6], "x") for call in range(1, calls + 1, 2))
    return folder


def load_apart(project: Path, file: Path, loader: str) -> tuple[float, int]:
    """Load a table in a process of its own; returns seconds and the megabytes that it took at most."""
    command = [sys.executable, "-c", _LOAD, str(project), str(file), loader]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"the load failed: {done.stderr[-800:]}")
    said = json.loads(done.stdout.splitlines()[-1])
    return float(said["seconds"]), int(said["megabytes"])


def put_document(project: Path, key: str, facts: int = 40) -> None:
    """Load one made-up document of statements between two states, as records."""
    from kg import iris
    from kg.project import Project
    from kg.records import Document, Span, Statement

    text = "".join(f"Chile said for the {n}th time that it had told Finland {key}. " for n in range(facts))
    records: list[object] = []
    for number in range(facts):
        start = text.index(f"the {number}th")
        span = Span.of(iris.source(key), text, start, start + 8)
        iri = iris.owned("statement", key, f"{start}-{start + 8}")
        about = {"about_actor": [iris.party("FIN")], "text": text[start : start + 8], "citation": [span.iri]}
        records += [span, Statement(iri=iri, speaker=iris.party("CHL"), **about)]  # type: ignore[arg-type]
    source = Document(iri=iris.source(key), title=key, published="2032-05-02", sha256=iris.sha256(text))  # type: ignore[arg-type]
    with Project.find(project).writing() as loading:
        loading.put(source, records, text=text)  # type: ignore[arg-type]


def in_turn(works: dict[str, Callable[[int], float]], rounds: int) -> dict[str, list[float]]:
    """Let works that measure themselves run in turn; each is given the number of the round."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds):
        for name, work in works.items():
            times[name].append(work(turn))
    return times


def write_quads(project: Path, source: str, file: Path) -> int:
    """Write what a source says as N-Quads, ready for the rivals; returns how many."""
    import pyoxigraph as ox

    from kg import iris
    from kg.project import Project

    with Project.find(project).reading() as graph, file.open("wb") as out:
        ox.serialize(graph.quads(iris.source(source)), out, ox.RdfFormat.N_QUADS)
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


def bare_oxigraph(folder: Path, file: Path) -> None:
    """Load ready N-Quads into a new store, with Oxigraph's bulk loader alone."""
    import pyoxigraph as ox

    shutil.rmtree(folder, ignore_errors=True)
    store = ox.Store(str(folder))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    store.flush()
