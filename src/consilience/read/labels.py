"""Numbers that name a thing instead of counting any."""

import re
from collections.abc import Sequence

from consilience.read.encoder import Word

_NAMERS = (
    "highway|route|interstate|road|motorway|autopista|carretera|no|nos|number|numbers|page|pages"
    "|flight|chapter|section|article|articles|room|unit|channel|level|phase|version|apartment|apt"
    "|suite|act|exit|mile|kilometer|kilometre|platform|gate|district|precinct|ward|zone|sector"
    "|grade|category|type|class|size|form|line|track|pier|terminal|block|cell|engine|station"
    "|local|group|formula|boeing|airbus|week|day|game|round|step|rule|title|count|amendment"
    "|resolution|psalm|verse|vol|volume|issue|fig|figure|table|lot|box|bus|train|runway|bay|berth|magnitude"
    "|magnitud|ruta|artículo|página|kilómetro|número|vuelo|capítulo|calle|sala"
)
_NAMER = re.compile(rf"\b(?i:{_NAMERS})\.?\s$")
_GLUED_BEFORE = re.compile(r"(?:[^\W\d_]-|[^\W_]|[#@/:]|\d[.,:\-–]|\(\d{2,4}\)\s|(?<!\d)\.)$")
_GLUED_AFTER = re.compile(
    r"(?:\sThe\s|[/:]\d|-\d|–\d{3}\b.\d|\s?(?:mm|-?calib(?:er|re))\b|°|\s{1,3}block\b)"
)
_CALLED = re.compile(r"\b(?:call|called|calling|calls|dial|dialed|dialled|phone|phoned)\s$")
_EMERGENCY = re.compile(r"911(?!\s[a-z]+s\b)|(?:911|999|112)(?=\s(?:calls?|operators?)\b)")
_ADDRESS = re.compile(
    r"\s(?:[NSEW]{1,2}\.?\s|(?:North|South|East|West)\s)?(?:[A-Z0-9][\w.']{0,20}\s){0,3}"
    r"(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Highway|Hwy|Lane|Ln|Drive|Dr|Court|Ct|Way"
    r"|Terrace|Place|Pl|Parkway|Pkwy|Square|Calle|Avenida)\b"
)
_COMPOUND = re.compile(r"-[^\W\d_]")


def is_label(text: str, start: int, end: int, words: Sequence[Word], first: int) -> bool:
    """Whether the number at `start:end` of a sentence is a name, a score or part of a compound.

    `first` is the index of its first word. "Highway 15", "AK-47", "3-2", "Flight 370", ".50
    calibre", "two-storey" and "555-0134" are such numbers.
    """
    before, after = text[max(0, start - 16) : start], text[end : end + 12]
    if _COMPOUND.match(after) and not after.startswith(("-odd", "-plus")):
        return True
    if _GLUED_BEFORE.search(before) and not before.endswith(("$", "£", "€")):
        return True
    if _GLUED_AFTER.match(after) and not _rises(text, start, end):
        return True
    if match := _NAMER.search(before):
        # "The bus 40 people were riding" is rarer than "bus 40".
        return text[start].isdigit() or match[0][0].isupper()
    digits = text[start:end]
    if _EMERGENCY.match(text, start) or (digits.isdigit() and _CALLED.search(before)):
        return True
    if digits.isdigit() and _ADDRESS.match(text[end : end + 80]):
        return True
    if digits.isdigit() and (len(digits) > 7 or digits.startswith("0")):
        return True
    return _names_the_word_before(words, first)


def _rises(text: str, start: int, end: int) -> bool:
    """Whether the figures on both sides of the dash can be a range and no score."""
    match = re.match(r"[-–](\d{1,6})(?=\s[a-z])", text[end : end + 9])
    return bool(
        match and text[start:end].isdecimal() and int(text[start:end]) < int(match[1]) >= 10
    )


def _names_the_word_before(words: Sequence[Word], first: int) -> bool:
    word = words[first]
    if first == 0 or word.head != first - 1:
        return False
    before = words[word.head]
    is_name = before.upos == "PROPN" or (before.text[:1].isupper() and first > 1)
    return is_name and word.deprel.startswith(("nummod", "flat", "compound", "nmod", "appos"))
