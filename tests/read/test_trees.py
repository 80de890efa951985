"""Trees against every tree there is, for few words."""

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from consilience.read.trees import best_tree


def is_tree(heads: tuple[int, ...] | list[int]) -> bool:
    """Whether there is one root and every word leads to it."""
    if list(heads).count(-1) != 1:
        return False
    for word in range(len(heads)):
        walked, at = set(), word
        while at != -1 and at not in walked:
            walked.add(at)
            at = heads[at]
        if at != -1:
            return False
    return True


def likelihood(arcs: NDArray[np.float64], heads: tuple[int, ...] | list[int]) -> float:
    shares = arcs - np.log(np.exp(arcs).sum(axis=1, keepdims=True))
    # A word cannot head itself, but its share counts in the sum, as in the decoder.
    return float(sum(shares[word, head + 1] for word, head in enumerate(heads)))


@pytest.mark.parametrize("seed", range(60))
def test_the_tree_is_the_likeliest_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 2 + seed % 4
    arcs = rng.normal(scale=4, size=(n, n + 1))
    trees = [heads for heads in product(range(-1, n), repeat=n) if is_tree(heads)]
    found = best_tree(arcs)
    assert is_tree(found)
    best = max(likelihood(arcs, heads) for heads in trees)
    assert likelihood(arcs, found) == pytest.approx(best)


def test_two_words_that_both_want_to_be_the_root_give_one() -> None:
    arcs = np.array([[9.0, 0.0, 1.0], [8.0, 1.0, 0.0]])
    assert best_tree(arcs) == [-1, 0]


def test_words_without_preference_form_a_tree() -> None:
    assert is_tree(best_tree(np.zeros((40, 41))))


def test_one_word_is_the_root() -> None:
    assert best_tree(np.array([[0.0, 5.0]])) == [-1]


@pytest.mark.parametrize("seed", range(5))
def test_hundreds_of_words_form_a_tree(seed: int) -> None:
    arcs = np.random.default_rng(seed).normal(scale=20, size=(300, 301))
    assert is_tree(best_tree(arcs))
