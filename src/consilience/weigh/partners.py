"""Which sentence of one page tells what a sentence of another tells, and in which order."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from consilience.weigh.pages import Page
from consilience.weigh.spelt import Spelt

# Sentences of the other page, by likeness of their vectors, that one is held against.
_PARTNERS = 3
# Lines held against all of the other page at a time, for memory's sake.
_LINES_AT_ONCE = 256
_LINE_MIN_WORDS = 4
# A sentence with so many names and numbers, of which the other has none, is of one pattern with it
# and says something else; from half of them on it says the same.
_PATTERN_FACTS_MIN, _SAME_FACTS_MIN = 2, 0.5
# Fewer sentences or facts may stand in one order by chance; where facts are few the rest must
# show it by so much more. By eye, see `copying`.
_ORDERED_LINES_MIN, _ORDERED_FACTS_MIN = 4, 6
_ENOUGH_FACTS, _FEW_FACTS = 12, 0.45
_TOLD_TOO_MIN = 0.6


@dataclass(frozen=True, slots=True)
class Partner:
    """Line `of` keeps most words of `line`; `nearest` is the line most alike by vector.

    `told`: how far `of` tells the names and numbers of `line`.
    """

    line: int
    of: int
    kept: float
    nearest: int
    alike: float
    told: float


def find_partners(a: Spelt, b: Spelt) -> tuple[list[Partner], list[Partner]]:
    """For each line of either page its partner in the other."""
    return _partners(a, b), _partners(b, a)


def _partners(page: Spelt, other: Spelt) -> list[Partner]:
    if not other.lines:
        return []
    asked = [i for i, words in enumerate(page.lines) if len(words) >= _LINE_MIN_WORDS]
    found = []
    for first in range(0, len(asked), _LINES_AT_ONCE):
        some = asked[first : first + _LINES_AT_ONCE]
        alike = _alike(page.page, some, other.page)
        nearest = np.argsort(-alike, axis=1, kind="stable")[:, :_PARTNERS].tolist()
        for row, (i, near) in enumerate(zip(some, nearest, strict=True)):
            kept, back = max((_kept(page.lines[i], other.lines[j]), -j) for j in near)
            told = _told(page.line_facts[i], other.line_facts[-back])
            likest = max(0.0, float(alike[row, near[0]]))
            found.append(Partner(i, -back, kept, near[0], likest, told))
    return found


def _alike(page: Page, lines: Sequence[int], other: Page) -> NDArray[np.float32]:
    """How alike lines of one page are to all of the other, (len(lines), L) float32."""
    alike = np.zeros((len(lines), len(other.lines)), np.float32)
    if page.vectors.shape[1] == other.vectors.shape[1]:
        for row, i in enumerate(lines):
            # Not all in one product, for which the library would start threads.
            np.dot(other.vectors, page.vectors[i], out=alike[row])
    return alike


def _told(facts: frozenset[str], of: frozenset[str]) -> float:
    if len(facts) < _PATTERN_FACTS_MIN:
        return 1.0
    return min(1.0, len(facts & of) / len(facts) / _SAME_FACTS_MIN)


def _kept(a: str, b: str) -> float:
    """Share of both that is one run of words in one order, with gaps."""
    return 2 * LCSseq.similarity(a, b) / max(1, len(a) + len(b))


@dataclass(frozen=True, slots=True)
class Mean:
    """Over the lines of a page by their length; a line counts as far as its facts are told.

    `raw`: likeness, whether they are or not.
    """

    kept: float
    alike: float
    told: float
    raw: float


def mean(partners: Sequence[Partner], page: Spelt) -> Mean:
    weights = [len(page.lines[p.line]) for p in partners]
    length = max(1, sum(weights))

    def weighed(values: Iterable[float]) -> float:
        return sum(w * value for w, value in zip(weights, values, strict=True)) / length

    return Mean(
        kept=weighed(p.kept * p.told for p in partners),
        alike=weighed(p.alike * p.told for p in partners),
        told=weighed(p.told for p in partners),
        raw=weighed(p.alike for p in partners),
    )


def in_order(partners: Sequence[Partner]) -> float:
    """Share of the lines that the other page tells too, and in this order; 0 for a few lines."""
    if len(partners) < _ORDERED_LINES_MIN:
        return 0.0
    tails: list[int] = []  # the smallest last place of a rising run of each length
    for place in (p.nearest for p in partners if p.alike >= _TOLD_TOO_MIN):
        k = bisect_left(tails, place)
        tails[k : k + 1] = [place]
    return len(tails) / len(partners)


def facts_in_order(a: Spelt, b: Spelt) -> float:
    """Share of the facts of the page with more that both tell in one order; less, or 0, for few.

    Also 0 where most numbers differ: two reports of one course, each with its own figures.
    """
    shared = frozenset(a.facts) & frozenset(b.facts)
    figures = len(a.figures & b.figures)
    if figures < _SAME_FACTS_MIN * min(len(a.figures), len(b.figures)):
        return 0.0
    n = LCSseq.similarity(*("".join(f for f in page.facts if f in shared) for page in (a, b)))
    if n < _ORDERED_FACTS_MIN:
        return 0.0
    share = n / max(len(a.facts), len(b.facts))
    return share if n >= _ENOUGH_FACTS else max(0.0, share - _FEW_FACTS)
