"""A stream of sketches, in the order of their days, to groups; memory is bounded."""

import math
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from consilience.group.candidates import Postings
from consilience.group.cluster import Clusters
from consilience.group.furniture import find_furniture
from consilience.group.large import joins
from consilience.group.likeness import Page, likeness, page_of
from consilience.group.near import Originals
from consilience.group.rarity import WordCounts
from consilience.group.sketch import Sketch, in_order

# So many documents are looked at together: what words and lines are common is counted in these
# and those before, and the most alike of them are joined first.
BATCH_MAX = 20_000
# A group that nothing joined for so long is closed.
WINDOW_DAYS = 120
# Beyond so many documents in open groups, those that were joined longest ago are closed.
OPEN_MAX = 50_000
_RECENT_MAX = 2_000
# As large groups grow, more of their names are known; what is left to join after so many is little.
_LARGE_ROUNDS = 3
_NEAR_DAYS = 3
_NAME_BYTES = 6


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a stream is remembered; see the constants above."""

    batch: int = BATCH_MAX
    window_days: int = WINDOW_DAYS
    open: int = OPEN_MAX


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A document of an open group; `root` is the place of the group's first document."""

    page: Page
    root: int
    last_day: int | None
    n_copies: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class Saved:
    """A grouping between two runs."""

    pages: list[SavedPage]
    n_texts: int
    n_by_word: dict[str, int]
    n_by_day: list[tuple[int, int]]
    recent: list[Sketch]
    furniture: list[tuple[str, ...]]


class Grouping:
    """What is remembered of a stream. Documents are numbered in the order in which they come."""

    def __init__(self, bounds: Bounds | None = None) -> None:
        self._bounds = bounds or Bounds()
        self._clusters = Clusters()
        self._names = bytearray()
        self._originals = array("q")
        self._last_key = ""
        self._pages: dict[int, Page] = {}  # of open groups, without copies
        self._last_day: dict[int, float] = {}  # of each open group, by its first document
        self._postings = Postings()
        self._near = Originals()
        self._counts = WordCounts()
        self._n_by_day: Counter[int] = Counter()
        self._recent: deque[Sketch] = deque(maxlen=_RECENT_MAX)
        self._furniture: frozenset[tuple[str, ...]] = frozenset()

    def add(self, sketches: Iterable[Sketch]) -> None:
        """All of them in the order of `in_order`; they need not fit into memory."""
        rest = iter(sketches)
        while batch := list(islice(rest, self._bounds.batch)):
            self._close(batch[0].day)
            self._add_batch(batch)

    @property
    def n_documents(self) -> int:
        return len(self._originals)

    def name(self, index: int) -> str:
        """The group of a document, named after what the first of the group holds."""
        at = self._clusters.root(index) * _NAME_BYTES
        return f"g{self._names[at : at + _NAME_BYTES].hex()}"

    def original(self, index: int) -> int:
        """The document that this one is a near copy of; itself where it is none."""
        return self._originals[index]

    def saved(self) -> Saved:
        """All that later documents may meet; what is closed is not among it."""
        indices = sorted(self._pages)
        place = {index: n for n, index in enumerate(indices)}
        pages = []
        for index in indices:
            root = self._clusters.root(index)
            day = self._last_day[root]
            pages.append(
                SavedPage(
                    page=self._pages[index],
                    root=place[root],
                    last_day=None if day == math.inf else int(day),
                    n_copies=self._clusters.n_copies(index),
                    signature=self._near.signature(index),
                )
            )
        return Saved(
            pages=pages,
            n_texts=self._counts.n_texts,
            n_by_word=dict(sorted(self._counts.n_by_word.items())),
            n_by_day=sorted(self._n_by_day.items()),
            recent=list(self._recent),
            furniture=sorted(self._furniture),
        )

    def restore(self, saved: Saved) -> None:
        """Go on from there, with nothing added yet: no group of then is joined to another."""
        self._counts = WordCounts(saved.n_texts, saved.n_by_word)
        self._n_by_day = Counter(dict(saved.n_by_day))
        self._recent.extend(saved.recent)
        self._furniture = frozenset(saved.furniture)
        for one in saved.pages:
            index = self._clusters.add(one.n_copies)
            self._originals.append(index)
            self._names += bytes.fromhex(one.page.key[: 2 * _NAME_BYTES])
            self._pages[index] = one.page
            self._postings.add(index, one.page)
            self._near.add(index, one.signature)
            if one.root == index:
                self._last_day[index] = math.inf if one.last_day is None else one.last_day
            else:
                self._clusters.fuse(one.root, index)
        self._clusters.keep_apart(self._last_day)

    def _add_batch(self, batch: Sequence[Sketch]) -> None:
        keys = [self._last_key, *(sketch.key for sketch in batch)]
        unlike = [one for before, one in zip(keys, batch, strict=False) if one.key != before]
        self._learn(unlike)
        rarity = self._counts.rarity()
        n_near = self._count_near(unlike)
        pairs: list[tuple[int, int]] = []
        for sketch in batch:
            if sketch.key == self._last_key:
                self._add_copy(sketch, self._originals[-1])
                continue
            page = page_of(sketch, self._furniture, rarity, next(n_near))
            original = self._find_original(sketch, page)
            if original is None:
                pairs += [(i, len(self._originals)) for i in self._postings.find(page)]
                self._add_original(sketch, page)
            else:
                self._add_copy(sketch, original)
        self._join(pairs)

    def _learn(self, sketches: Sequence[Sketch]) -> None:
        """What is common: lines of sites, words of texts, documents of a day."""
        context = sorted([*self._recent, *sketches], key=in_order)
        self._furniture |= find_furniture(context)
        seen = Originals()
        for number, sketch in enumerate(sketches):
            self._counts.add(line for line in sketch.lines if line.words not in self._furniture)
            # However often one report is posted, it makes no crowd in which others are lost.
            if sketch.is_dated and next(seen.find(sketch.signature), None) is None:
                self._n_by_day[sketch.day] += 1
                seen.add(number, sketch.signature)
        self._recent.extend(sketches)

    def _count_near(self, sketches: Sequence[Sketch]) -> Iterator[int]:
        """How many documents are of about the days of each; all are where its day is not known."""
        for sketch in sketches:
            if sketch.is_dated:
                days = range(sketch.day - _NEAR_DAYS, sketch.day + _NEAR_DAYS + 1)
                yield sum(self._n_by_day[day] for day in days)
            else:
                yield len(sketches)

    def _find_original(self, sketch: Sketch, page: Page) -> int | None:
        # A form filled in again tells of something else: its words are near, its day is not.
        near = self._near.find(sketch.signature)
        return next((i for i in near if likeness(self._pages[i], page) > 0), None)

    def _add_original(self, sketch: Sketch, page: Page) -> None:
        index = self._clusters.add()
        self._number(sketch, index)
        self._pages[index] = page
        # Without a day a document may be told of at any time.
        self._last_day[index] = sketch.day if sketch.days else math.inf
        self._postings.add(index, page)
        self._near.add(index, sketch.signature)

    def _add_copy(self, sketch: Sketch, original: int) -> None:
        self._number(sketch, original)
        root = self._clusters.root(self._clusters.add_copy(original))
        self._last_day[root] = max(self._last_day[root], sketch.day)

    def _number(self, sketch: Sketch, original: int) -> None:
        self._originals.append(original)
        self._names += bytes.fromhex(sketch.key[: 2 * _NAME_BYTES])
        self._last_key = sketch.key

    def _join(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._clusters.join(pairs, lambda i, j: likeness(self._pages[i], self._pages[j]))
        for _ in range(_LARGE_ROUNDS):
            groups: dict[int, list[Page]] = defaultdict(list)
            for index, page in self._pages.items():
                groups[self._clusters.root(index)].append(page)
            if not sum([self._clusters.unite(*pair) for pair in joins(groups)]):
                break
        days: dict[int, float] = {}
        for root, day in self._last_day.items():
            root = self._clusters.root(root)
            days[root] = max(days.get(root, 0), day)
        self._last_day = days

    def _close(self, day: int) -> None:
        """Forget the groups that nothing joined for long, and of too many the oldest."""
        closed = {r for r, last in self._last_day.items() if last < day - self._bounds.window_days}
        of_root: dict[int, list[int]] = defaultdict(list)
        for index in self._pages:
            of_root[self._clusters.root(index)].append(index)
        n_open = sum(len(indices) for root, indices in of_root.items() if root not in closed)
        for root in sorted(of_root, key=lambda root: (self._last_day[root], root)):
            if n_open <= self._bounds.open:
                break
            if root not in closed:
                closed.add(root)
                n_open -= len(of_root[root])
        forgotten = {index for root in closed for index in of_root[root]}
        self._postings.forget(forgotten, [self._pages.pop(index) for index in forgotten])
        self._near.forget(forgotten)
        self._clusters.forget(closed, forgotten)
        for root in closed:
            del self._last_day[root]
        if self._originals and self._originals[-1] in forgotten:
            self._last_key = ""
        for past in [past for past in self._n_by_day if past < day - _NEAR_DAYS]:
            del self._n_by_day[past]
