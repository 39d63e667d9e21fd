"""The reference data: what is counted, what must be unique, what must not contradict itself."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import iris
from kg.edtf import Edtf
from kg.ontology import data_path, model

ROOT = data_path("ontology")
FILES = [*sorted(ROOT.glob("reference/*.ttl")), *sorted(ROOT.glob("schemes/*.ttl"))]
TODAY = "2026-01-16"
# Names that two polities have borne, or that are adjectives of both: look-up answers with both.
SHARED = {"congolese", "dominican", "dominicans"}
# Cities that governed more than one state, one after the other.
SHARED_CAPITALS = {"vienna", "prague", "cairo", "moscow", "belgrade", "hanoi", "sana'a"}
MAJOR = ["AUS", "BRA", "CAN", "CHN", "DEU", "ESP", "FRA", "GBR", "IDN", "IND", "ITA", "JPN", "KOR", "MEX", "NZL", "POL",
         "RUS", "SAU", "SGP", "TUR", "USA", "VNM", "ZAF"]  # fmt: skip


@dataclass
class Thing:
    """What the files say of a thing: values by property, with languages."""

    types: set[str] = field(default_factory=set)
    values: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tagged: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def one(self, name: str) -> str:
        return self.values[name][0] if self.values[name] else ""


@cache
def read(stem: str) -> dict[str, Thing]:
    """Things of a file by IRI without the base."""
    (path,) = [p for p in FILES if p.stem == stem]
    things: defaultdict[str, Thing] = defaultdict(Thing)
    for quad in ox.parse(path=str(path)):
        assert isinstance(quad.subject, ox.NamedNode), f"{path.name} has a blank node"
        thing, name = things[quad.subject.value.removeprefix(iris.BASE)], iris.local(quad.predicate.value)
        value = quad.object.value.removeprefix(iris.BASE) if not isinstance(quad.object, ox.Triple) else ""
        if name == "type":
            thing.types.add(iris.local(value))
        thing.values[name].append(value)
        if isinstance(quad.object, ox.Literal):
            thing.tagged[name].append((value, quad.object.language or ""))
    return dict(things)


def of_class(stem: str, *classes: str) -> dict[str, Thing]:
    return {iri: thing for iri, thing in read(stem).items() if thing.types & set(classes)}


def polities() -> dict[str, Thing]:
    return of_class("states", "State", "Polity") | of_class("territories", "Polity")


def holds(thing: Thing, day: str) -> bool:
    return thing.one("earliest") <= day <= (thing.one("latest") or "9999")


def members(forum: str, *roles: str, day: str = TODAY) -> set[str]:
    return {
        iris.code_of(thing.one("member"))
        for thing in of_class("memberships-editorial", "Membership").values()
        if thing.one("memberIn") == f"forum/{forum}"
        and iris.code_of(thing.one("membershipRole")) in (roles or ("member",))
        and holds(thing, day)
    }


# --- the files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_term_is_in_the_ontology_and_every_key_is_clean(path: Path) -> None:
    other = {iris.RDF_TYPE, iris.SKOS + "topConceptOf", iris.SKOS + "member"}
    for quad in ox.parse(path=str(path)):
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.predicate.value in {*model().by_iri, *other}, f"{path.name}: {quad.predicate.value}"
        for node in (quad.subject, quad.object):
            if isinstance(node, ox.NamedNode) and node.value.startswith(iris.BASE) and "#" not in node.value:
                assert iris.is_key(iris.code_of(node.value)), node.value


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "reference"], ids=lambda p: p.name)
def test_each_graph_says_what_it_is(path: Path) -> None:
    about = read(path.stem)[f"graph/reference/{path.stem}"]
    assert about.types == {"Dataset"}
    for name in ("title", "publisher", "published", "licence", "provenance"):
        assert len(about.values[name]) == 1, name
    assert about.one("publisher") in read("publishers")


def test_what_is_pointed_to_is_described() -> None:
    known = {iri for path in FILES for iri in read(path.stem)}
    for path in FILES:
        if path.parent.name == "reference":
            for iri, thing in read(path.stem).items():
                for name, values in thing.values.items():
                    if name in model().properties and model().properties[name].is_object:
                        assert set(values) <= known, f"{path.name}: {iri} {name} {set(values) - known}"


def test_every_date_is_edtf_with_its_days() -> None:
    for path in FILES:
        for iri, thing in read(path.stem).items():
            for text in thing.values["when"]:
                time = Edtf.parse(text)
                assert thing.one("earliest") == (time.earliest.isoformat() if time.earliest else ""), iri
                assert thing.one("latest") == (time.latest.isoformat() if time.latest else ""), iri


def test_the_files_are_what_the_script_writes(shared: Path, root: Path) -> None:
    script = [sys.executable, str(root / "scripts/reference/build.py"), "--check", "--shared", str(shared)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.name == "reference"], ids=lambda p: p.name)
def test_each_graph_keeps_to_the_shapes(path: Path) -> None:
    """With what the other files say of what it points to, as a project has it."""
    import shacl

    subclass = ox.NamedNode(iris.RDFS + "subClassOf")
    ontology = [q.triple for q in ox.parse(path=str(ROOT / "kg.ttl")) if q.predicate == subclass]
    mine = [q.triple for q in ox.parse(path=str(path))]
    everything: defaultdict[object, list[ox.Triple]] = defaultdict(list)
    for other in FILES:
        for quad in ox.parse(path=str(other)) if other != path else ():
            everything[quad.subject].append(quad.triple)
    triples, new = set(mine), set(mine)
    while new := {t for old in new for t in everything.get(old.object, ())} - triples:
        triples |= new
    data = ox.serialize([*triples, *ontology], format=ox.RdfFormat.N_TRIPLES) or b""
    shapes = shacl.Shapes.from_file(str(ROOT / "shapes.ttl"))
    results = shapes.validate_text(data.decode(), format="ntriples").results
    assert [f"{r.focus_node} {r.message}" for r in results] == []


# --- states -------------------------------------------------------------------------------------------------------


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


# --- forums and memberships ---------------------------------------------------------------------------------------


def test_the_forums_of_the_gold_files_are_there(shared: Path) -> None:
    ids = {line.split(",")[0] for line in (shared / "gold/forums.csv").read_text().splitlines()[1:]}
    forums = of_class("forums", "Forum")
    assert ids <= {iris.code_of(iri) for iri in forums}
    for iri, thing in forums.items():
        assert thing.values["forumKind"], iri


def test_no_name_means_two_forums() -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for iri, thing in of_class("forums", "Forum").items():
        for name in ("prefLabel", "altLabel", "hiddenLabel", "notation"):
            for value in thing.values[name]:
                bearers[value.casefold()].add(iri)
    assert not {name: who for name, who in bearers.items() if len(who) > 1}


@pytest.mark.parametrize(
    ("forum", "role", "count"),
    [
        *[("UN", "member", 193), ("UN", "observer", 2), ("UNSC", "permanent-member", 5)],
        *[("UNSC", "non-permanent-member", 10), ("G20", "member", 21), ("G7", "member", 7), ("APEC", "economy", 21)],
        *[("ASEAN", "member", 11), ("EAS", "member", 18), ("ARF", "member", 27), ("NATO", "member", 32)],
        *[("EU", "member", 27), ("AU", "member", 55), ("OECD", "member", 38), ("Commonwealth", "member", 56)],
        *[("BRICS", "member", 10), ("SCO", "member", 10), ("WTO", "member", 166), ("IMF", "member", 191)],
        *[("WB", "member", 189), ("PIF", "member", 18), ("IORA", "member", 23), ("Quad", "member", 4)],
        *[("FAO", "member", 195), ("WHO", "member", 194), ("CPTPP", "member", 12), ("RCEP", "member", 15)],
    ],
)
def test_counts_of_members(forum: str, role: str, count: int) -> None:
    assert len(members(forum, role)) == count


def test_g20_is_nineteen_states_and_two_unions() -> None:
    assert {m for m in members("G20") if m in ("EU", "AU")} == {"EU", "AU"}
    assert "AU" not in members("G20", day="2023-01-01")
    assert "ESP" not in members("G20")


def test_members_come_and_go() -> None:
    assert "RUS" in members("G8", day="2010-01-01")
    assert not members("G8", day="2015-01-01")
    assert "GBR" in members("EU", day="2016-06-23")
    assert "GBR" not in members("EU", day="2021-01-01")
    assert {"HKG", "TWN"} <= members("APEC", "economy")
    assert "SUN" in members("UN", day="1980-01-01")
    assert "RUS" not in members("UN", day="1980-01-01")


def test_the_two_sources_agree_on_who_is_in() -> None:
    """Correlates of War ends in 2014; whom it counts then is in our table for the same forums, with few exceptions."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for thing in of_class("memberships-cow-igo", "Membership").values():
        if holds(thing, "2014-07-01"):
            found[iris.code_of(thing.one("memberIn"))].add(iris.code_of(thing.one("member")))
    for forum in ("UN", "NATO", "EU", "OECD", "ASEAN", "IMF", "WB", "FAO"):
        ours = members(forum, day="2014-07-01") | members(forum)
        assert found[forum] - ours <= ({"GBR"} if forum == "EU" else set()), forum


# --- offices and who held them ------------------------------------------------------------------------------------


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
