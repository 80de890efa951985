"""How many of what: figures with their comparator and the thing they count."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from consilience.lexicon import load_words
from consilience.read.ages import aged_person
from consilience.read.counted import (
    Figure,
    Sentence,
    counted_noun,
    happens,
    is_one_person,
    is_person,
    is_told_next,
)
from consilience.read.encoder import Parse
from consilience.read.labels import is_label
from consilience.read.numbers import MULTIPLIED, Numeral, find_numbers
from consilience.read.sums import sums
from consilience.read.times import time_spans
from consilience.read.unnumbered import find_unnumbered
from consilience.records import Comparator, Count, Document, Passage, Quantity

AT_LEAST, MORE, AT_MOST = Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.AT_MOST
LESS, ABOUT, EXACTLY = Comparator.LESS_THAN, Comparator.ABOUT, Comparator.EXACTLY
_BEFORE: tuple[tuple[str, Comparator], ...] = (
    (
        "at least|no fewer than|no less than|not less than|a minimum of|al menos|por lo menos",
        AT_LEAST,
    ),
    ("more than|well over|just over|over|above|upwards of|in excess of|más de|mas de", MORE),
    ("up to|at most|no more than|not more than|as many as|as much as|a maximum of|hasta", AT_MOST),
    ("fewer than|less than|just under|under|below|menos de", LESS),
    (
        "about|around|some|roughly|approximately|nearly|almost|close to|an estimated|estimated"
        "|a reported|unos|unas|alrededor de|cerca de|casi",
        ABOUT,
    ),
)
_COMPARATORS = {
    phrase: comparator for phrases, comparator in _BEFORE for phrase in phrases.split("|")
}
_COMPARATOR = re.compile(
    rf"\b({'|'.join(sorted(_COMPARATORS, key=lambda p: (-len(p), p)))})"
    r"(?:\s(?:another|a further|an additional|otras?|otros?))?\s$",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"\b(?:another|a further|an additional|an extra|a total of|otros|otras)\s$", re.IGNORECASE
)
_AFTER = re.compile(
    r"(?P<about>-odd\b| or so\b)|(?P<more>\+(?!\w)| or more\b| plus\b)"
    r"|(?P<fewer> or (?:fewer|less)\b)"
)
_TO = re.compile(r"\s?(?:-|–|—)\s?|\s(?:to|or|and|y|a)\s")
_CURRENCY_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
_CURRENCY_BEFORE = re.compile(r"(?<!\w)(?:US|A|C|CA|AU|NZ|HK|MX|R)?[$£€¥₹]\s?$")
_CURRENCIES = {
    "dollars": "dollar", "dollar": "dollar", "usd": "dollar", "dólares": "dollar",
    "euros": "euro", "euro": "euro", "eur": "euro", "pesos": "peso", "peso": "peso",
    "rupees": "rupee", "yen": "yen", "yuan": "yuan", "rubles": "ruble", "roubles": "ruble",
    "reais": "real", "francs": "franc", "rand": "rand", "naira": "naira", "shillings": "shilling",
}  # fmt: skip
_CURRENCY_AFTER = re.compile(
    rf"\s?(?:(?:US|U\.S\.|American|Canadian|Australian)\s)?({'|'.join(sorted(_CURRENCIES))})\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b|por ciento\b|percentage points?\b)")
# A plural of a round number without a figure is a floor: whoever writes "dozens" has seen two.
_PLURALS = re.compile(
    r"\b(?P<tens>tens of )?(?P<hundreds>hundreds of )?"
    r"(?P<unit>dozens|scores|hundreds|thousands|millions|billions|decenas|docenas|cientos|miles"
    r"|millones)\b(?=(?P<of> of| de)? )",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:several|a few|many) (?P<unit>dozen|hundred|thousand|million|billion)\b",
    re.IGNORECASE,
)
_PLURAL_OF = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6,
    "billions": 2 * 10**9, "decenas": 20, "docenas": 24, "cientos": 200, "miles": 2_000,
    "millones": 2 * 10**6,
}  # fmt: skip
_OF_THEM = re.compile(r"\sof (?:them|whom|those|these)\b")
_REST_BEFORE = re.compile(r"\b(?:the (?:other|remaining)|of which,?)\s$")
_REST_AFTER = re.compile(r"\s(?:more|others)\b")
# "Two people were shot, one fatally", "one of them a child".
_ONE_OF_THEM = re.compile(r"\s(?:of (?:them|whom)|[a-z]{3,16}ly)\b")
_SHARING = re.compile(r"\s[a-z]{3,16}(?:-[a-z]{1,16})?\sand\s")
_ODDS_MAX = 20  # "from 60 to 43" is no bet
# "The toll rose from 4 to 9", "corrected it from 17 to 15": neither odds nor a range.
_CHANGED_FROM = re.compile(
    r"\b(?:ros|ris|rais|gr[eo]w|climb|jump|increas|went|f[ae]ll|drop|lower|decreas|reduc|cut"
    r"|correct|revis|amend|updat|upgrad|downgrad|adjust|chang|moved|bring|brought)\w*\b"
    r"[^.;:]{0,60}\bfrom\s$",
    re.IGNORECASE,
)
_CHANGED_CHARS = 80


def find_quantities(document: Document, parse: Parse) -> tuple[Count, ...]:
    """The counts of one sentence in text order, a list that adds up after its parts.

    Dates, times, ages, scores, odds and the numbers that name a road, a flight or a weapon count
    nothing. Nearly and almost are `about`; "dozens" is at least 24, "hundreds" at least 200;
    "nobody" is 0 and "both" 2. Where the noun is left out, as in "eight were killed", the unit is
    "person"; where it stands before, as in "four of them", it is the one counted before.
    """
    sentence = Sentence(document, parse)
    told = tuple(find_unnumbered(sentence))
    found = sorted((*told, *_figures(sentence, told)), key=lambda f: (f.start, -f.end))
    figures = tuple(_with_earlier_units(sentence, found))
    counts = [_count(document, each) for each in (*figures, *sums(sentence, figures))]
    return tuple(sorted(counts, key=lambda c: (c.passage.end, -c.passage.start)))


def _figures(sentence: Sentence, told: Sequence[Figure]) -> Iterator[Figure]:
    text, offset = sentence.text, sentence.offset
    several = tuple(_SEVERAL.finditer(text))
    numbers = [n for n in find_numbers(text, sentence.document.language) if n.end > n.start]
    # Most sentences hold no number, and to look for times takes the longest.
    times = list(time_spans(text)) if numbers else []
    times.extend((f.start - offset, f.end - offset) for f in told)
    times.extend(match.span() for match in several)
    taken_to = 0
    is_later = False
    for i, number in enumerate(numbers):
        start, end = number.start, number.end
        if start < taken_to or any(s < end and start < e for s, e in times):
            continue
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        joint = text[end : following.start] if following else ""
        is_change = _CHANGED_FROM.search(text, max(0, start - _CHANGED_CHARS), start) is not None
        if following and not is_change and _are_odds(sentence, number, following):
            taken_to = following.end
            continue
        first = sentence.index(start)
        if is_label(text, start, end, sentence.words, first):
            continue
        if aged_person(sentence, start, end) is not None:
            continue
        high: float | int | None = None
        # "3-2" is a score and "two and five" are two figures, but "20 to 30" is one.
        if (
            following
            and not is_change
            and _TO.fullmatch(joint)
            and _is_range(text, start, joint, number.value, following.value)
        ):
            high, end = following.value, following.end
        low = _scaled(text, number.value, start, end, high)
        figure = _figure(sentence, start, end, low, high, is_later=is_later)
        if figure is not None:
            taken_to = figure.end - offset
            is_later = True
            yield figure
    for match in _PLURALS.finditer(text):
        taken = [*times, *((n.start, n.end) for n in numbers)]
        if not any(first <= match.start() < last for first, last in taken):
            yield from _plural(sentence, match)
    for match in several:
        yield from _plural(sentence, match)


def _with_earlier_units(sentence: Sentence, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Give "four of them", "the other six" and "two more" the unit counted before them.

    The "four" of "four current and two former guards" have the unit of the two.
    """
    text, offset = sentence.text, sentence.offset
    unit: str | None = None
    for figure, following in zip_longest(figures, figures[1:]):
        start, end = figure.start - offset, figure.end - offset
        if unit is not None and figure.noun is None:
            is_part = _OF_THEM.match(text, end) is not None
            before = text[max(0, start - 16) : start]
            is_rest = _REST_BEFORE.search(before) or _REST_AFTER.match(text, end)
            if is_part or (is_rest and figure.quantity.unit is None):
                figure = _in_units(figure, unit)
        if following is not None and figure.noun is None and figure.quantity.unit is None:
            joint = text[end : following.start - offset]
            if _SHARING.fullmatch(joint):
                figure = _in_units(figure, following.quantity.unit)
        elif unit is not None and _counts_others_like(sentence, figure, unit):
            figure = _in_units(figure, unit)
        unit = figure.quantity.unit or unit
        yield figure


def _counts_others_like(sentence: Sentence, figure: Figure, unit: str) -> bool:
    """Whether "two others" are more of the bridges counted before, and nobody that was hurt."""
    if figure.noun is None or sentence.words[figure.noun].text.lower() != "others":
        return False
    governor = sentence.words[figure.noun].head
    is_told = governor >= 0 and happens(sentence.words[governor])
    return not (is_told or unit == "person" or unit in load_words("people"))


def _in_units(figure: Figure, unit: str | None) -> Figure:
    return replace(figure, quantity=replace(figure.quantity, unit=unit))


def _are_odds(sentence: Sentence, one: Numeral, other: Numeral) -> bool:
    """Whether two figures are a share or odds: "one in four", "three to one"."""
    match sentence.text[one.end : other.start]:
        case " to ":
            return 1 <= other.value < one.value <= _ODDS_MAX
        case " in every " | " out of every ":
            return True
        case " in " if one.value < other.value:
            is_round = one.value == 1 or other.value in (10, 100, 1000)
            noun, _, _ = counted_noun(sentence, other.start, other.end)
            return is_round or (noun is not None and is_person(sentence.words[noun]))
        case _:
            return False


def _is_range(text: str, start: int, joint: str, low: float, high: float) -> bool:
    between = re.search(
        r"\b(?:between|entre|from|de)\s(?:\D{0,12})$", text[max(0, start - 24) : start], re.I
    )
    if joint.strip() in {"and", "y"}:
        return bool(between and between[0].lower().startswith(("between", "entre"))) and low < high
    if joint.strip() == "a" and not between:
        return False
    return low < high or (high >= 100 and low < high * 1000 and joint.strip() == "to")


def _scaled(
    text: str, low: float | int, start: int, end: int, high: float | int | None
) -> float | int:
    """Give the first figure of "two to three million" the second one's magnitude."""
    if high is None or low >= 100 or high < 100:
        return low
    last = text[start:end].split()[-1].lower()
    factor = MULTIPLIED.get(last)
    if factor is None or low * factor >= high:
        return low
    scaled = low * factor
    return int(scaled) if scaled == int(scaled) else scaled


def _figure(
    sentence: Sentence,
    start: int,
    end: int,
    low: float | int,
    high: float | int | None,
    *,
    is_later: bool,
) -> Figure | None:
    text, offset = sentence.text, sentence.offset
    currency = _CURRENCY_BEFORE.search(text[max(0, start - 4) : start])
    unit: str | None = None
    if currency:
        unit = _CURRENCY_SIGNS[currency[0].strip()[-1]]
        start -= len(currency[0])
    start, comparator = _compared(text, start)
    after = _AFTER.match(text, end)
    if after and comparator is EXACTLY:
        end = after.end()
        comparator = ABOUT if after["about"] else AT_LEAST if after["more"] else AT_MOST
    if high is not None:
        comparator = Comparator.BETWEEN
        if between := re.search(
            r"\b(?:between|entre|from)\s$", text[max(0, start - 8) : start], re.I
        ):
            start -= len(between[0])
    noun, of = None, None
    if unit is None and (percent := _PERCENT.match(text, end)):
        unit, end = "percent", percent.end()
    elif unit is None and (money := _CURRENCY_AFTER.match(text, end)):
        unit, of = _CURRENCIES[money[1].lower()], (offset + money.start(1), offset + money.end())
    elif unit is None:
        noun, of, unit = counted_noun(sentence, start, end)
        if unit == "time" or _names_its_noun(sentence, start, noun):
            return None
        is_one = text[start:end].lower() in {"one", "uno", "una"}
        is_later = is_later and is_one and _ONE_OF_THEM.match(text, end) is not None
        if is_later and unit is None:
            unit = "person"
        if unit is None and noun is None and comparator is EXACTLY and _is_loose(sentence, start):
            return None
        if unit is None and low != int(low):
            return None
        if is_one and not (is_later or _is_one(sentence, end, noun, unit)):
            return None
    quantity = _quantity(low, high, comparator, unit)
    return Figure(offset + start, offset + end, quantity, noun, of)


def _is_one(sentence: Sentence, end: int, noun: int | None, unit: str | None) -> bool:
    """Whether "one" counts somebody: "one man was killed", "one dead", "one of the guards"."""
    if unit == "person" and is_told_next(sentence, end):
        return True
    if noun is not None and sentence.text.startswith(" of ", end):
        word, own = sentence.words[noun], sentence.children(sentence.index(end - 1))
        is_said_of = any(sentence.words[i].deprel == "cop" for i in own)
        return is_person(word) and "Number=Plur" in word.feats and not is_said_of
    return is_one_person(sentence, noun)


def _quantity(
    low: float | int, high: float | int | None, comparator: Comparator, unit: str | None
) -> Quantity:
    match comparator:
        case Comparator.BETWEEN:
            return Quantity(low, high, comparator, unit)
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            return Quantity(low, None, comparator, unit)
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            return Quantity(None, low, comparator, unit)
        case _:
            return Quantity(low, low, comparator, unit)


def _compared(text: str, start: int) -> tuple[int, Comparator]:
    """Where the figure begins with its comparator, and which it is."""
    before = text[max(0, start - 40) : start]
    if match := _COMPARATOR.search(before):
        begin = start - len(before) + match.start()
        return begin, _COMPARATORS[re.sub(r"\s+", " ", match[1].lower())]
    if match := _FURTHER.search(before):
        return start - len(before) + match.start(), EXACTLY
    return start, EXACTLY


def _names_its_noun(sentence: Sentence, start: int, noun: int | None) -> bool:
    """Whether the figure is part of a name: "2700 West", "11 News"."""
    if noun is None or not sentence.text[start].isdigit():
        return False
    word = sentence.words[noun]
    return word.upos == "PROPN" and ("Number=Plur" not in word.feats or word.text == "News")


def _is_loose(sentence: Sentence, start: int) -> bool:
    """Whether a bare figure hangs from a name or in brackets, and so is a number of something."""
    i = sentence.index(start)
    word = sentence.words[i]
    if sentence.text[max(0, start - 1) : start] == "(":
        return True
    # The "1.1" of "1.1 million" hangs from its own figure.
    if word.head == i + 1 and word.head < len(sentence.words):
        i, word = word.head, sentence.words[word.head]
    if any(sentence.words[j].deprel == "nmod" for j in sentence.children(i)):
        return False
    return word.deprel.startswith(("flat", "compound", "appos", "dep", "list", "parataxis"))


def _plural(sentence: Sentence, match: re.Match[str]) -> Iterator[Figure]:
    said = match.groupdict()
    unit = match["unit"].lower()
    low = _PLURAL_OF[unit if unit in _PLURAL_OF else unit + "s"]
    if said.get("tens") or said.get("hundreds"):
        low = max(low * (10 if said["tens"] else 100), 20_000 if said["tens"] else 200_000)
    noun, of, counted = counted_noun(sentence, match.start(), match.end())
    if noun is None and not said.get("of") and counted is None:
        if not sentence.words[sentence.index(match.start())].deprel.startswith("nsubj"):
            return
        counted = "person"  # "hundreds gathered"
    offset = sentence.offset
    quantity = Quantity(low, None, AT_LEAST, counted)
    yield Figure(offset + match.start(), offset + match.end(), quantity, noun, of)


def _count(document: Document, figure: Figure) -> Count:
    of = Passage(document.id, *figure.of) if figure.of else None
    return Count(Passage(document.id, figure.start, figure.end), figure.quantity, of)
