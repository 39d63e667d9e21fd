"""Clauses under a cue: who is said to have said what, in news and readouts."""

from typing import Any

import pytest

from kg.extract import pipeline

NEWS = {"published": "2024-03-05", "publisher": "Daily Ledger", "title": "Talks in Oslo"}


def said(text: str, **meta: str) -> list[tuple[str, str, str]]:
    """(speaker, mode, words) of each statement of a text."""
    found = pipeline.extract(text, {**NEWS, **meta}).to_json()["statements"]
    return [(s["speaker"], s["mode"], text[s["span"][0] : s["span"][1]]) for s in found]


def one(text: str, **meta: str) -> tuple[str, str, str]:
    found = said(text, **meta)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Norway welcomed Japan's new rules on salmon.", "Japan's new rules on salmon"),
        ("Norway called for a faster end to the quota dispute.", "a faster end to the quota dispute"),
        ("Norway pointed to the long record of whale talks.", "the long record of whale talks"),
        ("Norway looks forward to the opening of the Tokyo office.", "the opening of the Tokyo office"),
        ("Norway expressed regret over the delay.", "regret over the delay"),
        ("Norway warned against new tariffs on seafood.", "new tariffs on seafood"),
        ("Norway agreed to reopen the Bergen consulate.", "to reopen the Bergen consulate"),
        ("Norway is ready to sign the accord with Japan.", "to sign the accord with Japan"),
        ("According to Norway, the accord with Japan is complete.", "the accord with Japan is complete"),
        ("The need for patience was stressed by Norway.", "The need for patience"),
        ("Norway's position is that Japan must lift the ban.", "Japan must lift the ban"),
    ],
)
def test_content_of_a_cue(sentence: str, words: str) -> None:
    speaker, mode, found = one(sentence)
    assert speaker == "NOR"
    assert mode == "indirect"
    assert found.removeprefix("that ") == words


def test_coordinated_cues_are_one_statement() -> None:
    speaker, _, words = one("Norway welcomed the visit, stressed its value and called for more of them.")
    assert speaker == "NOR"
    assert words == "the visit, stressed its value and called for more of them"


def test_a_change_of_speaker_splits_a_sentence() -> None:
    found = said("Norway praised the fishing accord and Japan stressed the need for patience.")
    assert [(s, w) for s, _, w in found] == [("NOR", "the fishing accord"), ("JPN", "the need for patience")]


def test_a_comment_of_the_author_is_left_out() -> None:
    _, _, words = one("Norway stressed its interest in Arctic shipping, feeding doubts about the old route.")
    assert words == "its interest in Arctic shipping"


def test_both_sides_speak_together() -> None:
    text = "Leaders of Norway and Japan met in Oslo on Monday. The two sides underlined the value of joint research."
    assert ("JPN+NOR", "indirect", "the value of joint research") in said(text)


def test_author_and_analysts_are_no_speakers() -> None:
    text = (
        "Norway and Japan have traded salmon for decades. The market matters to both. "
        "Analysts said the accord would change little. A shopkeeper in Bergen called the prices absurd."
    )
    assert said(text) == []


def test_questions_and_conditions_are_no_statements() -> None:
    assert said("Whether Norway agrees to the plan remains open. If Japan welcomes it, work starts in May.") == []


def test_a_cue_inside_the_words_of_another_is_none() -> None:
    found = said("Norway noted that Japan supports the plan for the harbour.")
    assert [(s, w) for s, _, w in found] == [("NOR", "Japan supports the plan for the harbour")]


def statement(text: str, **meta: Any) -> dict[str, Any]:
    found = pipeline.extract(text, {**NEWS, **meta}).to_json()["statements"]
    assert len(found) == 1, found
    only: dict[str, Any] = found[0]
    return only


def test_addressee_cue_and_what_it_is_about() -> None:
    found = statement("Norway told Japan that the G20 should speak about fisheries and mutual respect.")
    assert found["addressee"]["name"] == "JPN"
    assert found["cue"] == "tell"
    assert found["forums"] == ["G20"]
    assert found["sectors"] == ["fisheries"]
    assert found["principles"] == ["mutual-respect"]


LEAD = "Norwegian Prime Minister Jonas Store met Japanese Prime Minister Fumio Kishida in Oslo on Monday.\n\n"


@pytest.mark.parametrize(
    ("sentence", "speaker", "words"),
    [
        # a verb that the parser hangs into the clause of another
        (
            "Norway noted that smuggling was a problem and agreed to act.",
            "NOR",
            "smuggling was a problem and agreed to act",
        ),
        # a clause that the parser hangs on a noun between
        ("Norway said in a series of posts that it had raised the matter.", "NOR", "it had raised the matter"),
        # after the content, in two orders of words
        ("The harbour will open in May, Store said.", "Jonas Store", "The harbour will open in May"),
        ("The harbour, Store said, is open.", "Jonas Store", "The harbour, Store said, is open"),
        # an office in small letters, held by somebody whom the text names
        ("The harbour is open, said the Japanese prime minister.", "Fumio Kishida", "The harbour is open"),
        # unnamed people and bodies who speak for their state
        ("A Norwegian diplomat said the harbour was open.", "NOR", "the harbour was open"),
        ("A spokesperson for Japan's foreign ministry said the harbour was open.", "JPN", "the harbour was open"),
        # judged to be something
        ("Store called the quota a mistake.", "Jonas Store", "the quota a mistake"),
    ],
)
def test_who_says_what(sentence: str, speaker: str, words: str) -> None:
    found = said(LEAD + sentence)
    assert [(s, w) for s, _, w in found] == [(speaker, words)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Store called on the mayor and visited the fish market.",  # a visit
        "Store met Kishida to discuss salmon.",  # what the meeting was for
        "Norway will examine the catch.",  # an act
        "The accord could note the catch.",
        "The mayor of Oslo denounced it, which Japan refused to accept.",
    ],
)
def test_no_speech(sentence: str) -> None:
    assert said(LEAD + sentence) == []


def test_a_call_that_ends_in_agreement_binds_both() -> None:
    text = LEAD + "Store held a call with Kishida on Friday, agreeing to reopen the port."
    assert [(s, w) for s, _, w in said(text)] == [("JPN+NOR", "to reopen the port")]


def test_a_dateline_is_no_subject() -> None:
    text = "BUENOS AIRES (Agency) - Norwegian Foreign Minister Espen Barth Eide said on Saturday the port was open."
    assert one(text) == ("Espen Barth Eide", "indirect", "the port was open")


def test_somebody_without_a_known_party_is_a_candidate() -> None:
    found = pipeline.extract(LEAD + "Peter Dahl said the port was open.", NEWS)
    assert not found.statements
    assert [c.what for c in found.candidates if c.what == "statement"] == ["statement"]


def test_a_deed_in_the_infinitive_is_no_statement() -> None:
    assert said("Norway stressed its support for the fishers as they continue to defend their nets.") == [
        ("NOR", "indirect", "its support for the fishers")
    ]
