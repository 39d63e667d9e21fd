"""Names that bear no title: known holders of offices, surnames told elsewhere, counterparts; and what is none."""

import pytest

from kg.extract.gazetteer import load
from kg.extract.model import Mention
from kg.extract.pipeline import context, document


def persons(text: str, published: str = "2023-06-06") -> list[Mention]:
    ctx = context(document(text, {"published": published}))
    return [m for m in ctx.mentions if m.kind == "person"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("France sent Emmanuel Macron to Oslo.", [("Emmanuel Macron", "FRA")]),
        ("The United States was told by Joseph R. Biden, Jr. that Oslo is far.", [("Joseph R. Biden Jr", "USA")]),
        ("Norwegian ministers met their Chilean counterparts, Rosa Vidal and Juan Pinto.",
         [("Rosa Vidal", "CHL"), ("Juan Pinto", "CHL")]),
        ("Norwegian Prime Minister Lund spoke. Later Kari Lund left.", [("Kari Lund", "NOR"), ("Kari Lund", "NOR")]),
    ],
)  # fmt: skip
def test_untitled_names(text: str, names: list[tuple[str, str]]) -> None:
    assert [(m.actor.name, m.actor.party) for m in persons(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "British Prime Minister Theresa May spoke in London. The talks will go on in May.",
        "British Prime Minister Theresa May spoke in London. The talks will go on until 5 May 2018.",
    ],
)
def test_a_month_is_no_surname(text: str) -> None:
    assert len(persons(text, "2018-04-04")) == 1


def test_names_are_known_without_accents() -> None:
    assert {h.state for h in load().persons("Jonas Store")} == {"NOR"}
    assert load().surnamed("Støre") == load().surnamed("Store") != []
