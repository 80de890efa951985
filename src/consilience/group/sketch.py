"""What grouping keeps of a document: counted words, names and days, and nothing else."""

import hashlib
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from consilience.group.days import find_days
from consilience.group.words import Word, words_of
from consilience.lexicon import load_table
from consilience.records import Document, PartKind, When

_NOT_TOLD = (PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.COMMENT)
WORDS_MAX = 400  # what a page tells of is told in its first paragraphs; also bounds the work
LEAD_WORDS = 60
_LEAD_WEIGHT = 2
_SHOUTED_SHARE = 0.6  # more capitals than this, and they tell nothing


@dataclass(frozen=True, slots=True)
class Sketch:
    """`words`, sorted, with how often each is said; `names` are those written as a name.

    `key` is what the document holds and when, whatever it is called; `days` are ordinals, the day
    of publication among them; `day` is that one, else the last that is named, else 0.
    """

    key: str
    document_id: str
    day: int
    is_dated: bool
    words: tuple[str, ...]
    counts: bytes
    names: tuple[str, ...]
    days: tuple[int, ...]


def sketch_of(document: Document) -> Sketch:
    """Read a document as lightly as it can be read."""
    text = _told(document)
    words = [word for word, _ in zip(words_of(text), range(WORDS_MAX), strict=False)]
    written = _day(document.published)
    days = {day.toordinal() for day in find_days(text, [w.folded for w in words], written)}
    if written is not None:
        days.add(written.toordinal())
    counts = Counter(word.stem for word in words)
    for word in words[:LEAD_WORDS]:
        counts[word.stem] += _LEAD_WEIGHT - 1
    ordered = sorted(counts)
    return Sketch(
        key=_key(document, written, is_empty=not words),
        document_id=document.id,
        day=written.toordinal() if written is not None else max(days, default=0),
        is_dated=written is not None,
        words=tuple(map(sys.intern, ordered)),
        counts=bytes(min(255, counts[stem]) for stem in ordered),
        names=tuple(map(sys.intern, _names(words))),
        days=tuple(sorted(days)),
    )


def _key(document: Document, written: date | None, *, is_empty: bool) -> str:
    # What says nothing is like nothing, not even like another that says nothing.
    said = document.id if is_empty else document.text
    return hashlib.sha256(f"{written}\n{said}".encode()).hexdigest()


def _told(document: Document) -> str:
    """The title and what its authors tell, without what stands around it."""
    parts = [p.passage for p in document.parts if p.kind not in _NOT_TOLD]
    if not parts:
        return document.text
    return "\n".join(document.text[p.start : p.end] for p in parts)


def _day(published: When | None) -> date | None:
    if published is None or published.start is None or published.end is None:
        return None
    is_day = published.end - published.start <= timedelta(days=1)
    return published.start.date() if is_day else None


def _names(words: list[Word]) -> list[str]:
    calendar = load_table("calendar_words")
    named = {word.stem for word in words if word.is_name and word.folded not in calendar}
    letters = [word for word in words if word.stem[0].isalpha()]
    if sum(word.is_name for word in letters) > _SHOUTED_SHARE * len(letters):
        return []
    return sorted(named)
