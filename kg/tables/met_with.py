"""Who was met, in remarks such as "Met with President Nayib Bukele and Foreign Minister Alexandra Hill Tinoco"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Met", "met", "titled"]

# Title -> kind of office; None for titles that name no office. Longest first when matched.
_TITLES: dict[str, str | None] = {
    "President": "head-of-state", "Interim President": "head-of-state", "Acting President": "head-of-state",
    "King": "head-of-state", "Queen": "head-of-state", "Emperor": "head-of-state", "Sultan": "head-of-state",
    "Emir": "head-of-state", "Amir": "head-of-state", "Shah": "head-of-state", "Pope": "head-of-state",
    "Grand Duke": "head-of-state", "Governor General": None, "Governor-General": None, "Regent": None,
    "Prime Minister": "head-of-government", "Interim Prime Minister": "head-of-government",
    "Acting Prime Minister": "head-of-government", "Premier": "head-of-government",
    "Chancellor": "head-of-government", "Taoiseach": "head-of-government",
    "Deputy Prime Minister": "deputy-head-of-government", "Vice Premier": "deputy-head-of-government",
    "Vice President": "deputy-head-of-state", "Foreign Minister": "foreign-minister",
    "Minister of Foreign Affairs": "foreign-minister", "Foreign Secretary": "foreign-minister",
    "External Affairs Minister": "foreign-minister", "Defense Minister": "defence-minister",
    "Minister of Defense": "defence-minister", "Finance Minister": "finance-minister",
    "General Secretary": "paramount-leader", "Chairman": None, "Secretary General": None, "Secretary-General": None,
    "Crown Prince": None, "Prince": None, "Princess": None, "Sheikh": None, "General": None, "Marshal": None,
    "Colonel": None, "Sir": None, "Lord": None, "Dr.": None, "Mr.": None, "Mrs.": None, "Empress": None,
    "Supreme Leader": "paramount-leader", "State Councilor": None, "National Security Advisor": None,
    "Opposition Leader": None, "Ambassador": None, "Cardinal": None, "Archbishop": None, "Minister": None,
    "Speaker": None, "President-elect": None, "Prime Minister-designate": None,
}  # fmt: skip
_TITLE = re.compile("(?:" + "|".join(re.escape(t) for t in sorted(_TITLES, key=len, reverse=True)) + r")(?=\s|$)")
_PART = (
    r"(?:(?:al|el|as|ad|an|ar|at)-[A-Z]?[\w’'ʿ-]+|bin|ibn|bint|al|el|de|del|da|dos|do|la|van|von|der|den|di|zu|e|y|of)"
)
_WORD = r"(?:[A-ZÀ-ÖØ-ÞŠŽČŞİĞ][\w’'ʿ.-]*[\wà-ÿ’ʿ]|[A-Z]\.)"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_PART}\s+)*(?:{_WORD}|{_PART}(?=[A-Z])\S*))*(?:\s+I[IVX]*\b)?")
_MET = re.compile(r"\b(?:[Mm]et|[Mm]eetings?|[Aa]udience)\s+(?:briefly\s+|privately\s+)?with\s+")


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody named in a remark: titles that stand before the name, the name, and where the two stand."""

    titles: tuple[str, ...]
    name: str
    start: int
    end: int

    @property
    def office(self) -> str | None:
        """Kind of the office that the titles tell."""
        return next((kind for title in self.titles if (kind := _TITLES[title])), None)


def titled(text: str, start: int = 0) -> Met | None:
    """The titles and name that stand at `start` of a text; None unless it begins with a title and a name follows."""
    titles, at = [], start
    while match := _TITLE.match(text, at):
        titles.append(match.group())
        at = match.end()
        joint = re.compile(r"\s+(?:and\s+)?").match(text, at)
        at = joint.end() if joint else at
    name = _NAME.match(text, at)
    if not titles or name is None:
        return None
    return Met(tuple(titles), name.group().rstrip("."), start, at + len(name.group().rstrip(".")))


def met(text: str) -> Iterator[Met]:
    """Those whom a remark says were met, in its order; somebody without a title is left out."""
    for opening in _MET.finditer(text):
        at = opening.end()
        while one := titled(text, at):
            yield one
            joint = re.compile(r"(?:,\s+and\s+|,\s+|\s+and\s+|;\s+)").match(text, one.end)
            if joint is None:
                break
            at = joint.end()
