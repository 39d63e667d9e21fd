"""Sectors, principles, forums and mechanisms."""

import pytest

from kg.extract import concepts, pipeline


def sectors(text: str) -> set[str]:
    return {h.id for h in concepts.find(text) if h.scheme == "sector"}


def principles(text: str) -> set[str]:
    return {h.id for h in concepts.find(text) if h.scheme == "principle"}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("They discussed food security.", {"agriculture"}),  # and no security
        ("cooperation in energy, space and the arts", {"energy", "space", "culture"}),
        ("The Minister for Trade and Investment came along.", set()),
        ("the Secretary of Defense", set()),
        ("a critical minerals dialogue", {"mining"}),
        ("critical Minerals", {"mining"}),
        ("There was space for forty guests.", set()),
        ("Vaccines and the COVID-19 pandemic", {"health"}),
        ("an environment of trust", set()),
        ("It aids the poor.", set()),  # AIDS is written in capitals
    ],
)
def test_sectors(text: str, want: set[str]) -> None:
    assert sectors(text) == want


def test_principles() -> None:
    assert principles("Ottawa's one-China policy") == {"one-china"}
    assert principles("“true multilateralism” and mutual respect") == {"multilateralism", "mutual-respect"}
    assert principles("respect for sovereignty and territorial integrity") == {"sovereignty"}


def test_hits_are_exact() -> None:
    text = "Free Trade Agreements, then  climate   change."
    assert [text[h.start : h.end] for h in concepts.find(text)] == ["Free Trade Agreements", "climate   change"]


NEWS = {"published": "2024-03-05", "publisher": "Daily Ledger", "title": "Norway and Japan"}


def test_news_counts_only_what_parties_say() -> None:
    text = "Tourism fills the hotels of Oslo. Norway called for closer ties in fisheries with Japan."
    assert pipeline.extract(text, NEWS).to_json()["sectors"] == ["fisheries"]


def test_forums() -> None:
    text = (
        "Norway told Japan at the G20 that the UN Framework Convention on Climate Change needs both. "
        "UN Comtrade has the figures."
    )
    assert pipeline.extract(text, NEWS).to_json()["forums"] == ["G20", "UNFCCC"]


@pytest.mark.parametrize(
    ("sentence", "name", "state"),
    [
        ("Norway and Japan agreed to establish a Joint Committee on Fisheries.", "Joint Committee on Fisheries", "new"),
        ("Norway suspended the Japan-Norway Human Rights Dialogue.", "Japan-Norway Human Rights Dialogue", "suspended"),
        ("Norway and Japan resumed the Joint Economic Commission.", "Joint Economic Commission", "revived"),
        (
            "Norway praised the work of the Joint Economic Commission with Japan.",
            "Joint Economic Commission",
            "existing",
        ),
    ],
)
def test_mechanisms(sentence: str, name: str, state: str) -> None:
    found = pipeline.extract(sentence, NEWS).to_json()["mechanisms"]
    assert [(m["name"], m["status"]) for m in found] == [(name, state)]
    assert found[0]["states"] == ["JPN", "NOR"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("joint action against illegal mining", {"crime", "mining"}),
        ("the Black Sea grain corridor", {"agriculture"}),
        ("linking their emissions trading systems", {"climate"}),
        ("peace in the border areas", {"security"}),
        ("the rights of minorities", {"human-rights"}),
        ("two major developing countries", set()),  # says who they are, not what they deal with
        ("irregular arrivals by sea", {"migration"}),
    ],
)
def test_sectors_in_the_words_of_ministries(text: str, want: set[str]) -> None:
    assert sectors(text) == want
