"""Votes in the United Nations, against bare Oxigraph on the ready quads (at most 1.5 times) and bare DuckDB.

The votes are invented ones of the same form, or those of ../shared/data/unvotes at full size where they are there.
KG_BENCH_VOTES says how many (20,000; 870,109 with KG_BENCH_FULL=1, about five minutes). DuckDB reads and writes the
columns that are mapped; it makes no quads, so that its time stands there for comparison only.
"""

import shutil
import sys
from itertools import count
from statistics import median

from _tables_data import REAL_VOTES, ROUNDS, bare_oxigraph, size, votes, workshop, write_quads
from measure import alternate, report

VOTES = size("KG_BENCH_VOTES", 20_000, 870_109)


def main() -> int:
    """Measure."""
    import duckdb

    from kg.loaders import Options
    from kg.loaders.engine import load
    from kg.project import Project

    with workshop() as folder:
        real = VOTES == 870_109 and REAL_VOTES.is_dir()
        data = REAL_VOTES if real else votes(folder / "votes", VOTES)
        file = next(data.glob("un_votes.csv*"))
        empty = Project.init(folder / "empty").root
        number = count()

        def ours() -> Project:
            target = folder / "ours"
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(empty, target)
            project = Project.find(target)
            done = load(project, [data], Options(), loader="un-votes")
            assert not done.failed, done.failed
            return project

        ready = folder / "ready.nq"
        quads = write_quads(ours().root, "unvotes", ready)

        def bare() -> None:
            bare_oxigraph(folder / "bare", ready)

        def columns() -> None:
            database = duckdb.connect(str(folder / f"columns-{next(number)}.duckdb"))
            database.execute(
                "CREATE TABLE t AS SELECT v.*, c.date, c.unres FROM read_csv(?, all_varchar = true) v "
                "JOIN read_csv(?, all_varchar = true) c USING (rcid)",
                [str(file), str(data / "un_roll_calls.csv")],
            )
            database.execute(f"COPY t TO '{folder / 'columns.csv'}' (FORMAT csv)")
            database.close()

        times = alternate({"bare Oxigraph": bare, "bare DuckDB": columns, "kg load": ours}, ROUNDS)
        return not report(
            "tables-votes",
            times,
            rival="bare Oxigraph",
            ours="kg load",
            aim=1.5 * median(times["bare Oxigraph"]),
            packages=("pyoxigraph", "duckdb", "ibis-framework"),
            note=f"{VOTES:,} {'real' if real else 'invented'} votes to {quads:,} quads, with the index of paths",
            quads=quads,
        )


if __name__ == "__main__":
    sys.exit(main())
