"""Tolls that are counted again: "put at 40", "from 17 to 15", "they revised it to 11"."""

import re
from collections.abc import Sequence

from consilience.records import Count, Passage
from consilience.weigh.beside import FORM, slot_of
from consilience.weigh.figure import TOLLS, Figure

_CHANGING = (
    r"(?:correct|revis|amend|updat|upgrad|downgrad|adjust|chang|lower|rais|increas|reduc|cut|ris|ros"
    r"|gr[eo]w|climb|jump|f[ae]ll|dropp?|went up|went down|bring|brought|push)\w*"
)
_TO = r"(?:\s+(?:later|then|since|again|up|down|upwards?|downwards?))*\s+to\s+\Z"
# "The number of people missing was put at", "the toll, first given as nine, was later revised to".
_NUMBER_OF = (
    rf"\b(?:toll|number|count|tally|total) of (?:the |those )?(?:people |persons )?{FORM}\b"
)
_NUMBERED = re.compile(
    rf"(?:(?P<toll>\b(?:death )?toll\b)|{_NUMBER_OF})[^.;:]{{0,120}}?"
    rf"\b(?:(?:put|puts|putting|stood|stands|standing|was|is|given|set|estimated|reached|reaches"
    rf"|reaching|passed|exceeded|at|hit)(?:\s+(?:at|as|now|still))*\s+\Z"
    rf"|(?:{_CHANGING})(?:\s+from\s+[\w,]+(?:\s\w+)?)?{_TO})",
    re.IGNORECASE,
)
_CHANGED_NUMBER = re.compile(
    rf"\b{_CHANGING}\s[^.;:]{{0,40}}?(?:(?P<toll>\b(?:death )?toll\b)|{_NUMBER_OF})[^.;:]{{0,60}}?"
    r"\b(?:to|from)\s+\Z",
    re.IGNORECASE,
)
# "She withdrew the figure of 13."
_WITHDRAWN = (
    r"\b(?:withdr(?:ew|awn|aws)|retract(?:s|ed)|(?:took|taken|takes) back|disown(?:s|ed))"
    r"\s+(?:(?:the|an?|its|their|his|her|that)\s+)?(?:\w+\s+)?"
    r"(?:figure|number|count|toll|total|tally|estimate)s?\s+of\s+\Z"
)
# A change of what the sentence before counts.
_CHANGED = re.compile(
    rf"\b{_CHANGING}\s+(?:it|that|this|them|(?:the|that|this|its|their|his|her)\s+(?:earlier\s+"
    rf"|first\s+|initial\s+)?(?:figure|number|count|total|tally|estimate)s?)"
    rf"(?:\s+from\s+[\w,]+)?{_TO}"
    rf"|\b(?:figure|number|count|total|tally)\s+(?:was|has been|had been|is)\s+(?:later\s+|since\s+"
    rf"|then\s+|now\s+)?{_CHANGING}(?:\s+from\s+[\w,]+)?{_TO}"
    r"|\b(?:correct|right|true|real|actual|new|final)\s+(?:figure|number|count|total|tally)\s+"
    rf"(?:was|is)\s+\Z|{_WITHDRAWN}",
    re.IGNORECASE,
)
# Numbers that are named as given before and no longer.
_FORMER_BEFORE = re.compile(
    rf"\b{_CHANGING}\s[^.;:]{{0,80}}?\bfrom\s+(?:an?\s+(?:earlier|initial|previous)\s+)?\Z"
    r"|\b(?:up|down|not|instead of|rather than)\s+(?:from\s+)?(?:the\s+)?\Z(?<=from )"
    r"|\b(?:first|initially|originally|previously|earlier)\s+(?:been\s+)?(?:put|given|reported|stated"
    r"|announced|set|estimated|counted)\s+(?:(?:at|as|to be)\s+)?\Z"
    r"|\b(?:earlier|initial|first|previous|original)\s+(?:figure|toll|count|tally|estimate|number"
    rf"|report)s?\s+of\s+\Z|{_WITHDRAWN}",
    re.IGNORECASE,
)
_FORMER_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:first|initially|originally|previously|earlier)\s+(?:reported|announced"
    r"|given|stated|counted|estimated)\b",
    re.IGNORECASE,
)
# What an outlet corrects: "an article in Friday's paper said the firm was fined 12 million". What
# an earlier version of the page itself said is attributed to that version.
_CORRECTED = re.compile(
    r"\b(?:article|story|report|headline|caption|graphic)\s+(?:\w+\s+)?(?:in|on|of)\s+(?:our\s+|the\s+)?"
    r"(?:yesterday|(?:last|this|\w+day|page|front)\b)[^.;:]{0,90}?"
    r"\b(?:said|stated|gave|put|reported|wrote|listed|claimed)\b[^.;:]{0,90}\Z",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"\b(?:correct(?:ion|ed|s)|clarif\w+|apologi[sz]e|withdrawn|in error|errors?\b|wrong(?:ly)?"
    r"|mistaken(?:ly)?|incorrect(?:ly)?|misstated|should have)\b",
    re.IGNORECASE,
)
# How far before a figure its noun and verb are looked for, in characters, and how many sentences
# back what a changed figure counts.
_NEAR_CHARS = 170
_BACK = 2


def numbered_slot(text: str, count: Count, sentence: Passage) -> str | None:
    """What a sentence says it numbers: "the number of missing at 40"."""
    start = count.passage.start
    before = text[max(sentence.start, start - _NEAR_CHARS) : start]
    found = _NUMBERED.search(before) or _CHANGED_NUMBER.search(before)
    if found is None:
        return None
    return "killed" if found["toll"] else slot_of(found[0])


def is_former(text: str, count: Count, sentence: Passage) -> bool:
    """Whether a number is told as one that was given before: "up from 19", "initially put at 8"."""
    start = count.passage.start
    before = text[max(sentence.start, start - _NEAR_CHARS) : start]
    after = _FORMER_AFTER.match(text, count.passage.end, sentence.end)
    if _CORRECTED.search(before) and _CORRECTION.search(text):
        return True
    return _FORMER_BEFORE.search(before) is not None or after is not None


def changed_figure(
    text: str, count: Count, sentence: Passage, i: int, earlier: Sequence[Figure]
) -> Figure | None:
    """The figure that a sentence changes: "14 died, they said; they revised it to 11"."""
    start = count.passage.start
    before = text[max(sentence.start, start - _NEAR_CHARS) : start]
    if _CHANGED.search(before) is None:
        return None
    return next(
        (f for f in reversed(earlier) if f.slot in TOLLS and i - f.sentence_index <= _BACK), None
    )
