"""How many days lie between two happenings, where the words count them."""

import re
from datetime import timedelta

from consilience.dates import day_value, when_of
from consilience.records import Precedence, When
from consilience.wording import SMALL_NUMBERS

_DAYS = re.compile(
    rf"(?P<number>an?|{'|'.join(SMALL_NUMBERS[1:])}|\d{{1,3}})\s+(?P<unit>day|week)s?\b",
    re.IGNORECASE,
)
_UNITS = {"day": 1, "week": 7}


def days_told(cue: str) -> int | None:
    """The days that words like these count exactly; None where they do not.

    >>> days_told("two days after"), days_told("about a week before"), days_told("soon after")
    (2, None, None)
    """
    found = _DAYS.match(cue)
    if found is None:
        return None
    word = found["number"].lower()
    number = (
        1 if word in ("a", "an") else SMALL_NUMBERS.index(word) if word.isalpha() else int(word)
    )
    return number * _UNITS[found["unit"].lower()]


def days_from(anchor: When, relation: Precedence, days: int) -> When | None:
    """The day that lies so many before or after another, if that is known to the day."""
    if anchor.start is None or anchor.end is None or relation is Precedence.WHILE:
        return None
    if anchor.end - anchor.start > timedelta(days=1) or "TNI" in anchor.value:
        return None
    step = timedelta(days=days if relation is Precedence.AFTER else -days)
    return when_of(day_value(anchor.start + step))
