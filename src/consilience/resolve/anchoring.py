"""A reading once more, with its relative times resolved by a date that is now known."""

import re
from collections.abc import Sequence
from dataclasses import replace

from consilience.dates import interval, when_of
from consilience.lexicon import load_table
from consilience.records import Document, PartKind, Passage, Reading, Timex, When
from consilience.relative import anchored, by_its_clock
from consilience.resolve.tellings import anchored_times

_CLOCK = re.compile(r"T\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# A day longer before the page's own than this is an aside, and no hour is of it, in days.
_ASIDE_DAYS = 60


def anchored_reading(document: Document, reading: Reading) -> Reading:
    """The same reading with times, and the propositions they date, anchored to the document."""
    times = _with_days(document, anchored_times(document, reading), _days_of_saying(reading))
    by_passage: dict[Passage, When | None] = {t.passage: _told(t.when) for t in times}
    labels = {t.passage for t in times if _labels_person(document, t)}
    by_passage |= dict.fromkeys(labels)
    times = tuple(t for t in times if t.passage not in labels)
    bases = {t.passage: base for t in times if (base := _base(document, t)) is not None}
    propositions = []
    for p in reading.propositions:
        a = next((a for a in p.arguments if a.role == "ARGM-TMP"), None)
        if a is not None and a.passage in by_passage:
            is_base = a.passage.end < p.predicate.start and bool(
                _TOLD_FROM.search(document.text[a.passage.start : a.passage.end + 12])
                and _COUNTED_FROM.fullmatch(document.text, a.passage.end, p.predicate.start)
            )
            p = replace(p, when=bases.get(a.passage) if is_base else by_passage[a.passage])
        propositions.append(p)
    return replace(reading, times=times, propositions=tuple(propositions))


# "DOB 01/08/1946" says who is meant, not when anything was.
_BIRTH = re.compile(r"(?i)\b(?:d\.?o\.?b\b\.?|date of birth)[\s:]{0,3}$")
_BIRTH_REACH_CHARS = 20


def _labels_person(document: Document, timex: Timex) -> bool:
    start = timex.passage.start
    return _BIRTH.search(document.text[max(0, start - _BIRTH_REACH_CHARS) : start]) is not None


_TOLD_FROM = re.compile(r"(?i)\b(?:after|before|following)\b")
# "Two days after the second blast": what stands between the length and the happening.
_COUNTED_FROM = re.compile(r"(?:\s+(?:after|before|following))?(?:\s+[\w’'-]{1,30}){0,4}\s+")


def _base(document: Document, timex: Timex) -> When | None:
    """When the happening was from which a length is counted."""
    found = _DISTANCE.fullmatch(timex.relative or "")
    if found is None:
        return None
    return anchored(replace(timex, when=_UNKNOWN, relative=found[1]), document.published)


_DISTANCE = re.compile(r"(.+)[<>]P[T\d]+[A-Z]")
_UNKNOWN = When(None, None, "XXXX-XX-XX")


def _told(when: When) -> When:
    """When something was that is told "two days after" another: that day, not a length of time."""
    if not when.value.startswith("P") or when.start is None or when.end is None:
        return when
    for value in (f"{when.start:%Y-%m-%d}", f"{when.start:%Y-%m-%dT%H:%M}", f"{when.start:%Y-%m}",
                  f"{when.start:%Y}"):  # fmt: skip
        if interval(value) == (when.start, when.end):
            return When(when.start, when.end, value, when.text)
    day = when_of(f"{when.start:%Y-%m-%d}", when.text)
    is_within = day.end is not None and when.end <= day.end
    return day if is_within else When(None, None, "XXXX-XX-XX", when.text)


def _days_of_saying(reading: Reading) -> frozenset[Passage]:
    """The words that date only that something was said: "officials said on Wednesday"."""
    saying = load_table("reporting_verbs")
    return frozenset(
        argument.passage
        for proposition in reading.propositions
        if proposition.lemma in saying
        for argument in proposition.arguments
        if argument.role == "ARGM-TMP"
    )


def _with_days(
    document: Document, times: Sequence[Timex], said: frozenset[Passage]
) -> tuple[Timex, ...]:
    """Hours without a day are of the day that the page spoke of last; a day on which something
    was said is one only as long as there is no other."""
    stamps = [p.passage for p in document.parts if p.kind is PartKind.DATELINE]
    published = document.published.start if document.published else None
    day: str | None = None
    found = []
    for timex in times:
        value = timex.when.value
        named = value.split("T")[0]
        is_stamp = any(s.start <= timex.passage.start < s.end for s in stamps)
        if _DAY.fullmatch(named) and not is_stamp:
            start = when_of(named).start
            is_near = published is None or start is None or (published - start).days <= _ASIDE_DAYS
            if is_near and (day is None or timex.passage not in said):
                day = named
        elif _CLOCK.fullmatch(value) and day is not None:
            when = when_of(f"{day}{value}", timex.when.text, timex.when.mod)
            timex = replace(timex, when=by_its_clock(when))
        found.append(timex)
    return tuple(found)
