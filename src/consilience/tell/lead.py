"""The one sentence of the documents that says best what happened."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from consilience.lexicon import load_table
from consilience.records import Document, Factuality, PartKind, Passage, Sentence
from consilience.tell.material import Material, said, within
from consilience.tell.sentences import OPENING_MARKS, Told, can_stand_alone, quoted, words_of
from consilience.wording import label

_LEAD_SENTENCES = 8
# A lead that tells what the event was outweighs one that gives a figure beside it. By eye.
_OWN_KIND = 3
# What a lead tells of.
_LEADING = frozenset({"killed", "injured", "when", "where"})
# The first sentence of a page is written to tell what happened; a very short one rarely does.
_FIRST = 2
_SHORT_WORDS = 12
# Two documents tell the same in two sentences of this likeness.
_SAME_NEWS_MIN = 0.6


def lead(known: Material) -> Sentence | None:
    """The one sentence that tells the most of what the documents share."""
    told = {d.id: _told(known, d) for d in known.case.documents}
    first = [
        sentence
        for document in known.case.documents
        for sentence in told[document.id][:_LEAD_SENTENCES]
        if can_stand_alone(document, sentence.sentence)
        and said(known, sentence.sentence)[0] not in OPENING_MARKS
    ]
    own = _of_main_kind(known)
    pages = _pages(known)
    openings = {sentences[0].sentence for sentences in told.values() if sentences}
    scored = [
        (
            _leading(known, pages[one.sentence.document_id], one.sentence)
            + n_alike
            + _OWN_KIND * (one.sentence in own)
            + _FIRST * (one.sentence in openings)
            - _FIRST * (len(said(known, one.sentence).split()) < _SHORT_WORDS),
            one.sentence,
        )
        for one, n_alike in zip(first, _count_alike(first, told), strict=True)
    ]
    if not scored:
        return None
    _, best = max(scored, key=lambda s: (s[0], s[1].document_id, -s[1].start))
    return _cited(known, best)


def _told(known: Material, document: Document) -> list[Told]:
    """The body sentences of a document with their vectors."""
    reading = known.case.readings.get(document.id)
    if reading is None or document.language not in known.languages:
        return []
    body = [p.passage for p in document.parts if p.kind is PartKind.BODY]
    return [
        Told(sentence, vector)
        for sentence, vector in zip(reading.sentences, reading.vectors, strict=False)
        if any(p.start <= sentence.start < p.end for p in body)
    ]


def _count_alike(some: Sequence[Told], told: Mapping[str, Sequence[Told]]) -> list[int]:
    """For each of some sentences, how many other documents tell the like."""
    if not some:
        return []
    vectors = np.array([one.vector for one in some])  # (S, D)
    owners = np.array([one.sentence.document_id for one in some])
    counts = np.zeros(len(some), dtype=int)
    for document_id, sentences in told.items():
        if sentences:
            others = np.array([one.vector for one in sentences])  # (T, D)
            alike = (vectors @ others.T >= _SAME_NEWS_MIN).any(axis=1)
            counts += alike & (owners != document_id)
    return [int(n) for n in counts]


def _of_main_kind(known: Material) -> set[Passage]:
    """The sentences that tell of the main event by what it was: an election by who won."""
    kinds = load_table("event_kinds")
    predicates = {
        p.predicate
        for reading in known.case.readings.values()
        for p in reading.propositions
        if known.case.event_by_proposition.get(p.id) == known.main.id
        and kinds.get(p.lemma) == known.main.kind
        and p.factuality is Factuality.HAPPENED
    }
    found = set()
    for predicate in sorted(predicates):
        sentences = known.case.readings[predicate.document_id].sentences
        k = bisect_right(sentences, predicate.start, key=lambda s: s.start) - 1
        if k >= 0 and predicate.end <= sentences[k].end:
            found.add(sentences[k])
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """What a document says on the main event, by slot, and where it names somebody or a place."""

    answers: list[tuple[Passage, str]] = field(default_factory=list)
    names: list[tuple[Passage, str]] = field(default_factory=list)


def _pages(known: Material) -> Mapping[str, _Page]:
    pages = {document_id: _Page() for document_id in known.documents}
    for claim in known.claims.values():
        if claim.subject_id == known.main.id and claim.slot in _LEADING:
            pages[claim.passage.document_id].answers.append((claim.passage, claim.slot))
    for entity in known.case.entities:
        for mention in entity.mentions:
            if said(known, mention) in entity.names:
                pages[mention.document_id].names.append((mention, entity.id))
    return pages


def _leading(known: Material, page: _Page, sentence: Passage) -> float:
    """How much a sentence tells, and how plainly."""
    slots = {slot for passage, slot in page.answers if within(passage, sentence)}
    n_names = len({entity_id for passage, entity_id in page.names if within(passage, sentence)})
    n_words = len(words_of(known.documents[sentence.document_id], sentence).split())
    is_sourced = known.documents[sentence.document_id].source is not None
    is_first = known.roots.get(sentence.document_id) == sentence.document_id
    return 2 * len(slots) + min(n_names, 4) / 2 + is_sourced + is_first - n_words / 40


def _cited(known: Material, passage: Passage) -> Sentence:
    document = known.documents[passage.document_id]
    return Sentence(f"{label(document)} reports: {quoted(words_of(document, passage))}", (passage,))
