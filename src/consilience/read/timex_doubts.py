"""Words that look like a time and are a name, a verb, a number or an age."""

import re
from collections.abc import Sequence

from consilience.lexicon import load_words
from consilience.read.encoder import Parse, Word
from consilience.read.timex_words import QUARTERS

_QUARTER_ORDINALS = tuple(QUARTERS)
_NAMESAKES = frozenset("may march april june august jan mar sun sat wed fri mon".split())
_TITLES = frozenset(
    "mr mrs ms dr sen rep gov gen col capt lt sgt judge justice president minister sir lady".split()
)
_BEFORE_MONTH = re.compile(
    r"(?i:\b(?:in|of|since|by|until|till|from|to|and|or|last|next|this|late|early|mid|through|during"
    r"|before|after|for|between|every|each|en|de|desde|hasta|the))[\s-]{1,2}$"
)
_BARE_PLURAL = re.compile(r"hours|days|weeks|months|years|decades|centuries")
_BEFORE_LENGTH = re.compile(r"(?i:\b(?:for|within|after|over))\s$")
_AFTER_ADVERB = re.compile(r"\s*(?:[.,;:)]|$|(?:in|on|by|to|and|from|since|at|for)\b)")
_BEFORE_CLOCK = re.compile(
    r"(?i:\b(?:at|around|about|by|until|till|before|after|since|from|to|between|and|approximately"
    r"|las|la|del|el))\s$"
)
# "A 2007 gray Mazda", "their 1996 Lincoln".
_MADE = re.compile(r"(?: [A-Za-z][a-z-]{1,15}){1,3}")
# "A quarter of a million", "a quarter of its crew".
_OF_WHOLE = re.compile(r" of (?:an?|all|its|their|his|her|our|those|these|them)\b")


# "At 1955 Main Street", "ext. 2002".
_ADDRESS = re.compile(
    r" (?:(?:[NSEW]\.?|North|South|East|West) )?(?:[A-Z][\w.'’-]{1,20} ){1,3}"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Way|Highway|Hwy"
    r"|Parkway|Pkwy|Terrace|Circle)\b"
)
_NUMBERED = re.compile(r"\b(?:ext(?:\.|ension)?|suite|room|box|apt\.?|unit|flight|badge) $", re.I)
_POSSESSIVE = re.compile(r"['’]s")
_OPENING = frozenset("“\"‘'")
_CLOSING = frozenset("”\"’'")


def is_name_or_verb(text: str, start: int, end: int, where: tuple[Parse | None, range]) -> bool:
    """Whether words that look like a time are a name, a verb, a number or an age instead."""
    words, before = text[start:end], text[max(0, start - 24) : start]
    lower = words.lower().rstrip(".")
    parse, span = where
    if lower.endswith("day") and _is_evening_named(text, start, end):
        return True
    inside = [parse.words[i] for i in span] if parse else []
    if lower in _NAMESAKES:
        return not _is_month_here(before, text[end : end + 24], inside)
    if re.fullmatch(r"\d{4}", words):
        if before.endswith(("$", "£", "€", "#", "-", "/", ".", ",", "No ", "No. ")):
            return True
        is_address = _ADDRESS.match(text, end) is not None or _NUMBERED.search(before) is not None
        if is_address and _BEFORE_MONTH.search(before) is None:
            return True
        made = _MADE.match(text, end)
        if made is not None and not load_words("vehicle_makes").isdisjoint(made[0].lower().split()):
            return _BEFORE_MONTH.search(before) is None
        head = inside[0].head if inside and parse else -1
        return bool(
            inside
            and inside[0].deprel == "nummod"
            and parse
            and head > span[-1]
            and "Number=Plur" in parse.words[head].feats
        )
    if re.fullmatch(r"(?:\d{1,2}(?:\s?:\s?|\.)\d\d|\d{1,2})(?::\d\d)?", words):
        return not _BEFORE_CLOCK.search(before)
    if lower == "quarterly":
        # "The quarterly dividend" is one of them.
        return not _AFTER_ADVERB.match(text, end)
    if lower.endswith(("-quarter", "-quarters")) and not lower.startswith(_QUARTER_ORDINALS):
        return True
    if _BARE_PLURAL.fullmatch(lower):
        # "For weeks" is a length; "days of rage" and "the years" are talk.
        return not _BEFORE_LENGTH.search(before)
    if lower.endswith(("quarter", "quarters")) and _OF_WHOLE.match(text, end):
        return True
    if before.endswith("aged ") and lower[0].isdigit():
        return True
    if lower.startswith("many ") and before.endswith("as "):
        return True
    if lower in {"a second", "a quarter", "the second", "second", "a few", "one second"}:
        return True
    if lower in {"fall", "spring", "the fall", "the spring", "march", "summer", "winter", "autumn"}:
        return not _is_season_here(lower, before, inside)
    return False


def _is_evening_named(text: str, start: int, end: int) -> bool:
    """Whether a day is what a regular evening is called for: “College Friday's”."""
    possessive = _POSSESSIVE.match(text, end)
    if possessive is None:
        return False
    return (
        text[start - 1 : start] in _OPENING
        or text[possessive.end() : possessive.end() + 1] in _CLOSING
    )


def _is_month_here(before: str, after: str, inside: Sequence[Word]) -> bool:
    """A month that is also a name or a verb needs a preposition, and no name around it."""
    title = before.split()[-1].rstrip(".").lower() if before.split() else ""
    if title in _TITLES or any(word.upos in ("VERB", "AUX") for word in inside):
        return False
    if re.match(r" [A-Z][a-z]", after) and not re.match(r" (?:Day|Monday|The)\b", after):
        return False
    return bool(_BEFORE_MONTH.search(before))


def _is_season_here(lower: str, before: str, inside: Sequence[Word]) -> bool:
    if any(word.upos in ("VERB", "AUX", "PROPN") for word in inside):
        return False
    return lower.endswith(("summer", "winter", "autumn")) and bool(
        re.search(r"(?i:\b(?:in|of|since|by|until|during|for|through))\s(?:the\s)?$", before)
        or lower.startswith("the ")
    )
