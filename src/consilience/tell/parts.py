"""Which part of a page an offset stands in."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from consilience.records import Document, PartKind


def inside(document: Document, *kinds: PartKind) -> Callable[[int], bool]:
    """Whether an offset stands in a part of one of these kinds."""
    found = sorted(part.passage for part in document.parts if part.kind in kinds)
    starts = [passage.start for passage in found]
    reached = list(accumulate((passage.end for passage in found), max))

    def is_inside(offset: int) -> bool:
        i = bisect_right(starts, offset)
        return i > 0 and offset < reached[i - 1]

    return is_inside
