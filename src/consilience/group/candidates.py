"""Which documents are worth comparing: those that share rare words, nearest in time first."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from heapq import nlargest

from consilience.group.likeness import Page

KEYS_MAX = 30  # by so many of its words a document can be found
_POSTINGS_MAX = 60  # of one word only the last so many documents are remembered
_CANDIDATES_MAX = 20


def candidates(pages: Sequence[Page]) -> Iterator[tuple[int, int]]:
    """Pairs of indices, earlier first; of each page those before it that are most like it.

    The work for each page is bounded, however many documents there are of one event.
    """
    postings: dict[str, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=_POSTINGS_MAX))
    for j, page in enumerate(pages):
        shared: dict[int, float] = defaultdict(float)
        keys = list(zip(page.words[:KEYS_MAX], page.weights, strict=False))
        for word, weight in keys:
            for i, other in postings[word]:
                shared[i] += weight * other
        for i in nlargest(_CANDIDATES_MAX, shared, key=lambda i: (shared[i], i)):
            yield i, j
        for word, weight in keys:
            postings[word].append((j, weight))
