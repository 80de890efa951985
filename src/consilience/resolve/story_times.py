"""Times that documents of one story mention, and which of them are one time."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from consilience.resolve.referring import Referring, singular

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " sept".split()
)
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TOLD_FROM_TODAY = re.compile(
    r"\b(?:today|tonight|yesterday|last night|this (?:morning|afternoon|evening))\b"
)
_CLOCK = re.compile(r"\b\d{1,2}(?:\s?[:.]\s?\d\d)?\s?(?:[ap]\s?\.?\s?m\b|hours\b|o.clock\b)")
_EMPTY = frozenset("a an at by during for in of on only over the time".split())
# One weekday is a story's when it is said this many times as often as any other; both numbers
# by hand on the training part of ECB+.
MAIN_SHARE = 1.3
MAIN_MIN = 2

Key = tuple[str, ...]
_OF_STORY: Key = ("of the story",)


def time_keys(times: Iterable[Referring]) -> dict[str, frozenset[Key]]:
    """For each time that documents of one story mention, what it may be found again by.

    Times with a key in common are one. What is told from an unknown today, and an hour without a
    day, is on the story's own weekday where it has one.
    """
    keys = {time.id: _keys(time) for time in times}
    days = Counter(key for found in keys.values() for key in found if key[0] == "weekday")
    ranked = sorted(days, key=lambda k: (-days[k], k))
    main = ranked[0] if ranked and days[ranked[0]] >= MAIN_MIN else None
    if main and len(ranked) > 1 and days[main] < MAIN_SHARE * days[ranked[1]]:
        main = None
    return {
        id_: frozenset((main or key[1:] or key) if key[0] == _OF_STORY[0] else key for key in found)
        for id_, found in keys.items()
    }


def _keys(time: Referring) -> frozenset[Key]:
    words = _WORD.findall(time.text)
    keys = {("weekday", w) for w in words if w in _WEEKDAYS}
    exact = _DAY.match(time.value)
    if exact and not keys:
        keys |= _weekday(*map(int, exact.groups()))
    month = next((i for i, w in enumerate(words) if _is_month(w)), None)
    if month is not None:
        return frozenset(keys | _month_keys(words, month))
    if keys:
        return frozenset(keys)
    if _TOLD_FROM_TODAY.search(time.text) or _CLOCK.search(time.text):
        return frozenset({_OF_STORY + ("text", *words)})
    years = {("year", w) for w in words if len(w) == 4 and w.isdecimal()}
    if years:
        return frozenset(years)
    if time.value.startswith("P") and not time.value.endswith("_REF"):
        return frozenset({("duration", time.value)})
    plain = (str(_NUMBERS.index(w)) if w in _NUMBERS else singular(w) for w in words)
    return frozenset({("text", *(w for w in plain if w not in _EMPTY))})


def _month_keys(words: list[str], month: int) -> set[Key]:
    name = words[month][:3]
    beside = [w for w in words[max(0, month - 1) : month + 2] if w.isdecimal() and len(w) < 3]
    if not beside:
        return {("month", name)}
    keys: set[Key] = {("day", name, str(int(beside[0])))}
    years = [w for w in words if len(w) == 4 and w.isdecimal()]
    if years:
        keys |= _weekday(int(years[0]), _MONTHS.index(name) + 1, int(beside[0]))
    return keys


def _is_month(word: str) -> bool:
    return word in _LONG_MONTHS or (word in _MONTHS and word != "mar")


def _weekday(year: int, month: int, day: int) -> set[tuple[str, str]]:
    try:
        return {("weekday", _WEEKDAYS[date(year, month, day).weekday()])}
    except ValueError:
        return set()
