"""Lengths of time, what lies so long before or after, and what comes again and again."""

import re

from consilience.read.numbers import parse_number
from consilience.read.timex_clock import suffix_of
from consilience.read.timex_terms import (
    DATE,
    DURATION,
    SET,
    Match,
    Meaning,
    caught,
    month_number,
    weekday_number,
)
from consilience.read.timex_words import SEASONS, STEPS, UNITS


def step_of(unit: str, n: int) -> str:
    if unit.lower() == "weekend":
        return f"weeks:{n};weekend"
    if unit.lower() == "night":
        return f"days:{n}+TNI"
    return f"{STEPS[UNITS[unit.lower()][1]]}:{n}"


# Half of each unit in the next smaller one: two and a half years are P2Y6M.
_SMALLER = {"Y": "6M", "TH": "30M", "TM": "30S"}


def length_of(match: Match) -> str | None:
    """The length in TIMEX3: P3Y, PT30M, PXD; None where the words are no length."""
    unit, number = match["unit"], caught(match, "number")
    if unit.lower() == "fortnight":
        return "P2W"
    return _length(unit, number, plus_half=bool(caught(match, "andhalf")))


def _length(unit: str, number: str | None, *, plus_half: bool = False) -> str | None:
    t, letter = UNITS[unit.lower()]
    if letter == "WE":
        return None
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
    if plus_half:
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
    amount = length_of(match)
    return Meaning(DURATION, f"={amount}") if amount else None


def two_lengths(match: Match) -> Meaning | None:
    """ "Three hours and 20 minutes"."""
    one, other = _length(match["unit"], match["number"]), _length(match["unit2"], match["number2"])
    (t, letter), (t2, letter2) = UNITS[match["unit"].lower()], UNITS[match["unit2"].lower()]
    order = [("", "Y"), ("", "M"), ("", "W"), ("", "D"), ("T", "H"), ("T", "M"), ("T", "S")]
    if one is None or other is None or (t, letter) not in order or (t2, letter2) not in order:
        return None
    if order.index((t, letter)) >= order.index((t2, letter2)):
        return None
    return Meaning(DURATION, f"={one}{other[2:] if t and t2 else other[1:]}")


def ago(match: Match) -> Meaning | None:
    """So many units before (after) the anchor, or before (after) the time last spoken of."""
    amount = length_of(match)
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
    amount = length_of(match)
    found = re.fullmatch(r"P(\d+)([DWMYEC])", amount or "")
    return Meaning(DATE, f"{STEPS[found[2]]}:-{found[1]}") if found else None


def repeated(match: Match) -> Meaning | None:
    unit = match["unit"].lower()
    if unit in UNITS:
        t, letter = UNITS[unit]
        return Meaning(SET, "=XXXX-WXX-WE" if letter == "WE" else f"=P{t}1{letter}")
    return None


def repeated_length(match: Match) -> Meaning | None:
    """ "Every two weeks"."""
    amount = length_of(match)
    return Meaning(SET, f"={amount}") if amount else None


def repeated_other(match: Match) -> Meaning | None:
    amount = _length(match["unit"], "two")
    return Meaning(SET, f"={amount}") if amount else None


def repeated_name(match: Match) -> Meaning:
    if caught(match, "weekday"):
        return Meaning(SET, f"=XXXX-WXX-{weekday_number(match['weekday'])}{suffix_of(match)}")
    if caught(match, "month"):
        return Meaning(SET, f"=XXXX-{month_number(match['month']):02d}")
    if caught(match, "season"):
        return Meaning(SET, f"=XXXX-{SEASONS[match['season'].lower()]}")
    return Meaning(SET, f"=XXXX-XX-XX{suffix_of(match)}")


def repeated_adverb(match: Match) -> Meaning:
    amounts = {
        "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M",
        "yearly": "P1Y", "annually": "P1Y", "biweekly": "P2W", "quarterly": "P1Q",
    }  # fmt: skip
    return Meaning(SET, f"={amounts[match['word'].lower()]}")


def whole_unit(match: Match) -> Meaning:
    """ "The past year" as a length."""
    t, letter = UNITS[match["unit"].lower()]
    return Meaning(DURATION, f"=P{t}1{letter}")


def unit_spoken_of(match: Match) -> Meaning | None:
    """ "The year" that the page speaks of; "the year ended March 31" is a length."""
    unit = match["unit"].lower()
    if caught(match, "ended"):
        return None if unit == "week" else Meaning(DURATION, "=P1Y")
    return Meaning(DATE, step_of(unit, 0) if unit in ("year", "week") else f"ref:{unit}")
