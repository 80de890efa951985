"""A stream of documents to events: which documents tell of one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from consilience.group.candidates import candidates
from consilience.group.cluster import cluster
from consilience.group.furniture import find_furniture
from consilience.group.likeness import likeness, page_of
from consilience.group.rarity import rarity_of
from consilience.group.sketch import Sketch, sketch_of
from consilience.records import Document

__all__ = ["Sketch", "group", "group_sketches", "sketch_of"]

_ID_DIGITS = 12
_NEAR_DAYS = 3


def group(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """The id of each document with that of its group. See `group_sketches`."""
    return group_sketches(sketch_of(document) for document in documents)


def group_sketches(sketches: Iterable[Sketch]) -> list[tuple[str, str]]:
    """The id of each document with that of its group, in the order given.

    A group is named after what its earliest document holds. Neither names nor groups depend on
    the order, and time grows with the number of documents.
    """
    given = []
    by_key: dict[str, Sketch] = {}
    for sketch in sketches:
        given.append((sketch.document_id, sketch.key))
        by_key.setdefault(sketch.key, sketch)  # copies of one day are one
    ordered = sorted(by_key.values(), key=lambda sketch: (sketch.day, sketch.key))
    furniture = find_furniture(ordered)
    rarity = rarity_of(
        [line for line in sketch.lines if line.words not in furniture] for sketch in ordered
    )
    pages = [
        page_of(sketch, furniture, rarity, n_near)
        for sketch, n_near in zip(ordered, _count_near(ordered), strict=True)
    ]
    groups = cluster(len(pages), candidates(pages), lambda i, j: likeness(pages[i], pages[j]))
    names = {
        ordered[index].key: f"g{ordered[members[0]].key[:_ID_DIGITS]}"
        for members in groups
        for index in members
    }
    return [(document_id, names[key]) for document_id, key in given]


def _count_near(ordered: Sequence[Sketch]) -> Iterator[int]:
    """How many documents are of about the days of each; all are where its day is not known."""
    days = [sketch.day for sketch in ordered if sketch.is_dated]
    for sketch in ordered:
        if sketch.is_dated:
            after = bisect_right(days, sketch.day + _NEAR_DAYS)
            yield after - bisect_left(days, sketch.day - _NEAR_DAYS)
        else:
            yield len(ordered)
