"""What somebody does not undertake is their position in words that say so, and never a commitment."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}
LEAD = "Fish talks\n\nNorwegian Prime Minister Lars Berg met Peruvian President Rosa Quispe in Lima on Monday. "


def read(text: str, **meta: str) -> dict[str, Any]:
    return extract(LEAD + text, META | meta).to_json()


def said(text: str) -> list[tuple[str, str]]:
    return [(s["speaker"], (LEAD + text)[slice(*s["span"])]) for s in read(text)["statements"]]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Peru did not commit to ending the visa rule.", "PER", "did not commit to ending the visa rule"),
        ("Oslo has not promised to end the visa rule.", "NOR", "has not promised to end the visa rule"),
        ("Lima made no pledge to end the visa rule.", "PER", "made no pledge to end the visa rule"),
        ("Quispe declined to commit to a new quota.", "Rosa Quispe", "declined to commit to a new quota"),
        ("Berg refused to promise a new quota.", "Lars Berg", "refused to promise a new quota"),
        ("Peru failed to commit to a new quota.", "PER", "failed to commit to a new quota"),
        ("Peru stopped short of committing to a quota.", "PER", "stopped short of committing to a quota"),
        ("Peru shied away from pledging a new quota.", "PER", "shied away from pledging a new quota"),
        ("Peru has yet to commit to a new quota.", "PER", "has yet to commit to a new quota"),
        ("Peru would not agree to end the visa rule.", "PER", "would not agree to end the visa rule"),
        ("Peru did not offer to end the visa rule.", "PER", "did not offer to end the visa rule"),
        ("Neither side committed to a new quota.", "NOR+PER", "Neither side committed to a new quota"),
        ("Norway got no promise from Peru to end the rule.", "PER", "no promise from Peru to end the rule"),
        ("No promise to end the rule was made by Peru.", "PER", "No promise to end the rule was made by Peru"),
        ("There was no pledge from Peru to end the rule.", "PER", "There was no pledge from Peru to end the rule"),
        ("Peru is unwilling to commit to a new quota.", "PER", "is unwilling to commit to a new quota"),
        ("Peru made neither a promise nor a pledge to pay.", "PER", "made neither a promise nor a pledge to pay"),
        ("Neither Norway nor Peru agreed to pay.", "NOR+PER", "Neither Norway nor Peru agreed to pay"),
        ("None of the parties committed to paying.", "NOR+PER", "None of the parties committed to paying"),
        ("Lima declined to give a promise on squid.", "PER", "declined to give a promise on squid"),
        ("Lima offered no promises on squid.", "PER", "offered no promises on squid"),
        ("A promise to pay was not made by Peru.", "PER", "A promise to pay was not made by Peru"),
    ],
)
def test_a_denied_undertaking_is_a_position(text: str, speaker: str, words: str) -> None:
    assert said(text) == [(speaker, words)]
    assert read(text)["commitments"] == []


def test_the_cue_says_that_it_is_denied() -> None:
    assert read("Peru did not commit to ending the visa rule.")["statements"][0]["cue"] == "not commit"
    assert read("Lima made no pledge to end the visa rule.")["statements"][0]["cue"] == "no pledge"
    assert read("Peru is not ready to accept the quota.")["statements"][0]["cue"] == "not be ready"


def test_it_is_one_statement_with_what_else_the_speaker_says() -> None:
    text = "Quispe welcomed the visit without committing to a new quota."
    assert [s["cue"] for s in read(text)["statements"]] == ["welcome, not commit"]


def test_a_sector_of_nobodys_denied_undertaking_is_left_out() -> None:
    found = read(
        "No pledge on nuclear energy was made. Norway received no promise that tourism would grow.", publisher="NOR"
    )
    assert found["sectors"] == []
    assert "tourism" in read("Norway received a promise that tourism would grow.", publisher="NOR")["sectors"]


@pytest.mark.parametrize(
    "text",
    [
        "Berg said Norway will not lift the ban on squid.",
        '"We will never lift the ban on squid," Berg said.',
        "Berg said Norway would not send a ship.",
        "Quispe said that neither country will lift the ban on squid.",
    ],
)
def test_a_refusal_is_said_but_binds_nobody(text: str) -> None:
    found = read(text)
    assert len(found["statements"]) == 1
    assert found["commitments"] == []


def test_sides_that_rule_something_out_together_bind_each_other() -> None:
    text = "Joint statement by Norway and Peru\n\nThe two sides will not place warships in each other's ports."
    found = extract(text, {"published": "2025-09-02", "publisher": "NOR"}).to_json()
    assert [c["by"] for c in found["commitments"]] == [["NOR", "PER"]]


@pytest.mark.parametrize(
    "text",
    [
        "Peru agreed not to raise the squid duty.",
        "Peru did not fail to commit to a new quota.",
        "Quispe said Peru will not hesitate to lift the ban.",
        "Peru committed to a new quota, not to a new tax.",
        "Quispe not only promised a new quota but smiled.",
    ],
)
def test_what_is_undertaken_stays_a_commitment(text: str) -> None:
    assert [c["by"] for c in read(text)["commitments"]] == [["PER"]]


@pytest.mark.parametrize("told", ["has yet to meet", "ruled out meeting", "was unable to meet"])
def test_who_has_yet_to_meet_has_not_met(told: str) -> None:
    text = f"Norwegian Minister Lars Berg {told} Peruvian Foreign Minister Rosa Quispe."
    assert extract(text, META).to_json()["meetings"] == []


def test_who_ruled_out_a_promise_made_none() -> None:
    found = read("Peru ruled out promising a new quota.")
    assert (found["commitments"], len(found["statements"])) == ([], 1)
