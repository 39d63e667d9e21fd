"""The process in which one query of a person runs; see `kg.sparql`.

``python -m kg.sparql_worker FOLDER FORMAT FROM`` reads the query from standard input. Exit code 0: there is an answer,
3: it is empty or false, 1: the query is wrong.
"""

import sys

import pyoxigraph as ox

from kg.graph import PREFIXES

_ROWS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_TRIPLES = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "json": ox.RdfFormat.JSON_LD}


def main(folder: str, format: str, names_graphs: bool) -> int:
    """Run the query of standard input on the store in `folder`; returns the exit code.

    A query that names its graphs with FROM sees these alone, any other all graphs together.
    """
    query = sys.stdin.buffer.read().decode("utf-8", "replace")
    store = ox.Store.read_only(folder)
    try:
        found = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=not names_graphs)
        if isinstance(found, ox.QueryBoolean):
            answer = bool(found)
            sys.stdout.write("true\n" if answer else "false\n")
            return 0 if answer else 3
        if isinstance(found, ox.QuerySolutions):
            if format not in ("", *_ROWS):
                raise ValueError(f"rows cannot be written as {format}; ask for csv, tsv, json or xml")
            rows = found.serialize(format=_ROWS[format or "csv"]) or b""
            sys.stdout.buffer.write(rows)
            return 0 if _has_rows(rows, format or "csv") else 3
        if format not in ("", *_TRIPLES):
            raise ValueError(f"triples cannot be written as {format}; ask for turtle, ntriples or json")
        triples = list(found)
        text = ox.serialize(triples, format=_TRIPLES[format or "turtle"], prefixes=dict(PREFIXES)) or b""
        sys.stdout.buffer.write(text)
        return 0 if triples else 3
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        sys.stderr.write(" ".join(str(error).split()) + "\n")
        return 1


def _has_rows(answer: bytes, format: str) -> bool:
    if format in ("csv", "tsv"):
        return answer.count(b"\n") > 1
    return b'"bindings":[{' in answer.replace(b" ", b"") or b"<result>" in answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3] == "True"))
