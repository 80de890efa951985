"""How many came: the one figure of a march that its organisers and the police never share."""

import re

from consilience.records import Count, Passage

# What those are counted as, whatever each page calls them: workers, farmers, people.
PARTICIPANT = "participant"
CROWD = f"count:{PARTICIPANT}"
TAKING_PART = "take_part"
_MARCH = r"(?:march|rally|protest|demonstration|parade|vigil|procession|strike)"
_WHO_CAME = r"(?:participant|demonstrator|protester|protestor|marcher|attendee)s?"
# "Put the crowd at 38,000", "a crowd of 500", "the march drew 9,000 people".
_BEFORE = re.compile(
    rf"\b(?:crowds?|turn-?out|attendance|number of {_WHO_CAME})\b[^.;:]{{0,40}}?"
    rf"\b(?:at|of|was|were|as)\s+\Z"
    rf"|\b{_MARCH}s?\b[^.;:]{{0,60}}?\b(?:drew|draws|attracted|brought (?:out|together))\s+\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b(?:count|estimat|reckon|number|put|report)\w*\b[^.;:]{0,40}\Z", re.I)
_AFTER = re.compile(
    r"\s+(?:(?!(?:who|that|were|was|had|have|to|and|or|in|of)\b)[\w'’-]+\s+){0,4}?"
    r"(?:(?:had |have )?(?:took|taken|taking|take) part|marched|marching|demonstrated|rallied"
    r"|protested|turned out|took to the streets|filled the (?:streets|squares?|avenues?)"
    rf"|joined (?:the|a|an|in the) (?:\w+ )?{_MARCH}|attended the {_MARCH})\b",
    re.IGNORECASE,
)
_REACH_CHARS = 100


def counts_a_crowd(text: str, count: Count, sentence: Passage) -> bool:
    """Whether a number says how many took part in a march, a rally, a strike."""
    start = count.passage.start
    end = max(count.passage.end, count.of.end if count.of is not None else 0)
    before = text[max(sentence.start, start - _REACH_CHARS) : start]
    after = text[count.passage.end : min(sentence.end, end + _REACH_CHARS)]
    if _BEFORE.search(before) or _AFTER.match(after):
        return True
    called = text[count.of.start : count.of.end] if count.of is not None else ""
    is_named = re.search(rf"\b{_WHO_CAME}\Z", called, re.IGNORECASE) is not None
    return is_named and _COUNTED.search(before) is not None
