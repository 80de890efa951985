"""What words such as "last Thursday" mean, seen from the day they were written."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from consilience.dates import add_months, interval, when_of
from consilience.feasts import feast_day
from consilience.records import Mod, Timex, When
from consilience.zones import offset_minutes, zone_suffix

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
#   feast:easter:past  half:2                            a feast, a half of the year
#   =2019-10-17                                          that stretch, whatever the anchor
#   +TNI  +T15:30  +-WE                                  appended to the value at the end
#   +T15:30@ET  +T15:30@+02:00                           with the zone of that clock
#   A/B                                                  from A through B
#   A>P2D  A<PT4H                                        so long after, before A (`anchored`)
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
    if "/" in relative:
        return "/".join(resolve(each, anchor) for each in relative.split("/"))
    chain, plus, suffix = relative.partition("+")
    steps = [step.split(":") for step in chain.split(";")]
    if anchor is None and not steps[0][0].startswith("="):
        return zoned(_unknown(steps[-1]) + (suffix if plus else ""))
    value = "" if anchor is None else anchor.isoformat()
    for name, *arguments in steps:
        value = _step(value, name, arguments)
        if not value:
            return zoned(_unknown(steps[-1]) + (suffix if plus else ""))
    return zoned(value + (suffix if plus else ""))


def zoned(value: str) -> str:
    """A value with the zone's name as ISO 8601 has it; without one where the day decides it.

    >>> zoned("2022-05-17T19:00@ET"), zoned("T14:30@GMT"), zoned("T19:00@ET")
    ('2022-05-17T19:00-04:00', 'T14:30Z', 'T19:00')
    """
    plain, at, code = value.partition("@")
    if not at:
        return value
    start, _ = interval(plain)
    minutes = offset_minutes(code, start.date() if start else None)
    return plain if minutes is None else plain + zone_suffix(minutes)


@lru_cache(maxsize=8192)
def value_at(relative: str, anchor: When | None) -> str:
    """The TIMEX3 value of a relative expression written at `anchor`, a day or several.

    Of several days the value is the one that all of them give; a month or longer needs only more
    than half of them. Where they disagree on the year of a past day, it is one so near that none
    needed to be named. Otherwise it stays underspecified.
    """
    if "/" in relative:
        return "/".join(value_at(each, anchor) for each in relative.split("/"))
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
    return worded(timex.relative, timex.when, anchor)


_DISTANCE = re.compile(r"(.*)([<>])P(T?)(\d+)([SMHDWY])")
_SO_FAR = re.compile(r"(?i:earlier|later)\s")


def worded(relative: str, said: When, anchor: When | None) -> When:
    """The time that `relative` means, seen from `anchor`, in the words and mod of `said`.

    "Earlier this year" ends with the day of writing, "later this year" begins with it. Of a
    length that is told from another time ("two days after the fire") the value stays the length.
    """
    distance = _DISTANCE.fullmatch(relative)
    if distance is not None:
        start, end = _moved(when_of(value_at(distance[1], anchor)), distance)
        return When(start, end, said.value, said.text, said.mod)
    when = when_of(value_at(relative, anchor), said.text, said.mod)
    if said.mod in (Mod.START, Mod.END) and _SO_FAR.match(said.text or ""):
        when = _so_far(when_of(when.value, said.text), said.mod, anchor)
    return by_its_clock(when)


def by_its_clock(when: When) -> When:
    """The time with the clock of its place as value, as TimeBank has it; from and to stay UTC."""
    return replace(when, value=_OFFSET_AT_END.sub("", when.value)) if when.start else when


_OFFSET_AT_END = re.compile(r"(?<=T\d\d:\d\d)[+-]\d\d:\d\d$")


def _so_far(whole: When, mod: Mod, anchor: When | None) -> When:
    """The part of a stretch that lies before (START) or after (END) the time of writing."""
    start, end = whole.start, whole.end
    if anchor is not None and start is not None and end is not None:
        if mod is Mod.START and anchor.end is not None and start < anchor.end < end:
            end = anchor.end
        if mod is Mod.END and anchor.start is not None and start < anchor.start < end:
            start = anchor.start
    return When(start, end, whole.value, whole.text, mod)


def _moved(base: When, distance: re.Match[str]) -> tuple[datetime | None, datetime | None]:
    _, sign, t, number, letter = distance.groups()
    n = int(number) * (1 if sign == ">" else -1)
    if base.start is None or base.end is None:
        return None, None
    try:
        if letter in "MY" and not t:
            months = n * (12 if letter == "Y" else 1)
            moved = add_months(base.start.year, base.start.month, months)
            return moved, add_months(moved.year, moved.month, 12 if letter == "Y" else 1)
        step = {"S": 1, "M": 60, "H": 3600, "D": 86400, "W": 604800}[letter]
        by = timedelta(seconds=n * step)
        return base.start + by, base.end + by
    except (ValueError, OverflowError):
        return None, None


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
        "quarter": f"XXXX-Q{argument}", "half": f"XXXX-H{argument}", "feast": "XXXX-XX-XX",
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
    return f"{add_months(day.year, day.month, n):%Y-%m}"


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
        case "half":
            return f"{day.year:04d}-H{argument}"
        case "feast":
            return feast_day(argument, day.year).isoformat()
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
