"""Who said what: the quotations of a case, versions of one utterance joined."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.lexicon import load_words
from consilience.records import Attribution, Case, Document, Passage, Quotation, Reading
from consilience.tell.sentences import Told

# Two sayings are versions of one when their sentences are this alike and share this part of
# their telling words, at least two. By eye on the bundled example; see evaluation/LOG.md.
_ALIKE_MIN = 0.45
# Fewer words in somebody's mouth without marks are a scrap of a sentence ("threats").
_INDIRECT_WORDS_MIN = 3
# A longer stretch in one mouth is a speech or a whole page, no utterance.
_MAX_CHARS = 600
_SHARED_MIN = 0.5
_SHARED_WORDS_MIN = 2
# Letters that stand for a word: "hasty" and "hastily", "decision" and "decisions" are one.
_STEM_LETTERS = 4

# How far outside a direct quotation its marks may stand: past one blank.
_MARK_REACH = 2
_QUOTATION_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›`´「」『』")


def quotations(case: Case) -> tuple[Quotation, ...]:
    """All attributed words, in the order of documents and text; `same_as` is symmetric."""
    found: list[tuple[Quotation, tuple[_Saying, ...]]] = []
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        for attribution in reading.attributions:
            found += [
                (quotation, _sayings(document, reading, quotation.passage))
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


@dataclass(frozen=True, slots=True)
class _Saying:
    """One sentence of a quotation: its vector and the stems of its telling words."""

    told: Told
    stems: frozenset[str]


def _sayings(document: Document, reading: Reading, passage: Passage) -> tuple[_Saying, ...]:
    """The sentences that a quotation reaches into, each cut to the quoted words."""
    first = bisect_right(reading.sentences, passage.start, key=lambda s: s.end)
    reached = []
    for sentence, vector in zip(reading.sentences[first:], reading.vectors[first:], strict=False):
        if sentence.start >= passage.end:
            break
        start, end = max(sentence.start, passage.start), min(sentence.end, passage.end)
        words = re.findall(r"\w+", document.text[start:end].casefold())
        stems = frozenset(w[:_STEM_LETTERS] for w in words if len(w) >= _STEM_LETTERS)
        reached.append(_Saying(Told(sentence, vector), stems - load_words("stop_stems")))
    return tuple(reached)


def _is_version(a: _Saying, b: _Saying) -> bool:
    shared = len(a.stems & b.stems)
    return (
        shared >= max(_SHARED_WORDS_MIN, _SHARED_MIN * min(len(a.stems), len(b.stems)))
        and a.told.likeness(b.told) >= _ALIKE_MIN
    )


def _joined(found: Sequence[tuple[Quotation, tuple[_Saying, ...]]]) -> tuple[Quotation, ...]:
    same: list[list[int]] = [[] for _ in found]
    for i, (a, said_a) in enumerate(found):
        for j in range(i + 1, len(found)):
            b, said_b = found[j]
            if _may_be_one(a, b) and any(_is_version(x, y) for x in said_a for y in said_b):
                same[i].append(j)
                same[j].append(i)
    return tuple(replace(q, same_as=tuple(s)) for (q, _), s in zip(found, same, strict=True))


def _may_be_one(a: Quotation, b: Quotation) -> bool:
    return (
        a.direct
        and b.direct
        and max(_length(a), _length(b)) <= _MAX_CHARS
        and a.passage.document_id != b.passage.document_id
        and (a.speaker_id is None or b.speaker_id is None or a.speaker_id == b.speaker_id)
    )


def _length(quotation: Quotation) -> int:
    return quotation.passage.end - quotation.passage.start


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
