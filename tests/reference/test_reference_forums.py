"""Forums of the reference data and who is in them when."""

from collections import defaultdict
from pathlib import Path

import pytest

from kg import iris
from tests.reference.things import holds, members, of_class


def test_the_forums_of_the_gold_files_are_there(shared: Path) -> None:
    ids = {line.split(",")[0] for line in (shared / "gold/forums.csv").read_text().splitlines()[1:]}
    forums = of_class("forums", "Forum")
    assert ids <= {iris.code_of(iri) for iri in forums}
    for iri, thing in forums.items():
        assert thing.values["forumKind"], iri


def test_no_name_means_two_forums() -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for iri, thing in of_class("forums", "Forum").items():
        for name in ("prefLabel", "altLabel", "hiddenLabel", "notation"):
            for value in thing.values[name]:
                bearers[value.casefold()].add(iri)
    assert not {name: who for name, who in bearers.items() if len(who) > 1}


@pytest.mark.parametrize(
    ("forum", "role", "count"),
    [
        *[("UN", "member", 193), ("UN", "observer", 2), ("UNSC", "permanent-member", 5)],
        *[("UNSC", "non-permanent-member", 10), ("G20", "member", 21), ("G7", "member", 7), ("APEC", "economy", 21)],
        *[("ASEAN", "member", 11), ("EAS", "member", 18), ("ARF", "member", 27), ("NATO", "member", 32)],
        *[("EU", "member", 27), ("AU", "member", 55), ("OECD", "member", 38), ("Commonwealth", "member", 56)],
        *[("BRICS", "member", 10), ("SCO", "member", 10), ("WTO", "member", 166), ("IMF", "member", 191)],
        *[("WB", "member", 189), ("PIF", "member", 18), ("IORA", "member", 23), ("Quad", "member", 4)],
        *[("FAO", "member", 195), ("WHO", "member", 194), ("CPTPP", "member", 12), ("RCEP", "member", 15)],
    ],
)
def test_counts_of_members(forum: str, role: str, count: int) -> None:
    assert len(members(forum, role)) == count


def test_g20_is_nineteen_states_and_two_unions() -> None:
    assert {m for m in members("G20") if m in ("EU", "AU")} == {"EU", "AU"}
    assert "AU" not in members("G20", day="2023-01-01")
    assert "ESP" not in members("G20")


def test_members_come_and_go() -> None:
    assert "RUS" in members("G8", day="2010-01-01")
    assert not members("G8", day="2015-01-01")
    assert "GBR" in members("EU", day="2016-06-23")
    assert "GBR" not in members("EU", day="2021-01-01")
    assert {"HKG", "TWN"} <= members("APEC", "economy")
    assert "SUN" in members("UN", day="1980-01-01")
    assert "RUS" not in members("UN", day="1980-01-01")


def test_the_two_sources_agree_on_who_is_in() -> None:
    """Correlates of War ends in 2014; whom it counts then is in our table for the same forums, with few exceptions."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for thing in of_class("memberships-cow-igo", "Membership").values():
        if holds(thing, "2014-07-01"):
            found[iris.code_of(thing.one("memberIn"))].add(iris.code_of(thing.one("member")))
    for forum in ("UN", "NATO", "EU", "OECD", "ASEAN", "IMF", "WB", "FAO"):
        ours = members(forum, day="2014-07-01") | members(forum)
        assert found[forum] - ours <= ({"GBR"} if forum == "EU" else set()), forum
