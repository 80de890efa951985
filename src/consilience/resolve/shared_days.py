"""Pages dated by their own days alone, or by the day that their case is of."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from consilience.records import Document, Judgement, Reading
from consilience.resolve.bounds import (
    PAST_WEEKDAY,
    WEEKDAY_REACH_DAYS,
    bounds_of,
    dated_judgement,
)
from consilience.resolve.tellings import Telling, anchored_times, own_words, said_day

LEAD_CHARS = 700  # of a page's headline and first sentences
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def shared_day(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    origin_of: Mapping[str, str],
) -> tuple[date, int] | None:
    """The day that at least half of the dated documents name, and how many do.

    Documents of one origin count once.
    """
    named: dict[date, set[str]] = defaultdict(set)
    often: Counter[date] = Counter()
    for document in documents:
        if document.id in readings:
            days = [
                t.when.start.date()
                for t in anchored_times(document, readings[document.id])
                if t.when.start is not None and _DAY.match(t.when.value)
            ]
            for day in days:
                named[day].add(origin_of[document.id])
            often.update(days)
    if not named:
        return None
    day = min(named, key=lambda d: (-len(named[d]), -often[d], d))
    n_origins = len({origin_of[document.id] for document in documents})
    is_shared = len(named[day]) >= max(1, n_origins / 2)
    return (day, len(named[day])) if is_shared else None


def by_shared_day(
    document: Document, tellings: Sequence[Telling], shared: tuple[date, int]
) -> Judgement | None:
    """A page whose only past weekday is that of the day the others tell of was written soon after.

    It leans on nothing but that all documents of a case are of one event, so its score is low.
    """
    day, n_documents = shared
    body = own_words(document, tellings)
    found = [m for t in body if (m := PAST_WEEKDAY.fullmatch(t.timex.relative or ""))]
    if not found:
        return _by_near_day(document, body, shared)
    after = {(int(m[1]) - day.isoweekday()) % 7 for m in found}
    if 0 not in after or max(after) > WEEKDAY_REACH_DAYS:
        return None
    is_night = any(m[2] for m in found if int(m[1]) == day.isoweekday())
    first = day + timedelta(days=max(*after, int(is_night)))
    words = next(
        t.timex.when.text or "" for t in body if PAST_WEEKDAY.match(t.timex.relative or "")
    )
    last = first if max(after) else day + timedelta(days=WEEKDAY_REACH_DAYS)
    bounds = bounds_of(document, tellings)
    if bounds.last is not None and bounds.last < day:
        return None
    reason = (
        f"its “{' '.join(words.split())}” is the weekday of {said_day(day)},"
        f" which {_told_by(n_documents)}"
    )
    return dated_judgement(
        document, first, max(first, min(last, bounds.last or last)), 0.4, [reason]
    )


_ANNIVERSARY = re.compile(
    r"(?i)\b(?:(?P<years>a|one|two|three|four|five|six|seven|eight|nine|ten)\s+years?\s+(?:on|ago"
    r"\s+(?:today|this\s+week)|to\s+the\s+day)\b(?!\s+\w+\s+\w+ing)"
    r"|(?P<nth>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|10th)\s+anniversary)"
)
_YEARS = {
    word: n
    for words in (
        "one two three four five six seven eight nine ten",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
    )
    for n, word in enumerate(words.split(), 1)
} | {"a": 1, "10th": 10}
ANNIVERSARY_REACH = timedelta(days=7)


def by_anniversary(
    document: Document, tellings: Sequence[Telling], shared: tuple[date, int]
) -> Judgement | None:
    """A page that says "a year on" is of the days about that anniversary of what the others tell.

    Its own weekday settles which, where it is that of the anniversary.
    """
    found = _ANNIVERSARY.search(document.text)
    if found is None:
        return None
    day, n_documents = shared
    n = _YEARS[(found["years"] or found["nth"]).lower()]
    is_leap = (day.month, day.day) == (2, 29)
    later = date(day.year + n, day.month, 28 if is_leap else day.day)
    names = {
        int(m[1])
        for t in own_words(document, tellings)
        if (m := PAST_WEEKDAY.fullmatch(t.timex.relative or ""))
    }
    first, last = later - ANNIVERSARY_REACH, later + ANNIVERSARY_REACH
    if later.isoweekday() in names:
        first, last = later, later + timedelta(days=WEEKDAY_REACH_DAYS)
    bounds = bounds_of(document, tellings)
    if bounds.last is not None and bounds.last < first:
        return None
    reason = (
        f"its “{' '.join(found[0].split())}” is counted from {said_day(day)}, which"
        f" {_told_by(n_documents)}"
    )
    return dated_judgement(document, first, min(last, bounds.last or last), 0.4, [reason])


_NEAR_HOUR = re.compile(r"days:(0|-1)\+T.*")


def _by_near_day(
    document: Document, tellings: Sequence[Telling], shared: tuple[date, int]
) -> Judgement | None:
    """A page that tells of "last night" or "this morning" in its first lines is of that news."""
    day, n_documents = shared
    for telling in tellings:
        timex = telling.timex
        found = _NEAR_HOUR.fullmatch(timex.relative or "")
        if found and timex.passage.start < LEAD_CHARS:
            written = day - timedelta(days=int(found[1]))
            words = " ".join((timex.when.text or "").split())
            reason = f"its “{words}” is taken as {said_day(day)}, which {_told_by(n_documents)}"
            return dated_judgement(document, written, written + timedelta(days=1), 0.3, [reason])
    return None


def by_own_days(document: Document, tellings: Sequence[Telling]) -> Judgement | None:
    """A page that names a day with its year and then bare weekdays from it on was written then."""
    body = own_words(document, tellings)
    named = [
        t
        for t in body
        if t.timex.relative is None and t.timex.when.start and _DAY.match(t.timex.when.value)
    ]
    weekdays = {int(m[1]) for t in body if (m := PAST_WEEKDAY.fullmatch(t.timex.relative or ""))}
    if not named or not weekdays:
        return None
    latest = max(named, key=lambda t: (t.timex.when.start or _NEVER, t.timex.passage))
    assert latest.timex.when.start is not None
    day = latest.timex.when.start.date()
    after = {(n - day.isoweekday()) % 7 for n in weekdays}
    reach = [n for n in after if n <= WEEKDAY_REACH_DAYS]
    if not reach:
        return None
    first = day + timedelta(days=max(reach))
    bounds = bounds_of(document, tellings)
    if bounds.last is not None and bounds.last < first:
        return None
    last = max(first, min(day + timedelta(days=WEEKDAY_REACH_DAYS), bounds.last or date.max))
    reason = f"it names {said_day(day)} with its year, and the days from then on by weekday alone"
    return dated_judgement(document, first, last, 0.45, [reason])


_NEVER = datetime.min.replace(tzinfo=UTC)


def _told_by(n_documents: int) -> str:
    return "another tells of" if n_documents == 1 else f"{n_documents} others tell of"
