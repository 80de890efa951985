"""What the formats share: the words of a passage, of a value, of a time, and ids they accept."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from consilience.records import (
    Claim,
    Document,
    Dossier,
    EntityRef,
    Kind,
    Passage,
    Quantity,
    Text,
    Truth,
    Value,
    When,
    content_id,
)
from consilience.wording import say_quantity, say_when

# An address as other tools take it too: RFC 3986's characters and no more.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d+)?"
    r"(?:[/?#](?:[A-Za-z0-9._~/?#@!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*)?"
)
# Characters that XML 1.0 cannot hold.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Ends of lines that JSON need not escape.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


class Words:
    """A dossier by id, with the words that its records stand for."""

    def __init__(self, dossier: Dossier) -> None:
        self.documents: Mapping[str, Document] = {d.id: d for d in dossier.documents}
        self.claims: Mapping[str, Claim] = {c.id: c for c in dossier.claims}
        self.kinds: Mapping[str, Kind] = {e.id: e.kind for e in dossier.entities}
        self.names: Mapping[str, str] = {
            **{e.id: e.name for e in dossier.entities},
            **{v.id: v.name for v in dossier.events},
        }

    def of(self, passage: Passage) -> str:
        return self.documents[passage.document_id].text[passage.start : passage.end]

    def line(self, passage: Passage) -> str:
        return " ".join(self.of(passage).split())

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


def urn(kind: str, record_id: str) -> str:
    """A name for a record outside."""
    return f"urn:consilience:{plain_id(kind, record_id)}"


def address(document: Document) -> str:
    """Where a document stands: its address on the web, else a name made of its bytes' hash."""
    # What an address cannot hold is written as its bytes: "/año" as "/a%C3%B1o".
    url = quote((document.url or "").strip(), safe="%/?#@!$&'()*+,;=:[]~")
    if _ADDRESS.fullmatch(url):
        return url
    is_hash = re.fullmatch("[0-9a-f]{64}", document.sha256)
    return f"urn:sha256:{document.sha256}" if is_hash else urn("document", document.id)


def speakable(text: str) -> str:
    """The text as XML can hold it."""
    return _UNSPEAKABLE.sub("\ufffd", text)


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


def json_line(content: Mapping[str, Any]) -> str:
    """One line, whatever a reader takes for the end of one."""
    line = json.dumps(content, ensure_ascii=False, allow_nan=False)
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", line) + "\n"
