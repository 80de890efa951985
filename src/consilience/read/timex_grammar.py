"""Which words of time there are in English and Spanish news, and what each of them means."""

import re
from collections.abc import Callable
from typing import NamedTuple

from consilience.read.numbers import either
from consilience.read.timex_meanings import (
    DATE,
    TIME,
    Match,
    Meaning,
    absolute_day,
    ago,
    ago_spanish,
    always,
    bare_month,
    bare_weekday,
    century,
    clock,
    current_unit,
    day_beside,
    decade,
    duration,
    holiday,
    iso_day,
    month_day,
    month_of_year,
    month_year,
    near_day,
    noon,
    numeric_day,
    part_alone,
    part_of_near_day,
    part_of_that_day,
    quarter,
    repeated,
    repeated_adverb,
    repeated_name,
    season,
    spoken_clock,
    spoken_day,
    spoken_year,
    this_unit,
    weekday_of_week,
    whole_unit,
    year,
)
from consilience.read.timex_words import DAY_ORDINALS, HOLIDAYS, QUARTERS, compile_words


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    meaning: Callable[[Match], Meaning | None]


def _rule(pattern: str, meaning: Callable[[Match], Meaning | None]) -> Rule:
    return Rule(compile_words(pattern), meaning)


_QUALIFIED = r"(?:(?:<early>)(?: |-))?"
_THE = r"(?i:(?:the )?)"
_LAST = r"(?i:last|next|this past|this coming|this|past|coming)"
_COUNTED = r"(?:<number:number>|<vague>)"
_PERIOD = (
    r"(?i:the (?:past|last|next|coming|previous|following|first|final|latest|same) |the |"
    r"those |these |past |another |an additional |(?:the )?first )"
)

RULES: tuple[Rule, ...] = (
    # Days
    _rule(
        r"(?:<weekday>,? ?)?<month:month> <day:day>,?(?: |, )"
        r"<year:year>(?:,? (?:at )?<clock><zone>?)?",
        absolute_day,
    ),
    _rule(
        r"(?:<weekday>,? )?(?:the )?<day:day>(?:[ ]of)? <month:month>,? <year:year>", absolute_day
    ),
    _rule(r"(?:<dia>,? )?<day:day> de <mes:month> (?:de|del) <year:year>", absolute_day),
    _rule(
        r"(?P<date>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))"
        r"(?:[T\x20](?P<time>[0-2]\d:[0-5]\d)(?::[0-5]\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])",
        iso_day,
    ),
    _rule(
        r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|\d\d)"
        r"(?![\d/-]|\.\d)",
        numeric_day,
    ),
    _rule(
        rf"{_QUALIFIED}(?:<weekday>,? ?)?{_QUALIFIED}<month:month> <day:day>(?!-?(?i:year|day|"
        r"month|week))(?: <part:part>)?",
        month_day,
    ),
    _rule(r"(?:<weekday>,? )?(?:the )?<day:day>(?:[ ]of)? <month:month>(?! \d\d\d\d)", month_day),
    _rule(r"(?:<dia>,? )?<day:day> de <mes:month>", month_day),
    _rule(
        rf"{_QUALIFIED}(?:(?P<which>{_LAST}|(?i:the following|the previous))"
        rf" )?{_QUALIFIED}<weekday:weekday>(?: {_QUALIFIED}<part:part>)?",
        bare_weekday,
    ),
    _rule(r"(?P<which>(?i:próximo|pasado)) <dia:weekday>", bare_weekday),
    _rule(r"<dia:weekday>(?: (?P<which>(?i:pasado|próximo)))?", bare_weekday),
    _rule(r"<weekday:weekday> (?:of )?(?P<which>(?i:last|this|next)) week", weekday_of_week),
    _rule(rf"<part:part> (?i:on )?{_THE}<weekday:weekday>", bare_weekday),
    _rule(
        r"(?P<spoken>(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))"
        r"(?: (?i:o['’]clock))?,? (?P<half>(?i:in the (?:morning|afternoon|evening)|at night))"
        r"(?:,?(?: on)? <weekday:weekday>)?",
        spoken_clock,
    ),
    _rule(
        rf"(?i:the )(?P<nth>(?i:{either(DAY_ORDINALS)})) (?i:of) <month:month>(?:,? <year:year>)?",
        spoken_day,
    ),
    _rule(r"<clock><zone>?,?(?: on)? <weekday:weekday>", bare_weekday),
    _rule(r"<weekday:weekday>,? (?:at )?<clock><zone>?", bare_weekday),
    _rule(r"<clock><zone>?,?(?: on)? <month:month> <day:day>(?!,? <year>)", month_day),
    _rule(r"<clock><zone>?,?(?: on)? <month:month> <day:day>,? <year:year>", absolute_day),
    _rule(
        rf"{_QUALIFIED}(?P<word>(?i:yesterday|today|tomorrow))(?: {_QUALIFIED}<part:part>)?",
        near_day,
    ),
    _rule(r"(?:<part:part>|<clock><zone>?) (?P<word>(?i:yesterday|today|tomorrow))", near_day),
    _rule(r"(?P<word>(?i:ayer|anteayer|hoy))\b", near_day),
    _rule(rf"{_QUALIFIED}(?P<which>(?i:this|last)) <part:part>", part_of_near_day),
    _rule(rf"{_QUALIFIED}(?i:tonight)", always(TIME, "days:0+TNI")),
    _rule(r"(?i:overnight)", always(TIME, "ref;days:0+TNI")),
    _rule(
        rf"{_QUALIFIED}(?P<which>(?i:the next|the following|the previous|that|the same))"
        r" <part:part>",
        part_of_that_day,
    ),
    _rule(r"(?i:the day before yesterday)", always(DATE, "days:-2")),
    _rule(r"(?i:the day after tomorrow)", always(DATE, "days:2")),
    _rule(
        r"(?i:the day (?:after|before))(?!\w)",
        day_beside,
    ),
    # Weeks, months, seasons, quarters, years
    _rule(
        rf"{_QUALIFIED}(?P<which>(?i:last|this|next|this past|this coming|past|that|the same|"
        r"the following|the next|the previous)) (?P<unit>(?i:week|month|quarter|year|decade|"
        rf"century|weekend|day))(?!['’]s (?:{either(list(QUARTERS))}))\b",
        this_unit,
    ),
    _rule(r"(?i:el|la) (?:(?P<which>(?i:próxim[oa])) )(?P<unit>(?i:semana|mes|año))", this_unit),
    _rule(r"(?i:el|la) (?P<unit>(?i:semana|mes|año)) (?P<which>(?i:pasad[oa]))", this_unit),
    _rule(rf"{_QUALIFIED}<month:month>,?(?: of)? <year:year>", month_year),
    _rule(r"<mes:month> (?:de|del) <year:year>", month_year),
    _rule(
        rf"{_QUALIFIED}<month:month>(?: of|,)? (?P<which>(?i:last|this|next|the same|"
        r"the previous)) year",
        month_of_year,
    ),
    _rule(
        rf"{_QUALIFIED}(?:(?P<which>{_LAST}) )?{_QUALIFIED}<month:month>(?! \d{{1,2}}\b)",
        bare_month,
    ),
    _rule(r"<mes:month>", bare_month),
    _rule(
        rf"{_QUALIFIED}(?:(?P<which>(?i:last|this|next|this past)) )?{_QUALIFIED}<season:season>",
        season,
    ),
    _rule(rf"(?i:the )?{_QUALIFIED}<season:season>(?: of)? <year:year>", season),
    _rule(r"(?i:the weekend)\b", always(DATE, "weekend:?")),
    _rule(r"<season:season>(?: of)? (?P<of>(?i:last|this|next)) year", season),
    _rule(
        rf"{_THE}(?:(?i:fiscal)(?: |-))?(?:<year:year> )?(?i:fiscal(?: |-))?(?P<nth>(?i:first|"
        r"second|third|fourth)) (?i:quarter)(?!\w)",
        quarter,
    ),
    _rule(r"(?P<nth>(?i:first|second|third|fourth))-(?i:quarter)(?!\w)", quarter),
    _rule(
        rf"{_THE}(?P<ago>(?i:year-ago|year-earlier)) (?P<nth>(?i:first|second|third|fourth))"
        r" (?i:quarter)\b",
        quarter,
    ),
    _rule(
        rf"{_THE}(?P<nth>(?i:first|second|third|fourth))(?: |-)(?i:quarter)(?: of|"
        r",)?(?: fiscal)? <year:year>",
        quarter,
    ),
    _rule(
        rf"{_THE}(?P<nth>(?i:first|second|third|fourth))(?: |-)(?i:quarter)(?: of|"
        r",)? (?P<of>(?i:last|this|next)) year",
        quarter,
    ),
    _rule(
        r"(?P<of>(?i:last|this|next)) year['’]s (?:fiscal )?(?P<nth>(?i:first|second|third|"
        r"fourth)) (?i:quarter)",
        quarter,
    ),
    _rule(
        r"(?i:the )(?:latest|most recent) (?i:quarter|period)\b",
        always(DATE, "quarters:-1"),
    ),
    _rule(
        rf"{_THE}(?i:year-ago|year-earlier)(?: (?:period|quarter|month|three months))?",
        always(DATE, "refyear:-1"),
    ),
    _rule(r"(?i:the quarter)\b", always(DATE, "ref:quarter")),
    _rule(
        r"(?i:the current) (?P<unit>(?i:week|month|quarter|year))\b",
        current_unit,
    ),
    _rule(
        r"(?:<early>(?: |-))?<year:year>(?!['’]?s|[-–/](?:1[5-9]|20)?\d\d\b| (?i:block|people|"
        r"men|women|children|soldiers)\b)",
        year,
    ),
    _rule(r"(?i:fiscal|the year) <year:year>", year),
    _rule(
        r"(?P<century>(?i:eighteen|nineteen|twenty)) (?P<rest>(?i:(?:twenty|thirty|forty|"
        r"fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|"
        r"nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
        r"nineteen))",
        spoken_year,
    ),
    _rule(
        rf"(?:(?i:the ))?{_QUALIFIED}(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]\d0s|(?i:twenties|"
        r"thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)",
        decade,
    ),
    _rule(
        r"(?i:the )?(?:<early> )?(?P<nth>\d\d(?:st|nd|rd|th)|(?i:eighteenth|nineteenth|"
        r"twentieth|twenty-first)) (?i:century)",
        century,
    ),
    _rule(rf"(?P<name>(?i:{either(list(HOLIDAYS))}))\b(?:,? <year:year>)?", holiday),
    # Lengths and repetitions
    _rule(
        r"(?:<about> )?<number:number>(?: |-)(?:(?i:more|full|consecutive|straight|whole|long|"
        r"trading|business|working|calendar|additional) )?(?P<unit><unit>)"
        r"s?(?P<andhalf> and a half)?(?!(?i:-old| old| of age)|\w)",
        duration,
    ),
    _rule(r"(?P<unit>(?i:hour|day|week|month|year|decade|centurie))s\b", duration),
    _rule(r"(?:<about> )?<vague> (?:(?i:more|long) )?(?P<unit><unit>)s\b", duration),
    _rule(rf"{_PERIOD}{_COUNTED} (?P<unit><unit>)s?(?!(?i:-old| old| of age)|\w)", duration),
    _rule(
        r"(?i:the (?:past|last)|the (?:next|coming)) (?P<unit>(?i:hour|day|week|month|year|"
        r"decade|century))\b",
        whole_unit,
    ),
    _rule(
        rf"(?:<about> )?{_COUNTED} (?P<unit><unit>)s? (?P<when>(?i:ago|earlier|later|from now|"
        r"hence|afterwards?))\b",
        ago,
    ),
    _rule(
        r"(?i:hace) (?P<number>(?i:un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|"
        r"\d{1,3})) (?P<unit>(?i:día|dia|semana|mese|mes|año|década|siglo))s?\b",
        ago_spanish,
    ),
    _rule(
        r"(?P<number>(?i:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d{1,3}))"
        r" (?P<unit>(?i:segundo|minuto|hora|día|dia|semana|mese|año|década|siglo))s\b",
        duration,
    ),
    _rule(r"(?i:recent) (?P<unit>(?i:day|week|month|quarter|year))s\b", duration),
    _rule(r"(?i:every|each)(?: (?i:single|other))? (?P<unit><unit>)\b", repeated),
    _rule(
        r"(?i:every|each)(?: other)? (?:<weekday:weekday>(?: <part:part>)?|<month:month>|"
        r"<season:season>)",
        repeated_name,
    ),
    _rule(r"(?i:every|each) <part:part>", repeated_name),
    _rule(r"<weekday:weekday>s\b", repeated_name),
    _rule(
        r"(?P<word>(?i:hourly|daily|nightly|weekly|monthly|yearly|annually|biweekly))",
        repeated_adverb,
    ),
    # Now, once, soon
    _rule(
        r"(?i:right now|just now|now|nowadays|currently|current|at present|these days|"
        r"at the moment(?! (?:of|when|that))|ahora|actualmente)",
        always(DATE, "=PRESENT_REF"),
    ),
    _rule(
        r"(?i:(?:more |most )?recently|recent times|"
        r"the past(?=[.,;:]| (?:and|but|to|that)\b)|recientemente)",
        always(DATE, "=PAST_REF"),
    ),
    _rule(
        r"(?i:soon(?! as\b)|the (?:near |foreseeable )?future|the near term|pronto)",
        always(DATE, "=FUTURE_REF"),
    ),
    # The clock
    _rule(r"<clock><zone>?(?: (?i:(?:in the )(?:morning|afternoon|evening)|at night))?", clock),
    _rule(
        r"(?i:mid-?afternoon|mid-?morning|noon|midday|midnight)(?=\W)",
        noon,
    ),
    _rule(r"(?i:the (?:early |late )?<part:part>)", part_alone),
)
