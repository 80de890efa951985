"""The words of time in English and Spanish news, as dictionaries and as patterns."""

import re
from collections.abc import Iterable

from consilience.read.numbers import ADDED, MULTIPLIED, WORDS, either
from consilience.zones import NAMES

_MONTH_NAMES = (
    "January February March April May June July August September October November December"
).split()
_MONTHS_ES = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
MONTHS = {name.lower()[:3]: n for n, name in enumerate(_MONTH_NAMES, 1)}
MONTHS_SPANISH = {name: n for n, name in enumerate(_MONTHS_ES, 1)} | {"setiembre": 9}
_WEEKDAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WEEKDAYS = {name.lower()[:3]: n for n, name in enumerate(_WEEKDAY_NAMES, 1)}
WEEKDAYS_SPANISH = {
    name: n
    for n, names in enumerate(
        ("lunes", "martes", "miércoles miercoles", "jueves", "viernes", "sábado sabado", "domingo"),
        1,
    )
    for name in names.split()
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV",
    "evenings": "EV", "night": "NI", "nights": "NI", "mid-morning": "MO", "mid-afternoon": "AF",
    "midmorning": "MO", "midafternoon": "AF", "noon": "12:00", "midday": "12:00",
    "midnight": "00:00", "mañana": "MO", "tarde": "AF", "noche": "NI", "madrugada": "NI",
    "nighttime": "NI", "daytime": "DT",
}  # fmt: skip
UNITS = {
    "second": ("T", "S"), "minute": ("T", "M"), "hour": ("T", "H"), "day": ("", "D"),
    "week": ("", "W"), "month": ("", "M"), "quarter": ("", "Q"), "year": ("", "Y"),
    "decade": ("", "E"), "century": ("", "C"), "centurie": ("", "C"), "weekend": ("", "WE"),
    "segundo": ("T", "S"), "minuto": ("T", "M"), "hora": ("T", "H"), "día": ("", "D"),
    "dia": ("", "D"), "semana": ("", "W"), "mese": ("", "M"), "mes": ("", "M"), "año": ("", "Y"),
    "década": ("", "E"), "siglo": ("", "C"),
}  # fmt: skip
STEPS = {
    "D": "days", "W": "weeks", "M": "months", "Q": "quarters", "Y": "years", "E": "decades",
    "C": "centuries",
}  # fmt: skip
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
DAY_ORDINALS = (
    *ORDINALS,
    *(f"twenty-{word}" for word in ORDINALS[1:9]),
    "thirtieth",
    "thirty-first",
)
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
HOLIDAYS = {
    "christmas day": "monthday:12-25", "christmas eve": "monthday:12-24",
    "new year's day": "monthday:01-01", "new year's eve": "monthday:12-31",
    "valentine's day": "monthday:02-14", "st patrick's day": "monthday:03-17",
    "st. patrick's day": "monthday:03-17", "may day": "monthday:05-01",
    "cinco de mayo": "monthday:05-05", "juneteenth": "monthday:06-19",
    "independence day": "monthday:07-04", "bastille day": "monthday:07-14",
    "halloween": "monthday:10-31", "guy fawkes night": "monthday:11-05",
    "veterans day": "monthday:11-11", "armistice day": "monthday:11-11",
    "christmas": "monthday:12-25", "boxing day": "monthday:12-26",
    "easter": "feast:easter", "easter sunday": "feast:easter",
    "easter monday": "feast:easter monday", "good friday": "feast:good friday",
    "maundy thursday": "feast:maundy thursday", "palm sunday": "feast:palm sunday",
    "ash wednesday": "feast:ash wednesday", "thanksgiving": "feast:thanksgiving",
    "thanksgiving day": "feast:thanksgiving", "labor day": "feast:labor day",
    "memorial day": "feast:memorial day", "martin luther king day": "feast:martin luther king day",
    "martin luther king jr. day": "feast:martin luther king day",
    "presidents' day": "feast:presidents day", "presidents day": "feast:presidents day",
    "columbus day": "feast:columbus day", "mother's day": "feast:mother's day",
    "father's day": "feast:father's day", "black friday": "feast:black friday",
    "election day": "feast:election day",
}  # fmt: skip

# With these in the gap, which stands in every pattern many times, compiling would take twice as
# long.
_BLANKS = {ord(blank): " " for blank in "\t\xa0\u202f"}
# White space inside an expression: at most one line break, and bounded so that no run of blanks
# can be tried in many ways.
_GAP = r"(?: {1,3}| {0,3}\n {0,8})"


# IST, SST and AMT are each of several countries: they are no zone that we can name.
_ZONE = either([*(name for name in NAMES if name != "Z"), "IST", "SST", "AMT"])

_NAMED = {
    "month": (
        r"(?:(?i:January|February|April|June|July|September|October|November|December)\b"
        r"|(?:March|May|August|MARCH|MAY|AUGUST)\b"
        r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?"
        r"|OCT|NOV|DEC)(?:\.|\b))"
    ),
    # Spanish writes its months and days small; "Santo Domingo" is a name.
    "mes": rf"(?:{either(list(MONTHS_SPANISH))})\b",
    "weekday": (
        r"(?:(?i:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
        r"|(?:Mon|Tues|Wed|Thurs|Thu|Fri|Sat|Sun)\.(?=[ \n]?[A-Z]?[a-z]{2,8}\.?[ \n]\d)"
        r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?=,[ \n]\d)|(?:Tues|Thurs)(?:\.|\b))"
    ),
    "dia": rf"(?:{either(list(WEEKDAYS_SPANISH))})\b",
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
        rf"|{WORDS}(?:[ ]and[ ]a[ ]half)?|half[ ]an?|an?[ ]half|an?[ ]couple[ ]of|an?[ ]couple|an?)"
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
    # 1430 is an hour before a zone or "hours" only.
    "clock": (
        r"(?:(?P<hour4>2[0-3]|[01]\d)(?P<minute4>[0-5]\d)(?:[ ]?h(?:rs|ours|oras)?\b"
        rf"|(?=[ ]?\(?(?:{_ZONE}|[Ll]ocal[ ]time)\b))"
        r"|(?P<hour>2[0-3]|[01]?\d)(?:(?P<colon>[ ]?:[ ]?|\.)(?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
        r"(?:[ ]?(?P<half>[apAP])\.?[ ]?[mM]\b\.?|[ ]?h(?:rs|ours|oras|s)?\b)?"
        r"(?:[ ](?i:o['’]clock))?)"
    ),
    "zone": (
        rf"(?:[ ]?(?P<zone>(?P<mark>\()?(?:{_ZONE}|(?i:local[ ]time|hora[ ]local"
        r"|(?:eastern|central|mountain|pacific)(?:[ ](?:standard|daylight))?(?:[ ]time)?))\b"
        r"(?(mark)\))))"
    ),
}


def plain(text: str) -> str:
    """The text, each place as it was, with one sort of blank, as `compile_words` expects it."""
    return text.translate(_BLANKS)


def compile_words(pattern: str) -> re.Pattern[str]:
    """Compile a pattern where `<name>` stands for the pattern of that name and a blank for a gap.

    `<name:group>` catches what it matched.
    """

    def named(match: re.Match[str]) -> str:
        name, _, group = match[1].partition(":")
        part = _NAMED[name].replace("[ ]", _GAP)
        return f"(?P<{group}>{part})" if group else f"(?:{part})"

    gapped = pattern.replace("[ ]", " ").replace(" ", _GAP)
    return re.compile(re.sub(r"(?<!\?P)<([a-z]+(?::\w+)?)>", named, gapped))


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
    hours days weeks months years decades centuries small weekly thrice once twice dozens
    easter thanksgiving good maundy palm ash black labor memorial veterans armistice boxing bastille
    martin presidents columbus mother's mother’s father's father’s juneteenth cinco st guy election
    q1 q2 q3 q4
    """.split()
    + list(ADDED)
    + list(MULTIPLIED)
)
# Spanish, beside its months and weekdays.
SPANISH_STARTING = """
    el la los las un una dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte
    treinta cuarenta cincuenta hace hoy ayer anteayer antier anoche mañana pasado próximo
    esta este esa ese aquella aquel madrugada tarde noche día semana mes año trimestre
    principios comienzos inicios mediados finales fines primavera verano otoño invierno
    primer segundo tercer cuarto último siglo nochebuena navidad nochevieja
    cada todos todas más menos casi unos unas al hasta varias
    diariamente semanalmente mensualmente anualmente ahora actualmente recientemente pronto
""".split()


def starts(words: Iterable[str]) -> re.Pattern[str]:
    """Where an expression can begin: one of the words, a figure or an apostrophe before one."""
    return re.compile(rf"(?<![\w$£€#@])(?=[\w'’])(?:(?i:{either(list(words))})\b|['’]?\d)")


STARTS = starts(_STARTING)
ALL_STARTS = starts(
    dict.fromkeys((*_STARTING, *MONTHS_SPANISH, *WEEKDAYS_SPANISH, *SPANISH_STARTING))
)
