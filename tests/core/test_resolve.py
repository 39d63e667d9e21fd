"""Accounts of one meeting meet, others do not, in whatever order they come."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iris
from kg.edtf import Edtf
from kg.errors import ProjectError
from kg.project import Project
from kg.resolve import Account, Judgements, doubts, group
from tests.core.conftest import account

CAN, CHN, KOR = iris.party("CAN"), iris.party("CHN"), iris.party("KOR")
XI, LI = iris.person("Xi Jinping", "CHN"), iris.person("Li Qiang", "CHN")
CARNEY = iris.person("Mark Carney", "CAN")


def told(source: str, when: str | None, number: int = 0, **about: object) -> Account:
    return Account(
        iri=f"{iris.BASE}account/{source}.{number}",
        source=source,
        parties=frozenset({CAN, CHN}),
        when=Edtf.parse(when) if when else None,
        **about,  # type: ignore[arg-type]
    )


def groups(*accounts: Account, judgements: Judgements | None = None) -> list[list[str]]:
    return [[a.source for a in g] for g in group(accounts, judgements)]


def test_a_month_and_a_day_in_it_meet() -> None:
    assert groups(told("a", "2025-10"), told("b", "2025-10-31")) == [["a", "b"]]


def test_two_meetings_on_one_day_do_not_merge() -> None:
    with_xi = frozenset({(CHN, XI), (CAN, CARNEY)})
    with_li = frozenset({(CHN, LI), (CAN, CARNEY)})
    first = [told("a", "2026-01-15", 0, persons=with_xi), told("a", "2026-01-15", 1, persons=with_li)]
    second = [told("b", "2026-01-15", 0, persons=with_li), told("b", "2026-01-15", 1, persons=with_xi)]
    found = group([*first, *second])
    assert [{a.persons for a in g} for g in found] == [{with_xi}, {with_li}]
    assert all(len(g) == 2 for g in found)


def test_one_source_tells_two_meetings_apart() -> None:
    assert groups(told("a", "2026-01-15", 0), told("a", "2026-01-15", 1)) == [["a"], ["a"]]


@pytest.mark.parametrize(
    "clash",
    [
        {"kind": iris.concept("meeting-kind", "call")},
        {"country": KOR},
        {"places": frozenset({iris.place("Gyeongju", "KOR")})},
        {"forum": iris.forum("APEC")},
        {"persons": frozenset({(CHN, LI)})},
    ],
)
def test_what_clashes_does_not_meet(clash: dict[str, object]) -> None:
    other: dict[str, object] = {
        "kind": iris.concept("meeting-kind", "meeting"),
        "country": CHN,
        "places": frozenset({iris.place("Beijing", "CHN")}),
        "forum": iris.forum("G20"),
        "persons": frozenset({(CHN, XI)}),
    }
    name = next(iter(clash))
    assert len(groups(told("a", "2026-01-16", **{name: other[name]}), told("b", "2026-01-16", **clash))) == 2


def test_a_visit_of_one_day_is_the_meeting_on_that_day() -> None:
    visit, meeting = (iris.concept("meeting-kind", kind) for kind in ("visit", "meeting"))
    assert len(groups(told("a", "2030-05-01", kind=visit), told("b", "2030-05-01", kind=meeting))) == 1
    assert len(groups(told("a", "2030-05-01/2030-05-03", kind=visit), told("b", "2030-05-01", kind=meeting))) == 2


def test_a_palace_does_not_clash_with_its_city(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", takes_place_at=[iris.place("Palace of Nine Dragons", "CHN")]))
    load("b", *account("b", takes_place_at=[iris.place("Beijing", "CHN")]))
    with project.reading() as graph:
        rows = graph.query("SELECT ?p WHERE { GRAPH graph:derived { ?m a kg:Meeting ; kg:takesPlaceAt ?p } }")
        meetings = graph.query("SELECT ?m WHERE { GRAPH graph:derived { ?m a kg:Meeting } }")
    assert (len(meetings), len(rows)) == (1, 2)
    load("b", *account("b", takes_place_at=[iris.place("Shanghai", "CHN")]))
    load("c", *account("c", takes_place_at=[iris.place("Beijing", "CHN")]))
    with project.reading() as graph:
        meetings = graph.query("SELECT ?m WHERE { GRAPH graph:derived { ?m a kg:Meeting } }")
    assert len(meetings) == 3, "a palace that fits two cities is for a person to place"


@pytest.mark.parametrize(
    ("when", "place", "forum"),
    [
        ("2025-10", "Gyeongju", "APEC"),
        ("2025-10-31", "Gyeongju", "APEC"),
        ("2025-09", "Gyeongju", None),
        ("2025", "Gyeongju", None),
        (None, "Gyeongju", None),
        ("2025-10-31", "Seoul", None),
    ],
)
def test_a_meeting_at_the_place_and_time_of_a_summit_is_on_its_margins(
    when: str | None, place: str, forum: str | None, project: Project, load: Callable[..., None]
) -> None:
    load("a", *account("a", when=when, takes_place_at=[iris.place(place, "KOR")]))
    with project.reading() as graph:
        rows = graph.query("SELECT ?f ?why WHERE { GRAPH graph:derived { ?m kg:onMarginsOf ?f ; kg:rule ?why } }")
    assert [iris.code_of(r["f"].value) for r in rows if r["f"]] == ([forum] if forum else [])  # type: ignore[union-attr]


def test_a_hall_lies_in_its_city(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a", takes_place_at=[iris.place("Great Hall of the People", "CHN")]))
    load("b", *account("b", takes_place_at=[iris.place("Beijing", "CHN")]))
    load("c", *account("c", takes_place_at=[iris.place("Shanghai", "CHN")]))
    with project.reading() as graph:
        rows = graph.query("SELECT ?m (COUNT(?a) AS ?n) WHERE { ?m a kg:Meeting ; kg:account ?a } GROUP BY ?m")
    assert sorted(r["n"].value for r in rows if r["n"]) == ["1", "2"]  # type: ignore[union-attr]


def test_of_two_matches_just_as_good_none_is_taken_and_a_person_is_asked() -> None:
    vague, one, other = told("a", "2025-10"), told("b", "2025-10-05", 0), told("b", "2025-10-31", 1)
    assert groups(vague, one, other) == [["a"], ["b"], ["b"]]
    asked = doubts([vague, one, other])
    assert {(a.iri, b.iri) for a, b, _ in asked} == {(vague.iri, one.iri), (vague.iri, other.iri)}
    judged = Judgements(same=frozenset({frozenset({vague.iri, other.iri})}))
    assert groups(vague, one, other, judgements=judged) == [["a", "b"], ["b"]]


def test_an_unknown_date_is_for_a_person() -> None:
    assert groups(told("a", None), told("b", "2025-10-31")) == [["a"], ["b"]]
    assert len(doubts([told("a", None), told("b", "2025-10-31")])) == 1


def test_a_judgement_keeps_apart_what_would_meet() -> None:
    one, other = told("a", "2025-10-31"), told("b", "2025-10-31")
    judged = Judgements(different=frozenset({frozenset({one.iri, other.iri})}))
    assert groups(one, other, judgements=judged) == [["a"], ["b"]]
    assert doubts([one, other], judged) == []


ACCOUNTS = st.builds(
    told,
    source=st.sampled_from("abcde"),
    when=st.sampled_from(["2025-10", "2025-10-05", "2025-10-31", "2025", "2025-10-30/2025-11-01", None]),
    number=st.integers(0, 3),
    country=st.sampled_from([None, CHN, KOR]),
    persons=st.sampled_from([frozenset(), frozenset({(CHN, XI)}), frozenset({(CHN, LI)})]),
)


@given(st.lists(ACCOUNTS, max_size=9, unique_by=lambda a: a.iri), st.randoms())
def test_grouping_is_a_function_of_the_set(accounts: list[Account], random: object) -> None:
    first = group(accounts)
    random.shuffle(accounts)  # type: ignore[attr-defined]
    assert group(accounts) == first
    assert sorted(a.iri for g in first for a in g) == sorted(a.iri for a in accounts)
    for together in first:
        assert len({a.source for a in together}) == len(together)


def test_edited_judgements_take_effect_at_the_next_write(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    load("b", *account("b"))
    ids = [iris.owned("account", key, "0-30") for key in "ab"]

    def meetings() -> int:
        with project.reading() as graph:
            return len(graph.query("SELECT ?m WHERE { GRAPH graph:derived { ?m a kg:Meeting } }"))

    assert meetings() == 1
    project.judgements_file.write_text(f"different:\n  - [{ids[0]}, {ids[1]}]\n")
    with project.writing():
        pass
    assert meetings() == 2
    project.judgements_file.unlink()
    with project.writing():
        pass
    assert meetings() == 1


@pytest.mark.parametrize(
    "text",
    [
        *("same: [[a]]", "other: []", "- 1", "same: {", "different: [5]", "same: 5", "same: []\nsame: []"),
        *("same: [[2026-99-99, b]]", "same: [['not an iri >', 'b c']]", "accepted: [no]", "[" * 5000, "same: \x01"),
    ],
    ids=lambda text: text[:20],
)
def test_a_broken_file_of_judgements_is_refused(project: Project, text: str) -> None:
    project.judgements_file.write_text(text)
    with pytest.raises(ProjectError, match=r"judgements\.yaml"), project.writing():
        pass


def test_a_wrong_name_in_the_judgements_is_told_with_its_entry() -> None:
    with pytest.raises(ProjectError, match=r"^j: entry 2 of 'same' names '2026-99-99', which is no IRI"):
        Judgements.parse(b"same:\n- ['https://x/a', 'https://x/b']\n- [2026-99-99, 'https://x/b']\n", "j")


def test_thousands_of_names_of_one_thing_are_no_matter_of_pairs(project: Project) -> None:
    names = [f"https://x/{n:05}" for n in range(4000)]
    project.judgements_file.write_text(f"same:\n- [{', '.join(names)}]\n")
    started = time.process_time()
    with project.writing():
        pass
    assert time.process_time() - started < 20, "a pair of each two would be eight millions"
    judged = Judgements.read(project.judgements_file)
    assert judged.are_same(names[7], names[3999]) and not judged.are_same(names[7], "https://x/other")
    with project.reading() as graph:
        rows = graph.query("SELECT DISTINCT ?b WHERE { GRAPH graph:derived { ?a owl:sameAs ?b } }")
    assert [str(r["b"].value) for r in rows if r["b"]] == [names[0]]  # type: ignore[union-attr]
