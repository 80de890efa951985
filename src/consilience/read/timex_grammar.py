"""Which words of time there are in English news, and what each of them means."""

from consilience.read.numbers import either
from consilience.read.timex_clock import CIRCA, CLOCK_RULES, OF_THE_DAY
from consilience.read.timex_lengths import (
    ago,
    duration,
    repeated,
    repeated_adverb,
    repeated_length,
    repeated_name,
    repeated_other,
    two_lengths,
    unit_spoken_of,
    whole_unit,
)
from consilience.read.timex_meanings import (
    absolute_day,
    always,
    bare_month,
    bare_weekday,
    century,
    current_unit,
    day_beside,
    decade,
    half_year,
    holiday,
    iso_day,
    month_day,
    month_of_year,
    month_year,
    near_day,
    numeric_day,
    part_alone,
    part_of_day,
    part_of_near_day,
    part_of_that_day,
    quarter,
    season,
    spoken_day,
    spoken_year,
    this_unit,
    week_of,
    weekday_of_week,
    year,
)
from consilience.read.timex_ranges import RANGE_RULES
from consilience.read.timex_spanish import SPANISH_RULES
from consilience.read.timex_terms import DATE, TIME, Rule
from consilience.read.timex_words import DAY_ORDINALS, HOLIDAYS, QUARTERS

_QUALIFIED = r"(?:(?:<early>)(?: |-))?"
_THE = r"(?i:(?:the )?)"
_LAST = r"(?i:last|next|this past|this coming|this|past|coming)"
_COUNTED = r"(?:<number:number>|<vague>)"
_PERIOD = (
    r"(?i:the (?:past|last|next|coming|previous|following|first|final|latest|same) |the |"
    r"those |these |past |another |an additional |(?:the )?first )"
)

RULES: tuple[Rule, ...] = (
    *RANGE_RULES,
    # Lengths and repetitions that begin like something else
    Rule(r"<weekday:weekday> (?P<part>(?i:mornings|afternoons|evenings|nights))\b", repeated_name),
    Rule(
        r"(?P<weekday>(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day))s\b(?! ago)(?: <part:part>)?",
        repeated_name,
    ),
    Rule(
        rf"(?:(?i:once|twice|thrice)|<number:times> (?i:times)|{_COUNTED} times)"
        r" (?i:an?|per|each|every) (?P<unit><unit>)\b",
        repeated,
    ),
    Rule(r"(?i:every) <number:number> (?P<unit><unit>)s\b", repeated_length),
    Rule(r"(?i:every|each) (?i:other|second) (?P<unit><unit>)\b", repeated_other),
    Rule(
        r"(?:<about> )?<number:number> (?P<unit><unit>)s?,?(?: and)? <number:number2>"
        r" (?P<unit2><unit>)s?\b(?! (?i:ago|earlier|later|old))",
        two_lengths,
    ),
    Rule(r"(?i:an?|the (?:past|last|next)) (?P<unit>(?i:fortnight))\b", duration),
    # Days
    Rule(
        rf"{_THE}<part:part> (?i:of) (?:(?:<weekday>,? )?(?:<month:month> <day:day>|<day:day2>"
        r" <month:month2>)(?:,? <year:year>)?|<weekday:weekday>)",
        part_of_day,
    ),
    Rule(rf"{_QUALIFIED}(?i:on) <weekday:weekday>(?: <part:part>)?", bare_weekday),
    Rule(
        r"(?:<weekday>,? ?)?<month:month> <day:day>,?(?: |, )"
        r"<year:year>(?:,? (?:at )?<clock><zone>?)?",
        absolute_day,
    ),
    Rule(
        r"(?:<weekday>,? )?(?:the )?<day:day>(?:[ ]of)? <month:month>,? <year:year>", absolute_day
    ),
    Rule(
        r"(?P<date>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
        r"(?:[T\x20](?P<time>[0-2]\d:[0-5]\d)(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])",
        iso_day,
    ),
    Rule(
        r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)"
        r"(?![\d/-]|\.\d)",
        numeric_day,
    ),
    Rule(
        rf"{_QUALIFIED}(?:<weekday>,? ?)?{_QUALIFIED}<month:month> <day:day>(?!-?(?i:year|day|"
        r"month|week))(?: <part:part>)?",
        month_day,
    ),
    Rule(r"(?:<weekday>,? )?(?:the )?<day:day>(?:[ ]of)? <month:month>(?! \d\d\d\d)", month_day),
    Rule(
        rf"{_QUALIFIED}(?:(?P<which>{_LAST}|(?i:the following|the previous))"
        rf" )?{_QUALIFIED}<weekday:weekday>(?: {_QUALIFIED}<part:part>)?",
        bare_weekday,
    ),
    Rule(r"<weekday:weekday> (?:of )?(?P<which>(?i:last|this|next)) week", weekday_of_week),
    Rule(rf"(?:(?i:about|around) )?<part:part> (?i:on )?{_THE}<weekday:weekday>", bare_weekday),
    Rule(
        rf"(?i:the )(?P<nth>(?i:{either(DAY_ORDINALS)})) (?i:of) <month:month>(?:,? <year:year>)?",
        spoken_day,
    ),
    Rule(
        rf"{CIRCA}<clock><zone>?(?:,| on|, on)? <weekday:weekday>(?: <part>)?",
        bare_weekday,
    ),
    Rule(
        rf"{CIRCA}<clock><zone>?(?:,| on|, on)? <weekday>,? <month:month> <day:day>(?!,? <year>)",
        month_day,
    ),
    Rule(
        rf"{CIRCA}<clock><zone>?(?:,| on|, on)? <weekday>,? <month:month> <day:day>,? <year:year>",
        absolute_day,
    ),
    Rule(rf"<weekday:weekday>,? (?:at )?<clock><zone>?{OF_THE_DAY}", bare_weekday),
    Rule(
        rf"{CIRCA}<clock><zone>?(?:,| on|, on)? <month:month> <day:day>(?!,? <year>)",
        month_day,
    ),
    Rule(
        rf"{CIRCA}<clock><zone>?(?:,| on|, on)? <month:month> <day:day>,? <year:year>",
        absolute_day,
    ),
    Rule(
        rf"{_QUALIFIED}(?P<word>(?i:yesterday|today|tomorrow))(?: {_QUALIFIED}<part:part>)?",
        near_day,
    ),
    Rule(r"(?:<part:part>|<clock><zone>?) (?P<word>(?i:yesterday|today|tomorrow))", near_day),
    Rule(rf"{_QUALIFIED}(?P<which>(?i:this|last)) <part:part>", part_of_near_day),
    Rule(rf"{_QUALIFIED}(?i:tonight)", always(TIME, "days:0+TNI")),
    Rule(r"(?i:overnight)", always(TIME, "ref;days:0+TNI")),
    Rule(
        rf"{_QUALIFIED}(?P<which>(?i:the next|the following|the previous|that same|that|the same))"
        r" <part:part>",
        part_of_that_day,
    ),
    Rule(r"(?i:the day before yesterday)", always(DATE, "days:-2")),
    Rule(r"(?i:the day after tomorrow)", always(DATE, "days:2")),
    Rule(
        r"(?i:the day (?:after|before))(?!\w)",
        day_beside,
    ),
    # Weeks, months, seasons, quarters, years
    Rule(
        rf"{_QUALIFIED}(?P<which>(?i:last|this|next|this past|this coming|past|"
        r"that same|that|the same|"
        r"the following|the next|the previous)) (?P<unit>(?i:week|month|quarter|year|decade|"
        rf"century|weekend|day))(?!['’]s (?:{either(list(QUARTERS))}))\b",
        this_unit,
    ),
    Rule(rf"{_QUALIFIED}<month:month>,?(?: of)? <year:year>", month_year),
    Rule(
        rf"{_QUALIFIED}<month:month>(?: of|,)? (?P<which>(?i:last|this|next|the same|"
        r"the previous)) year",
        month_of_year,
    ),
    Rule(
        rf"{_QUALIFIED}(?:(?P<which>{_LAST}) )?{_QUALIFIED}<month:month>(?! \d{{1,2}}\b)",
        bare_month,
    ),
    Rule(
        rf"{_QUALIFIED}(?:(?P<which>(?i:last|this|next|this past)) )?{_QUALIFIED}<season:season>",
        season,
    ),
    Rule(rf"(?i:the )?{_QUALIFIED}<season:season>(?: of)? <year:year>", season),
    Rule(r"(?i:the weekend)\b", always(DATE, "weekend:?")),
    Rule(r"<season:season>(?: of)? (?P<of>(?i:last|this|next)) year", season),
    Rule(
        rf"{_THE}(?:(?i:fiscal)(?: |-))?(?:<year:year> )?(?i:fiscal(?: |-))?(?P<nth>(?i:first|"
        r"second|third|fourth)) (?i:quarter)(?!\w)",
        quarter,
    ),
    Rule(r"(?P<nth>(?i:first|second|third|fourth))-(?i:quarter)(?!\w)", quarter),
    Rule(
        rf"{_THE}(?P<ago>(?i:year-ago|year-earlier)) (?P<nth>(?i:first|second|third|fourth))"
        r" (?i:quarter)\b",
        quarter,
    ),
    Rule(
        rf"{_THE}(?P<nth>(?i:first|second|third|fourth))(?: |-)(?i:quarter)(?: of|"
        r",)?(?: fiscal)? <year:year>",
        quarter,
    ),
    Rule(
        rf"{_THE}(?P<nth>(?i:first|second|third|fourth))(?: |-)(?i:quarter)(?: of|"
        r",)? (?P<of>(?i:last|this|next)) year",
        quarter,
    ),
    Rule(
        r"(?P<of>(?i:last|this|next)) year['’]s (?:fiscal )?(?P<nth>(?i:first|second|third|"
        r"fourth)) (?i:quarter)",
        quarter,
    ),
    Rule(
        r"(?i:the )(?:latest|most recent) (?i:quarter|period)\b",
        always(DATE, "quarters:-1"),
    ),
    Rule(r"(?i:the (?:latest|last) fiscal year)\b", always(DATE, "years:-1")),
    Rule(
        rf"{_THE}(?i:year-ago|year-earlier)(?: (?:period|quarter|month|three months))?",
        always(DATE, "refyear:-1"),
    ),
    Rule(r"(?i:the quarter)\b", always(DATE, "ref:quarter")),
    Rule(
        r"(?i:the current) (?P<unit>(?i:week|month|quarter|year))\b",
        current_unit,
    ),
    Rule(
        r"(?:<early>(?: |-))?<year:year>(?!['’]?s|[-–/](?:1[5-9]|20)?\d\d\b| (?i:block|people|"
        r"men|women|children|soldiers)\b)",
        year,
    ),
    Rule(r"(?i:fiscal|the year) <year:year>", year),
    Rule(
        r"(?P<century>(?i:eighteen|nineteen|twenty)) (?P<rest>(?i:(?:twenty|thirty|forty|"
        r"fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|"
        r"nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
        r"nineteen))",
        spoken_year,
    ),
    Rule(
        rf"(?:(?i:the ))?{_QUALIFIED}(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]\d0s|(?i:twenties|"
        r"thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)",
        decade,
    ),
    Rule(
        r"(?i:the )?(?:<early> )?(?P<nth>\d\d(?:st|nd|rd|th)|(?i:eighteenth|nineteenth|"
        r"twentieth|twenty-first)) (?i:century)",
        century,
    ),
    Rule(
        rf"(?:(?P<which>(?i:last|this|next)) )?(?P<name>(?i:{either(list(HOLIDAYS))}))\b"
        r"(?:,? <year:year>| <part:part>)?",
        holiday,
    ),
    Rule(
        rf"{_THE}(?P<nth>(?i:first|second|last)) (?i:half)(?: (?i:of) (?:the )?"
        r"(?:<year:year>|(?P<of>(?i:last|this|next)) year|(?P<own>(?i:year))))",
        half_year,
    ),
    Rule(r"Q(?P<nth>[1-4])(?:,?(?: of)? <year:year>)?(?!\w)", quarter),
    Rule(rf"{_THE}<year:year> (?i:fiscal year)\b", year),
    Rule(rf"{_THE}(?i:fiscal year) <year:year>", year),
    # Lengths and repetitions
    Rule(
        r"(?:<about> )?<number:number>(?: |-)(?:(?i:more|full|consecutive|straight|whole|long|"
        r"trading|business|working|calendar|additional) )?(?P<unit><unit>)"
        r"s?(?P<andhalf> and a half)?(?!(?i:-old| old| of age)|\w)",
        duration,
    ),
    Rule(r"(?P<unit>(?i:hour|day|week|month|year|decade|centurie))s\b", duration),
    Rule(r"(?:<about> )?<vague> (?:(?i:more|long) )?(?P<unit><unit>)s\b", duration),
    Rule(rf"{_PERIOD}{_COUNTED} (?P<unit><unit>)s?(?!(?i:-old| old| of age)|\w)", duration),
    Rule(
        r"(?i:the (?:past|last)|the (?:next|coming)) (?P<unit>(?i:hour|day|week|month|year|"
        r"decade|century))\b",
        whole_unit,
    ),
    Rule(
        rf"(?:<about> )?{_COUNTED} (?P<unit><unit>)s? (?P<when>(?i:ago|earlier|later|from now|"
        r"hence|afterwards?))\b",
        ago,
    ),
    Rule(r"(?i:recent) (?P<unit>(?i:day|week|month|quarter|year))s\b", duration),
    Rule(r"(?i:every|each)(?: (?i:single))? (?P<unit><unit>|(?i:weekend))\b", repeated),
    Rule(
        r"(?i:every|each)(?: other)? (?:<weekday:weekday>(?: <part:part>)?|<month:month>|"
        r"<season:season>)",
        repeated_name,
    ),
    Rule(r"(?i:every|each) <part:part>", repeated_name),
    Rule(
        r"(?P<word>(?i:hourly|daily|nightly|weekly|monthly|yearly|annually|biweekly|quarterly))",
        repeated_adverb,
    ),
    Rule(
        r"(?:<early> in )?(?i:the )(?:(?i:current|full|calendar) )?(?i:fiscal )?"
        r"(?P<unit>(?i:year|week))(?!-| (?i:before|after|when|that))"
        r"\b(?:(?=(?P<ended> (?i:end(?:ed|ing)))))?",
        unit_spoken_of,
    ),
    Rule(
        r"(?:<early> in )?(?i:the )(?P<unit>(?i:month))(?=[.,;]| (?i:and)\b)",
        unit_spoken_of,
    ),
    Rule(r"(?P<unit>(?i:year))(?:-| |['’]s )(?i:end)\b", current_unit),
    Rule(r"(?i:the year) (?i:two thousand)\b", always(DATE, "=2000")),
    Rule(r"(?i:the )?(?i:week of) <month:month> <day:day>", week_of),
    Rule(r"(?i:(?:the )?coming) (?P<unit>(?i:day|week|month|quarter|year|decade))s\b", duration),
    Rule(r"(?i:the) (?P<unit>(?i:day|week|month|year|decade))s (?i:ahead|to come)\b", duration),
    # Now, once, soon
    Rule(
        r"(?i:right now|just now|now|nowadays|currently|current|at present|these days|"
        r"at the moment(?! (?:of|when|that)))",
        always(DATE, "=PRESENT_REF"),
    ),
    Rule(
        r"(?i:(?:more |most )?recently|recent times|"
        r"the past(?=[.,;:]| (?:and|but|to|that)\b))",
        always(DATE, "=PAST_REF"),
    ),
    Rule(
        r"(?i:soon(?! as\b)|the (?:near |foreseeable )?future|the near term)",
        always(DATE, "=FUTURE_REF"),
    ),
    Rule(r"(?i:the (?:early |late )?<part:part>)", part_alone),
    *CLOCK_RULES,
)

ALL_RULES = (*RULES, *SPANISH_RULES)
