"""How each word of a sentence hangs from a predicate, as the reader of arguments is told it."""

from collections.abc import Sequence

UP = 4  # steps up from a predicate that are told apart; further ones count as the last


def paths_from(
    predicate: int, heads: Sequence[int], deprels: Sequence[int], n_deprels: int
) -> list[int]:
    """For each word, how far up from the predicate its branch leaves, and by which relation.

    Climbing from the word one meets the predicate or a word above it. How far up from the
    predicate that is (0 to UP - 1) and the relation by which the branch climbed hangs there (0 for
    that word itself, else 1 and more) make the number, from 0 to UP * (n_deprels + 1) - 1.
    `heads` is a tree with -1 at its root.
    """
    wide = n_deprels + 1
    found = [-1] * len(heads)
    up, at = 0, predicate
    while at >= 0:
        found[at] = up * wide
        up, at = min(up + 1, UP - 1), heads[at]
    for word in range(len(heads)):
        climbed = []
        at = word
        while found[at] < 0:
            climbed.append(at)
            at = heads[at]
        if climbed:
            top = found[at]
            # The first of a branch takes the relation; below it, all is as the branch is.
            number = top + 1 + deprels[climbed[-1]] if top % wide == 0 else top
            for i in climbed:
                found[i] = number
    return found
