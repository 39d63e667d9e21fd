"""Run KGX's transform of an N-Triples file; for the Python of `_rivals`, which has KGX.

Usage: _kgx.py FILE FOLDER             to tables of nodes and edges in a folder
       _kgx.py FILE URI PASSWORD       into a Neo4j server

KGX asks the network for its model and prefixes as soon as it is imported; here it gets them from the packages that
ship them, so that it can be measured anywhere. Prints ``took SECONDS``, the import not counted.
"""

import importlib.util
import json
import sys
import time
import types
from importlib.resources import files
from typing import Any


def prepare() -> Any:
    """KGX's transformer, with all that it would fetch at hand."""
    import bmt.toolkit
    import yaml

    model = files("biolink_model") / "schema" / "biolink_model.yaml"
    bmt.toolkit.Toolkit.__init__.__defaults__ = (str(model), {"predicate mappings": []})
    # The package fetches on import, its module config does not.
    spec = importlib.util.find_spec("kgx")
    assert spec is not None and spec.submodule_search_locations is not None
    package = types.ModuleType("kgx")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["kgx"] = package
    from kgx import config, curie_lookup_service

    prefixes = yaml.load(model.read_text(), yaml.CSafeLoader)["prefixes"]
    own = {k: v if isinstance(v, str) else v["prefix_reference"] for k, v in prefixes.items()}
    config.jsonld_context_map["biolink"] = {"PMID": "http://www.ncbi.nlm.nih.gov/pubmed/", **own}
    for name, address in config.get_config()["jsonld-context"].items():
        local = files("prefixcommons") / "registry" / address.rsplit("/", 1)[1]
        if name != "biolink" and local.is_file():
            config.jsonld_context_map[name] = json.loads(local.read_text())["@context"]
    curie_lookup_service.CurieLookupService.ontologies = {}
    from kgx.transformer import Transformer

    return Transformer


def main(file: str, *target: str) -> None:
    """Transform."""
    transformer = prepare()
    if len(target) == 1:
        output = {"filename": f"{target[0]}/kgx", "format": "tsv"}
    else:
        output = {"uri": target[0], "username": "neo4j", "password": target[1], "format": "neo4j"}
    began = time.perf_counter()
    transformer(stream=True).transform(input_args={"filename": [file], "format": "nt"}, output_args=output)
    print("took", time.perf_counter() - began)


if __name__ == "__main__":
    main(*sys.argv[1:])
