"""Whether something can be told as common ground, in nobody's name."""

import re
from functools import lru_cache

from consilience.numerals import numerals
from consilience.records import Passage
from consilience.tell.material import Material, said, within
from consilience.tell.tolls import holds_any
from consilience.wording import fold

_NAME = re.compile(r"(?<=[a-z,] )[^\W\d_a-z][\w’'-]+")


def is_common(known: Material, passage: Passage) -> bool:
    """Whether another origin has every name and number of a passage, and none disputes it."""
    root = known.roots.get(passage.document_id, passage.document_id)
    telling = _names_and_numbers(said(known, passage))
    return not holds_any(known.open.disputed, passage) and any(
        telling <= _names_and_numbers(document.text)
        for document in known.case.documents
        if known.roots.get(document.id, document.id) != root
    )


def is_in_a_mouth(known: Material, passage: Passage) -> bool:
    """Whether a passage lies within what somebody is said to have said."""
    reading = known.case.readings[passage.document_id]
    return any(
        content.start < passage.end and passage.start < content.end
        for attribution in reading.attributions
        if attribution.cue and not any(within(c, passage) for c in attribution.cue)
        for content in attribution.content
    )


@lru_cache(4096)
def _names_and_numbers(words: str) -> frozenset[str]:
    named = {fold(w) for w in _NAME.findall(words)}
    numbers = {n for numeral in numerals(words, "en") for n in numeral.values}
    return frozenset(named | {f"{n:g}" for n in numbers if n >= 2})
