"""What the formats share: the words of a passage, of a value, of a time, and ids they accept."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from consilience.records import (
    Document,
    Dossier,
    EntityRef,
    Passage,
    Quantity,
    Text,
    Truth,
    Value,
    When,
    content_id,
)
from consilience.wording import say_quantity, say_when


class Words:
    """A dossier by id, with the words that its records stand for."""

    def __init__(self, dossier: Dossier) -> None:
        self.documents: Mapping[str, Document] = {d.id: d for d in dossier.documents}
        self.names: Mapping[str, str] = {
            **{e.id: e.name for e in dossier.entities},
            **{v.id: v.name for v in dossier.events},
        }

    def of(self, passage: Passage) -> str:
        return self.documents[passage.document_id].text[passage.start : passage.end]

    def value(self, value: Value) -> str:
        match value:
            case Quantity(unit=unit):
                return f"{say_quantity(value)} {unit}" if unit else say_quantity(value)
            case When():
                return say_when(value)
            case EntityRef(entity_id):
                return self.names[entity_id]
            case Text(text):
                return text
            case Truth(holds):
                return "yes" if holds else "no"


def plain_id(kind: str, record_id: str) -> str:
    """An id of letters, digits and hyphens for a record whose id may be anything.

    >>> plain_id("document", "https://press.example/1").startswith("document-")
    True
    """
    is_ours = record_id.startswith(f"{kind}-") and record_id.replace("-", "").isalnum()
    return record_id if is_ours and record_id.isascii() else content_id(kind, record_id)


def iso(when: When | None, *, end: bool = False) -> str | None:
    """The day on which a time begins, or the last one it touches; None where that is open."""
    if when is None:
        return None
    if end:
        # The end is the first moment after.
        last = None if when.end is None else when.end.timestamp() - 1
        if last is None or when.end is None:
            return None
        return type(when.end).fromtimestamp(last, when.end.tzinfo).date().isoformat()
    return None if when.start is None else when.start.date().isoformat()


def json_text(content: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
