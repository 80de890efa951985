"""Which documents of a very large event are told; the others are named beside it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Weighing grows faster than linearly, and nobody has read an account with 200 footnotes.
TOLD_MAX = 200


def choose(originals: Sequence[int], signatures: NDArray[np.uint32], most: int) -> list[int]:
    """At most so many of an event's documents that copy none before them.

    They are cut into as many stretches of equal length as are told, in the order of the stream,
    which is that of days. The first of all is told, and of each later stretch the one that is most
    unlike all that were chosen before: its greatest agreement with one of them is the least; of
    two the earlier. What comes out is spread over time and over what is said.

    Args:
        originals: numbers of documents in the order of the stream.
        signatures: (all documents, N_HASHES), by number.
    """
    if len(originals) <= most:
        return list(originals)
    chosen: list[int] = []
    for stretch in np.array_split(np.asarray(originals), most):
        alike = np.zeros(len(stretch))
        ours = np.asarray(signatures[stretch])
        for other in chosen:
            np.maximum(alike, (ours == signatures[other]).mean(axis=1), out=alike)
        chosen.append(int(stretch[int(np.argmin(alike))]))
    return chosen
