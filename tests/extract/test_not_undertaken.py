"""Who refuses, doubts, denies or asks undertakes nothing; what is told by hearsay is for a person to judge."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}
LEAD = "Fish talks\n\nNorwegian Prime Minister Lars Berg met Peruvian President Rosa Quispe in Lima on Monday. "


def read(text: str) -> dict[str, Any]:
    return extract(LEAD + text, META).to_json()


def words(text: str) -> list[str]:
    return [(LEAD + text)[slice(*c["span"])] for c in read(text)["commitments"]]


@pytest.mark.parametrize(
    "said",
    [
        "We are not going to hand over the fleet",
        "We're really not going to hand it over",
        "In no way will we raise the squid duty",
        "Under no circumstances will we hand over the fleet",
        "At no point will Peru lend its harbours",
        "Not for a moment will we hand over the fleet",
        "We will under no circumstances hand over the fleet",
        "We will scarcely hand over the fleet",
        "It is untrue that we will hand over the fleet",
        "It is not true that we will hand over the fleet",
        "It is not the case that we will hand over the fleet",
        "It is a lie that we are committed to handing over the fleet",
        "It is unlikely that we will hand over the fleet",
        "The rumour that we will hand over the fleet is baseless",
        "There is no chance that we will hand over the fleet",
        "I doubt that we will hand over the fleet",
        "We are in no way committed to handing over the fleet",
        "In no way is Peru committed to handing over the fleet",
        "We will hand over the fleet under no circumstances",
        "Not one trawler will we hand over",
        "Seldom will we hand over a trawler",
        "We will possibly hand over the fleet",
    ],
)
def test_a_refusal_a_denial_and_a_doubt_are_said_but_bind_nobody(said: str) -> None:
    found = read(f'"{said}," Quispe said.')
    assert found["commitments"] == []
    assert [s["speaker"] for s in found["statements"]] == ["Rosa Quispe"]


@pytest.mark.parametrize(
    "text",
    [
        '"Who claims that we will hand over the fleet?" Quispe said.',
        '"Will we hand over the fleet?" Quispe asked.',
        'Quispe said: "Shall we be committed to handing over the fleet?"',
    ],
)
def test_a_question_undertakes_nothing(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize("adverb", ["nearly", "almost", "all but"])
def test_who_nearly_agreed_did_not(adverb: str) -> None:
    found = read(f"Peru {adverb} agreed to lend the fleet.")
    assert found["commitments"] == []
    assert [s["cue"] for s in found["statements"]] == ["not agree"]


def test_the_words_of_a_preposed_denial_belong_to_it() -> None:
    text = "Under no circumstances did Peru agree to lend the fleet."
    assert [(LEAD + text)[slice(*s["span"])] for s in read(text)["statements"]] == [text.rstrip(".")]
    assert [c["cue"] for c in read("Peru is in no way committed to lending it ships.")["statements"]] == [
        "not be committed"
    ]
    text = "Joint statement by Norway and Peru\n\nUnder no circumstances will the two sides lend each other ships."
    found = extract(text, {"published": "2025-09-02", "publisher": "NOR"}).to_json()["commitments"]
    assert [text[slice(*c["span"])].split()[0] for c in found] == ["Under"]


@pytest.mark.parametrize("adverb", ["reportedly", "allegedly"])
def test_an_undertaking_by_hearsay_is_a_candidate(adverb: str) -> None:
    found = read(f"Peru {adverb} agreed to lend the fleet.")
    assert (found["commitments"], found["statements"]) == ([], [])
    assert [c["what"] for c in found["candidates"]] == ["statement"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"We are going to build a pier," Quispe said.', "build a pier"),
        ('"There is no doubt that we will build a pier," Quispe said.', "build a pier"),
        ('"Nobody should doubt that we will build a pier," Quispe said.', "build a pier"),
        ('"It is true that we will build a pier," Quispe said.', "build a pier"),
        ('"With no delay we will build a pier," Quispe said.', "build a pier"),
        ('"We will build a pier in no time," Quispe said.', "build a pier in no time"),
        ('"Not only will we build a pier," Quispe said.', "we build a pier"),
        ("Peru finally agreed to build a pier.", "to build a pier"),
    ],
)
def test_what_is_undertaken_still_binds(text: str, wanted: str) -> None:
    assert words(text) == [wanted]
