"""Every dated happening once, with all the passages that tell of it and every day they give it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from consilience.records import (
    Case,
    Claim,
    Dating,
    Document,
    Passage,
    TimelineEntry,
    When,
)
from consilience.tell.dated import Dated, dated_happenings
from consilience.tell.joined import Happening, happenings
from consilience.tell.sentences import words_of

# The words of an entry are best this long, and no caption's, nor such as tell of it by the way.
_WORDS = 24
_CAPTION = 20
_BY_THE_WAY = 30
_SAYING = 15
_VAGUER = 12


def timeline(case: Case, claims: Sequence[Claim]) -> tuple[TimelineEntry, ...]:
    """Dated happenings in the order of time, the vaguer of two that begin together first."""
    tellings = [
        telling
        for document in case.documents
        if document.id in case.readings
        for telling in dated_happenings(case, document, case.readings[document.id])
    ]
    texts = {d.id: d for d in case.documents}
    claims_by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        claims_by_document[claim.passage.document_id].append(claim)
    entries = [
        _entry(happening, texts, claims_by_document)
        for happening in happenings(tellings, case.events[0])
        if not _is_picture(happening)
    ]
    return tuple(sorted(entries, key=_order))


def _order(entry: TimelineEntry) -> tuple[str, str, str, str]:
    start, end = entry.when.start, entry.when.end
    first = start or end
    assert first is not None
    far = end.isoformat() if end else ""
    # A longer stretch first: the year before the month before the day.
    inverse = "".join(chr(0x10FF - ord(c)) for c in far)
    return first.isoformat(), inverse, entry.when.value, entry.text


def _entry(
    happening: Happening,
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
) -> TimelineEntry:
    told = [*happening.tellings, *happening.differing]
    sentences = sorted({t.sentence for t in told})
    best = min(
        happening.tellings,
        key=lambda t: (
            _awkwardness(documents[t.sentence.document_id], t, happening.when),
            t.sentence,
        ),
    )
    events = [t.event_id for t in told if t.event_id is not None]
    said = tuple(c.id for s in sentences for c in _inside(claims.get(s.document_id, ()), s))
    return TimelineEntry(
        when=happening.when,
        text=words_of(documents[best.sentence.document_id], best.sentence),
        event_id=max(sorted(set(events)), key=events.count, default=None),
        claim_ids=said,
        passages=tuple(sentences),
        conflicts=tuple(_conflicts(happening)),
        status=happening.status,
    )


def _is_picture(happening: Happening) -> bool:
    """Whether nothing is told but what a picture shows: “Candles outside the hall on Friday”."""
    return all(t.is_caption and not t.kinds for t in happening.tellings)


def _conflicts(happening: Happening) -> Iterable[Dating]:
    """The times that pages give, first the one that stands; nothing where they agree."""
    if not happening.differing:
        return
    own = [t for t in happening.tellings if t.when.value == happening.when.value]
    yield _dating(happening.when, own)
    values = {t.when.value: t.when for t in happening.differing}
    for value in sorted(values):
        yield _dating(values[value], [t for t in happening.differing if t.when.value == value])


def _dating(when: When, tellings: Sequence[Dated]) -> Dating:
    passages = tuple(sorted({t.sentence for t in tellings}))
    return Dating(when, passages, len({p.document_id for p in passages}))


def _inside(claims: Sequence[Claim], sentence: Passage) -> Sequence[Claim]:
    """Of the claims of a document, in the order of the text, those that begin in a sentence."""
    first = bisect_left(claims, sentence.start, key=lambda c: c.passage.start)
    return claims[first : bisect_left(claims, sentence.end, key=lambda c: c.passage.start)]


def _awkwardness(document: Document, telling: Dated, when: When) -> int:
    """How far a sentence is from one that can stand alone and tells just this."""
    sentence = telling.sentence
    n_words = len(words_of(document, sentence).split())
    return (
        abs(n_words - _WORDS)
        + (_CAPTION if telling.is_caption else 0)
        + (0 if telling.is_main_clause else _BY_THE_WAY)
        + (_SAYING if telling.is_saying else 0)
        + (_VAGUER if telling.when.value != when.value else 0)
    )
