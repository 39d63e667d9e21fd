"""What is found by its place is what a look at all of them finds."""

import random
from itertools import pairwise

from kg.extract.model import Paragraph, Span
from kg.extract.nlp import blocks
from kg.extract.quotes import quotations
from kg.extract.spans import BySpan


def drawn(dice: random.Random) -> Span:
    start = dice.randrange(30)
    return start, start + dice.randrange(1, 12)


def test_the_same_things_as_by_a_look_at_all() -> None:
    dice = random.Random(1)
    for _ in range(500):
        spans = sorted(drawn(dice) for _ in range(dice.randrange(8)))
        found = BySpan(spans, lambda span: span)
        start, end = drawn(dice)
        assert list(found) == spans
        assert found.across(start, end) == [s for s in spans if s[0] < end and s[1] > start]
        assert found.within(start, end) == [s for s in spans if start <= s[0] and s[1] <= end]
        assert found.around(start, end) == [s for s in spans if s[0] <= start and end <= s[1]]


def test_quotations_do_not_overlap() -> None:
    dice = random.Random(2)
    for _ in range(500):
        text = "x" + "".join(dice.choices("ab .,s\n\"“”„«»‘’'`", k=80)).replace("\n", "\n\n")
        paragraphs = [Paragraph(i, a, b, "body", None) for i, (a, b) in enumerate(blocks(text))]  # type: ignore[arg-type]
        found = list(quotations(text, paragraphs))
        assert all(a < b for a, b in found)
        assert all(one[1] <= other[0] for one, other in pairwise(found))
