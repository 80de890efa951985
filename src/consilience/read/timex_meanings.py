"""What the matched words of days, weeks and longer stretches mean."""

import re
from collections.abc import Callable

from consilience.read.numbers import parse_number
from consilience.read.timex_clock import suffix_of
from consilience.read.timex_lengths import step_of
from consilience.read.timex_terms import (
    DATE,
    TIME,
    Match,
    Meaning,
    caught,
    day_number,
    month_number,
    part_suffix,
    typed,
    weekday_number,
)
from consilience.read.timex_words import (
    DAY_ORDINALS,
    HOLIDAYS,
    ORDINALS,
    QUARTERS,
    SEASONS,
)
from consilience.records import TimexType


def _has_hour(match: Match) -> bool:
    return bool(caught(match, "hour") or caught(match, "hour4"))


def absolute_day(match: Match) -> Meaning | None:
    year, day = match["year"], day_number(match["day"])
    if _has_hour(match) and not suffix_of(match):
        return None
    return typed(f"={year}-{month_number(match['month']):02d}-{day:02d}{suffix_of(match)}")


def month_day(match: Match) -> Meaning | None:
    day = day_number(match["day"])
    if _has_hour(match) and not suffix_of(match):
        return None
    return typed(f"monthday:{month_number(match['month']):02d}-{day:02d}:?{suffix_of(match)}")


def part_of_day(match: Match) -> Meaning:
    """ "The night of 3 May", "the morning of Sunday"."""
    suffix = part_suffix(match["part"])
    if caught(match, "weekday"):
        return Meaning(TIME, f"weekday:{weekday_number(match['weekday'])}:?{suffix}")
    month, said = match["month"] or match["month2"], match["day"] or match["day2"]
    year, day = caught(match, "year"), f"{month_number(month):02d}-{day_number(said):02d}"
    return Meaning(TIME, (f"={year}-{day}" if year else f"monthday:{day}:?") + suffix)


def spoken_day(match: Match) -> Meaning:
    """ "The ninth of May"."""
    n = DAY_ORDINALS.index(match["nth"].lower().replace(" ", "-")) + 1
    day = f"{month_number(match['month']):02d}-{n:02d}"
    year = caught(match, "year")
    return Meaning(DATE, f"={year}-{day}" if year else f"monthday:{day}:?")


def iso_day(match: Match) -> Meaning | None:
    suffix = f"+T{match['time']}" if match["time"] else ""
    return typed(f"={match['date']}{suffix}")


def numeric_day(match: Match) -> Meaning | None:
    """Day and month in figures; which is which the page decides where both could be a month."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if len(year) == 2:
        year = ("19" if int(year) > 50 else "20") + year
    if max(a, b) > 31 or min(a, b) > 12 or min(a, b) == 0:
        return None
    if a > 12 or a == b or match["mark"] == ".":
        return Meaning(DATE, f"={year}-{b:02d}-{a:02d}") if b <= 12 else None
    if b > 12:
        return Meaning(DATE, f"={year}-{a:02d}-{b:02d}")
    return Meaning(DATE, f"#{year}-{a:02d}-{b:02d}")


def month_year(match: Match) -> Meaning:
    return Meaning(DATE, f"={match['year']}-{month_number(match['month']):02d}")


def month_of_year(match: Match) -> Meaning:
    years = {"last": -1, "this": 0, "next": 1, "the same": 0, "the previous": -1}
    n = years[re.sub(r"\s+", " ", match["which"].lower())]
    return Meaning(DATE, f"years:{n};month:{month_number(match['month'])}")


def bare_month(match: Match) -> Meaning:
    which = (caught(match, "which") or "?").lower()
    if which == "this":
        return Meaning(DATE, f"years:0;month:{month_number(match['month'])}")
    direction = {"last": "last", "this past": "past", "next": "next", "past": "past"}
    return Meaning(DATE, f"month:{month_number(match['month'])}:{direction.get(which, '?')}")


def bare_weekday(match: Match) -> Meaning | None:
    if _has_hour(match) and not suffix_of(match):
        return None
    which = re.sub(r"\s+", " ", (caught(match, "which") or "?").lower())
    n, suffix = weekday_number(match["weekday"]), suffix_of(match)
    if which in {"the following", "the previous"}:
        side = "next" if which == "the following" else "last"
        return typed(f"ref;weekday:{n}:{side}{suffix}")
    direction = {
        "last": "last", "next": "next", "this past": "past", "this coming": "future",
        "this": "near", "pasado": "past", "próximo": "future", "coming": "future",
    }  # fmt: skip
    return typed(f"weekday:{n}:{direction.get(which, '?')}{suffix}")


def weekday_of_week(match: Match) -> Meaning:
    n = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return Meaning(DATE, f"weeks:{n};weekday:{weekday_number(match['weekday'])}")


def near_day(match: Match) -> Meaning | None:
    if _has_hour(match) and not suffix_of(match):
        return None
    n = {
        "yesterday": -1, "today": 0, "tomorrow": 1, "ayer": -1, "hoy": 0, "anteayer": -2,
    }[match["word"].lower()]  # fmt: skip
    return typed(f"days:{n}{suffix_of(match)}")


def part_of_near_day(match: Match) -> Meaning:
    which = match["which"].lower()
    return typed(f"days:{-1 if which == 'last' else 0}{suffix_of(match)}")


def part_of_that_day(match: Match) -> Meaning:
    which = re.sub(r"\s+", " ", match["which"].lower())
    n = {"the next": 1, "the following": 1, "the previous": -1}.get(which, 0)
    return typed(f"ref:day;days:{n}{suffix_of(match)}")


def this_unit(match: Match) -> Meaning:
    which, unit = re.sub(r"\s+", " ", match["which"].lower()), match["unit"].lower()
    if which in {"that", "that same", "the same"}:
        return Meaning(DATE, f"ref:{unit}")
    if which in {"the following", "the next", "the previous"}:
        n = -1 if which.endswith("previous") else 1
        return Meaning(DATE, f"ref;{step_of(unit, n)}")
    n = {"last": -1, "past": -1, "next": 1, "coming": 1, "pasado": -1, "pasada": -1,
         "próximo": 1, "próxima": 1}.get(which, 0)  # fmt: skip
    return Meaning(DATE, step_of(unit, n))


def week_of(match: Match) -> Meaning:
    """ "The week of March 6"."""
    day = f"{month_number(match['month']):02d}-{day_number(match['day']):02d}"
    return Meaning(DATE, f"monthday:{day}:?;weeks:0")


def season(match: Match) -> Meaning:
    season, which = SEASONS[match["season"].lower()], (caught(match, "which") or "?").lower()
    year, of = caught(match, "year"), caught(match, "of")
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
    n = QUARTERS.get(match["nth"].lower()) or int(match["nth"])
    year, of = caught(match, "year"), caught(match, "of")
    if year:
        return Meaning(DATE, f"={year}-Q{n}")
    if of:
        years = {"last": -1, "this": 0, "next": 1}[of.lower()]
        return Meaning(DATE, f"years:{years};quarter:{n}")
    if caught(match, "ago"):
        return Meaning(DATE, f"quarter:{n}:past;shift:-1")
    return Meaning(DATE, f"quarter:{n}:past")


def half_year(match: Match) -> Meaning:
    half = 1 if match["nth"].lower() == "first" else 2
    if year := caught(match, "year"):
        return Meaning(DATE, f"={year}-H{half}")
    years = {"last": -1, "next": 1}.get((caught(match, "of") or "this").lower(), 0)
    return Meaning(DATE, f"years:{years};half:{half}")


def always(kind: TimexType, expression: str) -> Callable[[Match], Meaning]:
    """The meaning of words that say the same wherever they stand."""
    meaning = Meaning(kind, expression)
    return lambda _: meaning


def day_beside(match: Match) -> Meaning:
    return Meaning(DATE, f"ref;days:{1 if match[0].lower().endswith('after') else -1}")


def current_unit(match: Match) -> Meaning:
    return Meaning(DATE, step_of(match["unit"], 0))


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
    name = re.sub(r"\s+", " ", match["name"].lower()).replace("’", "'")
    day, suffix = HOLIDAYS[name], suffix_of(match)
    if year := caught(match, "year"):
        is_moving = day.startswith("feast")
        return Meaning(DATE, f"={year};{day}" if is_moving else f"={year}-{day.partition(':')[2]}")
    return typed(f"{day}:{_WHICH.get((caught(match, 'which') or '').lower(), '?')}{suffix}")


_WHICH = {"last": "last", "next": "next", "this": "near"}


def part_alone(match: Match) -> Meaning:
    return Meaning(TIME, suffix_of(match))
