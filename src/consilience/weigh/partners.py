"""Which sentence of one page tells what a sentence of another tells, and in which order."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import LCSseq

from consilience.weigh.pages import Line, Page

# Sentences of the other page, by likeness of their vectors, that one is held against.
_PARTNERS = 3
_LINE_MIN_WORDS = 4
# A sentence with so many names and numbers, of which the other has none, is of one pattern with it
# and says something else; from half of them on it says the same.
_PATTERN_FACTS_MIN, _SAME_FACTS_MIN = 2, 0.5
# Fewer sentences or facts may stand in one order by chance; where facts are few the rest must
# show it by so much more. By eye, see `copying`.
_ORDERED_LINES_MIN, _ORDERED_FACTS_MIN = 4, 6
_ENOUGH_FACTS, _FEW_FACTS = 12, 0.45
_TOLD_TOO_MIN = 0.6


def _own_words(page: Page, line: Line) -> list[str]:
    return [page.words[i] for i in range(line.first, line.last) if page.own[i]]


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


def find_partners(page: Page, other: Page) -> list[Partner]:
    """For each line of the page its partner in the other; a line at a time, for memory's sake."""
    if not other.lines:
        return []
    theirs = [_own_words(other, line) for line in other.lines]
    comparable = page.vectors.shape[1] == other.vectors.shape[1]
    found = []
    for i, line in enumerate(page.lines):
        words = _own_words(page, line)
        if len(words) < _LINE_MIN_WORDS:
            continue
        alike = np.zeros(len(theirs), np.float32)
        if comparable:
            alike = other.vectors @ page.vectors[i]
        nearest = [int(j) for j in np.argsort(-alike, kind="stable")[:_PARTNERS]]
        kept, back = max((_kept(words, theirs[j]), -j) for j in nearest)
        told = _told(page, line, other, other.lines[-back])
        likest = max(0.0, float(alike[nearest[0]]))
        found.append(Partner(i, -back, kept, nearest[0], likest, told))
    return found


def _told(page: Page, line: Line, other: Page, of: Line) -> float:
    facts = {f for f in page.fact_at[line.first : line.last] if f}
    if len(facts) < _PATTERN_FACTS_MIN:
        return 1.0
    shared = facts.intersection(other.fact_at[of.first : of.last])
    return min(1.0, len(shared) / len(facts) / _SAME_FACTS_MIN)


def _kept(a: Sequence[str], b: Sequence[str]) -> float:
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


def mean(partners: Sequence[Partner], page: Page) -> Mean:
    weights = [len(_own_words(page, page.lines[p.line])) for p in partners]

    def weighed(values: Iterable[float]) -> float:
        total = sum(w * value for w, value in zip(weights, values, strict=True))
        return total / max(1, sum(weights))

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


def facts_in_order(a: Page, b: Page) -> float:
    """Share of the facts of the page with more that both tell in one order; less, or 0, for few.

    Also 0 where most numbers differ: two reports of one course, each with its own figures.
    """
    first, second = frozenset(a.facts), frozenset(b.facts)
    figures = [
        sum(fact[0].isdigit() for fact in facts) for facts in (first, second, first & second)
    ]
    if figures[2] < _SAME_FACTS_MIN * min(figures[:2]):
        return 0.0
    told = [[f for f in page.facts if f in first and f in second] for page in (a, b)]
    n = LCSseq.similarity(*told)
    if n < _ORDERED_FACTS_MIN:
        return 0.0
    share = n / max(len(first), len(second))
    return share if n >= _ENOUGH_FACTS else max(0.0, share - _FEW_FACTS)
