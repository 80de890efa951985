"""Dates and times as pages stamp them: absolute, with or without a clock and a zone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from consilience.dates import when_of
from consilience.records import When

_MONTH_NAMES = (
    "jan january janv janvier enero ene januar gennaio janeiro",
    "feb february fév février febrero februar febbraio fevereiro",
    "mar march mars marzo märz mär março",
    "apr april avr avril abril abr aprile",
    "may mai mayo maggio maio",
    "jun june juin junio juni giugno junho",
    "jul july juil juillet julio juli luglio julho",
    "aug august août agosto ago",
    "sep sept september septembre septiembre setiembre settembre setembro",
    "oct october octobre octubre okt oktober ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec december déc décembre diciembre dic dez dezember dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
# Hours east of UTC. Left out: abbreviations of more than one zone, such as IST and ET.
_ZONES = {
    name: float(hours)
    for hours, names in {
        0: "z utc gmt wet",
        1: "bst cet wat",
        2: "cest eet cat sast",
        3: "eest msk eat",
        5: "pkt",
        8: "hkt sgt",
        9: "jst kst",
        10: "aest",
        11: "aedt",
        12: "nzst",
        -4: "edt",
        -5: "est cdt",
        -6: "cst mdt",
        -7: "mst pdt",
        -8: "pst",
    }.items()
    for name in names.split()
}

_MONTH = "(?P<{0}>" + "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name))) + r")\b\.?"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
)
_ZONE = (
    r"(?:\s?(?P<zone>(?i:" + "|".join(sorted(_ZONES, key=lambda z: (-len(z), z))) + r")\b"
    r"(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}))?"
)
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<iso_year>\d{4})[-/](?P<iso_month>\d{1,2})[-/](?P<iso_day>\d{1,2})(?!\d)"
    r"|" + _MONTH.format("month_first") + r"\s{0,2}(?P<day_after>\d{1,2})(?:st|nd|rd|th)?,?"
    r"\s{1,2}(?P<year_a>\d{4})(?!\d)"
    r"|(?P<day_first>\d{1,2})(?:st|nd|rd|th|er|º|\.)?\s?(?:\s?(?:de|del|of)\s)?[\s-]?"
    + _MONTH.format("month_after")
    + r",?[\s-]{0,2}(?:(?:de|del)\s)?(?P<year_b>\d{4})(?!\d)"
    r"|(?P<low>\d{1,2})[/.](?P<mid>\d{1,2})[/.](?P<year_c>\d{4})(?!\d)"
    r")",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:T|\s{0,2}[,|–-]?\s{0,2}(?:(?:at|um|a las|às|à)\s)?)" + _CLOCK + _ZONE + r"(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    _CLOCK + _ZONE + r"\s{0,2}[,|–-]?\s?(?:on\s)?(?:[A-Za-z]{3,9},?\s)?\Z", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"\d{1,2}h\d{2}\b|\d{2}:\d{2} ?(?:h|hs|hrs|Uhr)\b|publicad|publié|veröffentlicht|pubblicat|"
    r"ac?tualizad|mis à jour|aktualisiert|aggiornat",
    re.IGNORECASE,
)
_BEFORE_CHARS = 40


class Stamp(NamedTuple):
    """A date with its clock, where it stands in the text it was found in."""

    start: int
    end: int
    when: When


def stamps(text: str) -> Iterator[Stamp]:
    """Every absolute date, with the clock time beside it; in UTC where no zone stands there.

    A day of numbers alone ("4/5/2021") is skipped when either could be the month, unless the
    words beside it are of a language that puts the day first.
    """
    is_day_first = _DAY_FIRST.search(text) is not None
    for found in _DATE.finditer(text):
        day = _day(found, is_day_first=is_day_first)
        if day is None:
            continue
        start, end, value = found.start(), found.end(), day.date().isoformat()
        clock = _AFTER.match(text, end)
        if clock is not None and _is_clock(clock):
            end = clock.end()
        else:
            clock = _BEFORE.search(text[max(0, start - _BEFORE_CHARS) : start])
            if clock is not None and _is_clock(clock):
                start -= len(clock[0])
            else:
                clock = None
        if clock is not None:
            value = _moment(day, clock)
        yield Stamp(start, end, when_of(value, text[start:end]))


def parse_stamp(text: str) -> When | None:
    """The one date that a field holds, None where it holds none."""
    compact = re.fullmatch(r"\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})\d{2}Z?)?\s*", text)
    if compact is not None:
        date = "-".join(compact.group(1, 2, 3))
        text = date if compact[4] is None else f"{date}T{compact[4]}:{compact[5]}Z"
    bare = re.fullmatch(r"\s*(\d{4}(?:-\d{2})?)\s*", text)
    if bare is not None:
        when = when_of(bare[1], text.strip())
        return None if when.start is None else when
    found = next(stamps(text), None)
    return None if found is None else found.when


def _day(found: re.Match[str], *, is_day_first: bool) -> datetime | None:
    if found["iso_year"]:
        year, month, day = (int(found[g]) for g in ("iso_year", "iso_month", "iso_day"))
    elif found["month_first"]:
        month = _MONTHS[found["month_first"].lower()]
        year, day = int(found["year_a"]), int(found["day_after"])
    elif found["month_after"]:
        month = _MONTHS[found["month_after"].lower()]
        year, day = int(found["year_b"]), int(found["day_first"])
    else:
        low, mid, year = int(found["low"]), int(found["mid"]), int(found["year_c"])
        if low <= 12 and mid <= 12 and low != mid and not is_day_first:
            return None
        day, month = (low, mid) if low > 12 or is_day_first else (mid, low)
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _is_clock(found: re.Match[str]) -> bool:
    return found["minute"] is not None or found["half"] is not None


def _moment(day: datetime, clock: re.Match[str]) -> str:
    hour = int(clock["hour"])
    if clock["half"] is not None and hour <= 12:
        hour = hour % 12 + (12 if clock["half"].lower() == "p" else 0)
    since_midnight = timedelta(hours=hour, minutes=int(clock["minute"] or 0))
    try:
        moment = day + since_midnight - timedelta(hours=_offset(clock["zone"]))
    except OverflowError:
        return day.date().isoformat()
    return moment.isoformat()[:16]


def _offset(zone: str | None) -> float:
    if zone is None:
        return 0.0
    found = re.fullmatch(r"(?:([A-Za-z]+)\s?)?(?:([+-])(\d{1,2}):?(\d{2})?)?", zone)
    if found is None:
        return 0.0
    hours = _ZONES[found[1].lower()] if found[1] else 0.0
    if found[2]:
        shift = int(found[3]) + int(found[4] or 0) / 60
        hours += shift if found[2] == "+" else -shift
    return hours
