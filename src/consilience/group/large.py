"""Large groups looked at as a whole: an event that many tell of is one event, not a crowd of them.

What is rare and whom a document might be taken for is counted in documents first, and in these an
event with a great share of the stream hides itself: its names stand everywhere, so they tell
nothing. Counted in events they are as rare as those of any other.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from consilience.group.candidates import Postings
from consilience.group.likeness import CROWD_MIN, Page, likeness, strongest
from consilience.group.rarity import rarity_in

# Groups of more documents are compared as one. From 6 to 20 the larger leaves more of an event
# apart; precision is the same (evaluation/LOG.md).
_LARGE_MIN = 8
# Of the documents of a group so many name whom the group is about.
_NAMED_BY = 0.2
# Of the names that tell the most so much is shared: parties to one war, who are in all of its
# events, are less of each.
_SHARED_BY_GROUPS_MIN = 0.7
_SHARED_BY_PAGES_MIN = 0.5

Groups = Mapping[int, Sequence[Page]]


def joins(groups: Groups) -> Iterator[tuple[int, int]]:
    """Pairs of groups that tell of one event, the surest first; one of each pair is large.

    Groups go by numbers, and come with their documents in the order of the stream, copies left
    out. Work grows with the documents.
    """
    large = {root: pages for root, pages in groups.items() if len(pages) > _LARGE_MIN}
    if not large:
        return
    world = _world_of(groups)
    postings = Postings()
    wholes: dict[int, Page] = {}
    alike: list[tuple[float, int, int]] = []
    for root in sorted(large):
        whole = _whole(large[root], world)
        for other in postings.find(whole):
            score = likeness(wholes[other], whole)
            if score > 0 and _shared(wholes[other], whole) >= _SHARED_BY_GROUPS_MIN:
                alike.append((-score, other, root))
        postings.add(root, whole)
        wholes[root] = whole
    for root in sorted(groups.keys() - large.keys()):
        alike.extend(
            _nearest(root, [_seen_from(page, world) for page in groups[root]], postings, wholes)
        )
    yield from ((left, right) for _, left, right in sorted(alike))


@dataclass(frozen=True, slots=True)
class _World:
    """All groups: how rare a word is among events, and how many these are to a document."""

    rarity: Callable[[str], float]
    events_per_document: float


def _world_of(groups: Groups) -> _World:
    n_by_word: dict[str, float] = defaultdict(float)
    n_events = 0.0
    for pages in groups.values():
        weight = 1 / len(pages) if len(pages) > _LARGE_MIN else 1.0
        n_events += weight * len(pages)
        for page in pages:
            for word in page.words:
                n_by_word[word] += weight
    return _World(rarity_in(n_by_word, n_events), n_events / sum(map(len, groups.values())))


def _whole(pages: Sequence[Page], world: _World) -> Page:
    """A large group as if it were one page: what many of its documents say, on all their days."""
    share = 1 / len(pages)
    n_by_word = Counter(word for page in pages for word in page.words)
    n_by_name = Counter(name for page in pages for name in page.names)
    words, weights = strongest(
        (n * share * world.rarity(word) ** 2, word) for word, n in n_by_word.items()
    )
    return Page(
        key=pages[0].key,
        words=words,
        weights=weights,
        names={w: world.rarity(w) for w, n in n_by_name.items() if n * share >= _NAMED_BY},
        days=tuple(sorted({day for page in pages for day in page.days})),
        crowd=_crowd(fmean(page.crowd for page in pages), world),
    )


def _seen_from(page: Page, world: _World) -> Page:
    names = {name: world.rarity(name) for name in page.names}
    return replace(page, names=names, crowd=_crowd(page.crowd, world))


def _crowd(crowd: float, world: _World) -> float:
    """The logarithm of how many events, for one of how many documents."""
    return math.log(CROWD_MIN + (math.exp(crowd) - CROWD_MIN) * world.events_per_document)


def _nearest(
    root: int, pages: Sequence[Page], postings: Postings, wholes: Mapping[int, Page]
) -> Iterator[tuple[float, int, int]]:
    """The large group that a small one tells of, if any: all its documents must share its names."""
    met = sorted({large for page in pages for large in postings.find(page)})
    near = [
        (-fmean(likeness(wholes[large], page) for page in pages), large, root)
        for large in met
        if all(_shared(wholes[large], page) >= _SHARED_BY_PAGES_MIN for page in pages)
    ]
    yield from (one for one in sorted(near)[:1] if one[0] < 0)


def _shared(a: Page, b: Page) -> float:
    """What part of the names of either, the rarer the more, is among those of the other."""
    of_both = math.fsum(a.names[name] for name in sorted(a.names.keys() & b.names.keys()))
    of_one = min(math.fsum(a.names.values()), math.fsum(b.names.values()))
    return of_both / of_one if of_one > 0 else 0.0
