"""Texts that are cut, doubled, shouted or in other scripts: no traceback, and each span is exact."""

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kg.extract.pipeline import extract

TEXT = (
    "Norway and Chile: a joint press conference\n\n"
    "OSLO, 5 March 2024 – Norwegian Prime Minister Kari Lund met Chilean President Pedro Soto on Monday.\n\n"
    "“We agreed to begin talks,” Lund said. She added that Norway's exports to Chile reached "
    "about $2.1 billion in 2023.\n\n"
    "PRESIDENT SOTO: Chile will sign the agreement next month. I thank the Prime Minister.\n\n"
    "The two sides welcomed progress and reaffirmed their commitment to the Paris Agreement."
)


def spans(value: Any) -> Iterator[list[int]]:
    if isinstance(value, dict):
        if "span" in value:
            yield value["span"]
        for child in value.values():
            yield from spans(child)
    elif isinstance(value, list):
        for child in value:
            yield from spans(child)


def quoted(text: str) -> str:
    dice = random.Random(4)
    return "".join(c + (dice.choice("\"“”'’") if dice.random() < 0.05 else "") for c in text)


MUTATIONS: list[Callable[[str], str]] = [
    lambda t: t[: len(t) // 3],
    lambda t: t[len(t) // 2 :],
    lambda t: t + "\n\n" + t,
    lambda t: "\n\n".join(reversed(t.split("\n\n"))),
    str.upper,
    str.lower,
    quoted,
    lambda t: re.sub(r"[^\w\s]", "", t),
    lambda t: t.translate(str.maketrans("aeo", "аео")),
    lambda t: "中国外长会见挪威首相。 قال الرئيس إن بلاده مستعدة. " + t[:200],
    lambda t: t.replace("\n", " "),
    lambda t: t.replace(" ", "\n"),
    lambda t: "\u202e\u200b".join(t.split(" ")),
    lambda t: "",
    lambda t: " \n\n ",
    lambda t: "…",
]


@pytest.mark.parametrize("number", range(len(MUTATIONS)))
@pytest.mark.parametrize(
    "meta", [{}, {"published": "2024-03-06", "publisher": "NOR", "head_of_government": "Lund, Kari"}]
)
def test_no_text_breaks_the_reader(number: int, meta: dict[str, str]) -> None:
    text = MUTATIONS[number](TEXT)
    found = extract(text, meta).to_json()
    json.dumps(found)
    for start, end in spans(found):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


def test_the_same_text_gives_the_same_extraction() -> None:
    assert extract(TEXT, {"published": "2024-03-06"}) == extract(TEXT, {"published": "2024-03-06"})


def test_furniture_of_pages_is_not_read() -> None:
    page = "By continuing to browse Chile's site you agree to our cookies.\n\nI agree\n\nSearch Trends"
    assert extract(page).statements == ()


def test_a_shouted_address_takes_no_longer_than_others() -> None:
    address = "HTTPS://EXAMPLE.ORG/" + "-".join(["REMARKS", "COUNTERTERRORISM", "INTERNATIONALISATION"] * 20)
    begin = time.process_time()
    extract(f"NORWAY MET CHILE. {address}/ THEY WELCOMED IT.")
    assert time.process_time() - begin < 20


def test_long_runs_of_one_character_are_read_at_once() -> None:
    """Each took minutes where something looks again from every character."""
    for text in ("x" + " " * 200_000 + "y", "(" * 100_000, '"' * 100_000, "a" * 300_000):
        assert extract(text).statements == ()


def test_time_grows_with_the_number_of_quotations_and_not_with_its_square() -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        assert extract("“We agree,” Chile said.\n\n" * count).statements
        return time.process_time() - begin

    few = min(seconds(300) for _ in range(3))
    assert seconds(3_000) < 20 * few
