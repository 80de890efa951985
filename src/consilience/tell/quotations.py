"""Who said what: the quotations of a case, versions of one utterance joined."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from consilience.records import Attribution, Case, Document, Passage, Quotation, Reading
from consilience.tell.sentences import Told

# Two sayings of one speaker are one utterance above this likeness; of unknown speakers, above
# the second. By eye on the bundled example; see evaluation/LOG.md.
_SAME_SPEAKER_MIN = 0.62
_ANY_SPEAKER_MIN = 0.8


def quotations(case: Case) -> tuple[Quotation, ...]:
    """All attributed words, in the order of documents and text; `same_as` is symmetric."""
    found: list[tuple[Quotation, tuple[Told, ...]]] = []
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        for attribution in reading.attributions:
            found += [
                (quotation, _told(reading, quotation.passage))
                for quotation in _quotations(document, attribution, case.entity_ids)
            ]
    found.sort(key=lambda f: (f[0].passage, not f[0].direct))
    unique = [f for i, f in enumerate(found) if i == 0 or f[0].passage != found[i - 1][0].passage]
    return _joined(unique)


def _quotations(
    document: Document, attribution: Attribution, entity_ids: Mapping[tuple[str, str], str]
) -> list[Quotation]:
    speaker = None
    if attribution.speaker_id is not None:
        speaker = entity_ids.get((document.id, attribution.speaker_id))
    if not attribution.direct and speaker is None and not attribution.source:
        return []
    cue = attribution.cue[0] if attribution.cue else None
    return [
        Quotation(passage, speaker, cue, attribution.direct)
        for passage in attribution.content
        if re.search(r"\w", document.text[passage.start : passage.end])
    ]


def _told(reading: Reading, passage: Passage) -> tuple[Told, ...]:
    """The sentences that a quotation reaches into, with their vectors."""
    first = bisect_right(reading.sentences, passage.start, key=lambda s: s.end)
    reached = []
    for sentence, vector in zip(reading.sentences[first:], reading.vectors[first:], strict=False):
        if sentence.start >= passage.end:
            break
        reached.append(Told(sentence, vector))
    return tuple(reached)


def _likeness(a: Sequence[Told], b: Sequence[Told]) -> float:
    """That of the two sentences most alike: translations of one speech are cut differently."""
    return max((x.likeness(y) for x in a for y in b), default=0.0)


def _joined(found: Sequence[tuple[Quotation, tuple[Told, ...]]]) -> tuple[Quotation, ...]:
    same: list[list[int]] = [[] for _ in found]
    for i, (a, told_a) in enumerate(found):
        for j in range(i + 1, len(found)):
            b, told_b = found[j]
            if _may_be_one(a, b) and _likeness(told_a, told_b) >= _least(a, b):
                same[i].append(j)
                same[j].append(i)
    return tuple(replace(q, same_as=tuple(s)) for (q, _), s in zip(found, same, strict=True))


def _may_be_one(a: Quotation, b: Quotation) -> bool:
    return (
        a.direct
        and b.direct
        and a.passage.document_id != b.passage.document_id
        and (a.speaker_id is None or b.speaker_id is None or a.speaker_id == b.speaker_id)
    )


def _least(a: Quotation, b: Quotation) -> float:
    is_known = a.speaker_id is not None and a.speaker_id == b.speaker_id
    return _SAME_SPEAKER_MIN if is_known else _ANY_SPEAKER_MIN


def words_between_marks(text: str, passage: Passage) -> str:
    """The words of a direct quotation without marks that stand inside the passage's edges."""
    return re.sub(r"\s+", " ", text[passage.start : passage.end]).strip(" \"“”‘’'«»")
