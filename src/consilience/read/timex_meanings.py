"""What the matched words of time mean: a TIMEX3 type and an expression of `dates.resolve`.

Three things are left open for `times` to fill in: `?` stands for a direction that the tense of
the verb chooses, a first step `ref` for the time last spoken of, and an expression that begins
with `+` is a part of a day not named.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from consilience.read.numbers import parse_number
from consilience.read.timex_words import (
    DAY_ORDINALS,
    HOLIDAYS,
    MONTHS,
    MONTHS_SPANISH,
    ORDINALS,
    PARTS,
    QUARTERS,
    SEASONS,
    STEPS,
    UNITS,
    WEEKDAYS,
    WEEKDAYS_SPANISH,
)
from consilience.records import TimexType

DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET
Match = re.Match[str]


_AFTER_NOON = re.compile(r"(?i:in the (?:afternoon|evening)|at night)$")


class Meaning(NamedTuple):
    type: TimexType
    expression: str


def _month(name: str) -> int:
    lower = name.lower().rstrip(".")
    return MONTHS_SPANISH.get(lower) or MONTHS[lower[:3]]


def _weekday(name: str) -> int:
    lower = name.lower().rstrip(".")
    return WEEKDAYS_SPANISH.get(lower) or WEEKDAYS[lower[:3]]


def _get(match: Match, group: str) -> str | None:
    return match.groupdict().get(group)


def _suffix(match: Match) -> str:
    part = _get(match, "part")
    if part:
        return f"+T{PARTS[part.lower().replace(' ', '-')]}"
    if _get(match, "hour"):
        clock = _clock_value(match)
        return f"+T{clock}" if clock else ""
    return ""


def _clock_value(match: Match) -> str | None:
    hour, minute, half = int(match["hour"]), match["minute"], match["half"]
    if not half and match["colon"] != ":" and "clock" not in match[0]:
        return None
    if not half and hour < 12 and _AFTER_NOON.search(match[0]):
        half = "p"
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"{hour:02d}:{minute or '00'}"


def _typed(expression: str) -> Meaning:
    return Meaning(TIME if "+T" in expression else DATE, expression)


def absolute_day(match: Match) -> Meaning | None:
    year, day = match["year"], int(re.sub(r"\D", "", match["day"]))
    if _get(match, "hour") and not _suffix(match):
        return None
    return _typed(f"={year}-{_month(match['month']):02d}-{day:02d}{_suffix(match)}")


def month_day(match: Match) -> Meaning | None:
    day = int(re.sub(r"\D", "", match["day"]))
    if _get(match, "hour") and not _suffix(match):
        return None
    return _typed(f"monthday:{_month(match['month']):02d}-{day:02d}:?{_suffix(match)}")


def spoken_day(match: Match) -> Meaning:
    """ "The ninth of May"."""
    n = DAY_ORDINALS.index(match["nth"].lower().replace(" ", "-")) + 1
    day = f"{_month(match['month']):02d}-{n:02d}"
    year = _get(match, "year")
    return Meaning(DATE, f"={year}-{day}" if year else f"monthday:{day}:?")


def spoken_clock(match: Match) -> Meaning | None:
    """ "Nine in the evening", "two at night"."""
    hour, half = parse_number(match["spoken"]), match["half"].lower()
    assert isinstance(hour, int)
    is_late = half.endswith(("afternoon", "evening")) or (half == "at night" and hour > 5)
    clock = f"+T{hour % 12 + (12 if is_late else 0):02d}:00"
    if half == "at night" and hour == 12:
        return None  # of which day is anybody's guess
    weekday = _get(match, "weekday")
    return Meaning(TIME, f"weekday:{_weekday(weekday)}:?{clock}" if weekday else clock)


def iso_day(match: Match) -> Meaning | None:
    suffix = f"+T{match['time']}" if match["time"] else ""
    return _typed(f"={match['date']}{suffix}")


def numeric_day(match: Match) -> Meaning | None:
    """Day and month in figures, only where one of them cannot be a month."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if len(year) == 2:
        year = ("19" if int(year) > 50 else "20") + year
    if a > 12 >= b and a <= 31:
        return Meaning(DATE, f"={year}-{b:02d}-{a:02d}")
    if b > 12 >= a and b <= 31:
        return Meaning(DATE, f"={year}-{a:02d}-{b:02d}")
    return Meaning(DATE, f"={year}-{a:02d}-{b:02d}") if a == b and a <= 12 else None


def month_year(match: Match) -> Meaning:
    return Meaning(DATE, f"={match['year']}-{_month(match['month']):02d}")


def month_of_year(match: Match) -> Meaning:
    years = {"last": -1, "this": 0, "next": 1, "the same": 0, "the previous": -1}
    n = years[re.sub(r"\s+", " ", match["which"].lower())]
    return Meaning(DATE, f"years:{n};month:{_month(match['month'])}")


def bare_month(match: Match) -> Meaning:
    which = (_get(match, "which") or "?").lower()
    if which == "this":
        return Meaning(DATE, f"years:0;month:{_month(match['month'])}")
    direction = {"last": "last", "this past": "past", "next": "next", "past": "past"}
    return Meaning(DATE, f"month:{_month(match['month'])}:{direction.get(which, '?')}")


def bare_weekday(match: Match) -> Meaning | None:
    if _get(match, "hour") and not _suffix(match):
        return None
    which = re.sub(r"\s+", " ", (_get(match, "which") or "?").lower())
    n, suffix = _weekday(match["weekday"]), _suffix(match)
    if which in {"the following", "the previous"}:
        side = "next" if which == "the following" else "last"
        return _typed(f"ref;weekday:{n}:{side}{suffix}")
    direction = {
        "last": "last", "next": "next", "this past": "past", "this coming": "future",
        "this": "near", "pasado": "past", "próximo": "future", "coming": "future",
    }  # fmt: skip
    return _typed(f"weekday:{n}:{direction.get(which, '?')}{suffix}")


def weekday_of_week(match: Match) -> Meaning:
    n = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return Meaning(DATE, f"weeks:{n};weekday:{_weekday(match['weekday'])}")


def near_day(match: Match) -> Meaning | None:
    if _get(match, "hour") and not _suffix(match):
        return None
    n = {
        "yesterday": -1, "today": 0, "tomorrow": 1, "ayer": -1, "hoy": 0, "anteayer": -2,
    }[match["word"].lower()]  # fmt: skip
    return _typed(f"days:{n}{_suffix(match)}")


def part_of_near_day(match: Match) -> Meaning:
    which = match["which"].lower()
    return _typed(f"days:{-1 if which == 'last' else 0}{_suffix(match)}")


def part_of_that_day(match: Match) -> Meaning:
    which = re.sub(r"\s+", " ", match["which"].lower())
    n = {"the next": 1, "the following": 1, "the previous": -1}.get(which, 0)
    return _typed(f"ref;days:{n}{_suffix(match)}")


def offset_of(unit: str, n: int) -> str:
    if unit.lower() == "weekend":
        return f"weeks:{n};weekend"
    if unit.lower() == "night":
        return f"days:{n}+TNI"
    return f"{STEPS[UNITS[unit.lower()][1]]}:{n}"


def this_unit(match: Match) -> Meaning:
    which, unit = re.sub(r"\s+", " ", match["which"].lower()), match["unit"].lower()
    if which in {"that", "the same"}:
        return Meaning(DATE, f"ref:{unit}")
    if which in {"the following", "the next", "the previous"}:
        n = -1 if which.endswith("previous") else 1
        return Meaning(DATE, f"ref;{offset_of(unit, n)}")
    n = {"last": -1, "past": -1, "next": 1, "coming": 1, "pasado": -1, "pasada": -1,
         "próximo": 1, "próxima": 1}.get(which, 0)  # fmt: skip
    return Meaning(DATE, offset_of(unit, n))


def season(match: Match) -> Meaning:
    season, which = SEASONS[match["season"].lower()], (_get(match, "which") or "?").lower()
    year, of = _get(match, "year"), _get(match, "of")
    if year:
        return Meaning(DATE, f"={year}-{season}")
    if of:
        return Meaning(
            DATE, f"years:{ {'last': -1, 'this': 0, 'next': 1}[of.lower()] };season:{season}"
        )
    if which == "this":
        return Meaning(DATE, f"years:0;season:{season}")
    return Meaning(DATE, f"season:{season}:{ {'last': 'last', 'next': 'next'}.get(which, '?') }")


def quarter(match: Match) -> Meaning:
    n = QUARTERS[match["nth"].lower()]
    year, of = _get(match, "year"), _get(match, "of")
    if year:
        return Meaning(DATE, f"={year}-Q{n}")
    if of:
        years = {"last": -1, "this": 0, "next": 1}[of.lower()]
        return Meaning(DATE, f"years:{years};quarter:{n}")
    if _get(match, "ago"):
        return Meaning(DATE, f"quarter:{n}:past;shift:-1")
    return Meaning(DATE, f"quarter:{n}:past")


# Half of each unit in the next smaller one: two and a half years are P2Y6M.
_SMALLER = {"Y": "6M", "TH": "30M", "TM": "30S"}


def _iso_amount(match: Match) -> str | None:
    """The length in TIMEX3: P3Y, PT30M, PXD; None where the words are no length."""
    t, letter = UNITS[match["unit"].lower()]
    if letter == "WE":
        return None
    number = _get(match, "number")
    if number is None:
        return f"P{t}X{letter}"
    words = re.sub(r"\s+", " ", number.lower())
    n: float | int | None
    if words in {"a", "an"}:
        n = 1
    elif words.startswith(("a couple",)):
        n = 2
    elif words in {"half a", "half an", "a half"}:
        return _half(t, letter)
    elif fraction := re.fullmatch(r"(\d+) (\d)/(\d)", words):
        n = int(fraction[1]) + int(fraction[2]) / int(fraction[3])
    else:
        n = parse_number(words)
    if n is None:
        return None
    if _get(match, "andhalf"):
        n += 0.5
    if n > 1 and n % 1 == 0.5 and t + letter in _SMALLER:
        return f"P{t}{int(n)}{letter}{_SMALLER[t + letter]}"
    n = int(n) if n == int(n) else n
    return f"P{t}{n}{letter}"


def _half(t: str, letter: str) -> str:
    return {"H": "PT30M", "Y": "P6M", "D": "PT12H", "C": "P50Y", "E": "P5Y"}.get(
        letter, f"P{t}0.5{letter}"
    )


def duration(match: Match) -> Meaning | None:
    amount = _iso_amount(match)
    return Meaning(DURATION, f"={amount}") if amount else None


def ago(match: Match) -> Meaning | None:
    """So many units before (after) the anchor, or before (after) the time last spoken of."""
    amount = _iso_amount(match)
    if amount is None:
        return None
    when = match["when"].lower()
    found = re.fullmatch(r"P(T?)(\d+)([SMHDWQYEC])", amount)
    if found is None:
        if "X" in amount:
            return Meaning(
                DATE, "=PAST_REF" if when in {"ago", "earlier", "before"} else "=FUTURE_REF"
            )
        return Meaning(DURATION, f"={amount}")
    if found[1]:
        return Meaning(DURATION, f"={amount}")
    sign = 1 if when in {"later", "after", "from now", "hence", "afterward", "afterwards"} else -1
    step = f"{STEPS[found[3]]}:{sign * int(found[2])}"
    if found[3] == "Y" and when in {"ago", "earlier"}:
        return Meaning(DATE, f"refyear:{sign * int(found[2])}")
    return Meaning(DATE, step if when in {"ago", "from now", "hence"} else f"ref;{step}")


def ago_spanish(match: Match) -> Meaning | None:
    amount = _iso_amount(match)
    found = re.fullmatch(r"P(\d+)([DWMYEC])", amount or "")
    return Meaning(DATE, f"{STEPS[found[2]]}:-{found[1]}") if found else None


def repeated(match: Match) -> Meaning | None:
    unit = match["unit"].lower()
    if unit in UNITS:
        t, letter = UNITS[unit]
        return Meaning(SET, f"=P{t}1{letter}")
    return None


def repeated_name(match: Match) -> Meaning:
    if _get(match, "weekday"):
        return Meaning(SET, f"=XXXX-WXX-{_weekday(match['weekday'])}{_suffix(match)}")
    if _get(match, "month"):
        return Meaning(SET, f"=XXXX-{_month(match['month']):02d}")
    if _get(match, "season"):
        return Meaning(SET, f"=XXXX-{SEASONS[match['season'].lower()]}")
    return Meaning(SET, f"=XXXX-XX-XX{_suffix(match)}")


def repeated_adverb(match: Match) -> Meaning:
    amounts = {
        "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M",
        "yearly": "P1Y", "annually": "P1Y", "biweekly": "P2W",
    }  # fmt: skip
    return Meaning(SET, f"={amounts[match['word'].lower()]}")


def always(kind: TimexType, expression: str) -> Callable[[Match], Meaning]:
    """The meaning of words that say the same wherever they stand."""
    meaning = Meaning(kind, expression)
    return lambda _: meaning


def day_beside(match: Match) -> Meaning:
    return Meaning(DATE, f"ref;days:{1 if match[0].lower().endswith('after') else -1}")


def current_unit(match: Match) -> Meaning:
    return Meaning(DATE, offset_of(match["unit"], 0))


def whole_unit(match: Match) -> Meaning:
    """ "The past year" as a length."""
    t, letter = UNITS[match["unit"].lower()]
    return Meaning(DURATION, f"=P{t}1{letter}")


def noon(match: Match) -> Meaning:
    return Meaning(TIME, f"+T{PARTS[match[0].lower()]}")


def year(match: Match) -> Meaning:
    return Meaning(DATE, f"={match['year']}")


def spoken_year(match: Match) -> Meaning | None:
    century = {"eighteen": 18, "nineteen": 19, "twenty": 20}[match["century"].lower()]
    rest = parse_number(match["rest"])
    if rest is None or not 10 <= rest <= 99:
        return None
    return Meaning(DATE, f"={century}{int(rest):02d}")


def decade(match: Match) -> Meaning | None:
    words = match["decade"].lower()
    names = "twenties thirties forties fifties sixties seventies eighties nineties".split()
    if words in names:
        return Meaning(DATE, f"=19{names.index(words) + 2}")
    digits = re.sub(r"\D", "", words)
    if len(digits) == 2:
        return Meaning(DATE, f"=19{digits[0]}")
    return Meaning(DATE, f"={digits[:3]}")


def century(match: Match) -> Meaning | None:
    words = match["nth"].lower().replace(" ", "-")
    n = ORDINALS.index(words) + 1 if words in ORDINALS else int(re.sub(r"\D", "", words) or 0)
    return Meaning(DATE, f"={n - 1:02d}") if 10 < n < 25 else None


def holiday(match: Match) -> Meaning:
    name = re.sub(r"\s+", " ", match["name"].lower())
    if _get(match, "year"):
        return Meaning(DATE, f"={match['year']}-{HOLIDAYS[name].partition(':')[2]}")
    return Meaning(DATE, f"{HOLIDAYS[name]}:?")


def clock(match: Match) -> Meaning | None:
    value = _clock_value(match)
    return Meaning(TIME, f"+T{value}") if value else None


def part_alone(match: Match) -> Meaning:
    return Meaning(TIME, _suffix(match))
