"""How well clusters agree with the right ones: MUC, B³, CEAF-e, their mean, and its interval.

The measures are those of the reference scorer of the CoNLL shared tasks (Pradhan et al. 2014).
Clusters of one mention count: MUC gives nothing for them, B³ and CEAF-e do. A mention that only
one side has counts as missed or invented on the other.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

Clusters = Sequence[frozenset[str]]
N_RESAMPLES = 1000
_SEED = 7


class Interval(NamedTuple):
    """F1s in hundredths; `low` and `high` bound 95 % of the resamples of the mean."""

    muc: float
    b_cubed: float
    ceaf_e: float
    conll: float
    low: float
    high: float

    def __str__(self) -> str:
        return (
            f"MUC {self.muc:5.1f} B3 {self.b_cubed:5.1f} CEAFe {self.ceaf_e:5.1f}"
            f" CoNLL {self.conll:5.1f} [{self.low:.1f}, {self.high:.1f}]"
        )


def muc(key: Clusters, response: Clusters) -> tuple[float, float]:
    """Links kept, links there are: the recall of `response` against `key` (Vilain et al. 1995)."""
    where = _cluster_of(response)
    kept = sum(_links_kept(c, where) for c in key)
    return float(kept), float(sum(len(c) - 1 for c in key))


def b_cubed(key: Clusters, response: Clusters) -> tuple[float, float]:
    """Summed recall of the mentions, and their number (Bagga and Baldwin 1998)."""
    where = _cluster_of(response)
    total = sum(n * n / len(c) for c in key for n in _overlaps(c, where).values())
    return total, float(sum(map(len, key)))


def ceaf_e(key: Clusters, response: Clusters) -> float:
    """The similarity of the best one-to-one alignment of clusters (Luo 2005, φ4)."""
    return sum(similarity for _, _, similarity in _aligned(key, response))


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def conll(key: Clusters, response: Clusters) -> dict[str, float]:
    """F1 by each measure and their mean, in hundredths."""
    scores = {}
    for name, measure in (("MUC", muc), ("B3", b_cubed)):
        found, there = measure(key, response)
        right, given = measure(response, key)
        scores[name] = 100 * f1(_ratio(right, given), _ratio(found, there))
    similarity = ceaf_e(key, response)
    scores["CEAFe"] = 100 * f1(_ratio(similarity, len(response)), _ratio(similarity, len(key)))
    return scores | {"CoNLL": sum(scores.values()) / 3}


def clusters(by_mention: Mapping[str, str]) -> list[frozenset[str]]:
    """The clusters that a mapping of mentions to the names of clusters makes."""
    grouped: dict[str, set[str]] = defaultdict(set)
    for mention, cluster in by_mention.items():
        grouped[cluster].add(mention)
    return [frozenset(grouped[c]) for c in sorted(grouped)]


def scored(
    key: Mapping[str, str], response: Mapping[str, str], unit_of: Mapping[str, str]
) -> Interval:
    """The measures, and the interval of their mean over resampled units (topics, incidents).

    What a cluster earns is shared out equally to its mentions and summed by their unit, so that
    clusters that run across units, as a wrong one may, can be resampled too.
    """
    earned = _earned(clusters(key), clusters(response))
    units = sorted(set(unit_of.values()))
    row = {unit: i for i, unit in enumerate(units)}
    table = np.zeros((len(units), len(_COLUMNS)))  # (U, 12) float64
    for mention, amounts in earned.items():
        table[row[unit_of[mention]]] += amounts
    muc_, b_cubed_, ceaf_e_, conll_ = _measures(table.sum(axis=0))
    rng = random.Random(_SEED)  # noqa: S311
    means = sorted(
        _measures(table[rng.choices(range(len(units)), k=len(units))].sum(axis=0))[3]
        for _ in range(N_RESAMPLES)
    )
    edge = N_RESAMPLES // 40
    return Interval(muc_, b_cubed_, ceaf_e_, conll_, means[edge], means[-1 - edge])


# Of each measure: what recall found, of how much, what precision found, of how much.
_COLUMNS = tuple((m, side) for m in ("muc", "b_cubed", "ceaf_e") for side in range(4))


def _earned(key: Clusters, response: Clusters) -> dict[str, list[float]]:
    earned: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(_COLUMNS))
    for first, one, other in ((0, key, response), (2, response, key)):
        where = _cluster_of(other)
        for c in one:
            overlaps = _overlaps(c, where)
            kept, links = _links_kept(c, where) / len(c), (len(c) - 1) / len(c)
            for mention in c:
                amounts = earned[mention]
                amounts[first] += kept
                amounts[first + 1] += links
                amounts[4 + first] += overlaps.get(where.get(mention, -1), 0) / len(c)
                amounts[4 + first + 1] += 1.0
                amounts[8 + first + 1] += 1 / len(c)
    for k, r, similarity in _aligned(key, response):
        for first, c in ((8, key[k]), (10, response[r])):
            for mention in c:
                earned[mention][first] += similarity / len(c)
    return dict(earned)


def _measures(
    sums: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> tuple[float, float, float, float]:
    one, two, three = (
        100 * f1(_ratio(sums[i + 2], sums[i + 3]), _ratio(sums[i], sums[i + 1])) for i in (0, 4, 8)
    )
    return one, two, three, (one + two + three) / 3


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _cluster_of(found: Clusters) -> dict[str, int]:
    return {m: i for i, c in enumerate(found) for m in c}


def _overlaps(cluster: Iterable[str], where: Mapping[str, int]) -> dict[int, int]:
    """How many mentions lie in each cluster of the other side."""
    counts: dict[int, int] = defaultdict(int)
    for mention in cluster:
        if mention in where:
            counts[where[mention]] += 1
    return counts


def _links_kept(cluster: frozenset[str], where: Mapping[str, int]) -> int:
    overlaps = _overlaps(cluster, where)
    return sum(overlaps.values()) - len(overlaps)


def _aligned(key: Clusters, response: Clusters) -> list[tuple[int, int, float]]:
    """Index of a key and of a response cluster and their similarity, for the best alignment.

    Clusters that share no mention add nothing, so each group that overlaps is aligned alone.
    """
    where = _cluster_of(response)
    overlaps = [_overlaps(c, where) for c in key]
    keys_of: dict[int, list[int]] = defaultdict(list)
    for k, found in enumerate(overlaps):
        for r in found:
            keys_of[r].append(k)
    seen: set[int] = set()
    aligned: list[tuple[int, int, float]] = []
    for start in range(len(key)):
        if start in seen or not overlaps[start]:
            continue
        seen.add(start)
        ks, rs = [start], dict.fromkeys(overlaps[start])
        for k in ks:
            for r in overlaps[k]:
                rs.setdefault(r)
                new = [other for other in keys_of[r] if other not in seen]
                seen.update(new)
                ks += new
        columns = list(rs)
        gain = np.array(
            [
                [2 * overlaps[k].get(r, 0) / (len(key[k]) + len(response[r])) for r in columns]
                for k in ks
            ]
        )  # (K, R) float64
        aligned += [(ks[i], columns[j], float(gain[i, j])) for i, j in _assign(gain)]
    return aligned


def _assign(gain: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> list[tuple[int, int]]:
    """The pairs of row and column, each used once, of the greatest total gain.

    Kuhn-Munkres with potentials; the search over columns is done by numpy.
    """
    if gain.shape[0] > gain.shape[1]:
        return [(i, j) for j, i in _assign(gain.T)]
    n, m = gain.shape
    cost = np.zeros((n + 1, m + 1))
    cost[1:, 1:] = -gain
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    owner, way = np.zeros(m + 1, dtype=int), np.zeros(m + 1, dtype=int)
    for row in range(1, n + 1):
        owner[0], column = row, 0
        least, used = np.full(m + 1, np.inf), np.zeros(m + 1, dtype=bool)
        while owner[column]:
            used[column] = True
            here = owner[column]
            reduced = cost[here] - u[here] - v
            nearer = ~used & (reduced < least)
            least[nearer], way[nearer] = reduced[nearer], column
            open_ = np.where(used, np.inf, least)
            open_[0] = np.inf
            following = int(open_.argmin())
            step = open_[following]
            u[owner[used]] += step
            v[used] -= step
            least[~used] -= step
            column = following
        while column:
            before = way[column]
            owner[column] = owner[before]
            column = int(before)
    return [(int(owner[j]) - 1, j - 1) for j in range(1, m + 1) if owner[j]]
