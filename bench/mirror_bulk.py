"""Files and import for a first load; rival: neo4j-admin alone on the ready files."""

import shutil
import statistics

from _mirror_server import QUADS, ROUNDS, made, workshop
from measure import alternate, report

from kg.mirror.bulk import ARGUMENTS, run_import, write_files


def main() -> bool:
    with workshop() as (base, server, driver):
        driver.close()
        server.down()
        graphs = made(base / "store", QUADS)
        write_files(graphs, base / "ready", "bench")

        def rival() -> None:
            files = f"@{base / 'ready' / ARGUMENTS}"
            server.admin(["database", "import", "full", files, "--overwrite-destination", "neo4j"])

        def ours() -> None:
            shutil.rmtree(base / "files", ignore_errors=True)
            run_import(server, write_files(made(base / "store", QUADS), base / "files", "bench"))

        times = alternate({"neo4j-admin alone": rival, "kg": ours}, ROUNDS)
        middle = statistics.median(times["neo4j-admin alone"])
        return report(
            "mirror_bulk", times, rival="neo4j-admin alone", ours="kg", aim=1.3 * middle,
            note="files written and imported, without the start of the server", quads=QUADS,
        )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
