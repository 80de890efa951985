"""Parts of people's names compared through spelling, transliteration, short forms and slips."""

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from consilience.lexicon import load_table, load_words
from consilience.lookalikes import alphabets

# Swapped or dropped letters inside a name this long are a slip, not another name.
SLIP_MIN_CHARS = 5  # shorter surnames with one letter changed are mostly other surnames
TWO_SLIPS_MIN_CHARS = 10
ADDED_LETTER_MIN_CHARS = 4  # Hal and Hall are two names, Brown and Browne often one
# Two ways of writing one name in Latin letters are surer than a slip.
TRANSLITERATED = 0.93
_LETTERS = (
    ("sch", "sh"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"),
    ("q", "k"), ("ou", "u"), ("oo", "u"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"),
    ("ee", "i"), ("o", "u"), ("e", "a"), ("z", "s"), ("c", "k"),
)  # fmt: skip
# A mark over a letter, written as a letter after it.
_MARKS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
# One Arabic letter at the start of a name is written in all these ways, and letters such as these
# anywhere show that the name is Arabic.
_GUTTURAL = re.compile(r"^(?:gh|kh|[qgk])")
_ARABIC = re.compile(r"q|[dgk]h")
# A Slavic surname and what his wife or daughter is called.
_WIFES = re.compile(r"(?:[oe]va|ina|aia|aya|ska|cka|ova)$")


@cache
def given_names() -> dict[str, str]:
    return load_table("given_names")


@cache
def _variants() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(sorted(load_words("name_variants"))):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def skeleton(part: str) -> str:
    """What is left of a word when the ways of writing it in Latin letters are evened out.

    >>> skeleton("Mohammed".lower()) == skeleton("Muhamad".lower())
    True
    """
    for old, new in _LETTERS:
        part = part.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", part)


@lru_cache(maxsize=1 << 16)
def keys(part: str) -> frozenset[str]:
    """What a name part may be found by: itself, its skeleton, and one for all its variants."""
    bare = _GUTTURAL.sub("k", part)
    variants = (f"={number}" for number in _variants().get(part, ()))
    return frozenset({part, skeleton(part), skeleton(_unmarked(bare)), *variants})


@lru_cache(maxsize=1 << 16)
def near_keys(part: str) -> frozenset[str]:
    """What any two parts of more than a letter share if they are `alike` to any degree.

    Words with slips share what is left when the wrong letters are taken away (after Mor and
    Fraenkel 1982). An initial has itself alone.
    """
    if len(part) == 1:
        return frozenset({part})
    bare = _GUTTURAL.sub("k", part)
    found = {part, bare, _unmarked(part), skeleton(part), skeleton(bare)}
    found.update(f"={number}" for number in _variants().get(part, ()))
    for name in {part, bare}:
        once = _shortened(name)
        found |= once
        if len(name) >= TWO_SLIPS_MIN_CHARS:
            found.update(short for word in once for short in _shortened(word))
    return frozenset(found)


def _shortened(name: str) -> set[str]:
    return {name[:i] + name[i + 1 :] for i in range(len(name))}


def is_wifes(surname: str, other: str) -> bool:
    """Whether one is the form of the other that a woman of the family bears.

    >>> is_wifes("morozova", "morozov"), is_wifes("brown", "browne")
    (True, False)
    """
    short, long = sorted((surname, other), key=len)
    if not _WIFES.search(long):
        return False
    stem = long.removesuffix("ova").removesuffix("a")
    return short in (long[:-1], stem) or (
        long.endswith(("aia", "aya")) and re.sub(r"(?:yi|iy|ii|yy|y|i)$", "", short) == long[:-3]
    )


@lru_cache(maxsize=1 << 16)
def alike(a: str, b: str) -> float:
    """How surely two name parts are one: 1 the same, 0 not at all."""
    if a == b:
        return 1.0
    # Letters of another alphabet are no slip of these: somebody may be passed off as another.
    if not (a.isascii() and b.isascii()) and alphabets(a) != alphabets(b):
        return 0.0
    if min(len(a), len(b)) == 1:
        return 0.9 if a[0] == b[0] else 0.0
    if _variants().get(a, frozenset()) & _variants().get(b, frozenset()):
        return 0.95
    if min(len(a), len(b)) >= ADDED_LETTER_MIN_CHARS and _unmarked(a) == _unmarked(b):
        return 0.95
    if a in given_names() and b in given_names():
        return 0.0
    if min(len(a), len(b)) < SLIP_MIN_CHARS:
        one_more = len(a) != len(b) and OSA.distance(a, b, score_cutoff=1) <= 1
        able = one_more and a[0] == b[0] and min(len(a), len(b)) >= ADDED_LETTER_MIN_CHARS
        return 0.8 if able else 0.0
    if _ARABIC.search(a) or _ARABIC.search(b):
        a, b = (_GUTTURAL.sub("k", name) for name in (a, b))
    if a[0] != b[0]:
        return 0.0
    if skeleton(a) == skeleton(b):
        return TRANSLITERATED
    slips = OSA.distance(a, b, score_cutoff=2)
    allowed = 2 if min(len(a), len(b)) >= TWO_SLIPS_MIN_CHARS else 1
    return 0.85 if slips <= allowed else 0.0


def _unmarked(name: str) -> str:
    for written, letter in _MARKS:
        name = name.replace(written, letter)
    return name
