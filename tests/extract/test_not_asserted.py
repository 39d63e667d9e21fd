"""What is negated, denied, refused or only hoped for is not taken for done."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}


def read(text: str) -> dict[str, Any]:
    return extract(text, META).to_json()


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian officials denied that Norway would build ferries for Peru.",
        "Norway denied promising to build ferries for Peru.",
        "Norway did not promise to build ferries for Peru.",
        "Norway refused to commit to building ferries for Peru.",
        "Norway said it would not accept Peruvian inspectors.",
        "Norway hopes to agree to a quota with Peru.",
    ],
)
def test_nobody_is_bound(text: str) -> None:
    assert read(text)["commitments"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway neither signed the cod agreement with Peru nor ratified the 2018 protocol with Peru.",
        "Norway and Peru failed to sign the cod agreement.",
        "Norway left without signing the cod agreement with Peru.",
        "Norway and Peru have never signed the cod agreement.",
    ],
)
def test_nothing_is_signed(text: str) -> None:
    found = read(text)
    assert (found["instruments"], found["meetings"]) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Foreign Minister Lars Berg refused to meet Peruvian Foreign Minister Rosa Quispe on Monday.",
        "Norway dismissed reports that Foreign Minister Lars Berg met Peruvian Foreign Minister Rosa Quispe on Sunday.",
        "Norwegian Foreign Minister Lars Berg never met Peruvian Foreign Minister Rosa Quispe.",
        "Norway rejected claims of a meeting between Minister Lars Berg and Peruvian Foreign Minister Rosa Quispe.",
        "Norwegian Foreign Minister Lars Berg left Lima without meeting Peruvian Foreign Minister Rosa Quispe.",
        "Norwegian Foreign Minister Lars Berg declined a meeting with Peruvian Foreign Minister Rosa Quispe on Monday.",
    ],
)
def test_nobody_met(text: str) -> None:
    assert read(text)["meetings"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Norway did not mention the Peruvian trawlers.",
        "Norway and Peru failed to agree on cod quotas.",
        "Norway neither confirmed nor rejected the Peruvian figures.",
    ],
)
def test_a_negated_cue_says_nothing(text: str) -> None:
    assert read(text)["statements"] == []


def test_a_denial_is_a_statement() -> None:
    (said,) = read("Norwegian officials denied that Norway would build ferries for Peru.")["statements"]
    assert (said["speaker"], said["cue"]) == ("NOR", "deny")


def test_who_does_not_accept_takes_a_position() -> None:
    assert [s["cue"] for s in read("Norway does not recognise the Peruvian claim.")["statements"]] == ["recognise"]


def test_what_was_not_discussed_is_no_topic() -> None:
    meta = {"published": "2025-09-02", "publisher": "NOR", "title": "Minister Lars Berg receives the envoy of Peru"}
    text = "Foreign Minister Lars Berg of Norway met the envoy of Peru on Monday. They did not discuss nuclear energy."
    assert extract(text, meta).to_json()["sectors"] == []


def test_what_is_hoped_for_is_planned_at_most() -> None:
    found = read("Norway hopes to sign the ferry contract with Peru before Easter.")
    assert [i["status"] for i in found["instruments"]] == ["planned"]
    assert [m["status"] for m in found["meetings"]] == ["planned"]
    assert [s["cue"] for s in found["statements"]] == ["hope"]


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Foreign Minister Lars Berg not only met Peruvian Foreign Minister Rosa Quispe on Monday.",
        "Norwegian Foreign Minister Lars Berg denied it and met Peruvian Foreign Minister Rosa Quispe on Monday.",
        "Norwegian Foreign Minister Lars Berg denied the charge when he met Peruvian Foreign Minister Rosa Quispe.",
        "Norwegian Foreign Minister Lars Berg did not fail to meet Peruvian Foreign Minister Rosa Quispe on Monday.",
    ],
)
def test_a_denial_beside_it_does_not_undo_a_meeting(text: str) -> None:
    assert [m["status"] for m in read(text)["meetings"]] == ["held"]


def test_a_hoped_for_meeting_is_in_the_future() -> None:
    text = "Norwegian Foreign Minister Lars Berg hopes to meet Peruvian Foreign Minister Rosa Quispe in October."
    assert [(m["status"], m["date"]) for m in read(text)["meetings"]] == [("planned", "2025-10")]


def test_those_who_speak_side_by_side_are_the_two_who_talked() -> None:
    text = (
        "Press conference of the Foreign Ministers of Japan and Poland\n\nWarsaw, 14 January 2026\n\n"
        "Minister Sikorski: Good afternoon. This morning we talked for an hour. Prime Minister Takaichi is invited.\n\n"
        "Minister Motegi: Thank you. Japan is glad of it.\n"
    )
    found = extract(text, {"published": "2026-01-14", "publisher": "POL"}).to_json()
    assert [(m["date"], sorted(m["participants"])) for m in found["meetings"]] == [
        ("2026-01-14", ["Motegi", "Sikorski"])
    ]
