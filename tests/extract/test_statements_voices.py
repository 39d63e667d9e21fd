"""Whose own words a sentence is: joint statements, releases in the first person, turns of speakers."""

import pytest

from kg.extract import pipeline

RELEASE = {"published": "2012-06-04", "publisher": "NZL", "head_of_government": "Key, John", "title": "Visit to Chile"}
JOINT = {"published": "2012-06-04", "publisher": "NZL", "title": "Joint Statement by New Zealand and Chile"}


def said(text: str, meta: dict[str, str]) -> list[tuple[str, str, str]]:
    found = pipeline.extract(text, meta).to_json()["statements"]
    return [(s["speaker"], s["mode"], text[s["span"][0] : s["span"][1]]) for s in found]


def test_each_sentence_of_a_joint_statement_is_one() -> None:
    text = (
        "Joint Statement by New Zealand and Chile\n\nThe two Governments welcomed the growth of wine exports. "
        "Sheep farming remains a strong bond. New Zealand will open an office in Santiago."
    )
    assert said(text, JOINT) == [
        ("CHL+NZL", "indirect", "the growth of wine exports"),
        ("CHL+NZL", "direct", "Sheep farming remains a strong bond."),
        ("NZL", "direct", "New Zealand will open an office in Santiago."),
    ]


def test_a_release_in_the_first_person_speaks_for_the_head_of_government() -> None:
    text = (
        "Visit to Chile\n\nI will visit Santiago from 9 to 11 June. Chile and New Zealand are close friends. "
        "Chile is the fifth largest buyer of our seed. Santiago has 6 million inhabitants."
    )
    found = said(text, RELEASE)
    assert {s for s, _, _ in found} == {"John Key"}
    assert [w for _, _, w in found][:2] == [
        "I will visit Santiago from 9 to 11 June.",
        "Chile and New Zealand are close friends.",
    ]
    assert not any("inhabitants" in w for _, _, w in found)


def test_turns_speak_and_salutations_do_not() -> None:
    text = (
        "Remarks with the President of Chile\n\nPRIME MINISTER:\n\nThank you very much, Mr President.\n\n"
        "It is good to be in Santiago.\n\n[Laughter]\n\nPRESIDENT PINERA:\n\nYour visit does us honour.\n\n"
        "JOURNALIST:\n\nWill you sign the wine accord?\n\nPRIME MINISTER:\n\nWe will sign it today."
    )
    found = said(text, {**RELEASE, "title": "Remarks with the President of Chile"})
    assert [(s.split()[-1], w) for s, _, w in found] == [
        ("Key", "It is good to be in Santiago."),
        ("Pinera", "Your visit does us honour."),
        ("Key", "We will sign it today."),
    ]


def test_a_list_after_a_colon_belongs_to_its_sentence() -> None:
    text = (
        "Visit to Chile\n\nPresident Pinera and I agreed to:\n\n• A yearly dialogue of trade ministers; and\n\n"
        "• A working group on wine.\n\nI thank him for his welcome."
    )
    found = said(text, RELEASE)
    assert len(found) == 2
    assert found[0][2].endswith("working group on wine.")


def test_turns_may_be_labelled_by_names() -> None:
    text = (
        "Foreign Ministry Spokesperson Li Hong's Regular Press Conference\n\nDaily Ledger: Will China sign?\n\n"
        "Li Hong: We have noted the report. China will answer in time.\n\nPost: When?\n\n"
        "Li Hong: You will hear it soon enough."
    )
    meta = {"published": "2024-03-05", "publisher": "CHN", "title": text.splitlines()[0]}
    assert [(s, w) for s, _, w in said(text, meta)] == [
        ("Li Hong", "We have noted the report."),
        ("Li Hong", "China will answer in time."),
        ("Li Hong", "You will hear it soon enough."),
    ]


def test_a_sentence_broken_by_the_page_is_one() -> None:
    text = "Joint Statement by New Zealand and Chile\n\nThe two Governments welcomed the\n\ngrowth of wine exports."
    assert said(text, JOINT) == [("CHL+NZL", "indirect", "growth of wine exports")] or said(text, JOINT) == [
        ("CHL+NZL", "indirect", "the\n\ngrowth of wine exports")
    ]


def test_items_of_a_joint_statement_belong_to_their_sentence() -> None:
    text = (
        "Joint Statement by New Zealand and Chile\n\nBoth countries decided to:\n\n"
        "• raise the quota;\n\n• open a port; and\n\n"
        "• count the whales."
    )
    found = pipeline.extract(text, JOINT).to_json()
    assert len(found["statements"]) == 1
    assert [text[c["span"][0] : c["span"][1]] for c in found["commitments"]] == [
        "raise the quota",
        "open a port",
        "count the whales",
    ]


def test_a_newspaper_names_its_own_minister_without_the_state() -> None:
    text = (
        "Prime Minister Narendra Modi and French President Emmanuel Macron met in Marseille on Wednesday. India and "
        "France agreed to build reactors.\n\nForeign Secretary Vikram Misri said the talks covered nuclear energy."
    )
    found = pipeline.extract(text, {"published": "2025-02-12"}).to_json()["statements"]
    assert ("Vikram Misri", "IND") in {(s["speaker"], s["on_behalf_of"]) for s in found}


@pytest.mark.parametrize(
    "opening",
    [
        "Peruvian and Chilean Foreign Ministers Ana Quispe and Luis Rojas met in Lima on Friday.",
        "The foreign ministers of Peru and Chile, Ana Quispe and Luis Rojas, met in Lima on Friday.",
        "Foreign Ministers of Peru and Chile Ana Quispe and Luis Rojas met in Lima on Friday.",
    ],
)
def test_two_names_under_one_title_speak_each_for_their_state(opening: str) -> None:
    text = f"{opening}\n\nQuispe said the border should be marked. Rojas welcomed the idea."
    found = pipeline.extract(text, {"published": "2025-02-12"}).to_json()["statements"]
    assert [(s["speaker"], s["on_behalf_of"]) for s in found] == [("Ana Quispe", "PER"), ("Luis Rojas", "CHL")]


def test_a_question_without_a_colon_is_nobodys_statement() -> None:
    text = (
        "PRESIDENT RIOS:  Hello to Norway.  We are glad.\n\nQ    Thank you.  The quota is low.  Are you glad?\n\n"
        "PRESIDENT RIOS:  Yes, we are.\n"
    )
    meta = {"published": "2024-03-05", "publisher": "PER", "title": "Remarks by President Rios in press conference"}
    found = pipeline.extract(text, meta).to_json()["statements"]
    assert [text[slice(*s["span"])] for s in found] == ["We are glad.", "Yes, we are."]
