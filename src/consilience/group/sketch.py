"""What grouping keeps of a document: its lines as words, names and days, and nothing else."""

import hashlib
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from consilience.group.days import find_days
from consilience.group.near import signature_of
from consilience.group.words import Word, words_of
from consilience.lexicon import load_table
from consilience.records import Document, PartKind, When

_NOT_TOLD = (PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.COMMENT)
WORDS_MAX = 400  # what a page tells of is told in its first paragraphs; also bounds the work
_SHOUTED_SHARE = 0.6  # more capitals than this, and they tell nothing


@dataclass(frozen=True, slots=True)
class Line:
    """Stems in the order said, and those of them that are written as a name."""

    words: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """`key` is what the document holds and when, whatever it is called.

    `days` are ordinals, the day of publication among them; `day` is that one, else the last that
    is named, else 0. `signature` finds near copies.
    """

    key: str
    document_id: str
    day: int
    is_dated: bool
    lines: tuple[Line, ...]
    days: tuple[int, ...]
    signature: bytes


def in_order(sketch: Sketch) -> tuple[int, str, str]:
    """Sorts a stream by its days; the same for all documents that hold the same."""
    return (sketch.day, sketch.key, sketch.document_id)


def sketch_of(document: Document) -> Sketch:
    """Read a document as lightly as it can be read."""
    text = _told(document)
    words = list(islice(words_of(text), WORDS_MAX))
    written = _day(document.published)
    days = {day.toordinal() for day in find_days(text, [w.folded for w in words], written)}
    if written is not None:
        days.add(written.toordinal())
    return Sketch(
        key=_key(document, written, is_empty=not words),
        document_id=document.id,
        day=written.toordinal() if written is not None else max(days, default=0),
        is_dated=written is not None,
        lines=_lines(words),
        days=tuple(sorted(days)),
        signature=signature_of([word.stem for word in words]),
    )


def _lines(words: list[Word]) -> tuple[Line, ...]:
    calendar = load_table("calendar_words")
    letters = [word for word in words if word.stem[0].isalpha()]
    is_shouted = sum(word.is_name for word in letters) > _SHOUTED_SHARE * len(letters)
    found = []
    for _, line in groupby(words, key=lambda word: word.line):
        said = list(line)
        names = [w.stem for w in said if w.is_name and w.folded not in calendar and not is_shouted]
        stems = tuple(sys.intern(word.stem) for word in said)
        found.append(Line(stems, tuple(map(sys.intern, names))))
    return tuple(found)


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
