"""Whether words in quotation marks are said, or a name, or a term."""

import re
from enum import StrEnum

from consilience.read.cues import reporting_forms


class QuoteKind(StrEnum):
    """What stands between the marks: words said, a (nick)name or title, or a term."""

    SPEECH = "speech"
    NAME = "name"
    TERM = "term"


_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NAMING = re.compile(
    r"(?:known(?: \w+)? as|nicknamed|dubbed|called|alias|a\.?k\.?a\.?|named|titled|entitled|"
    r"apodado|alias) (?:as )?[\"“‘'«]?$",
    re.IGNORECASE,
)
_SO_CALLED = re.compile(r"so[- ]called \S{0,2}$", re.IGNORECASE)
_SMALL = frozenset(
    ("el", "la", "los", "las", "de", "del", "of", "the", "and", "for", "von", "van", "di", "da")
    + ("le", "y", "in", "on", "a", "an", "to")
)
# Of the stretches this long in PolNeAR's train part 99 in 6,392 are outside every attribution.
_SPEECH_MIN_WORDS = 6
_TERM_MAX_WORDS = 2
_CONTEXT_CHARS = 200


def kind_of(
    text: str, limits: tuple[int, int], start: int, end: int, *, is_open: bool
) -> QuoteKind:
    """Tell speech from names and terms by length, capitals, and a reporting word near."""
    words = _WORD.findall(text, start, min(end, start + 400))
    inside = text[start:end]
    before = text[max(limits[0], start - 40) : start - 1]
    sentence_like = inside[-1:] in ".?!…" and len(words) > 1
    capitals = (
        bool(words)
        and all(
            word[0].isupper()
            or word[0].isdigit()
            or (i and word.lower() in _SMALL)
            or word in _SMALL
            for i, word in enumerate(words)
        )
        and any(word[0].isupper() for word in words)
    )
    if is_open or len(words) >= _SPEECH_MIN_WORDS:
        return (
            QuoteKind.NAME if capitals and not sentence_like and not is_open else QuoteKind.SPEECH
        )
    if capitals and _within_name(text, start, end):
        return QuoteKind.NAME
    if _SO_CALLED.search(before):
        return QuoteKind.TERM
    if _NAMING.search(before + text[start - 1 : start]):
        return QuoteKind.NAME if any(word[0].isupper() for word in words) else QuoteKind.TERM
    if not words:
        return QuoteKind.TERM
    left = text[max(limits[0], start - _CONTEXT_CHARS) : start - 1]
    right = text[end + 1 : min(limits[1], end + _CONTEXT_CHARS)]
    cue_right = _has_cue(_SENTENCE_CUT.split(right, maxsplit=1)[0])
    ends_clause = inside[-1] in ",?!." or text[end + 1 : end + 2] == ","
    if ends_clause and cue_right and _CUE_DIRECTLY.match(right):
        return QuoteKind.SPEECH
    if capitals and not sentence_like and not _INTRODUCED.search(left):
        return QuoteKind.NAME
    if sentence_like or _INTRODUCED.search(left):
        return QuoteKind.SPEECH
    if _has_cue(_SENTENCE_CUT.split(left)[-1]) or (cue_right and ends_clause):
        return QuoteKind.SPEECH
    return QuoteKind.SPEECH if len(words) > _TERM_MAX_WORDS + 1 else QuoteKind.TERM


_SENTENCE_CUT = re.compile(r"[.!?]\s+(?=[A-Z“\"‘'])")
_INTRODUCED = re.compile(r"(?:[:,]|\b(?:said|says|saying|asked|replied|shouted|wrote|as))\s?$")
_CUE_DIRECTLY = re.compile(r"[,\s\"”’']*(?:\w+[\s,]+){0,6}?\w*(?:ed|ys?|id|ld|te|es)\b")


def _within_name(text: str, start: int, end: int) -> bool:
    """Capitalised words stand on both sides of the marks, or on one side and the marks in it."""
    left = text[max(0, start - 32) : start - 1]
    right = text[end + 1 : end + 32]
    before = re.search(r"([^\W\d_][\w.’'-]{0,32})[ ]$", left)
    after = re.match(r"[ ]([^\W\d_][\w’'-]*)", right)
    named_before = bool(before and before[1][0].isupper())
    named_after = bool(after and after[1][0].isupper())
    return named_before or named_after


def _has_cue(words: str) -> bool:
    return any(word in reporting_forms() for word in _WORD.findall(words.lower()))
