"""KGX on a file of N-Triples, without the internet: prints the seconds. Runs in an environment that has kgx.

KGX fetches the Biolink Model, JSON-LD contexts and two ontologies when it starts. Here it is given the model and the
prefixes of the installed package biolink-model; the ontologies, in which it would look up labels, are left out. That
spares it time.
"""

import importlib.util
import json
import sys
import time
from pathlib import Path

spec = importlib.util.find_spec("biolink_model")
assert spec is not None and spec.submodule_search_locations
MODEL = Path(spec.submodule_search_locations[0])
PREFIXES = json.loads((MODEL / "prefixmaps" / "biolink_model_prefix_map.json").read_text())

import bmt.toolkit  # type: ignore[import-not-found]  # noqa: E402
import requests  # noqa: E402


class Answer:
    """What is there instead of an answer from the internet."""

    def __init__(self, content: object) -> None:
        self._content = content

    def json(self) -> object:
        return self._content


requests.get = lambda address, **_: Answer({"@context": PREFIXES if "biolink" in address else {}})  # type: ignore
_made = bmt.toolkit.Toolkit.__init__
bmt.toolkit.Toolkit.__init__ = lambda self, *_, **__: _made(
    self, str(MODEL / "schema" / "biolink_model.yaml"), {"predicate mappings": []}
)

import kgx.curie_lookup_service  # type: ignore[import-not-found]  # noqa: E402

kgx.curie_lookup_service.CurieLookupService.load_ontologies = lambda self: None

from kgx.transformer import Transformer  # type: ignore[import-not-found]  # noqa: E402

began = time.perf_counter()
Transformer(stream=False).transform(
    input_args={"filename": [sys.argv[1]], "format": "nt"},
    output_args={"filename": sys.argv[2], "format": "jsonl"},
)
print("took", time.perf_counter() - began)
