"""Posts: offices that one person holds at a time, known by their words."""

import re
from functools import cache

from consilience.lexicon import load_table
from consilience.wording import fold

_NO_GROUP = "-"
_LONGEST = 5
_PARTS = re.compile(r"\s{0,9}(?:,|/|&|\band\b)\s*")
_OF_WHAT = frozenset({"of", "for", "to", "at", "in", "with", "from", "by"})
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def american(word: str) -> str:
    """A folded word as it is spelt in America.

    >>> american("defence"), american("harbour")
    ('defense', 'harbor')
    """
    word = re.sub(r"(def|off|lic)ence$", r"\1ense", word)
    word = re.sub(r"(lab|harb|hon)our", r"\1or", word)
    return re.sub(r"centre$", "center", word)


def is_post(words: str) -> bool:
    """Whether words are a post and nothing else.

    >>> is_post("finance director"), is_post("the director")
    (True, False)
    """
    return " ".join(_words(words)) in load_table("posts")


def ends_in_post(title: str) -> bool:
    """Whether a title ends in a post: that of a mayor's aide does not."""
    words = _words(title)
    return any(" ".join(words[-n:]) in load_table("posts") for n in range(1, _LONGEST + 1))


@cache
def posts_of(title: str) -> frozenset[str]:
    """The groups of the posts that a title gives; the mayor's aide is given none.

    >>> sorted(posts_of("Harbour Master and Mayor of Arlow"))
    ['harbormaster', 'mayor']
    >>> sorted(posts_of("spokesman for the sheriff"))
    []
    """
    found = {_group(_words(part)) for part in _PARTS.split(title)}
    return frozenset(found - {_NO_GROUP})


def _group(words: list[str]) -> str:
    """The group of the post that words say before what it is of: "chief of police of Arlow"."""
    table = load_table("posts")
    cut = next((i for i, word in enumerate(words) if word in _OF_WHAT), len(words))
    for length in range(_LONGEST, 0, -1):
        for start in range(max(0, cut - length), cut):
            phrase = words[start : start + length]
            if len(phrase) == length and " ".join(phrase) in table:
                return table[" ".join(phrase)]
    return _NO_GROUP


def _words(title: str) -> list[str]:
    return [american(w) for w in _WORD.findall(fold(title))]
