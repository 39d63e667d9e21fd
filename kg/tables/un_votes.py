"""Roll calls of the United Nations General Assembly, as the package unvotes has them (E. Voeten's data).

Three files: ``un_votes.csv`` (or ``.gz``) with one row per vote, ``un_roll_calls.csv``, ``un_roll_call_issues.csv``. An
absent member has no row: absent is not abstaining, and the data set does not say who was.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import iris
from kg.errors import LoadError
from kg.loaders.base import Options
from kg.records import Concept, ConceptScheme, Record
from kg.tables.bulk import Shape
from kg.tables.compile import Columns, iri_of
from kg.tables.loader import Context, TableLoader
from kg.tables.reading import Contract

__all__ = ["LOADERS"]

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

    def shapes(self, given: Context) -> Sequence[Shape]:
        """Roll calls, their issues, and votes."""
        calls, votes, issues = given.tables["calls"], given.tables["votes"], given.tables["issues"]
        options = votes.filter(votes.vote.isin(["yes", "no", "abstain", "absent"]))
        given.problem(votes.filter(~votes.vote.isin(["yes", "no", "abstain", "absent"])), "an unknown vote", "vote")
        dated = options.inner_join(calls.select("rcid", "date"), "rcid")
        given.problem(options.anti_join(calls, "rcid"), "a vote in a roll call that is not listed", "rcid")
        known = given.party(dated, "country_code", "iso2", "by_code", day="date")
        known = _by_name(known, given.names)
        who = known.mutate(voter=known.by_code.coalesce(known.by_name))
        given.problem(who.filter(who.voter.isnull()), "an unknown state", "country")
        voted = who.filter(who.voter.notnull())
        return [
            Shape(calls, [_roll_call(given, calls)]),
            Shape(issues, [_topic(given, issues)]),
            Shape(voted, [_vote(given, voted)]),
        ]

    def records(self, options: Options) -> Iterable[Record]:
        """The publisher, and the issues as a scheme of concepts."""
        yield from super().records(options)
        scheme = iris.concept("scheme", "un-issue")
        yield ConceptScheme(iri=scheme, name="Issues of UN roll calls")  # type: ignore[arg-type]
        for code, label in _ISSUES.items():
            yield Concept(iri=iris.concept("un-issue", code), name=label, notation=[code], in_scheme=[scheme])  # type: ignore[arg-type]


def _find(folder: Path, role: str) -> Path | None:
    return next((folder / name for name in _FILES[role][0] if (folder / name).is_file()), None)


def _by_name(table: Any, names: Any) -> Any:
    """The table with `by_name`: who the column `country` names on the day `date`, where that is one."""
    folded = table.select("country", "date").distinct()
    folded = folded.mutate(folded_name=folded.country.lower())
    joined = folded.inner_join(names, folded.folded_name == names.name)
    joined = joined.filter(
        ((joined["first"] == "") | (joined["first"] <= joined["date"]))
        & ((joined["last"] == "") | (joined["date"] <= joined["last"]))
    )
    best = joined.group_by(["country", "date"]).aggregate(by_name=joined.iri.min(), count=joined.iri.nunique())
    best = best.filter(best["count"] == 1).select("country", "date", "by_name")
    return table.left_join(best, ["country", "date"]).select(*table.columns, "by_name")


def _roll_call(given: Context, calls: Any) -> Columns:
    return Columns(
        "RollCall",
        iri_of(f"roll-call/{given.key}.", calls.rcid),
        {
            "held_in": iri_of("forum/UN"),
            "when": calls.date,
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
