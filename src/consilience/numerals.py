"""Numbers as they are written: figures, number words, and the sums of short lists."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

Number = int | float

_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+"
)
_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_SPANISH = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro "
    "veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_SPANISH_HUNDREDS = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
    "novecientos"
)
_SMALL = {
    "en": {
        **{word: n for n, word in enumerate(_ENGLISH.split())},
        "no": 0,
        "none": 0,
        "nobody": 0,
        "nil": 0,
        "without": 0,
        "neither": 0,
        "a": 1,
        "an": 1,
        "another": 1,
        "single": 1,
        "lone": 1,
        "sole": 1,
        "both": 2,
        "couple": 2,
        "pair": 2,
        "twice": 2,
        "trio": 3,
        "duo": 2,
        "twins": 2,
        "double": 2,
        "triple": 3,
        "quadruple": 4,
    },
    "es": {
        **{word: n for n, word in enumerate(_SPANISH.split())},
        "un": 1,
        "una": 1,
        "no": 0,
        "sin": 0,
        "ningun": 0,
        "ninguna": 0,
        "ninguno": 0,
        "nadie": 0,
        "ambos": 2,
        "ambas": 2,
        "veintiun": 21,
        "veintiuna": 21,
        "par": 2,
    },
}
_TENS = {
    "en": {word: 20 + 10 * n for n, word in enumerate(_ENGLISH_TENS.split())},
    "es": {word: 30 + 10 * n for n, word in enumerate(_SPANISH_TENS.split())},
}
_HUNDREDS = {
    "en": {},
    "es": {
        stem: 100 * n
        for n, word in enumerate(_SPANISH_HUNDREDS.split(), start=1)
        for stem in (word, f"{word[:-2]}as")
    }
    | {"cien": 100},
}
_SCALES = {
    "en": {
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "dozen": 12,
        "score": 20,
    },
    "es": {
        "mil": 10**3,
        "millon": 10**6,
        "millones": 10**6,
        "docena": 12,
        "centenar": 100,
        "billon": 10**12,
        "billones": 10**12,
    },
}
# "His million" is one of them.
_ALONE = frozenset({"mil", "hundred", "thousand", "million", "billion", "dozen"})
# "dozens" promises two of them at the least; some read it as one.
_VAGUE = {
    "en": {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 10**3, "millions": 10**6},
    "es": {"docenas": 12, "decenas": 10, "centenares": 100, "cientos": 100, "miles": 10**3},
}
_SEVERAL = {"en": {"several", "few", "many"}, "es": {"varios", "varias", "muchos", "muchas"}}
# Glued to a figure or a blank away: "$25K", "3.5m".
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
# "Two boys and a third" are three.
_ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_JOINS = {"en": "and", "es": "y"}
_HALF = {"en": "half", "es": "medio"}
_QUARTERS = frozenset({"quarter", "quarters"})
# "Two officers, nine soldiers and a driver": more parts than this are no longer added up.
_PARTS_MAX = 6


# What a number written in words begins with.
_OPENING = {
    language: _SMALL[language].keys()
    | _TENS[language].keys()
    | _HUNDREDS[language].keys()
    | (_SCALES[language].keys() & _ALONE)
    | _VAGUE[language].keys()
    | _SEVERAL[language]
    | {_HALF[language]}
    for language in _SMALL
}
# How long, how old or which house: no number of people.
_COUNTS_NOBODY = re.compile(
    r"\b\w+[ -](?:years?|months?|weeks?|days?|hours?|block)\b|,\s*(?:aged )?\d{1,3}\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|y|e)\b|[,&]", re.IGNORECASE)
# Longer runs of digits are serial numbers, not amounts.
_FIGURE_LENGTH_MAX = 20


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number where it is written; `values` holds every way to read it ("1.500" has two)."""

    start: int
    end: int
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


def numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """The numbers written in `text`, in order; words are read in English or Spanish.

    >>> [n.values for n in numerals("Twenty-one of 1,500 died", "en")]
    [(21,), (1500,)]
    """
    language = language if language in _SMALL else "en"
    tokens = [_Token(m.start(), m.end(), _fold(m[0])) for m in _TOKEN.finditer(text)]
    opening = _OPENING[language]
    found = []
    i = 0
    while i < len(tokens):
        word = tokens[i].word
        if word not in opening and not word[0].isdigit():
            i += 1
            continue
        numeral, after = _numeral(text, tokens, i, language)
        if numeral is not None:
            found.append(numeral)
        i = after
    return tuple(found)


def readable(text: str, language: str) -> frozenset[Number]:
    """Every number that `text` gives: those written, and the sums of neighbouring ones."""
    written = [numeral.values for numeral in numerals(text, language)]
    values: set[Number] = {value for choices in written for value in choices}
    values |= {_ORDINALS[word] for word in _fold(text).split() if word in _ORDINALS}
    for start in range(len(written)):
        for end in range(start + 2, min(start + _PARTS_MAX, len(written)) + 1):
            if all(len(choices) == 1 for choices in written[start:end]) or end - start == 2:
                values.update(sum(parts) for parts in product(*written[start:end]))
    return frozenset(values)


def tellable(words: str, language: str) -> frozenset[Number]:
    """The numbers of people or things that words may be cited for.

    Those they write, and one where they write none: who is told of without a number is one.

    >>> sorted(tellable("A driver, 43, was killed", "en"))
    [1, 43]
    """
    found = readable(words, language)
    counting = _COUNTS_NOBODY.sub(" ", words)
    counted = {value for numeral in numerals(counting, language) for value in numeral.values}
    is_list = _JOINED.search(words) is not None
    # "The mayor and two aides" are three.
    with_one = {n + 1 for n in found} if is_list else set()
    return found | with_one | ({1} if is_list or counted <= {0, 1} else set())


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _numeral(text: str, tokens: list[_Token], i: int, language: str) -> tuple[Numeral | None, int]:
    first = tokens[i]
    if first.word[0].isdigit():
        return _figure(text, tokens, i, language)
    if first.word in _VAGUE[language]:
        n = _VAGUE[language][first.word]
        return Numeral(first.start, first.end, (2 * n, n)), i + 1
    if first.word in _SEVERAL[language] and i + 1 < len(tokens):
        scale = _SCALES[language].get(tokens[i + 1].word)
        if scale is not None:
            return Numeral(first.start, tokens[i + 1].end, (2 * scale, scale)), i + 2
    if first.word == _HALF[language]:
        return _half(tokens, i, language)
    if (quarters := _quarters(tokens, i, language)) is not None:
        return quarters
    return _words(text, tokens, i, language)


def _figure(text: str, tokens: list[_Token], i: int, language: str) -> tuple[Numeral | None, int]:
    token = tokens[i]
    if token.end - token.start > _FIGURE_LENGTH_MAX:
        return None, i + 1
    values = _figure_values(token.word)
    if not values:
        return None, i + 1  # 10², 1.2.3
    end, i = token.end, i + 1
    scales = _SCALES[language] | _SUFFIXES
    if i < len(tokens) and tokens[i].word in scales and _near(text, end, tokens[i]):
        scale = scales[tokens[i].word]
        values = tuple(_exact(value * scale) for value in values)
        end, i = tokens[i].end, i + 1
    return Numeral(token.start, end, values), i


def _figure_values(word: str) -> tuple[Number, ...]:
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word):
        return (_exact(float(word.replace(",", ""))),)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", word):
        thousands = _exact(float(word.replace(".", "").replace(",", ".")))
        return (thousands,) if "," in word else (thousands, *_decimals(word))
    return _decimals(word) if not word.isdecimal() else (int(word),)


def _decimals(word: str) -> tuple[Number, ...]:
    return (_exact(float(word.replace(",", "."))),) if len(re.findall("[.,]", word)) == 1 else ()


def _exact(value: float) -> Number:
    return int(value) if float(value).is_integer() else round(value, 9)


def _quarters(tokens: list[_Token], i: int, language: str) -> tuple[Numeral, int] | None:
    """ "a quarter of a million", "three quarters of a million"."""
    following = [token.word for token in tokens[i + 1 : i + 5]]
    if len(following) < 4 or following[0] not in _QUARTERS or following[1] != "of":
        return None
    parts, scale = _value(tokens[i].word, language), _SCALES[language].get(following[3])
    if not parts or scale is None:
        return None
    amount = _exact(parts * scale / 4)
    return Numeral(tokens[i].start, tokens[i + 4].end, (amount,)), i + 5


def _half(tokens: list[_Token], i: int, language: str) -> tuple[Numeral | None, int]:
    """ "half a dozen", "half a million", "medio millón"."""
    j = i + 1
    while j < len(tokens) and tokens[j].word in {"a", "an"}:
        j += 1
    if j < len(tokens) and tokens[j].word in _SCALES[language]:
        scale = _SCALES[language][tokens[j].word]
        return Numeral(tokens[i].start, tokens[j].end, (_exact(scale / 2),)), j + 1
    return None, i + 1


def _words(text: str, tokens: list[_Token], i: int, language: str) -> tuple[Numeral | None, int]:
    """The longest run of number words from token `i` on that makes one number."""
    start, end = tokens[i].start, tokens[i].start
    total, group, below = 0, 0, 10**15
    first = i
    while i < len(tokens):
        word = tokens[i].word
        joined = i + 1 < len(tokens) and word == _JOINS[language] and first < i
        if joined and _continues(tokens[i + 1].word, below, group, language):
            i += 1
            continue
        if first < i and not _near(text, end, tokens[i], _JOINS[language]):
            break
        value = _value(word, language)
        if value is not None and value < below and (first == i or value > 0):
            group, below = group + value, _room(value, word, language)
        elif word in _SCALES[language] and (group or word in _ALONE):
            scale = _SCALES[language][word]
            total, group, below = _scaled(total, group, scale)
        else:
            break
        end, i = tokens[i].end, i + 1
    if first == i:
        return None, i + 1
    return Numeral(start, end, (total + group,)), i


def _value(word: str, language: str) -> int | None:
    for table in (_SMALL[language], _TENS[language], _HUNDREDS[language]):
        if word in table:
            return table[word]
    return None


def _room(value: int, word: str, language: str) -> int:
    """What may still be added: "twenty" takes a unit, "doscientos" what is below a hundred."""
    if word in _HUNDREDS[language]:
        return 100
    return 10 if word in _TENS[language] and value >= 20 else 0


def _scaled(total: int, group: int, scale: int) -> tuple[int, int, int]:
    if scale == 100:
        return total, max(group, 1) * 100, 100
    if scale in {12, 20}:
        return total, max(group, 1) * scale, 0
    return total + max(group, 1) * scale, 0, scale


def _continues(word: str, below: int, group: int, language: str) -> bool:
    """Whether `word` after "and" goes on with the number instead of starting the next one."""
    value = _value(word, language)
    if value is None or not 0 < value < below or word in {"a", "an"}:
        return False
    return below < 10**15 and (language == "es" or below >= 100 or group == 0)


def _near(text: str, end: int, token: _Token, join: str = "") -> bool:
    return text[end : token.start].strip(" \u00a0-\u2010\u2011") in {"", join}
