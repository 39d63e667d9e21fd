"""When a word of a text is the word of a name: letters, case and what stands between words."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "s", "ʻ": None, "'": None}
)


@lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """A word without case and accents, so that "Jose" is "José"."""
    plain = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return plain.encode("ascii", "ignore").decode().casefold() or word.casefold()


def folded(name: str) -> str:
    """The words of a name without case, one space apart."""
    return " ".join(w.casefold() for w in WORD.findall(name))


def is_shouted(text: str) -> bool:
    """Whether a text is set in capitals."""
    letters = sum(map(str.isalpha, text))
    return letters > 12 and sum(map(str.isupper, text)) > 0.8 * letters


def is_same(want: str, got: str, shouting: bool, count: int) -> bool:
    """Whether a word of a text is one of the `count` words of a name; in a shouted text its case says nothing."""
    if want == got:
        return True
    if want.isupper() and len(want) <= 5:  # an acronym is one in capitals only
        return False
    if shouting:
        return want.casefold() == got.casefold() and not (count == 1 and len(want) <= 3)
    if want.casefold() != got.casefold():
        return False
    return got[:1].isupper() or not want[:1].isupper()


def is_same_gap(want: str, got: str) -> bool:
    """Whether what stands between two words is what the name has there, give or take spaces, dashes and quotes."""
    if want == got:
        return True
    want, got = (g.replace("\u2019", "'").replace("\u2013", "-").replace("-", " ") for g in (want, got))
    return " ".join(want.split()) == " ".join(got.split()) and len(got) <= 3
