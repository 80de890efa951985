"""How passages of one document lie to each other."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from consilience.records import Passage

T = TypeVar("T")


def within(inner: Passage, outer: Passage) -> bool:
    """Whether one passage lies inside another of the same document."""
    return (
        inner.document_id == outer.document_id
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def beginning_in(items: Sequence[T], at: Callable[[T], Passage], outer: Passage) -> Sequence[T]:
    """Those that begin within a passage, of items in the order of the text."""
    first = bisect_left(items, outer.start, key=lambda item: at(item).start)
    return items[first : bisect_left(items, outer.end, first, key=lambda item: at(item).start)]


@dataclass(frozen=True, slots=True)
class Stretches(Generic[T]):
    """Things by where they stand; `reached[i]` is how far the first of them, up to `i`, go."""

    held: tuple[tuple[Passage, T], ...]
    reached: tuple[int, ...]

    def over(self, start: int, end: int) -> Iterator[T]:
        """Those of which some lies between two places, the last first."""
        i = bisect_left(self.held, end, key=lambda held: held[0].start)
        while i and self.reached[i - 1] > start:
            i -= 1
            if self.held[i][0].end > start:
                yield self.held[i][1]


def stretches(held: Iterable[tuple[Passage, T]]) -> Stretches[T]:
    """Those of equal places stay in their order."""
    ordered = tuple(sorted(held, key=lambda one: one[0]))
    return Stretches(ordered, tuple(accumulate((p.end for p, _ in ordered), max)))
