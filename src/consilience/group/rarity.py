"""How much it tells that two documents share a word: the rarer, the more."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from consilience.group.sketch import Line
from consilience.lexicon import load_table, load_words

# As if this many texts of nothing in common had been read before: in a stream of a few documents
# a word that all of them share is not for that a common one.
_TEXTS_BEFORE = 1000
_ABROAD_SHARE = 500


def rarity_of(texts: Iterable[Iterable[Line]]) -> Callable[[str], float]:
    """From 0 for a word that stands in every text to 1 for one that stands in a single one.

    Counted in the texts given, the words of each once, and in texts at large.
    """
    counts: Counter[str] = Counter()
    n = _TEXTS_BEFORE
    for lines in texts:
        counts.update({word for line in lines for word in line.words})
        n += 1
    common, most = _common(), math.log(n)

    def rarity(word: str) -> float:
        return math.log(n / max(1, counts[word] + common.get(word, 0))) / most

    return rarity


@cache
def rarity_at_large() -> Callable[[str], float]:
    """The same, counted in texts at large alone."""
    return rarity_of(())


@cache
def _common() -> dict[str, int]:
    """In how many of a thousand texts each common word stands."""
    abroad = dict.fromkeys(load_words("function_words_abroad"), _ABROAD_SHARE)
    return abroad | {word: int(share) for word, share in load_table("common_words").items()}
