"""Where nodes lie."""

import math
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.page.layout import positions

GRAPHS = st.integers(1, 40).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.dictionaries(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] < pair[1]),
            st.floats(1, 5),
            max_size=3 * n,
        ),
        st.lists(st.integers(0, n - 1), max_size=3, unique=True),
    )
)


@settings(max_examples=40)
@given(GRAPHS)
def test_discs_do_not_lie_on_each_other(graph: tuple[int, dict[tuple[int, int], float], list[int]]) -> None:
    count, links, poles = graph
    spots = positions([10.0] * count, links, poles)
    assert len(spots) == count
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in spots)
    assert all(math.dist(a, b) > 18 for a, b in combinations(spots, 2))
    assert positions([10.0] * count, links, poles) == spots


def test_two_poles_lie_left_and_right() -> None:
    links = {(0, i): 1.0 for i in range(2, 20)} | {(1, i): 1.0 for i in range(2, 20)}
    spots = positions([20.0, 20.0] + [8.0] * 18, links, (0, 1))
    assert spots[0][0] < min(x for x, _ in spots[2:])
    assert spots[1][0] > max(x for x, _ in spots[2:])
    assert abs(spots[0][1] - spots[1][1]) < 40


def test_parts_that_are_not_linked_stay_near() -> None:
    spots = positions([8.0] * 60, {(i, i + 1): 1.0 for i in range(0, 60, 2)})
    wide = max(x for x, _ in spots) - min(x for x, _ in spots)
    high = max(y for _, y in spots) - min(y for _, y in spots)
    assert wide < 2600
    assert high < 2600


def test_nothing() -> None:
    assert positions([], {}) == []
