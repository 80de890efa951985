"""Feasts that fall on another day each year."""

from datetime import date, timedelta

# How many days after Easter Sunday.
_FROM_EASTER = {
    "easter": 0, "easter monday": 1, "good friday": -2, "maundy thursday": -3, "palm sunday": -7,
    "ash wednesday": -46, "pentecost": 49, "ascension": 39, "corpus christi": 60,
}  # fmt: skip
# Month, weekday (1 to 7) and the how-manieth of the month, -1 the last; feasts of the United
# States where no other country is meant more often.
_NTH_WEEKDAY = {
    "thanksgiving": (11, 4, 4), "labor day": (9, 1, 1), "memorial day": (5, 1, -1),
    "martin luther king day": (1, 1, 3), "presidents day": (2, 1, 3), "columbus day": (10, 1, 2),
    "mother's day": (5, 7, 2), "father's day": (6, 7, 3),
}  # fmt: skip


def feast_day(name: str, year: int) -> date:
    """The day of a feast in a year.

    >>> feast_day("good friday", 2019).isoformat(), feast_day("thanksgiving", 2021).isoformat()
    ('2019-04-19', '2021-11-25')
    """
    if name in _FROM_EASTER:
        return _easter(year) + timedelta(days=_FROM_EASTER[name])
    if name == "black friday":
        return feast_day("thanksgiving", year) + timedelta(days=1)
    if name == "election day":  # the Tuesday after the first Monday
        return _nth_weekday(year, 11, 1, 1) + timedelta(days=1)
    return _nth_weekday(year, *_NTH_WEEKDAY[name])


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    if n < 0:
        last = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar (the anonymous algorithm of Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * shift) // 451
    month, day = divmod(h + shift - 7 * m + 114, 31)
    return date(year, month, day + 1)
