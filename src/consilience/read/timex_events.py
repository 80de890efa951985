"""Lengths of time that are told from a happening: "four hours after the blast"."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from consilience.read.encoder import Parse

_TOWARDS = re.compile(r"\s+(after|before|following)\b\s*", re.IGNORECASE)
_LENGTH = re.compile(r"=P(T?)(\d+)([SMHDWY])")
# How many words a name of a happening may be long: "the first of the two blasts".
_REACH = 6
_EVENT_LIKE = ("NOUN", "PROPN", "VERB")


def told_from(text: str, end: int) -> tuple[int, str] | None:
    """Where the words begin that an expression ending at `end` is told from, and > or <."""
    found = _TOWARDS.match(text, end)
    if found is None:
        return None
    return found.end(), "<" if found[1].lower() == "before" else ">"


def happening_at(parse: Parse | None, start: int) -> tuple[int, str] | None:
    """The word that names the happening told of from `start` on, and its lemma."""
    if parse is None or not parse.words:
        return None
    first = bisect_right([word.start for word in parse.words], start) - 1
    words = parse.words
    for i in range(max(first, 0), min(first + _REACH, len(words))):
        word = words[i]
        if word.upos == "PUNCT":
            return None
        is_inner = word.deprel.startswith("compound") or (
            word.deprel.startswith("nmod:poss") and word.head > i
        )
        if word.upos in _EVENT_LIKE and word.kind != "time" and not is_inner:
            return i, word.lemma.lower()
    return None


def lemmas_of(parses: Sequence[Parse]) -> Mapping[str, list[int]]:
    """In which sentences, by number, a noun or verb stands."""
    found: dict[str, list[int]] = {}
    for n, parse in enumerate(parses):
        for lemma in dict.fromkeys(
            word.lemma.lower() for word in parse.words if word.upos in _EVENT_LIKE
        ):
            found.setdefault(lemma, []).append(n)
    return found


def counted(expression: str) -> str | None:
    """The length of an expression that can be counted off a day: P4D, PT4H."""
    found = _LENGTH.fullmatch(expression)
    return expression[1:] if found else None
