"""The sample dossier with hostile words in every field that comes from outside."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from consilience.records import Document, Dossier, Passage, When
from tests.tell.sample import sample_dossier

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`{{7*7}}{% x %}"
    "[a](javascript:alert(3))![b](http://evil.example/x.png)<http://evil.example>"
    " www.evil.example **x** | # x \u202egnitirw\u0000\x1b[31m]]>--><!-- </textarea></style>"
)
# Ids join the records, and the reader's own words are no one else's.
_KEPT = frozenset({"id", "value", "comparator", "language", "unit", "slot"})


def hostile_dossier() -> Dossier:
    spoilt = _spoilt(sample_dossier())
    assert isinstance(spoilt, Dossier)
    return spoilt


def _spoilt(value: Any, name: str = "") -> Any:
    if isinstance(value, Document):
        value = type(value)(
            **{f.name: _field(value, f.name) for f in fields(value) if f.name != "text"},
            text=value.text + HOSTILE,
        )
        return value
    if is_dataclass(value) and not isinstance(value, type | Passage):
        return type(value)(**{f.name: _field(value, f.name) for f in fields(value)})
    if isinstance(value, tuple):
        return tuple(_spoilt(item, name) for item in value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return f"{value} {HOSTILE}"
    return value


def _field(record: Any, name: str) -> Any:
    value = getattr(record, name)
    is_kept = name in _KEPT or name.endswith(("_id", "_ids")) or name in {"where", "finding_ids"}
    if isinstance(value, datetime) or (is_kept and not isinstance(value, When)):
        return value if not is_dataclass(value) else _spoilt(value)
    return _spoilt(value, name)
