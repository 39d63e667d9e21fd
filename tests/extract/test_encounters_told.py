"""Encounters as readouts and wire news tell them: by whom, when and where, and which words do not date them."""

from typing import Any

import pytest

from kg.extract import pipeline

NEWS = {"published": "2024-03-05", "publisher": "Daily Ledger", "title": "Norway and Peru"}


def met(text: str, **meta: str) -> list[dict[str, Any]]:
    return pipeline.extract(text, {**NEWS, **meta}).to_json()["meetings"]


def only(text: str, **meta: str) -> dict[str, Any]:
    found = met(text, **meta)
    assert len(found) == 1, found
    return found[0]


PAIR = "Norwegian minister Lars Berg and Peruvian minister Rosa Quispe "


def test_a_time_in_a_quotation_does_not_date_the_talks() -> None:
    text = (
        '"We want a cod deal by the end of the year," Norwegian minister Lars Berg said after talks with '
        "Peruvian minister Rosa Quispe in Lima."
    )
    found = only(text)
    assert (found["date"], found["status"], found["place"]) == (None, "held", "Lima")
    assert found["participants"] == ["Lars Berg", "Rosa Quispe"]


def test_the_day_of_saying_is_not_that_of_the_meeting() -> None:
    found = only("On Monday, Norwegian minister Lars Berg said he would meet Peruvian minister Rosa Quispe in Lima.")
    assert (found["date"], found["status"]) == (None, "planned")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (PAIR + "met on Friday in Lima to weigh a plan for the ports.", "2024-03-01"),
        (PAIR + "agreed to meet again in May.", "2024-05"),
        (PAIR + "will meet in the new year.", "2025"),
        (PAIR + "held their first meeting since the cod war on Monday.", "2024-03-04"),
    ],
)
def test_when(text: str, date: str) -> None:
    assert only(text)["date"] == date


def test_a_stay_that_has_begun_is_of_this_year() -> None:
    found = only("Norwegian Prime Minister Kari Lund will visit Peru from March 4 to 8.")
    assert found["date"] == "2024-03-04/2024-03-08"


@pytest.mark.parametrize(
    ("text", "states", "people"),
    [
        (
            "Norwegian minister Lars Berg was received by Peruvian minister Rosa Quispe in Lima.",
            ["NOR", "PER"],
            ["Lars Berg", "Rosa Quispe"],
        ),
        ("Norwegian Prime Minister Kari Lund is expected in Lima next month.", ["NOR", "PER"], ["Kari Lund"]),
        (
            "Norwegian Prime Minister Kari Lund accepted an invitation to visit Lima in May.",
            ["NOR", "PER"],
            ["Kari Lund"],
        ),
        (
            "Norwegian minister Lars Berg, who is on a two-day visit to Peru, praised the ports.",
            ["NOR", "PER"],
            ["Lars Berg"],
        ),
        (
            "The news followed a visit by Norwegian minister Lars Berg to the Peruvian capital on Friday.",
            ["NOR", "PER"],
            ["Lars Berg"],
        ),
        (
            "The Foreign Ministers of Norway and Peru, Lars Berg and Rosa Quispe, met on Friday in Lima.",
            ["NOR", "PER"],
            ["Lars Berg", "Rosa Quispe"],
        ),
        (
            "Norwegian minister Lars Berg signed a five-year pact with Peru's trade minister, Rosa Quispe.",
            ["NOR", "PER"],
            ["Lars Berg", "Rosa Quispe"],
        ),
    ],
)  # fmt: skip
def test_who_meets(text: str, states: list[str], people: list[str]) -> None:
    found = only(text)
    assert (found["states"], found["participants"]) == (states, people)


def test_who_is_due_somewhere_visits() -> None:
    found = only("Norwegian Prime Minister Kari Lund is due in Lima on Wednesday.")
    assert (found["states"], found["status"], found["date"]) == (["NOR", "PER"], "planned", "2024-03-06")


def test_an_invitation_alone_is_no_visit() -> None:
    assert met("Norwegian Prime Minister Kari Lund invited Peruvian President Ana Rios to visit Oslo.") == []


def test_a_hoped_for_visit_is_none() -> None:
    text = (
        "President of Peru Ana Rios: We hope that you will visit Lima again.\n\n"
        "President Rios: Prime Minister Kari Lund of Norway is our friend."
    )
    assert met(text, publisher="PER", title="Remarks with Prime Minister Kari Lund of Norway") == []


def test_at_the_request_of_a_capital_is_no_place() -> None:
    found = only("A meeting between Norwegian and Peruvian diplomats in Geneva was cancelled at Lima's request.")
    assert (found["place"], found["status"]) == ("Geneva", "cancelled")


def test_his_visit_is_that_of_the_one_who_tells() -> None:
    text = (
        "Norwegian Prime Minister Kari Lund met President Ana Rios of Peru. "
        "Lund briefed President Rios on her visit to Chile."
    )
    assert ["CHL", "NOR"] in [m["states"] for m in met(text)]


def test_a_welcome_during_a_meeting_is_the_same_encounter() -> None:
    text = (
        "Peruvian President Ana Rios and Norwegian Prime Minister Kari Lund today held talks in Lima. "
        "During the meeting, President Rios welcomed the Prime Minister and her delegation."
    )
    assert only(text)["date"] == "2024-03-05"


def test_leaders_who_convened_have_met() -> None:
    text = "We, the leaders of Norway, Peru and Chile, convened in Lima today. We share a coast."
    found = only(text, publisher="PER", title="Joint statement of Norway, Peru and Chile")
    assert (found["states"], found["place"]) == (["CHL", "NOR", "PER"], "Lima")


@pytest.mark.parametrize(
    "text",
    [
        "The Foreign Minister of Peru, Rosa Quispe, received today at the palace the Minister of Norway, Lars Berg.",
        "Peruvian minister Rosa Quispe co-chaired the Forum with Norwegian minister Lars Berg in Lima today.",
    ],
)
def test_who_received_or_chaired(text: str) -> None:
    found = only(text)
    assert (found["participants"], found["date"]) == (["Lars Berg", "Rosa Quispe"], "2024-03-05")


TALK = {
    "publisher": "PER",
    "title": "Joint press conference of President Ana Rios with Prime Minister Kari Lund of Norway",
}


@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("We signed an agreement yesterday with Chile.", ["CHL", "PER"]),
        ("We are negotiating with Japan and Chile.", None),
        ("I look forward to the next meeting of the Commonwealth in November.", None),
        ("It would be an honour if the Prime Minister came to Cusco.", None),
    ],
)
def test_what_is_told_beside_the_talks(words: str, states: list[str] | None) -> None:
    text = f"PRESIDENT RIOS: Prime Minister Lund is a friend. {words}\n\nPRIME MINISTER LUND: Peru is lovely."
    found = [m["states"] for m in met(text, **TALK) if not m["rule"].startswith("title")]
    assert found == ([states] if states else [])


@pytest.mark.parametrize(
    "words",
    [
        "Every time I have met with Norwegian leaders we spoke of cod.",
        "The International Whaling Commission is meeting in London.",
        "I will give the answer that I have received from the Prime Minister on this.",
        "We'll come to you in a minute.",
    ],
)
def test_words_that_tell_of_no_meeting(words: str) -> None:
    assert met(f"PRESIDENT RIOS: Norway is a friend. {words}\n\nPRIME MINISTER LUND: Peru is lovely.", **TALK) == []


def test_a_visit_that_is_discussed_as_upcoming_is_planned() -> None:
    text = (
        "Peruvian minister Rosa Quispe spoke today with Norwegian minister Lars Berg to discuss President Rios's "
        "upcoming visit to Norway. They also spoke of the security of President Rios's visit to Norway."
    )
    found = [m["status"] for m in met(text, publisher="PER", title="Call with Norway") if m["kind"] == "visit"]
    assert found == ["planned"]


@pytest.mark.parametrize(
    "words",
    [
        "I look forward to the next meeting of the Pacific Islands Forum in Auckland.",
        "We value the strategic dialogue of Peru and Norway.",
    ],
)
def test_forums_and_mechanisms_are_no_meetings_of_the_two(words: str) -> None:
    assert met(f"PRESIDENT RIOS: Norway is a friend. {words}\n\nPRIME MINISTER LUND: Peru is lovely.", **TALK) == []


def test_a_visit_is_no_call() -> None:
    text = "PRESIDENT RIOS: Prime Minister Lund rang me in May. It is her first visit to Peru.\n\nMS LUND: Yes."
    assert {m["kind"] for m in met(text, **TALK)} == {"call", "visit"}
