"""The words of time in English and Spanish news, as dictionaries and as patterns."""

import re

from consilience.read.numbers import ADDED, MULTIPLIED, WORDS, either

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
    "new year’s day": "monthday:01-01", "new year’s eve": "monthday:12-31",
    "valentine's day": "monthday:02-14", "valentine’s day": "monthday:02-14",
    "independence day": "monthday:07-04", "halloween": "monthday:10-31",
    "christmas": "monthday:12-25",
}  # fmt: skip

# White space inside an expression: at most one line break, and bounded so that no run of blanks
# can be tried in many ways.
_GAP = r"(?:[ \t\xa0\u202f]{1,3}|[ \t\xa0]{0,3}\n[ \t\xa0]{0,8})"


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
    "clock": (
        r"(?:(?P<hour>2[0-3]|[01]?\d)(?:(?P<colon>[:.])(?P<minute>[0-5]\d)(?::[0-5]\d)?)?"
        r"(?:[ ]?(?P<half>[apAP])\.?[ ]?[mM]\b\.?|[ ]?h(?:rs|ours)?\b)?"
        r"(?:[ ](?i:o['’]clock))?)"
    ),
    "zone": (
        r"(?:[ ]\(?(?:(?:E|C|M|P)[SD]?T|GMT|UTC|BST|CES?T|local[ ]time|(?i:eastern|central"
        r"|mountain|pacific)(?:[ ](?i:standard|daylight))?(?:[ ](?i:time))?)\b\)?)"
    ),
}


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
    hours days weeks months years decades centuries
    el la hace hoy ayer anteayer ahora actualmente recientemente pronto próximo pasado
    """.split()
    + list(MONTHS_SPANISH)
    + list(WEEKDAYS_SPANISH)
    + list(ADDED)
    + list(MULTIPLIED)
)
# Where an expression can begin: one of these words, a figure or an apostrophe before one ('90s).
STARTS = rf"(?<![\w$£€#@])(?=[\w'’])(?:(?i:{either(_STARTING)})\b|['’]?\d)"
