"""Who said what: the quotations of a case, versions of one utterance joined."""

import re
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
    found: list[tuple[Quotation, Told]] = []
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


def _told(reading: Reading, passage: Passage) -> Told:
    for i, sentence in enumerate(reading.sentences):
        if sentence.start <= passage.start < sentence.end and reading.vectors:
            return Told(passage, reading.vectors[i])
    return Told(passage, ())


def _joined(found: Sequence[tuple[Quotation, Told]]) -> tuple[Quotation, ...]:
    same: list[list[int]] = [[] for _ in found]
    for i, (a, told_a) in enumerate(found):
        for j in range(i + 1, len(found)):
            b, told_b = found[j]
            if a.passage.document_id == b.passage.document_id:
                continue
            if a.speaker_id and b.speaker_id and a.speaker_id != b.speaker_id:
                continue
            known = a.speaker_id is not None and a.speaker_id == b.speaker_id
            least = _SAME_SPEAKER_MIN if known else _ANY_SPEAKER_MIN
            if told_a.likeness(told_b) >= least:
                same[i].append(j)
                same[j].append(i)
    return tuple(replace(q, same_as=tuple(s)) for (q, _), s in zip(found, same, strict=True))


def words_between_marks(text: str, passage: Passage) -> str:
    """The words of a direct quotation without marks that stand inside the passage's edges."""
    return re.sub(r"\s+", " ", text[passage.start : passage.end]).strip(" \"“”‘’'«»")
