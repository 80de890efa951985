"""How the timeline says when: how exactly it is known, in words a reader would use."""

from collections.abc import Set
from datetime import timedelta

from consilience.dates import day_value
from consilience.records import Dating, Mod, Placement, Precedence, TimelineEntry, When
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import listed
from consilience.wording import label, say_when

_PARTS = {
    "MO": "in the morning of", "MI": "at midday of", "AF": "in the afternoon of",
    "EV": "in the evening of", "NI": "in the night of", "DT": "in the daytime of",
}  # fmt: skip
_SEASONS = {
    "SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter", "H1": "the first half of",
    "H2": "the second half of", "Q1": "the first quarter of", "Q2": "the second quarter of",
    "Q3": "the third quarter of", "Q4": "the fourth quarter of",
}  # fmt: skip
_ENDS = {Mod.START: "early in", Mod.MID: "in the middle of", Mod.END: "late in"}
_MONTH_ENDS = {Mod.START: "in early ", Mod.MID: "in mid-", Mod.END: "in late "}
# "Earlier this month" is more of the month than its early days.
_END_MAX = timedelta(days=11)
_RELATIONS = {
    Precedence.BEFORE: "before",
    Precedence.AFTER: "after",
    Precedence.WHILE: "at the time of",
}


def say_moment(when: When) -> str:
    """A time with how exactly it is known.

    >>> [say_moment(When(None, None, value)) for value in ("2019-10-17TAF", "2019-05", "2012")]
    ['in the afternoon of 17 October 2019', 'some time in May 2019', 'some time in 2012']
    """
    day, _, hour = when.value.partition("T")
    if hour in _PARTS:
        return f"{_PARTS[hour]} {say_when(When(None, None, day))}"
    if "/" in when.value or hour:
        return say_when(when)
    how = "some time in" if when.mod is None else _ENDS.get(when.mod, "some time in")
    match day.split("-"):
        case [year] if year.isdigit() and len(year) == len("2019"):
            return f"{how} {year}"
        case [decade] if decade.isdigit() and len(decade) == len("201"):
            return f"{how} the {decade}0s"
        case [year, season] if season in _SEASONS:
            return f"{how} {_SEASONS[season]} {year}"
        case [_, month] if month.isdigit():
            return f"{_of_month(when)}{say_when(When(None, None, day))}"
        case [_, week] if week.startswith("W"):
            return f"in {say_when(When(None, None, day))}"
        case [_, _, "WE"] if when.start is not None:
            saturday = When(None, None, day_value(when.start))
            return f"on the weekend of {say_when(saturday)}"
        case _:
            return say_when(when)


def _of_month(when: When) -> str:
    if when.mod not in _MONTH_ENDS:
        return "some time in "
    is_long = when.start is None or when.end is None or when.end - when.start > _END_MAX
    return "some time in " if is_long else _MONTH_ENDS[when.mod]


def say_dating(dating: Dating, book: Lookup) -> str:
    """One of several times that are given, with who gives it: “3 May 2024 (Agency and Post)”."""
    documents = dict.fromkeys(passage.document_id for passage in dating.passages)
    named = list(dict.fromkeys(label(book.documents[d]) for d in documents))
    return f"{say_moment(dating.when)} ({listed(named)})"


def say_placement(entry: TimelineEntry, placement: Placement, book: Lookup) -> str:
    """By what a happening without a time is placed: after “Vote in Corrin”, 12 May 2024.

    Where the words count the days its own day comes first.
    """
    event = book.events[placement.of_id]
    when = f", {say_when(event.when)}" if event.when is not None else ""
    words = f"{_RELATIONS[placement.relation]} “{event.name}”{when}"
    is_counted = "/" not in entry.when.value and placement.relation is not Precedence.WHILE
    return f"{say_moment(entry.when)}, {words}" if is_counted else words


def is_part(entry: TimelineEntry, told: Set[str | None], book: Lookup) -> bool:
    """Whether an entry is of what is part of an event that the timeline tells too."""
    if entry.event_id is None:
        return False
    whole = book.events[entry.event_id].part_of_id
    return whole is not None and whole in told
