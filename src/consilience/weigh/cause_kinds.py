"""What kind of beginning words name: a fault, a deed, the weather, a quarrel."""

import re
from functools import cache

from consilience.lexicon import load_table

_UNDONE = re.compile(
    r"\b(?:not|no|never|nor|without|ruled out|rules out|ruling out|rather than|instead of)\b",
    re.IGNORECASE,
)
_CONTRARY = {"deliberate": "not deliberate", "accident": "deliberate"}
# Of these a "not" is part: “the brakes did not work”.
_FAILURES = frozenset({"mechanical", "neglect"})
# Kinds of how two sides met.
MEETINGS = frozenset({"planned", "chance", "fired first", "came under attack"})


def cause_kinds(words: str) -> frozenset[str]:
    """The kinds that the words name; of what they rule out only that it was no deed.

    >>> sorted(cause_kinds("a short circuit in a dust extractor"))
    ['electrical']
    >>> sorted(cause_kinds("no sign of arson"))
    ['not deliberate']
    """
    found = frozenset(_kind_of(m[0].lower()) for m in _any_kind().finditer(words))
    if _UNDONE.search(words) and not found & _FAILURES:
        return frozenset(_CONTRARY[kind] for kind in found if kind in _CONTRARY)
    # What hit a power line was not set alight by it.
    return found - {"electrical"} if "struck" in found else found


@cache
def _any_kind() -> re.Pattern[str]:
    return _pattern(load_table("cause_kinds"))


def _pattern(phrases: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(_escaped, longest_first))})(?!\w)", re.IGNORECASE)


def _escaped(phrase: str) -> str:
    stem = r"\s+".join(map(re.escape, phrase.removesuffix("*").split()))
    return stem + (r"\w*" if phrase.endswith("*") else "")


@cache
def _kind_of(words: str) -> str:
    table = load_table("cause_kinds")
    said = " ".join(words.split())
    if said in table:
        return table[said]
    stems = [p for p in table if p.endswith("*") and said.startswith(p[:-1])]
    return table[max(stems, key=len)]
