"""Whether every time is the interval that its value names, in words that stand where it is said."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from consilience.dates import interval
from consilience.records import DateBasis, Document, Dossier, Passage, When
from consilience.tell.lookup import Lookup
from consilience.tell.verify_words import squeezed
from consilience.ticker import ticker, written_at

# The clocks of the world differ by quarters of an hour, and by no more than this from UTC.
_ZONE_STEP = timedelta(minutes=15)
_ZONE_MAX = timedelta(hours=14)
# When somebody said it stands in the sentence of what is said, within so many characters.
_NEAR_CHARS = 600
# How long before its first hour a part of the day is "early": "early Sunday morning" at one.
_SMALL_HOURS = timedelta(hours=6)


def check_times(dossier: Dossier, book: Lookup) -> Iterator[str]:
    entries = {d.id: ticker(d) for d in dossier.documents}
    for claim in dossier.claims:
        document = book.documents[claim.passage.document_id]
        said = {document.published, *(part.published for part in document.parts)}
        said.add(written_at(entries[document.id], claim.passage.start))
        if claim.as_of is None or claim.as_of in said:
            continue
        near = document.text[max(0, claim.passage.start - _NEAR_CHARS) : claim.passage.end]
        near += document.text[claim.passage.end : claim.passage.end + _NEAR_CHARS]
        is_told = claim.as_of.text is not None and squeezed(claim.as_of.text) in squeezed(near)
        if not is_told or not claim.voices:
            yield f"claim {claim.id}: {document.id} does not say it as of {claim.as_of.value}"
    for where, when, words in _times(dossier, book):
        if not names_its_interval(when):
            yield f"{where}: {when.value} is not the time from {when.start} to {when.end}"
        if words is None or when.text is None:
            continue
        if not any(squeezed(when.text) in squeezed(text) for text in words):
            yield f"{where}: “{when.text}” does not stand where it should"


def _times(dossier: Dossier, book: Lookup) -> Iterator[tuple[str, When, list[str] | None]]:
    """Every time, where it is, and the texts one of which must hold its words."""
    for document in dossier.documents:
        yield from _document_times(document)
    for event in dossier.events:
        if event.when is not None:
            yield f"event {event.id}", event.when, _texts(event.mentions, book)
    for claim in dossier.claims:
        if isinstance(claim.value, When):
            yield f"claim {claim.id}", claim.value, [book.words(claim.passage)]
        if claim.as_of is not None:
            yield f"claim {claim.id} as_of", claim.as_of, None
    for finding in dossier.findings:
        for candidate in finding.candidates:
            claims = [book.claims[c].passage for c in candidate.claim_ids]
            if isinstance(candidate.value, When):
                words = [book.words(passage) for passage in claims]
                yield f"finding {finding.id}", candidate.value, words
    for i, entry in enumerate(dossier.timeline):
        cited = (*entry.passages, *(book.claims[c].passage for c in entry.claim_ids))
        yield f"timeline[{i}]", entry.when, _texts(cited, book)
        for dating in entry.conflicts:
            yield f"timeline[{i}] conflict", dating.when, _texts(dating.passages, book)


def _document_times(document: Document) -> Iterator[tuple[str, When, list[str] | None]]:
    where = f"document {document.id}"
    in_text = [document.text] if document.published_basis is DateBasis.TEXT else None
    if document.published is not None:
        yield f"{where} published", document.published, in_text
    for name, when in (("updated", document.updated), ("retrieved", document.retrieved)):
        if when is not None:
            yield f"{where} {name}", when, None
    for part in document.parts:
        if part.published is not None:
            yield f"{where} {part.kind}", part.published, None


def _texts(passages: Iterable[Passage], book: Lookup) -> list[str]:
    ids = dict.fromkeys(passage.document_id for passage in passages)
    return [book.documents[document_id].text for document_id in ids]


def names_its_interval(when: When) -> bool:
    """Whether the interval is the one its value stands for, in some zone, or a part of it."""
    start, end = interval(when.value)
    if start is None or end is None or when.start is None or when.end is None:
        return (start, end) == (when.start, when.end)
    shift = when.start - start
    is_zone = "T" in when.value and shift % _ZONE_STEP == timedelta(0) and abs(shift) <= _ZONE_MAX
    if (shift == timedelta(0) or is_zone) and when.end - end == shift:
        return True
    # "Mid-October" and "earlier this year" are a part of what the value names.
    is_part = start - _SMALL_HOURS <= when.start < when.end <= end
    return when.mod is not None and is_part
