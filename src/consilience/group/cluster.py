"""From pairs to groups, so that no single bad link fuses two."""

from collections.abc import Callable, Iterable
from itertools import product
from statistics import fmean

# However alike two documents are, they outweigh no more than this of what others are unlike: a page
# that tells of two events is like all pages of both.
_ALIKE_MAX = 1.5  # of 0.5, 1, 1.5, 2, 4 the largest that keeps such pages from fusing two events
# Large groups are judged by so many of their documents, spread evenly over time.
_WITNESSES_MAX = 8


def cluster(
    n: int, pairs: Iterable[tuple[int, int]], likeness: Callable[[int, int], float]
) -> list[list[int]]:
    """Groups of the indices below `n`; every index is in one.

    The most alike are joined first, where the documents of both groups are on average more like
    than not: average link (Sokal and Michener 1958), of large groups between witnesses.
    """
    alike = {pair: score for pair in pairs if (score := likeness(*pair)) > 0}
    group_of = list(range(n))
    members = {i: [i] for i in range(n)}
    witnesses = {i: [i] for i in range(n)}
    refused: set[tuple[int, int, int, int]] = set()
    for i, j in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        left, right = sorted((group_of[i], group_of[j]), key=lambda g: (-len(members[g]), g))
        if left == right:
            continue
        attempt = (left, right, len(members[left]), len(members[right]))
        if attempt in refused:
            continue
        between = [
            min(_ALIKE_MAX, alike.get(pair) or likeness(*pair))
            for pair in map(_ordered, product(witnesses[left], witnesses[right]))
        ]
        if fmean(between) <= 0:
            refused.add(attempt)
            continue
        for index in members[right]:
            group_of[index] = left
        members[left] += members.pop(right)
        witnesses[left] = _spread(sorted(witnesses[left] + witnesses.pop(right)))
    return [sorted(group) for group in members.values()]


def _ordered(pair: tuple[int, int]) -> tuple[int, int]:
    return (min(pair), max(pair))


def _spread(indices: list[int]) -> list[int]:
    if len(indices) <= _WITNESSES_MAX:
        return indices
    step = (len(indices) - 1) / (_WITNESSES_MAX - 1)
    return [indices[round(k * step)] for k in range(_WITNESSES_MAX)]
