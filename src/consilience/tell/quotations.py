"""Who said what: the quotations of a case, versions of one utterance joined."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from consilience.lexicon import load_words
from consilience.records import Attribution, Case, Document, Passage, Quotation, Reading, Stance
from consilience.tell.material import beginning_in
from consilience.tell.sayings import STEM_LETTERS, Saying, same_utterances

# Fewer words in somebody's mouth without marks are a scrap of a sentence ("threats").
_INDIRECT_WORDS_MIN = 3
# A longer stretch in one mouth is a speech or a whole page, no utterance.
_MAX_CHARS = 600
# So many sentences show half of what a case is about.
_FEW = 10
# Languages of which verbs are told; a short page has none that could be told.
_READ = frozenset({"en", "und"})
# Without a verb of its own so few words are a scrap of a sentence too.
_FRAGMENT_WORDS_MAX = 7
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|will|would|can|could|may|might|must|shall|should"
    r"|did|does|do|to|that|whether|if|how|why)\b|['’](?:s|re|ve|ll|d|m)\b|n['’]t\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^(?:my|your|his|her|its|our|their)\b|['’]s?$", re.IGNORECASE)
# "Did not say whether": nothing was said.
_NEGATED = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
# Words of one mouth lie within no more than so many others.
_OUTER_MOST = 8
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
                found += [
                    quotation
                    for quotation in _quotations(document, attribution, case.entity_ids)
                    if quotation.direct or _is_statement(quotation, document, reading)
                ]
    found.sort(key=lambda q: (q.passage.document_id, q.passage.start, -q.passage.end, not q.direct))
    unique = [q for i, q in enumerate(found) if i == 0 or q.passage != found[i - 1].passage]
    told = [q for i, q in enumerate(unique) if not _is_part_of_one(i, unique)]
    return _joined(case, sorted(told, key=lambda q: (q.passage, not q.direct)))


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


def _is_statement(quotation: Quotation, document: Document, reading: Reading) -> bool:
    """Whether words told without marks say something: no "his car keys", nor what is not known."""
    passage, text = quotation.passage, document.text
    if quotation.stance is Stance.ASKS and quotation.cue is not None:
        cue = text[quotation.cue.start : quotation.cue.end]
        if _NEGATED.search(cue) is not None:
            return False
    if document.language not in _READ:
        return True
    words = text[passage.start : passage.end]
    if len(words.split()) > _FRAGMENT_WORDS_MAX or _CLAUSE.search(words) is not None:
        return True
    return any(
        passage.start <= argument.passage.start < argument.passage.end <= p.predicate.start
        and _POSSESSIVE.search(text[argument.passage.start : argument.passage.end]) is None
        for p in beginning_in(reading.propositions, lambda p: p.predicate, passage)
        for argument in p.arguments
    )


def _is_part_of_one(i: int, quotations: Sequence[Quotation]) -> bool:
    """Whether words told without marks lie within others so told of the same mouth.

    The quotations lie in the order of the text, the longer before the shorter.
    """
    quotation = quotations[i]
    if quotation.direct:
        return False
    for other in reversed(quotations[max(0, i - _OUTER_MOST) : i]):
        is_around = other.passage.end >= quotation.passage.end and _holds(
            other.passage, quotation.passage
        )
        if is_around and not other.direct and other.speaker_id == quotation.speaker_id:
            return other.passage.document_id == quotation.passage.document_id
    return False


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
