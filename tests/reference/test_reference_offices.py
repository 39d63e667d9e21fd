"""Offices of the reference data and who held them when."""

from collections.abc import Iterable
from itertools import combinations

import pytest

from kg import iris
from tests.reference.things import Thing, holds, members, of_class

MAJOR = ["AUS", "BRA", "CAN", "CHN", "DEU", "ESP", "FRA", "GBR", "IDN", "IND", "ITA", "JPN", "KOR", "MEX", "NZL", "POL",
         "RUS", "SAU", "SGP", "TUR", "USA", "VNM", "ZAF"]  # fmt: skip


def tenures() -> dict[str, Thing]:
    return of_class("tenures-editorial", "Tenure") | of_class("tenures-reign", "Tenure")


def holders(office: str, day: str, stems: Iterable[str] = ("tenures-editorial", "tenures-reign")) -> set[str]:
    found = (t for stem in stems for t in of_class(stem, "Tenure").values() if t.one("office") == f"office/{office}")
    return {iris.code_of(t.one("holder")) for t in found if holds(t, day)}


def test_tenures_are_whole_and_run_forward() -> None:
    for iri, thing in tenures().items():
        for name in ("holder", "office", "when", "earliest"):
            assert len(thing.values[name]) == 1, (iri, name)
        assert thing.one("earliest") <= (thing.one("latest") or "9999"), iri


@pytest.mark.parametrize("state", MAJOR)
def test_one_head_of_government_at_a_time(state: str) -> None:
    """Ends that are known by month only may reach into the successor's first month."""
    mine = [t for t in tenures().values() if t.one("office") == f"office/{state}.head-of-government"]
    assert mine
    for one, other in combinations(mine, 2):
        if one.one("holder") != other.one("holder"):
            start = max(one.one("earliest"), other.one("earliest"))
            end = min(one.one("latest") or "9999", other.one("latest") or "9999")
            assert end < start or end[:7] == start[:7], (one.one("holder"), other.one("holder"), start, end)


@pytest.mark.parametrize(
    ("office", "day", "who"),
    [
        ("CAN.head-of-government", "2025-03-13", "CAN.justin-trudeau"),
        ("CAN.head-of-government", "2026-01-16", "CAN.mark-carney"),
        ("CHN.head-of-state", "2013-03-15", "CHN.xi-jinping"),
        ("CHN.head-of-state", "2013-03-13", "CHN.hu-jintao"),
        ("CHN.head-of-government", "2026-01-16", "CHN.li-qiang"),
        ("CHN.foreign-minister", "2023-01-15", "CHN.qin-gang"),
        ("USA.head-of-state", "2022-01-01", "USA.joe-biden"),
        ("USA.head-of-government", "1962-10-22", "USA.john-f-kennedy"),
        ("AUS.head-of-government", "2009-03-05", "AUS.kevin-rudd"),
        ("AUS.head-of-government", "1999-09-08", "AUS.john-howard"),
        ("KOR.head-of-state", "2009-03-05", "KOR.lee-myung-bak"),
        ("GBR.foreign-minister", "2024-01-15", "GBR.david-cameron"),
        ("AUS.head-of-state", "2023-01-01", "GBR.charles-iii"),
        ("EU.head-of-commission", "2022-01-01", "DEU.ursula-von-der-leyen"),
        ("UN.head-of-organisation", "2010-01-01", "KOR.ban-ki-moon"),
        ("SUN.effective-leader", "1986-01-01", "SUN.mikhail-gorbachev"),
    ],
)
def test_who_held_an_office_on_a_day(office: str, day: str, who: str) -> None:
    assert holders(office, day) == {who}


def test_reign_closes_where_its_data_end() -> None:
    for iri, thing in of_class("tenures-reign", "Tenure").items():
        assert thing.one("latest") <= "2021-03-31", iri


def test_both_sources_name_one_person_by_one_iri() -> None:
    editorial, reign = of_class("tenures-editorial", "Person"), of_class("tenures-reign", "Person")
    assert not editorial.keys() & reign.keys()
    both = {t.one("holder") for t in of_class("tenures-reign", "Tenure").values()} & editorial.keys()
    assert {
        "person/CAN.justin-trudeau",
        "person/USA.joe-biden",
        "person/AUS.john-howard",
        "person/AUS.kevin-rudd",
    } <= both
    # a person of our table who led a major state before 2021 is the one whom REIGN means
    for state in MAJOR:
        for office in ("head-of-state", "head-of-government"):
            for day in ("1995-06-01", "2005-06-01", "2015-06-01", "2019-06-01"):
                there = [holders(f"{state}.{office}", day, [stem]) for stem in ("tenures-editorial", "tenures-reign")]
                assert not all(there) or there[0] == there[1], (state, office, day, there)


def test_persons_have_names_and_a_state() -> None:
    for stem in ("tenures-editorial", "tenures-reign"):
        for iri, thing in of_class(stem, "Person").items():
            assert len(thing.values["surname"]) == len(thing.values["familyNameFirst"]) == 1, iri
            english = [value for value, language in thing.tagged["prefLabel"] if language == "en"]
            assert len(english) == 1, iri
            assert iri == f"person/{iris.code_of(thing.one('nationality'))}.{iris.fold(english[0])}"
            assert thing.one("surname") in english[0], iri
            if thing.one("familyNameFirst") == "true":
                assert english[0].startswith(thing.one("surname")), iri


def test_family_name_first_where_it_is() -> None:
    persons = of_class("tenures-editorial", "Person")
    first = {iri for iri, thing in persons.items() if thing.one("familyNameFirst") == "true"}
    assert {
        "person/CHN.xi-jinping",
        "person/KOR.lee-jae-myung",
        "person/VNM.to-lam",
        "person/SGP.lee-hsien-loong",
    } <= first
    assert (
        not {"person/CAN.mark-carney", "person/JPN.shinzo-abe", "person/SGP.lawrence-wong", "person/HKG.john-lee"}
        & first
    )
    assert ("习近平", "zh") in persons["person/CHN.xi-jinping"].tagged["prefLabel"]


def test_every_state_has_its_three_offices() -> None:
    offices = of_class("offices", "Office")
    for code in members("UN"):
        for kind in ("head-of-state", "head-of-government", "foreign-minister"):
            office = offices[f"office/{code}.{kind}"]
            assert office.values["titleWord"], (code, kind)
            assert f"office-kind/{kind}" in office.values["officeKind"]
    assert "President of the People's Republic of China" in offices["office/CHN.head-of-state"].values["altLabel"]
    assert offices["office/CAN.head-of-government"].values["prefLabel"] == ["Prime Minister of Canada"]
    assert "Taoiseach" in offices["office/IRL.head-of-government"].values["titleWord"]
    assert offices["office/USA.foreign-minister"].values["prefLabel"] == ["Secretary of State of the United States"]
