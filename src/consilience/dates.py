"""Imprecise times as half-open UTC intervals, and the TIMEX3 values that name them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from consilience.records import Timex, When

_VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:W(?P<week>\d{2})(?:-(?P<weekday>[1-7]|WE))?|(?P<season>SP|SU|FA|WI|Q[1-4]|H[12])"
    r"|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?"
    r"(?:T(?:(?P<hour>\d{2})(?::(?P<minute>\d{2}))?|(?P<part>MO|MI|AF|EV|NI|DT)))?"
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


def _within_day(found: re.Match[str], start: datetime, end: datetime) -> tuple[datetime, datetime]:
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


# How a time's words depend on the day they were written: steps from left to right, each taking
# the calendar stretch that the one before it gave (the anchor's day at first).
#
#   days:-2  weeks:1  months:0  quarters:0  years:0  decades:0     that many units away
#   weekday:4:past  month:10:past  monthday:10-17:past  season:SU:past  quarter:3:past  weekend:past
#       the one of that name in a direction from the anchor: `past` and `future` take the anchor's
#       own, `last` and `next` do not, `near` is whichever is nearer, and `recent` is the past one
#       unless that lies so far back that a writer would have named the year
#   weekday:4  month:2  monthday:02-03  season:SU  quarter:3  weekend  day:17
#       the one of that name inside the stretch so far
#   shift:-1                                             the same stretch that many years away
#   =2019-10-17                                          that stretch, whatever the anchor
#   +TNI  +T15:30  +-WE                                  appended to the value at the end
_DIRECTIONS = frozenset({"past", "future", "last", "next", "near", "recent"})
RECENT_MAX_DAYS = 270  # best value F1 on TempEval-3's training texts, among 180, 210, …, 360
_COARSE = frozenset(
    {"months", "month", "quarters", "quarter", "years", "season", "decades", "shift"}
)
# Longer than this, no majority of days is worth asking for.
_ANCHOR_DAYS_MAX = 800


@lru_cache(maxsize=8192)  # the same few words come again and again, on every day of an interval
def resolve(relative: str, anchor: date | None) -> str:
    """The TIMEX3 value of a relative expression seen from a day; X where no day is known.

    >>> resolve("weekday:4:past+TNI", date(2019, 10, 18))
    '2019-10-17TNI'
    >>> resolve("years:0;month:2", None)
    'XXXX-02'
    """
    chain, plus, suffix = relative.partition("+")
    steps = [step.split(":") for step in chain.split(";")]
    if anchor is None and not steps[0][0].startswith("="):
        return _unknown(steps[-1]) + (suffix if plus else "")
    value = "" if anchor is None else anchor.isoformat()
    for name, *arguments in steps:
        value = _step(value, name, arguments)
        if not value:
            return _unknown(steps[-1]) + (suffix if plus else "")
    return value + (suffix if plus else "")


@lru_cache(maxsize=8192)
def value_at(relative: str, anchor: When | None) -> str:
    """The TIMEX3 value of a relative expression written at `anchor`, a day or several.

    Of several days the value is the one that all of them give; a month or longer needs only more
    than half of them. Where they disagree on the year of a past day, it is one so near that none
    needed to be named. Otherwise it stays underspecified.
    """
    days = _days(anchor)
    if days:
        values = [resolve(relative, day) for day in days]
        commonest = max(sorted(set(values)), key=values.count)
        last = relative.partition("+")[0].split(";")[-1].split(":")[0]
        share = values.count(commonest) / len(values)
        if share == 1 or (last in _COARSE and share > 0.5):
            return commonest
        if relative.startswith("monthday:") and relative.endswith(":past"):
            return value_at(relative.removesuffix("past") + "recent", anchor)
    return resolve(relative, None)


def anchored(timex: Timex, anchor: When | None) -> When:
    """What `timex` stands for when its words were written at `anchor`; see `value_at`."""
    if timex.relative is None:
        return timex.when
    return when_of(value_at(timex.relative, anchor), timex.when.text)


def _days(anchor: When | None) -> list[date]:
    if anchor is None or anchor.start is None or anchor.end is None:
        return []
    first = anchor.start.date()
    n = (anchor.end - timedelta(microseconds=1)).date().toordinal() - first.toordinal() + 1
    return [first + timedelta(days=i) for i in range(n)] if n <= _ANCHOR_DAYS_MAX else []


def _unknown(step: list[str]) -> str:
    name, argument = step[0], step[1] if len(step) > 1 else ""
    return {
        "days": "XXXX-XX-XX", "weeks": "XXXX-WXX", "months": "XXXX-XX", "quarters": "XXXX-QX",
        "years": "XXXX", "decades": "XXX", "shift": "XXXX", "weekend": "XXXX-WXX-WE",
        "weekday": f"XXXX-WXX-{argument}", "month": f"XXXX-{argument:0>2}",
        "monthday": f"XXXX-{argument}", "season": f"XXXX-{argument}",
        "quarter": f"XXXX-Q{argument}",
        "day": f"XXXX-XX-{argument:0>2}",
    }.get(name, "XXXX")  # fmt: skip


def _step(value: str, name: str, arguments: list[str]) -> str:
    """`value` moved by one step; empty where the calendar has no such day."""
    if name.startswith("="):
        return name[1:]
    start = interval(value)[0]
    if start is None:
        return ""
    day = start.date()
    try:
        if name == "shift":
            return f"{int(value[:4]) + int(arguments[0]):04d}{value[4:]}"
        if name in _OFFSETS:
            return _OFFSETS[name](day, int(arguments[0]))
        if arguments and arguments[-1] in _DIRECTIONS:
            return _towards(day, name, arguments)
        return _inside(day, name, arguments[0] if arguments else "")
    except (ValueError, OverflowError):
        return ""


def _month_value(day: date, n: int) -> str:
    return f"{_add_months(day.year, day.month, n):%Y-%m}"


def _week_value(day: date, n: int) -> str:
    year, week, _ = (day + timedelta(days=7 * n)).isocalendar()
    return f"{year:04d}-W{week:02d}"


def _quarter_value(day: date, n: int) -> str:
    quarters = day.year * 4 + (day.month - 1) // 3 + n
    return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"


_OFFSETS: dict[str, Callable[[date, int], str]] = {
    "days": lambda day, n: (day + timedelta(days=n)).isoformat(),
    "weeks": _week_value,
    "months": _month_value,
    "quarters": _quarter_value,
    "years": lambda day, n: f"{day.year + n:04d}",
    "decades": lambda day, n: f"{day.year // 10 + n:03d}",
    "centuries": lambda day, n: f"{day.year // 100 + n:02d}",
}


def _inside(day: date, name: str, argument: str) -> str:
    match name:
        case "weekday":
            monday = day - timedelta(days=day.weekday())
            return (monday + timedelta(days=int(argument) - 1)).isoformat()
        case "weekend":
            return f"{_week_value(day, 0)}-WE"
        case "day":
            return day.replace(day=int(argument)).isoformat()
        case "month":
            return f"{day.year:04d}-{int(argument):02d}"
        case "monthday":
            return date.fromisoformat(f"{day.year:04d}-{argument}").isoformat()
        case "season":
            return f"{day.year:04d}-{argument}"
        case "quarter":
            return f"{day.year:04d}-Q{argument}"
        case _:
            raise ValueError(f"no such step: {name}")


def _towards(day: date, name: str, arguments: list[str]) -> str:
    """The stretch called `name` that lies in the direction of the last argument from `day`."""
    direction = arguments[-1]
    own = _occurrence(day, name, arguments[0], 0)
    period = 8 if arguments[0] == "02-29" else 1
    tries = sorted(
        (value for n in range(-period, period + 1)
         if (value := _occurrence(day, name, arguments[0], n))),
        key=lambda value: _first_day(value),
    )  # fmt: skip
    here = own if own and _holds(own, day) else None
    before = [value for value in tries if _first_day(value) <= day and value != here]
    after = [value for value in tries if _first_day(value) > day]
    match direction:
        case "last":
            return before[-1]
        case "next":
            return after[0]
        case "past":
            return here or before[-1]
        case "future":
            return here or after[0]
        case "recent":
            days = (day - _first_day(before[-1])).days
            return here or (before[-1] if days <= RECENT_MAX_DAYS else after[0])
        case _:
            if here:
                return here
            past, future = _first_day(before[-1]), _first_day(after[0])
            return before[-1] if day - past <= future - day else after[0]


def _occurrence(day: date, name: str, argument: str, n: int) -> str:
    """The `name` of the n-th year (week) from the day's own; empty where there is none."""
    if name in {"weekday", "weekend"}:
        return _inside(day + timedelta(days=7 * n), name, argument)
    try:
        return _inside(day.replace(year=day.year + n, day=1), name, argument)
    except ValueError:
        return ""


def _first_day(value: str) -> date:
    start, _ = interval(value)
    assert start is not None
    return start.date()


def _holds(value: str, day: date) -> bool:
    start, end = interval(value)
    assert start is not None
    assert end is not None
    return start.date() <= day < end.date()
