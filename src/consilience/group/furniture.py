"""Lines that a site puts on many of its pages, whatever they tell of."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from statistics import fmean

from consilience.group.rarity import rarity_at_large
from consilience.group.sketch import Line, Sketch

_WORDS_MIN = 3
_PAGES_MIN = 3
_WITNESSES_MAX = 6
# What is said again and again within so many days may be an agency's report.
_DAYS_MIN = 7
# Lines of one event stand on pages that are alike in what else they say: on GVA dev at 0.27 or
# more, half of them at 0.5, while three in four of those of several incidents are at 0.24 or less.
_ELSE_ALIKE_MIN = 0.3


def find_furniture(sketches: Sequence[Sketch]) -> frozenset[tuple[str, ...]]:
    """The words of lines that stand on pages which have little else in common.

    The sketches are in the order of their days.
    """
    n_pages = Counter(words for sketch in sketches for words in _long(sketch.lines))
    standing: dict[tuple[str, ...], list[Sketch]] = defaultdict(list)
    for sketch in sketches:
        for words in _long(sketch.lines):
            if n_pages[words] < _PAGES_MIN:
                continue
            if len(standing[words]) == _WITNESSES_MAX:
                del standing[words][_WITNESSES_MAX // 2]  # keeps the first and the last
            standing[words].append(sketch)
    return frozenset(words for words, pages in standing.items() if _is_furniture(pages))


def _is_furniture(pages: Sequence[Sketch]) -> bool:
    is_short = pages[-1].day - pages[0].day < _DAYS_MIN
    if is_short and all(page.is_dated for page in pages):
        return False
    return fmean(_else_alike(a, b) for a, b in combinations(pages, 2)) < _ELSE_ALIKE_MIN


def _long(lines: Iterable[Line]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(line.words for line in lines if len(line.words) >= _WORDS_MIN))


def _else_alike(a: Sketch, b: Sketch) -> float:
    """How alike the pages are outside the lines that both have: 1 where there is nothing else."""
    shared = {line.words for line in a.lines} & {line.words for line in b.lines}
    ours, theirs = (
        {word for line in sketch.lines if line.words not in shared for word in line.words}
        for sketch in (a, b)
    )
    if not ours and not theirs:
        return 1.0
    both, left, right = (_weight(words) for words in (ours & theirs, ours, theirs))
    return both / max(math.sqrt(left * right), 1e-9)


def _weight(words: Iterable[str]) -> float:
    # Not how rare a word is in the stream: of a large event nothing is.
    rarity = rarity_at_large()
    return math.fsum(rarity(word) ** 4 for word in words)
