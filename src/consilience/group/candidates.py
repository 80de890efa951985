"""Which documents are worth comparing: those that share rare words, nearest in time first."""

from collections import defaultdict
from collections.abc import Iterable
from heapq import nlargest

from consilience.group.likeness import Page

KEYS_MAX = 30  # by so many of its words a document can be found
_POSTINGS_MAX = 60  # of one word only the last so many documents are remembered
_CANDIDATES_MAX = 20


class Postings:
    """Finds the documents of a stream that share a page's words.

    The work for each page is bounded, however many documents there are of one event.
    """

    def __init__(self) -> None:
        self._by_word: dict[str, list[tuple[int, float]]] = {}

    def find(self, page: Page) -> list[int]:
        """The numbers of those that are most like it, by the words they share."""
        shared: dict[int, float] = defaultdict(float)
        for word, weight in zip(page.words[:KEYS_MAX], page.weights, strict=False):
            for i, other in self._by_word.get(word, ()):
                shared[i] += weight * other
        return nlargest(_CANDIDATES_MAX, shared, key=lambda i: (shared[i], i))

    def add(self, index: int, page: Page) -> None:
        for word, weight in zip(page.words[:KEYS_MAX], page.weights, strict=False):
            postings = self._by_word.setdefault(word, [])
            postings.append((index, weight))
            del postings[:-_POSTINGS_MAX]

    def forget(self, indices: set[int], pages: Iterable[Page]) -> None:
        for word in {word for page in pages for word in page.words[:KEYS_MAX]}:
            kept = [(i, weight) for i, weight in self._by_word.pop(word) if i not in indices]
            if kept:
                self._by_word[word] = kept
