"""Look-up of what people type."""

import time
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import iris
from kg.errors import AmbiguousName, KgError, NotFound
from kg.graph import Graph
from kg.loading import system_files
from kg.names import ListLabels, Names, Row, Term, fold
from kg.project import system_graph
from kg.texts import Texts


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A graph that holds the reference data and nothing else, and one person whom one source knows."""
    store = ox.Store()

    def quads() -> Iterable[ox.Quad]:
        for path in system_files():
            name = ox.NamedNode(system_graph(path))
            for quad in ox.parse(path=str(path)):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
        source = ox.NamedNode(iris.source("one"))
        only = ox.NamedNode(iris.person("Carney", "one"))
        yield ox.Quad(only, ox.NamedNode(iris.RDF_TYPE), ox.NamedNode(iris.KG + "Person"), source)
        yield ox.Quad(only, ox.NamedNode(iris.SKOS + "prefLabel"), ox.Literal("Carney", language="en"), source)

    store.bulk_extend(quads())
    return Graph(store, Texts(Path(tmp_path_factory.mktemp("texts"))))


@pytest.fixture(scope="module")
def names(graph: Graph) -> Names:
    return Names.of(graph)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Canada", "actor/CAN"),
        ("CAN", "actor/CAN"),
        ("can", "actor/CAN"),
        ("CA", "actor/CAN"),
        ("Canadians", "actor/CAN"),
        ("https://w3id.org/bilateral/actor/CAN", "actor/CAN"),
        ("actor/CAN", "actor/CAN"),
        ("加拿大", "actor/CAN"),
        ("the Republic of Korea", "actor/KOR"),
        ("DPRK", "actor/PRK"),
        ("Turkey", "actor/TUR"),
        ("TURKIYE", "actor/TUR"),
        ("cote divoire", "actor/CIV"),
        ("U.S.", "actor/USA"),
        ("Burma", "actor/MMR"),
        ("Soviet Union", "actor/SUN"),
        ("Hong Kong", "actor/HKG"),
        ("Luxembourg", "actor/LUX"),
        ("G20", "forum/G20"),
        ("g-20", "forum/G20"),
        ("United Nations", "forum/UN"),
        ("Commonwealth", "forum/Commonwealth"),
        ("Xi", "person/CHN.xi-jinping"),
        ("习近平", "person/CHN.xi-jinping"),
        ("xi jinping", "person/CHN.xi-jinping"),
        ("Erdogan", "person/TUR.recep-tayyip-erdogan"),
        ("Canadian PM", "person/CAN.mark-carney"),
        ("Canada's prime minister", "person/CAN.mark-carney"),
        ("PM of Canada", "person/CAN.mark-carney"),
        ("chinese president", "person/CHN.xi-jinping"),
        ("Chinese premier", "person/CHN.li-qiang"),
        ("German Chancellor", "person/DEU.friedrich-merz"),
        ("President of the US", "person/USA.donald-trump"),
        ("EU Commission President", "person/DEU.ursula-von-der-leyen"),
        ("Prime Minister of Canada", "office/CAN.head-of-government"),
        ("trade", "sector/trade"),
        ("Beijing", "place/CHN.beijing"),
        ("world trade", "forum/WTO"),
    ],
)
def test_one_finds_what_people_type(names: Names, typed: str, key: str) -> None:
    assert names.one(typed).iri == iris.BASE + key


@pytest.mark.parametrize(
    ("typed", "cls", "day", "key"),
    [
        ("Beijing", "Actor", None, "actor/CHN"),
        ("the White House", "State", None, "actor/USA"),
        ("Canadian PM", "Office", None, "office/CAN.head-of-government"),
        ("Canadian PM", None, "2017-06-01", "person/CAN.justin-trudeau"),
        ("Canadian PM", None, "1970-06-01", "person/CAN.pierre-trudeau"),
        ("Trudeau", None, "2017-06-01", "person/CAN.justin-trudeau"),
        ("Chinese president", None, "2010-01-01", "person/CHN.hu-jintao"),
        ("Hong Kong", "Place", None, "place/HKG.hong-kong"),
    ],
)
def test_class_and_day_decide(names: Names, typed: str, cls: str | None, day: str | None, key: str) -> None:
    assert names.one(typed, cls, day).iri == iris.BASE + key


def test_several_of_a_name_are_listed(names: Names) -> None:
    with pytest.raises(AmbiguousName, match="Justin Trudeau") as caught:
        names.one("Trudeau")
    assert {c.label for c in caught.value.candidates} == {"Justin Trudeau", "Pierre Trudeau"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "near"), [("Cannada", "Canada"), ("Xi Jiping", "Xi Jinping"), ("Autsralia", "Australia")]
)
def test_what_is_similar_is_suggested_never_taken(names: Names, typed: str, near: str) -> None:
    with pytest.raises(NotFound) as caught:
        names.one(typed)
    assert near in caught.value.suggestions
    assert "Did you mean" in str(caught.value)


@pytest.mark.parametrize("typed", ["", " ", "/", "actor/", "a b c d e f", "https://example.org/x", "%", "'", "🙂"])
def test_nonsense_is_not_found(names: Names, typed: str) -> None:
    assert names.find(typed) == []
    with pytest.raises(NotFound):
        names.one(typed)


def test_find_ranks_the_exact_name_first_and_keeps_to_the_limit(names: Names) -> None:
    found = names.find("China", limit=3)
    assert found[0].iri == iris.actor("CHN")
    assert found[0].match == "name"
    assert len(found) == 3
    assert [c.tier for c in found] == sorted(c.tier for c in found)
    assert all(c.cls == "Forum" for c in names.find("China", "Forum"))


def test_a_person_known_to_one_source_does_not_beat_the_reference(names: Names) -> None:
    assert names.one("Carney").iri == iris.BASE + "person/CAN.mark-carney"
    assert iris.BASE + "person/one.carney" in {c.iri for c in names.find("Carney")}


def test_words_of_texts_are_no_names(names: Names) -> None:
    """Cues and titles of the schemes are there to read texts; they do not answer to look-up."""
    with pytest.raises(NotFound):
        names.one("called for")


def test_a_look_up_that_the_index_answers_reads_no_other_names(graph: Graph) -> None:
    start = time.perf_counter()
    names = Names.of(graph)
    assert names.one("Xi Jinping").label == "Xi Jinping"
    assert names.one("Canadian PM").label == "Mark Carney"
    assert names._folded is None
    assert time.perf_counter() - start < 0.4  # 10 ms on an idle core


ROWS = [
    Row(iris.actor("AAA"), "State", "Aland", "en", "name"),
    Row(iris.actor("AAA"), "State", "Alandic", "en", "demonym"),
    Row(iris.office("AAA", "head-of-state"), "Office", "Queen of Aland", "en", "name"),
    Row(iris.office("AAA", "head-of-state"), "Office", "Queen", "en", "title"),
    Row(iris.person("Ada One", "AAA"), "Person", "Ada One", "en", "name"),
    Row(iris.person("Eva Two", "AAA"), "Person", "Eva Two", "en", "name"),
]
TERMS = [
    Term(iris.office("AAA", "head-of-state"), iris.person("Ada One", "AAA"), "1990-01-01", "2000-12-31"),
    Term(iris.office("AAA", "head-of-state"), iris.person("Eva Two", "AAA"), "2000-12-31", ""),
]


@pytest.mark.parametrize("typed", ["of of", "of", "the of the", "PM of", "of Canada"])
def test_half_a_phrase_is_no_error(names: Names, typed: str) -> None:
    assert len(names.find(typed)) <= 20


def test_rows_alone_do() -> None:
    names = Names(ListLabels(ROWS, TERMS))
    assert names.one("alandic queen").label == "Eva Two"
    assert names.one("Queen of Aland", day="1995-05-05").cls == "Office"
    assert names.one("Alandic Queen", day="1995-05-05").label == "Ada One"
    assert {c.label for c in names.find("Alandic Queen", "Person", day="2000-12-31")} == {"Ada One", "Eva Two"}
    assert names.one("AAA").label == "Aland"


@given(st.text(max_size=40))
def test_any_text_gives_an_answer_or_a_sentence(typed: str) -> None:
    names = Names(ROWS, TERMS)
    try:
        assert names.one(typed).iri.startswith(iris.BASE)
    except KgError as error:
        assert str(error)


@given(st.text(max_size=60))
def test_fold_is_stable(text: str) -> None:
    once = fold(text)
    assert once == once.strip()
    assert "  " not in once
