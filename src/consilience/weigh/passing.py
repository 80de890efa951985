"""Counts said in passing, which nobody asks after unless another document counts the same."""

import re

from consilience.records import Count
from consilience.weigh.figure import is_generic

# From here on a number is worth asking after, however it is said.
_LARGE_MIN = 10
# "The two men", "with two others", "in two rows", "of the nine".
_KNOWN_BEFORE = re.compile(
    r"\b(?:the|these|those|this|that|his|her|its|their|our|my|your|all|other)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_BY_THE_WAY = re.compile(
    r"\b(?:in|on|at|from|with|between|among|of|by|near|within|across|into|for|as|to)\s+$",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\s+others?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\W\d_'’ -]*(?:['’ -][^\W\d_]+)*")


def names_a_thing(unit: str) -> bool:
    """Whether a unit is a word, and no inches' mark."""
    return _WORD.fullmatch(unit) is not None


def is_in_passing(text: str, count: Count) -> bool:
    """Whether a small number only tells where, with whom, or of whom one knows already."""
    value = count.quantity
    size = value.high if value.low is None else value.low
    if size is None or size >= _LARGE_MIN:
        return False
    before = text[max(0, count.passage.start - 24) : count.passage.start]
    return (
        is_generic(value.unit)
        or _KNOWN_BEFORE.search(before) is not None
        or _BY_THE_WAY.search(before) is not None
        or _OTHERS.match(text, count.passage.end) is not None
    )
