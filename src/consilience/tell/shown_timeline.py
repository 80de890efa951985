"""The timeline as a page lists it: when, how exactly, and how far from one entry to the next."""

import math
from collections.abc import Mapping
from typing import Any

from consilience.records import Dossier, Passage, TimelineEntry
from consilience.tell.lookup import Lookup
from consilience.tell.marks import cites
from consilience.tell.moments import is_part, say_dating, say_moment, say_placement

# Hours from one entry of the timeline to the next, for each widening of the gap between them.
_GAP_HOURS = (3, 12, 36, 24 * 7, 24 * 60)


def shown_timeline(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]
) -> list[dict[str, Any]]:
    entries = dossier.timeline
    told = {entry.event_id for entry in entries}
    return [
        {
            "id": f"t{n + 1}",
            "event_id": entry.event_id,
            "when": _when(entry, book),
            "datings": [say_dating(dating, book) for dating in entry.conflicts],
            "gap": _gap(entries[n - 1], entry) if n else 0,
            "precision": "placed" if entry.placed is not None else _precision(entry),
            "status": entry.status,
            "is_part": is_part(entry, told, book),
            "text": entry.text[:1].upper() + entry.text[1:],
            "cites": cites(entry.passages, ids),
        }
        for n, entry in enumerate(entries)
    ]


def _when(entry: TimelineEntry, book: Lookup) -> str:
    said = (
        say_moment(entry.when) if entry.placed is None else say_placement(entry, entry.placed, book)
    )
    return said[:1].upper() + said[1:]


def _gap(before: TimelineEntry, after: TimelineEntry) -> int:
    """How wide the gap between two entries is drawn, 0 to 5."""
    if before.when.start is None or after.when.start is None:
        return 0
    hours = (after.when.start - before.when.start).total_seconds() / 3600
    return sum(hours >= limit for limit in _GAP_HOURS)


def _precision(entry: TimelineEntry) -> str:
    """How exact a time is: moment, day, week, month, year."""
    start, end = entry.when.start, entry.when.end
    days = math.inf if start is None or end is None else (end - start).total_seconds() / 86_400
    names = ((0.1, "moment"), (1.0, "day"), (7.0, "week"), (31.0, "month"), (math.inf, "year"))
    return next(name for most, name in names if days <= most)
