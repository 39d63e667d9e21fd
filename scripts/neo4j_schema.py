"""Write cypher/schema.cypher from the ontology."""

from pathlib import Path

from kg.mirror.schema import text

TARGET = Path(__file__).parent.parent / "cypher" / "schema.cypher"


def main() -> None:
    TARGET.write_text(text(), encoding="utf-8")
    print(f"wrote {TARGET.name}")


if __name__ == "__main__":
    main()
