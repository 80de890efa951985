"""Numbers that count nobody who is asked for: ages, children, entries of lists, parts."""

import re
from collections.abc import Set
from dataclasses import dataclass

from consilience.records import Count, Mention
from consilience.weigh.figure import is_human
from consilience.weigh.harms import is_kin

# "An apprentice of 19" is as old, "a father of three" has as many children.
_AGED = re.compile(r"\b(?:an?|the|of)\s+(\w+)\s+of\s+$", re.IGNORECASE)
_HAVING = re.compile(r"([\w-]{1,40})[\s-]{1,4}of[\s-]{1,4}$")
# "Dana Orr, 31, was arrested", "both 16".
_AGE_AFTER_NAME = re.compile(r"\s*,\s*(?:both\s+|aged\s+|age\s+)?$|\s+and\s+\w+,\s+$")
_LABEL = re.compile(
    r"\b(?:image|photo|picture|page|slide|figure|table|chapter|episode|no\.|number)\s+$", re.I
)
_BOTH = re.compile(r"\b(?:both|each)\s+$", re.IGNORECASE)
_AGE_MAX = 120
# "Three of them" counts a part of what another sentence counts.
PARTITIVE = re.compile(r"\s+of\s+(?:them|the|those|these|its|their|his|her)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class People:
    """The mentions of people in one document: where their heads begin, where names end."""

    mentions: tuple[Mention, ...]
    heads: Set[int]
    name_ends: Set[int]


def is_no_count(text: str, count: Count, people: People) -> bool:
    """Ages, children, numbers of a list, and parts of what was counted right before."""
    words = text[count.passage.start : count.passage.end].lower()
    # "One of the guards", "none of the others": of a whole that is told elsewhere, like "both".
    is_part = words in ("one", "none", "neither") and PARTITIVE.match(text, count.passage.end)
    if is_part or (words == "both" and count.of is None):
        return True
    before = text[max(0, count.passage.start - 40) : count.passage.start]
    having = _HAVING.search(before)
    if having is not None and is_kin(having[1]):
        return True
    if _LABEL.search(before):
        return True
    starts_line = not before or before.rstrip(" ").endswith("\n")
    is_listed = starts_line and text[count.passage.end : count.passage.end + 2] == ". "
    is_apart = count.of is None or count.of.start < count.passage.start
    aged = _AGED.search(before)
    is_old = aged is not None and (
        count.passage.start - len(before) + aged.start(1) in people.heads
        or is_human(aged[1].lower())
    )
    is_age = is_apart and (is_old or _is_age_of_named(text, count, people))
    return is_listed or is_age


def _is_age_of_named(text: str, count: Count, people: People) -> bool:
    start = count.passage.start
    if not text[start : count.passage.end].isdigit() or (count.quantity.low or 0) > _AGE_MAX:
        return False
    before = text[max(0, start - 12) : start]
    if _BOTH.search(before):
        return True
    return any(
        end in people.name_ends and _AGE_AFTER_NAME.fullmatch(text, end, start)
        for end in range(max(0, start - 12), start)
    )
