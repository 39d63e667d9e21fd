"""Write cypher/browser/style.grass from the ontology."""

from pathlib import Path

from kg.mirror.browser import grass, style

TARGET = Path(__file__).parent.parent / "cypher" / "browser" / "style.grass"

if __name__ == "__main__":
    TARGET.write_text(grass(style()), encoding="utf-8")
