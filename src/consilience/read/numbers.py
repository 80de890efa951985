"""Numbers as English and Spanish news write them, in digits and in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPANISH = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve"
).split()
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_SPANISH_HUNDREDS = (
    "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
).split()
ADDED = {
    **{word: n for n, word in enumerate(_SPANISH)},
    **{word: 10 * n for n, word in enumerate(_SPANISH_TENS, 3)},
    **{word: 100 * n for n, word in enumerate(_SPANISH_HUNDREDS, 2)},
    **{word[:-2] + "as": 100 * n for n, word in enumerate(_SPANISH_HUNDREDS, 2)},
    "una": 1, "un": 1, "cien": 100, "ciento": 100, "dieciseis": 16, "veintidos": 22,
    "veintitres": 23, "veintiseis": 26, "veintiún": 21, "veintiuna": 21,
    **{word: n for n, word in enumerate(_ONES)},
    **{word: 10 * n for n, word in enumerate(_TENS, 2)},
}  # fmt: skip
MULTIPLIED = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "mil": 1_000, "millón": 10**6, "millon": 10**6, "millones": 10**6,
    "docena": 12,
}  # fmt: skip
# Kept apart, since "once" is eleven in Spanish and an adverb in English.
SPANISH = frozenset(word for word in [*ADDED, *MULTIPLIED] if word not in [*_ONES, *_TENS]) - {
    "hundred", "thousand", "million", "billion", "trillion", "dozen",
}  # fmt: skip
SHORT = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_JOINERS = frozenset({"and", "y", "-", "a", "an", "of"})
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, that looks at each letter once.

    >>> either(["ten", "tenth", "two"])
    't(?:en(?:th)?|wo)'
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        tails.setdefault(word[:1], []).append(word[1:])
    may_end = tails.pop("", None) is not None
    branches = [first + either(rest) for first, rest in tails.items()]
    if not branches:
        return ""
    if len(branches) == 1 and not may_end:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if may_end else "")


# "one hundred and five" is one number, "two and five" are two.
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))[ ]and[ ](?:a[ ])?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?)(?:[ ]?[½¼¾])?"
_DIGITS_SPANISH = r"(?:\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,4})?|\d{1,15}(?:,\d{1,4})?)"


def _words(added: Iterable[str], multiplied: Iterable[str]) -> str:
    times, word = either(multiplied), either([*added, *multiplied])
    return (
        rf"(?:(?:an?[ ](?:{times})|(?:{word}))\b"
        rf"(?:(?:[ \-]|{_AND}|(?<=ta)[ ]y[ ])(?:{word})\b){{0,8}})"
    )


def _number(added: Iterable[str], multiplied: Iterable[str], digits: str) -> re.Pattern[str]:
    times, word = either(multiplied), either([*added, *multiplied])
    number = (
        rf"(?:half[ ](?:an?[ ])?(?:{times})\b"
        rf"|an?[ ]half[ ](?:{times})\b"
        rf"|(?:an?|three)[ ]quarters?[ ]of[ ]an?[ ](?:{times})\b"
        rf"|(?:{digits}|(?:{word})\b)[ ]and[ ]a[ ]half(?:[ ](?:{times})\b)?"
        rf"|{digits}(?:(?:[ ]|-)?(?:{times})\b|(?:k|m|mn|bn|b|tn)\b)?"
        rf"|{_words(added, multiplied)})"
    )
    return re.compile(rf"(?<![\w.,])(?=\w){number}(?!\w)", re.IGNORECASE)


WORDS = _words(ADDED, MULTIPLIED)
_NUMBERS = {
    "en": _number(
        [w for w in ADDED if w not in SPANISH], [w for w in MULTIPLIED if w not in SPANISH], _DIGITS
    ),
    "es": _number(
        [w for w in ADDED if w in SPANISH], [w for w in MULTIPLIED if w in SPANISH], _DIGITS_SPANISH
    ),
}
_SPANISH_MARKS = str.maketrans(",.", ".,")
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[½¼¾]|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and where it stands in the text, half-open."""

    start: int
    end: int
    value: int | float


def parse_number(text: str) -> int | float | None:
    """The number that the words or digits stand for.

    >>> parse_number("three and a half million"), parse_number("two dozen")
    (3500000, 24)
    """
    words = _TOKEN.findall(text.lower())
    total: float = 0
    current: float = 0
    seen = False
    for i, word in enumerate(words):
        if word in _JOINERS:
            continue
        if word[0].isdigit():
            current += float(word.replace(",", ""))
        elif word in _FRACTIONS:
            current += _FRACTIONS[word]
        elif word == "half":
            current += 0.5
        elif word in ("quarter", "quarters"):
            current = (current or 1) / 4
        elif word in ADDED:
            current += ADDED[word]
        elif word in MULTIPLIED or (i and word in SHORT):
            factor = MULTIPLIED.get(word, SHORT.get(word, 1))
            if factor <= 100:
                current = (current or 1) * factor
            else:
                total += (current or 1) * factor
                current = 0
        else:
            return None
        seen = True
    if not seen:
        return None
    value = round(total + current, 6)
    return int(value) if value == int(value) else value


def find_numbers(text: str, language: str = "en") -> tuple[Numeral, ...]:
    """Every number in `text`, in order, whatever it counts; "es" is read as Spanish."""
    is_spanish = language == "es"
    found = []
    for match in _NUMBERS["es" if is_spanish else "en"].finditer(text):
        words = match[0]
        if is_spanish and words[0].isdigit():
            # 2.500 and 3,5 are written the other way round.
            words = words.translate(_SPANISH_MARKS)
        value = parse_number(words)
        if value is not None and words.lower() not in ("un", "una"):
            found.append(Numeral(match.start(), match.end(), value))
    return tuple(found)
