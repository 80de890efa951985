"""A stream of documents to events: which documents tell of one."""

from collections.abc import Iterable

from consilience.group.grouping import Bounds, Grouping
from consilience.group.near import NO_SIGNATURE
from consilience.group.sketch import Sketch, in_order, sketch_of
from consilience.group.state import load_state, state_of
from consilience.records import Document

__all__ = [
    "NO_SIGNATURE",
    "Bounds",
    "Grouping",
    "Sketch",
    "group",
    "group_sketches",
    "in_order",
    "load_state",
    "sketch_of",
    "state_of",
]


def group(documents: Iterable[Document], bounds: Bounds | None = None) -> list[tuple[str, str]]:
    """The id of each document with that of its group. See `group_sketches`."""
    return group_sketches((sketch_of(document) for document in documents), bounds)


def group_sketches(
    sketches: Iterable[Sketch], bounds: Bounds | None = None
) -> list[tuple[str, str]]:
    """The id of each document with that of its group, in the order given.

    A group is named after what its earliest document holds. Neither names nor groups depend on
    the order, and time grows with the number of documents. The sketches are held; a stream in the
    order of its days goes through `Grouping` without that.
    """
    given = list(sketches)
    order = sorted(range(len(given)), key=lambda i: in_order(given[i]))
    grouping = Grouping(bounds)
    grouping.add(given[i] for i in order)
    names = {i: grouping.name(number) for number, i in enumerate(order)}
    return [(sketch.document_id, names[i]) for i, sketch in enumerate(given)]
