"""Which sources of a table draw on one another: they share what others do not say.

After Dong, Berti-Équille and Srivastava (2009): to share a true value says little, to share a
false one says much, to differ speaks against copying.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from consilience.weigh.truth import N_FALSE, Said

# Of two sources taken at random, how likely one copies the other; a copier copies this much.
# Both as in Dong et al.
_PRIOR = 0.2
_COPIED = 0.8
DEPENDENT_MIN = 0.5
# A value held with less is likely false; one alone that two share may be an accident.
FALSE_MAX = 0.5
_FALSE_MIN = 2
# Of more sources than this that say one thing not each two are compared, which would cost their
# square: where it likely holds it is common knowledge; where not, each is compared with a few.
_SHARED_BY_MAX = 100
_COMPARED_WITH = 4
_EVIDENCE_MAX = 20


@dataclass(frozen=True, slots=True, order=True)
class Dependence:
    """Two sources, how likely one copies the other, and how often they say the same.

    `items` are those where they share a value that is likely false, likeliest first.
    """

    a: str
    b: str
    probability: float
    n_items: int
    n_same: int
    items: tuple[str, ...]


def find_dependences(
    said: Sequence[Said],
    holds: Mapping[str, Mapping[str, float]],
    accuracy: Mapping[str, float],
) -> tuple[Dependence, ...]:
    """The pairs more likely dependent than not, likeliest first; those who share no value are
    not compared."""
    by_value: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_source: dict[str, list[Said]] = defaultdict(list)
    for one in sorted(set(said), key=lambda one: (one.source, one.item, one.value)):
        by_source[one.source].append(one)
        by_value[one.item, one.value].add(one.source)
    items = sorted({item for item, _ in by_value})
    place = {item: n for n, item in enumerate(items)}
    value = {at: n for n, at in enumerate(by_value)}
    held = {
        source: _Held(
            np.array([place[one.item] for one in claims], dtype=np.int64),
            np.array([value[one.item, one.value] for one in claims], dtype=np.int64),
            np.array([holds[one.item][one.value] for one in claims], dtype=float),
            accuracy[source],
        )
        for source, claims in by_source.items()
    }
    pairs: set[tuple[str, str]] = set()
    for (item, shared), givers in by_value.items():
        together = sorted(givers)
        if len(together) <= _SHARED_BY_MAX:
            pairs.update(combinations(together, 2))
        elif holds[item][shared] < FALSE_MAX:
            pairs.update(
                (first, other)
                for n, first in enumerate(together[:_COMPARED_WITH])
                for other in together[n + 1 :]
            )
    found = [_dependence(a, b, held[a], held[b], items) for a, b in sorted(pairs)]
    likely = [d for d in found if d.probability >= DEPENDENT_MIN and len(d.items) >= _FALSE_MIN]
    return tuple(sorted(likely, key=lambda d: (-d.probability, d.a, d.b)))


@dataclass(frozen=True, slots=True)
class _Held:
    """What one source says, by item: the item, its value, how likely that holds; its accuracy."""

    items: NDArray[np.int64]  # (N,)
    values: NDArray[np.int64]  # (N,)
    holds: NDArray[np.float64]  # (N,)
    accuracy: float


def _dependence(a: str, b: str, left: _Held, right: _Held, items: Sequence[str]) -> Dependence:
    shared, at_left, at_right = np.intersect1d(
        left.items, right.items, assume_unique=True, return_indices=True
    )
    is_same = left.values[at_left] == right.values[at_right]
    p = left.holds[at_left][is_same]
    both_right = left.accuracy * right.accuracy
    both_wrong = (1 - left.accuracy) * (1 - right.accuracy) / N_FALSE
    mean = (left.accuracy + right.accuracy) / 2
    alone = p * both_right + (1 - p) * both_wrong
    copied = _COPIED * (p * mean + (1 - p) * (1 - mean)) + (1 - _COPIED) * alone
    n_different = len(shared) - len(p)
    log = (
        math.log((1 - _PRIOR) / _PRIOR)
        + float(np.log(alone / copied).sum())
        - n_different * math.log(1 - _COPIED)
    )
    probability = 1 / (1 + math.exp(max(-50.0, min(50.0, log))))
    alike = shared[is_same]
    falsest = np.lexsort((alike, p))
    false = [items[alike[n]] for n in falsest[:_EVIDENCE_MAX] if p[n] < FALSE_MAX]
    return Dependence(a, b, probability, len(shared), len(p), tuple(false))


def origins_of(sources: Sequence[str], dependences: Sequence[Dependence]) -> int:
    """How many of the sources are left when those that draw on one another count once."""
    given = set(sources)
    root = {source: source for source in given}

    def find(source: str) -> str:
        while root[source] != source:
            root[source] = root[root[source]]
            source = root[source]
        return source

    for one in dependences:
        if one.a in given and one.b in given:
            root[find(one.a)] = find(one.b)
    return len({find(source) for source in given})


def own_shares(
    said: Sequence[Said],
    dependences: Sequence[Dependence],
    accuracy: Mapping[str, float],
) -> Callable[[str, str, str], float]:
    """How much of each source's voice for a value is its own, the most accurate speaking first."""
    partners: dict[str, dict[str, float]] = defaultdict(dict)
    for one in dependences:
        partners[one.a][one.b] = partners[one.b][one.a] = one.probability
    by_value: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in said:
        by_value[claim.item, claim.value].add(claim.source)
    rank = {s: k for k, s in enumerate(sorted(accuracy, key=lambda s: (-accuracy[s], s)))}
    shares: dict[tuple[str, str, str], float] = {}
    for (item, value), givers in by_value.items():
        for source in givers:
            before = [
                p for s, p in partners[source].items() if s in givers and rank[s] < rank[source]
            ]
            shares[source, item, value] = math.prod(1 - _COPIED * p for p in sorted(before))
    return lambda source, item, value: shares[source, item, value]
