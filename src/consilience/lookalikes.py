"""Names in letters that look like others, or with characters that nobody sees.

The one may be put for the other to pass for somebody, or to be found by nobody. Nothing of it is
changed in a text; names are compared and shown without it, and what is odd about one is said.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from consilience.lexicon import load_table
from consilience.wording import fold, unhidden

# Alphabets with letters of one shape. Where others are written, marks of direction and joiners
# belong to the spelling.
_ALPHABETS = {
    "LATIN": "Latin", "FULLWIDTH": "full-width", "MATHEMATICAL": "mathematical",
    "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARMENIAN": "Armenian",
}  # fmt: skip
_OF_NONE = frozenset({"FEMININE", "MASCULINE", "MICRO"})


@lru_cache(maxsize=1 << 16)
def alphabets(words: str) -> frozenset[str]:
    """
    >>> sorted(alphabets("\N{CYRILLIC CAPITAL LETTER O}vidio 2"))
    ['CYRILLIC', 'LATIN']
    """
    if words.isascii():
        return frozenset({"LATIN"}) if any(map(str.isalpha, words)) else frozenset()
    letters = (c for c in words if unicodedata.category(c) in ("Lu", "Ll", "Lt", "Lo"))
    named = (unicodedata.name(c, "?").replace("-", " ").split(" ")[0] for c in letters)
    return frozenset(name for name in named if name not in _OF_NONE)


def as_seen(name: str) -> str:
    """The name without what nobody sees, unless its letters need that."""
    return unhidden(name) if alphabets(name) <= _ALPHABETS.keys() else name


def doubts(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What is odd about how somebody is written, by the id of whom these names are.

    >>> doubts({"a": ["\N{CYRILLIC CAPITAL LETTER O}vidio Marabe"], "b": ["Ovidio Marabe"]})
    {'a': 'written in Cyrillic and Latin letters'}
    """
    found = {id_: words for id_, forms in names.items() if (words := _doubt(forms))}
    plain = {len(form): set[str]() for forms in names.values() for form in forms}
    for form in (form for forms in names.values() for form in forms if form.isascii()):
        plain[len(form)].add(form)
    for id_, forms in names.items():
        for form in forms:
            if id_ not in found and _could_be_latin(form):
                like = sorted(one for one in plain[len(form)] if look_alike(form, one))
                if like:
                    found[id_] = f"looks like {like[0]}, in other letters"
    return found


def _doubt(names: Sequence[str]) -> str | None:
    for name in names:
        for word in name.split():
            mixed = sorted(_ALPHABETS[a] for a in alphabets(word) if a in _ALPHABETS)
            if len(mixed) > 1:
                return f"written in {' and '.join(mixed)} letters"
        if as_seen(name) != name:
            return "written with characters that nobody sees"
    return None


def look_alike(a: str, b: str) -> bool:
    """Whether two names in different letters look the same.

    >>> look_alike("\N{CYRILLIC CAPITAL LETTER ES}\N{CYRILLIC SMALL LETTER O}", "Co")
    True
    """
    a, b = fold(a), fold(b)
    pairs = zip(a, b, strict=False)
    return a != b and len(a) == len(b) and all(_shapes(x) & _shapes(y) for x, y in pairs)


def _could_be_latin(name: str) -> bool:
    table = load_table("lookalikes")
    return not name.isascii() and all(c in table for c in fold(name) if not c.isascii())


def _shapes(letter: str) -> frozenset[str]:
    return frozenset((letter, *load_table("lookalikes").get(letter, "").split()))
