"""Who said what: the quotations of a case, versions of one utterance joined."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from consilience.lexicon import load_words
from consilience.records import Attribution, Case, Document, Passage, Quotation, Reading
from consilience.tell.sayings import STEM_LETTERS, Saying, same_utterances

# Fewer words in somebody's mouth without marks are a scrap of a sentence ("threats").
_INDIRECT_WORDS_MIN = 3
# A longer stretch in one mouth is a speech or a whole page, no utterance.
_MAX_CHARS = 600
# So many sentences show half of what a case is about.
_FEW = 10
# How far outside a direct quotation its marks may stand: past one blank.
_MARK_REACH = 2
_QUOTATION_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›`´「」『』")


def quotations(case: Case) -> tuple[Quotation, ...]:
    """All attributed words, in the order of documents and text; `same_as` is symmetric."""
    found: list[Quotation] = []
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is not None:
            for attribution in reading.attributions:
                found += _quotations(document, attribution, case.entity_ids)
    found.sort(key=lambda q: (q.passage, not q.direct))
    unique = [q for i, q in enumerate(found) if i == 0 or q.passage != found[i - 1].passage]
    return _joined(case, unique)


def _quotations(
    document: Document, attribution: Attribution, entity_ids: Mapping[tuple[str, str], str]
) -> list[Quotation]:
    speaker = None
    if attribution.speaker_id is not None:
        speaker = entity_ids.get((document.id, attribution.speaker_id))
    if not attribution.direct and speaker is None and not attribution.source:
        return []
    least = 1 if attribution.direct else _INDIRECT_WORDS_MIN
    cue = attribution.cue[0] if attribution.cue else None
    return [
        Quotation(
            passage,
            speaker,
            cue,
            # Words are direct where marks prove it; one that is lost leaves them reported.
            direct=attribution.direct and is_marked(passage, document),
            stance=attribution.stance,
        )
        for passage in attribution.content
        if len(re.findall(r"\w+", document.text[passage.start : passage.end])) >= least
    ]


def _sayings(
    n: int, quotation: Quotation, document: Document, reading: Reading
) -> Iterator[Saying]:
    """The sentences that the n-th quotation reaches into, each cut to the quoted words."""
    passage = quotation.passage
    published = document.published.start if document.published is not None else None
    day = published.toordinal() if published is not None else None
    abroad = (u.language for u in document.unread if _holds(u.passage, passage) and u.language)
    language = next(abroad, document.language)
    first = bisect_right(reading.sentences, passage.start, key=lambda s: s.end)
    for sentence, vector in zip(reading.sentences[first:], reading.vectors[first:], strict=False):
        if sentence.start >= passage.end:
            break
        start, end = max(sentence.start, passage.start), min(sentence.end, passage.end)
        words = tuple(re.findall(r"\w+", document.text[start:end].casefold()))
        stems = frozenset(w[:STEM_LETTERS] for w in words if len(w) >= STEM_LETTERS)
        yield Saying(
            quotation=n,
            document_id=document.id,
            day=day,
            language=language,
            speaker=quotation.speaker_id,
            place=start,
            is_direct=quotation.direct,
            vector=vector,
            cover=(end - start) / (sentence.end - sentence.start),
            words=words,
            stems=stems - load_words("stop_stems"),
        )


def _theme(case: Case) -> NDArray[np.float64]:
    """The mean of all vectors; less of it where few sentences show what is only their theme."""
    found = [case.readings[d.id].vectors for d in case.documents if d.id in case.readings]
    vectors = np.array([vector for page in found for vector in page if vector])
    if not len(vectors):
        return np.zeros(1)
    # Rounded, so that the order of a sum decides nothing.
    theme: NDArray[np.float64] = np.round(vectors.sum(axis=0) / (len(vectors) + _FEW), 6)
    return theme


def _holds(outer: Passage, inner: Passage) -> bool:
    return outer.start <= inner.start < outer.end


def _joined(case: Case, found: Sequence[Quotation]) -> tuple[Quotation, ...]:
    documents = {document.id: document for document in case.documents}
    sayings: list[Saying] = []
    for n, quotation in enumerate(found):
        document_id = quotation.passage.document_id
        # A longer stretch in one mouth is a speech or a whole page, no utterance.
        if quotation.passage.end - quotation.passage.start <= _MAX_CHARS:
            reading = case.readings[document_id]
            sayings += _sayings(n, quotation, documents[document_id], reading)
    same: list[set[int]] = [set() for _ in found]
    for i, j in same_utterances(sayings, _theme(case)):
        same[i].add(j)
        same[j].add(i)
    return tuple(replace(q, same_as=tuple(sorted(s))) for q, s in zip(found, same, strict=True))


def is_marked(passage: Passage, document: Document) -> bool:
    """Whether marks stand at both ends, or a quoted or comment part holds the words."""
    start, end = passage.start, passage.end
    for part in document.parts:
        if part.kind in {"quoted", "comment"} and part.passage.start <= start < part.passage.end:
            return True
    before = document.text[max(0, start - _MARK_REACH) : start]
    opening = before.rstrip(" ")[-1:] + document.text[start]
    after = document.text[end : end + _MARK_REACH]
    closing = document.text[end - 1] + after.lstrip(" ")[:1]
    # A long quotation's paragraphs open with a mark and need not close; nor does a text cut short.
    is_closed = not _QUOTATION_MARKS.isdisjoint(closing) or not after.strip() or after[0] == "\n"
    return not _QUOTATION_MARKS.isdisjoint(opening) and is_closed


def words_between_marks(text: str, passage: Passage) -> str:
    """The words of a direct quotation without marks that stand inside the passage's edges."""
    return re.sub(r"\s+", " ", text[passage.start : passage.end]).strip(" \"“”‘’'«»")
