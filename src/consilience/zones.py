"""What clocks named in the news are behind or ahead of UTC."""

import re
from datetime import date, timedelta

# Those that mean one thing everywhere; IST and CST of three countries each are left out, CST being
# read as America's. Minutes ahead of UTC.
_FIXED = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "BST": 60, "WEST": 60, "CET": 60, "CEST": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180, "EAT": 180, "CAT": 120, "SAST": 120,
    "WAT": 60, "PKT": 300, "NPT": 345, "WIB": 420, "ICT": 420, "HKT": 480, "SGT": 480, "PHT": 480,
    "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480,
    "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "BRT": -180, "ART": -180,
}  # fmt: skip
# Zones of the United States by names that leave summer time to the date.
_AMERICAN = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
_LONG = {"eastern": "ET", "central": "CT", "mountain": "MT", "pacific": "PT"}
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?")

NAMES = (*_FIXED, *_AMERICAN)


def zone_code(words: str) -> str:
    """The short name of a zone as written; empty where it is "local time" or means several.

    >>> zone_code(" (Eastern Daylight Time)"), zone_code("GMT"), zone_code("local time")
    ('EDT', 'GMT', '')
    """
    plain = words.strip(" ()\n\t\xa0").replace(".", "")
    if plain.upper() in NAMES:
        return plain.upper()
    long = plain.lower().split()
    if not long or long[0] not in _LONG:
        return ""
    code = _LONG[long[0]]
    if "standard" in long or "daylight" in long:
        return code[0] + ("S" if "standard" in long else "D") + "T"
    return code


def offset_minutes(code: str, day: date | None) -> int | None:
    """Minutes ahead of UTC on a day; None where the day must be known and is not.

    >>> offset_minutes("ET", date(2022, 5, 17)), offset_minutes("+05:30", None)
    (-240, 330)
    """
    if found := _OFFSET.fullmatch(code):
        minutes = 60 * int(found[2]) + int(found[3] or 0)
        return -minutes if found[1] == "-" else minutes
    if code in _FIXED:
        return _FIXED[code]
    if day is None or code not in _AMERICAN:
        return None
    return _AMERICAN[code] + (60 if _is_american_summer(day) else 0)


def _is_american_summer(day: date) -> bool:
    """Whether the United States set their clocks forward that day, by the rule since 2007."""
    march, november = date(day.year, 3, 1), date(day.year, 11, 1)
    first = march + timedelta(days=(7 - march.isoweekday()) % 7 + 7)
    return first <= day < november + timedelta(days=(7 - november.isoweekday()) % 7)


def zone_suffix(minutes: int) -> str:
    """As ISO 8601 ends a time of day: Z, +05:30."""
    if minutes == 0:
        return "Z"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"
