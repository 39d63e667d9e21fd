"""States by day, currencies, new persons in appositions, turns of guests, who does not speak for a state, due times."""

from typing import Any

import pytest

from kg.extract.gazetteer import load
from kg.extract.pipeline import extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}


def read(text: str, **meta: str) -> dict[str, Any]:
    return extract(text, META | meta).to_json()


@pytest.mark.parametrize(("day", "state"), [("2025-09-02", "VNM"), ("1960-05-01", "VDR"), (None, "VNM")])
def test_a_capital_lies_in_the_state_of_the_day(day: str | None, state: str) -> None:
    names = load().on(day)
    assert (names.find("in Hanoi")[0].label.code, names.state_of_place("Hanoi")) == (state, state)


@pytest.mark.parametrize(
    "money", ["US$ 6 billion", "6 billion US dollars", "6 billion Canadian dollars", "6 Swiss francs"]
)
def test_a_currency_is_no_state(money: str) -> None:
    text = f"Norway said that its trade with Peru had reached {money} in 2024."
    assert [s["about"] for s in read(text)["statements"]] == [["PER"]]


def test_two_figures_with_their_years() -> None:
    text = "Norway's exports to Peru rose from 12 million dollars in 2023 to 19 million dollars in 2024."
    flows = read(text)["trade_flows"]
    assert [(f["value"], f["year"]) for f in flows] == [(12e6, 2023), (19e6, 2024)]


def test_a_title_after_a_name_may_begin_another_person() -> None:
    text = (
        "At the invitation of President Lars Berg, the President of Peru, Rosa Quispe, paid a visit to Norway in May."
    )
    (met,) = read(text, publisher="NOR", title="Joint Statement of Norway and Peru")["meetings"]
    assert {r["name"]: r["party"] for r in met["roles"]} == {"Lars Berg": "NOR", "Rosa Quispe": "PER"}


def test_who_is_invited_visits() -> None:
    text = "At the invitation of Chancellor Friedrich Merz, the Prime Minister of Peru, Rosa Quispe, visited Berlin."
    (met,) = read(text)["meetings"]
    assert (met["kind"], met["states"], met["country"]) == ("visit", ["DEU", "PER"], "DEU")


TALKS = """Press conference of the Foreign Minister of Japan and the Foreign Minister of Poland

Warsaw, 14 January 2026

Minister Sikorski: Good afternoon. Poland will open an office in Osaka.

Minister {guest}: Thank you. Japan regrets the attack in the strongest terms.
"""


@pytest.mark.parametrize(("guest", "party"), [("Motegi", {"JPN"}), ("Zzyzx", set())])
def test_a_guest_does_not_speak_for_the_publisher(guest: str, party: set[str]) -> None:
    found = read(TALKS.format(guest=guest), published="2026-01-14", publisher="POL")
    assert {s["on_behalf_of"] for s in found["statements"] if s["speaker"] != "Sikorski"} == party


@pytest.mark.parametrize(
    "who", ["A Peruvian congressman, Alejandro Paz,", "A Peruvian lawmaker", "Peruvian opposition leader Alejandro Paz"]
)
def test_members_of_parliament_do_not_speak_for_their_state(who: str) -> None:
    assert read(f"{who} said Norway was wrong.")["statements"] == []


def test_his_office_is_that_of_who_spoke() -> None:
    text = "Norwegian Prime Minister Lars Berg spoke by phone with Peruvian President Rosa Quispe, his office said."
    assert [s["speaker"] for s in read(text)["statements"]] == ["NOR"]


@pytest.mark.parametrize(
    ("when", "due"),
    [("by the end of 2026", "../2026-12-31"), ("within five years", "../2030-09-02"), ("within six months", "2026-03")],
)
def test_due(when: str, due: str) -> None:
    assert [c["due"] for c in read(f"Norway pledged to buy Peruvian ferries {when}.")["commitments"]] == [due]


@pytest.mark.parametrize("goods", ["palm oil", "olive oil", "coffee", "cut flowers", "avocados"])
def test_crops_are_agriculture(goods: str) -> None:
    assert [s["sectors"] for s in read(f"Norway said that it would buy {goods} from Peru.")["statements"]] == [
        ["agriculture"]
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Norway warned Peru against the purchase, according to two diplomats.", "the purchase"),
        ("Norway is ready to sell ferries to Peru, a claim that Oslo denies.", "to sell ferries to Peru"),
    ],
)
def test_what_the_author_adds_is_not_said(text: str, said: str) -> None:
    spans = [s["span"] for s in read(text)["statements"]]
    assert [text[a:b] for a, b in spans][:1] == [said]


def test_the_number_of_a_paragraph_is_not_said() -> None:
    text = "1. Norway and Peru are neighbours at sea.\n\n2. Norway will open its ports to Peruvian ferries."
    found = read(text, title="Joint Statement of Norway and Peru", publisher="NOR")
    assert [text[a:b][:2] for a, b in (s["span"] for s in found["statements"])] == ["No", "No"]
