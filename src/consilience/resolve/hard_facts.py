"""What a document says of a person that need not hold of a namesake: birth, death, sex, family."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from consilience.records import Document, Mention

# Two ages in one story are likelier one person of whom reports differ, which is a contradiction to
# be told, than two of one name; namesakes of a family are a generation apart.
YEARS_APART = 14
_AROUND_CHARS = 160
_YEAR = r"((?:1[89]|20)\d\d)"
_AGE_AFTER = re.compile(
    r"(?:,?\s+\(?(?:aged\s+)?|,\s+(?:an?\s+)?(?:[\w-]+\s+){0,2}?aged\s+|,\s+an?\s+)(\d{1,3})"
    r"(?=[,.;)]|[- ]years?[- ]old)"
)
_AGE_BEFORE = re.compile(r"(?<!then )\b(\d{1,3})[- ]years?[- ]old $")
_BORN = re.compile(
    r",?\s+\(?(?:who\s+)?(?:was\s+|is\s+)?(?:born|b\.)\s+(?:in\s+[A-Z]\w{1,30}\s+)?(?:(?:in|on)\s+)?"
    rf"(?:\d{{1,2}}\s+)?(?:[A-Z][a-z]{{2,8}}\s+)?(?:\d{{1,2}},\s+)?{_YEAR}\b"
)
_LIVED = re.compile(rf",?\s+\({_YEAR}\s?[-–]\s?{_YEAR}\)")
_DIED = re.compile(
    r"(?:,\s+(?:aged\s+)?\d{1,3},|,\s+who)?\s+(?:has\s+)?(?:died|drowned|was\s+(?:buried|killed|murdered))\b"
    rf"(?:\s+in\s+{_YEAR}\b)?"
)
_DEAD_BEFORE = re.compile(r"(?:\bthe late|\bburied) $", re.IGNORECASE)
_LIVES = re.compile(
    r"(?:,\s+(?:aged\s+)?\d{1,3},)?\s+(?:announced|denied|met|opened|resigned|said|says|spoke|told|voted|won"
    r"|was\s+(?:arrested|elected|sworn))\b[^.\n]{0,60}?"
    r"\b(?P<day>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_DISOWNED = re.compile(
    r",?\s+(?:who\s+)?(?:is\s+)?(?:no\s+relation\s+(?:of|to)|not\s+related\s+to|not\s+to\s+be\s+"
    r"confused\s+with|a\s+namesake\s+of)\s+the\s+([a-z]{3,20})\b"
)
# The reader may leave the end of a name outside it.
_YOUNGER = re.compile(r"^,?\s+(?:Jr|Junior|the\s+younger)\b")
_ELDER = re.compile(r"^,?\s+(?:Sr|Senior|the\s+elder)\b")
_YOUNGER_END = re.compile(r"\b(?:Jr\.?|Junior)$")
_ELDER_END = re.compile(r"\b(?:Sr\.?|Senior)$")
_YOUNGER_BEFORE = re.compile(r"\b[Tt]he younger $")
_ELDER_BEFORE = re.compile(r"\b[Tt]he elder $")
_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_Texts = Sequence[str]
# A pronoun alone may be another's.
_PRONOUNS_MIN = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """What one document says of one person; years are None where it does not say.

    `age` is kept beside the year of birth since a slip of the pen shows in its digits. `died` is
    the latest year of death, `lived` a year in which the person spoke or acted, `dead_by` and
    `lived_on` are days of these that pages of one year may give, `not_the` are
    offices of namesakes that the document says are others.
    """

    born: int | None = None
    age: int | None = None
    died: int | None = None
    lived: int | None = None
    dead_by: date | None = None
    lived_on: date | None = None
    sex: str | None = None
    generation: str | None = None
    not_the: frozenset[str] = frozenset()


NOTHING_SAID = Facts()


def hard_facts(document: Document, mentions: Sequence[Mention]) -> Facts:
    """What the words around the mentions of one person say of them."""
    named = [m for m in mentions if m.named]
    year = _year(document)
    ages = set(_ages(document.text, named))
    age = ages.pop() if len(ages) == 1 else None
    after = [document.text[m.passage.end : m.passage.end + _AROUND_CHARS] for m in named]
    before = [_before(document.text, m.passage.start) for m in named]
    lived = [found for text in after if (found := _LIVED.match(text))]
    acts = [found for text in after if (found := _LIVES.match(text))]
    day = _day(document)
    births = {int(found[1]) for text in after if (found := _BORN.match(text))}
    births |= {int(found[1]) for found in lived}
    if not births and age is not None and year is not None:
        births = {year - age}
    return Facts(
        born=births.pop() if len(births) == 1 else None,
        age=age,
        died=max([int(f[2]) for f in lived] or _deaths(document.text, named, year), default=None),
        lived=year if acts else None,
        dead_by=day if any(map(_DEAD_BEFORE.search, before)) else None,
        lived_on=None if day is None else max((_last(m["day"], day) for m in acts), default=None),
        generation=_generation(
            before, [document.text[m.passage.start : m.passage.end] for m in named], after
        ),
        sex=_sex(document.text[m.passage.start : m.passage.end] for m in mentions if not m.named),
        not_the=frozenset(found[1] for text in after if (found := _DISOWNED.match(text))),
    )


def facts_differ(a: Facts, b: Facts) -> bool:
    """Whether the two cannot be said of one person."""
    if a.born is not None and b.born is not None and abs(a.born - b.born) > YEARS_APART:
        return a.age is None or b.age is None or not _is_slip(a.age, b.age, abs(a.born - b.born))
    for x, y in ((a, b), (b, a)):
        if x.died is not None and max(y.lived or 0, y.born or 0) > x.died:
            return True
        if x.dead_by is not None and y.lived_on is not None and y.lived_on > x.dead_by:
            return True
    return any(
        x is not None and y is not None and x != y
        for x, y in ((a.sex, b.sex), (a.generation, b.generation))
    )


def _year(document: Document) -> int | None:
    when = document.published
    return when.start.year if when is not None and when.start is not None else None


def _day(document: Document) -> date | None:
    """The day a page is of, where it is known to the day."""
    when = document.published
    if when is None or when.start is None or when.end is None:
        return None
    return when.start.date() if when.end - when.start <= timedelta(days=1) else None


def _last(weekday: str, day: date) -> date:
    """The last day of that name up to `day`."""
    return day - timedelta(days=(day.weekday() - _WEEKDAYS.index(weekday)) % 7)


def _before(text: str, end: int) -> str:
    return text[max(0, end - _AROUND_CHARS) : end]


def _ages(text: str, named: Iterable[Mention]) -> Iterator[int]:
    for mention in named:
        start = (mention.title_passage or mention.passage).start
        before = _before(text, min(start, mention.passage.start))
        found = _AGE_AFTER.match(text, mention.passage.end) or _AGE_BEFORE.search(before)
        if found is not None and 0 < int(found[1]) < 120:
            yield int(found[1])


def _deaths(text: str, named: Iterable[Mention], year: int | None) -> list[int]:
    found = []
    for mention in named:
        died = _DIED.match(text, mention.passage.end)
        before = _before(text, mention.passage.start)
        if died is not None and died[1]:
            found.append(int(died[1]))
        elif year is not None and (died is not None or _DEAD_BEFORE.search(before)):
            found.append(year)
    return found


def _generation(before: _Texts, names: _Texts, after: _Texts) -> str | None:
    younger, elder = (
        any(pattern.search(text) for pattern, texts in rules for text in texts)
        for rules in (
            ((_YOUNGER_BEFORE, before), (_YOUNGER_END, names), (_YOUNGER, after)),
            ((_ELDER_BEFORE, before), (_ELDER_END, names), (_ELDER, after)),
        )
    )
    return None if younger == elder else "jr" if younger else "sr"


def _sex(words: Iterable[str]) -> str | None:
    said = [word.lower() for word in words]
    n_male, n_female = sum(w in _MALE for w in said), sum(w in _FEMALE for w in said)
    if max(n_male, n_female) < _PRONOUNS_MIN or min(n_male, n_female) > 0:
        return None
    return "m" if n_male else "f"


def _is_slip(a: int, b: int, years_apart: int) -> bool:
    """34 may be written 37, 43 or 54: two reports of one person that contradict each other.

    Only where they are of about one year; else the years of birth are what differs.
    """
    x, y = str(a), str(b)
    if len(x) != len(y) or abs(abs(a - b) - years_apart) > 1:
        return False
    return sum(i != j for i, j in zip(x, y, strict=True)) == 1 or x == y[::-1]
