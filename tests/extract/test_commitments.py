"""Commitments: who undertakes what, how firmly, by when; readiness, hope and praise are none."""

from typing import Any

import pytest

from kg.extract import pipeline

JOINT = {"published": "2012-06-04", "publisher": "NZL", "title": "Joint Statement by New Zealand and Chile"}
HEAD = "Joint Statement by New Zealand and Chile\n\n"


def undertaken(text: str, meta: dict[str, str] = JOINT) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pipeline.extract(text, meta).to_json()["commitments"]
    return found


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The two sides agreed to begin talks on wine labels.", "to begin talks on wine labels"),
        ("The two sides resolved to protect the blue whale.", "to protect the blue whale"),
        ("The two sides committed to lower the cost of visas.", "to lower the cost of visas"),
        (
            "The two sides reaffirmed their commitment to the Antarctic Treaty.",
            "their commitment to the Antarctic Treaty",
        ),
        ("Both countries will share data on earthquakes.", "share data on earthquakes"),
        ("Both countries plan to build a common telescope.", "to build a common telescope"),
        ("We are determined to protect our fisheries.", "to protect our fisheries"),
    ],
)
def test_what_binds(sentence: str, words: str) -> None:
    found = undertaken(HEAD + sentence)
    assert [(c["by"], c["kind"]) for c in found] == [(["CHL", "NZL"], "joint")]
    start, end = found[0]["span"]
    assert (HEAD + sentence)[start:end] == words


@pytest.mark.parametrize(
    "sentence",
    [
        "The two sides are willing to widen their exchanges.",
        "The two sides look forward to the next round.",
        "The two sides agreed on the importance of clean water.",
        "The two sides agreed that the talks were useful.",
        "The two sides expressed interest in a common telescope.",
        "The two sides praised the work of their envoys.",
        "The two sides are confident that both countries will prosper.",
        "Chile hopes that New Zealand will lower its tariffs.",
        "The accord will benefit farmers in both countries.",
    ],
)
def test_what_does_not_bind(sentence: str) -> None:
    assert undertaken(HEAD + sentence) == []


def test_unilateral_and_due() -> None:
    (found,) = undertaken(HEAD + "New Zealand will open an office in Santiago in March 2013.")
    assert (found["by"], found["kind"], found["due"]) == (["NZL"], "unilateral", "2013-03")


def test_what_one_side_says_of_the_other_is_an_expectation() -> None:
    meta = {"published": "2012-06-04", "publisher": "Daily Ledger", "title": "Chile and New Zealand talk"}
    found = undertaken("Chile said that New Zealand will lower its tariffs on wine.", meta)
    assert [(c["by"], c["kind"]) for c in found] == [(["NZL"], "expectation")]


def test_a_condition_is_kept() -> None:
    (found,) = undertaken(HEAD + "Both countries will reopen the route if the survey allows it.")
    assert found["strength"] == "conditional"
    assert found["condition"] == "if the survey allows it"


def test_reaffirmed_is_told_apart() -> None:
    (found,) = undertaken(HEAD + "Both sides reiterated their commitment to the Antarctic Treaty.")
    assert found["strength"] == "reaffirmed"


TALK = {
    "published": "2024-03-05",
    "publisher": "PER",
    "title": "Joint press conference of President Ana Rios with Prime Minister Kari Lund of Norway",
}


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("We had a good discussion. Peru fishes. Cod is dear. Nets are wide. We will mend our nets.", ["PER"]),
        ("We had a good discussion. We will mend our nets.", ["NOR", "PER"]),
        ("We will continue our joint work on cod.", ["NOR", "PER"]),
        ("Will we mend our nets?", None),
        ("I recall the commitment of the Norwegian government to fair quotas.", None),
        ("Chile will end up with the cod.", None),
        ("Chile will mend its nets.", None),
    ],
)  # fmt: skip
def test_who_is_bound_in_a_press_conference(words: str, by: list[str] | None) -> None:
    text = f"PRESIDENT RIOS: {words}\n\nPRIME MINISTER LUND: Peru is lovely."
    found = [c["by"] for c in pipeline.extract(text, TALK).to_json()["commitments"]]
    assert found == ([by] if by else [])
