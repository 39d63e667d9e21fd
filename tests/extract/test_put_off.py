"""Encounters that were put off, called off, only possible, or told of the past in passing."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}


def read(text: str) -> dict[str, Any]:
    return extract(text, META).to_json()


def met(text: str) -> list[tuple[str, str, str | None]]:
    return [(m["kind"], m["status"], m["date"]) for m in read(text)["meetings"]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norwegian Foreign Minister Lars Berg was to visit Lima in May, but that visit was postponed.", "postponed"),
        ("Norwegian Foreign Minister Lars Berg has put off a visit to Peru that was due to begin today.", "postponed"),
        ("A visit to Lima by Norwegian Foreign Minister Lars Berg, planned for May, was called off.", "cancelled"),
        (
            "A meeting of Norwegian Foreign Minister Lars Berg with Peruvian Foreign Minister Rosa Quispe, planned for "
            "Friday, has been cancelled.",
            "cancelled",
        ),
        (
            "Norwegian Foreign Minister Lars Berg was due to see his Peruvian counterpart, Rosa Quispe. "
            "The meeting was cancelled.",
            "cancelled",
        ),
    ],
)
def test_it_did_not_take_place(text: str, wanted: str) -> None:
    assert [status for _, status, _ in met(text)] == [wanted]


def test_what_was_cancelled_is_not_the_meeting_that_took_place() -> None:
    text = (
        "A meeting of Norwegian Foreign Minister Lars Berg with Peruvian Foreign Minister Rosa Quispe was cancelled. "
        "Berg met Quispe on Monday."
    )
    assert sorted(status for _, status, _ in met(text)) == ["cancelled", "held"]


def test_a_cancelled_visit_elsewhere_leaves_the_other_planned() -> None:
    text = (
        "Norwegian Foreign Minister Lars Berg will visit Lima in October. "
        "His visit to Quito, scheduled for 3 September, was cancelled."
    )
    assert {m["country"]: m["status"] for m in read(text)["meetings"]} == {"PER": "planned", "ECU": "cancelled"}


def test_a_trip_that_was_put_off_gets_a_new_time() -> None:
    text = (
        "Norwegian Foreign Minister Lars Berg has postponed a visit to Peru. "
        "The trip will now take place in November, the ministry said."
    )
    assert [(s, d) for _, s, d in met(text)] == [("postponed", None), ("planned", "2025-11")]


def test_what_may_be_is_a_candidate() -> None:
    found = read("Norwegian Foreign Minister Lars Berg may visit Lima next year.")
    assert (found["meetings"], [c["what"] for c in found["candidates"]]) == ([], ["meeting"])


def test_a_call_told_in_a_sentence_that_looks_ahead_is_past() -> None:
    text = (
        "Norwegian Foreign Minister Lars Berg said he had spoken by telephone with the Foreign Minister of Peru, Rosa "
        "Quispe, on 30 August, and that Norway would host the next round."
    )
    assert met(text) == [("call", "held", "2025-08-30")]


def test_a_clause_about_somebody_gives_no_place() -> None:
    text = (
        "Norwegian Foreign Minister Lars Berg, who had been in Quito, met Peruvian Foreign Minister Rosa Quispe in "
        "Lima on Monday."
    )
    assert [m["place"] for m in read(text)["meetings"]] == ["Lima"]


def test_the_two_last_met() -> None:
    text = (
        "Norwegian Foreign Minister Lars Berg will travel to Lima to meet his Peruvian counterpart, Rosa Quispe. "
        "The two last met in Quito in March."
    )
    assert ("meeting", "held", "2025-03") in met(text)


@pytest.mark.parametrize(
    ("answer", "count"),
    [("The invitation was accepted.", 1), ("Berg accepted the invitation.", 1), ("Berg did not answer.", 0)],
)
def test_an_accepted_invitation_is_a_planned_visit(answer: str, count: int) -> None:
    text = (
        "Peruvian Foreign Minister Rosa Quispe invited Norwegian Foreign Minister Lars Berg to visit Lima in October. "
        + answer
    )
    assert met(text) == [("visit", "planned", "2025-10")] * count


def test_a_day_told_after_this_week_is_the_day() -> None:
    text = (
        "Norwegian Foreign Minister Lars Berg will travel to Lima later this week, where he will meet Peruvian "
        "Foreign Minister Rosa Quispe on Saturday."
    )
    assert met(text) == [("visit", "planned", "2025-09-06")]


def test_who_is_happy_to_receive_somebody_does_so() -> None:
    text = (
        "PRESIDENT QUISPE: I am happy today to receive Prime Minister Lars Berg of Norway in Lima.\n\nBERG: I am glad."
    )
    found = extract(text, {"published": "2025-09-02", "publisher": "PER", "title": "Remarks by President Rosa Quispe"})
    assert [m.status for m in found.meetings] == ["held"]
