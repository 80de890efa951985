"""Numbers and days in languages whose syntax we do not read: figures, and a few words of each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby

from consilience.dates import when_of
from consilience.lexicon import load_table
from consilience.read.encoder import Parse
from consilience.records import (
    Comparator,
    Count,
    Document,
    Passage,
    Quantity,
    Timex,
    TimexType,
)
from consilience.relative import value_at

WORDS_KNOWN = frozenset({"es", "fr", "pt", "de", "it"})
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee"}
_UNITS = {
    "euro": "euro", "euros": "euro", "dollars": "dollar", "dólares": "dollar", "dollar": "dollar",
    "dollari": "dollar", "reais": "real", "%": "percent", "prozent": "percent",
}  # fmt: skip
# 1.250, 1 250 and 1’250 are one number, 3,5 is three and a half.
_FIGURE = (
    r"\d{1,3}(?:[.\x20\xa0\u202f’']\d{3}){1,4}(?![\d.])(?:,\d{1,3})?|\d{1,12}(?:,\d{1,3}(?!\d))?"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_GROUPING = re.compile(r"[.\s\xa0\u202f’']")


def abroad(document: Document) -> Callable[[int], str | None]:
    """The foreign language that an offset stands in, Spanish too; None: English or unknown."""
    foreign = [u for u in document.unread if u.language is not None]
    own = None if document.language in ("en", "und") else document.language

    def language_at(offset: int) -> str | None:
        at = bisect_right(foreign, offset, key=lambda u: u.passage.start) - 1
        return foreign[at].language if at >= 0 and offset < foreign[at].passage.end else own

    return language_at


def is_abroad(language: str | None) -> bool:
    """Whether numbers and times are read here; those of Spanish are read beside English ones."""
    return language not in (None, "es")


def with_times_abroad(
    document: Document, parses: Sequence[Parse], found: Sequence[Timex]
) -> tuple[Timex, ...]:
    """The times found, in foreign sentences those without words and those of their language."""
    language_at = abroad(document)
    own = [
        timex
        for start, end, language in _stretches(document, parses)
        for timex in _times(document, language, start, end)
    ]
    taken = sorted(timex.passage for timex in own)
    for timex in found:
        if not is_abroad(language_at(timex.passage.start)):
            own.append(timex)
            continue
        at = bisect_right(taken, timex.passage.start, key=lambda p: p.start) - 1
        is_taken = at >= 0 and timex.passage.start < taken[at].end
        words = document.text[timex.passage.start : timex.passage.end]
        if not is_taken and not any(map(str.isalpha, words)):
            own.append(timex)
    return tuple(sorted(own, key=lambda timex: timex.passage))


def find_counts_abroad(
    document: Document, language: str, parse: Parse, times: Sequence[Timex]
) -> Iterator[Count]:
    """The numbers of a stretch that are no part of a time; a unit only where it is money or %."""
    text = document.text
    first = bisect_left(times, parse.start, key=lambda t: t.passage.start)
    last = bisect_left(times, parse.end, key=lambda t: t.passage.start)
    spans = [(t.passage.start, t.passage.end) for t in times[first:last]]
    for found in _number(language).finditer(text, parse.start, parse.end):
        if any(a < found.end() and found.start() < b for a, b in spans):
            continue
        value = _value(found, language)
        if value is None or (found["sign"] is None and _YEAR.fullmatch(found["number"])):
            continue
        unit = _CURRENCIES.get(found["sign"] or found["after"] or "")
        unit = unit or _UNITS.get((found["after"] or "").lower())
        passage = Passage(document.id, found.start(), found.end())
        yield Count(passage, Quantity(value, value, Comparator.EXACTLY, unit), None)


@cache
def _number(language: str) -> re.Pattern[str]:
    words = [k[3:] for k in load_table("numbers_abroad") if k.startswith(f"{language} ")]
    spelled = "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
    number = f"{_FIGURE}|(?:{spelled})(?!\\w|-\\w)" if words else _FIGURE
    after = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/:-])(?:(?P<sign>[$€£¥₹])\s?)?(?P<number>{number})(?![\d/:])"
        rf"(?:\s?(?P<after>[€$£]|(?:{after})(?!\w)))?",
        re.IGNORECASE,
    )


def _value(found: re.Match[str], language: str) -> int | float | None:
    words = found["number"].lower()
    if not words[0].isdigit():
        spelled = load_table("numbers_abroad").get(f"{language} {words}")
        return None if spelled is None else int(spelled)
    whole, _, decimals = words.partition(",")
    figure = _GROUPING.sub("", whole)
    return float(f"{figure}.{decimals}") if decimals else int(figure)


def _stretches(document: Document, parses: Sequence[Parse]) -> Iterator[tuple[int, int, str]]:
    """Runs of sentences of one foreign language: “3. Mai” may be cut after its full stop."""
    language_at = abroad(document)
    for language, run in groupby(parses, key=lambda parse: language_at(parse.start)):
        held = list(run)
        if language is not None and is_abroad(language):
            yield held[0].start, held[-1].end, language


def _times(document: Document, language: str, start: int, end: int) -> Iterator[Timex]:
    """Days with the name of their month, and words such as "yesterday"."""
    if language not in WORDS_KNOWN:
        return
    for found in _day(language).finditer(document.text, start, end):
        words = found.group()
        passage = Passage(document.id, found.start(), found.end())
        if found["near"]:
            relative = load_table("days_abroad")[f"{language} {found['near'].lower()}"]
        else:
            month = int(load_table("months_abroad")[f"{language} {found['month'].lower()}"])
            if not 1 <= int(found["day"]) <= 31:
                continue
            date = f"{month:02}-{int(found['day']):02}"
            if found["year"]:
                when = when_of(f"{found['year']}-{date}", words)
                if when.start is not None:
                    yield Timex(passage, TimexType.DATE, when)
                continue
            relative = f"monthday:{date}"
        when = when_of(value_at(relative, document.published), words)
        yield Timex(passage, TimexType.DATE, when, relative)


@cache
def _day(language: str) -> re.Pattern[str]:
    def words(table: str) -> str:
        held = [k[3:] for k in load_table(table) if k.startswith(f"{language} ")]
        return "|".join(re.escape(word) for word in sorted(held, key=lambda w: (-len(w), w)))

    return re.compile(
        rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:er|º|°|\.)?\s(?:de\s)?(?P<month>{words('months_abroad')})"
        rf"(?!\w)(?:\s(?:de\s)?(?P<year>(?:1[5-9]|20)\d\d)(?!\d))?"
        rf"|(?P<near>{words('days_abroad')})(?!\w))",
        re.IGNORECASE,
    )
