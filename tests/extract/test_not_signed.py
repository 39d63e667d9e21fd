"""A paper that is not signed, or only perhaps, is no signing and no signed document."""

from typing import Any

import pytest

from kg.extract.pipeline import extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}
LEAD = "Fish talks\n\nNorwegian Prime Minister Lars Berg met Peruvian President Rosa Quispe in Lima on Monday. "


def read(text: str) -> dict[str, Any]:
    return extract(LEAD + text, META).to_json()


def signings(found: dict[str, Any]) -> list[str]:
    return [m["status"] for m in found["meetings"] if m["kind"] == "signing"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru is not about to sign a fisheries accord with Norway.",
        "Reports that Norway and Peru signed a fisheries accord are untrue.",
        "Claims that a fisheries accord was signed between Norway and Peru are false.",
        "It is false that Norway and Peru signed a fisheries accord.",
        "Norway doubted that Peru had signed a fisheries accord with Norway.",
        "Norway and Peru nearly signed a fisheries accord.",
        "Norway and Peru are far from signing a fisheries accord.",
        "Under no circumstances will Peru sign a fisheries accord with Norway.",
        "There is no question of Peru signing a fisheries accord with Norway.",
    ],
)
def test_what_is_denied_is_no_signing(text: str) -> None:
    found = read(text)
    assert (signings(found), found["instruments"], found["candidates"]) == ([], [], [])


@pytest.mark.parametrize(
    "text",
    [
        "Peru is unlikely to sign a fisheries accord with Norway.",
        "A fisheries accord is unlikely to be signed by Norway and Peru.",
        "The signing of a fisheries accord between Norway and Peru is doubtful.",
        "Norway and Peru are close to signing a fisheries accord.",
        "Norway and Peru are said to have signed a fisheries accord.",
        "Norway and Peru reportedly signed a fisheries accord.",
        "Did Norway and Peru sign a fisheries accord?",
    ],
)
def test_what_is_doubtful_is_a_candidate(text: str) -> None:
    found = read(text)
    assert (signings(found), found["instruments"]) == ([], [])
    assert [(c["what"], c["values"]) for c in found["candidates"]] == [("meeting", ["NOR", "PER"])]


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Peru postponed the signing of a fisheries accord.",
        "Norway and Peru postponed signing a fisheries accord.",
        "The signing of a fisheries accord between Norway and Peru was postponed.",
    ],
)
def test_a_postponed_signing_signs_nothing(text: str) -> None:
    found = read(text)
    assert (signings(found), found["instruments"]) == (["postponed"], [])


def test_who_is_about_to_sign_will() -> None:
    found = read("Norway and Peru are about to sign a fisheries accord.")
    assert (signings(found), [i["status"] for i in found["instruments"]]) == (["planned"], ["planned"])


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Peru signed a fisheries accord.",
        "A fisheries accord was signed by Norway and Peru.",
        "Norway and Peru witnessed the signing of a fisheries accord.",
    ],
)
def test_what_is_signed_stays_signed(text: str) -> None:
    found = read(text)
    assert (signings(found), [i["status"] for i in found["instruments"]]) == (["held"], ["signed"])
