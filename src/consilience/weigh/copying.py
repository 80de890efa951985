"""Which page was made from which: words kept, sentences reworded, sentences moved about."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from consilience.records import Match, Passage
from consilience.weigh.pages import Page
from consilience.weigh.partners import Mean, facts_in_order, find_partners, in_order, mean
from consilience.weigh.spelt import RUN_WORDS, Speller, Spelt

# Pages kept for one run of three words or one name, the earliest first; a copy of the 13th copy
# still finds the first twelve. Keeps a thousand copies of one report from being held against
# each other.
_POSTINGS_MAX = 12
_CANDIDATES_MAX = 6
_PAGE_MIN_WORDS = 8
# Shared in the same order, so many quotations were not heard by two people. By hand.
_QUOTATIONS_MIN = 3
# A sentence is shown as reworded from another from here on. By eye.
_SHOWN_MIN = 0.5
_SHOWN_AT_LEAST = 3
_EVIDENCE_MAX = 8
# Fitted by `python -m evaluation.copies --weights` on planted copies and truly different reports,
# as many of one as of the other; rounded, and the bias lowered by 1.6, since in a real case most
# pairs are no copies. The last two by hand: likeness of so few words is chance, many quotations
# in one order are not.
_BIAS = -12.7
_KEPT, _ALIKE, _GRAMS, _OTHER = 7.9, 7.8, 3.3, 6.9
_FEW_WORDS = -10.0
_MANY_QUOTATIONS = 1.5
# How an error that two pages alone make moves the log odds, and all such errors; by hand.
_SLIP_BONUS, _SLIPS_MAX = 3.0, 4.5
# A page retold in new words: nearly every sentence and fact of the other, in its order. By eye on
# nine paraphrases by hand (with 12 facts or more 0.95 to 1.56, with fewer 1.17 and 1.65) and 714
# pairs of different reports (GVA, invented cases): with 12 facts three pairs that follow one
# statement lie at 0.97 to 1.18, the next at 0.64; with fewer all lie below 1.2.
_RETOLD, _RETOLD_MIN, _RETOLD_MAX = 40.0, 0.8, 7.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of one page is in another, each share in [0, 1] and of words outside quotations.

    `runs`: in runs of eight words; `grams`: in runs of three; `kept`: words that sentences keep,
    in order, of their partners; `alike`: likeness of sentences and their partners by vector;
    `other`: `kept` the other way round; `quotations`: shared quotations in the same order.
    `retold`: sentences that the other tells too, in its order, by how alike they are, and names
    and numbers that both have in one order, of the page with more; 0 where those are few.
    """

    n_words: int
    runs: float
    grams: float
    kept: float
    alike: float
    other: float
    quotations: int
    retold: float

    @property
    def logit(self) -> float:
        """Log odds that one was made from the other."""
        return (
            _BIAS
            + _KEPT * self.kept
            + _ALIKE * self.alike
            + _GRAMS * self.grams
            + _OTHER * self.other
            + _FEW_WORDS / max(1, self.n_words)
            + min(_RETOLD_MAX, _RETOLD * max(0.0, self.retold - _RETOLD_MIN))
            + (_MANY_QUOTATIONS if self.quotations >= _QUOTATIONS_MIN else 0.0)
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pages held against each other; `left` comes first in the order they were given.

    `slips`: errors that both make, where they stand in `right` and in `left`.
    """

    left: Page
    right: Page
    right_in_left: Likeness
    left_in_right: Likeness
    partners: tuple[tuple[int, int, float], ...]
    slips: tuple[Match, ...]

    @property
    def logit(self) -> float:
        likest = max(self.right_in_left.logit, self.left_in_right.logit)
        return likest + slip_bonus(self.slips)

    @property
    def runs(self) -> float:
        return max(self.right_in_left.runs, self.left_in_right.runs)


def probability(logit: float) -> float:
    """Between 0.01 and 0.99: nothing in the words alone makes it certain."""
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))))), 2)


def slip_bonus(slips: Sequence[Match]) -> float:
    return min(_SLIPS_MAX, _SLIP_BONUS * len(slips))


def candidate_pairs(pages: Sequence[Page], spell: Speller) -> Iterator[tuple[int, int]]:
    """Indices (earlier, later) of pages that share most rare runs of words and names.

    At most `_CANDIDATES_MAX` earlier ones for each, so the work grows with the pages' words.
    """
    # Runs are spelt with three characters, names and numbers stand for themselves.
    postings: dict[str | tuple[str], list[int]] = defaultdict(list)
    for later, page in enumerate(pages):
        shared: dict[int, float] = defaultdict(float)
        features: Iterator[str | tuple[str]] = chain(spell.grams(page), ((f,) for f in page.facts))
        for feature in features:
            holders = postings[feature]
            for earlier in holders:
                shared[earlier] += 1 / len(holders)
            if len(holders) < _POSTINGS_MAX:
                holders.append(later)
        best = sorted(shared, key=lambda earlier: (-shared[earlier], earlier))
        yield from ((earlier, later) for earlier in best[:_CANDIDATES_MAX])


def compare(left: Spelt, right: Spelt, slips: Sequence[Match] = ()) -> Pair | None:
    """None where one of them says too little of its own to tell."""
    if min(left.n_own[-1], right.n_own[-1]) < _PAGE_MIN_WORDS:
        return None
    best_left, best_right = find_partners(left, right)
    mean_right, mean_left = mean(best_right, right), mean(best_left, left)
    facts = facts_in_order(left, right)
    retold = (
        facts and facts + in_order(best_right) * mean_right.raw,
        facts and facts + in_order(best_left) * mean_left.raw,
    )
    return Pair(
        left.page,
        right.page,
        _likeness(right, left, mean_right, mean_left, retold[0]),
        _likeness(left, right, mean_left, mean_right, retold[1]),
        tuple((p.line, p.of, p.kept) for p in best_right),
        tuple(slips),
    )


def _likeness(copy: Spelt, of: Spelt, ours: Mean, theirs: Mean, retold: float) -> Likeness:
    return Likeness(
        n_words=copy.n_own[-1],
        runs=_covered(copy, of),
        grams=_gram_share(copy, of) * ours.told,
        kept=ours.kept,
        alike=ours.alike,
        other=theirs.kept,
        quotations=_shared_quotations(copy, of),
        retold=retold,
    )


def shared_runs(copy: Spelt, of: Spelt) -> list[Match]:
    """The longest runs of the same words outside quotations, in the copy's order."""
    found = [m for run in _run_indices(copy, of) for m in _same_text(copy.page, of.page, *run)]
    longest = sorted(found, key=lambda m: (m.copy.start - m.copy.end, m.copy))[:_EVIDENCE_MAX]
    return sorted(longest, key=lambda m: m.copy)


def _gram_share(copy: Spelt, of: Spelt) -> float:
    shared = sum(copy.own_grams[gram] for gram in copy.own_grams.keys() & of.grams)
    return shared / max(1, sum(copy.own_grams.values()))


def _run_indices(copy: Spelt, of: Spelt) -> Iterator[tuple[int, int, int]]:
    """(place in the copy, place in the source, length) of each run that is not all quoted."""
    there = of.runs
    reached = 0
    for i in range(len(copy.words) - RUN_WORDS + 1):
        if i < reached:
            continue
        j = there.get(copy.words[i : i + RUN_WORDS])
        if j is None:
            continue
        n = RUN_WORDS
        most = min(len(copy.words) - i, len(of.words) - j)
        while n < most and copy.words[i + n] == of.words[j + n]:
            n += 1
        if copy.n_own[i + n] - copy.n_own[i] >= RUN_WORDS:
            yield i, j, n
        reached = i + n


def _covered(copy: Spelt, of: Spelt) -> float:
    covered = sum(copy.n_own[i + n] - copy.n_own[i] for i, _, n in _run_indices(copy, of))
    return covered / max(1, copy.n_own[-1])


def _shared_quotations(copy: Spelt, of: Spelt) -> int:
    """Quotations of the copy that stand in the source too, up to the first out of order."""
    places = [of.quoted.get(begun) for begun in copy.quotations]
    found = [place for place in places if place is not None]
    if len(found) < len(places) or found != sorted(found):
        return 0
    return len(found)


def reworded(pair: Pair, copy: Page) -> list[Match]:
    """The sentences of the copy that keep most of a sentence of the other, in its order."""
    best = sorted(pair.partners, key=lambda p: (-p[2], p[0]))
    shown = [p for p in best if p[2] >= _SHOWN_MIN][:_EVIDENCE_MAX] or best[:_SHOWN_AT_LEAST]
    right, left = pair.right.lines, pair.left.lines
    matches = [(right[i].passage, left[j].passage) for i, j, _ in shown]
    if copy is pair.left:
        matches = [(b, a) for a, b in matches]
    return [Match(a, b) for a, b in sorted(matches)]


def _same_text(copy: Page, of: Page, i: int, j: int, n: int) -> Iterator[Match]:
    """The stretches of a run that are the same to the letter and the comma, but for capitals."""
    start = 0
    for k in range(1, n + 1):
        if k < n and _is_joined_alike(copy, i + k, of, j + k):
            continue
        if k - start >= RUN_WORDS // 2:
            first, last = copy.starts[i + start], copy.ends[i + k - 1]
            first_of, last_of = of.starts[j + start], of.ends[j + k - 1]
            here = copy.document.text[first:last].casefold().split()
            if here == of.document.text[first_of:last_of].casefold().split():
                yield Match(Passage(copy.id, first, last), Passage(of.id, first_of, last_of))
        start = k


def _is_joined_alike(copy: Page, i: int, of: Page, j: int) -> bool:
    """Whether the same stands between two words and the words before them."""
    ours = copy.document.text[copy.ends[i - 1] : copy.starts[i]]
    theirs = of.document.text[of.ends[j - 1] : of.starts[j]]
    return ours == theirs or ours.casefold().split() == theirs.casefold().split()
