"""Meetings, calls, visits and signings: who, when, where, whether, and which words tell of one."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2024-03-06", "publisher": "Daily"}  # a Wednesday


def meetings(text: str, **meta: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = extract(text, META | meta).to_json()["meetings"]
    return found


@pytest.mark.parametrize(
    ("text", "kind", "status", "states", "people", "date", "place", "country"),
    [
        (
            "Norwegian Prime Minister Kari Lund met Chilean President Pedro Soto in Santiago on Monday.",
            "meeting", "held", ["CHL", "NOR"], {"Kari Lund", "Pedro Soto"}, "2024-03-04", "Santiago", "CHL",
        ),
        (
            "Prime Minister Kari Lund of Norway spoke by phone today with President Pedro Soto of Chile.",
            "call", "held", ["CHL", "NOR"], {"Kari Lund", "Pedro Soto"}, "2024-03-06", None, None,
        ),
        (
            "Chilean President Pedro Soto will visit Norway from 12 to 14 March.",
            "visit", "planned", ["CHL", "NOR"], {"Pedro Soto"}, "2024-03-12/2024-03-14", None, "NOR",
        ),
        (
            "Talks between Chile and Norway planned for April were postponed.",
            "meeting", "postponed", ["CHL", "NOR"], set(), "2024-04", None, None,
        ),
        (
            "Chile and Norway signed a fisheries agreement in Oslo on 1 March 2024.",
            "signing", "held", ["CHL", "NOR"], set(), "2024-03-01", "Oslo", "NOR",
        ),
        (
            "Chilean President Pedro Soto and Norwegian Premier Kari Lund held talks in Tokyo, Japan, yesterday.",
            "meeting", "held", ["CHL", "NOR"], {"Kari Lund", "Pedro Soto"}, "2024-03-05", "Tokyo", "JPN",
        ),
    ],
)  # fmt: skip
def test_one_encounter(
    text: str,
    kind: str,
    status: str,
    states: list[str],
    people: set[str],
    date: str,
    place: str | None,
    country: str | None,
) -> None:
    found = meetings(text)
    assert len(found) == 1
    m = found[0]
    assert (m["kind"], m["status"], m["states"], m["date"]) == (kind, status, states, date)
    assert set(m["participants"]) == people
    assert (m["place"], m["country"]) == (place, country)


def test_the_state_where_they_meet_is_no_party() -> None:
    found = meetings("The leaders of Chile and Norway met in Busan, the Republic of Korea, last October.")
    assert [(m["states"], m["country"], m["date"]) for m in found] == [(["CHL", "NOR"], "KOR", "2023-10")]


def test_the_margins_of_a_forum_are_told() -> None:
    found = meetings("Chilean President Pedro Soto met Norwegian Prime Minister Kari Lund on the margins of the G20.")
    assert [(m["forum"], m["states"]) for m in found] == [("G20", ["CHL", "NOR"])]


def test_a_headline_and_its_report_are_one_meeting() -> None:
    text = (
        "Norwegian Prime Minister Lund meets Chilean President Soto\n\n"
        "Norwegian Prime Minister Kari Lund met with Chilean President Pedro Soto in Oslo on Monday. "
        "During the meeting they discussed trade."
    )
    assert [m["date"] for m in meetings(text)] == ["2024-03-04"]


def test_a_visit_and_a_meeting_of_its_own_day_are_two() -> None:
    text = "I will travel to Chile next month. I look forward to meeting President Soto in Santiago on 9 April."
    found = meetings(text, publisher="NOR", head_of_government="Lund, Kari", title="Visit to Chile")
    assert [(m["kind"], m["date"]) for m in found] == [("visit", "2024-04"), ("meeting", "2024-04-09")]


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Prime Minister Kari Lund met with Norwegian business leaders on Monday.",
        "The leaders of Chile and Norway will meet annually.",
        "Norway met its targets in Chile.",
        "Chile has not met Norway on this point.",
        "Regular exchanges between Chile and Norway help trade.",
    ],
)
def test_what_is_no_encounter_of_two_parties(text: str) -> None:
    assert meetings(text) == []


def test_each_span_is_the_words_that_report_it() -> None:
    text = "Chile waited. Norwegian Prime Minister Kari Lund met Chilean President Pedro Soto in Oslo."
    start, end = meetings(text)[0]["span"]
    assert text[start:end].startswith("Norwegian Prime Minister Kari Lund met")
