"""How two times given for one happening stand to each other."""

import re
from datetime import timedelta

from consilience.dates import contains, overlaps
from consilience.records import RelationKind, When
from consilience.weigh.sides import Judged, Side
from consilience.wording import say_when

# A happening of the small hours is told of either day: "Thursday" and "Friday at 2 a.m.".
_ONE_NIGHT = timedelta(hours=4)
_ONE_DAY = timedelta(days=1)
# Two clocks are wrong by minutes, and a report by hours.
_OTHER_HOUR = timedelta(hours=3)
_CLOCK = re.compile(r"T\d{2}:\d{2}")
_HAPPENED = re.compile(
    r"\b(?:happen\w*|occur\w*|beg[ai]n\w*|start\w*|erupt\w*|broke out|struck|took place)\b",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|enero|abril|agosto|dic"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|\d{1,4}[-/.]\d{1,2}[-/.]\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b[12]\d{3}\b")


def names_day(when: When) -> bool:
    """Whether the words of a time say on which day it was, and not the hour alone, or "today".

    A page is often older than its date: who wrote "tonight" wrote it before.

    >>> names_day(When(None, None, "2019-10-17T15:30", "3.30pm"))
    False
    """
    return when.text is None or bool(_NAMED_DAY.search(when.text) or _YEAR.search(when.text))


def relate_times(a: Side, b: Side, left: When, right: When) -> Judged:
    """Whether both can be when it happened, which was once unless it lasts."""
    said_left, said_right = say_when(left), say_when(right)
    if (left.start, left.end) == (right.start, right.end):
        return RelationKind.SAME, "the same time"
    if contains(left, right) or contains(right, left):
        exact, vague = (said_right, said_left) if contains(left, right) else (said_left, said_right)
        return RelationKind.COMPATIBLE, f"{exact} lies in {vague}, which is only less exact"
    if overlaps(left, right):
        return RelationKind.COMPATIBLE, f"{said_left} and {said_right} overlap"
    is_one_day = left.value.split("T")[0] == right.value.split("T")[0]
    if not is_one_day and not (a.is_day_named and b.is_day_named):
        unnamed = said_right if a.is_day_named else said_left
        return RelationKind.COMPATIBLE, f"the page that gives {unnamed} does not name the day"
    if _is_one_day_of_year(left, right):
        return RelationKind.COMPATIBLE, "one day of the year, and the year is not said"
    is_of_once = _is_once(a) and _is_once(b)
    if a.is_lasting and not is_of_once:
        return (
            RelationKind.COMPATIBLE,
            f"it lasted, and may have gone on on {said_left} and {said_right}",
        )
    if a.document_ids <= b.document_ids or b.document_ids <= a.document_ids:
        return (
            RelationKind.COMPATIBLE,
            "one document gives both, so they may be of different moments",
        )
    if is_one_day:
        if is_of_once and _hours_apart(left, right) >= _OTHER_HOUR:
            return RelationKind.CONTRADICTORY, (
                f"{said_left} and {said_right} are hours apart, and it happened once"
            )
        return RelationKind.COMPATIBLE, "one day; the hours may be of different moments of it"
    if _is_one_night(left, right):
        return (
            RelationKind.COMPATIBLE,
            f"{said_left} and {said_right} border on each other in one night",
        )
    return RelationKind.CONTRADICTORY, (
        f"{said_left} and {said_right} are different times, and it happened once"
    )


def _is_once(side: Side) -> bool:
    """Whether each who says so says when it happened or began."""
    return bool(side.words) and all(map(_HAPPENED.search, side.words))


def _hours_apart(a: When, b: When) -> timedelta:
    """Between two hours by the clock; none between parts of a day."""
    if not (_CLOCK.search(a.value) and _CLOCK.search(b.value)):
        return timedelta()
    if a.start is None or b.start is None:
        return timedelta()
    return abs(a.start - b.start)


def _is_one_day_of_year(a: When, b: When) -> bool:
    return a.value[4:] == b.value[4:] != "" and not all(
        w.text is None or _YEAR.search(w.text) for w in (a, b)
    )


def _is_one_night(a: When, b: When) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    gap = max(a.start, b.start) - min(a.end, b.end)
    if "WE" in (a.value[-2:], b.value[-2:]):
        # Friday is of the weekend.
        return gap < _ONE_DAY
    is_shorter = min(a.end - a.start, b.end - b.start) < _ONE_DAY
    return is_shorter and gap <= _ONE_NIGHT
