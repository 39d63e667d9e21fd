"""States and other polities of the reference data: codes, names and capitals."""

import re
from collections import defaultdict
from itertools import combinations

import pytest

from kg import iris
from kg.edtf import Edtf
from tests.reference.things import Thing, of_class, polities

# Names that two polities have borne, or that are adjectives of both: look-up answers with both.
SHARED = {"congolese", "dominican", "dominicans"}
# Cities that governed more than one state, one after the other.
SHARED_CAPITALS = {"vienna", "prague", "cairo", "moscow", "belgrade", "hanoi", "sana'a"}


@pytest.mark.parametrize("name", ["iso2", "iso3", "isoNumeric", "m49", "fips", "cow", "gw"])
def test_a_code_belongs_to_one_state_at_a_time(name: str) -> None:
    bearers: defaultdict[str, list[Thing]] = defaultdict(list)
    for thing in polities().values():
        for code in thing.values[name]:
            bearers[code].append(thing)
    for code, things in bearers.items():
        for one, other in combinations(things, 2):
            first, second = (Edtf.parse(t.one("when")) if t.one("when") else None for t in (one, other))
            assert first and second, f"{name} {code} is borne by two without dates"
            touch = first.latest == second.earliest or second.latest == first.earliest
            assert touch or not first.overlaps(second), f"{name} {code}"


def test_codes_of_iso_are_complete() -> None:
    territories = {k: t for k, t in polities().items() if not t.one("latest") and k != "actor/XKX"}
    assert len(territories) == 249
    for iri, thing in territories.items():
        assert re.fullmatch(r"[A-Z]{2}", thing.one("iso2")), iri
        assert re.fullmatch(r"\d{3}", thing.one("isoNumeric")) or iri == "actor/TWN", iri
        assert thing.one("iso3") == iris.code_of(iri)


def test_no_name_means_two_polities() -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for iri, thing in of_class("states", "State", "Polity").items():
        for name in ("prefLabel", "altLabel", "demonym", "metonym"):
            for value, language in thing.tagged[name]:
                if language == "en":
                    bearers[value.casefold()].add(iri)
    double = {name for name, who in bearers.items() if len(who) > 1}
    assert double == SHARED


def test_no_capital_means_two_states_that_exist() -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for iri, thing in of_class("states", "State", "Polity").items():
        for value in thing.values["capital"]:
            bearers[value.casefold()].add(iri)
    assert {name for name, who in bearers.items() if len(who) > 1} == SHARED_CAPITALS


def test_states_have_names_demonyms_and_capitals() -> None:
    for iri, thing in of_class("states", "State").items():
        if iris.code_of(iri).startswith("COW-") or thing.one("latest"):
            continue
        assert thing.values["demonym"], iri
        languages = {language for _, language in thing.tagged["prefLabel"]}
        assert {"en", "fr", "es", "ru", "ar", "zh"} <= languages, (iri, languages)
        assert thing.values["capital"] or iri in {"actor/SGP", "actor/MCO"}, iri


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("KOR", {"Republic of Korea", "ROK", "Korea", "South Korea"}),
        ("PRK", {"DPRK", "Democratic People's Republic of Korea"}),
        ("CHN", {"PRC", "People's Republic of China", "P.R. China"}),
        ("USA", {"U.S.", "US", "USA", "United States of America"}),
        ("GBR", {"UK", "Britain", "Great Britain"}),
        ("TUR", {"Turkey", "Türkiye"}),
        ("MMR", {"Burma", "Myanmar"}),
        ("TWN", {"Chinese Taipei", "Taiwan"}),
        ("HKG", {"Hong Kong, China", "Hong Kong SAR"}),
        ("SUN", {"USSR", "Soviet Union"}),
        ("VNM", {"Viet Nam", "Socialist Republic of Vietnam"}),
    ],
)
def test_aliases_as_sources_write_them(code: str, names: set[str]) -> None:
    thing = polities()[f"actor/{code}"]
    assert names <= set(thing.values["prefLabel"] + thing.values["altLabel"])


def test_polities_without_a_seat_are_not_called_states() -> None:
    for code in ("TWN", "HKG", "MAC", "XKX", "ESH", "COK", "NIU"):
        assert polities()[f"actor/{code}"].types == {"Polity"}
    assert polities()["actor/PSE"].types == {"State"}
