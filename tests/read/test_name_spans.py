from itertools import pairwise, product

import numpy as np
import pytest

from consilience.read.name_spans import HEAT, LEAST, SURE_KIND, chain_of, likely_names

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
NEVER = -1e4


def _chain(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    steps, starts = rng.normal(size=(5, 5)), rng.normal(size=5)
    for j, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            starts[j] = NEVER
            for i, before in enumerate(TAGS):
                if before[2:] != tag[2:]:
                    steps[i, j] = NEVER
    return steps, starts


def _by_counting(scores: np.ndarray, steps: np.ndarray, starts: np.ndarray) -> list[int]:
    """The tags of the spans that have, or whose word's kind has, enough of all paths weighed."""
    shares: dict[tuple[int, ...], float] = {}
    total = 0.0
    n = len(scores)
    for path in product(range(5), repeat=n):
        score = starts[path[0]] + sum(scores[i, tag] for i, tag in enumerate(path))
        score += sum(steps[a, b] for a, b in pairwise(path))
        weight = float(np.exp(score / HEAT))
        total += weight
        for first in range(n):
            if path[first] in (1, 3):
                end = first + 1
                while end < n and path[end] == path[first] + 1:
                    end += 1
                span = (first, end, path[first])
                shares[span] = shares.get(span, 0.0) + weight
    kinds = {
        (i, beginning): sum(
            share for (a, b, kind), share in shares.items() if kind == beginning and a <= i < b
        )
        for i in range(n)
        for beginning in (1, 3)
    }
    tags = [0] * n
    for (first, end, beginning), share in sorted(shares.items(), key=lambda item: -item[1]):
        sure = max(kinds[i, beginning] for i in range(first, end)) > SURE_KIND * total
        clear = share > total / 2 or (sure and share > LEAST * total)
        if clear and not any(tags[first:end]):
            tags[first:end] = [beginning] + [beginning + 1] * (end - first - 1)
    return tags


@pytest.mark.parametrize("seed", range(40))
def test_spans_are_those_that_counting_all_paths_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(scale=4, size=(1 + seed % 5, 5)).astype(np.float32)
    scores[:, 0] += 3 * (seed % 4)  # with few names, and none
    steps, starts = _chain(rng)
    assert likely_names(scores, chain_of(steps, starts)) == _by_counting(scores, steps, starts)


def test_a_name_in_doubt_between_two_kinds_is_none() -> None:
    scores = np.array([[0, 9, 0, 9, 0]], dtype=np.float32)
    steps, starts = np.zeros((5, 5)), np.array([0.0, 0, NEVER, 0, NEVER])
    assert likely_names(scores, chain_of(steps, starts)) == [0]
    scores[0, 3] = 5
    assert likely_names(scores, chain_of(steps, starts)) == [1]


def test_a_name_with_a_doubtful_edge_is_still_a_name() -> None:
    scores = np.array([[0, 9, 0, 0, 0], [4.6, 0, 4.1, 0, 0], [4, 0, 4, 0, 0]], dtype=np.float32)
    starts = np.array([0.0, 0, NEVER, 0, NEVER])
    steps = _chain(np.random.default_rng(0))[0]
    steps[steps > NEVER] = 0
    assert likely_names(scores, chain_of(steps, starts)) == [1, 0, 0]


def test_extreme_scores_stay_finite() -> None:
    scores = np.full((300, 5), -500, dtype=np.float32)
    scores[:, 0], scores[7, 1] = 500, 900
    tags = likely_names(scores, chain_of(*_chain(np.random.default_rng(0))))
    assert tags == [int(i == 7) for i in range(300)]
