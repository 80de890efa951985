"""The words of time in English and Spanish news, as patterns with what they mean.

A rule is a pattern and a function from its match to a `Reading`: a TIMEX3 type and an expression
in the language of `dates.resolve`. Three things are left open for `times` to fill in: `?` stands
for a direction that the tense of the verb chooses, a first step `ref` for the time last spoken
of, and an expression that begins with `+` is a part of a day not named.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from consilience.read.encoder import Parse, Word
from consilience.read.numbers import ADDED, MULTIPLIED, WORDS, parse_number
from consilience.records import TimexType

DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET


class Meaning(NamedTuple):
    type: TimexType
    expression: str


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str]], Meaning | None]


_MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
_MONTHS_ES = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
_MONTHS = {name.lower()[:3]: n for n, name in enumerate(_MONTH_NAMES, 1)}
_MONTHS_SPANISH = {name: n for n, name in enumerate(_MONTHS_ES, 1)} | {"setiembre": 9}
_WEEKDAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAYS = {name.lower()[:3]: n for n, name in enumerate(_WEEKDAY_NAMES, 1)}
_WEEKDAYS_SPANISH = {
    name: n
    for n, names in enumerate(
        ("lunes", "martes", "miércoles miercoles", "jueves", "viernes", "sábado sabado", "domingo"),
        1,
    )
    for name in names.split()
}
_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_PARTS = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV",
    "evenings": "EV", "night": "NI", "nights": "NI", "mid-morning": "MO", "mid-afternoon": "AF",
    "midmorning": "MO", "midafternoon": "AF", "noon": "12:00", "midday": "12:00",
    "midnight": "00:00", "mañana": "MO", "tarde": "AF", "noche": "NI", "madrugada": "NI",
    "nighttime": "NI", "daytime": "DT",
}  # fmt: skip
_UNITS = {
    "second": ("T", "S"), "minute": ("T", "M"), "hour": ("T", "H"), "day": ("", "D"),
    "week": ("", "W"), "month": ("", "M"), "quarter": ("", "Q"), "year": ("", "Y"),
    "decade": ("", "E"), "century": ("", "C"), "centurie": ("", "C"), "weekend": ("", "WE"),
    "segundo": ("T", "S"), "minuto": ("T", "M"), "hora": ("T", "H"), "día": ("", "D"),
    "dia": ("", "D"), "semana": ("", "W"), "mese": ("", "M"), "mes": ("", "M"), "año": ("", "Y"),
    "década": ("", "E"), "siglo": ("", "C"),
}  # fmt: skip
_STEPS = {
    "D": "days", "W": "weeks", "M": "months", "Q": "quarters", "Y": "years", "E": "decades",
    "C": "centuries",
}  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
_CARDINAL_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_HOLIDAYS = {
    "christmas day": "monthday:12-25", "christmas eve": "monthday:12-24",
    "new year's day": "monthday:01-01", "new year's eve": "monthday:12-31",
    "new year’s day": "monthday:01-01", "new year’s eve": "monthday:12-31",
    "valentine's day": "monthday:02-14", "valentine’s day": "monthday:02-14",
    "independence day": "monthday:07-04", "halloween": "monthday:10-31",
    "christmas": "monthday:12-25",
}  # fmt: skip

# White space inside an expression: at most one line break, and bounded so that no run of blanks
# can be tried in many ways.
_GAP = r"(?:[ \t\xa0\u202f]{1,3}|[ \t\xa0]{0,3}\n[ \t\xa0]{0,8})"


def _either(words: list[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_NAMED = {
    "month": (
        r"(?:(?i:January|February|April|June|July|September|October|November|December)\b"
        r"|(?:March|May|August|MARCH|MAY|AUGUST)\b"
        r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?"
        r"|OCT|NOV|DEC)(?:\.|\b))"
    ),
    # Spanish writes its months and days small; "El Mayo" and "Santo Domingo" are names.
    "mes": rf"(?:{_either(list(_MONTHS_SPANISH))})\b",
    "weekday": (
        r"(?:(?i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
        r"|(?:Mon|Tues|Wed|Thurs|Thu|Fri|Sat|Sun)\.(?=[ \n]?[A-Z]?[a-z]{2,8}\.?[ \n]\d)"
        r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=,[ \n]\d)|(?:Tues|Thurs)(?:\.|\b))"
    ),
    "dia": rf"(?:{_either(list(_WEEKDAYS_SPANISH))})\b",
    "year": r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[.,]\d)",
    "day": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d|:\d)",
    "season": r"(?i:spring|summer|autumn|fall|winter)\b",
    "part": (
        r"(?i:mid-?morning|mid-?afternoon|mornings?|afternoons?|evenings?|nights?|nighttime|noon"
        r"|midday|midnight)\b"
    ),
    "unit": r"(?i:second|minute|hour|day|week|month|quarter|year|decade|century|centurie)",
    "coarse": r"(?i:day|week|month|quarter|year|decade)",
    "number": (
        rf"(?i:\d{{1,3}}(?:,\d{{3}})?(?:\.\d)?(?:[ ]?[½¼¾]|[ ][13]/[24])?"
        rf"|{WORDS}|half[ ]an?|an?[ ]half|an?[ ]couple[ ]of|an?[ ]couple|an?)"
    ),
    "vague": (
        r"(?i:several|many|few|a[ ]few|some|a[ ]number[ ]of|dozens[ ]of|hundreds[ ]of"
        r"|thousands[ ]of|countless|numerous|the[ ](?:past|last)[ ]few)"
    ),
    "about": (
        r"(?i:more[ ]than|less[ ]than|fewer[ ]than|no[ ]more[ ]than|no[ ]less[ ]than|at[ ]least"
        r"|at[ ]most|up[ ]to|as[ ]long[ ]as|as[ ]many[ ]as|over|under|nearly|almost|about|around"
        r"|roughly|approximately|some|exactly|well[ ]over|just[ ]under|just[ ]over)"
    ),
    "early": (
        r"(?i:early|late|earlier|later|mid|middle|sometime|the[ ]start[ ]of"
        r"|the[ ]beginning[ ]of|the[ ]middle[ ]of|the[ ]end[ ]of)"
    ),
    "clock": (
        r"(?:(?P<hour>2[0-3]|[01]?\d)(?:(?P<colon>[:.])(?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
        r"(?:[ ]?(?P<half>[apAP])\.?[ ]?[mM]\b\.?|[ ]?h(?:rs|ours)?\b)?"
        r"(?:[ ](?i:o['’]clock(?:[ ]in[ ]the)?))?)"
    ),
    "zone": (
        r"(?:[ ]\(?(?:(?:E|C|M|P)[SD]?T|GMT|UTC|BST|CES?T|local[ ]time|(?i:eastern|central"
        r"|mountain|pacific)(?:[ ](?i:standard|daylight))?(?:[ ](?i:time))?)\b\)?)"
    ),
}


def _rule(pattern: str, meaning: Callable[[re.Match[str]], Meaning | None]) -> Rule:
    """`<name>` stands for the pattern of that name, `<name:group>` catches it, a blank for a gap."""

    def named(match: re.Match[str]) -> str:
        name, _, group = match[1].partition(":")
        part = _NAMED[name].replace("[ ]", _GAP)
        return f"(?P<{group}>{part})" if group else f"(?:{part})"

    gapped = pattern.replace("[ ]", " ").replace(" ", _GAP)
    return Rule(re.compile(re.sub(r"(?<!\?P)<([a-z]+(?::\w+)?)>", named, gapped)), meaning)


def _month(name: str) -> int:
    lower = name.lower().rstrip(".")
    return _MONTHS_SPANISH.get(lower) or _MONTHS[lower[:3]]


def _weekday(name: str) -> int:
    lower = name.lower().rstrip(".")
    return _WEEKDAYS_SPANISH.get(lower) or _WEEKDAYS[lower[:3]]


def _get(match: re.Match[str], group: str) -> str | None:
    return match.groupdict().get(group)


def _suffix(match: re.Match[str]) -> str:
    part = _get(match, "part")
    if part:
        return f"+T{_PARTS[part.lower().replace(' ', '-')]}"
    if _get(match, "hour"):
        clock = _clock_value(match)
        return f"+T{clock}" if clock else ""
    return ""


def _clock_value(match: re.Match[str]) -> str | None:
    hour, minute, half = int(match["hour"]), match["minute"], match["half"]
    if not half and match["colon"] != ":" and "clock" not in match[0]:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"{hour:02d}:{minute or '00'}"


def _typed(expression: str) -> Meaning:
    return Meaning(TIME if "+T" in expression else DATE, expression)


def _absolute_day(match: re.Match[str]) -> Meaning | None:
    year, day = match["year"], int(re.sub(r"\D", "", match["day"]))
    if _get(match, "hour") and not _suffix(match):
        return None
    return _typed(f"={year}-{_month(match['month']):02d}-{day:02d}{_suffix(match)}")


def _month_day(match: re.Match[str]) -> Meaning | None:
    day = int(re.sub(r"\D", "", match["day"]))
    if _get(match, "hour") and not _suffix(match):
        return None
    return _typed(f"monthday:{_month(match['month']):02d}-{day:02d}:?{_suffix(match)}")


def _iso(match: re.Match[str]) -> Meaning | None:
    suffix = f"+T{match['time']}" if match["time"] else ""
    return _typed(f"={match['date']}{suffix}")


def _numeric_day(match: re.Match[str]) -> Meaning | None:
    """Day and month in figures, only where one of them cannot be a month."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if len(year) == 2:
        year = ("19" if int(year) > 50 else "20") + year
    if a > 12 >= b and a <= 31:
        return Meaning(DATE, f"={year}-{b:02d}-{a:02d}")
    if b > 12 >= a and b <= 31:
        return Meaning(DATE, f"={year}-{a:02d}-{b:02d}")
    return Meaning(DATE, f"={year}-{a:02d}-{b:02d}") if a == b and a <= 12 else None


def _month_year(match: re.Match[str]) -> Meaning:
    return Meaning(DATE, f"={match['year']}-{_month(match['month']):02d}")


def _month_of_year(match: re.Match[str]) -> Meaning:
    years = {"last": -1, "this": 0, "next": 1, "the same": 0, "the previous": -1}
    n = years[re.sub(r"\s+", " ", match["which"].lower())]
    return Meaning(DATE, f"years:{n};month:{_month(match['month'])}")


def _bare_month(match: re.Match[str]) -> Meaning:
    which = (_get(match, "which") or "?").lower()
    direction = {"last": "last", "this past": "past", "next": "next", "past": "past"}
    return Meaning(DATE, f"month:{_month(match['month'])}:{direction.get(which, '?')}")


def _bare_weekday(match: re.Match[str]) -> Meaning | None:
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


def _weekday_of_week(match: re.Match[str]) -> Meaning:
    n = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return Meaning(DATE, f"weeks:{n};weekday:{_weekday(match['weekday'])}")


def _near_day(match: re.Match[str]) -> Meaning | None:
    if _get(match, "hour") and not _suffix(match):
        return None
    n = {
        "yesterday": -1, "today": 0, "tomorrow": 1, "ayer": -1, "hoy": 0, "anteayer": -2,
    }[match["word"].lower()]  # fmt: skip
    return _typed(f"days:{n}{_suffix(match)}")


def _part_of_near_day(match: re.Match[str]) -> Meaning:
    which = match["which"].lower()
    return _typed(f"days:{-1 if which == 'last' else 0}{_suffix(match)}")


def _part_of_that_day(match: re.Match[str]) -> Meaning:
    which = re.sub(r"\s+", " ", match["which"].lower())
    n = {"the next": 1, "the following": 1, "the previous": -1}.get(which, 0)
    return _typed(f"ref;days:{n}{_suffix(match)}")


def _offset_of(unit: str, n: int) -> str:
    if unit.lower() == "weekend":
        return f"weeks:{n};weekend"
    if unit.lower() in {"night"}:
        return f"days:{n}+TNI"
    return f"{_STEPS[_UNITS[unit.lower()][1]]}:{n}"


def _this_unit(match: re.Match[str]) -> Meaning:
    which, unit = re.sub(r"\s+", " ", match["which"].lower()), match["unit"].lower()
    if which in {"that", "the same"}:
        return Meaning(DATE, f"ref:{unit}")
    if which in {"the following", "the next", "the previous"}:
        n = -1 if which.endswith("previous") else 1
        return Meaning(DATE, f"ref;{_offset_of(unit, n)}")
    n = {"last": -1, "past": -1, "next": 1, "coming": 1, "pasado": -1, "pasada": -1,
         "próximo": 1, "próxima": 1}.get(which, 0)  # fmt: skip
    return Meaning(DATE, _offset_of(unit, n))


def _season(match: re.Match[str]) -> Meaning:
    season, which = _SEASONS[match["season"].lower()], (_get(match, "which") or "?").lower()
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


def _quarter(match: re.Match[str]) -> Meaning:
    n = _CARDINAL_QUARTERS[match["nth"].lower()]
    year, of = _get(match, "year"), _get(match, "of")
    if year:
        return Meaning(DATE, f"={year}-Q{n}")
    if of:
        years = {"last": -1, "this": 0, "next": 1}[of.lower()]
        return Meaning(DATE, f"years:{years};quarter:{n}")
    if _get(match, "ago"):
        return Meaning(DATE, f"quarter:{n}:past;shift:-1")
    return Meaning(DATE, f"quarter:{n}:past")


def _iso_amount(match: re.Match[str]) -> str | None:
    """The length in TIMEX3: P3Y, PT30M, PXD; None where the words are no length."""
    t, letter = _UNITS[match["unit"].lower()]
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
    n = int(n) if n == int(n) else n
    return f"P{t}{n}{letter}"


def _half(t: str, letter: str) -> str:
    return {"H": "PT30M", "Y": "P6M", "D": "PT12H", "C": "P50Y", "E": "P5Y"}.get(
        letter, f"P{t}0.5{letter}"
    )


def _duration(match: re.Match[str]) -> Meaning | None:
    amount = _iso_amount(match)
    return Meaning(DURATION, f"={amount}") if amount else None


def _ago(match: re.Match[str]) -> Meaning | None:
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
    step = f"{_STEPS[found[3]]}:{sign * int(found[2])}"
    if found[3] == "Y" and when in {"ago", "earlier"}:
        return Meaning(DATE, f"refyear:{sign * int(found[2])}")
    return Meaning(DATE, step if when in {"ago", "from now", "hence"} else f"ref;{step}")


def _ago_spanish(match: re.Match[str]) -> Meaning | None:
    amount = _iso_amount(match)
    found = re.fullmatch(r"P(\d+)([DWMYEC])", amount or "")
    return Meaning(DATE, f"{_STEPS[found[2]]}:-{found[1]}") if found else None


def _set(match: re.Match[str]) -> Meaning | None:
    unit = match["unit"].lower()
    if unit in _UNITS:
        t, letter = _UNITS[unit]
        return Meaning(SET, f"=P{t}1{letter}")
    return None


def _set_named(match: re.Match[str]) -> Meaning:
    if _get(match, "weekday"):
        return Meaning(SET, f"=XXXX-WXX-{_weekday(match['weekday'])}{_suffix(match)}")
    if _get(match, "month"):
        return Meaning(SET, f"=XXXX-{_month(match['month']):02d}")
    if _get(match, "season"):
        return Meaning(SET, f"=XXXX-{_SEASONS[match['season'].lower()]}")
    return Meaning(SET, f"=XXXX-XX-XX{_suffix(match)}")


def _adverb_set(match: re.Match[str]) -> Meaning:
    amounts = {
        "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M",
        "yearly": "P1Y", "annually": "P1Y", "biweekly": "P2W",
    }  # fmt: skip
    return Meaning(SET, f"={amounts[match['word'].lower()]}")


def _ref(value: str) -> Callable[[re.Match[str]], Meaning]:
    return lambda match: Meaning(DATE, f"={value}")


def _year(match: re.Match[str]) -> Meaning:
    return Meaning(DATE, f"={match['year']}")


def _spoken_year(match: re.Match[str]) -> Meaning | None:
    century = {"eighteen": 18, "nineteen": 19, "twenty": 20}[match["century"].lower()]
    rest = parse_number(match["rest"])
    if rest is None or not 10 <= rest <= 99:
        return None
    return Meaning(DATE, f"={century}{int(rest):02d}")


def _decade(match: re.Match[str]) -> Meaning | None:
    words = match["decade"].lower()
    names = "twenties thirties forties fifties sixties seventies eighties nineties".split()
    if words in names:
        return Meaning(DATE, f"=19{names.index(words) + 2}")
    digits = re.sub(r"\D", "", words)
    if len(digits) == 2:
        return Meaning(DATE, f"=19{digits[0]}")
    return Meaning(DATE, f"={digits[:3]}")


def _century(match: re.Match[str]) -> Meaning | None:
    words = match["nth"].lower().replace(" ", "-")
    n = _ORDINALS.index(words) + 1 if words in _ORDINALS else int(re.sub(r"\D", "", words) or 0)
    return Meaning(DATE, f"={n - 1:02d}") if 10 < n < 25 else None


def _holiday(match: re.Match[str]) -> Meaning:
    name = re.sub(r"\s+", " ", match["name"].lower())
    if _get(match, "year"):
        return Meaning(DATE, f"={match['year']}-{_HOLIDAYS[name].partition(':')[2]}")
    return Meaning(DATE, f"{_HOLIDAYS[name]}:?")


def _clock(match: re.Match[str]) -> Meaning | None:
    value = _clock_value(match)
    return Meaning(TIME, f"+T{value}") if value else None


def _part_alone(match: re.Match[str]) -> Meaning:
    return Meaning(TIME, _suffix(match))


_QUALIFIED = r"(?:(?:<early>)(?: |-))?"
_THE = r"(?i:(?:the )?)"
_LAST = r"(?i:last|next|this past|this coming|this|past|coming)"
_COUNTED = r"(?:<number:number>|<vague>)"
_PERIOD = r"(?i:the (?:past|last|next|coming|previous|following|first|final|latest|same) |the |those |these |past |another |an additional |(?:the )?first )"

RULES = (
    # Days
    _rule(
        r"(?:<weekday>,? ?)?<month:month> <day:day>,?(?: |, )<year:year>(?:,? (?:at )?<clock><zone>?)?",
        _absolute_day,
    ),
    _rule(
        r"(?:<weekday>,? )?(?:the )?<day:day>(?:[ ]of)? <month:month>,? <year:year>", _absolute_day
    ),
    _rule(r"(?:<dia>,? )?<day:day> de <mes:month> (?:de|del) <year:year>", _absolute_day),
    _rule(
        r"(?P<date>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[T\x20](?P<time>[0-2]\d:[0-5]\d)(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])",
        _iso,
    ),
    _rule(
        r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)",
        _numeric_day,
    ),
    _rule(
        rf"{_QUALIFIED}(?:<weekday>,? ?)?{_QUALIFIED}<month:month> <day:day>(?!-?(?i:year|day|month|week))(?: <part:part>)?",
        _month_day,
    ),
    _rule(r"(?:<weekday>,? )?(?:the )?<day:day>(?:[ ]of)? <month:month>(?! \d\d\d\d)", _month_day),
    _rule(r"(?:<dia>,? )?<day:day> de <mes:month>", _month_day),
    _rule(
        rf"{_QUALIFIED}(?:(?P<which>{_LAST}|(?i:the following|the previous)) )?{_QUALIFIED}<weekday:weekday>(?: {_QUALIFIED}<part:part>)?",
        _bare_weekday,
    ),
    _rule(r"(?P<which>(?i:próximo|pasado)) <dia:weekday>", _bare_weekday),
    _rule(r"<dia:weekday>(?: (?P<which>(?i:pasado|próximo)))?", _bare_weekday),
    _rule(r"<weekday:weekday> (?:of )?(?P<which>(?i:last|this|next)) week", _weekday_of_week),
    _rule(rf"<part:part> {_THE}<weekday:weekday>", _bare_weekday),
    _rule(r"<clock><zone>?,?(?: on)? <weekday:weekday>", _bare_weekday),
    _rule(r"<weekday:weekday>,? (?:at )?<clock><zone>?", _bare_weekday),
    _rule(r"<clock><zone>?,?(?: on)? <month:month> <day:day>(?!,? <year>)", _month_day),
    _rule(r"<clock><zone>?,?(?: on)? <month:month> <day:day>,? <year:year>", _absolute_day),
    _rule(
        rf"{_QUALIFIED}(?P<word>(?i:yesterday|today|tomorrow))(?: {_QUALIFIED}<part:part>)?",
        _near_day,
    ),
    _rule(r"(?:<part:part>|<clock><zone>?) (?P<word>(?i:yesterday|today|tomorrow))", _near_day),
    _rule(r"(?P<word>(?i:ayer|anteayer|hoy))\b", _near_day),
    _rule(rf"{_QUALIFIED}(?P<which>(?i:this|last)) <part:part>", _part_of_near_day),
    _rule(rf"{_QUALIFIED}(?i:tonight)", lambda match: Meaning(TIME, "days:0+TNI")),
    _rule(r"(?i:overnight)", lambda match: Meaning(TIME, "ref;days:0+TNI")),
    _rule(
        rf"{_QUALIFIED}(?P<which>(?i:the next|the following|the previous|that|the same)) <part:part>",
        _part_of_that_day,
    ),
    _rule(r"(?i:the day before yesterday)", lambda match: Meaning(DATE, "days:-2")),
    _rule(r"(?i:the day after tomorrow)", lambda match: Meaning(DATE, "days:2")),
    _rule(
        r"(?i:the day (?:after|before))(?!\w)",
        lambda match: Meaning(DATE, f"ref;days:{1 if match[0].lower().endswith('after') else -1}"),
    ),
    # Weeks, months, seasons, quarters, years
    _rule(
        rf"{_QUALIFIED}(?P<which>(?i:last|this|next|this past|this coming|past|that|the same|the following|the next|the previous)) (?P<unit>(?i:week|month|quarter|year|decade|century|weekend|day))(?!['’]s (?:{_either(list(_CARDINAL_QUARTERS))}))\b",
        _this_unit,
    ),
    _rule(r"(?i:el|la) (?:(?P<which>(?i:próxim[oa])) )(?P<unit>(?i:semana|mes|año))", _this_unit),
    _rule(r"(?i:el|la) (?P<unit>(?i:semana|mes|año)) (?P<which>(?i:pasad[oa]))", _this_unit),
    _rule(rf"{_QUALIFIED}<month:month>,?(?: of)? <year:year>", _month_year),
    _rule(r"<mes:month> (?:de|del) <year:year>", _month_year),
    _rule(
        rf"{_QUALIFIED}<month:month>(?: of|,)? (?P<which>(?i:last|this|next|the same|the previous)) year",
        _month_of_year,
    ),
    _rule(
        rf"{_QUALIFIED}(?:(?P<which>{_LAST}) )?{_QUALIFIED}<month:month>(?! \d{{1,2}}\b)",
        _bare_month,
    ),
    _rule(r"<mes:month>", _bare_month),
    _rule(
        rf"{_QUALIFIED}(?:(?P<which>(?i:last|this|next|this past)) )?{_QUALIFIED}<season:season>",
        _season,
    ),
    _rule(rf"(?i:the )?{_QUALIFIED}<season:season>(?: of)? <year:year>", _season),
    _rule(r"(?i:the weekend)\b", lambda match: Meaning(DATE, "weekend:?")),
    _rule(r"<season:season>(?: of)? (?P<of>(?i:last|this|next)) year", _season),
    _rule(
        rf"{_THE}(?:(?i:fiscal)(?: |-))?(?:<year:year> )?(?i:fiscal(?: |-))?(?P<nth>(?i:first|second|third|fourth)) (?i:quarter)(?!\w)",
        _quarter,
    ),
    _rule(r"(?P<nth>(?i:first|second|third|fourth))-(?i:quarter)(?!\w)", _quarter),
    _rule(
        rf"{_THE}(?P<ago>(?i:year-ago|year-earlier)) (?P<nth>(?i:first|second|third|fourth)) (?i:quarter)\b",
        _quarter,
    ),
    _rule(
        rf"{_THE}(?P<nth>(?i:first|second|third|fourth))(?: |-)(?i:quarter)(?: of|,)?(?: fiscal)? <year:year>",
        _quarter,
    ),
    _rule(
        rf"{_THE}(?P<nth>(?i:first|second|third|fourth))(?: |-)(?i:quarter)(?: of|,)? (?P<of>(?i:last|this|next)) year",
        _quarter,
    ),
    _rule(
        r"(?P<of>(?i:last|this|next)) year['’]s (?:fiscal )?(?P<nth>(?i:first|second|third|fourth)) (?i:quarter)",
        _quarter,
    ),
    _rule(
        r"(?i:the )(?:latest|most recent) (?i:quarter|period)\b",
        lambda match: Meaning(DATE, "quarters:-1"),
    ),
    _rule(
        rf"{_THE}(?i:year-ago|year-earlier)(?: (?:period|quarter|month|three months))?",
        lambda match: Meaning(DATE, "refyear:-1"),
    ),
    _rule(r"(?i:the quarter)\b", lambda match: Meaning(DATE, "ref:quarter")),
    _rule(
        r"(?i:the current) (?P<unit>(?i:week|month|quarter|year))\b",
        lambda match: Meaning(DATE, _offset_of(match["unit"], 0)),
    ),
    _rule(
        r"(?:<early>(?: |-))?<year:year>(?!['’]?s|[-–/](?:1[5-9]|20)?\d\d\b| (?i:block|people|men|women|children|soldiers)\b)",
        _year,
    ),
    _rule(r"(?i:fiscal|the year) <year:year>", _year),
    _rule(
        r"(?P<century>(?i:eighteen|nineteen|twenty)) (?P<rest>(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))",
        _spoken_year,
    ),
    _rule(
        rf"(?:(?i:the ))?{_QUALIFIED}(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]\d0s|(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)",
        _decade,
    ),
    _rule(
        r"(?i:the )?(?:<early> )?(?P<nth>\d\d(?:st|nd|rd|th)|(?i:eighteenth|nineteenth|twentieth|twenty-first)) (?i:century)",
        _century,
    ),
    _rule(rf"(?P<name>(?i:{_either(list(_HOLIDAYS))}))\b(?:,? <year:year>)?", _holiday),
    # Lengths and repetitions
    _rule(
        rf"(?:<about> )?<number:number>(?: |-)(?:(?i:more|full|consecutive|straight|whole|long|trading|business|working|calendar|additional) )?(?P<unit><unit>)s?(?P<andhalf> and a half)?(?!(?i:-old| old| of age)|\w)",
        _duration,
    ),
    _rule(rf"(?:<about> )?<vague> (?:(?i:more|long) )?(?P<unit><unit>)s\b", _duration),
    _rule(rf"{_PERIOD}{_COUNTED} (?P<unit><unit>)s?(?!(?i:-old| old| of age)|\w)", _duration),
    _rule(
        rf"(?i:the (?:past|last)|the (?:next|coming)) (?P<unit>(?i:hour|day|week|month|year|decade|century))\b",
        lambda match: Meaning(
            DURATION,
            f"=P{''.join(_UNITS[match['unit'].lower()][0])}1{_UNITS[match['unit'].lower()][1]}",
        ),
    ),
    _rule(r"(?i:for|in|within|after|over|took|take|takes) (?P<unit><unit>)s\b", lambda match: None),
    _rule(
        rf"(?:<about> )?{_COUNTED} (?P<unit><unit>)s? (?P<when>(?i:ago|earlier|later|from now|hence|afterwards?))\b",
        _ago,
    ),
    _rule(
        r"(?i:hace) (?P<number>(?i:un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d{1,3})) (?P<unit>(?i:día|dia|semana|mese|mes|año|década|siglo))s?\b",
        _ago_spanish,
    ),
    _rule(
        r"(?P<number>(?i:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d{1,3})) (?P<unit>(?i:segundo|minuto|hora|día|dia|semana|mese|año|década|siglo))s\b",
        _duration,
    ),
    _rule(r"(?i:every|each)(?: (?i:single|other))? (?P<unit><unit>)\b", _set),
    _rule(
        r"(?i:every|each)(?: other)? (?:<weekday:weekday>(?: <part:part>)?|<month:month>|<season:season>)",
        _set_named,
    ),
    _rule(r"(?i:every|each) <part:part>", _set_named),
    _rule(r"<weekday:weekday>s\b", _set_named),
    _rule(
        r"(?P<word>(?i:hourly|daily|nightly|weekly|monthly|yearly|annually|biweekly))", _adverb_set
    ),
    # Now, once, soon
    _rule(
        r"(?i:right now|just now|now|nowadays|currently|current|at present|these days|at the moment(?! (?:of|when|that))|ahora|actualmente)",
        _ref("PRESENT_REF"),
    ),
    _rule(
        r"(?i:(?:more |most )?recently|recent (?:days|weeks|months|years|quarters|times)|the past(?=[.,;:]| (?:and|but|to|that)\b)|recientemente)",
        _ref("PAST_REF"),
    ),
    _rule(
        r"(?i:soon(?! as\b)|the (?:near |foreseeable )?future|the near term|pronto)",
        _ref("FUTURE_REF"),
    ),
    # The clock
    _rule(r"<clock><zone>?(?: (?i:(?:in the )(?:morning|afternoon|evening)|at night))?", _clock),
    _rule(
        r"(?i:mid-?afternoon|mid-?morning|noon|midday|midnight)(?=\W)",
        lambda match: Meaning(TIME, f"+T{_PARTS[match[0].lower()]}"),
    ),
    _rule(r"(?i:the (?:early |late )?<part:part>)", _part_alone),
)

_STARTING = (
    """
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december mon tue tues wed thu thurs fri sat sun monday
    tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
    saturdays sundays spring summer autumn fall winter morning afternoon evening night mid noon
    midday midnight midafternoon midmorning early late earlier later middle sometime the this that
    last next past coming these those another an a yesterday today tomorrow tonight overnight
    right just now nowadays currently current at more most recently recent in lately previously
    formerly soon shortly near future hourly daily nightly weekly monthly quarterly yearly annually
    biweekly every each less fewer no up as over under nearly almost about around roughly
    approximately some only barely exactly well several many few dozens hundreds thousands
    countless numerous half fiscal first second third fourth final eighteenth nineteenth twentieth
    christmas new valentine independence halloween eighteen nineteen twenty twenties thirties
    forties fifties sixties seventies eighties nineties year
    el la hace hoy ayer anteayer ahora actualmente recientemente pronto próximo pasado
    """.split()
    + list(_MONTHS_SPANISH)
    + list(_WEEKDAYS_SPANISH)
    + list(ADDED)
    + list(MULTIPLIED)
)
# Where an expression can begin: one of these words, a figure or an apostrophe before one ('90s).
STARTS = rf"(?<![\w$£€#@])(?:(?i:{_either(_STARTING)})\b|['’]?\d)"

_QUARTER_ORDINALS = tuple(_CARDINAL_QUARTERS)
_NAMESAKES = frozenset("may march april june august jan mar sun sat wed fri mon".split())
_TITLES = frozenset(
    "mr mrs ms dr sen rep gov gen col capt lt sgt judge justice president minister sir lady".split()
)
_BEFORE_MONTH = re.compile(
    r"(?i:\b(?:in|of|since|by|until|till|from|to|and|or|last|next|this|late|early|mid|through|during"
    r"|before|after|for|between|every|each|en|de|desde|hasta|the))[\s-]{1,2}$"
)
_BEFORE_CLOCK = re.compile(
    r"(?i:\b(?:at|around|about|by|until|till|before|after|since|from|to|between|and|approximately"
    r"|las|la))\s$"
)
_COUNTED_AFTER = re.compile(r"[ \n](?:[a-z]+s|people|men|women|children|police)\b")


def is_name_or_verb(text: str, start: int, end: int, where: tuple[Parse | None, range]) -> bool:
    """Whether words that look like a time are a name, a verb, a number or an age instead."""
    words, before = text[start:end], text[max(0, start - 24) : start]
    lower = words.lower().rstrip(".")
    parse, span = where
    inside = [parse.words[i] for i in span] if parse else []
    if lower in _NAMESAKES:
        return not _is_month_here(before, text[end : end + 24], inside)
    if re.fullmatch(r"\d{4}", words):
        if before.endswith(("$", "£", "€", "#", "-", "/", ".", ",", "No ", "No. ")):
            return True
        head = inside[0].head if inside and parse else -1
        return bool(
            inside
            and inside[0].deprel == "nummod"
            and parse
            and head > span[-1]
            and "Number=Plur" in parse.words[head].feats
        )
    if re.fullmatch(r"(?:\d{1,2}[:.]\d\d|\d{1,2})(?::\d\d)?", words):
        return not _BEFORE_CLOCK.search(before)
    if lower.endswith(("-quarter", "-quarters")) and not lower.startswith(_QUARTER_ORDINALS):
        return True
    if before.endswith("aged ") and lower[0].isdigit():
        return True
    if lower.startswith("many ") and before.endswith("as "):
        return True
    if lower in {"a second", "a quarter", "the second", "second", "a few", "one second"}:
        return True
    if lower in {"fall", "spring", "the fall", "the spring", "march", "summer", "winter", "autumn"}:
        return not _is_season_here(lower, before, inside)
    return False


def _is_month_here(before: str, after: str, inside: Sequence[Word]) -> bool:
    """A month that is also a name or a verb needs a preposition, and no name around it."""
    title = before.split()[-1].rstrip(".").lower() if before.split() else ""
    if title in _TITLES or any(word.upos in ("VERB", "AUX") for word in inside):
        return False
    if re.match(r" [A-Z][a-z]", after) and not re.match(r" (?:Day|Monday|The)\b", after):
        return False
    return bool(_BEFORE_MONTH.search(before))


def _is_season_here(lower: str, before: str, inside: Sequence[Word]) -> bool:
    if any(word.upos in ("VERB", "AUX", "PROPN") for word in inside):
        return False
    return lower.endswith(("summer", "winter", "autumn")) and bool(
        re.search(r"(?i:\b(?:in|of|since|by|until|during|for|through))\s(?:the\s)?$", before)
        or lower.startswith("the ")
    )
