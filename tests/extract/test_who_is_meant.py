"""Who is meant: names, titles, offices, both sides, the leaders, pronouns."""

import pytest

from kg.extract.context import DocContext
from kg.extract.pipeline import context, document


def read(text: str, **meta: str) -> DocContext:
    return context(document(text, meta))


def meant(ctx: DocContext, word: str, nth: int = 0) -> str:
    """The speaker that the nth occurrence of a word means."""
    found = []
    for sentence in ctx.sentences:
        for token in sentence.span:
            if token.text == word:
                actor = ctx.who(sentence.paragraph, token)
                found.append(actor.speaker if actor is not None else "")
    return found[nth]


BILATERAL = (
    "Norwegian Prime Minister Kari Lund met Chilean President Pedro Soto in Oslo on Monday. "
    "Lund welcomed the visit. She said the two sides would work together. "
    "The leaders agreed to meet again. They thanked their teams. "
    "Both countries will open consulates, and the Chilean side will host the talks."
)


@pytest.mark.parametrize(
    ("word", "nth", "who"),
    [
        ("Lund", 1, "Kari Lund"),
        ("She", 0, "Kari Lund"),
        ("sides", 0, "CHL+NOR"),
        ("leaders", 0, "CHL+NOR"),
        ("They", 0, "CHL+NOR"),
        ("countries", 0, "CHL+NOR"),
        ("side", 0, "CHL"),
    ],
)
def test_phrases_of_a_report_mean_the_parties(word: str, nth: int, who: str) -> None:
    assert meant(read(BILATERAL, published="2024-03-05"), word, nth) == who


def test_the_leaders_are_persons() -> None:
    ctx = read(BILATERAL, published="2024-03-05")
    assert {a.name for a in ctx.frame.leaders} == {"Kari Lund", "Pedro Soto"}


def test_a_capital_speaks_but_is_also_a_place() -> None:
    ctx = read("Officials met in Ottawa. Ottawa said it would wait. The message from Ottawa was clear.")
    assert [meant(ctx, "Ottawa", n) for n in range(3)] == ["", "CAN", "CAN"]


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("The President of the Republic of Gabon, Marie Ondo, spoke first.", "Marie Ondo", "GAB"),
        ("Ana Ruiz, the Prime Minister of Peru, spoke first.", "Ana Ruiz", "PER"),
        ("Prime Minister Ana Ruiz of Peru spoke first.", "Ana Ruiz", "PER"),
        ("Peru's foreign minister Ana Ruiz spoke first.", "Ana Ruiz", "PER"),
        ("Kenya's foreign ministry spokesperson Ana Ruiz spoke first.", "Ana Ruiz", "KEN"),
        ("Minister for Trade and Tourism of Peru Ana Ruiz spoke first.", "Ana Ruiz", "PER"),
        ("HE Mr Bo-ram Al-Tayeb, Chairman of Oman's State Council, spoke first.", "Bo-ram Al-Tayeb", "OMN"),
        ("European Commission President Eva van der Berg spoke first.", "Eva van der Berg", "EU"),
        ("Peruvian President Ana Ruiz, Jr. spoke first.", "Ana Ruiz", "PER"),
    ],
)
def test_titles_before_and_after_a_name_tell_its_state(text: str, name: str, state: str) -> None:
    people = [m.actor for m in read(text).mentions if m.kind == "person"]
    assert people, "no person was found"
    assert people[0].name.startswith(name)
    assert people[0].party == state


def test_two_ministers_share_the_state_that_is_told_once() -> None:
    ctx = read("She met Foreign Minister Olha Bondar and Defence Minister Ihor Koval of Ukraine.")
    assert {m.actor.name: m.actor.party for m in ctx.mentions if m.kind == "person"} == {
        "Olha Bondar": "UKR",
        "Ihor Koval": "UKR",
    }


def test_counterparts_belong_to_the_state_that_is_told() -> None:
    ctx = read("Japanese ministers met their Philippine counterparts, Ramon Cruz and Luz Reyes.")
    assert {m.actor.party for m in ctx.mentions if m.kind == "person"} == {"PHL"}


def test_family_name_first_and_last_are_one_person() -> None:
    ctx = read("Chinese Premier Li Ziwei spoke. Premier Li left. French President Luc Martin stayed. Martin smiled.")
    assert {m.actor.name for m in ctx.mentions if m.kind == "person"} == {"Li Ziwei", "Luc Martin"}


def test_the_metadata_name_who_says_i() -> None:
    ctx = read(
        "I met President Soto of Chile today. We agreed to begin talks.",
        publisher="NOR",
        head_of_government="Lund, Kari",
        published="2024-03-05",
    )
    assert ctx.frame.kind == "first-person"
    assert meant(ctx, "I") == "Kari Lund"
    assert meant(ctx, "We") == "CHL+NOR"


def test_an_office_without_a_name_speaks_for_its_state_and_knows_its_holder() -> None:
    ctx = read("The Prime Minister of the United Kingdom and the Chancellor of Germany spoke.", published="2023-05-02")
    offices = [m.actor for m in ctx.mentions if m.kind == "person"]
    assert [(a.speaker, a.named) for a in offices] == [("GBR", False), ("DEU", False)]
    assert all(a.iri for a in offices)


def test_turns_have_speakers_and_questions_are_nobodys() -> None:
    text = (
        "PRIME MINISTER LUND: Norway is glad to host you.\n\n"
        "JOURNALIST: Will you sign?\n\n"
        "PRESIDENT SOTO: Chile will sign."
    )
    ctx = read(text, title="Press conference of Prime Minister Kari Lund of Norway and President Pedro Soto of Chile")
    assert ctx.frame.kind == "transcript"
    assert [s.turn.name for s in ctx.body if s.turn is not None] == ["Kari Lund", "Pedro Soto"]
    assert not any("sign?" in s.text() for s in ctx.body)


@pytest.mark.parametrize(
    ("title", "text", "parties"),
    [
        ("Joint Statement by Chile and Norway", "Chile and Norway agree.", ("CHL", "NOR")),
        ("Leaders' statement", "We, the leaders of Chile, Norway and Japan, met today.", ("CHL", "JPN", "NOR")),
    ],
)
def test_a_joint_statement_is_said_by_its_parties(title: str, text: str, parties: tuple[str, ...]) -> None:
    frame = read(text, title=title).frame
    assert (frame.kind, frame.parties) == ("joint", parties)


@pytest.mark.parametrize("word", ["opposite number", "colleague", "counterpart"])
def test_the_other_side_by_other_words(word: str) -> None:
    text = f"Peruvian minister Rosa Quispe and her Norwegian {word} Lars Berg spoke by phone on Monday. Berg was glad."
    assert meant(read(text, published="2024-03-05"), "Berg", 1) == "Lars Berg"


def test_a_foreign_minister_told_elsewhere_by_state() -> None:
    text = "Foreign Minister Rosa Quispe of Peru met Foreign Adviser Omar Hasan. Hasan was glad."
    title = "Foreign Minister Quispe meets the Foreign Minister of Bangladesh"
    ctx = read(text, published="2024-03-05", publisher="PER", title=title)
    assert {m.actor.party for m in ctx.mentions if m.actor.name == "Omar Hasan"} == {"BGD"}


def test_of_several_offices_the_title_names_one() -> None:
    """Where no date tells which of them the person held: he was vice president, too."""
    ctx = read("Chinese President Xi Jinping met the Chilean president in Santiago. Xi welcomed the visit.")
    assert {m.actor.office for m in ctx.mentions if m.actor.kind == "person"} == {"head-of-state"}
