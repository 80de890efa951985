"""Documents as copying sees them: the words and sentences their authors answer for."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from sys import intern

import numpy as np
from numpy.typing import NDArray

from consilience.numerals import numerals
from consilience.records import Document, PartKind, Passage, Reading
from consilience.wording import fold

_NOT_OWN = (PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.COMMENT)
# A quoted block of more of the page than this is what the page is.
_BLOCK_MAX = 0.5
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LINE = re.compile(r"[^\n]+")
# "One" and "a" are no figures; "of" and "de" no names.
_NUMBER_MIN = 2
_NAME_MIN_CHARS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: words `first <= i < last` of its page."""

    passage: Passage
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """`own[i]`: word `i` stands outside direct quotations.

    `fact_at[i]`: word `i` where it is of a name, folded, or a number, in digits; else nothing.
    `facts`: each of these once, as it first comes.
    """

    document: Document
    words: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    own: tuple[bool, ...]
    lines: tuple[Line, ...]
    fact_at: tuple[str, ...]
    facts: tuple[str, ...]
    vectors: NDArray[np.float32]  # (lines, D), rows of length one, or zero where unknown

    @property
    def id(self) -> str:
        return self.document.id


def page_of(document: Document, reading: Reading | None) -> Page:
    """No comments, credits or boilerplate: their words are not the author's."""
    found = [
        m for start, end in _own_parts(document) for m in _WORD.finditer(document.text, start, end)
    ]
    starts = array("L", (m.start() for m in found))
    # A word of all pages is one object.
    words = tuple(intern(fold(m[0])) for m in found)
    lines, vectors = _lines(document, reading, starts)
    fact_at = _fact_at(document, reading, found)
    return Page(
        document=document,
        words=words,
        starts=starts,
        ends=array("L", (m.end() for m in found)),
        own=_outside_quotations(document, reading, starts),
        lines=lines,
        fact_at=fact_at,
        facts=tuple(dict.fromkeys(fact for fact in fact_at if fact)),
        vectors=vectors,
    )


def without(page: Page, passages: Sequence[Passage]) -> Page:
    """The page, its sentences that hold one of the passages no longer counted as its own."""
    starts = [p.start for p in passages]
    own = list(page.own)
    for line in page.lines:
        if any(line.passage.start <= start < line.passage.end for start in starts):
            own[line.first : line.last] = [False] * (line.last - line.first)
    return replace(page, own=tuple(own))


def _own_parts(document: Document) -> list[tuple[int, int]]:
    if not document.parts:
        return [(0, len(document.text))]
    kept = [p.passage for p in document.parts if p.kind not in _NOT_OWN]
    return sorted((p.start, p.end) for p in kept)


def _outside_quotations(
    document: Document, reading: Reading | None, starts: Sequence[int]
) -> tuple[bool, ...]:
    """Whether each word is the page's own. A page that is mostly a quoted block is that block."""
    said = [] if reading is None else [a for a in reading.attributions if a.direct]
    quoted = _inside([p for a in said for p in a.content], starts)
    block = _inside([p.passage for p in document.parts if p.kind is PartKind.QUOTED], starts)
    if sum(block) > _BLOCK_MAX * len(starts):
        return tuple(b or not q for b, q in zip(block, quoted, strict=True))
    return tuple(not b and not q for b, q in zip(block, quoted, strict=True))


def _inside(passages: Sequence[Passage], starts: Sequence[int]) -> list[bool]:
    found = []
    ordered = sorted((p.start, p.end) for p in passages)
    k, reached = 0, -1
    for start in starts:
        while k < len(ordered) and ordered[k][0] <= start:
            reached = max(reached, ordered[k][1])
            k += 1
        found.append(start < reached)
    return found


def _lines(
    document: Document, reading: Reading | None, starts: Sequence[int]
) -> tuple[tuple[Line, ...], NDArray[np.float32]]:
    if reading is None:
        passages = [Passage(document.id, *m.span()) for m in _LINE.finditer(document.text)]
    else:
        passages = list(reading.sentences)
    vectors = np.zeros((len(passages), 1), np.float32)
    if reading is not None and passages and len(reading.vectors) == len(passages):
        vectors = np.array(reading.vectors, np.float32)
    lines, kept = [], []
    for i, passage in enumerate(passages):
        first = bisect_left(starts, passage.start)
        last = bisect_left(starts, passage.end)
        if last > first:
            lines.append(Line(passage, first, last))
            kept.append(i)
    vectors = vectors[kept]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return tuple(lines), vectors / np.maximum(lengths, np.float32(1e-9))


def _fact_at(
    document: Document, reading: Reading | None, found: Sequence[re.Match[str]]
) -> tuple[str, ...]:
    written = {
        numeral.start: f"{numeral.values[0]}"
        for numeral in numerals(document.text, document.language)
        if numeral.values[0] >= _NUMBER_MIN
    }
    named = [] if reading is None else [m.passage for m in reading.mentions if m.named]
    is_named = _inside(named, [m.start() for m in found])
    facts = []
    for m, of_name in zip(found, is_named, strict=True):
        word = fold(m[0])
        is_fact = word[0].isdigit() or (of_name and len(word) > _NAME_MIN_CHARS)
        facts.append(intern(written.get(m.start(), word if is_fact else "")))
    return tuple(facts)
