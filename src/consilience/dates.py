"""Imprecise times as half-open UTC intervals, and the TIMEX3 values that name them."""

import re
from datetime import UTC, date, datetime, timedelta

from consilience.records import When

_VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:W(?P<week>\d{2})(?:-(?P<weekday>[1-7]|WE))?|(?P<season>SP|SU|FA|WI|Q[1-4]|H[12])"
    r"|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
    r"(?:T(?:(?P<hour>\d{2})(?::(?P<minute>\d{2}))?|(?P<part>MO|MI|AF|EV|NI|DT)))?"
)
# Hours of the day, local: [from, to). Night and evening run over midnight's edge on purpose.
_PARTS = {"MO": (5, 12), "MI": (11, 14), "AF": (12, 18), "EV": (17, 24), "NI": (18, 30), "DT": (7, 18)}
_MONTHS = {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)} | {
    **{f"Q{q}": (3 * q - 2, 3) for q in range(1, 5)},
    **{f"H{h}": (6 * h - 5, 6) for h in (1, 2)},
}


def interval(value: str) -> tuple[datetime | None, datetime | None]:
    """The half-open UTC interval that a TIMEX3 DATE or TIME value stands for.

    (None, None) where the value names no place on the line of time (`XXXX-WXX-3`, `P1W`).

    >>> [t.isoformat() for t in interval("2019-02")]
    ['2019-02-01T00:00:00+00:00', '2019-03-01T00:00:00+00:00']
    """
    found = _VALUE.fullmatch(value)
    if found is None:
        decade = re.fullmatch(r"(\d{3})X?", value)
        if decade is None:
            return None, None
        year = int(decade[1]) * 10
        return _utc(year, 1, 1), _utc(year + 10, 1, 1)
    try:
        start, end = _day_range(found)
    except ValueError:
        return None, None
    return _within_day(found, start, end)


def _utc(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def _add_months(year: int, month: int, n: int) -> datetime:
    months = year * 12 + month - 1 + n
    return _utc(months // 12, months % 12 + 1, 1)


def _day_range(found: re.Match[str]) -> tuple[datetime, datetime]:
    year = int(found["year"])
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        start = _utc(monday.year, monday.month, monday.day)
        if found["weekday"] is None:
            return start, start + timedelta(days=7)
        if found["weekday"] == "WE":
            return start + timedelta(days=5), start + timedelta(days=7)
        start += timedelta(days=int(found["weekday"]) - 1)
        return start, start + timedelta(days=1)
    if found["season"]:
        month, length = _MONTHS[found["season"]]
        return _utc(year, month, 1), _add_months(year, month, length)
    if found["month"] is None:
        return _utc(year, 1, 1), _utc(year + 1, 1, 1)
    month = int(found["month"])
    if found["day"] is None:
        return _utc(year, month, 1), _add_months(year, month, 1)
    start = _utc(year, month, int(found["day"]))
    return start, start + timedelta(days=1)


def _within_day(
    found: re.Match[str], start: datetime, end: datetime
) -> tuple[datetime, datetime]:
    if found["part"]:
        first, last = _PARTS[found["part"]]
        return start + timedelta(hours=first), start + timedelta(hours=last)
    if found["hour"]:
        hour = int(found["hour"])
        if found["minute"] is None:
            return start + timedelta(hours=hour), start + timedelta(hours=hour + 1)
        start += timedelta(hours=hour, minutes=int(found["minute"]))
        return start, start + timedelta(minutes=1)
    return start, end


def when_of(value: str, text: str | None = None) -> When:
    """The imprecise time that a TIMEX3 value names."""
    start, end = interval(value)
    return When(start, end, value, text)


def overlaps(a: When, b: When) -> bool:
    """Whether both could mean one moment; open sides reach for ever."""
    starts_in_time = a.start is None or b.end is None or a.start < b.end
    ends_in_time = b.start is None or a.end is None or b.start < a.end
    return starts_in_time and ends_in_time


def contains(outer: When, inner: When) -> bool:
    """Whether `inner` lies wholly inside `outer`; both must be bounded."""
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def day_value(moment: datetime) -> str:
    """The TIMEX3 value of a day."""
    return moment.date().isoformat()
