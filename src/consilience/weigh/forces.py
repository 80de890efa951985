"""Bodies of people as answers to who: what sort each is, and whether two can be one.

The tree of kinds (`lexicon/body_kinds.txt`) says that soldiers are a kind of security force and
that army and police are two bodies beside each other.
"""

import re
from functools import cache

from consilience.lexicon import load_table
from consilience.wording import fold

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# What is said of gunmen that makes them no other gunmen.
_DESCRIBING = frozenset(
    "the a an some several unidentified unknown heavily lightly armed masked hooded suspected"
    " special elite members member of group groups other more all this that these those its their"
    " his her our least at about".split()
)
_MAX_KIND_WORDS = 3
# Heads that leave it to the words before them what body it is: "an army anti-drug unit".
_LOOSE_HEADS = frozenset(
    "unit units team teams squad squads member members personnel agent agents officer officers"
    " official officials detachment patrol convoy group leaders leader forces troops battery jet"
    " jets missile missiles fighter warplane warplanes helicopter helicopters gunship drone crew"
    " brigade battalion column".split()
)


def body_key(text: str) -> str:
    """Equal for two wordings of one body: “heavily armed gunmen” are “the gunmen”.

    >>> body_key("The heavily armed gunmen") == body_key("gunmen")
    True
    """
    words = _words(text)
    return " ".join(sorted(set(words) - _DESCRIBING)) or " ".join(words) or text


@cache
def kinds(text: str) -> frozenset[str]:
    """Where in the tree each body stands that the words name; empty where none is known.

    >>> sorted(kinds("the country's army and coast guard"))
    ['state/coast guard', 'state/military/army']
    """
    return frozenset(k for part in re.split(r",| and | or |&", text) if (k := _kind(part)))


def _kind(text: str) -> str | None:
    """The kind of the longest known phrase, the last of those as long; “of” ends the head."""
    table = load_table("body_kinds")
    words = _words(re.split(r"\s{1,9}(?:of|in|from|at|for)\s+", f" {text}")[0])
    for size in range(min(_MAX_KIND_WORDS, len(words)), 0, -1):
        for start in range(len(words) - size, -1, -1):
            phrase = " ".join(words[start : start + size])
            is_head = start + size >= len(words) - 1 or words[-1] in _LOOSE_HEADS
            if phrase in table and is_head:
                return table[phrase]
    return None


def is_state(text: str) -> bool:
    """Whether the words name a force or office of the state."""
    found = kinds(text)
    return bool(found) and all(k.split("/")[0] == "state" for k in found)


def covers(a: str, b: str) -> bool:
    """Whether one kind stands above the other, or is it."""
    return a == b or b.startswith(f"{a}/") or a.startswith(f"{b}/")


def _words(text: str) -> list[str]:
    return [fold(w).removesuffix("'s") for w in _WORD.findall(text)]
