import numpy as np

from consilience.flow.choosing import choose

SIGNATURES = np.repeat(np.array([1, 1, 2, 1, 3, 3, 1, 4], np.uint32)[:, None], 64, axis=1)


def test_what_fits_is_told_whole() -> None:
    assert choose([0, 1, 2], SIGNATURES, 3) == [0, 1, 2]


def test_each_stretch_gives_the_one_that_says_most_else() -> None:
    # Stretches 0 1 | 2 3 | 4 5 | 6 7: of each the first that is unlike what was chosen.
    assert choose(list(range(8)), SIGNATURES, 4) == [0, 2, 4, 7]


def test_where_all_say_the_same_the_earliest_of_each_stretch_is_told() -> None:
    assert choose(list(range(6)), np.ones((6, 64), np.uint32), 3) == [0, 2, 4]
