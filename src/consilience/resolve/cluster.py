"""From judgements on pairs to clusters, so that no single bad link fuses two groups."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from consilience.records import Judgement, Verdict
from consilience.resolve.between import TOLD
from consilience.resolve.chains import Chain, fold
from consilience.resolve.hard_facts import Facts

# Below this a link is kept for the record but joins nothing.
SAME_MIN = 0.6  # by eye on tests/cases/names.jsonl

# From here on one link is enough to join two clusters of several names each.
STRONG = 0.9

_Written = tuple[tuple[str, ...], tuple[str, ...], Facts]
Conflict = Callable[[Sequence[Chain], Sequence[Chain]], bool]


def is_ours(judgement: Judgement) -> bool:
    return judgement.made_by.startswith("consilience")


def cluster(
    chains: Iterable[Chain], judgements: Sequence[Judgement], conflict: Conflict
) -> tuple[tuple[Chain, ...], ...]:
    """Chains joined by SAME, strongest first; clusters by their first chain's key.

    A merge is refused where a DIFFERENT stands between the two clusters or `conflict` says that
    their names cannot be one's, and where a single weak link is all that speaks for it although
    each has several names. An analyst's SAME is refused by none of these, and the last word of an
    analyst on a pair overrides all earlier ones on it.
    """
    by_key = {c.key: c for c in chains}
    links, bars = _decisions(judgements, by_key)
    groups = _Groups(by_key, links, bars, conflict)
    waiting = links
    while True:
        alone = [link for link in waiting if not groups.join(link)]
        # What joined may have brought a second link to those that stood alone.
        if len(alone) == len(waiting) or not alone:
            break
        waiting = alone
    found = [tuple(sorted(m, key=lambda c: c.key)) for m in groups.members.values()]
    return tuple(sorted(found, key=lambda m: m[0].key))


class _Link(NamedTuple):
    score: float
    a: str
    b: str
    decided: bool


class _Groups:
    """The clusters while they grow."""

    def __init__(
        self,
        by_key: Mapping[str, Chain],
        links: Sequence[_Link],
        bars: Iterable[tuple[str, str]],
        conflict: Conflict,
    ) -> None:
        self._conflict = conflict
        self._root = {key: key for key in by_key}
        self.members = {key: [by_key[key]] for key in by_key}
        # Of chains that are written alike one speaks for all, or large clusters cost their square.
        self._written = {key: {(c.forms, c.titles, c.facts): c} for key, c in by_key.items()}
        self._barred: dict[str, set[str]] = {key: set() for key in by_key}
        for a, b in sorted(bars):
            self._barred[a].add(b)
            self._barred[b].add(a)
        self._linked: dict[str, set[str]] = {key: set() for key in by_key}
        for link in links:
            self._linked[link.a].add(link.b)
            self._linked[link.b].add(link.a)

    def join(self, link: _Link) -> bool:
        """Join the two clusters of a link unless that is refused; False: it may be later."""
        left, right = self._find(link.a), self._find(link.b)
        if left == right:
            return True
        if len(self.members[left]) < len(self.members[right]):
            left, right = right, left
        if not link.decided:
            if self._is_refused(left, right, told=link.score >= TOLD):
                return True
            if link.score < STRONG and self._is_alone(left, right):
                return False
        self._root[right] = left
        self.members[left] += self.members.pop(right)
        self._written[left] |= self._written.pop(right)
        self._barred[left] |= self._barred.pop(right)
        return True

    def _find(self, key: str) -> str:
        while self._root[key] != key:
            self._root[key] = self._root[self._root[key]]
            key = self._root[key]
        return key

    def _is_refused(self, left: str, right: str, *, told: bool) -> bool:
        if any(c.key in self._barred[left] for c in self.members[right]):
            return True
        if self.members[left][0].kind != self.members[right][0].kind:
            return True
        ours, theirs = (tuple(self._written[side].values()) for side in (left, right))
        return not told and self._conflict(ours, theirs)

    def _is_alone(self, left: str, right: str) -> bool:
        """Whether each side has several names and one link is all there is between them."""
        if min(len(_names(self._written[left])), len(_names(self._written[right]))) < 2:
            return False
        there = {c.key for c in self.members[left]}
        return sum(len(self._linked[c.key] & there) for c in self.members[right]) < 2


def _names(written: Iterable[_Written]) -> set[str]:
    return {fold(form) for forms, *_ in written for form in forms}


def _decisions(
    judgements: Sequence[Judgement], by_key: dict[str, Chain]
) -> tuple[list[_Link], set[tuple[str, str]]]:
    """SAME links in the order they are tried (an analyst's first), and barred pairs."""
    analyst: dict[tuple[str, str], Judgement] = {}
    best: dict[tuple[str, str], float] = {}
    bars: set[tuple[str, str]] = set()
    for judgement in judgements:
        pair = tuple(sorted((judgement.left_id, judgement.right_id)))
        if not all(key in by_key for key in pair) or judgement.verdict is Verdict.DATES:
            continue
        a, b = pair
        if not is_ours(judgement):
            analyst[a, b] = judgement
        elif judgement.verdict is Verdict.DIFFERENT:
            bars.add((a, b))
        elif judgement.score >= SAME_MIN:
            best[a, b] = max(best.get((a, b), 0.0), judgement.score)
    for pair_, judgement in analyst.items():
        bars.discard(pair_)
        best.pop(pair_, None)
        if judgement.verdict is Verdict.DIFFERENT:
            bars.add(pair_)
    bars -= {pair for pair, score in best.items() if score >= TOLD}
    decided = [_Link(1.0, a, b, True) for (a, b), j in analyst.items() if j.verdict is Verdict.SAME]
    ours = [_Link(score, a, b, False) for (a, b), score in best.items()]
    return sorted(decided) + sorted(ours, key=lambda link: (-link.score, link.a, link.b)), bars
