"""How a value is said in words, the same wherever it is shown."""

import re
import unicodedata

from consilience.dates import day_value, interval
from consilience.records import Comparator, Document, Quantity, When

LANGUAGES = {
    "en": "English", "es": "Spanish", "fr": "French", "pt": "Portuguese", "de": "German",
    "it": "Italian", "ru": "Russian", "uk": "Ukrainian", "ar": "Arabic", "fa": "Persian",
    "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish",
    "tr": "Turkish", "da": "Danish", "sv": "Swedish", "no": "Norwegian", "nb": "Norwegian",
    "fi": "Finnish", "cs": "Czech", "hu": "Hungarian", "ro": "Romanian", "el": "Greek",
    "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "vi": "Vietnamese", "ca": "Catalan",
    "und": "unknown",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
_CURRENCIES = {"dollar": "$", "euro": "€", "pound": "£"}


# Marks of direction, joiners, soft hyphens and spaces without width: in no key.
_HIDDEN = dict.fromkeys(
    map(
        ord,
        "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff",
    )
) | dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE0000, 0xE0080)])


def unhidden(words: str) -> str:
    """The words without the characters that nobody sees.

    >>> unhidden("Ovi\\u202edio")
    'Ovidio'
    """
    return words if words.isascii() else words.translate(_HIDDEN)


def fold(word: str) -> str:
    """Small letters without accents.

    >>> fold("Oyarzún’s")
    "oyarzun's"
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", unhidden(word).casefold().replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def say_quantity(quantity: Quantity) -> str:
    """The figure: “at least 150”, “8”, “between 8 and 13”, “$3,000,000”.

    >>> say_quantity(Quantity(150, None, Comparator.AT_LEAST, "bullet"))
    'at least 150'
    """
    sign = _CURRENCIES.get(quantity.unit or "", "")
    low, high = _number(quantity.low, sign), _number(quantity.high, sign)
    match quantity.comparator:
        case Comparator.EXACTLY:
            return low or high
        case Comparator.BETWEEN:
            return f"between {low} and {high}"
        case comparator:
            return f"{comparator.value.replace('_', ' ')} {low or high}"


def _number(value: float | int | None, sign: str) -> str:
    if value is None:
        return ""
    whole = value == int(value)
    return sign + (f"{int(value):,}" if whole else f"{value:,}")


def say_when(when: When) -> str:
    """A TIMEX3 value as a reader says it; the value itself where it has no plain form.

    >>> say_when(When(None, None, "2019-10-17TNI"))
    '17 October 2019, night'
    """
    day, _, hour = when.value.partition("T")
    said = _say_day(day)
    if not hour:
        return said
    if hour in _PARTS:
        return f"{said}, {_PARTS[hour]}"
    return f"{said}, {hour}"


def _say_range(first: str, last: str) -> str:
    if not last:
        return f"{_say_day(first)} or later"
    if first[:7] == last[:7] and len(first) == len(last) == len("2019-10-17"):
        return f"{int(first[8:])}–{_say_day(last)}"
    return f"between {_say_day(first)} and {_say_day(last)}"


def _say_day(value: str) -> str:
    if "/" in value:
        return _say_range(*value.split("/", 1))
    pieces = value.split("-")
    if len(pieces) == 1 or not pieces[0].isdigit():
        return value
    if pieces[1].startswith("W"):
        monday = interval(value)[0]
        if pieces[2:] == ["WE"] and monday is not None:
            return f"the weekend of {_say_day(day_value(monday))}"
        return f"the week of {_say_day(day_value(monday))}" if monday else value
    if not pieces[1].isdigit() or not 1 <= int(pieces[1]) <= 12:
        return value
    month = _MONTHS[int(pieces[1]) - 1]
    if len(pieces) == 2:
        return f"{month} {pieces[0]}"
    return f"{int(pieces[2])} {month} {pieces[0]}" if pieces[2].isdigit() else value


def language_name(code: str) -> str:
    return LANGUAGES.get(code, code)


def say_unread(document: Document) -> str | None:
    """What of a document was not read, in words; None where nothing to speak of."""
    said = [
        f"{', '.join(unread.layers)} not read"
        for unread in document.unread
        if unread.language == document.language
    ]
    # An address or a date on a line of its own is nothing to speak of.
    others = [
        unread.language
        for unread in document.unread
        if unread.language != document.language
        and (unread.language or "\n" in document.text[unread.passage.start : unread.passage.end])
    ]
    foreign = sorted({language for language in others if language is not None})
    said += [f"{_passages(others.count(code))} in {language_name(code)}" for code in foreign]
    said += [f"{_passages(n)} of no prose" for n in [others.count(None)] if n]
    return "; ".join(said) or None


def _passages(n: int) -> str:
    return f"{n} passage{'' if n == 1 else 's'}"


def label(document: Document) -> str:
    """What a reader calls a document: its source, else its title in marks, else its name."""
    if document.source:
        return document.source
    if document.title:
        return f"“{shortened(document.title)}”"
    return document.name


def shortened(text: str, width_chars: int = 48) -> str:
    """The beginning of a text, cut between words.

    >>> shortened("Cable car stops above the valley for the third time this year")
    'Cable car stops above the valley for the third…'
    """
    if len(text) <= width_chars:
        return text
    return text[:width_chars].rsplit(" ", 1)[0].rstrip(" ,;:-–—") + "…"


# Escape sequences and marks that turn the direction of writing could redraw a terminal; line ends
# of other kinds forge a line; tags, halves of pairs and what is no character are seen by none.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def printable(words: str) -> str:
    """The words without what a terminal would obey instead of show."""
    return _UNPRINTABLE.sub("\ufffd", words)


SMALL_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_TEENS = (
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip


def in_letters(n: int) -> str:
    """A number below a hundred as a sentence begins with it; a larger one in digits.

    >>> in_letters(21), in_letters(140)
    ('twenty-one', '140')
    """
    if not 0 < n < 100:
        return f"{n:,}"
    if n <= 10:
        return SMALL_NUMBERS[n]
    if n < 20:
        return _TEENS[n - 11]
    tens, ones = divmod(n, 10)
    return _TENS[tens] + (f"-{SMALL_NUMBERS[ones]}" if ones else "")


def say_count(n: int, noun: str) -> str:
    """How many of a noun, small numbers in words, as a sentence begins.

    >>> say_count(3, "account")
    'Three accounts'
    """
    word = SMALL_NUMBERS[n] if n < len(SMALL_NUMBERS) else str(n)
    return f"{word} {noun if n == 1 else plural(noun)}".capitalize()


_IRREGULAR = {"person": "people", "child": "children", "foot": "feet"}


def plural(noun: str) -> str:
    """The plural of an English noun.

    >>> [plural(n) for n in ("gunman", "city", "church", "bullet")]
    ['gunmen', 'cities', 'churches', 'bullets']
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
