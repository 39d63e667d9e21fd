"""The floors on the annotated documents, where they are at hand."""

import importlib.util
import json
from pathlib import Path

import pytest

from kg.extract.files import read
from kg.extract.pipeline import extract

FLOORS = {
    "meetings": 0.85,
    "participants": 0.92,
    "statements": 0.80,
    "commitments": 0.65,
    "sectors": 0.80,
    "forums": 0.97,
    "trade_flows": 1.0,
}


@pytest.fixture(scope="module")
def totals(shared: Path) -> dict[str, tuple[int, int, int]]:
    """Matched, predicted and wanted by kind over all annotated documents."""
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    out: dict[str, tuple[int, int, int]] = {}
    for path in sorted((shared / "gold" / "dev").glob("*.txt")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        document = read(path)
        found = extract(document.text, document).to_json()
        for kind, counts in score.compare(gold, found, document.text).items():
            a, b, c = out.get(kind, (0, 0, 0))
            out[kind] = (a + counts[0], b + counts[1], c + counts[2])
    return out


@pytest.mark.parametrize("kind", FLOORS)
def test_f1_reaches_its_floor(totals: dict[str, tuple[int, int, int]], kind: str) -> None:
    matched, predicted, wanted = totals[kind]
    assert 2 * matched / (predicted + wanted) >= FLOORS[kind]
