"""Imprecise times as half-open UTC intervals, and the TIMEX3 values that name them."""

import re
from datetime import UTC, date, datetime, timedelta

from consilience.records import Mod, When
from consilience.zones import offset_minutes

_VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:W(?P<week>\d{2})(?:-(?P<weekday>[1-7]|WE))?|(?P<season>SP|SU|FA|WI|Q[1-4]|H[12])"
    r"|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
    r"(?:T(?:(?P<hour>\d{2})(?::(?P<minute>\d{2}))?(?P<zone>Z|[+-]\d{2}:\d{2})?"
    r"|(?P<part>MO|MI|AF|EV|NI|DT)))?"
)
# Hours of the day, local: [from, to). Night and evening run over midnight's edge on purpose.
_PARTS = {
    "MO": (5, 12),
    "MI": (11, 14),
    "AF": (12, 18),
    "EV": (17, 24),
    "NI": (18, 30),
    "DT": (7, 18),
}
_MONTHS = {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)} | {
    **{f"Q{q}": (3 * q - 2, 3) for q in range(1, 5)},
    **{f"H{h}": (6 * h - 5, 6) for h in (1, 2)},
}


def interval(value: str) -> tuple[datetime | None, datetime | None]:
    """The half-open UTC interval that a TIMEX3 DATE or TIME value stands for.

    Of `2019-02-03/2019-02-07` all from the first through the second. (None, None) where the value
    names no place on the line of time (`XXXX-WXX-3`, `P1W`).

    >>> [t.isoformat() for t in interval("2019-02")]
    ['2019-02-01T00:00:00+00:00', '2019-03-01T00:00:00+00:00']
    """
    first, slash, last = value.partition("/")
    if slash:
        return interval(first)[0], interval(last)[1]
    found = _VALUE.fullmatch(value)
    if found is None:
        longer = re.fullmatch(r"(\d{3})X?|([12]\d)(?:XX)?", value)
        if longer is None:
            return None, None
        years = 10 if longer[1] else 100
        year = int(longer[1] or longer[2]) * years
        return _utc(year, 1, 1), _utc(year + years, 1, 1)
    try:
        start, end = _day_range(found)
    except ValueError:
        return None, None
    return _within_day(found, start, end)


def _utc(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def add_months(year: int, month: int, n: int) -> datetime:
    """The first day of the month n months on."""
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
        return _utc(year, month, 1), add_months(year, month, length)
    if found["month"] is None:
        return _utc(year, 1, 1), _utc(year + 1, 1, 1)
    month = int(found["month"])
    if found["day"] is None:
        return _utc(year, month, 1), add_months(year, month, 1)
    start = _utc(year, month, int(found["day"]))
    return start, start + timedelta(days=1)


def _within_day(found: re.Match[str], start: datetime, end: datetime) -> tuple[datetime, datetime]:
    if found["part"]:
        first, last = _PARTS[found["part"]]
        return start + timedelta(hours=first), start + timedelta(hours=last)
    if found["hour"]:
        start += timedelta(hours=int(found["hour"]), minutes=int(found["minute"] or 0))
        if found["zone"] and found["zone"] != "Z":
            start -= timedelta(minutes=offset_minutes(found["zone"], None) or 0)
        return start, start + timedelta(minutes=1 if found["minute"] else 60)
    return start, end


def when_of(value: str, text: str | None = None, mod: Mod | None = None) -> When:
    """The imprecise time that a TIMEX3 value names; of "mid-October" its middle third.

    >>> [str(t.date()) for t in (when_of("2019-10", mod=Mod.MID).start,
    ...     when_of("2019-10", mod=Mod.MID).end)]
    ['2019-10-11', '2019-10-21']
    """
    start, end = interval(value)
    if start is not None and end is not None and mod in _THIRDS:
        start, end = _third(value, start, end, _THIRDS[mod])
    return When(start, end, value, text, mod)


_THIRDS = {Mod.START: 0, Mod.MID: 1, Mod.END: 2}
# Hours of the parts whose first third the press begins earlier than the part itself: "early
# Sunday morning" is 2 a.m. as well.
_EARLY = {"MO": (0, 8), "": (0, 9)}
_LATE = {"": (16, 24), "NI": (21, 28)}


def _third(value: str, start: datetime, end: datetime, n: int) -> tuple[datetime, datetime]:
    """The n-th third (0 to 2) of what a value names, cut where the calendar would cut it."""
    days = round((end - start) / timedelta(days=1))
    if end - start <= timedelta(days=1):
        part = value.partition("T")[2]
        midnight = start.replace(hour=0, minute=0)
        hours = (_EARLY.get(part), None, _LATE.get(part))[n]
        if hours is None:
            third = (end - start) / 3
            return start + n * third, start + (n + 1) * third
        return midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1])
    if days <= 7:
        cuts = ((0, 3), (2, 5), (4, 7))[n]
        return start + timedelta(days=min(cuts[0], days - 1)), start + timedelta(
            days=min(cuts[1], days)
        )
    if days <= 31:
        first, last = start + timedelta(days=10 * n), start + timedelta(days=10 * n + 10)
        return first, end if n == 2 else last
    months = (end.year - start.year) * 12 + end.month - start.month
    if months <= 12:
        edges = [add_months(start.year, start.month, round(months * i / 3)) for i in range(4)]
        return edges[n], edges[n + 1]
    years = end.year - start.year
    cut = [0, -(-years // 3), -(-years * 2 // 3), years]
    return _utc(start.year + cut[n], 1, 1), _utc(start.year + cut[n + 1], 1, 1)


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
