"""Days, months and parts of days as a sentence says them, the year only where it is another."""

import re

from consilience.records import When
from consilience.wording import say_when

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")
_PARTS = {"MO": "morning", "MI": "middle", "AF": "afternoon", "EV": "evening", "NI": "night"}


def say_day(value: str, year: int | None = None) -> str | None:
    """“9 March 2021” or, within `year`, “9 March”, or “March”; None for what is neither.

    >>> say_day("2021-03-09", 2021), say_day("2021-03-09", 2020), say_day("2021-03", 2021)
    ('9 March', '9 March 2021', 'March')
    """
    if not (_DAY.match(value) or _MONTH.match(value)):
        return None
    said = say_when(When(None, None, value))
    return said.removesuffix(f" {year}") if year is not None else said


def say_on(when: When, year: int | None = None) -> str | None:
    """When something was, as it follows a verb: “on 9 March”, “on the morning of 9 March 2021”,
    “in March 2021”, “in 2020”, “in the week of 8 March”; None for what is not so said."""
    if "/" in when.value:
        first, _, last = when.value.partition("/")
        return _say_between(first, last, year)
    stretch, _, hour = when.value.partition("T")
    day = say_day(stretch, year)
    if day is not None:
        if _MONTH.match(stretch):
            return f"in {day}"
        part = _PARTS.get(hour)
        return f"on the {part} of {day}" if part else f"on {day}"
    if re.fullmatch(r"\d{4}", stretch):
        return f"in {stretch}"
    if re.fullmatch(r"\d{4}-W\d\d(-WE)?", stretch):
        said = say_when(When(None, None, stretch))
        return f"{'on' if stretch.endswith('WE') else 'in'} {said.removesuffix(f' {year}')}"
    return None


def _say_between(first: str, last: str, year: int | None) -> str | None:
    """
    >>> _say_between("2024-05-06", "2024-05-09", None)
    'between 6 and 9 May 2024'
    """
    ends = [say_day(value.partition("T")[0], year) for value in (first, last)]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    opening, closing = ends[0].split(), ends[1].split()
    while len(opening) > 1 and opening[-1] == closing[-1]:
        opening.pop()
        closing.pop()
    return f"between {' '.join(opening)} and {ends[1]}"
