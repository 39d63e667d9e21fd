"""Roll calls of the United Nations General Assembly, as the package unvotes has them (E. Voeten's data).

Three files: ``un_votes.csv`` (or ``.gz``) with one row per vote, ``un_roll_calls.csv``, ``un_roll_call_issues.csv``. An
absent member has no row: absent is not abstaining, and the data set does not say who was.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kg import iris
from kg.errors import LoadError
from kg.records import Concept, ConceptScheme
from kg.tables.codes import FIRST, LAST, codes
from kg.tables.compile import Columns, Day, iri_of
from kg.tables.loader import Answer, Context, TableLoader
from kg.tables.reading import Contract

if TYPE_CHECKING:
    from kg.tables.bulk import Shape

__all__ = ["LOADERS"]

_OPTIONS = ["yes", "no", "abstain", "absent"]
# Whose vote it is under the name of a state that had ended when the session went on.
_HEIRS = {"Yemen Arab Republic": "YEM"}


_FILES = {
    "votes": (("un_votes.csv", "un_votes.csv.gz"), Contract(("rcid", "country", "country_code", "vote"))),
    "calls": (
        ("un_roll_calls.csv",),
        Contract(("rcid", "date", "unres", "descr"), ("session", "importantvote", "amend", "para", "short")),
    ),
    "issues": (("un_roll_call_issues.csv",), Contract(("rcid", "short_name", "issue"))),
}
# Short names of issues as the data set has them, and our labels.
_ISSUES = {
    "me": "Palestine and the Middle East",
    "nu": "Nuclear weapons and nuclear material",
    "di": "Arms control and disarmament",
    "co": "Colonialism",
    "hr": "Human rights",
    "ec": "Economic development",
}


class UnVotes(TableLoader):
    """UN roll calls with votes and issues."""

    name = "un-votes"
    help = "Roll calls of the UN General Assembly: the folder of unvotes with its three CSV files."
    key = "unvotes"
    title = "United Nations General Assembly roll calls"
    publisher = "unvotes (E. Voeten)"
    least: ClassVar[Mapping[str, int]] = {"RollCall": 1, "Vote": 1}

    def matches(self, path: Path, head: bytes) -> float:
        """Sure of a folder with these files, and of the file of votes."""
        if path.is_dir():
            return 1.0 if _find(path, "votes") else 0.0
        return 1.0 if path.name in _FILES["votes"][0] else 0.0

    def files(self, path: Path) -> Mapping[str, tuple[Path, Contract]]:
        """The three files beside each other."""
        folder = path if path.is_dir() else path.parent
        found = {}
        for role, (names, contract) in _FILES.items():
            file = _find(folder, role)
            if file is None:
                raise LoadError(f"{folder} lacks {names[0]}, which belongs to the UN roll calls; put it there.")
            found[role] = (file, contract)
        return found

    def shapes(self, given: Context) -> "Sequence[Shape]":
        """Roll calls, their issues, and votes."""
        from kg.tables.bulk import Shape

        calls, votes, issues = given.tables["calls"], given.tables["votes"], given.tables["issues"]
        calls = calls.mutate(day=calls.date)
        given.problem(votes.filter(~votes.vote.isin(_OPTIONS)), "an unknown vote", "vote", "votes")
        given.problem(votes.anti_join(calls, "rcid"), "a vote in a roll call that is not listed", "rcid", "votes")
        given.problem(issues.anti_join(calls, "rcid"), "an issue of a roll call that is not listed", "rcid", "issues")
        dated = votes.filter(votes.vote.isin(_OPTIONS)).inner_join(calls.select("rcid", "day"), "rcid")
        who = given.look_up(dated, ["country_code", "country"], ["voter"], _voter, "day")
        given.problem(who.filter(who.voter.isnull()), "an unknown state", "country", "votes")
        self._issues(given)
        return [
            Shape(calls, [_roll_call(given, calls)]),
            Shape(issues.semi_join(calls, "rcid"), [_topic(given, issues)]),
            Shape(who.filter(who.voter.notnull()), [_vote(given, who)]),
        ]

    def _issues(self, given: Context) -> None:
        scheme = given.add(ConceptScheme(iri=iris.concept("scheme", "un-issue"), name="Issues of UN roll calls"))  # type: ignore[arg-type]
        for code, label in _ISSUES.items():
            iri = iris.concept("un-issue", code)
            given.add(Concept(iri=iri, name=label, notation=[code], in_scheme=[scheme]))  # type: ignore[arg-type]


def _voter(code: str, name: str) -> list[Answer]:
    """Who voted under a code, or where the data set has none, under a name."""
    known = codes()
    spans = known.spans("iso2", code) or known.spans("name", name)
    if len(spans) != 1:
        return [(s.first, s.last, [s.iri]) for s in spans]
    # A seat may seem to end or begin amid a session, because the data set dates loosely.
    last, iri = spans[0].last, spans[0].iri
    if name not in _HEIRS:
        return [(FIRST, LAST, [iri])]
    after = (date.fromisoformat(last) + timedelta(1)).isoformat()
    return [(FIRST, last, [iri]), (after, LAST, [iris.actor(_HEIRS[name])])]


def _find(folder: Path, role: str) -> Path | None:
    return next((folder / name for name in _FILES[role][0] if (folder / name).is_file()), None)


def _roll_call(given: Context, calls: Any) -> Columns:
    return Columns(
        "RollCall",
        iri_of(f"roll-call/{given.key}.", calls.rcid),
        {
            "held_in": iri_of("forum/UN"),
            "when": Day(calls.day),
            "resolution": calls.unres,
            "title": calls.descr,
            "row": calls.rcid,
        },
    )


def _topic(given: Context, issues: Any) -> Columns:
    return Columns(
        "RollCall", iri_of(f"roll-call/{given.key}.", issues.rcid), {"topic": iri_of("un-issue/", issues.short_name)}
    )


def _vote(given: Context, votes: Any) -> Columns:
    who = votes.voter.replace(iris.BASE + "actor/", "")
    return Columns(
        "Vote",
        iri_of(f"vote/{given.key}.", votes.rcid, "-", who),
        {
            "voter": votes.voter,
            "roll_call": iri_of(f"roll-call/{given.key}.", votes.rcid),
            "option": iri_of("vote-option/", votes.vote),
            "row": votes.rcid.concat(" ").concat(votes.country),
        },
    )


LOADERS = (UnVotes(),)
