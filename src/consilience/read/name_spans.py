"""Names from the scores of a linear chain: a span is one where it is likelier than not."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# The scores are surer than they are right: with them divided so, span F1 on UNER-EWT's
# development part is best.
HEAT = 1.5
# A word of one kind for sure is part of a name, though where that begins or ends is in doubt:
# as good on the development part, and no name is lost to a doubtful edge.
SURE_KIND = 0.8
LEAST = 0.2  # probability of a span worth a look

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chain:
    """How well tag follows tag, (L, L) and for a first word (L), as factors.

    A name in the place of words outside makes a reading likelier by no more than `around` for
    the steps to and from it and `within` for each step inside.
    """

    allowed: Floats
    starts: Floats
    around: float
    within: float


def chain_of(steps: Floats, starts: Floats) -> Chain:
    """From the scores of steps and starts over "O", then a beginning and an inside a kind."""
    allowed = np.exp(np.maximum(steps, -700.0) / HEAT)
    begun = np.exp(np.maximum(starts, -700.0) / HEAT)
    into = max((allowed[:, 1::2] / allowed[:, :1]).max(), (begun[1::2] / begun[0]).max())
    # What goes on inside a name never follows what is outside.
    outside = [0, *range(1, len(allowed), 2)]
    out_of = max((allowed[1:, outside] / allowed[0, outside]).max(), 1.0)
    within = (allowed[1:, 2::2] / allowed[0, 0]).max()
    return Chain(allowed, begun, float(into * out_of), float(within))


def likely_names(scores: NDArray[np.float32], chain: Chain) -> list[int]:
    """Each word's tag, by number, from scores (T, L): in a span likelier than not, or outside.

    The tags are "O", then a beginning and an inside for each kind. Unlike the likeliest path
    (Viterbi), which takes a doubtful name if every other reading of the whole sentence is
    worse, this weighs each name by itself. Where a word's kind is sure and the name's edges are
    not, the likeliest span is taken.
    """
    if _is_without_names(scores, chain):
        return [0] * len(scores)
    allowed = chain.allowed
    word = np.exp((scores - scores.max(axis=1, keepdims=True)) / HEAT).astype(np.float64)
    after = _after(word, allowed)
    share = _shares(word, chain, after)
    found = [
        (probability, -int(first), end, beginning)
        for beginning in range(1, word.shape[1], 2)
        for first in np.flatnonzero(share[:, beginning] > LEAST)
        for end, probability in _ends(int(first), beginning, share, word, allowed, after)
    ]
    tags = [0] * len(word)
    for probability, first, end, beginning in sorted(found, reverse=True):
        kind = share[-first:end, beginning] + share[-first:end, beginning + 1]
        if not any(tags[-first:end]) and (probability > 0.5 or kind.max() > SURE_KIND):
            tags[-first:end] = [beginning, *[beginning + 1] * (end + first - 1)]
    return tags


def _is_without_names(scores: NDArray[np.float32], chain: Chain) -> bool:
    """Whether no span can have a probability of LEAST, seen without looking at every path."""
    margin = float((scores[:, 1:].max(axis=1) - scores[:, 0]).max())
    most = math.exp(min(margin / HEAT, 100.0))
    # The lengths a span may have make a geometric series.
    return chain.around * most < 0.99 * LEAST * (1 - most * chain.within)


def _after(word: Floats, allowed: Floats) -> Floats:
    """(T, L) how well the rest of the sentence goes with each tag, up to a factor by row."""
    after = np.ones_like(word)
    row = after[-1]
    for i in range(len(word) - 2, -1, -1):
        row = allowed.dot(word[i + 1] * row)
        row /= row.max()
        after[i] = row
    return after


def _shares(word: Floats, chain: Chain, after: Floats) -> Floats:
    """(T, L) the probability of each tag at each word."""
    share = np.empty_like(word)
    before = chain.starts * word[0]
    before /= before.sum()
    share[0] = before
    for i in range(1, len(word)):
        before = before.dot(chain.allowed)
        before *= word[i]
        before /= before.sum()
        share[i] = before
    share *= after
    share /= share.sum(axis=1, keepdims=True)
    return share


def _ends(
    first: int, beginning: int, share: Floats, word: Floats, allowed: Floats, after: Floats
) -> Iterator[tuple[int, float]]:
    """Where a span that begins at `first` may end, and how probable each is."""
    probability = float(share[first, beginning])
    tag, inside = beginning, beginning + 1
    for end in range(first + 1, len(word) + 1):
        goes_on = 0.0
        if end < len(word):
            ways = allowed[tag] * word[end] * after[end]
            goes_on = float(ways[inside] / ways.sum())
        if probability * (1 - goes_on) > LEAST:
            yield end, probability * (1 - goes_on)
        probability *= goes_on
        if probability <= LEAST:
            return
        tag = inside
