"""The questions that kg answers: each is one SPARQL file whose header says what it answers, with what, and how.

A header is a block of comments at the top::

    # When did two actors meet?                          what it answers; further lines may explain
    # parameter a (actor): one of the two                name (kind): meaning; "(date, optional)", "(int = 30)"
    # column persons (things): who took part             name (kind): meaning; hidden ones are in no table
    # relation: a b                                      ?relation is that of these two parameters, ?either one of them
    # row: meeting                                       what makes a row: solutions with these values are one row
    # compared: undertaking statement                    solutions whose ?what is one of these are compared in words
    # grouped: words                                     tables for people put rows of the same words together
    # latest: judged                                     of the solutions of a row, only those with the latest value
    # order: -earliest kind                              how rows are sorted; "-" turns the order round
    # cite: account                                      the columns whose things are cited
    # steps: a reach next b                              the query leads from ?reach to ?next; it is asked from a and b
    # example: a=Canada b=China

In the query a parameter is ``VALUES ?a { actor:CAN }`` (``UNDEF`` for one that may be left out), with the values of
the example, so that each file also runs as it stands with ``kg sparql -f``. A parameter ``count`` cuts the answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kg.errors import UnknownName

__all__ = ["Column", "Parameter", "Question", "question", "questions"]

FOLDER = Path(__file__).parent
_ENTRY = re.compile(r"(parameter|column) (\w+) \(([^)]*)\): (.+)")
_SETTING = re.compile(r"(relation|row|compared|grouped|latest|order|cite|steps|example): (.+)")
SINGLE = ("thing", "text", "date", "number", "boolean", "class", "sentence")
LISTS = ("things", "texts")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter.

    `kind` is actor, party, person, sector, forum, office, thing, topic, date, int or text, a scheme such as
    office-kind, or a choice such as "yes|no".
    """

    name: str
    kind: str
    meaning: str
    optional: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    `kind` is thing, text, date, number, boolean, class (its label), sentence (of the first citation); things or texts
    for a list; "count of NAME", "first of NAME" or "last of NAME" of another variable.
    """

    name: str
    kind: str
    meaning: str
    hidden: bool = False

    @property
    def variable(self) -> str:
        """The variable of the query from which it is filled."""
        return self.kind.partition(" of ")[2] or self.name

    @property
    def how(self) -> str:
        """How its value is made of several: "count", "first", "last", or the kind."""
        return self.kind.partition(" of ")[0]


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `sparql` is its query with the values of its example."""

    name: str
    answers: str
    remarks: str
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Column]
    relation: tuple[str, ...]
    row: tuple[str, ...]
    compared: bool
    grouped: bool
    latest: str | None
    order: tuple[str, ...]
    cite: tuple[str, ...]
    steps: tuple[str, ...]
    example: str
    sparql: str

    @property
    def usage(self) -> str:
        """How it is called, such as ``kg ask meetings a=Canada b=China``."""
        return f"kg ask {self.name} {self.example}"

    @property
    def shown(self) -> list[str]:
        """Names of the columns that a table shows."""
        return [c.name for c in self.columns.values() if not c.hidden]


@dataclass(slots=True)
class _Header:
    words: list[str] = field(default_factory=list)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    columns: dict[str, Column] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)


def read(path: Path, mark: str = "#") -> Question:
    """Read the file of a question.

    Raises:
        ValueError: its header is not of the form above.
    """
    text = path.read_text(encoding="utf-8")
    header = _Header()
    for line in text.splitlines():
        if not line.startswith(mark):
            break
        _read_line(header, line.removeprefix(mark).strip(), path.name)
    sentence, *remarks = header.words
    for needed in ("row", "cite", "example"):
        if needed not in header.settings:
            raise ValueError(f"{path.name}: the header has no line '{needed}: ...'.")
    return Question(
        name=path.stem,
        answers=sentence,
        remarks=" ".join(remarks),
        parameters=header.parameters,
        columns=header.columns,
        relation=tuple(header.settings.get("relation", "").split()),
        row=tuple(header.settings["row"].split()),
        compared="compared" in header.settings,
        grouped="grouped" in header.settings,
        latest=header.settings.get("latest"),
        order=tuple(header.settings.get("order", "").split()),
        cite=tuple(header.settings["cite"].split()),
        steps=tuple(header.settings.get("steps", "").split()),
        example=header.settings["example"],
        sparql=text,
    )


def _read_line(header: _Header, line: str, file: str) -> None:
    if match := _ENTRY.fullmatch(line):
        what, name, kind, meaning = match.groups()
        kind, *options = (part.strip() for part in kind.split(","))
        kind, _, default = (part.strip() for part in kind.partition(" = "))
        if what == "parameter":
            optional = "optional" in options or bool(default)
            header.parameters[name] = Parameter(name, kind, meaning, optional, default or None)
        elif kind in (*SINGLE, *LISTS) or kind.startswith(("count of ", "first of ", "last of ")):
            header.columns[name] = Column(name, kind, meaning, "hidden" in options)
        else:
            raise ValueError(f"{file}: column {name!r} has the unknown kind {kind!r}.")
    elif match := _SETTING.fullmatch(line):
        header.settings[match[1]] = match[2]
    elif line:
        header.words.append(line)


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Question]:
    """All questions by name, sorted."""
    return {path.stem: read(path) for path in sorted(FOLDER.glob("*.rq"))}


def question(name: str) -> Question:
    """The question of that name.

    Raises:
        UnknownName: there is none.
    """
    found = questions().get(name)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name, questions(), n=3, cutoff=0.5)
        near += [q for q in questions() if name.lower() in q and q not in near]
        raise UnknownName(f"There is no question {name!r}; `kg ask` lists them.", near[:3])
    return found
