"""Whoever is in somebody's company and bears an office without a state acts for the state of that somebody."""

import pytest

from kg.extract.pipeline import extract

META = {"published": "2032-05-14", "publisher": "Harbour Gazette"}
MET = "Kenyan President Grace Wanjiru received Norwegian Prime Minister Lars Berg in Nairobi on 11 May 2032. "
DATELINES = ["", "NAIROBI, 12 May 2032 - ", "NAIROBI, May 12 (Xinhua) -- ", "NAIROBI (Reuters) - "]


def party(text: str, name: str = "Ola Dahl", meta: dict[str, str] = META) -> str | None:
    """For whom somebody acts at the meeting that a text tells; None where nobody of that name is there."""
    met = extract(text, meta).to_json()["meetings"]
    return next((r.get("party") or "" for m in met for r in m["roles"] if r["name"] == name), None)


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize(
    "told",
    [
        "Berg was accompanied by Trade Minister Ola Dahl.",
        "The Norwegian Prime Minister was accompanied by Trade Minister Ola Dahl.",
        "The Norwegian leader was flanked by Trade Minister Ola Dahl.",
        "Trade Minister Ola Dahl accompanied Berg.",
        "Accompanying Berg was Trade Minister Ola Dahl.",
        "Berg's delegation included Trade Minister Ola Dahl.",
        "The Norwegian delegation included Trade Minister Ola Dahl.",
    ],
)
def test_a_companion_of_the_guest_is_the_guests_whatever_the_dateline(dateline: str, told: str) -> None:
    assert party(dateline + MET + told) == "NOR"


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_companion_of_the_host_is_the_hosts(dateline: str) -> None:
    assert party(dateline + MET + "Wanjiru was accompanied by Trade Minister Peter Kamau.", "Peter Kamau") == "KEN"


def test_all_who_are_listed_have_the_state_of_the_one_they_accompany() -> None:
    text = (
        MET + "Berg was accompanied by Trade Minister Ola Dahl, Defence Minister Nils Vik and Sports Minister Siri Moe."
    )
    assert {party(text, name) for name in ("Ola Dahl", "Nils Vik", "Siri Moe")} == {"NOR"}


def test_a_companion_told_with_a_state_keeps_it() -> None:
    assert party(MET + "Berg was accompanied by Kenyan Trade Minister Peter Kamau.", "Peter Kamau") == "KEN"


def test_within_one_sentence() -> None:
    text = (
        "NAIROBI, 12 May 2032 - Kenyan President Grace Wanjiru received Norwegian Prime Minister Lars Berg, who was "
        "accompanied by Trade Minister Ola Dahl, on 11 May 2032."
    )
    assert party(text) == "NOR"


def test_who_travels_with_a_guest_is_not_of_the_state_visited() -> None:
    text = (
        "Kenyan President Grace Wanjiru, accompanied by Foreign Minister Peter Kamau, arrived in Hanoi on 4 May 2032 "
        "for a state visit. President Luong Cuong gave a dinner for her."
    )
    assert party(text, "Peter Kamau", {"published": "2025-10-06"}) == "KEN"


def test_a_pronoun_means_the_subject_where_nobody_else_stands_beside_it() -> None:
    text = (
        "Norwegian Prime Minister Lars Berg visited Kenya from 10 to 12 May 2032, where he met President Grace Wanjiru "
        "on 11 May. He was accompanied by Trade Minister Ola Dahl."
    )
    assert party(text) == "NOR"


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize(
    "told",
    [
        "He was accompanied by Trade Minister Ola Dahl.",
        "With him was Trade Minister Ola Dahl.",
        "His delegation included Trade Minister Ola Dahl.",
    ],
)
def test_no_state_where_a_pronoun_may_mean_either(dateline: str, told: str) -> None:
    assert party(dateline + MET + told) in {None, ""}
