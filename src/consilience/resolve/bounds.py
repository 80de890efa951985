"""The days between which a page must have been written, and a day of writing as a judgement."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from consilience.records import Document, Judgement, Verdict
from consilience.resolve.tellings import Telling, said_day

MADE_BY = "consilience.dating"
WEEKDAY_REACH_DAYS = 3  # how long after a weekday the press still calls it by its bare name
# A bare weekday that is past; the group holds where it is the night or evening of it.
PAST_WEEKDAY = re.compile(r"weekday:(\d):past(?:\+T(?:[\d:]+(?:@\S+)?|MO|AF|MI|(NI|EV)))?")


@dataclass(frozen=True, slots=True)
class Bounds:
    first: date | None
    last: date | None
    last_why: str


def bounds_of(document: Document, tellings: Sequence[Telling]) -> Bounds:
    """Days between which the document was published, whatever the others say."""
    own = [
        t.timex.when.start.date()
        for t in tellings
        if t.timex.relative is None and t.timex.when.start is not None
        and len(t.timex.when.value) >= 4
    ]  # fmt: skip
    last: list[tuple[date, str]] = []
    for stamp, why in (
        (document.updated, "its page was updated"),
        (document.retrieved, "it was retrieved"),
    ):
        if stamp is not None and stamp.end is not None:
            day = (stamp.end - timedelta(microseconds=1)).date()
            last.append((day, f"{why} on {said_day(day)}"))
    latest, why = min(last) if last else (None, "")
    # An own date after the stamp is of things to come.
    past = [day for day in own if latest is None or day < latest]
    return Bounds(max(past) if past else None, latest, why)


def dated_judgement(
    document: Document, first: date, last: date, score: float, reasons: Sequence[str]
) -> Judgement:
    value = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return Judgement(document.id, value, Verdict.DATES, score, MADE_BY, "; ".join(reasons))
