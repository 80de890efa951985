"""People as a page shows them: names, offices with who gives them, and what each said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from consilience.lookalikes import doubts
from consilience.records import Dossier, Finding, Passage, Quotation
from consilience.tell.lookup import Lookup
from consilience.tell.marks import cites
from consilience.tell.phrases import (
    STATUS_WORDS,
    listed,
    manner,
    quoted,
    say_known,
    say_value,
    say_voices,
    speakers,
)
from consilience.wording import label, say_when


def shown_people(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]
) -> list[dict[str, Any]]:
    about: dict[str, list[Finding]] = defaultdict(list)
    for finding in dossier.findings:
        about[finding.subject_id].append(finding)
    doubtful = doubts({entity.id: entity.names for entity in dossier.entities})
    return [
        {
            "id": f"e-{entity.id}",
            "entity_id": entity.id,
            "name": entity.name,
            "doubt": doubtful.get(entity.id),
            "others": [name for name in entity.names if name != entity.name],
            "facts": [_fact(f, book, ids) for f in about[entity.id]],
            "known": listed([say_known(match) for match in entity.known]),
            "said": [_utterance(versions, book, ids) for versions in utterances],
            "is_told": bool(utterances or about[entity.id] or entity.known),
        }
        for entity, utterances in speakers(dossier)
    ]


def _fact(finding: Finding, book: Lookup, ids: Mapping[Passage, str]) -> dict[str, Any]:
    """An office, an age or whatever else is answered of a person, with who gives it."""
    return {
        "slot": finding.slot,
        "status": finding.status,
        "status_words": STATUS_WORDS[finding.status],
        "answers": [
            {
                "value": say_value(candidate.value, book),
                "voices": say_voices(candidate, book),
                "cites": cites((book.claims[c].passage for c in candidate.claim_ids), ids),
            }
            for candidate in finding.candidates
        ],
    }


def _utterance(
    versions: Sequence[Quotation], book: Lookup, ids: Mapping[Passage, str]
) -> list[dict[str, Any]]:
    """The versions of an utterance, those in the same words as one with all who have them."""
    told: dict[tuple[str, bool, str], list[Quotation]] = defaultdict(list)
    for quotation in versions:
        told[quoted(quotation, book), quotation.direct, manner(quotation)].append(quotation)
    return [
        {
            "words": words,
            "direct": direct,
            "manner": how,
            "sources": listed(list(dict.fromkeys(_source(q, book) for q in quotations))),
            "cites": cites((q.passage for q in quotations), ids),
        }
        for (words, direct, how), quotations in told.items()
    ]


def _source(quotation: Quotation, book: Lookup) -> str:
    document = book.documents[quotation.passage.document_id]
    dated = f", {say_when(document.published)}" if document.published is not None else ""
    return f"{label(document)}{dated}"
