"""Which of the values that sources give holds, weighing sources by how often they are right.

A Bayesian model fitted by expectation maximisation: each source errs at a rate of its own and,
where its value may be a vaguer form of another one ("Norland" for "Arlow, in Norland"; 74,000 for
73,951), is vague at a rate of its own. After Dong, Berti-Équille and Srivastava (2009) for
accuracy, and Jung, Kim and Shim (2019) for values that lie within one another, with one departure:
a vague value is not an error.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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
    givers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(set(said)):
        givers[one.item][one.value].append(one.source)
    vaguer = {
        item: {v: [w for w in by_value if w != v and is_vaguer(w, v)] for v in by_value}
        for item, by_value in givers.items()
    }
    sources = sorted({one.source for one in said})
    accuracy = dict.fromkeys(sources, ACCURACY_PRIOR)
    vagueness = dict.fromkeys(sources, VAGUENESS_PRIOR)
    truth: dict[str, dict[str, float]] = {}
    for _ in range(_ROUNDS):
        right = dict.fromkeys(sources, ACCURACY_WEIGHT * ACCURACY_PRIOR)
        given = dict.fromkeys(sources, ACCURACY_WEIGHT)
        vague = dict.fromkeys(sources, VAGUENESS_WEIGHT * VAGUENESS_PRIOR)
        chances = dict.fromkeys(sources, VAGUENESS_WEIGHT)
        for item, by_value in givers.items():
            truth[item] = _normalised(
                {
                    value: sum(
                        share(source, item, value)
                        * (
                            _weight(accuracy[source])
                            + (math.log(1 - vagueness[source]) if wide else 0)
                        )
                        for source in by_value[value]
                    )
                    + sum(
                        share(source, item, other)
                        * (_weight(accuracy[source]) + math.log(vagueness[source]))
                        for other in wide
                        for source in by_value[other]
                    )
                    for value, wide in vaguer[item].items()
                }
            )
            for value, wide in vaguer[item].items():
                probability = truth[item][value]
                for source in by_value[value]:
                    given[source] += 1
                    right[source] += probability
                    chances[source] += probability if wide else 0
                for source in (s for other in wide for s in by_value[other]):
                    right[source] += probability
                    chances[source] += probability
                    vague[source] += probability
        accuracy = {s: _bounded(right[s] / given[s]) for s in sources}
        vagueness = {s: _bounded(vague[s] / chances[s]) for s in sources}
    holds = {
        item: {
            value: min(
                1.0, sum(p for v, p in truth[item].items() if v == value or value in wide[v])
            )
            for value in by_value
        }
        for item, by_value in givers.items()
        for wide in (vaguer[item],)
    }
    return Beliefs(truth, holds, accuracy)


def _all_its_own(_source: str, _item: str, _value: str) -> float:
    return 1.0


def _weight(accuracy: float) -> float:
    return math.log(N_FALSE * accuracy / (1 - accuracy))


def _bounded(share: float) -> float:
    return min(_MOST, max(_LEAST, share))


def _normalised(logs: Mapping[str, float]) -> dict[str, float]:
    most = max(logs.values())
    odds = {value: math.exp(log - most) for value, log in logs.items()}
    whole = sum(odds.values())
    return {value: odd / whole for value, odd in odds.items()}
