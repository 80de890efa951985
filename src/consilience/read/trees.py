"""The best tree under scored arcs."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_tree(arcs: NDArray[np.floating]) -> list[int]:
    """Each word's head, -1 for the one root; the heads form a tree.

    Args:
        arcs: shape (W, W + 1); `arcs[d, h]` scores word d's hanging from word h - 1, and
            `arcs[d, 0]` its being the root.

    Source:
        Chu and Liu (1965), Edmonds (1967); one root by making every root arc dear, so that the
        best tree has the fewest (Stanojević and Cohen 2021). Ties go to the leftmost head.
    """
    n = len(arcs)
    others = arcs.copy()
    others[np.arange(n), np.arange(1, n + 1)] = -np.inf  # no word hangs from itself
    heads = [0, *others.argmax(axis=1).tolist()]
    if heads.count(0) == 2 and _find_cycle(heads) is None:
        return [head - 1 for head in heads[1:]]
    scores = np.full((n + 1, n + 1), -np.inf)
    scores[1:] = _log_shares(np.asarray(arcs, dtype=np.float64))
    np.fill_diagonal(scores, -np.inf)
    # Dearer than the whole range of any tree's score, yet small enough to keep the digits.
    finite = scores[np.isfinite(scores)]
    scores[:, 0] -= (n + 1) * (1.0 + float(finite.max() - finite.min()))
    return [int(head) - 1 for head in _arborescence(scores)[1:]]


def _log_shares(arcs: Scores) -> Scores:
    shifted = arcs - arcs.max(axis=1, keepdims=True)
    # Shares of nothing would make a dear arc impossible and the tree undefined.
    shares: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.maximum(shares, -1000.0)


def _arborescence(scores: Scores) -> NDArray[np.int64]:
    """The best heads of nodes 1 … n-1 under node 0; `scores[d, h]`, -inf where not allowed."""
    heads: NDArray[np.int64] = scores.argmax(axis=1)
    heads[0] = 0
    found = _find_cycle(heads.tolist())
    if found is None:
        return heads
    cycle = np.array(found)
    n = len(scores)
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    # The cycle becomes one node, the last: what enters it breaks it at one place.
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]
    leaving = scores[np.ix_(outside, cycle)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[-1, :-1] = entering.max(axis=0)
    smaller[:-1, -1] = leaving.max(axis=1)
    smaller[0] = -np.inf
    rest = _arborescence(smaller)
    for i, node in enumerate(outside[1:], start=1):
        head = rest[i]
        heads[node] = cycle[leaving[i].argmax()] if head == len(outside) else outside[head]
    entrance = rest[-1]
    heads[cycle[entering[:, entrance].argmax()]] = outside[entrance]
    return heads


def _find_cycle(heads: list[int]) -> list[int] | None:
    """The nodes of a cycle, lowest first; None where every node hangs from 0."""
    # 0: not seen; otherwise the number of the walk that saw it.
    seen = [0] * len(heads)
    seen[0] = len(heads) + 1
    for start in range(1, len(heads)):
        node = start
        while not seen[node]:
            seen[node] = start
            node = heads[node]
        if seen[node] == start:
            cycle = [node]
            while heads[cycle[-1]] != node:
                cycle.append(heads[cycle[-1]])
            return sorted(cycle)
    return None
