"""Which of the values that sources give holds, weighing sources by how often they are right.

A Bayesian model fitted by expectation maximisation: each source errs at a rate of its own and,
where its value may be a vaguer form of another one ("Norland" for "Arlow, in Norland"; 74,000 for
73,951), is vague at a rate of its own. After Dong, Berti-Équille and Srivastava (2009) for
accuracy, and Jung, Kim and Shim (2019) for values that lie within one another, with one departure:
a vague value is not an error.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

# A source of which nothing is known is right this often, as surely as one value would tell it.
ACCURACY_PRIOR = 0.8
ACCURACY_WEIGHT = 1.0
# Wrong values that might have been given instead. With 100, as Dong et al. have it, a narrower
# place is too readily believed: of the heritages in evaluation/truth.py fewer hold than by voting.
N_FALSE = 10
# How often a source that could be vague is, and how many values it takes to think otherwise.
VAGUENESS_PRIOR = 0.1
VAGUENESS_WEIGHT = 20.0
_ROUNDS = 20
_LEAST, _MOST = 0.01, 0.99

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vaguer = Callable[[str, str], bool]
Share = Callable[[str, str, str], float]


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One source's value for one item."""

    source: str
    item: str
    value: str


@dataclass(frozen=True, slots=True)
class Beliefs:
    """`truth[item][value]`: the probability that it is the fullest true value given; those of an
    item sum to one. `holds[item][value]` adds the values that it is a vaguer form of.
    `accuracy[source]`: how often what it says holds.
    """

    truth: Mapping[str, Mapping[str, float]]
    holds: Mapping[str, Mapping[str, float]]
    accuracy: Mapping[str, float]


def believe(
    said: Sequence[Said],
    is_vaguer: Vaguer,
    share: Share | None = None,
) -> Beliefs:
    """Beliefs and accuracies that explain each other.

    `is_vaguer(a, b)`: what is rightly called `b` is rightly, if vaguely, called `a`.
    `share(source, item, value)` says how much of a source's voice for a value is its own, from 0
    (a copy) to 1; None: all of it.
    """
    share = share or _all_its_own
    ordered = sorted(set(said), key=lambda one: (one.item, one.value, one.source))
    names = sorted({one.source for one in ordered})
    table = _table(ordered, {name: s for s, name in enumerate(names)}, is_vaguer, share)
    accuracy = np.full(len(names), ACCURACY_PRIOR)  # (S,)
    vagueness = np.full(len(names), VAGUENESS_PRIOR)  # (S,)
    truth = np.zeros(len(table.values))  # (V,)
    for _ in range(_ROUNDS):
        truth = _truth(table, accuracy, vagueness)
        accuracy, vagueness = _rates(table, truth, len(names))
    held = truth + np.bincount(table.vague, truth[table.exact], len(truth))
    by_item: dict[str, dict[str, float]] = defaultdict(dict)
    holds: dict[str, dict[str, float]] = defaultdict(dict)
    for (item, value), p, h in zip(table.values, truth.tolist(), held.tolist(), strict=True):
        by_item[item][value] = p
        holds[item][value] = min(1.0, h)
    return Beliefs(dict(by_item), dict(holds), dict(zip(names, accuracy.tolist(), strict=True)))


@dataclass(frozen=True, slots=True)
class _Table:
    """The claims as numbers: V values, each of one item, in order; C claims; P pairs of a value
    `exact` and another of its item, `vague`, that may stand for it; Q claims of such a `vague`.
    """

    values: tuple[tuple[str, str], ...]
    first: Ints  # (I,) where the values of each item begin
    item: Ints  # (V,)
    is_wide: NDArray[np.bool_]  # (V,) whether some other value may stand for it
    source: Ints  # (C,)
    value: Ints  # (C,)
    own: Floats  # (C,) how much of the voice is the source's own
    exact: Ints  # (P,)
    vague: Ints  # (P,)
    of_pair: Ints  # (Q,) the pair
    by_claim: Ints  # (Q,) the claim


def _table(
    ordered: Sequence[Said], index: Mapping[str, int], is_vaguer: Vaguer, share: Share
) -> _Table:
    values = list(dict.fromkeys((one.item, one.value) for one in ordered))
    place = {at: v for v, at in enumerate(values)}
    first = [v for v, at in enumerate(values) if v == 0 or values[v - 1][0] != at[0]]
    claims_of: list[list[int]] = [[] for _ in values]
    for c, one in enumerate(ordered):
        claims_of[place[one.item, one.value]].append(c)
    pairs = [
        (exact, vague)
        for start, end in zip(first, [*first[1:], len(values)], strict=True)
        if end - start > 1
        for exact, vague in permutations(range(start, end), 2)
        if is_vaguer(values[vague][1], values[exact][1])
    ]
    heard = [(p, c) for p, (_, vague) in enumerate(pairs) for c in claims_of[vague]]
    is_wide = np.zeros(len(values), dtype=bool)
    is_wide[[exact for exact, _ in pairs]] = True
    starts = np.zeros(len(values), dtype=np.int64)
    starts[first[1:]] = 1
    return _Table(
        values=tuple(values),
        first=np.array(first, dtype=np.int64),
        item=np.cumsum(starts),
        is_wide=is_wide,
        source=np.array([index[one.source] for one in ordered], dtype=np.int64),
        value=np.array([place[one.item, one.value] for one in ordered], dtype=np.int64),
        own=np.array([share(one.source, one.item, one.value) for one in ordered], dtype=float),
        exact=np.array([exact for exact, _ in pairs], dtype=np.int64),
        vague=np.array([vague for _, vague in pairs], dtype=np.int64),
        of_pair=np.array([p for p, _ in heard], dtype=np.int64),
        by_claim=np.array([c for _, c in heard], dtype=np.int64),
    )


def _truth(table: _Table, accuracy: Floats, vagueness: Floats) -> Floats:
    """The probability of each value that it is the fullest true one of its item."""
    weight = np.log(N_FALSE * accuracy / (1 - accuracy))  # (S,)
    plainly = np.where(table.is_wide[table.value], np.log(1 - vagueness)[table.source], 0.0)
    exactly = table.own * (weight[table.source] + plainly)  # (C,)
    vaguely = table.own * (weight + np.log(vagueness))[table.source]  # (C,)
    n = len(table.values)
    scores = np.bincount(table.value, exactly, n) + np.bincount(
        table.exact[table.of_pair], vaguely[table.by_claim], n
    )
    odds = np.exp(scores - np.maximum.reduceat(scores, table.first)[table.item])
    whole: Floats = odds / np.add.reduceat(odds, table.first)[table.item]
    return whole


def _rates(table: _Table, truth: Floats, n_sources: int) -> tuple[Floats, Floats]:
    """How often each source is right, and vague where it could be."""

    def each(source: Ints, weight: Floats) -> Floats:
        return np.asarray(np.bincount(source, weight, n_sources), dtype=float)

    chance = truth[table.value]  # (C,)
    of_others = truth[table.exact[table.of_pair]]  # (Q,)
    vaguely = each(table.source[table.by_claim], of_others)
    given = ACCURACY_WEIGHT + each(table.source, np.ones(len(table.source)))
    right = ACCURACY_WEIGHT * ACCURACY_PRIOR + each(table.source, chance) + vaguely
    could_be = each(table.source, np.where(table.is_wide[table.value], chance, 0.0)) + vaguely
    vague = VAGUENESS_WEIGHT * VAGUENESS_PRIOR + vaguely
    return (
        np.clip(right / given, _LEAST, _MOST),
        np.clip(vague / (VAGUENESS_WEIGHT + could_be), _LEAST, _MOST),
    )


def _all_its_own(_source: str, _item: str, _value: str) -> float:
    return 1.0
