"""Whether the figures, names and dates of a sentence of ours stand in what it rests on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from consilience.dates import when_of
from consilience.lexicon import load_words
from consilience.numerals import Number, numerals
from consilience.records import When

_WORD = re.compile(r"[^\W\d_]+")
# The English names, whatever the locale of the machine.
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_WEEKDAY = rf"(?:\b(?P<weekday>{'|'.join(_WEEKDAYS)})(?: \w+)?,? (?:on )?)?"
_DATE = re.compile(
    rf"{_WEEKDAY}(?:\b(?P<day>\d{{1,2}}) (?P<month>{_MONTH})"
    rf"|\b(?P<month2>{_MONTH})\.? (?P<day2>\d{{1,2}}))\b(?:,? (?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
_NEARBY = re.compile(
    rf"\b(?:{'|'.join(_WEEKDAYS)}|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.|today|tonight|yesterday"
    r"|tomorrow|this (?:morning|afternoon|evening)|last night)\b",
    re.IGNORECASE,
)
_STRETCH = re.compile(r"\b(?:last|this|next|past|the) (?:week|weekend|month|year)\b", re.IGNORECASE)
# A longer stretch gives its first and last day only.
_DAYS_MAX = 31
_CACHED = 4096
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}(?::\d{2}){0,2}")

Day = tuple[int | None, int, int]


@dataclass(frozen=True, slots=True)
class Support:
    """What a sentence may say: numbers, words in small letters, days (the year may be open).

    `dates` are the dates as they are written, which may err on the day of the week.
    """

    numbers: frozenset[Number] = frozenset()
    words: frozenset[str] = frozenset()
    days: frozenset[Day] = frozenset()
    dates: frozenset[str] = frozenset()


@lru_cache(_CACHED)
def support_of_words(words: str, language: str = "en") -> Support:
    read = [*numerals(words, language), *(numerals(words, "en") if language != "en" else ())]
    return Support(
        frozenset(value for numeral in read for value in numeral.values),
        frozenset(w.casefold() for w in _WORD.findall(words)),
        frozenset(_days(words)),
        frozenset(match[0] for match in _DATE.finditer(words)),
    )


def support_of_numbers(numbers: Iterable[Number | None]) -> Support:
    return Support(frozenset(n for n in numbers if n is not None))


@lru_cache(_CACHED)
def support_of_when(when: When | None) -> Support:
    """The days, months, years, weekdays and clock of a time."""
    if when is None:
        return Support()
    if when.mod is not None or _is_local(when):
        # "Late last week" is said by naming the week, an hour with its zone by the day there.
        return union(
            [
                support_of_when(replace(when, mod=None, value="")),
                support_of_when(when_of(when.value)),
                support_of_words(f"{when.value} {when.text or ''}"),
            ]
        )
    moments = [moment for moment in (when.start, when.end) if moment is not None]
    days = [moment.date() for moment in moments]
    if when.start is not None and when.end is not None:
        first, last = when.start.date(), (when.end - timedelta(microseconds=1)).date()
        n_days = (last - first).days + 1
        whole = n_days <= _DAYS_MAX
        days = [first + timedelta(days=i) for i in range(n_days)] if whole else [first, last]
    names = [name for day in days for name in (_MONTHS[day.month - 1], _WEEKDAYS[day.weekday()])]
    return union(
        [
            support_of_words(f"{when.value} {when.text or ''}"),
            support_of_words(" ".join(names + [name[:3] for name in names])),
            support_of_numbers(n for day in days for n in (day.day, day.month, day.year)),
            Support(days=frozenset((day.year, day.month, day.day) for day in days)),
        ]
    )


@lru_cache(_CACHED)
def support_of_nearby(words: str, published: When | None) -> Support:
    """The days that words like "Monday" or "yesterday" may mean within a week of publication, and
    the months and years of "last month" and "this year"."""
    if published is None or published.start is None or published.end is None:
        return Support()
    first, last = published.start.date(), (published.end - timedelta(microseconds=1)).date()
    if (last - first).days > _DAYS_MAX:
        return Support()
    named = {m[0].casefold() for m in _NEARBY.finditer(words)}
    names = {_WEEKDAYS[i] for n in named for i in range(7) if n[:3] == _WEEKDAYS[i][:3]}
    span = (last - first).days
    days = [first + timedelta(days=i) for i in range(-7, span + 8)]
    near = [first + timedelta(days=i) for i in range(-1, span + 2)]
    meant = [d for d in days if _WEEKDAYS[d.weekday()] in names]
    meant += near if named - names else []
    stretch = _STRETCH.search(words) is not None
    whole = [d.replace(day=1) for d in (first - timedelta(days=31), first, last)] if stretch else []
    years = (first.year - 1, first.year, first.year + 1) if stretch else ()
    months = [_MONTHS[d.month - 1] for d in (*meant, *whole)]
    if stretch:
        meant += [first + timedelta(days=i) for i in range(-14, span + 15)]
    return union(
        [
            support_of_words(" ".join([*months, *(_MONTHS[d.month - 1] for d in meant)])),
            support_of_numbers([*(n for d in meant for n in (d.day, d.year)), *years]),
            Support(days=frozenset((d.year, d.month, d.day) for d in meant)),
        ]
    )


def _is_local(when: When) -> bool:
    """Whether a clock is that of a zone, whose day may not be that of the interval in UTC."""
    stated = when_of(when.value) if _CLOCK.fullmatch(when.value) else when
    return stated.start != when.start


def union(supports: Iterable[Support]) -> Support:
    numbers: set[Number] = set()
    words: set[str] = set()
    days: set[Day] = set()
    dates: set[str] = set()
    for support in supports:
        numbers |= support.numbers
        words |= support.words
        days |= support.days
        dates |= support.dates
    return Support(frozenset(numbers), frozenset(words), frozenset(days), frozenset(dates))


def unsupported(sentence: str, support: Support) -> Iterator[str]:
    """The numbers, dates and capitalised words of `sentence` that nothing in `support` gives.

    Number words below two ("a", "one", "no") and "both" say too little to be held to account.
    """
    counted = numerals(sentence, "en")
    number_words = {numeral.start for numeral in counted}
    opening = True
    for match in _WORD.finditer(sentence):
        word = match[0].casefold()
        allowed = opening and (
            word in load_words("sentence_openers") or match.start() in number_words
        )
        if match[0][0].isupper() and word not in support.words and not allowed:
            yield match[0]
        opening = _ends_sentence(sentence, match.end())
    for numeral in counted:
        written = sentence[numeral.start : numeral.end]
        is_told = written[0].isdigit() or (min(numeral.values) >= 2 and written != "both")
        if is_told and support.numbers.isdisjoint(numeral.values):
            yield written
    for year, month, day in _days(sentence):
        if not any(
            (month, day) == (m, d) and (year is None or y is None or year == y)
            for y, m, d in support.days
        ):
            yield f"{day} {_MONTHS[month - 1].title()} {year or ''}".strip()
    yield from (date for date in _wrong_weekdays(sentence) if date not in support.dates)


def _wrong_weekdays(sentence: str) -> Iterator[str]:
    """Dates that fall on another day of the week than they are said to."""
    for match in _DATE.finditer(sentence):
        for year, month, day in _days(match[0]):
            if (
                match["weekday"]
                and year
                and _weekday(year, month, day) != match["weekday"].casefold()
            ):
                yield match[0]


def _weekday(year: int, month: int, day: int) -> str | None:
    try:
        return _WEEKDAYS[date(year, month, day).weekday()]
    except ValueError:
        return None


def _days(words: str) -> Iterator[Day]:
    for match in _DATE.finditer(words):
        named = (match["month"] or match["month2"])[:3].casefold()
        month = [name[:3] for name in _MONTHS].index(named) + 1
        year = int(match["year"]) if match["year"] else None
        yield year, month, int(match["day"] or match["day2"])


def _ends_sentence(sentence: str, end: int) -> bool:
    """Whether what follows the word opens a new sentence, a quotation or a clause of its own."""
    return re.match(r"\W*[.!?:;“\"«‘—]", sentence[end : end + 8]) is not None
