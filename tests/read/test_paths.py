from consilience.read.paths import paths_from

# Police said gunmen killed two guards.
HEADS = [1, -1, 3, 1, 5, 3]
DEPRELS = [0, 4, 0, 3, 2, 1]  # nsubj root nsubj ccomp nummod obj
WIDE = 6  # five relations and none


def test_what_hangs_from_the_predicate_has_the_relation_of_its_branch() -> None:
    found = paths_from(3, HEADS, DEPRELS, 5)
    assert found[2] == 1
    assert found[4] == found[5] == 2


def test_the_predicate_and_what_is_above_it_have_no_relation_but_a_height() -> None:
    found = paths_from(3, HEADS, DEPRELS, 5)
    assert found[3] == 0
    assert found[1] == WIDE


def test_a_branch_that_leaves_above_the_predicate_is_told_from_its_own() -> None:
    found = paths_from(3, HEADS, DEPRELS, 5)
    assert found[0] == WIDE + 1


def test_heights_past_the_last_count_as_the_last() -> None:
    chain = [-1, 0, 1, 2, 3, 4]
    found = paths_from(5, chain, [0] * 6, 5)
    assert found == [3 * WIDE, 3 * WIDE, 3 * WIDE, 2 * WIDE, WIDE, 0]
