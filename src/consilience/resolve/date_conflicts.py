"""What speaks against the date of a page: its stamps, its own words, other pages of the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from consilience.lexicon import load_table
from consilience.records import DateBasis, Document, Factuality, Reading, Timex
from consilience.resolve.tellings import (
    Fixed,
    Telling,
    fixed_tellings,
    own_words,
    said_day,
    tellings_of,
    worded_alike,
)
from consilience.wording import label

# A page that was touched again this long after the last day it tells of was not written then.
STAMP_LAG = timedelta(days=31)
# The hour of writing may be of the next day elsewhere.
ZONE_LAG = timedelta(days=1)
# Two sentences that share this much of their rare words, and so many, are taken to tell of one
# happening; chosen on invented cases.
SAME_MIN = 0.6
STEMS_MIN = 4
_LONGEST_TOLD = timedelta(days=31)


def with_date_conflicts(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    copied: Mapping[str, Sequence[str]],
) -> tuple[Document, ...]:
    """The documents with what speaks against their dates; readings anchored to those dates.

    `copied` says of a document which of its times are not read from its own date.
    """
    tellings = {d.id: list(tellings_of(d, readings[d.id])) for d in documents if d.id in readings}
    between = _between(documents, tellings)
    return tuple(
        replace(
            d,
            date_conflicts=(
                *_stale_stamp(d, tellings[d.id]),
                *_told_too_early(d, readings[d.id], tellings[d.id]),
                *copied.get(d.id, ()),
                *between.get(d.id, ()),
            ),
        )
        if d.id in readings
        else d
        for d in documents
    )


def _stale_stamp(document: Document, tellings: Sequence[Telling]) -> Iterator[str]:
    updated = document.updated
    if updated is None or updated.start is None:
        return
    told = [
        when.end - timedelta(microseconds=1)
        for t in own_words(document, tellings)
        if (when := t.timex.when).start is not None
        and when.end is not None
        and when.end - when.start <= _LONGEST_TOLD
        and when.start <= updated.start
    ]
    if told and (lag := updated.start - max(told)) > STAMP_LAG:
        yield (
            f"its page was updated on {said_day(updated.start.date())}, {lag.days + 1} days after "
            f"anything that it tells of ({said_day(max(told).date())} at the latest)"
        )


def _told_too_early(
    document: Document, reading: Reading, tellings: Sequence[Telling]
) -> Iterator[str]:
    """A date that was given, and days that the page tells of as past and that lie after it."""
    published = document.published
    if published is None or published.end is None:
        return
    if document.published_basis is DateBasis.INFERRED:
        return
    past = {
        a.passage
        for p in reading.propositions
        if p.factuality is Factuality.HAPPENED
        and _is_past(document.text[p.predicate.start : p.predicate.end])
        for a in p.arguments
        if a.role == "ARGM-TMP"
    }
    later = [
        t.timex
        for t in own_words(document, tellings)
        if t.timex.passage in past
        and t.timex.relative is None
        and _is_day(t.timex)
        and t.timex.when.start is not None
        and t.timex.when.start >= published.end + ZONE_LAG
    ]
    if later:
        last = max(t.when.start for t in later if t.when.start is not None)
        yield f"it tells of {said_day(last.date())} as past, which is later than its date"


def _is_past(verb: str) -> bool:
    lower = verb.lower()
    return lower.endswith("ed") or lower in load_table("irregular_verbs")


def _is_day(timex: Timex) -> bool:
    when = timex.when
    return when.start is not None and when.end is not None and when.end - when.start <= ZONE_LAG


def _between(
    documents: Sequence[Document], tellings: Mapping[str, list[Telling]]
) -> dict[str, list[str]]:
    """Days of one happening that exclude each other, told by pages whose dates were not inferred.

    Both days are of the same weekday: the pages say "on Thursday" and mean two Thursdays, so one
    of the two dates is wrong. Other days at odds are the business of the timeline.
    """
    sure = {
        d.id: d
        for d in documents
        if d.published is not None and d.published_basis is not DateBasis.INFERRED
    }
    fixed = fixed_tellings(sure, {key: tellings[key] for key in sure if key in tellings})
    found: dict[str, dict[str, tuple[float, str]]] = {}
    for i, telling in enumerate(fixed.tellings):
        for share, other in _same(i, telling, fixed):
            mine, theirs = fixed.days[i], fixed.days[other]
            elsewhere = fixed.tellings[other].document_id
            note = (
                f"its “{_words(telling)}” is {said_day(mine)}, in {label(sure[elsewhere])}, which "
                f"tells of the same, {said_day(theirs)}: one of the two dates may be wrong"
            )
            held = found.setdefault(telling.document_id, {})
            held[elsewhere] = max(held.get(elsewhere, (0.0, "")), (share, note))
    return {key: [note for _, (_, note) in sorted(notes.items())] for key, notes in found.items()}


def _same(i: int, telling: Telling, fixed: Fixed) -> Iterator[tuple[float, int]]:
    is_weekday = (telling.timex.relative or "").startswith("weekday:")
    if len(telling.stems) < STEMS_MIN:
        return
    for other, share in worded_alike(telling, fixed):
        theirs = fixed.tellings[other]
        apart = (fixed.days[i] - fixed.days[other]).days
        by_weekday = is_weekday or (theirs.timex.relative or "").startswith("weekday:")
        if (
            theirs.document_id != telling.document_id
            and share >= SAME_MIN
            and by_weekday
            and apart
            and apart % 7 == 0
        ):
            yield share, other


def _words(telling: Telling) -> str:
    return " ".join((telling.timex.when.text or "").split())
