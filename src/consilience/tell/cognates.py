"""What a sentence and its translation have in common to the eye."""

from collections.abc import Sequence

from consilience.lexicon import load_words
from consilience.numerals import readable
from consilience.wording import fold

_ROOT_LETTERS = 4
# Of short words ("mina", "mine") all but the ending.
_SHORT_LETTERS = 3
_SHORT_PART = 0.6


def n_cognates(a: Sequence[str], language_a: str, b: Sequence[str], language_b: str) -> int:
    """How many numbers and words of one root two texts in two languages share.

    >>> n_cognates(["la", "mina", "cayó"], "es", ["the", "mine", "fell"], "en")
    1
    """
    roots_a, roots_b = _telling(a), _telling(b)
    n_roots = sum(any(_is_one_root(x, y) for y in roots_b) for x in roots_a)
    numbers = readable(" ".join(a), language_a) & readable(" ".join(b), language_b)
    return n_roots + len(numbers)


def _telling(words: Sequence[str]) -> list[str]:
    small = load_words("function_words_abroad")
    return [w for w in map(fold, words) if len(w) > _SHORT_LETTERS and w not in small]


def _is_one_root(a: str, b: str) -> bool:
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    shared = min(len(a), len(b)) if shared is None else shared
    if a.isdigit() or b.isdigit():
        return False
    is_short = max(len(a), len(b)) <= _ROOT_LETTERS + 1 and shared >= _SHORT_PART * len(a)
    return shared >= _ROOT_LETTERS or (is_short and shared >= _SHORT_LETTERS)
