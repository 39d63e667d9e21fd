"""F1 of extraction by kind with 95 % intervals (bootstrap over documents), and seconds of CPU on one core.

    python bench/extraction.py GOLD_DIR [--score score.py] [--texts DIR ...]

GOLD_DIR holds NAME.txt, NAME.meta.json and NAME.json. The intervals say how far another set of documents of the same
kind may differ; they say nothing on documents of other kinds.
"""

import argparse
import importlib.util
import json
import os
import random
import statistics
import time
from pathlib import Path
from types import ModuleType

from kg.extract.files import listed, read
from kg.extract.pipeline import extract

ROUNDS = 2000
ROUNDS_TIMED = 3


def load_score(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def f1(counts: list[tuple[int, int, int]]) -> float:
    matched, predicted, wanted = (sum(c[i] for c in counts) for i in range(3))
    return 2 * matched / (predicted + wanted) if predicted + wanted else 1.0


def interval(counts: list[tuple[int, int, int]]) -> tuple[float, float]:
    dice = random.Random(1)
    drawn = sorted(f1(dice.choices(counts, k=len(counts))) for _ in range(ROUNDS))
    return drawn[round(0.025 * ROUNDS)], drawn[round(0.975 * ROUNDS) - 1]


def seconds(paths: list[Path]) -> str:
    """CPU time of one process after start-up: median of three rounds over all texts."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    documents = [read(file) for path in paths for file in listed(path)]
    extract(documents[0].text, documents[0])
    rounds = []
    for _ in range(ROUNDS_TIMED):
        begin = time.process_time()
        for document in documents:
            extract(document.text, document)
        rounds.append(time.process_time() - begin)
    words, spent = sum(len(d.text.split()) for d in documents), statistics.median(rounds)
    return (
        f"{spent / words * 500:.3f} s per 500 words, {spent / len(documents):.3f} s per document "
        f"({len(documents)} documents of {words:,} words; rounds {', '.join(f'{r:.1f}' for r in sorted(rounds))} s)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--score", type=Path, help="the scorer; default: score.py in the folder above GOLD_DIR")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="texts to time; default: the gold texts")
    args = parser.parse_args()
    score = load_score(args.score or args.gold.parent / "score.py")
    kinds: dict[str, list[tuple[int, int, int]]] = {}
    for path in sorted(args.gold.glob("*.txt")):
        document = read(path)
        found = extract(document.text, document).to_json()
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        for kind, counts in score.compare(gold, found, document.text).items():
            kinds.setdefault(kind, []).append(counts)
    for kind, counts in kinds.items():
        low, high = interval(counts)
        print(f"{kind:14} F1 {f1(counts):.3f}  95 % {low:.3f} to {high:.3f}  gold {sum(c[2] for c in counts)}")
    print(seconds(args.texts or [args.gold]))


if __name__ == "__main__":
    main()
