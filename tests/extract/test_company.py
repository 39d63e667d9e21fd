"""Those whom a text names beside the ones who met are participants of the meeting at hand."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}
LEAD = "A day of fish\n\nNorwegian Prime Minister Lars Berg and Peruvian President Rosa Quispe met in Lima on Monday. "
TWO = {"Lars Berg", "Rosa Quispe"}


def meetings(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = extract(text, META).to_json()["meetings"]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "They were joined by Norwegian Trade Minister Ola Dahl.",
        "Berg was accompanied by Trade Minister Ola Dahl.",
        "Berg was flanked by his trade minister, Ola Dahl.",
        "Norwegian Trade Minister Ola Dahl was also present.",
        "Also present was Norwegian Trade Minister Ola Dahl.",
        "Norwegian Trade Minister Ola Dahl also attended.",
        "Norwegian Trade Minister Ola Dahl attended the talks.",
        "Also attending was Norwegian Trade Minister Ola Dahl.",
        "Norwegian Trade Minister Ola Dahl took part in the meeting.",
        "Norwegian Trade Minister Ola Dahl participated in the talks.",
        "Norwegian Trade Minister Ola Dahl sat in on the talks.",
        "Norwegian Trade Minister Ola Dahl sat in.",
        "Norwegian Trade Minister Ola Dahl joined them.",
        "Norwegian Trade Minister Ola Dahl was among those present.",
        "In attendance was Norwegian Trade Minister Ola Dahl.",
        "The talks were attended by Norwegian Trade Minister Ola Dahl.",
        "The Norwegian delegation included Trade Minister Ola Dahl.",
        "The two spoke for an hour, with Norwegian Trade Minister Ola Dahl in attendance.",
        "The mood was good. Norwegian Trade Minister Ola Dahl was there too, and also attended.",
    ],
)
def test_who_else_was_there(text: str) -> None:
    (met,) = meetings(LEAD + text)
    assert set(met["participants"]) == {*TWO, "Ola Dahl"}
    assert (met["kind"], met["states"]) == ("meeting", ["NOR", "PER"])


@pytest.mark.parametrize(
    "text",
    [
        "Present at the meeting were Norwegian Trade Minister Ola Dahl and Peruvian Foreign Minister Elmer Soto.",
        "Also attending were Norwegian Trade Minister Ola Dahl and Peruvian Foreign Minister Elmer Soto.",
        "They were joined by Norwegian Trade Minister Ola Dahl and Peruvian Foreign Minister Elmer Soto.",
        "Berg was accompanied by Trade Minister Ola Dahl. Peruvian Foreign Minister Elmer Soto also took part.",
    ],
)
def test_several_who_were_there(text: str) -> None:
    (met,) = meetings(LEAD + text)
    assert set(met["participants"]) == {*TWO, "Ola Dahl", "Elmer Soto"}


@pytest.mark.parametrize(
    "text",
    [
        "{berg} met {quispe}, with Norwegian Minister Ola Dahl in attendance.",
        "{berg}, accompanied by Trade Minister Ola Dahl, met {quispe}.",
        "Joined by Norwegian Minister Ola Dahl, {berg} met {quispe}.",
        "{berg} met {quispe} in the presence of Minister Ola Dahl of Norway.",
    ],
)
def test_in_the_sentence_of_the_meeting(text: str) -> None:
    named = text.format(berg="Norwegian Prime Minister Lars Berg", quispe="Peruvian President Rosa Quispe")
    (met,) = meetings(named)
    assert set(met["participants"]) == {*TWO, "Ola Dahl"}


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Trade Minister Ola Dahl did not attend.",
        "Norwegian Trade Minister Ola Dahl was not present.",
        "Norwegian Trade Minister Ola Dahl attended the G20 summit in June.",
        "Norwegian Trade Minister Ola Dahl attended a concert.",
        "Norwegian Trade Minister Ola Dahl may take part.",
    ],
)
def test_who_was_not_there(text: str) -> None:
    (met,) = meetings(LEAD + text)
    assert set(met["participants"]) == TWO


@pytest.mark.parametrize(
    "text",
    [
        LEAD + "They were joined by Chilean President Tomas Vera.",
        "A day of fish\n\nNorwegian Prime Minister Lars Berg and Peruvian President Rosa Quispe were joined by Chilean "
        "President Tomas Vera at their meeting in Lima on Monday.",
    ],
)
def test_a_guest_of_a_third_state_makes_it_a_party(text: str) -> None:
    (met,) = meetings(text)
    assert (met["states"], set(met["participants"])) == (["CHL", "NOR", "PER"], {*TWO, "Tomas Vera"})
