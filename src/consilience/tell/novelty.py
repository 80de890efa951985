"""Whether a sentence tells a reader anything that the sentences before it have not told."""

import re
from collections.abc import Iterable
from functools import lru_cache

from consilience.numerals import numerals
from consilience.wording import fold

# A sentence with more of its words told than this is told again, by eye: "Nine police officers were
# injured, one seriously" behind "Nine officers were injured".
_TOLD_MAX = 0.6
_WORD = re.compile(r"[^\W\d_]{4,}")
# Four letters stand for a word in its forms: fine and fined, injured and injuries.
_STEM_CHARS = 4
_EMPTY = frozenset(
    "also been being from have having that their them then there these they this those were what"
    " when where which while will with would according said says told reported about into more over"
    " after before".split()
)


def tells_anew(words: str, told: Iterable[str]) -> bool:
    """Whether enough of what `words` say is in none of the sentences `told`.

    >>> tells_anew("Nine police officers were hurt, one badly.", ["Nine officers were hurt."])
    False
    >>> tells_anew("Nine officers chased the thief.", ["Nine officers were hurt."])
    True
    """
    own = _content(words)
    known = frozenset[str]().union(*map(_content, told))
    return not own or len(own & known) <= _TOLD_MAX * len(own)


@lru_cache(maxsize=1 << 12)
def _content(words: str) -> frozenset[str]:
    stems = {w[:_STEM_CHARS] for w in _WORD.findall(fold(words)) if w not in _EMPTY}
    numbers = {f"{value:g}" for n in numerals(words, "en") for value in n.values if value >= 2}
    return frozenset(stems | numbers)
