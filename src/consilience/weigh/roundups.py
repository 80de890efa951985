"""Pages and sentences that add up several happenings: "2 dead in three shootings"."""

import re

from consilience.records import Document, Event, Passage

_HAPPENINGS = (
    r"(?:shootings|stabbings|incidents|crashes|accidents|homicides|killings|murders|robberies"
    r"|drownings|fires|wrecks|collisions)"
)
_MANY = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+|several|multiple|separate|unrelated"
    r"|different|other|various|weekend|overnight)"
)
# A year's or a month's toll; not "earlier this year", nor the worst fire in ten years.
_OF_A_TIME = re.compile(
    r"(?<!earlier )(?<!late )\bthis year\b|\b(?:every|each|per) (?:year|month|week|day)\b"
    r"|\b(?:a year|annually|nationwide|statewide|citywide)\b"
    r"|\b(?:in|over|during|for) the (?:past|last) (?:\w+ )?(?:years|months|weeks)\b"
    r"|\bsince (?:the (?:start|beginning) of|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:worst|deadliest|bloodiest|biggest|largest|first|most)\b", re.IGNORECASE
)
_OF_SEVERAL = re.compile(
    rf"\b(?:in|after|across|during|from|of|by)\s+(?:at least\s+)?{_MANY}\s+(?:[\w-]+\s+){{0,2}}?"
    rf"{_HAPPENINGS}\b|\b{_HAPPENINGS}\s+(?:across|around|throughout|citywide|over the weekend"
    r"|since|overnight)\b",
    re.IGNORECASE,
)
# The kinds of event that leave their dead at one time.
_SUDDEN = frozenset({"attack", "disaster", "accident", "fire", "storm", "abduction", "deaths"})


def tells_of_several(document: Document, sentence: Passage) -> bool:
    """Whether what a sentence counts befell people in several happenings."""
    return _OF_SEVERAL.search(document.text, sentence.start, sentence.end) is not None


def is_of_a_time(document: Document, sentence: Passage, main: Event) -> bool:
    """Whether a sentence counts over a year or weeks, beside an event of a day."""
    said = document.text[sentence.start : sentence.end]
    is_counted = _OF_A_TIME.search(said) is not None and _SUPERLATIVE.search(said) is None
    return main.kind in _SUDDEN and is_counted


def sums_up_several(document: Document, main: Event) -> bool:
    """Whether a page's title adds up several happenings, so that no figure is surely of one."""
    return main.kind in _SUDDEN and _OF_SEVERAL.search(document.title or "") is not None
