"""Which sayings are versions of one utterance: translations, other wordings, parts of one.

Sayings are held against each other sentence by sentence. The likeness of their vectors counts
without what all sentences of the case have in common, its theme; and the more, the further any
other sentence of the other page lies behind. Between two pages that quote one speaker in the same
order, what stands beside a version of one utterance is likely a version of the next.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise, product
from operator import mul

import numpy as np
from numpy.typing import NDArray

from consilience.tell.cognates import n_cognates

# Two sentences of one mouth are one utterance from this score on: centred likeness, half of the
# margin before the next best, and so much for each telling word in common, up to three. By eye on
# GVA and the stories of `evaluation.utterances` that are marked "tuned"; see evaluation/LOG.md.
_SCORE_MIN = 0.75
_MARGIN_WEIGHT = 0.5
_WORD_WEIGHT = 0.1
_WORDS_MOST = 3
# And this where the utterance before or after is one as well.
_BESIDE_MIN = 0.6
# Pages so many days apart quote two occasions, unless the words are almost the same.
_OCCASION_DAYS = 7
_OCCASION_EXTRA = 0.4
# Somebody's words in somebody else's mouth need more.
_TOLD_EXTRA = 0.1
# The vector of a sentence tells of the words quoted in it only where they are so much of it.
_COVER_MIN = 0.4
# Fewer telling words ("It is horrible") say nothing that two people would not.
_TELLING_MIN = 2
# Words alone make two sentences one where they are this alike and share so many telling words,
# and this part of them.
_ALIKE_MIN = 0.45
_SHARED_MIN = 0.5
_SHARED_WORDS_MIN = 2
# And how rare those are in the case, a word that n sayings hold counting 1/n: in one mouth, and
# where one of the mouths is not known, where the meaning has to be near as well.
_RARE_OWN, _RARE_UNKNOWN = 0.4, 0.7
_NEAR_UNKNOWN = 0.4
# Letters that stand for a word: "hasty" and "hastily", "decision" and "decisions" are one.
STEM_LETTERS = 4
# A saying and its translation share so many names, numbers and words of one root.
_COGNATES_MIN = 2
# A word set against itself ("an eye for an eye", "force with force") is a figure of speech that
# translators keep, whatever word they turn; so it needs little likeness. "Day by day" is no such.
_AGAINST = frozenset({"with", "for", "against", "on", "upon"})
_FIGURE_NEAR = 0.3
# The same words in one run: of one mouth, of an unknown one, of two.
_RUN_OWN, _RUN_UNKNOWN, _RUN_OTHER = 3, 5, 8
_RUN_PART = 0.8
# A speaker with more sayings than this, or a word in more, is held only against what is rare.
_ALL_PAIRS_MAX = 500
_EACH_WITH_EACH_MAX = 400
_COMMON_MIN = 60


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of a quotation.

    `speaker` None: nobody is named. `day` is the page's, counted from the year 1, None: unknown.
    `place` is where in the text it begins, `cover` the part of the sentence that is quoted;
    `words` are folded, `stems` of the telling ones.
    """

    quotation: int
    document_id: str
    day: int | None
    language: str
    speaker: str | None
    place: int
    is_direct: bool
    vector: tuple[float, ...]
    cover: float
    words: tuple[str, ...]
    stems: frozenset[str]

    @property
    def key(self) -> tuple[str | None, bool, tuple[str, ...]]:
        """Equal for sayings that are word for word the same in one mouth."""
        return self.speaker, self.is_direct, self.words

    def figures(self) -> frozenset[str]:
        """The words around which another word is set against itself: "with" in "fire with fire"."""
        bare = [word for word in self.words if word not in {"a", "an", "the"}]
        threes = zip(bare, bare[1:], bare[2:], strict=False)
        return frozenset(b for a, b, c in threes if a == c and b in _AGAINST)


def same_utterances(sayings: Sequence[Saying], theme: NDArray[np.float64]) -> set[tuple[int, int]]:
    """Pairs of quotations, the lower first, that are versions of one utterance.

    `theme` is what the sentences of the case have in common: the mean of their vectors.
    """
    alike: dict[tuple[object, ...], list[Saying]] = defaultdict(list)
    for saying in sayings:
        alike[saying.key].append(saying)
    firsts = [group[0] for group in alike.values()]
    by_speaker: dict[str, list[Saying]] = defaultdict(list)
    for first in firsts:
        if first.speaker is not None and first.vector:
            by_speaker[first.speaker].append(first)
    pairs = [*_by_words(firsts, theme)]
    for speaker in sorted(by_speaker):
        if len(by_speaker[speaker]) <= _ALL_PAIRS_MAX:
            pairs += _by_meaning(by_speaker[speaker], theme)
            pairs += _by_cognates(by_speaker[speaker])
    pairs += [(first, first) for first in firsts if _is_one_by_words(first, first)]
    return {
        (min(x.quotation, y.quotation), max(x.quotation, y.quotation))
        for a, b in pairs
        for x, y in _spread(alike[a.key], alike[b.key])
        if x.document_id != y.document_id
    }


def _spread(a: Sequence[Saying], b: Sequence[Saying]) -> Iterator[tuple[Saying, Saying]]:
    """Each of one with each of the other; of many copies each only with the first of the other."""
    if len(a) * len(b) <= _EACH_WITH_EACH_MAX:
        yield from product(a, b)
        return
    yield from product(a[:1], b)
    yield from product(a, b[:1])


def _by_words(
    sayings: Sequence[Saying], theme: NDArray[np.float64]
) -> Iterator[tuple[Saying, Saying]]:
    """Pairs that share a run of words, rare words or a figure of speech."""
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    stems: dict[str, list[int]] = defaultdict(list)
    figures: dict[str, list[int]] = defaultdict(list)
    for i, saying in enumerate(sayings):
        words = saying.words
        for run in {words, *zip(words, words[1:], words[2:], strict=False)}:
            runs[run].append(i)
        for stem in saying.stems:
            stems[stem].append(i)
        for figure in saying.figures():
            figures[figure].append(i)
    n_shared = Counter(pair for pair in _pairs(stems.values(), len(sayings)))
    by_stems = {pair for pair, n in n_shared.items() if n >= _SHARED_WORDS_MIN}
    by_runs = set(_pairs(runs.values(), len(sayings)))
    by_figure = set(_pairs(figures.values(), len(sayings)))

    def rarity(shared: frozenset[str]) -> float:
        return math.fsum(1 / len(stems[stem]) for stem in sorted(shared))

    for i, j in sorted(by_stems | by_runs | by_figure):
        x, y = sayings[i], sayings[j]
        if (
            ((i, j) in by_runs and _is_one_by_words(x, y))
            or ((i, j) in by_stems and _is_one_by_stems(x, y, rarity, theme))
            or ((i, j) in by_figure and _is_one_by_figure(x, y, theme))
        ):
            yield x, y


def _pairs(held: Iterable[Sequence[int]], n_sayings: int) -> Iterator[tuple[int, int]]:
    """Each two that hold one thing, but for what very many hold."""
    for holders in held:
        if len(holders) <= max(_COMMON_MIN, n_sayings // _COMMON_MIN):
            yield from combinations(holders, 2)


def _is_one_by_words(x: Saying, y: Saying) -> bool:
    """Whether one is a run of the other's words, long enough for those who say it."""
    if not _may_be_a_run(x.words, y.words):
        return False
    matcher = SequenceMatcher(None, x.words, y.words, autojunk=False)
    run = matcher.find_longest_match()
    shared = frozenset(w[:STEM_LETTERS] for w in x.words[run.a : run.a + run.size])
    n_telling = len(shared & x.stems)
    if run.size < _RUN_PART * min(len(x.words), len(y.words)):
        return False
    is_repeated = x.words == y.words and x.is_direct and y.is_direct
    if x.speaker is not None and x.speaker == y.speaker:
        if is_repeated:
            return n_telling >= 1
        is_told = x.is_direct or y.is_direct
        return run.size >= (_RUN_OWN if is_told else _RUN_OTHER) and n_telling >= 1
    if x.speaker is None or y.speaker is None:
        if is_repeated:
            return n_telling >= _TELLING_MIN
        least = _RUN_UNKNOWN if x.is_direct and y.is_direct else _RUN_OTHER
        return (x.is_direct or y.is_direct) and run.size >= least and n_telling >= 2
    return x.is_direct and y.is_direct and run.size >= _RUN_OTHER and n_telling >= 4


def _may_be_a_run(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the longer has the middle of the shorter, as it must to have most of it in a run."""
    short, long = sorted((a, b), key=len)
    least = math.ceil(_RUN_PART * len(short))
    middle = short[len(short) - least : least]
    return f" {' '.join(middle)} " in f" {' '.join(long)} "


def _is_one_by_stems(
    x: Saying, y: Saying, rarity: Callable[[frozenset[str]], float], theme: NDArray[np.float64]
) -> bool:
    common = x.stems & y.stems
    if len(common) < max(_SHARED_WORDS_MIN, _SHARED_MIN * min(len(x.stems), len(y.stems))):
        return False
    if not (x.is_direct and y.is_direct and x.vector and y.vector):
        return False
    if x.speaker is None or y.speaker is None:
        return rarity(common) >= _RARE_UNKNOWN and _are_near(x, y, theme, _NEAR_UNKNOWN)
    if x.speaker != y.speaker or rarity(common) < _RARE_OWN:
        return False
    return math.fsum(map(mul, x.vector, y.vector)) >= _ALIKE_MIN


def _is_one_by_figure(x: Saying, y: Saying, theme: NDArray[np.float64]) -> bool:
    if x.figures().isdisjoint(y.figures()) or not (x.vector and y.vector):
        return False
    if x.speaker is not None and y.speaker is not None and x.speaker != y.speaker:
        return False
    return (x.is_direct or y.is_direct) and _are_near(x, y, theme, _FIGURE_NEAR)


def _are_near(x: Saying, y: Saying, theme: NDArray[np.float64], least: float) -> bool:
    (likeness,) = _centred([x], theme) @ _centred([y], theme).T
    return round(float(likeness[0]), 6) >= least


def _centred(sayings: Sequence[Saying], theme: NDArray[np.float64]) -> NDArray[np.float64]:
    """The vectors without the theme, of length one: (N, D)."""
    vectors = np.array([s.vector for s in sayings]) - theme
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)


def _by_meaning(
    group: Sequence[Saying], theme: NDArray[np.float64]
) -> Iterator[tuple[Saying, Saying]]:
    """Pairs of one speaker's sayings that mean the same, in the order of `group`."""
    scores = _scores(group, theme)
    extra = np.array([0.0 if s.is_direct else _TOLD_EXTRA for s in group])
    days = np.array([np.nan if s.day is None else s.day for s in group])
    is_apart = np.abs(days[:, None] - days[None, :]) > _OCCASION_DAYS
    extra = extra[:, None] + extra[None, :] + np.where(is_apart, _OCCASION_EXTRA, 0.0)  # (N, N)
    is_one = scores >= _SCORE_MIN + extra
    may_be = scores >= _BESIDE_MIN + extra
    before = _neighbours(group)
    # One that the other page left out may stand between.
    before = before + before @ before
    for _ in group:
        near = np.zeros_like(is_one)
        for step in (before, before.T):
            # beside[i, j]: the utterances before (or after) i and j are one.
            near |= (step @ is_one.astype(float) @ step.T) > 0
        grown = is_one | (may_be & near)
        if (grown == is_one).all():
            break
        is_one = grown
    for i, j in zip(*np.nonzero(np.triu(_closed(is_one, group), 1)), strict=True):
        yield group[i], group[j]


def _by_cognates(group: Sequence[Saying]) -> Iterator[tuple[Saying, Saying]]:
    """Pairs of one speaker's sayings in two languages that share the most names and numbers."""
    shared: dict[tuple[int, int], int] = {}
    for i, j in combinations(range(len(group)), 2):
        x, y = group[i], group[j]
        days = 0 if x.day is None or y.day is None else abs(x.day - y.day)
        is_near = days <= _OCCASION_DAYS and x.document_id != y.document_id
        if x.language != y.language and is_near and x.is_direct and y.is_direct:
            shared[i, j] = n_cognates(x.words, x.language, y.words, y.language)
    best: dict[tuple[int, str], list[int]] = defaultdict(list)
    for (i, j), n in shared.items():
        best[i, group[j].document_id].append(n)
        best[j, group[i].document_id].append(n)
    for (i, j), n in shared.items():
        ways = (best[i, group[j].document_id], best[j, group[i].document_id])
        if n >= _COGNATES_MIN and all(max(way) == n and way.count(n) == 1 for way in ways):
            yield group[i], group[j]


def _closed(is_one: NDArray[np.bool_], group: Sequence[Saying]) -> NDArray[np.bool_]:
    """With every two that a third is a version of, unless a page would say one thing twice."""
    closed = is_one.copy()
    waiting = list(range(len(group)))
    while waiting:
        held, todo = set(), [waiting[0]]
        while todo:
            i = todo.pop()
            held.add(i)
            todo += [int(j) for j in np.nonzero(is_one[i])[0] if j not in held]
        members = sorted(held)
        if len({group[i].document_id for i in members}) == len(members):
            closed[np.ix_(members, members)] = True
        waiting = [i for i in waiting if i not in held]
    return closed


def _neighbours(group: Sequence[Saying]) -> NDArray[np.float64]:
    """1 at (i, j) where j is the saying before i on its page."""
    order = sorted(range(len(group)), key=lambda i: (group[i].document_id, group[i].place))
    found = np.zeros((len(group), len(group)))
    for j, i in pairwise(order):
        if group[i].document_id == group[j].document_id:
            found[i, j] = 1.0
    return found


def _scores(group: Sequence[Saying], theme: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely each two are one; below 0 where they cannot be."""
    vectors = _centred(group, theme)
    # Rounded, so that the order of a sum decides nothing.
    likeness = np.round(vectors @ vectors.T, 6)  # (N, N)
    documents = np.array([s.document_id for s in group])
    quotations = np.array([s.quotation for s in group])
    is_covered = np.array([s.cover >= _COVER_MIN for s in group])
    likeness[~is_covered, :] = 0.0
    likeness[:, ~is_covered] = 0.0
    rival = np.zeros_like(likeness)
    for j, saying in enumerate(group):
        others = (documents == saying.document_id) & (quotations != saying.quotation)
        if others.any():
            rival[:, j] = np.maximum(likeness[:, others].max(axis=1), 0.0)
    margin = likeness - np.maximum(rival, rival.T)
    shared = np.array([[min(_WORDS_MOST, len(x.stems & y.stems)) for y in group] for x in group])
    scores = likeness + _MARGIN_WEIGHT * margin + _WORD_WEIGHT * shared
    is_telling = np.array([len(s.stems) >= _TELLING_MIN for s in group]) & is_covered
    is_direct = np.array([s.is_direct for s in group])
    may_be = documents[:, None] != documents[None, :]
    may_be &= is_telling[:, None] & is_telling[None, :]
    may_be &= is_direct[:, None] | is_direct[None, :]
    return np.where(may_be, scores, -1.0)
