"""The kept texts of documents, each in a file named by its sha256."""

import re
from pathlib import Path

from kg.errors import ProjectError
from kg.iris import sha256
from kg.store import write_atomically

__all__ = ["Texts"]

_SENTENCE_END = re.compile(r"[.!?…。！？]+['\"’”»)\]]*(?=\s|$)|\n\s*\n")


class Texts:
    """Texts by the sha256 of their UTF-8 form, in the folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, digest: str) -> Path:
        return self.root / digest[:2] / f"{digest}.txt"

    def put(self, text: str) -> str:
        """Keep a text; returns its sha256. A text that is there already is left alone."""
        digest = sha256(text)
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode("utf-8"))
        return digest

    def get(self, digest: str) -> str | None:
        """The text of that sha256, re-checked; None when it is not kept.

        Raises:
            ProjectError: the file was changed.
        """
        try:
            text = self._path(digest).read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            text = ""
        if sha256(text) != digest:
            raise ProjectError(
                f"The kept text {digest[:12]}… was changed since it was loaded; load the document again."
            )
        return text

    def forget(self, digest: str) -> None:
        """Remove a text that no source needs any more."""
        self._path(digest).unlink(missing_ok=True)

    def digests(self) -> list[str]:
        """The sha256 of every kept text, sorted."""
        return sorted(path.stem for path in self.root.glob("??/*.txt"))


def sentence_around(text: str, start: int, end: int, limit: int = 600) -> tuple[int, int]:
    """The sentence, or piece of at most about `limit` characters, in which a span stands: its start and end."""
    left, right = max(0, start - limit), min(len(text), end + limit)
    begin = left
    for match in _SENTENCE_END.finditer(text, left, start):
        begin = match.end()
    if begin == left > 0:
        begin = text.find(" ", left, start) + 1 or left
    while begin < start and text[begin].isspace():
        begin += 1
    found = _SENTENCE_END.search(text, max(start, end - 1), right)
    finish = found.end() if found else right
    while finish > end and text[finish - 1].isspace():
        finish -= 1
    return min(begin, start), max(finish, end)
