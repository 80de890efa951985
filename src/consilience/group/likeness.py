"""How much speaks for it that two documents tell of one event."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from itertools import product

from consilience.group.sketch import Sketch

# Of a page's words only those that tell the most are compared.
WORDS_MAX = 120
_LENGTH_MIN = 0.3  # pages of none but common words are like nothing
_LEAD_WORDS = 60  # they count twice
_NAMES_MAX = 5
# Logistic regressions on half of the incidents of GVA dev, rounded by hand; checked on ECB+ train,
# whose documents have no dates, and on GVA pressed into sixty and into ten days.
_WORDS_WEIGHT = 4.2
_SHARED_NAMES_WEIGHT = 0.9
_OTHER_NAMES_WEIGHT = -0.6
_GAP_WEIGHT = -1.15
_CROWD_WEIGHT = -0.42
_BIAS = 1.85
_NAMED_MIN = 1.0
_GAP_UNKNOWN_DAYS = 1
CROWD_MIN = 30  # a stream of a few documents is part of a larger world


@dataclass(frozen=True, slots=True)
class Page:
    """A sketch whose words are weighed: `words` strongest first, their weights' squares sum to 1.

    `names` with how rare each is; `crowd`: the logarithm of how many documents it might be taken
    for.
    """

    key: str
    words: tuple[str, ...]
    weights: tuple[float, ...]
    names: dict[str, float]
    days: tuple[int, ...]
    crowd: float


def page_of(
    sketch: Sketch,
    furniture: frozenset[tuple[str, ...]],
    rarity: Callable[[str], float],
    n_near: int,
) -> Page:
    """`n_near` documents are of about the same days."""
    told = [line for line in sketch.lines if line.words not in furniture]
    words = [word for line in told for word in line.words]
    counts = Counter(words)
    counts.update(words[:_LEAD_WORDS])
    weighed = ((1 + math.log(n)) * rarity(word) ** 2 for word, n in counts.items())
    strong, weights = strongest(zip(weighed, counts, strict=True))
    return Page(
        key=sketch.key,
        words=strong,
        weights=weights,
        names={name: rarity(name) for line in told for name in line.names},
        days=sketch.days,
        crowd=math.log(CROWD_MIN + n_near),
    )


def strongest(weighed: Iterable[tuple[float, str]]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words of a `Page` and their weights."""
    best = sorted(nlargest(WORDS_MAX, weighed), key=lambda pair: (-pair[0], pair[1]))
    length = math.sqrt(_LENGTH_MIN + math.fsum(weight * weight for weight, _ in best))
    return tuple(word for _, word in best), tuple(weight / length for weight, _ in best)


def likeness(a: Page, b: Page) -> float:
    """Above 0 where both rather tell of one event; log-odds, on news like that it was fitted on."""
    shared = _rarest(a.names[name] for name in a.names.keys() & b.names.keys())
    # Whoever tells of the same names the same people and places; who names nobody may mean others.
    named = max(_NAMED_MIN, min(_rarest(a.names.values()), _rarest(b.names.values())))
    return (
        _BIAS
        + _WORDS_WEIGHT * cosine(a, b)
        + _SHARED_NAMES_WEIGHT * shared
        + _OTHER_NAMES_WEIGHT * (named - shared)
        + _GAP_WEIGHT * math.log1p(_gap_days(a.days, b.days))
        + _CROWD_WEIGHT * (a.crowd + b.crowd) / 2
    )


def _rarest(rarities: Iterable[float]) -> float:
    return math.fsum(nlargest(_NAMES_MAX, rarities))


def cosine(a: Page, b: Page) -> float:
    weights = dict(zip(a.words, a.weights, strict=True))
    return math.fsum(
        weights[word] * weight
        for word, weight in zip(b.words, b.weights, strict=True)
        if word in weights
    )


def _gap_days(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    """Between the nearest two days that they name."""
    return min((abs(x - y) for x, y in product(a, b)), default=_GAP_UNKNOWN_DAYS)
