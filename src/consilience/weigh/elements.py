"""Beliefs in lists (the authors of a book): each element holds or does not.

The latent truth model of Zhao, Rubinstein, Gemmell and Han (2012), fitted by expectation
maximisation: a source leaves out what is true at one rate and puts in what is false at another.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Beta priors, as (for, against): what is true is put in by half of the sources, what is false by
# one in forty. The first is vague on purpose; best of twelve pairs on the table of books in
# evaluation/truth.py, which differ by three books in a hundred.
_SENSITIVITY = (5.0, 5.0)
_FALSE_ALARM = (0.5, 20.0)
_ROUNDS = 15
_CERTAIN = 1e-9

List = frozenset[str]


@dataclass(frozen=True, slots=True)
class ListBeliefs:
    """`elements[item][element]`: the probability that it belongs; `fit[item][value]`: that of a
    list given, relative to the others given for the item (they sum to one)."""

    elements: Mapping[str, Mapping[str, float]]
    fit: Mapping[str, Mapping[List, float]]
    sensitivity: Mapping[str, float]


def believe_lists(lists: Sequence[tuple[str, str, List]]) -> ListBeliefs:
    """Beliefs from (source, item, elements), each source giving one list an item."""
    given: dict[str, dict[str, List]] = defaultdict(dict)
    for source, item, value in sorted(lists, key=lambda one: (one[0], one[1], sorted(one[2]))):
        given[item][source] = value
    sources = sorted({source for source, _, _ in lists})
    sensitivity = dict.fromkeys(sources, _mean(_SENSITIVITY))
    false_alarm = dict.fromkeys(sources, _mean(_FALSE_ALARM))
    elements: dict[str, dict[str, float]] = {}
    for _ in range(_ROUNDS):
        true = {s: list(_SENSITIVITY) for s in sources}
        false = {s: list(_FALSE_ALARM) for s in sources}
        for item, by_source in given.items():
            elements[item] = {}
            for element in sorted(frozenset().union(*by_source.values())):
                odds = sum(
                    math.log(sensitivity[s] / false_alarm[s])
                    if element in value
                    else math.log((1 - sensitivity[s]) / (1 - false_alarm[s]))
                    for s, value in by_source.items()
                )
                probability = 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))
                elements[item][element] = probability
                for s, value in by_source.items():
                    k = 0 if element in value else 1
                    true[s][k] += probability
                    false[s][k] += 1 - probability
        sensitivity = {s: _mean(true[s]) for s in sources}
        false_alarm = {s: _mean(false[s]) for s in sources}
    fit = {item: _fit(set(by.values()), elements[item]) for item, by in given.items()}
    return ListBeliefs(elements, fit, sensitivity)


def _fit(values: set[List], elements: Mapping[str, float]) -> dict[List, float]:
    """How likely each list is, its elements being independent, among those given."""
    logs = {
        value: sum(
            math.log(max(_CERTAIN, p if element in value else 1 - p))
            for element, p in elements.items()
        )
        for value in sorted(values, key=sorted)
    }
    most = max(logs.values())
    odds = {value: math.exp(log - most) for value, log in logs.items()}
    whole = sum(odds.values())
    return {value: odd / whole for value, odd in odds.items()}


def _mean(counts: Sequence[float]) -> float:
    return counts[0] / sum(counts)
