"""What speaks against the date of a page: its stamps, its own words, other pages of the same."""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from consilience.lexicon import load_table
from consilience.records import DateBasis, Document, Factuality, Reading, Timex
from consilience.resolve.tellings import (
    ALIKE_MAX,
    Fixed,
    Telling,
    fixed_tellings,
    own_words,
    said_day,
    tellings_of,
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
    if len(sure) < 2:
        return {}
    fixed = fixed_tellings(sure, {key: tellings[key] for key in sure if key in tellings})
    found: dict[str, dict[str, tuple[float, str]]] = {}
    for i, other, share in _same(fixed):
        telling, elsewhere = fixed.tellings[i], fixed.tellings[other].document_id
        note = (
            f"its “{_words(telling)}” is {said_day(fixed.days[i])}, in {label(sure[elsewhere])},"
            f" which tells of the same, {said_day(fixed.days[other])}: one of the two dates may be"
            " wrong"
        )
        held = found.setdefault(telling.document_id, {})
        held[elsewhere] = max(held.get(elsewhere, (0.0, "")), (share, note))
    return {key: [note for _, (_, note) in sorted(notes.items())] for key, notes in found.items()}


def _same(fixed: Fixed) -> Iterator[tuple[int, int, float]]:
    """Pairs of sentences that tell one happening of two days that one weekday may mean."""
    for i, alike in _worded_same(fixed):
        telling = fixed.tellings[i]
        for other, share in alike:
            theirs = fixed.tellings[other]
            apart = (fixed.days[i] - fixed.days[other]).days
            if (
                apart
                and apart % 7 == 0
                and theirs.document_id != telling.document_id
                and (_is_weekday(telling) or _is_weekday(theirs))
            ):
                yield i, other, share


def _is_weekday(telling: Telling) -> bool:
    return (telling.timex.relative or "").startswith("weekday:")


def _worded_same(fixed: Fixed) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """Each sentence with those that share `SAME_MIN` of its rare words, at most `ALIKE_MAX`.

    What many pages say in the same words is compared once. Sentences can share so much only if
    they share one of the rarest words (the prefix filter of Chaudhuri, Ganti and Kaushik 2006), so
    those that have only common words in common are never met.
    """
    places: dict[frozenset[str], list[int]] = defaultdict(list)
    for i, telling in enumerate(fixed.tellings):
        places[telling.stems].append(i)
    holders: dict[str, list[frozenset[str]]] = defaultdict(list)
    for stems in places:
        for stem in stems & fixed.postings.keys():
            holders[stem].append(stems)
    alike: dict[frozenset[str], list[tuple[int, float]]] = {}
    for i, telling in enumerate(fixed.tellings):
        if len(telling.stems) >= STEMS_MIN:
            if telling.stems not in alike:
                alike[telling.stems] = _alike(telling, fixed, places, holders)
            yield i, alike[telling.stems]


def _alike(
    telling: Telling,
    fixed: Fixed,
    places: Mapping[frozenset[str], Sequence[int]],
    holders: Mapping[str, Sequence[frozenset[str]]],
) -> list[tuple[int, float]]:
    own = fixed.weight_of(telling)
    known = [stem for stem in sorted(telling.stems) if stem in fixed.postings]
    rest = sum(fixed.rarity[stem] for stem in known)
    near: dict[frozenset[str], float] = {}
    for stem in sorted(known, key=lambda stem: -fixed.rarity[stem]):
        if rest < SAME_MIN * own - _ROUNDING:
            break
        rest -= fixed.rarity[stem]
        for stems in holders[stem]:
            if stems not in near:
                near[stems] = sum(fixed.rarity[s] for s in known if s in stems)
    told = (
        ((-common, i) for i in places[stems])
        for stems, common in near.items()
        if common >= SAME_MIN * own - _ROUNDING
    )
    most = heapq.nsmallest(ALIKE_MAX, chain.from_iterable(told))
    shares = ((i, -common / max(own, fixed.weights[i], 1e-9)) for common, i in most)
    return sorted((i, share) for i, share in shares if share >= SAME_MIN)


_ROUNDING = 1e-9


def _words(telling: Telling) -> str:
    return " ".join((telling.timex.when.text or "").split())
