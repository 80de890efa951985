"""Scores of factuality, worked by hand."""

import numpy as np
import pytest

from evaluation.factuality import best_thresholds, f1s, three_ways


def test_numbers_fall_into_three_ways() -> None:
    assert list(three_ways(np.array([-1.0, 0.0, 1.0]), -0.5, 0.5)) == [0, 1, 2]


def test_each_way_has_its_f1() -> None:
    said, real = np.array([2, 2, 1, 0]), np.array([2, 1, 1, 0])
    assert f1s(said, real) == pytest.approx([200 / 3, 200 / 3, 100.0])


def test_thresholds_part_what_can_be_parted() -> None:
    numbers = np.repeat([-2.0, 0.1, 0.2], 20)
    real = np.repeat([0, 1, 2], 20)
    assert f1s(three_ways(numbers, *best_thresholds(numbers, real)), real) == [100.0] * 3
