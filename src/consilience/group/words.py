"""A text as a bag of words: folded, without endings, capitals noted."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from consilience.wording import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?")
_SENTENCE_END = re.compile(r"[.!?:\n\"“”]")
_ENDINGS = ("ing", "ed")
_STEM_MIN_CHARS = 4
_WORD_MAX_CHARS = 40
_SHORTENED_MAX_CHARS = 3  # "St. Louis", "Lt. Ames": the full stop ends no sentence


class Word(NamedTuple):
    """`folded`: small letters without accents. `is_name`: a capital no sentence asks for."""

    folded: str
    stem: str
    is_name: bool
    line: int


def words_of(text: str) -> Iterator[Word]:
    """The words and figures of a text, in order."""
    ended = line = 0
    before = ""
    for found in _WORD.finditer(text):
        written = found[0]
        between = text[ended : found.start()]
        opens = ended == 0 or _SENTENCE_END.search(between) is not None
        if opens and between == ". " and before[:1].isupper():
            opens = len(before) > _SHORTENED_MAX_CHARS
        before, ended = written, found.end()
        line += between.count("\n")
        folded = fold(written[:_WORD_MAX_CHARS])
        yield Word(folded, stem(folded), written[0].isupper() and not opens, line)


def stem(word: str) -> str:
    """A folded word without its commonest endings; the same word said twice, not its lemma.

    >>> [stem(word) for word in ("crowd's", "bridges", "shooting", "collapsed", "ring", "press")]
    ['crowd', 'bridge', 'shoot', 'collaps', 'ring', 'press']
    """
    word = word.removesuffix("'s")
    if len(word) > _STEM_MIN_CHARS and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM_MIN_CHARS:
            return word[: -len(ending)]
    return word
