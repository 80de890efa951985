"""Which words of time there are in Spanish news, and what each of them means."""

import re

from consilience.read.numbers import either
from consilience.read.timex_clock import clock_value
from consilience.read.timex_lengths import ago_spanish, duration, length_of, step_of
from consilience.read.timex_meanings import (
    absolute_day,
    always,
    bare_month,
    month_day,
    month_year,
    this_unit,
)
from consilience.read.timex_terms import (
    DATE,
    DURATION,
    SET,
    TIME,
    Match,
    Meaning,
    Rule,
    caught,
    month_number,
    part_suffix,
    typed,
    weekday_number,
)
from consilience.read.timex_words import UNITS

_PART = r"(?P<part>(?i:madrugada|mañana|tarde|noche))"
_OF_PART = rf"(?: (?:por|en|de) la {_PART})?"
_COUNT = (
    r"(?P<number>(?i:un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince"
    r"|veinte|treinta|cuarenta|cincuenta|\d{1,3}))"
)
_UNIT = r"(?P<unit>(?i:segundo|minuto|hora|día|dia|semana|mese|mes|año|década|siglo))s?\b"
_COARSE = r"(?P<unit>(?i:día|semana|mes|trimestre|año))\b"
_END = r"(?i:principios|comienzos|inicios|mediados|finales|fines) (?:de |del )"
_THE = r"(?i:(?:el|la) )?"
_SEASON = r"(?P<season>(?i:primavera|verano|otoño|invierno))\b"
_SEASONS = {"primavera": "SP", "verano": "SU", "otoño": "FA", "invierno": "WI"}
_NTH = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "último": 4}
_TENS = {
    "veinte": 2, "treinta": 3, "cuarenta": 4, "cincuenta": 5, "sesenta": 6, "setenta": 7,
    "ochenta": 8, "noventa": 9,
}  # fmt: skip
_ROMAN = {"XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18, "XIX": 19, "XX": 20, "XXI": 21}
_FEASTS = {
    "nochebuena": "monthday:12-24", "navidad": "monthday:12-25", "nochevieja": "monthday:12-31",
    "año nuevo": "monthday:01-01", "día de reyes": "monthday:01-06",
    "día de muertos": "monthday:11-02", "día de los muertos": "monthday:11-02",
    "viernes santo": "feast:good friday", "jueves santo": "feast:maundy thursday",
    "domingo de ramos": "feast:palm sunday", "domingo de resurrección": "feast:easter",
    "domingo de pascua": "feast:easter", "miércoles de ceniza": "feast:ash wednesday",
}  # fmt: skip


def _part_of(match: Match) -> str:
    """Mod and all: the small hours are the early morning of the day they belong to."""
    part = caught(match, "part")
    if part is None:
        return f"+T{clock}" if caught(match, "hour") and (clock := clock_value(match)) else ""
    return part_suffix("mañana" if part.lower() == "madrugada" else part)


def _weekday(match: Match) -> Meaning | None:
    suffix = _part_of(match)
    if caught(match, "hour") and not suffix:
        return None
    which = (caught(match, "which") or "?").lower()
    side = {"pasado": "past", "pasada": "past", "próximo": "future", "que viene": "future"}
    return typed(f"weekday:{weekday_number(match['weekday'])}:{side.get(which, '?')}{suffix}")


def _near(match: Match) -> Meaning | None:
    days = {"anteayer": -2, "antier": -2, "ayer": -1, "hoy": 0, "mañana": 1, "pasado mañana": 2}
    suffix = _part_of(match)
    if caught(match, "hour") and not suffix:
        return None
    return typed(f"days:{days[re.sub(r' +', ' ', match['word'].lower())]}{suffix}")


def _this_part(match: Match) -> Meaning:
    if match["which"].lower() == "esta":
        return typed(f"days:0{_part_of(match)}")
    return typed(f"ref;days:0{_part_of(match)}")


def _night_of(match: Match) -> Meaning:
    if caught(match, "weekday"):
        return typed(f"weekday:{weekday_number(match['weekday'])}:?{_part_of(match)}")
    day = f"{month_number(match['month']):02d}-{int(match['day']):02d}"
    year = caught(match, "year")
    return typed((f"={year}-{day}" if year else f"monthday:{day}:?") + _part_of(match))


def _of_anchor(match: Match) -> Meaning:
    return Meaning(DATE, step_of(match["unit"], 1 if "viene" in match[0].lower() else 0))


def _same(match: Match) -> Meaning:
    return Meaning(DATE, f"ref:{_ENGLISH[match['unit'].lower()]}")


_ENGLISH = {"día": "day", "semana": "week", "mes": "month", "año": "year", "trimestre": "quarter"}


def _beside(match: Match) -> Meaning:
    n = -1 if match["side"].lower() in {"anterior", "previo", "previa"} else 1
    return Meaning(DATE, f"ref;{step_of(match['unit'], n)}")


def _later(match: Match) -> Meaning | None:
    """ "Dos días después"."""
    amount = length_of(match)
    found = re.fullmatch(r"P(\d+)([DWMYEC])", amount or "")
    if found is None:
        return Meaning(DURATION, f"={amount}") if amount else None
    n = int(found[1]) * (-1 if match["side"].lower().startswith("ante") else 1)
    return Meaning(DATE, f"ref;{step_of(match['unit'], n)}")


def _end_of_year(match: Match) -> Meaning:
    return Meaning(DATE, f"={match['year']}")


def _decade(match: Match) -> Meaning:
    words = match["decade"].lower()
    if words in _TENS:
        return Meaning(DATE, f"=19{_TENS[words]}")
    return Meaning(DATE, f"={words[:3]}" if len(words) == 4 else f"=19{words[0]}")


def _century(match: Match) -> Meaning:
    return Meaning(DATE, f"={_ROMAN[match['roman']] - 1}")


def _season(match: Match) -> Meaning:
    season, year = _SEASONS[match["season"].lower()], caught(match, "year")
    if year:
        return Meaning(DATE, f"={year}-{season}")
    return Meaning(DATE, f"season:{season}:{'last' if caught(match, 'which') else '?'}")


def _fraction(match: Match) -> Meaning | None:
    kind = "Q" if match["kind"].lower() == "trimestre" else "H"
    n = min(_NTH[match["nth"].lower()], 4 if kind == "Q" else 2)
    if caught(match, "year"):
        return Meaning(DATE, f"={match['year']}-{kind}{n}")
    if caught(match, "unit"):
        years = -1 if "pasado" in match[0].lower() else 0
        return Meaning(DATE, f"years:{years};{'quarter' if kind == 'Q' else 'half'}:{n}")
    return Meaning(DATE, f"quarter:{n}:past") if kind == "Q" else None


def _every(match: Match) -> Meaning:
    if caught(match, "weekday"):
        return Meaning(SET, f"=XXXX-WXX-{weekday_number(match['weekday'])}{_part_of(match)}")
    if caught(match, "month"):
        return Meaning(SET, f"=XXXX-{month_number(match['month']):02d}")
    t, letter = UNITS[match["unit"].lower()]
    return Meaning(SET, f"=P{t}1{letter}")


def _feast(match: Match) -> Meaning:
    day, year = _FEASTS[re.sub(r"\s+", " ", match["name"].lower())], caught(match, "year")
    if not year:
        return Meaning(DATE, f"{day}:?")
    return Meaning(
        DATE, f"={year};{day}" if day.startswith("feast") else f"={year}-{day.partition(':')[2]}"
    )


_ADVERBS = {"diariamente": "P1D", "semanalmente": "P1W", "mensualmente": "P1M",
            "anualmente": "P1Y"}  # fmt: skip


def _adverb(match: Match) -> Meaning:
    return Meaning(SET, f"={_ADVERBS[match['word'].lower()]}")


def _clock(match: Match) -> Meaning | None:
    value = clock_value(match)
    return Meaning(TIME, f"+T{value}") if value else None


_CLOCK = r"<clock>(?: de la (?:madrugada|mañana|tarde|noche))?<zone>?"

SPANISH_RULES: tuple[Rule, ...] = (
    Rule(r"(?:<dia>,? )?<day:day> de <mes:month> (?:de|del) <year:year>", absolute_day),
    Rule(r"(?:<dia>,? )?<day:day> de <mes:month>", month_day),
    Rule(rf"{_THE}{_PART} del (?:<dia:weekday>|<day:day> de <mes:month>(?: de <year:year>)?)",
         _night_of),
    Rule(r"(?P<which>(?i:próximo|pasado)) <dia:weekday>", _weekday),
    Rule(rf"<dia:weekday>(?: (?P<which>(?i:pasado|próximo|que viene)))?{_OF_PART}", _weekday),
    Rule(rf"{_CLOCK},? (?:del|de este|del pasado|el)(?: día)? <dia:weekday>", _weekday),
    Rule(
        rf"{_CLOCK},? (?:del|el)(?: día)? <day:day> de <mes:month>(?! (?:de|del) \d\d\d\d)",
        month_day,
    ),
    Rule(rf"{_CLOCK},? de (?P<word>(?i:ayer|hoy|anteayer))", _near),
    Rule(_CLOCK, _clock),
    Rule(rf"(?P<word>(?i:ayer|anteayer|antier|hoy))\b{_OF_PART}", _near),
    Rule(r"(?P<word>(?i:pasado mañana))\b", _near),
    Rule(r"(?<!la\s)(?<!La\s)(?P<word>(?i:mañana))\b", _near),
    Rule(r"(?i:anoche)\b", always(TIME, "days:-1+TNI")),
    Rule(rf"(?P<which>(?i:esta|esa|aquella)) (?:misma )?{_PART}", _this_part),
    Rule(rf"(?i:el|la) (?P<which>(?i:próxim[oa])) {_COARSE}", this_unit),
    Rule(rf"(?i:el|la) {_COARSE} (?P<which>(?i:pasad[oa]))", this_unit),
    Rule(rf"(?i:el|la) {_COARSE} (?i:que viene)", _of_anchor),
    Rule(rf"(?i:este|esta) (?:mismo |misma )?{_COARSE}", _of_anchor),
    Rule(rf"(?i:ese|esa|aquel|el mismo|la misma) (?:mismo |misma )?{_COARSE}", _same),
    Rule(rf"(?:(?i:el|la) )?{_COARSE} (?P<side>(?i:siguiente|anterior|previo|previa))", _beside),
    Rule(rf"(?:{_END})?<mes:month> (?:de|del) <year:year>", month_year),
    Rule(rf"(?:{_END})?<mes:month>", bare_month),
    Rule(rf"{_END}<year:year>", _end_of_year),
    Rule(rf"{_THE}{_SEASON} (?:de|del) <year:year>", _season),
    Rule(rf"(?i:el|la) {_SEASON} (?P<which>(?i:pasad[oa]))", _season),
    Rule(
        r"(?i:los años|la década de(?: los)?(?: años)?) (?P<decade>(?:19|20)\d0|\d0\b"
        rf"|(?i:{either(list(_TENS))}))\b",
        _decade,
    ),
    Rule(rf"(?i:siglo) (?P<roman>{either(list(_ROMAN))})\b", _century),
    Rule(
        rf"(?:(?i:el) )?(?P<nth>(?i:{either(list(_NTH))})) (?P<kind>(?i:trimestre|semestre))"
        r"(?: (?:de|del) (?:<year:year>|(?:este|el)? ?(?P<unit>(?i:año))(?: pasado)?))?",
        _fraction,
    ),
    Rule(rf"(?P<name>(?i:{either(list(_FEASTS))}))\b(?: (?:de|del) <year:year>)?", _feast),
    Rule(rf"(?i:hace) {_COUNT} {_UNIT}", ago_spanish),
    Rule(rf"{_COUNT} {_UNIT} (?P<side>(?i:después|antes|más tarde))(?! de)", _later),
    Rule(rf"(?:(?i:más de|menos de|casi|unos|unas|al menos|hasta) )?{_COUNT} {_UNIT}", duration),
    Rule(
        r"(?i:cada|todos los|todas las) (?:<dia:weekday>s?|<mes:month>"
        r"|(?P<unit>(?i:hora|día|semana|mese|mes|año))s?\b)(?:(?:por|en) la <part:part>)?",
        _every,
    ),
    Rule(
        r"(?i:(?:una|dos|tres|cuatro|cinco|seis|varias|\d{1,2}) (?:vez|veces)) (?:por|a la|al|cada)"
        r" (?P<unit>(?i:hora|día|semana|mes|año))\b",
        _every,
    ),
    Rule(rf"(?P<word>(?i:{either(list(_ADVERBS))}))\b", _adverb),
    Rule(r"(?i:ahora|actualmente)\b", always(DATE, "=PRESENT_REF")),
    Rule(r"(?i:recientemente)\b", always(DATE, "=PAST_REF")),
    Rule(r"(?i:pronto)\b", always(DATE, "=FUTURE_REF")),
)  # fmt: skip
