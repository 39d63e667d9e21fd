"""Recognition of states by the United States and relations with them: TEI articles of the Office of the Historian.

Each article is one source with its text; each dated heading of it is an act on relations, or more than one where it
tells of relations and a mission, with the words of the section as citation. Headings on treaties, persons and history
are no such acts.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import Options
from kg.records import Relation, RelationAct
from kg.tables.codes import codes
from kg.tables.recordset import Gathered, RecordSet, territory, text_of, tree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["LOADERS"]

_TEI = "{http://www.tei-c.org/ns/1.0}"
_USA = iris.actor("USA")
_MONTHS = {m: i for i, m in enumerate(
    "January February March April May June July August September October November December".split(), 1)}  # fmt: skip  # noqa: SIM905
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}}),\s+(\d{{4}})")
_YEAR = re.compile(r"\b(1[789]\d\d|20\d\d)\b")
_MISSION = r"(?:embass|legation|mission|consulate|liaison office|interests? section|representation|consular)"
# The first pattern of each kind that a heading matches; relations and missions are told of in one heading, too.
_RELATIONS = (
    (r"re-?establish\w*.*relations|resum\w+.*relations|relations.*(?:resum|re-?establish|restor|normali)|"
     r"restor\w+.*relations|normali[sz]ation", "resumption"),
    (r"(?:sever|interrupt|break|suspen|cessation|terminat|rupture)\w*.*relations|"
     r"relations.*(?:sever|interrupt|broken|suspend|ended|ceased|terminat)", "interruption"),
    (r"establish\w*.*relations|relations.*(?:establish|opened|begun|began)", "establishment"),
    (r"^(?!.*(?:non-recogni|recogni\w+.*withdrawn|withdr\w+ of recogni)).*recogni[stz]", "recognition"),
    (r"\b(?:dissolution|annexation|unification|end of (?!hostilities|war|the war)|incorporat)", "end-of-state"),
)  # fmt: skip
_MISSIONS = (
    (rf"(?:elevat|rais|upgrad)\w*.*{_MISSION}|{_MISSION}\w*.*(?:elevat|rais|upgrad)", "mission-raised"),
    (rf"(?:clos|suspen|withdraw)\w*.*{_MISSION}|{_MISSION}\w*.*(?:clos|suspend|withdraw)", "mission-closed"),
    (rf"(?:establish|open)\w*.*{_MISSION}|{_MISSION}\w*.*(?:establish|open)", "mission-opened"),
)
_NAMES = {
    "Republic of Korea (South Korea)": "KOR", "Korea": None, "Benin (Dahomey)": "BEN", "Texas*": None,
    "East Germany (German Democratic Republic)*": "DDR", "Burkina Faso (Upper Volta)": "BFA",
    "Cote d’Ivoire (Ivory Coast)": "CIV", "Württemberg*": "COW-271", "Piedmont-Sardinia*": "ITA",
    "Austrian Empire*": "COW-300", "The Grand Duchy of Tuscany*": "COW-337", "The Duchy of Parma*": "COW-335",
    "Kingdom of Serbia/Yugoslavia*": "YUG",
}  # fmt: skip


class UsRelations(RecordSet):
    """Recognition and relations of the United States."""

    name = "us-relations"
    help = "US recognition of states and relations with them: folder with articles in TEI."
    publisher = "Office of the Historian, United States Department of State"
    least: ClassVar[Mapping[str, int]] = {"RelationAct": 1}
    licence = "CC0 1.0"
    url = "https://history.state.gov/countries"

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of the folder of articles, and nearly of one article."""
        if path.is_dir():
            folder = path / "articles" if (path / "articles").is_dir() else path
            first = next(iter(sorted(folder.glob("*.xml"))), None)
            return 1.0 if first is not None and _is_article(first.read_bytes()[:4000]) else 0.0
        return 0.95 if _is_article(head) else 0.0

    def read(self, path: Path, options: Options) -> Iterator[Gathered]:
        """One source per article."""
        if path.is_dir():
            folder = path / "articles" if (path / "articles").is_dir() else path
            files = sorted(folder.glob("*.xml"))
        else:
            files = [path]
        if not files:
            raise LoadError(f"{path} holds no article; fetch it again.")
        for file in files:
            yield _article(file)


def _is_article(head: bytes) -> bool:
    return b"tei-c.org" in head and b"History of Recognition" in b" ".join(head.split())


def _article(file: Path) -> Gathered:
    root = tree(file)
    title = next((text_of(t) for t in root.iter(f"{_TEI}title") if t.get("type") == "short"), file.stem)
    given = Gathered(f"us-relations-{iris.fold(file.stem)}", f"United States relations: {title}", file.name)
    number = 0
    for section in root.iter(f"{_TEI}div"):
        if section.get("type") != "timeline":
            continue
        number += 1
        head = text_of(section, f"{_TEI}head")
        body = " ".join(text_of(p) for p in section.findall(f"{_TEI}p"))
        _section(given, number, title, file.stem, section, head, body)
    return given


def _section(given: Gathered, number: int, title: str, stem: str, section: "Element", head: str, body: str) -> None:
    line = f"{head} {body}".strip()
    if not line:
        return
    start = given.say(line)
    found = [kind for kinds in (_RELATIONS, _MISSIONS) if (kind := _first(kinds, head))]
    if not found or re.match(r"No |.*anniversary", head, re.IGNORECASE):
        return
    when = _when(section, head, body)
    state = _state(title, stem, when)
    if state is None:
        given.problem(number, "a state that the reference data lack; its acts are left out", title)
        return
    if when is None:
        given.problem(number, "no date", head)
    citation = given.span(start, start + len(line))
    given.add(Relation.between(_USA, state))
    for kind in found:
        given.add(
            RelationAct(
                iri=iris.owned("relation-act", given.key, f"{number}.{kind}"),
                relation_action=iris.concept("relation-action", kind),
                party=(_USA, state),
                when=when,  # type: ignore[arg-type]
                concerns=(iris.relation(_USA, state),),
                row=(str(number),),
                citation=(citation.iri,),
            )
        )


def _first(kinds: tuple[tuple[str, str], ...], head: str) -> str | None:
    return next((kind for pattern, kind in kinds if re.search(pattern, head, re.IGNORECASE)), None)


def _when(section: "Element", head: str, body: str) -> str | None:
    """The most exact date that agrees with the year of the heading: one that is marked, else one in the words."""
    years = _YEAR.findall(head)
    marked = [d.get("when", "") for d in section.iter(f"{_TEI}date")]
    marked = [w for w in marked if re.fullmatch(r"\d{4}(-\d\d){0,2}", w) and (not years or w[:4] in years)]
    written = [f"{y}-{_MONTHS[m]:02}-{int(d):02}" for m, d, y in _DATE.findall(body) if not years or y in years]
    best = sorted([*marked, *written], key=lambda w: -len(w))
    return best[0] if (best and len(best[0]) > 4) or (not years and best) else (years[0] if years else None)


def _state(title: str, stem: str, when: str | None) -> str | None:
    if title in _NAMES:
        code = _NAMES[title]
        return iris.actor(code) if code and iris.actor(code) in codes().labels else None
    day = f"{when}-01-01"[:10] if when else None
    # An article follows a state through its names: "Russia" tells of the Soviet Union, too.
    return codes().one("name", title, day) or territory(stem, title, day)


LOADERS = (UsRelations(),)
