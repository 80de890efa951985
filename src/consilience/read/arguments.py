"""From the scores of argument tags to spans of words with their PropBank roles."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
# A role, its first word and the word after its last.
Span = tuple[str, int, int]

_NEVER = -1e4
# PropBank gives these once to a predicate, on EWT's training part without exception for the
# numbered ones.
_ONCE = frozenset("ARG0 ARG1 ARG2 ARG3 ARG4 ARGM-NEG ARGM-LVB ARGM-EXT".split())
# On the same part no argument begins or ends with one of these, but for 30 of 81,270.
_MARKS = frozenset(", . ; : ! ? - – — -- ...".split())


def best_arguments(
    scores: Array, predicates: Sequence[int], tags: Sequence[str], surfaces: Sequence[str]
) -> list[list[Span]]:
    """The arguments of each predicate in the order of the words.

    `scores` (P, T, L) are those of `tags`, which are O and then B and I of each role in turn;
    `predicates` (P) are the predicates' words. A predicate is never part of its own argument.
    """
    scores = scores.copy()
    scores[np.arange(len(predicates)), predicates, 1:] = _NEVER
    best = _best_tags(scores)
    said = np.take_along_axis(scores, best[:, :, None], axis=2)[:, :, 0]
    margins = said - scores[:, :, 0]
    rows = zip(best.tolist(), margins.tolist(), strict=True)
    return [_arguments(*row, tags, surfaces) for row in rows]


def _best_tags(scores: Array) -> NDArray[np.int64]:
    """The likeliest legal tags of each row, (P, T).

    What is inside a role follows its beginning or its inside alone; all else may follow
    anything. Where each word's best tag makes a legal row, that row is the best.
    """
    tags = scores.argmax(axis=2)
    before = np.concatenate([np.zeros_like(tags[:, :1]), tags[:, :-1]], axis=1)
    inside = (tags > 0) & (tags % 2 == 0)
    broken = (inside & (before != tags) & (before != tags - 1)).any(axis=1)
    if broken.any():
        tags[broken] = _best_paths(scores[broken])
    return np.asarray(tags)


def _best_paths(scores: Array) -> NDArray[np.int64]:
    """`_best_tags` by dynamic programming (Viterbi)."""
    n_rows, n_words, n_tags = scores.shape
    totals = np.empty((n_words, n_rows, n_tags))
    totals[:] = scores.transpose(1, 0, 2)
    totals[0, :, 2::2] = -np.inf
    for before, total in pairwise(totals):
        within = np.maximum(before[:, 1::2], before[:, 2::2]) + total[:, 2::2]
        total += before.max(axis=1, keepdims=True)
        total[:, 2::2] = within
    bests = totals.argmax(axis=2).T.tolist()
    return np.array([_path_back(best, totals[:, row]) for row, best in enumerate(bests)])


def _path_back(bests: list[int], totals: NDArray[np.float64]) -> list[int]:
    """From the last word's best tag to the first; `bests` are the words' best so far."""
    path = bests
    for t in range(len(path) - 1, 0, -1):
        tag = path[t]
        if tag and tag % 2 == 0:
            path[t - 1] = tag if totals[t - 1, tag] > totals[t - 1, tag - 1] else tag - 1
    return path


def _arguments(
    best: list[int], margins: list[float], tags: Sequence[str], surfaces: Sequence[str]
) -> list[Span]:
    """The runs of tags, without marks at their edges; `margins` are over O.

    Of two stretches for a role that is given once, those that touch are one, and of those apart
    the surer stays.
    """
    found: list[Span] = []
    sure: list[float] = []
    for first, last in _runs(best):
        role = tags[best[first]].removeprefix("B-")
        margin = sum(margins[first:last]) / (last - first)
        same = next((k for k, span in enumerate(found) if span[0] == role), None)
        if same is None or role not in _ONCE:
            found.append((role, first, last))
            sure.append(margin)
        elif found[same][2] == first:
            found[same] = (role, found[same][1], last)
            sure[same] = max(sure[same], margin)
        elif margin > sure[same]:
            found[same], sure[same] = (role, first, last), margin
    trimmed = (_trimmed(span, surfaces) for span in sorted(found, key=lambda span: span[1]))
    return [span for span in trimmed if span[1] < span[2]]


def _runs(best: list[int]) -> Iterator[tuple[int, int]]:
    """Each beginning with its insides; odd tags begin, even ones but 0 go on."""
    first = 0
    for i in range(1, len(best) + 1):
        if i < len(best) and best[i] and best[i] % 2 == 0:
            continue
        if best[first]:
            yield first, i
        first = i


def _trimmed(span: Span, surfaces: Sequence[str]) -> Span:
    role, first, last = span
    while first < last and surfaces[last - 1] in _MARKS:
        last -= 1
    while first < last and surfaces[first] in _MARKS:
        first += 1
    return role, first, last
