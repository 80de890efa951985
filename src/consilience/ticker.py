"""The entries of a live ticker, each written at the hour that opens its paragraph."""

import re
from datetime import timedelta
from itertools import pairwise

from consilience.dates import day_value, when_of
from consilience.records import Document, When

_ENTRY = re.compile(
    r"^[ \t]*(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\b(?! ?%)", re.MULTILINE
)
# Two hours may open paragraphs by chance; three in one order are a ticker.
_ENTRIES_MIN = 3


def ticker(document: Document) -> tuple[tuple[int, When], ...]:
    """Where each entry begins and when it was written; empty for a page that is no ticker.

    The newest entry may stand first or last. Hours without a zone are UTC, of the page's day.
    """
    published = document.published
    if published is None or published.start is None or published.end is None:
        return ()
    if published.end - published.start > timedelta(days=1):
        return ()
    found = list(_ENTRY.finditer(document.text))
    hours = [(int(m["hour"]), int(m["minute"])) for m in found]
    steps = {(a > b) - (a < b) for a, b in pairwise(hours)} - {0}
    if len(found) < _ENTRIES_MIN or len(steps) != 1:
        return ()
    day = day_value(published.start)
    return tuple(
        (m.start(), when_of(f"{day}T{hour:02}:{minute:02}", m[0].strip()))
        for m, (hour, minute) in zip(found, hours, strict=True)
    )


def written_at(entries: tuple[tuple[int, When], ...], at: int) -> When | None:
    """When the entry was written that a place stands in; None before the first."""
    before = [when for start, when in entries if start <= at]
    return before[-1] if before else None
