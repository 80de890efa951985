"""Dossiers with a hostile string in every text field of every record, ids too.

Made by walking the record types, so that a field added to a record is sown with the rest.
"""

import types
import typing
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any

from consilience import records as r
from tests.hostile import PAYLOADS

# How many records of each kind at the top of a dossier: with so many, a few dossiers say it all.
WIDTH = 75
# What is one of a kind there holds several of the strings.
_ONLY = frozenset({("Dossier", "title"), *(("Run", f.name) for f in fields(r.Run))})
# Fields that name a record by id, and of which kind.
_NAMES = {
    "document_id": "document", "document_ids": "document", "copy_id": "document",
    "entity_id": "entity", "speaker_id": "entity", "speakers": "entity", "where": "entity",
    "subject_id": "event", "part_of_id": "event", "event_id": "event",
    "claim_ids": "claim", "finding_ids": "finding", "origin_id": "origin", "record_ids": "claim",
}  # fmt: skip
_OF = {"Link": "document", "Placement": "event"}
_BEARERS = {
    "Document": "document", "Entity": "entity", "Event": "event", "Claim": "claim",
    "Finding": "finding", "Origin": "origin",
}  # fmt: skip
# Whole numbers that count or point at something; the others are 1.
_NUMBERS = {"a": 0, "first": 0, "start": 0, "undoes": 1}
_VALUES = typing.get_args(r.Value)


def sown(payloads: Sequence[str] = PAYLOADS) -> Iterator[r.Dossier]:
    """As many dossiers as it takes for every text field to hold every one of the strings."""
    for first in range(0, len(payloads), WIDTH):
        yield _Sower(payloads, first).dossier()


def plain() -> r.Dossier:
    """The same dossier with harmless words for the strings."""
    return _Sower([f"word {n}" for n in range(WIDTH)], 0).dossier()


@cache
def _hints(name: str) -> dict[str, Any]:
    return typing.get_type_hints(getattr(r, name))


class _Sower:
    def __init__(self, payloads: Sequence[str], first: int) -> None:
        self._payloads, self._first = payloads, first
        self._counts: Counter[tuple[str, str]] = Counter()
        self._passages = 0
        self._within: r.Passage | None = None

    def dossier(self) -> r.Dossier:
        made = self._record(r.Dossier)
        assert isinstance(made, r.Dossier)
        return made

    def _payload(self, n: int) -> str:
        return self._payloads[(self._first + n) % len(self._payloads)]

    def _text(self, owner: str, name: str) -> str:
        if (owner, name) in _ONLY:
            return " ".join(self._payload(n) for n in range(WIDTH) if len(self._payload(n)) < 500)
        n = self._counts[owner, name]
        self._counts[owner, name] += 1
        return self._payload(n)

    def _id(self, kind: str, n: int) -> str:
        return f"{self._payload(n)[:200]} {kind} {n}"

    def _next_id(self, kind: str, owner: str, name: str) -> str:
        n = self._counts[owner, name]
        self._counts[owner, name] += 1
        return self._id(kind, n % WIDTH)

    def _record(self, cls: type[Any]) -> Any:
        if cls is r.Passage:
            return self._passage()
        if cls is r.Document:
            self._within = self._whole(self._counts["Document", "id"])
        elif cls in (r.Quotation, r.Embedded):
            self._within = self._passage()
        hints = _hints(cls.__name__)
        made = cls(
            **{f.name: self._field(cls.__name__, f.name, hints[f.name]) for f in fields(cls)}
        )
        if cls in (r.Document, r.Quotation, r.Embedded):
            self._within = None
        return made

    def _passage(self) -> r.Passage:
        """The whole text of a document; where all passages lie in one document, of that one."""
        if self._within is not None:
            return self._within
        self._passages += 1
        return self._whole((self._passages - 1) % WIDTH)

    def _whole(self, n: int) -> r.Passage:
        return r.Passage(self._id("document", n), 0, len(self._payload(n)))

    def _field(self, owner: str, name: str, hint: Any) -> Any:
        if owner in _BEARERS and name == "id":
            n = self._counts[owner, name]
            self._counts[owner, name] += 1
            return self._id(_BEARERS[owner], n)
        kind = _OF.get(owner) if name == "of_id" else _NAMES.get(name)
        if owner == "Origin" and name == "document_ids":
            return (self._next_id("document", owner, name),)
        return self._value(owner, name, hint, kind)

    def _value(self, owner: str, name: str, hint: Any, kind: str | None) -> Any:
        arguments = typing.get_args(hint)
        if hint == r.Value:
            n = self._counts[owner, f"{name} kind"]
            self._counts[owner, f"{name} kind"] += 1
            return self._record(_VALUES[n % len(_VALUES)])
        if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
            return self._value(owner, name, next(a for a in arguments if a is not type(None)), kind)
        if typing.get_origin(hint) is tuple:
            return self._several(owner, name, arguments, kind)
        if hint is str:
            return self._text(owner, name) if kind is None else self._next_id(kind, owner, name)
        if is_dataclass(hint):
            assert isinstance(hint, type)
            return self._record(hint)
        if isinstance(hint, type) and issubclass(hint, Enum):
            n = self._counts[owner, name]
            self._counts[owner, name] += 1
            return list(hint)[n % len(hint)]
        plain_values = {bool: True, float: 0.5, int: _NUMBERS.get(name, 1)}
        if hint in plain_values:
            return plain_values[hint]
        if hint is datetime:
            return datetime(2031, 3, 4 + (name == "end"), tzinfo=UTC)
        if typing.get_origin(hint) is types.UnionType:
            return self._value(owner, name, arguments[0], kind)
        raise TypeError(f"{owner}.{name}: sow {hint} too")

    def _several(self, owner: str, name: str, arguments: Any, kind: str | None) -> Any:
        if arguments[-1] is not Ellipsis:
            return tuple(self._value(owner, name, a, kind) for a in arguments)
        inner = arguments[0]
        if owner == "Dossier":
            n = WIDTH * (len(_VALUES) if inner is r.Claim else 1)
        elif name in ("candidates", "same_as"):
            n = len(_VALUES) if name == "candidates" else 1
        else:
            n = 1
        return tuple(self._value(owner, name, inner, kind) for _ in range(n))
