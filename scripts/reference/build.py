"""Write ontology/reference/*.ttl and ontology/schemes/*.ttl from public tables and our own (scripts/reference/data).

Usage: python scripts/reference/build.py [--shared DIR] [--out DIR] [--check]
`--shared` is the folder with the public tables (default: ../shared beside the repository), read at build time only.
`--check` writes nothing and exits 1 when a committed file differs from what the tables yield.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import memberships  # noqa: E402
import offices  # noqa: E402
import sources  # noqa: E402
import states  # noqa: E402
import vocab  # noqa: E402

NOTE = "Written by scripts/reference/build.py; edit the tables in scripts/reference/data, not this file.\n"


def outputs(shared: Path) -> dict[str, str]:
    """Return the text of every generated file by its path under ontology/."""
    cow = states.cow_codes(shared)
    polities, territories = states.build(shared)
    known = offices.editorial()
    reign, reign_offices = offices.reign(shared, known, cow)
    graphs = {
        "states": polities,
        "territories": territories,
        "gatherings": vocab.gatherings(),
        "places": vocab.places(),
        "publishers": sources.publishers(),
        "offices": offices.offices(shared, reign_offices, known),
        "tenures-editorial": known.out,
        "tenures-reign": reign,
        "memberships-editorial": memberships.editorial(),
        "memberships-cow-igo": memberships.cow(shared, cow),
    }
    found = {f"schemes/{scheme}.ttl": turtle.text(NOTE) for scheme, turtle in vocab.schemes().items()}
    found["schemes/forums.ttl"] = vocab.forums().text(NOTE)
    for stem, turtle in graphs.items():
        sources.add_source(turtle, stem)
        found[f"reference/{stem}.ttl"] = turtle.text(NOTE)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path, default=ROOT / "ontology")
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    stale = []
    for name, text in outputs(args.shared).items():
        path = args.out / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not args.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(("differs: " if args.check else "written: ") + name)
    return 1 if stale and args.check else 0


if __name__ == "__main__":
    raise SystemExit(main())
