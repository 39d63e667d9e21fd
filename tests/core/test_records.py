"""Records are checked when they are made, and each field is a property of the ontology."""

from dataclasses import FrozenInstanceError, fields
from decimal import Decimal

import pytest

from kg import iris
from kg.errors import RecordError
from kg.ontology import PropertyInfo, model
from kg.records import RECORDS, MeetingAccount, Person, Span, Statement, TradeFlow, property_iri


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_is_a_property_that_the_class_may_have(name: str) -> None:
    assert name in model().classes
    for field in fields(RECORDS[name]):
        if field.name == "iri":
            continue
        term = model().by_iri[property_iri(field.name)]
        assert isinstance(term, PropertyInfo)
        assert term.domain is None or any(term.domain in model().ancestors(name) for name in [name]), (
            f"{field.name} is not a property of {name}"
        )


def test_every_class_that_sources_can_speak_of_has_a_record() -> None:
    abstract = {"Actor", "Act", "Source"}
    written_by_the_graph = {"Meeting", "Load"}
    reference_only = {"Gathering"}
    schemes = {"Sector", "Principle"}
    assert set(model().classes) - abstract - written_by_the_graph - schemes - reference_only == set(RECORDS)


def test_a_mistake_names_class_field_and_value() -> None:
    with pytest.raises(RecordError, match=r"Statement\.iri .*'not an iri'"):
        Statement(iri="not an iri", text="words")
    with pytest.raises(RecordError, match=r"MeetingAccount\.when: .*'sometime'"):
        MeetingAccount(iri=iris.owned("account", "k", "1"), when="sometime")  # type: ignore[arg-type]
    with pytest.raises(RecordError, match=r"TradeFlow\.value .*nan"):
        TradeFlow(
            iri=iris.owned("flow", "k", "1"),
            exporter=iris.party("CAN"),
            importer=iris.party("CHN"),
            value=float("nan"),  # type: ignore[arg-type]
            currency="USD",
        )
    with pytest.raises(RecordError, match=r"Person\.name has the language 'not a tag'"):
        Person(iri=iris.person("A B", "CAN"), name=[("A B", "not a tag")])  # type: ignore[arg-type]
    with pytest.raises(RecordError, match=r"Statement\.text"):
        Statement(iri=iris.owned("statement", "k", "1"), text="with \x00 inside")


def test_records_are_frozen_and_take_plain_values() -> None:
    person = Person(iri=iris.person("Xi Jinping", "CHN"), name=["Xi Jinping", ("习近平", "zh")])  # type: ignore[arg-type]
    assert [(n.text, n.lang) for n in person.name] == [("Xi Jinping", "en"), ("习近平", "zh")]
    with pytest.raises(FrozenInstanceError):
        person.surname = "Xi"  # type: ignore[misc]
    flow = TradeFlow(
        iri=iris.owned("flow", "k", "1"),
        exporter=iris.party("CAN"),
        importer=iris.party("CHN"),
        value="21100000000.00",  # type: ignore[arg-type]
        currency="USD",
    )
    assert flow.value == Decimal(21100000000)
    assert ("21100000000", iris.XSD + "decimal") in {(v.text, v.kind) for v in flow.values()}


def test_a_span_lies_in_its_text() -> None:
    with pytest.raises(RecordError, match="outside the text"):
        Span.of(iris.source("k"), "short", 2, 9)
    with pytest.raises(RecordError, match="same text"):
        Span(iri=iris.owned("span", "k", "0-4"), span_of=iris.source("k"), span_start=0, span_end=4, exact="no")
