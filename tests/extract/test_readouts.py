"""Readouts of foreign ministries, communiqués and wire news: their ways to tell who said and undertook what."""

from typing import Any

import pytest

from kg.extract import pipeline


def read(text: str, **meta: str) -> dict[str, Any]:
    return pipeline.extract(text, {"published": "2024-03-05", **meta}).to_json()


def said(text: str, **meta: str) -> list[tuple[str, str]]:
    return [(s["speaker"], text[slice(*s["span"])]) for s in read(text, **meta)["statements"]]


def bound(text: str, **meta: str) -> list[tuple[str, str]]:
    return [("+".join(c["by"]), text[slice(*c["span"])]) for c in read(text, **meta)["commitments"]]


PERU = {"publisher": "PER", "title": "Foreign Minister Rosa Quispe meets Foreign Minister Lars Berg of Norway"}
MET = "Foreign Minister Rosa Quispe met Norwegian Foreign Minister Lars Berg in Lima on Monday. "


@pytest.mark.parametrize(
    ("sentence", "speaker", "words"),
    [
        ("Norway wants a quick end to the dispute.", "NOR", "a quick end to the dispute"),
        ("Norway intends to host a round of fishery talks.", "NOR", "to host a round of fishery talks"),
        ("Berg informed his Peruvian counterpart about the ice survey.", "Lars Berg", "the ice survey"),
        ("Berg briefed the Minister on the state of the fund.", "Lars Berg", "the state of the fund"),
        ("The importance of port safety was noted.", "NOR+PER", "The importance of port safety"),
        ("Special attention was paid to anchovy quotas.", "NOR+PER", "anchovy quotas"),
        ("It was agreed to keep channels open.", "NOR+PER", "to keep channels open"),
    ],
)
def test_what_a_readout_says(sentence: str, speaker: str, words: str) -> None:
    assert said(MET + sentence, **PERU)[-1] == (speaker, words)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It was agreed to keep channels open.", [("NOR+PER", "to keep channels open")]),
        ("The ministers agreed on setting up a salmon board.", [("NOR+PER", "on setting up a salmon board")]),
        ("Berg expressed his intention to fund the port.", [("NOR", "to fund the port")]),
        ("Berg said his government would fund the port.", [("NOR", "fund the port")]),
        ("Berg said the government would fund the port.", [("NOR", "fund the port")]),
        ("Norway intends to host a round of fishery talks.", [("NOR", "to host a round of fishery talks")]),
        ("Berg assured her of Norway's commitment to fair quotas.", [("NOR", "commitment to fair quotas")]),
        ("Berg said Chile would have lost the case.", []),
        ("Berg agreed to visit Cusco next year.", []),
    ],
)
def test_what_binds_in_a_readout(sentence: str, found: list[tuple[str, str]]) -> None:
    assert [(by, words.removeprefix("Norway's ")) for by, words in bound(MET + sentence, **PERU)] == found


def test_a_pronoun_means_who_spoke_not_who_was_spoken_of() -> None:
    text = MET + "Berg explained that Peru had set new quotas. He also thanked the fleet for its patience."
    assert said(text, **PERU)[-1][0] == "Lars Berg"


def test_a_list_before_a_verb_speaks_together() -> None:
    text = "Peru, the Kingdom of Norway, and Iceland are determined to protect the cod."
    assert ("ISL+NOR+PER", "to protect the cod") in said(text, publisher="Daily Ledger", title="Cod talks")


def test_south_and_north_are_two_states() -> None:
    text = "South and North Korea affirmed the value of family visits."
    assert said(text, publisher="KOR", title="Red Cross talks") == [("KOR+PRK", "the value of family visits")]


def test_brussels_is_the_union_where_the_union_acts() -> None:
    meta = {"publisher": "Daily Ledger", "title": "Norway and the EU discuss cod"}
    text = "EU officials met Norwegian negotiators on Monday. A senior EU official said Brussels would lower its quota."
    assert bound(text, **meta) == [("EU", "lower its quota")]
    plain = "Belgian and Norwegian officials met on Monday. Brussels said it would wait."
    assert said(plain, publisher="Daily Ledger", title="Norway and Belgium")[-1][0] == "BEL"


def test_a_body_and_a_state_issue_a_joint_statement() -> None:
    text = (
        "The Gulf Cooperation Council and Japan held a ministerial meeting in Kuwait City on 2 March 2024. "
        "The two sides agreed to form a working group. The partnership rests on trust."
    )
    meta = {"publisher": "KWT", "title": "Joint statement of the GCC-Japan ministerial meeting"}
    assert [who for who, _ in said(text, **meta)][1:] == ["GCC+JPN", "GCC+JPN"]
    assert bound(text, **meta) == [("GCC+JPN", "to form a working group")]


def test_an_opening_lists_states_and_a_body() -> None:
    text = (
        "We, the Foreign Ministers of Estonia, Latvia and Lithuania, and the High Representative of the European "
        "Union, met in Riga on 2 March 2024. We shall guard the Baltic cables. We spoke of Georgia."
    )
    found = said(text, publisher="EU", title="Joint statement of the EU-Baltic ministerial meeting")
    assert {who for who, _ in found} == {"EST+EU+LTU+LVA"}


def test_words_that_were_issued_run_over_paragraphs() -> None:
    text = (
        'Foreign Minister Rosa Quispe issued the following statement today:\n\n"The fishers of Norway are our friends. '
        'We will renew their licences.\n\nTheir boats are welcome in Callao."\n\nThe fleet has 40 boats.'
    )
    found = said(text, publisher="PER", title="Foreign Minister Rosa Quispe on Norway")
    assert [who for who, _ in found] == ["Rosa Quispe"] * 3
    assert bound(text, publisher="PER", title="Foreign Minister Rosa Quispe on Norway")[0][0] == "PER"


def test_we_in_a_quotation_is_the_state_of_the_speaker() -> None:
    text = 'Norwegian minister Lars Berg met Rosa Quispe of Peru. "We will publish every quota," Berg said.'
    assert bound(text, publisher="Daily Ledger", title="Norway and Peru")[0][0] == "NOR"


def test_quoted_as_saying() -> None:
    text = "Norway's ministry quoted Lars Berg, the Norwegian fisheries minister, as saying the quota was too low."
    assert said(text, publisher="Daily Ledger", title="Norway and Peru") == [("Lars Berg", "the quota was too low")]


def test_a_ministry_answers_at_its_briefing() -> None:
    text = (
        "Ms. Ana Torres: Good morning. The Foreign Minister of Norway visited Lima on 1 March.\n\n"
        "Question (Radio Sur): Are there talks on cod?\n\nSpokesperson: We support a quick agreement on cod."
    )
    found = said(text, publisher="PER", title="Transcript of the press briefing by the Spokesperson")
    assert [who for who, _ in found if who] == ["Ana Torres", "Ana Torres"]


def test_two_officials_are_not_the_two_sides() -> None:
    text = "Norway and Peru trade cod. Prices will rise, according to two officials."
    assert said(text, publisher="Daily Ledger", title="Norway and Peru") == []


def test_talks_on_a_day_have_no_content() -> None:
    assert all("March" not in words for _, words in said(MET + "Berg held talks with Quispe on 4 March.", **PERU))


def test_the_dateline_of_a_story_is_no_subject() -> None:
    text = (
        "LIMA, Peru, March 5 - Peruvian President Ana Rios and Norwegian Prime Minister Kari Lund vowed to share data."
    )
    assert said(text, publisher="Daily Ledger", title="Data pact")[0][0] == "NOR+PER"


def test_a_president_of_a_third_state_is_not_the_other_partys() -> None:
    text = "Peru and Norway met in Lima on Monday. President Biden met Rosa Quispe, the Peruvian minister, on Sunday."
    calls = read(text, publisher="PER", title="Talks with Norway", published="2023-05-20")["meetings"]
    assert ["PER", "USA"] in [m["states"] for m in calls]


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin had a telephone conversation with the Prime Minister of India, Narendra Modi.",
        "The Prime Minister of India, Narendra Modi, met his host, Vladimir Putin.",
    ],
)
def test_a_head_of_state_is_known_without_a_title(text: str) -> None:
    (meeting,) = read(text, publisher="RUS", title="Conversation", published="2024-08-27")["meetings"]
    assert meeting["participants"] == ["Narendra Modi", "Vladimir Putin"]


def test_his_excellency_is_no_pronoun() -> None:
    text = (
        "HE Foreign Minister Rosa Quispe met Foreign Minister Lars Berg of Norway. For his part, HE the Norwegian "
        "Foreign Minister praised Peru's ports. He noted that trade was growing."
    )
    assert [who for who, _ in said(text, **PERU)][-2:] == ["Lars Berg", "Lars Berg"]


def test_the_ministers_are_all_who_met() -> None:
    text = (
        "Minister Lars Berg met in Riga today with the foreign ministers of Estonia, Latvia and Lithuania.\n\n"
        "Berg was content.\n\nThe ministers called for safer cables."
    )
    found = said(text, publisher="NOR", title="Minister Lars Berg in Riga")
    assert found[-1] == ("EST+LTU+LVA+NOR", "safer cables")


def test_the_head_of_a_states_diplomacy() -> None:
    text = "Norwegian Foreign Minister Lars Berg met Rosa Quispe. The head of Norwegian diplomacy stressed his calm."
    assert said(text, publisher="Daily Ledger", title="Norway and Peru")[-1][0] == "Lars Berg"


def test_an_amount_of_aid_that_is_announced_binds() -> None:
    assert bound(MET + "Berg announced 600 million kroner of assistance to Peru.", **PERU)[0][0] == "NOR"


def test_a_purpose_belongs_to_who_spoke_not_to_the_partner() -> None:
    text = "Minister Rosa Quispe spoke today with Norwegian Prime Minister Kari Lund to convey Peru's support for calm."
    assert ("Rosa Quispe", "Peru's support for calm") in said(text, **PERU)


def test_what_somebody_is_helped_to_do_is_no_statement() -> None:
    text = "Minister Rosa Quispe praised Peru's promise to help Chile defend its waters."
    assert all(not words.startswith("its waters") for _, words in said(text, **PERU))


def test_a_state_that_is_only_written_about_is_no_party() -> None:
    text = (
        "Minister Rosa Quispe spoke with allies about Georgia. They condemned the attack on Georgia. Georgia is calm."
    )
    assert all("GEO" not in who for who, _ in said(text, publisher="PER", title="Call with allies"))


def test_all_whom_a_title_lists_are_the_leaders() -> None:
    text = (
        "Peruvian President Ana Rios held a call with Prime Minister Kari Lund of Norway, Prime Minister Mart Tamm of "
        "Estonia, and President Pedro Soto of Chile. The leaders affirmed their support for the treaty."
    )
    title = "Call with Prime Minister Lund of Norway, Prime Minister Tamm of Estonia, President Soto of Chile"
    found = read(text, publisher="PER", title=title)
    assert found["meetings"][0]["participants"] == ["Pedro Soto", "Mart Tamm", "Kari Lund", "Ana Rios"]
    assert found["statements"][0]["speaker"] == "CHL+EST+NOR+PER"


def test_junior_is_no_surname() -> None:
    text = (
        "President John Doe Jr. of Peru spoke with Palestinian Authority President Omar Said. President Doe was clear. "
        "The President underscored his support for calm."
    )
    assert said(text, publisher="PER", title="Call of President John Doe Jr.")[-1][0].startswith("John Doe")


def test_the_national_security_council_is_not_that_of_the_united_nations() -> None:
    assert read("Minister Rosa Quispe met members of the National Security Council.", **PERU)["forums"] == []


def test_a_king_of_several_realms_acts_for_his_own() -> None:
    found = read(
        "President Joe Biden spoke today with King Charles III to offer condolences.",
        publisher="USA",
        title="Readout of a call with King Charles III",
        published="2022-09-14",
    )
    assert found["meetings"][0]["states"] == ["GBR", "USA"]


def test_welcoming_their_commitment_binds_nobody_who_welcomes() -> None:
    text = "Norwegian Foreign Minister Lars Berg welcomed their commitment to fair quotas."
    assert bound(text, publisher="NOR", title="Foreign Minister Lars Berg receives envoys") == []


def test_who_begins_by_thanking_thanks() -> None:
    assert said(MET + "Berg began by thanking Quispe for the welcome.", **PERU)[-1][0] == "Lars Berg"


def test_both_agreed() -> None:
    assert said(MET + "Berg praised the port, and both agreed to protect it.", **PERU)[-1] == (
        "NOR+PER",
        "to protect it",
    )


def test_a_paper_names_the_minister_of_the_city_it_writes_from_without_the_state() -> None:
    text = "LIMA, March 5 (DL) - Peru accused Norway of fraud. Foreign Minister Rosa Quispe said the quota was low."
    found = said(text, publisher="Daily Ledger", title="Peru and Norway quarrel over cod")
    assert found[-1] == ("Rosa Quispe", "the quota was low")
