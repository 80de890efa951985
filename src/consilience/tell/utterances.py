"""Utterances that several pages tell: their versions, who is named for them, how they stray."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from consilience.records import (
    Document,
    Drift,
    Entity,
    Quotation,
    Utterance,
    content_id,
)
from consilience.tell.drift import drift_between, version


def utterances(
    quotations: Sequence[Quotation], documents: Sequence[Document], entities: Sequence[Entity]
) -> tuple[Utterance, ...]:
    """All that two pages or more tell of, in the order of their first quotation.

    Of each way of straying the two versions that show it first.
    """
    by_id = {document.id: document for document in documents}
    known = {entity.id: entity for entity in entities}
    return tuple(_utterance(group, quotations, by_id, known) for group in _groups(quotations))


def _groups(quotations: Sequence[Quotation]) -> Iterator[list[int]]:
    """Quotations that are versions of one, or of a third."""
    seen: set[int] = set()
    for i in range(len(quotations)):
        todo, group = [i], []
        while todo:
            n = todo.pop()
            if n not in seen:
                seen.add(n)
                group.append(n)
                todo += quotations[n].same_as
        if len(group) > 1:
            yield sorted(group)


def _utterance(
    group: Sequence[int],
    quotations: Sequence[Quotation],
    documents: Mapping[str, Document],
    entities: Mapping[str, Entity],
) -> Utterance:
    passages = [quotations[n].passage for n in group]
    told = {
        n: version(n, quotations[n], documents[passage.document_id])
        for n, passage in zip(group, passages, strict=True)
    }
    drift: dict[str, Drift] = {}
    for n in group:
        for m in (m for m in quotations[n].same_as if n < m):
            for found in drift_between(told[n], told[m], entities):
                drift.setdefault(found.kind, found)
    speakers = {quotations[n].speaker_id for n in group}
    return Utterance(
        id=content_id("utterance", *(repr(passage) for passage in passages)),
        versions=tuple(group),
        speakers=tuple(sorted(s for s in speakers if s is not None)),
        first=_first(group, quotations, documents),
        drift=tuple(drift[kind] for kind in sorted(drift)),
    )


def _first(
    group: Sequence[int], quotations: Sequence[Quotation], documents: Mapping[str, Document]
) -> int | None:
    """The version whose page was published before those of all others."""
    begun: list[tuple[datetime, datetime, int]] = []
    for n in group:
        published = documents[quotations[n].passage.document_id].published
        if published is None or published.start is None or published.end is None:
            return None
        begun.append((published.end, published.start, n))
    end, _, first = min(begun)
    return first if all(end <= start for _, start, n in begun if n != first) else None
