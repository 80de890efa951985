"""What is asked of a case from outside, as plain JSON: each answer with its passages and words.

Whatever stands under `words`, `said`, `text` or a name was written by somebody outside.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience.check import Checked, check
from consilience.decisions import in_force
from consilience.errors import InputError
from consilience.lookalikes import doubts
from consilience.places import Place
from consilience.read import Reader, reader_version
from consilience.records import (
    Candidate,
    Claim,
    Decision,
    Document,
    Dossier,
    Finding,
    Kind,
    Passage,
    Reading,
    Status,
)
from consilience.shapes import JsonObject
from consilience.store import is_kept, open_store
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import by_weight, say_value, say_voices
from consilience.wording import fold, label, say_when

LIMIT_MAX = 100
_WORD = re.compile(r"\w+")
# How much a sentence's own length counts against it (BM25's b and k1 as usual).
_LENGTH, _REPEATS = 0.75, 1.2


@dataclass(frozen=True, slots=True)
class Asked:
    """A kept case, opened for reading: its last dossier and the readings of its documents.

    `decisions` are those made until now, of which the last account may not tell yet.
    """

    dossier: Dossier
    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]
    decisions: tuple[Decision, ...]
    path: Place


def open_case(path: Place) -> Asked:
    """The case as it was told last.

    Raises:
        InputError: there is no such case, or no account was told of it yet.
    """
    if not is_kept(path):
        raise InputError(f"{path}: no such case; name a kept one")
    store = open_store(path)
    try:
        with store.snapshot():
            dossier = store.last_dossier()
            documents, readings = store.documents(), store.readings(reader_version())
            decisions = store.decisions()
    finally:
        store.close()
    if dossier is None:
        raise InputError(f'{path}: no account was told of it yet; run "consilience account"')
    return Asked(dossier, documents, readings, decisions, path)


def account(dossier: Dossier) -> JsonObject:
    book = lookup(dossier)
    return {
        "title": dossier.title,
        "sentences": [
            {
                "text": s.text,
                "passages": passages_to_json(s.passages, book),
                "findings": [*s.finding_ids],
            }
            for s in dossier.account
        ],
        "missing": [m.text for m in dossier.missing],
        "n_documents": len(dossier.documents),
        "n_origins": len(dossier.origins),
    }


def findings(dossier: Dossier, slot: str | None = None, status: str | None = None) -> JsonObject:
    """The findings, weightiest first, of one slot or status where that is given.

    Raises:
        InputError: there is no such status.
    """
    if status is not None and status not in [*Status]:
        raise InputError(f"{status}: no status; give one of {', '.join(Status)}")
    book = lookup(dossier)
    return {
        "findings": [
            _finding(f, book)
            for f in by_weight(dossier)
            if slot in (None, f.slot) and status in (None, f.status)
        ]
    }


def timeline(dossier: Dossier) -> JsonObject:
    book = lookup(dossier)
    return {
        "timeline": [
            {
                "when": say_when(t.when) if t.placed is None else None,
                "value": t.when.value if t.placed is None else None,
                "status": t.status,
                "text": t.text,
                "passages": passages_to_json(t.passages, book),
            }
            for t in dossier.timeline
        ]
    }


def people(dossier: Dossier) -> JsonObject:
    """Persons and bodies: names, offices, and what they said in their own words."""
    book = lookup(dossier)
    offices: dict[str, list[str]] = {}
    doubtful = doubts({entity.id: entity.names for entity in dossier.entities})
    for finding in dossier.findings:
        if finding.slot == "title":
            held = [say_value(c.value, book) for c in finding.candidates]
            offices[finding.subject_id] = held
    return {
        "people": [
            {
                "id": e.id,
                "kind": e.kind,
                "name": e.name,
                "names": [*e.names],
                "doubt": doubtful.get(e.id),
                "offices": offices.get(e.id, []),
                "n_mentions": len(e.mentions),
                "quotations": passages_to_json(
                    [q.passage for q in dossier.quotations if q.speaker_id == e.id and q.direct],
                    book,
                ),
            }
            for e in sorted(dossier.entities, key=lambda e: (-len(e.mentions), e.name, e.id))
            if e.kind in (Kind.PERSON, Kind.ORGANIZATION)
        ]
    }


def passages(case: Asked, query: str, limit: int = 10) -> JsonObject:
    """The sentences of the documents that answer a query best, by its words (BM25).

    Raises:
        InputError: the query has no words, or the limit is not from 1 to `LIMIT_MAX`.
    """
    wanted = _WORD.findall(fold(query))
    if not wanted:
        raise InputError("the query has no words; give some")
    if not 1 <= limit <= LIMIT_MAX:
        raise InputError(f"{limit}: give a limit from 1 to {LIMIT_MAX}")
    book = lookup(case.dossier)
    sentences = [s for r in case.readings if r.document_id in book.documents for s in r.sentences]
    bags = [Counter(_WORD.findall(fold(book.words(s)))) for s in sentences]
    mean = sum(bag.total() for bag in bags) / max(1, len(bags))
    rare = {
        word: math.log(1 + (len(bags) - n + 0.5) / (n + 0.5))
        for word in set(wanted)
        for n in [sum(word in bag for bag in bags)]
    }

    def score(bag: Counter[str]) -> float:
        long = _REPEATS * (1 - _LENGTH + _LENGTH * bag.total() / max(1.0, mean))
        return sum(rare[w] * bag[w] * (_REPEATS + 1) / (bag[w] + long) for w in wanted if bag[w])

    ranked = sorted(zip(map(score, bags), sentences, strict=True), key=lambda r: (-r[0], r[1]))
    return {"passages": passages_to_json([s for value, s in ranked[:limit] if value > 0], book)}


def checked(case: Asked, statement: str, reader: Reader) -> JsonObject:
    """A statement held against the case.

    Raises:
        InputError: the statement has no words or is too long.
    """
    decisions = in_force(case.decisions)
    found = check(statement, reader, case.documents, case.readings, decisions)
    return checked_to_json(found, lookup(case.dossier))


def checked_to_json(found: Checked, book: Lookup) -> JsonObject:
    return {
        "statement": found.statement,
        "standing": found.standing,
        "points": [
            {
                "said": p.said,
                "standing": p.standing,
                "why": p.why,
                "voices": [*p.voices],
                "passages": passages_to_json(p.passages, book),
                "against": passages_to_json(p.against, book),
            }
            for p in found.points
        ],
    }


def _finding(finding: Finding, book: Lookup) -> JsonObject:
    return {
        "id": finding.id,
        "about": book.name(finding.subject_id),
        "slot": finding.slot,
        "question": finding.question,
        "status": finding.status,
        "candidates": [_candidate(c, book) for c in finding.candidates],
        "relations": [
            {"a": r.a, "b": r.b, "relation": r.kind, "why": r.why} for r in finding.relations
        ],
        "locked_by": finding.locked_by,
    }


def _candidate(candidate: Candidate, book: Lookup) -> JsonObject:
    claims: list[Claim] = [book.claims[c] for c in candidate.claim_ids]
    return {
        "said": say_value(candidate.value, book),
        "voices": say_voices(candidate, book),
        "n_documents": candidate.n_documents,
        "n_origins": candidate.n_origins,
        "belief": candidate.belief,
        "passages": passages_to_json(sorted({c.passage for c in claims}), book),
    }


def claims_to_json(claims: Sequence[Claim], book: Lookup) -> list[JsonObject]:
    """Each with the finding that it is an answer of; without its passage."""
    finding_of = {
        claim_id: finding.id
        for finding in book.findings.values()
        for candidate in finding.candidates
        for claim_id in candidate.claim_ids
    }
    return [
        {
            "id": c.id,
            "about": book.name(c.subject_id),
            "slot": c.slot,
            "said": say_value(c.value, book),
            "voices": [voice.name for voice in c.voices if voice.name],
            "factuality": c.factuality,
            "polarity": c.polarity,
            "finding": finding_of.get(c.id),
        }
        for c in claims
    ]


def passages_to_json(found: Sequence[Passage], book: Lookup) -> list[JsonObject]:
    """Each with its words and the outlet they stand in."""
    return [*_each(found, book)]


def _each(found: Sequence[Passage], book: Lookup) -> Iterator[JsonObject]:
    for passage in found:
        yield {
            "document": passage.document_id,
            "source": label(book.documents[passage.document_id]),
            "start": passage.start,
            "end": passage.end,
            "words": book.words(passage),
        }
