"""The hour of the day: figures, words, and the zone of the clock."""

import re

from consilience.read.numbers import parse_number
from consilience.read.timex_terms import (
    TIME,
    Match,
    Meaning,
    Rule,
    caught,
    day_number,
    month_number,
    part_suffix,
    typed,
    weekday_number,
)
from consilience.read.timex_words import PARTS
from consilience.zones import zone_code

_AFTER_NOON = re.compile(r"(?i:(?:in the (?:afternoon|evening)|at night|de la (?:tarde|noche))\b)")
_HOURS = re.compile(r"\d\s?h(?:rs|ours|oras|s)?\b")
_HOUR_WORDS = r"(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
CIRCA = r"(?:(?i:about|around|approximately|roughly) )?"
OF_THE_DAY = r"(?: (?i:in the (?:morning|afternoon|evening)|at night))?"


def clock_value(match: Match) -> str | None:
    """HH:MM and the zone's name after an @; None where a number is no hour."""
    if four := caught(match, "hour4"):
        return f"{four}:{match['minute4']}{_zone(match)}"
    hour, minute, half = int(match["hour"]), match["minute"], match["half"]
    is_after_noon = _AFTER_NOON.search(match[0]) is not None
    is_hour = (match["colon"] or "").strip() == ":" or "clock" in match[0] or "de la " in match[0]
    if not half and not is_hour and not (match["colon"] and _HOURS.search(match[0])):
        return None
    if not half and hour < 12 and is_after_noon:
        half = "p"
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"{hour:02d}:{minute or '00'}{_zone(match)}"


def suffix_of(match: Match) -> str:
    """The part of the day or the hour that was matched, as the end of an expression."""
    part = caught(match, "part")
    if part:
        return part_suffix(part)
    if caught(match, "hour") or caught(match, "hour4"):
        clock = clock_value(match)
        return f"+T{clock}" if clock else ""
    return ""


def _zone(match: Match) -> str:
    zone = caught(match, "zone")
    code = zone_code(zone) if zone else ""
    return f"@{code}" if code else ""


def _clock(match: Match) -> Meaning | None:
    value = clock_value(match)
    return Meaning(TIME, f"+T{value}") if value else None


def _noon(match: Match) -> Meaning:
    return Meaning(TIME, f"+T{PARTS[match['noon'].lower()]}")


def _spoken_clock(match: Match) -> Meaning | None:
    """ "Nine in the evening", "two at night"."""
    hour, half = parse_number(match["spoken"]), match["half"].lower()
    assert isinstance(hour, int)
    clock = _hour_of(hour, half)
    return None if clock is None else _on_weekday(match, f"+T{clock:02d}:00")


def _hour_of(hour: int, half: str) -> int | None:
    is_late = half.endswith(("afternoon", "evening")) or (half.endswith("night") and hour > 5)
    if half == "at night" and hour == 12:
        return None  # of which day is anybody's guess
    return hour % 12 + (12 if is_late else 0)


def _on_weekday(match: Match, clock: str) -> Meaning:
    weekday = caught(match, "weekday")
    return typed(f"weekday:{weekday_number(weekday)}:?{clock}" if weekday else clock)


def _quarters(match: Match) -> Meaning | None:
    """ "Half past ten on Friday night", "a quarter to four in the morning"."""
    hour = parse_number(match["spoken"])
    part = caught(match, "half") or caught(match, "part")
    if not isinstance(hour, int) or not 1 <= hour <= 12 or part is None:
        return None
    past = re.sub(r"\s+", " ", match["past"].lower())
    minute = 30 if past == "half past" else 15 if past.endswith("past") else -15
    full = _hour_of(hour, part.lower())
    if full is None:
        return None
    minutes = (full * 60 + minute) % 1440
    return _on_weekday(match, f"+T{minutes // 60:02d}:{minutes % 60:02d}")


def _early_hours(match: Match) -> Meaning:
    clock = part_suffix("morning")
    day = caught(match, "near")
    if day:
        return typed(f"days:{-1 if day.lower() == 'yesterday' else 0}{clock}")
    if caught(match, "month"):
        day = f"{month_number(match['month']):02d}-{day_number(match['day']):02d}"
        year = caught(match, "year")
        return typed((f"={year}-{day}" if year else f"monthday:{day}:?") + clock)
    return _on_weekday(match, clock) if caught(match, "weekday") else typed(f"ref;days:0{clock}")


CLOCK_RULES: tuple[Rule, ...] = (
    Rule(
        rf"(?P<spoken>{_HOUR_WORDS})(?: (?i:o['’]clock))?,? "
        r"(?P<half>(?i:in the (?:morning|afternoon|evening)|at night))"
        r"(?:,?(?: on)? <weekday:weekday>)?",
        _spoken_clock,
    ),
    Rule(
        rf"(?P<past>(?i:half past|(?:a )?quarter (?:past|to))) (?P<spoken>{_HOUR_WORDS}|1?\d)"
        r"(?: (?P<half>(?i:in the (?:morning|afternoon|evening)|at night)))?"
        r"(?:,?(?: (?i:on))? <weekday:weekday>(?: <part:part>)?)?",
        _quarters,
    ),
    Rule(
        r"(?i:the )?(?i:early|small) (?i:hours)(?: (?i:of|on)"
        r" (?:(?:<weekday>,? )?<month:month> <day:day>(?:,? <year:year>)?"
        r"|<weekday:weekday>(?: (?i:morning))?|(?P<near>(?i:yesterday|today))))?",
        _early_hours,
    ),
    Rule(
        rf"{CIRCA}<clock><zone>?{OF_THE_DAY}",
        _clock,
    ),
    Rule(rf"{CIRCA}(?P<noon>(?i:mid-?afternoon|mid-?morning|noon|midday|midnight))(?=\W)", _noon),
)
