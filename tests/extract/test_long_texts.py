"""A text twice as long takes twice the time, also one full of the same words."""

import time

import pytest

from kg.extract import mechanisms
from kg.extract.pipeline import context, document, extract

META = {"published": "2025-09-02", "publisher": "Harbour Gazette"}
LEAD = "Fish talks\n\nNorwegian Minister Lars Berg met Peruvian Minister Rosa Quispe in Lima.\n\n"


def seconds(text: str) -> float:
    begin = time.process_time()
    extract(text, META)
    return time.process_time() - begin


@pytest.mark.parametrize("sentence", ["The statement said the port was open. ", "The ministry said it was late. "])
def test_documents_and_bodies_that_speak_again_and_again(sentence: str) -> None:
    seconds(LEAD)
    few, many = seconds(LEAD + sentence * 300), seconds(LEAD + sentence * 1200)
    assert many < 8 * few  # in square time it would be 16 times


def test_mechanisms_and_forums_named_again_and_again() -> None:
    def spent(count: int) -> float:
        ctx = context(document(LEAD + "The Joint Committee met at the G20. " * count, META))
        begin = time.process_time()
        assert [m.name for m in mechanisms.find(ctx)] == ["Joint Committee"]
        return time.process_time() - begin

    spent(1)
    assert spent(5000) < 8 * spent(1250)


def test_a_document_speaks_for_whoever_spoke_before_it() -> None:
    text = LEAD + "Norway said the port was closed. The statement said that boats may wait. Its text said why."
    found = extract(text, META).to_json()["statements"]
    assert [s["speaker"] for s in found][:2] == ["NOR", "NOR"]
