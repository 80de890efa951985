"""The ledger: what each source says to each question, sources in order of publication."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from consilience.dates import day_value, when_of
from consilience.records import Claim, Document, Dossier, Finding, Passage
from consilience.tell.lookup import Lookup
from consilience.tell.marks import cites
from consilience.tell.phrases import (
    STATUS_WORDS,
    by_weight,
    is_known_to_the_day,
    other_event,
    say_speakers,
    say_value,
)
from consilience.wording import label, say_when

# A table with more columns than these cannot be taken in; then each question lists who answers it.
COLUMNS_MAX = 10
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a source; `speakers` are whose word it is, empty where the outlet's own."""

    value: str
    speakers: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What the sources say to one question: by the id of the document, only those that answer."""

    finding: Finding
    answers: dict[str, tuple[Answer, ...]]


def published_order(documents: Sequence[Document]) -> list[Document]:
    """The documents as they came out, those without a date last."""

    def begun(document: Document) -> datetime:
        when = document.published
        return when.start if when is not None and when.start is not None else NEVER

    return sorted(documents, key=lambda d: (begun(d), d.id))


def ledger(dossier: Dossier, book: Lookup) -> list[Row]:
    """A row for each finding, those on the main event first."""
    return [_row(finding, book) for finding in by_weight(dossier)]


def _row(finding: Finding, book: Lookup) -> Row:
    told: dict[str, dict[tuple[str, str], list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for candidate in finding.candidates:
        value = say_value(candidate.value, book)
        for claim in _in_text_order([book.claims[c] for c in candidate.claim_ids]):
            key = value, say_speakers(claim, book)
            told[claim.passage.document_id][key].append(claim.passage)
    return Row(
        finding,
        {
            document_id: tuple(
                Answer(value, speakers, tuple(dict.fromkeys(passages)))
                for (value, speakers), passages in sorted(
                    answers.items(), key=lambda item: min(item[1])
                )
            )
            for document_id, answers in told.items()
        },
    )


def _in_text_order(claims: Sequence[Claim]) -> list[Claim]:
    return sorted(claims, key=lambda claim: claim.passage)


def shown_ledger(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str], places: Mapping[str, int]
) -> dict[str, Any]:
    """Questions, each with the number of its finding, by sources.

    Where the sources are too many for a column each, a question has its answers in the order of
    their first telling instead, each with the sources that give it, and what one source alone
    answers is left to its finding.
    """
    rows = ledger(dossier, book)
    answering = {document_id for row in rows for document_id in row.answers}
    columns = [d for d in published_order(dossier.documents) if d.id in answering]
    heads = {d.id: _head(d) for d in columns}
    is_table = len(columns) <= COLUMNS_MAX
    shown = rows if is_table else [row for row in rows if len(row.answers) > 1]
    return {
        "is_table": is_table,
        "n_left_out": len(rows) - len(shown),
        "columns": list(heads.values()),
        "rows": [
            {
                "n": places[row.finding.id],
                "question": row.finding.question,
                "about": other_event(row.finding, book),
                "status": row.finding.status,
                "status_words": STATUS_WORDS[row.finding.status],
                "n_sources": len(row.answers),
                "cells": [
                    heads[d.id] | {"answers": _cell(row.answers.get(d.id, ()), ids)}
                    for d in columns
                ]
                if is_table
                else _told(row, heads, ids),
            }
            for row in shown
        ],
    }


def _told(
    row: Row, heads: Mapping[str, dict[str, Any]], ids: Mapping[Passage, str]
) -> list[dict[str, Any]]:
    """The answers of a row in the order of their first telling, each with who gives it."""
    told: dict[tuple[str, str], dict[str, dict[str, list[str]]]] = defaultdict(dict)
    for document_id, head in heads.items():
        for answer in row.answers.get(document_id, ()):
            day = told[answer.value, answer.speakers].setdefault(head["day"], {})
            day.setdefault(head["label"], []).extend(cites(answer.passages, ids))
    return [
        {"value": value, "speakers": speakers, "days": days}
        for (value, speakers), days in told.items()
    ]


def _head(document: Document) -> dict[str, Any]:
    when = document.published
    dated = say_when(when) if when is not None else "date unknown"
    day = dated
    if when is not None and when.start is not None and is_known_to_the_day(when):
        day = say_when(when_of(day_value(when.start)))
    return {"id": f"d-{document.id}", "label": label(document), "dated": dated, "day": day}


def _cell(answers: Sequence[Answer], ids: Mapping[Passage, str]) -> list[dict[str, Any]]:
    return [
        {
            "value": answer.value,
            "speakers": answer.speakers,
            "cites": cites(answer.passages, ids),
        }
        for answer in answers
    ]
