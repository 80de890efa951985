"""From pairs to groups, so that no single bad link fuses two."""

from array import array
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from statistics import fmean

# However alike two documents are, they outweigh no more than this of what others are unlike: a page
# that tells of two events is like all pages of both.
_ALIKE_MAX = 1.5  # of 0.5, 1, 1.5, 2, 4 the largest that keeps such pages from fusing two events
# Large groups are judged by so many of their documents, spread evenly over time.
_WITNESSES_MAX = 8
_COPIES_MAX = 8


class Clusters:
    """Which documents are in one group, of a stream in which later ones join earlier ones.

    Documents are numbered in the order of the stream; a group goes by its first document. What is
    forgotten keeps its group, and is joined by nothing.
    """

    def __init__(self) -> None:
        self._root = array("q")
        self._sizes: dict[int, int] = {}
        self._witnesses: dict[int, list[int]] = {}
        self._n_copies: dict[int, int] = {}  # of an open group's documents, each itself too
        self._kept_apart: set[int] = set()

    def add(self, n_copies: int = 1) -> int:
        """The number of one more document, in a group of its own; it comes with its copies."""
        index = len(self._root)
        self._root.append(index)
        self._sizes[index] = 1
        self._witnesses[index] = [index]
        self._n_copies[index] = n_copies
        return index

    def add_copy(self, original: int) -> int:
        """The number of one more document, in the group of what it copies; it judges no other."""
        index = len(self._root)
        root = self.root(original)
        self._n_copies[original] = min(_COPIES_MAX, self._n_copies[original] + 1)
        self._root.append(root)
        self._sizes[root] += 1
        return index

    def n_copies(self, index: int) -> int:
        """How many documents, up to a bound, say what this one says; itself among them."""
        return self._n_copies[index]

    def root(self, index: int) -> int:
        """The first document of its group."""
        while self._root[index] != index:
            self._root[index] = self._root[self._root[index]]
            index = self._root[index]
        return index

    def keep_apart(self, roots: Iterable[int]) -> None:
        """No two of these groups are ever joined: their names were given away."""
        self._kept_apart.update(roots)

    def forget(self, roots: Iterable[int], originals: Iterable[int]) -> None:
        """These groups, of all these documents and their copies."""
        for root in roots:
            del self._sizes[root], self._witnesses[root]
            self._kept_apart.discard(root)
        for index in originals:
            del self._n_copies[index]

    def join(self, pairs: Iterable[tuple[int, int]], likeness: Callable[[int, int], float]) -> None:
        """The most alike are joined first, where the documents of both groups are on average more
        like than not: average link (Sokal and Michener 1958), of large groups between witnesses.
        """
        alike = {pair: score for pair in pairs if (score := likeness(*pair)) > 0}
        refused: set[tuple[int, int, int, int]] = set()
        for i, j in sorted(alike, key=lambda pair: (-alike[pair], pair)):
            left, right = sorted((self.root(i), self.root(j)))
            attempt = (left, right, self._sizes[left], self._sizes[right])
            if left == right or attempt in refused:
                continue
            if {left, right} <= self._kept_apart or self._unlike(left, right, alike, likeness):
                refused.add(attempt)
            else:
                self.fuse(left, right)

    def unite(self, i: int, j: int) -> bool:
        """Make one group of those of two documents; whether they were two that may be one."""
        left, right = sorted((self.root(i), self.root(j)))
        if left == right or {left, right} <= self._kept_apart:
            return False
        self.fuse(left, right)
        return True

    def _unlike(
        self,
        left: int,
        right: int,
        alike: Mapping[tuple[int, int], float],
        likeness: Callable[[int, int], float],
    ) -> bool:
        pairs = list(product(self._witnesses[left], self._witnesses[right]))
        between = (
            min(_ALIKE_MAX, alike.get(pair) or likeness(*pair)) for pair in map(_ordered, pairs)
        )
        # A copy says what its original says, but says it where that was said.
        return fmean(between, [self._n_copies[i] * self._n_copies[j] for i, j in pairs]) <= 0

    def fuse(self, left: int, right: int) -> None:
        """Make one group of two that go by these first documents, the earlier first."""
        self._root[right] = left
        self._sizes[left] += self._sizes.pop(right)
        both = self._witnesses[left] + self._witnesses.pop(right)
        self._witnesses[left] = _spread(sorted(both))
        if right in self._kept_apart:
            self._kept_apart.remove(right)
            self._kept_apart.add(left)


def _ordered(pair: tuple[int, int]) -> tuple[int, int]:
    return (min(pair), max(pair))


def _spread(indices: list[int]) -> list[int]:
    if len(indices) <= _WITNESSES_MAX:
        return indices
    step = (len(indices) - 1) / (_WITNESSES_MAX - 1)
    return [indices[round(k * step)] for k in range(_WITNESSES_MAX)]
