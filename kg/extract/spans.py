"""Things that stand at some place of a text, found by that place without a look at all of them."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from kg.extract.model import Span

T = TypeVar("T")


class BySpan(Generic[T]):
    """Things in the order of their spans, none of which is empty.

    >>> words = BySpan([(8, 12), (0, 5), (2, 10)], lambda span: span)
    >>> words.across(4, 8), words.within(0, 10), words.around(3, 5)
    ([(0, 5), (2, 10)], [(0, 5), (2, 10)], [(0, 5), (2, 10)])
    """

    def __init__(self, things: Iterable[T], span: Callable[[T], Span]) -> None:
        self._things = sorted(things, key=span)
        self._spans = [span(thing) for thing in self._things]
        # How far any of the things up to each one reaches: before the first that reaches a place, none does.
        self._reach = list(accumulate((end for _, end in self._spans), max))

    def __iter__(self) -> Iterator[T]:
        return iter(self._things)

    def across(self, start: int, end: int) -> list[T]:
        """Those that have a character within the offsets."""
        return [self._things[i] for i in self._between(start, end) if self._spans[i][1] > start]

    def within(self, start: int, end: int) -> list[T]:
        """Those that lie within the offsets as a whole."""
        return [self._things[i] for i in self._between(start, end) if self._is_in(self._spans[i], (start, end))]

    def around(self, start: int, end: int) -> list[T]:
        """Those in which the offsets lie as a whole."""
        return [self._things[i] for i in self._between(start, end) if self._is_in((start, end), self._spans[i])]

    def _between(self, start: int, end: int) -> range:
        """Among these are all that have a character within the offsets."""
        return range(bisect_left(self._reach, start + 1), bisect_left(self._spans, (end, -1)))

    @staticmethod
    def _is_in(inner: Span, outer: Span) -> bool:
        return outer[0] <= inner[0] and inner[1] <= outer[1]
