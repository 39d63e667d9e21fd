"""What DuckDB must be told of files."""

import re
from pathlib import Path

__all__ = ["file_text"]

_MAGIC = re.compile(r"[*?\[]")


def file_text(path: Path) -> str:
    """The path of one file as a text of SQL: DuckDB would read it as a pattern that other files may match, too."""
    literal = _MAGIC.sub(lambda m: f"[{m.group()}]", str(path))
    return "'" + literal.replace("'", "''") + "'"
