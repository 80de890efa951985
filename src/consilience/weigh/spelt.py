"""Pages with a character for each word, so that runs of words are slices to be looked up."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from consilience.weigh.pages import Page

# Words in a run before it counts as copied: eight words in a row are rarely said twice by chance.
RUN_WORDS = 8
_GRAM_WORDS = 3
_QUOTATION_MIN_WORDS = 6
# As many pages stay spelt; a case of more is not held in memory twice over.
_HELD_MAX = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Spelt:
    """One page as others are held against it.

    `n_own[i]`: how many words before `i` are the page's own. `lines`: the own words of each line,
    `line_facts`: its names and numbers. `grams`: all runs of three words, `own_grams`: how often
    each begins and ends outside quotations. `runs`: the first place of each run of eight words.
    `quotations`: how the longer ones begin, in order; `quoted`: the first place of such beginnings.
    """

    page: Page
    words: str
    n_own: tuple[int, ...]
    lines: tuple[str, ...]
    line_facts: tuple[frozenset[str], ...]
    facts: str
    figures: frozenset[str]
    grams: frozenset[str]
    own_grams: Mapping[str, int]
    runs: Mapping[str, int]
    quotations: tuple[str, ...]
    quoted: Mapping[str, int]


class Speller:
    """Spells pages alike: it keeps the one alphabet, and the pages that were spelt last."""

    def __init__(self) -> None:
        self._alphabet: dict[str, str] = {}
        self._held: dict[str, Spelt] = {}

    def __call__(self, page: Page) -> Spelt:
        if page.id not in self._held:
            if len(self._held) >= _HELD_MAX:
                self._held.clear()
            self._held[page.id] = self._spelt(page)
        return self._held[page.id]

    def grams(self, page: Page) -> dict[str, None]:
        """Each run of three words once, as it first comes."""
        return dict.fromkeys(_slices(self._spell(page.words), _GRAM_WORDS))

    def _spell(self, words: tuple[str, ...]) -> str:
        letters = self._alphabet
        for word in words:
            if word not in letters:
                # Past a million words two share a character, which is as if they were spelt alike.
                letters[word] = chr(1 + len(letters) % sys.maxunicode)
        return "".join(map(letters.__getitem__, words))

    def _spelt(self, page: Page) -> Spelt:
        words, own = self._spell(page.words), page.own
        grams = list(_slices(words, _GRAM_WORDS))
        ends = own[_GRAM_WORDS - 1 :]
        runs = list(_slices(words, RUN_WORDS))
        begun = list(_slices(words, _QUOTATION_MIN_WORDS))
        facts = self._spell(page.facts)
        return Spelt(
            page=page,
            words=words,
            n_own=tuple(accumulate(own, initial=0)),
            lines=tuple(
                "".join(w for w, is_own in zip(words[a:b], own[a:b], strict=True) if is_own)
                for a, b in ((line.first, line.last) for line in page.lines)
            ),
            line_facts=tuple(
                frozenset(self._spell(tuple(f for f in page.fact_at[line.first : line.last] if f)))
                for line in page.lines
            ),
            facts=facts,
            figures=frozenset(
                c for c, fact in zip(facts, page.facts, strict=True) if fact[0].isdigit()
            ),
            grams=frozenset(grams),
            own_grams=Counter(
                gram for gram, first, last in zip(grams, own, ends, strict=False) if first and last
            ),
            runs={run: i for i, run in reversed(list(enumerate(runs)))},
            quotations=tuple(
                begun[first]
                for first, last in _quotations(page)
                if last - first >= _QUOTATION_MIN_WORDS
            ),
            quoted={run: i for i, run in reversed(list(enumerate(begun))) if not own[i]},
        )


def _slices(words: str, n: int) -> Iterator[str]:
    return (words[i : i + n] for i in range(len(words) - n + 1))


def _quotations(page: Page) -> Iterator[tuple[int, int]]:
    """Where quotations begin and end."""
    first: int | None = None
    for i, own in enumerate((*page.own, True)):
        if not own and first is None:
            first = i
        elif own and first is not None:
            yield first, i
            first = None
