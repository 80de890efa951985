"""The days that a text names, found without reading it: months, figures, weekdays, "yesterday"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from consilience.lexicon import load_table

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"([1-3]?\d)(?:st|nd|rd|th|er|º|ª)?")
# A day without a year lies in the past of its text, but for what is announced for these days.
_AHEAD_MAX_DAYS = 60
_WEEK = 7


def find_days(text: str, words: Sequence[str], written: date | None) -> tuple[date, ...]:
    """Each day once, in order; without the day of writing only those that name their year.

    `words` are the folded words of `text` with its figures.
    """
    found = {day for m in _ISO.finditer(text) if (day := _date(*map(int, m.groups())))}
    found.update(_named(words, written))
    return tuple(sorted(found))


def _named(words: Sequence[str], written: date | None) -> Iterator[date]:
    calendar = load_table("calendar_words")
    for i, word in enumerate(words):
        meaning = calendar.get(word)
        if word == "night" and i and words[i - 1] == "last":
            meaning = "days:-1"
        if meaning is None:
            continue
        kind, _, number = meaning.partition(":")
        if kind == "month":
            day = _of_month(int(number), words, i, written)
        elif written is None:
            continue
        elif kind == "weekday":
            # News tells of the weekday that was.
            back = (written.weekday() - int(number)) % _WEEK
            day = _from_ordinal(written.toordinal() - back)
        else:
            day = _from_ordinal(written.toordinal() + int(number))
        if day is not None:
            yield day


def _of_month(month: int, words: Sequence[str], i: int, written: date | None) -> date | None:
    """ "May 3", "May 3, 2021", "3 May 2021", "3 de mayo de 2021"."""
    after = [w for w in words[i + 1 : i + 4] if w not in ("de", "del", "of")]
    before = [w for w in words[max(0, i - 2) : i] if w not in ("de", "of")]
    if after and (found := _DAY.fullmatch(after[0])):
        rest = after[1:]
    elif before and (found := _DAY.fullmatch(before[-1])):
        rest = after
    else:
        return None
    day = int(found[1])
    if rest and _YEAR.fullmatch(rest[0]):
        return _date(int(rest[0]), month, day)
    if written is None:
        return None
    this_year = _date(written.year, month, day)
    if this_year is None or this_year.toordinal() - written.toordinal() <= _AHEAD_MAX_DAYS:
        return this_year
    return _date(written.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_ordinal(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal >= 1 else None
