"""Stretches told by their two ends, where one end lends the other its month, year or half day."""

from consilience.read.timex_terms import (
    DATE,
    TIME,
    Match,
    Meaning,
    Rule,
    caught,
    day_number,
    month_number,
)

# Longer than this, two years joined by a dash are no term of office and no season.
_YEARS_MAX = 60
_AFTER_FROM = r"(?:(?<=[Ff]rom\s)|(?<=[Bb]etween\s))"
_AFTER_DEL = r"(?:(?<=[Dd]el\s)|(?<=[Ee]ntre\sel\s)|(?<=[Dd]esde\sel\s))"
_AFTER_LAS = r"(?:(?<=[Ee]ntre\slas\s)|(?<=[Dd]e\slas\s)|(?<=[Dd]esde\slas\s))"
_TO = r"(?i:to|and|until|till|through)"
_DASH = r"[ ]?[-–—][ ]?"


def _day_of(match: Match, day: str) -> str:
    month, year = month_number(match["month"]), caught(match, "year")
    said = f"{month:02d}-{day_number(day):02d}"
    return f"={year}-{said}" if year else f"monthday:{said}:?"


def _days(match: Match) -> Meaning | None:
    first, last = match["day"], match["last"]
    if day_number(first) >= day_number(last):
        return None
    return Meaning(DATE, f"{_day_of(match, first)}/{_day_of(match, last)}")


def _first_day(match: Match) -> Meaning:
    return Meaning(DATE, _day_of(match, match["day"]))


def _first_month(match: Match) -> Meaning:
    first, last, year = month_number(match["month"]), month_number(match["other"]), match["year"]
    return Meaning(DATE, f"={int(year) - (first > last)}-{first:02d}")


def _first_day_of_year(match: Match) -> Meaning:
    first, last, year = month_number(match["month"]), month_number(match["other"]), match["year"]
    return Meaning(
        DATE, f"={int(year) - (first > last)}-{first:02d}-{day_number(match['day']):02d}"
    )


def _years(match: Match) -> Meaning | None:
    first, last = match["year"], match["until"]
    if len(last) == 2:
        if match["dash"] == "-" and int(last) <= 12:
            return None  # as likely a month
        last = first[:2] + last
    return Meaning(DATE, f"={first}/={last}") if 0 < int(last) - int(first) <= _YEARS_MAX else None


def _first_hour(match: Match) -> Meaning | None:
    """The 3 of "between 3 and 5 p.m.": before noon where it could not come first otherwise."""
    hour, last = int(match["from"]), int(match["until"])
    minute = match["past"] or "00"
    if not (1 <= hour <= 12 and 1 <= last <= 12):
        return None
    is_late = match["noon"].lower().startswith(("p", "de la t", "de la n"))
    is_late = is_late and (hour % 12 <= last % 12)
    return Meaning(TIME, f"+T{hour % 12 + (12 if is_late else 0):02d}:{minute}")


RANGE_RULES: tuple[Rule, ...] = (
    Rule(
        rf"<day:day>{_DASH}(?P<last>\d{{1,2}}) (?:of )?<month:month>(?:,? <year:year>)?",
        _days,
    ),
    Rule(
        rf"<month:month> <day:day>{_DASH}(?P<last>[123]?\d)(?!\d|[-–:%]|[.,]\d)(?:,? <year:year>)?",
        _days,
    ),
    Rule(rf"{_AFTER_FROM}<day:day>(?= {_TO} <day> <month:month>(?:,? <year:year>)?)", _first_day),
    Rule(rf"{_AFTER_DEL}<day:day>(?= (?:al|y el) <day> de <mes:month>(?: de <year:year>)?)",
         _first_day),
    Rule(rf"{_AFTER_FROM}<month:month>(?= {_TO} <month:other>,? <year:year>)", _first_month),
    Rule(
        rf"{_AFTER_FROM}(?:<day:day> <month:month>(?= {_TO} <day> <month:other>,? <year:year>))",
        _first_day_of_year,
    ),
    Rule(
        rf"{_AFTER_FROM}(?:<month:month> <day:day>(?= {_TO} <month:other> <day>,? <year:year>))",
        _first_day_of_year,
    ),
    Rule(r"<year:year>(?P<dash>[-–/])(?P<until>(?:19|20)?\d\d)(?![\d%-]|[.,]\d)", _years),
    Rule(
        rf"{_AFTER_FROM}(?P<from>1?\d)(?::(?P<past>[0-5]\d))?"
        rf"(?=(?: {_TO} |{_DASH})(?P<until>1?\d)(?::[0-5]\d)? ?(?P<noon>[apAP])\.?[mM]\b)",
        _first_hour,
    ),
    Rule(
        rf"{_AFTER_LAS}(?P<from>1?\d)(?::(?P<past>[0-5]\d))?"
        r"(?= (?:y|a|hasta) las (?P<until>1?\d)(?::[0-5]\d)?"
        r" (?P<noon>de la (?:mañana|tarde|noche)))",
        _first_hour,
    ),
)  # fmt: skip
