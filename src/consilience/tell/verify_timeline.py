"""Whether each entry of the timeline stands where and as its sources allow."""

from collections.abc import Iterator
from datetime import timedelta

from consilience.dates import overlaps
from consilience.records import (
    DateBasis,
    Dossier,
    Factuality,
    Placement,
    Precedence,
    TimelineEntry,
    When,
)
from consilience.tell.distances import days_from, days_told
from consilience.tell.lookup import Lookup

_TOLD_AS = frozenset({Factuality.HAPPENED, Factuality.PLANNED})


def check_timeline(dossier: Dossier, book: Lookup) -> Iterator[str]:
    for i, entry in enumerate(dossier.timeline):
        where = f"timeline[{i}]"
        if entry.status not in _TOLD_AS:
            yield f"{where}: {entry.status} is neither happened nor planned"
        if entry.status is Factuality.HAPPENED and _is_yet_to_come(entry, book):
            yield f"{where}: {entry.when.value} had not come when it was told of"
        yield from (f"{where}: {problem}" for problem in _conflicts(entry))
        if entry.placed is not None:
            yield from (f"{where}: {p}" for p in _placement(entry, entry.placed, dossier, book))


def _is_yet_to_come(entry: TimelineEntry, book: Lookup) -> bool:
    """Whether all that tell of it were surely published before."""
    documents = [book.documents[passage.document_id] for passage in entry.passages]
    return bool(documents) and all(
        document.published is not None
        and document.published_basis is not DateBasis.INFERRED
        and document.published.end is not None
        and entry.when.start is not None
        and document.published.end <= entry.when.start
        for document in documents
    )


def _conflicts(entry: TimelineEntry) -> Iterator[str]:
    if not entry.conflicts:
        return
    first, *others = entry.conflicts
    if first.when != entry.when:
        yield f"its own time {entry.when.value} is not the first of those given for it"
    if not others:
        yield "one time alone is no conflict"
    for dating in entry.conflicts:
        if not set(dating.passages) <= set(entry.passages):
            yield f"a passage that gives {dating.when.value} is none of its own"
        n_documents = len({passage.document_id for passage in dating.passages})
        if dating.n_documents != n_documents:
            yield f"{n_documents} documents give {dating.when.value}, not {dating.n_documents}"
    for dating in others:
        if overlaps(dating.when, first.when):
            yield f"{dating.when.value} and {first.when.value} can both be true"


def _placement(
    entry: TimelineEntry, placed: Placement, dossier: Dossier, book: Lookup
) -> Iterator[str]:
    if placed.cue.document_id not in {passage.document_id for passage in entry.passages}:
        yield "what places it stands in another document"
    anchors = [e.when for e in dossier.timeline if e.event_id == placed.of_id and e.placed is None]
    days = days_told(" ".join(book.words(placed.cue).split()))
    if days is not None:
        allowed = (days_from(anchor, placed.relation, days) for anchor in anchors)
        is_right = any(when == entry.when for when in allowed)
    else:
        is_right = any(_fits(entry.when, placed.relation, anchor) for anchor in anchors)
    if not is_right:
        yield f"{entry.when.value} is not {placed.relation} any time of event {placed.of_id}"


def _fits(when: When, relation: Precedence, anchor: When) -> bool:
    """Whether a time begins or ends with the day of another, as before and after demand."""
    if anchor.start is None or anchor.end is None:
        return False
    match relation:
        case Precedence.WHILE:
            return (when.start, when.end) == (anchor.start, anchor.end)
        case Precedence.AFTER:
            return when.start is not None and when.start.date() == anchor.start.date()
        case Precedence.BEFORE:
            moment = timedelta(microseconds=1)
            last = (anchor.end - moment).date()
            return when.end is not None and (when.end - moment).date() == last
