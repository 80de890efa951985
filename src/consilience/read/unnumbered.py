"""Counts told without a number: "nobody", "no injuries", "both officers", "a pair of boys"."""

import re
from collections.abc import Iterator

from consilience.lexicon import load_words
from consilience.read.counted import (
    Figure,
    Sentence,
    counted_noun,
    happens,
    is_person,
    unit_of,
)
from consilience.records import Comparator, Quantity

_NONE = Quantity(0, 0, Comparator.EXACTLY, "person")
# What an event leaves behind, and so may be told to have left none of.
_LEFT = frozenset(
    """
    injury casualty death fatality arrest victim survivor wounded injured dead missing hostage
    """.split()
)
_GROUPS = {
    "pair": (2, Comparator.EXACTLY),
    "couple": (2, Comparator.ABOUT),
    "trio": (3, Comparator.EXACTLY),
    "quartet": (4, Comparator.EXACTLY),
}
# Two of these are one.
_PAIRED = frozenset(
    """
    shoe boot glove sock sandal trainer sneaker slipper trouser pant jean short glass goggle
    sunglass scissor plier handcuff binocular earring hand eye
    """.split()
)
_SPANISH_HARM = ("murió", "falleci", "herid", "lesionad", "detenid", "desaparec")
_SPANISH_NONE = re.compile(
    r"\b(?P<no>no\s(?:hubo|hay|dejó|se\s(?:reportaron|registraron|produjeron))|sin)\s"
    r"(?P<of>muertos|heridos|víctimas|detenidos|desaparecidos|lesionados|fallecidos)\b",
    re.IGNORECASE,
)


def find_unnumbered(sentence: Sentence) -> Iterator[Figure]:
    """Zero, two and three as pronouns, determiners and nouns say them."""
    if not sentence.is_english:
        yield from _spanish(sentence)
        return
    for i, word in enumerate(sentence.words):
        match word.text.lower():
            case "nobody" | "no-one":
                yield from _nobody(sentence, i, i)
            case "no":
                yield from _no(sentence, i)
            case "without":
                yield from _left(sentence, i)
            case "none" | "neither":
                yield from _none(sentence, i)
            case "both":
                yield from _both(sentence, i)
            case "pair" | "couple" | "trio" | "quartet":
                yield from _group(sentence, i)


def _nobody(sentence: Sentence, first: int, last: int) -> Iterator[Figure]:
    """ "Nobody was hurt", but not "nobody knows" nor "nobody else was hurt"."""
    words = sentence.words
    is_all = last + 1 < len(words) and words[last + 1].text.lower() != "else"
    if is_all and _befell(sentence, last):
        yield Figure(words[first].start, words[last].end, _NONE, None, None)


def _no(sentence: Sentence, i: int) -> Iterator[Figure]:
    words = sentence.words
    if i + 1 == len(words):
        return
    noun = words[i + 1]
    if noun.text.lower() == "one":
        yield from _nobody(sentence, i, i + 1)
    elif is_person(noun) and noun.head != i and _befell(sentence, i + 1):
        yield from _zero(sentence, i, i + 1)
    else:
        yield from _left(sentence, i)


def _left(sentence: Sentence, i: int) -> Iterator[Figure]:
    """ "No injuries", "without casualties"; not "no reports of injuries", "no major injuries"."""
    words = sentence.words
    denied = i > 0 and words[i - 1].text.lower() == "not"
    if i + 1 < len(words) and unit_of(words[i + 1]) in _LEFT and not denied:
        yield from _zero(sentence, i, i + 1)


def _zero(sentence: Sentence, i: int, noun: int) -> Iterator[Figure]:
    words = sentence.words
    quantity = Quantity(0, 0, Comparator.EXACTLY, unit_of(words[noun]))
    of = (words[noun].start, words[noun].end)
    yield Figure(words[i].start, words[i].end, quantity, noun, of)


def _none(sentence: Sentence, i: int) -> Iterator[Figure]:
    """ "None of the 12 climbers", "neither pilot", "none was hurt"."""
    word = sentence.words[i]
    noun, of, unit = _noun(sentence, i)
    if noun is None and _befell(sentence, i):
        unit = "person"
    if unit is not None:
        quantity = Quantity(0, 0, Comparator.EXACTLY, unit)
        yield Figure(word.start, word.end, quantity, noun, of)


def _both(sentence: Sentence, i: int) -> Iterator[Figure]:
    """ "Both officers", "both were hurt"; not "both the mayor and the bishop"."""
    words = sentence.words
    noun, of, unit = _noun(sentence, i)
    if noun is not None and "Number=Plur" not in words[noun].feats:
        return
    if noun is not None and any(words[j].deprel == "conj" for j in sentence.children(noun)):
        return
    if noun is None and words[i].deprel.startswith("cc"):
        return
    if unit is not None and unit not in load_words("measures"):
        quantity = Quantity(2, 2, Comparator.EXACTLY, unit)
        yield Figure(words[i].start, words[i].end, quantity, noun, of)


def _group(sentence: Sentence, i: int) -> Iterator[Figure]:
    """ "A pair of masked boys"; not the pair that is a couple, nor a pair of gloves."""
    words = sentence.words
    if not 0 < i < len(words) - 2 or words[i + 1].text.lower() != "of":
        return
    noun, of, unit = _noun(sentence, i)
    if noun is None or unit is None or unit in load_words("measures") | _PAIRED:
        return
    n, comparator = _GROUPS[words[i].text.lower()]
    first = i - 1 if words[i - 1].text.lower() in ("a", "another") else i
    yield Figure(words[first].start, words[i].end, Quantity(n, n, comparator, unit), noun, of)


def _noun(sentence: Sentence, i: int) -> tuple[int | None, tuple[int, int] | None, str | None]:
    word = sentence.words[i]
    return counted_noun(sentence, word.start - sentence.offset, word.end - sentence.offset)


def _befell(sentence: Sentence, i: int) -> bool:
    """Whether what governs word `i`, or what is reported of it, is harm or arrest."""
    words = sentence.words
    governor = words[i].head
    if governor < 0:
        return False
    own = (words[j] for j in sentence.children(governor))
    told = [w for w in own if w.deprel in ("xcomp", "ccomp")]
    return any(map(happens, (words[governor], *told)))


def _spanish(sentence: Sentence) -> Iterator[Figure]:
    for i, word in enumerate(sentence.words):
        match word.text.lower():
            case "ninguno" | "ninguna":
                noun, of, unit = _noun(sentence, i)
                if unit is not None:
                    none = Quantity(0, 0, Comparator.EXACTLY, unit)
                    yield Figure(word.start, word.end, none, noun, of)
            case "nadie" if any(
                w.text.lower().startswith(_SPANISH_HARM) for w in sentence.words[i + 1 : i + 4]
            ):
                yield Figure(word.start, word.end, _NONE, None, None)
    for match in _SPANISH_NONE.finditer(sentence.text):
        start, offset = match.start("no"), sentence.offset
        end = start + len(match["no"].split()[0])
        of = (offset + match.start("of"), offset + match.end("of"))
        noun = sentence.index(match.start("of"))
        yield Figure(offset + start, offset + end, _NONE, noun, of)
