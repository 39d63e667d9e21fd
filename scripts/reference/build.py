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

import offices  # noqa: E402
import states  # noqa: E402
import vocab  # noqa: E402

NOTE = "Written by scripts/reference/build.py; edit the tables in scripts/reference/data, not this file.\n"


def outputs(shared: Path) -> dict[str, str]:
    """Return the text of every generated file by its path under ontology/."""
    found: dict[str, str] = {}
    polities, territories = states.build(shared)
    found["reference/states.ttl"] = polities.text(
        NOTE + "States and other polities. kg:Polity says nothing on statehood; historic states carry kg:when.\n"
        "Codes: ISO 3166, M49, FIPS 10-4, Correlates of War (cow), Gleditsch-Ward (gw).")  # fmt: skip
    found["reference/territories.ttl"] = territories.text(
        NOTE + "Dependent territories with a code of their own in ISO 3166, for tables; not names to look for in prose.")
    found["reference/places.ttl"] = vocab.places().text(
        NOTE + "Cities and venues that appear in diplomacy, with the state in which they lie.")
    known = offices.editorial()
    reign, reign_offices = offices.reign(shared, known, states.cow_codes(shared))
    found["reference/tenures-editorial.ttl"] = known.out.text(NOTE + "Who held which office when, of general knowledge.")
    found["reference/tenures-reign.ttl"] = reign.text(NOTE + "Leaders by the REIGN data set.")
    found["reference/offices.ttl"] = offices.offices(shared, reign_offices, known).text(NOTE + "Offices of states and forums.")
    found["schemes/forums.ttl"] = vocab.forums().text(NOTE + "Forums and organisations of states, with the names by which texts call them.")
    for scheme, turtle in vocab.schemes().items():
        found[f"schemes/{scheme}.ttl"] = turtle.text(NOTE)
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
