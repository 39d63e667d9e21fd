"""One encounter is told once, and has the day that the text gives it: heading, dateline, forum, signing."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2025-09-03", "publisher": "Harbour Gazette"}
BERG, QUISPE = "Norwegian Prime Minister Lars Berg", "Peruvian President Rosa Quispe"


def meetings(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = extract(text.format(berg=BERG, quispe=QUISPE), META).to_json()["meetings"]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "{berg} visits Peru\n\n{berg} met {quispe} in Lima on Tuesday.",
        "Berg's visit to Peru opens a new chapter\n\n{berg} met {quispe} in Lima on 2 September. They were glad.",
        "A new start: Berg visits Lima\n\nThe two leaders met in Lima on Tuesday. {berg} told {quispe} of it.",
        "A day of fish\n\n{berg} is on a visit to Peru. Berg met {quispe} on Tuesday.",
        "A day of fish\n\n{berg}'s visit to Peru marks a new start. On Tuesday, {quispe} received Berg at the palace.",
        "A day of fish\n\n{berg} visited Peru this week. On Tuesday he met {quispe} in Lima.",
        "A day of fish\n\n{berg} opened a visit to Peru on Tuesday. Berg met {quispe} at the palace.",
    ],
)
def test_the_visit_of_the_heading_is_the_meeting_of_the_text(text: str) -> None:
    (met,) = meetings(text)
    assert (met["kind"], met["status"], met["date"], met["country"]) == ("meeting", "held", "2025-09-02", "PER")
    assert set(met["participants"]) == {"Lars Berg", "Rosa Quispe"}


@pytest.mark.parametrize(
    "text",
    [
        "A day of fish\n\n{berg} will visit Peru from 8 to 10 September. Berg met {quispe} in Oslo on Tuesday.",
        "{berg} visits Peru\n\nBerg is glad to go. {berg} last met {quispe} in Lima in May 2023.",
        "{berg} visits Peru\n\n{berg} met {quispe} in Oslo on Tuesday.",
    ],
)
def test_a_visit_and_a_meeting_elsewhere_or_at_another_time_are_two(text: str) -> None:
    assert len(meetings(text)) == 2


def test_a_visit_and_what_was_before_it_are_two() -> None:
    found = meetings("A day of fish\n\n{berg} opened a visit to Peru on Tuesday. Berg last met {quispe} in Oslo.")
    assert [(m["kind"], m["date"]) for m in found] == [("visit", "2025-09-02"), ("meeting", None)]


def test_what_was_told_on_a_day_may_be_of_a_later_one() -> None:
    (met,) = meetings("A day of fish\n\n{quispe} told {berg} in a meeting on Tuesday that Peru would buy more fish.")
    assert (met["status"], met["date"]) == ("held", "2025-09-02")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("{berg} met {quispe} on the sidelines of the G20 summit today.", "2025-09-03"),
        ("{berg} met {quispe} on the sidelines of the APEC Economic Leaders' Meeting on Tuesday.", "2025-09-02"),
        (
            "In a meeting on the sidelines of the G20 on Tuesday, {berg} told {quispe} that fees were high.",
            "2025-09-02",
        ),
        ("{berg} told {quispe} in a meeting on the sidelines of the G20 on Tuesday that fees rose.", "2025-09-02"),
        ("{berg} spoke with {quispe} on the sidelines of the G20 on Tuesday.", "2025-09-02"),
        ("LIMA, Sept. 2 (Agency) - {berg} met {quispe} on the sidelines of the G20 summit.", "2025-09-02"),
        ("LIMA, September 2, 2025 - {berg} and {quispe} held talks on the sidelines of the G20.", "2025-09-02"),
        ("Lima, 2 September 2025\n\n{berg} met {quispe} on the margins of the G20.", "2025-09-02"),
    ],
)
def test_the_day_of_a_meeting_on_the_sidelines(text: str, day: str) -> None:
    (met,) = meetings("A day of fish\n\n" + text)
    assert (met["kind"], met["date"]) == ("meeting", day)
    assert met["forum"] == "G20" or "APEC" in text


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, Aug. 2 (Agency) - {berg} met {quispe} on the sidelines of the G20 summit.",  # long before
        "LIMA, Sept. 2 (Agency) - Fish is dear. {berg} met {quispe} on the sidelines of a summit.",  # not the lead
    ],
)
def test_a_dateline_gives_its_day_to_the_lead_alone(text: str) -> None:
    assert [m["date"] for m in meetings("A day of fish\n\n" + text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "{berg} met {quispe} in Lima on Tuesday. The two signed a fisheries agreement.",
        "{berg} met {quispe} in Lima on Tuesday. After the talks, they oversaw the signing of a fisheries agreement.",
        "{berg} met {quispe} in Lima on Tuesday. A fisheries agreement was signed by Norway and Peru.",
        "A fisheries agreement was signed in Lima on Tuesday by Norway and Peru.",
        "LIMA, Sept. 2 (Agency) - Norway and Peru signed a fisheries agreement.",
        "{berg} met {quispe} on Tuesday. Fish is dear. It is rare. Fish is good. They signed a fisheries agreement.",
        "Norway and Peru signed a fisheries agreement. The agreement was signed on Tuesday in Lima.",
    ],
)
def test_the_day_of_a_signing(text: str) -> None:
    signed = [m for m in meetings("A day of fish\n\n" + text) if m["kind"] == "signing"]
    assert [(m["states"], m["date"]) for m in signed] == [(["NOR", "PER"], "2025-09-02")]


@pytest.mark.parametrize(
    "text",
    [
        "{berg} met {quispe} in Lima on Tuesday. The two had signed a fisheries agreement.",
        "{berg} met {quispe} in Lima on Tuesday. They welcomed the signing of a fisheries agreement.",
    ],
)
def test_what_was_signed_before_has_not_the_day_of_the_talks(text: str) -> None:
    signed = [m for m in meetings("A day of fish\n\n" + text) if m["kind"] == "signing"]
    assert [m["date"] for m in signed] in ([None], [])
