"""How much it tells that two documents share a word: the rarer, the more."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from consilience.group.sketch import Line
from consilience.lexicon import load_table, load_words

# As if this many texts of nothing in common had been read before: in a stream of a few documents
# a word that all of them share is not for that a common one.
_TEXTS_BEFORE = 1000
_ABROAD_SHARE = 500
_WORDS_MAX = 2_000_000  # beyond, words met once are forgotten: they are as rare as new ones


class WordCounts:
    """In how many texts of a stream each word stands."""

    def __init__(self, n_texts: int = 0, n_by_word: Mapping[str, int] | None = None) -> None:
        self.n_texts = n_texts
        self.n_by_word = Counter(n_by_word or {})

    def add(self, lines: Iterable[Line]) -> None:
        self.n_by_word.update({word for line in lines for word in line.words})
        self.n_texts += 1
        if len(self.n_by_word) > _WORDS_MAX:  # lossy counting (Manku and Motwani 2002)
            self.n_by_word = Counter({w: n for w, n in self.n_by_word.items() if n > 1})

    def rarity(self) -> Callable[[str], float]:
        return rarity_in(self.n_by_word, self.n_texts)


def rarity_in(n_by_word: Mapping[str, float], n_texts: float) -> Callable[[str], float]:
    """From 0 for a word that stands in every text to 1 for one that stands in a single one.

    Counted in the texts given, the words of each once, and in texts at large.
    """
    common = _common()
    n = _TEXTS_BEFORE + n_texts
    most = math.log(n)

    def rarity(word: str) -> float:
        return math.log(n / max(1, n_by_word.get(word, 0) + common.get(word, 0))) / most

    return rarity


@cache
def rarity_at_large() -> Callable[[str], float]:
    """The same, counted in texts at large alone."""
    return WordCounts().rarity()


@cache
def _common() -> dict[str, int]:
    """In how many of a thousand texts each common word stands."""
    abroad = dict.fromkeys(load_words("function_words_abroad"), _ABROAD_SHARE)
    return abroad | {word: int(share) for word, share in load_table("common_words").items()}
