"""How many of what: figures with their comparator and the thing they count."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consilience.lexicon import load_table, load_words
from consilience.read.encoder import Parse, Word
from consilience.read.labels import is_label
from consilience.read.numbers import MULTIPLIED, SPANISH_ONLY, find_numbers
from consilience.read.times import time_spans
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
    r"\b(?:another|a further|an additional|an extra|otros|otras)\s$", re.IGNORECASE
)
_AFTER = re.compile(
    r"(?P<about>-odd\b| or so\b)|(?P<more>\+(?!\w)| or more\b| plus\b)|(?P<fewer> or (?:fewer|less)\b)"
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
_PLURAL_OF = {
    "dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6,
    "billions": 2 * 10**9, "decenas": 20, "docenas": 24, "cientos": 200, "miles": 2_000,
    "millones": 2 * 10**6,
}  # fmt: skip
_OF_THEM = re.compile(r"\sof (?:them|whom|those|these)\b")
_PERSONS = frozenset("people persons person personas persona others folks olds old".split())
_NOUNS = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "DET"})
_PARTICIPLES_INSIDE = re.compile(r".*(?:ed|ing|en)$")
_STATES = frozenset("dead killed wounded injured hurt missing arrested detained more alive".split())
_SPANISH_TOLD = frozenset(
    """
    murieron muertos muertas fallecieron fallecidos fallecidas resultaron heridos heridas lesionados
    detenidos detenidas desaparecidos desaparecidas fueron quedaron siguen
    """.split()
)
_SPANISH_UNITS = {
    "hombre": "man", "mujer": "woman", "mujere": "woman", "niño": "child", "niña": "girl",
    "soldado": "soldier", "militar": "soldier", "militare": "soldier", "policía": "police",
    "agente": "agent", "civile": "civilian", "civil": "civilian", "víctima": "victim",
    "casa": "house", "vivienda": "home", "arma": "weapon", "vehículo": "vehicle",
    "bala": "bullet", "familia": "family", "herido": "person", "muerto": "person",
}  # fmt: skip
_REACH = 6  # words between a figure and the noun it counts, more than any we have seen


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of one sentence: its words, value and what is counted, offsets of the document."""

    start: int
    end: int
    quantity: Quantity
    noun: int | None  # index of the counted noun's word
    of: tuple[int, int] | None


def find_quantities(document: Document, parse: Parse) -> tuple[Count, ...]:
    """The counts of one sentence in text order, a list that adds up after its parts.

    Dates, times, ages, scores and the numbers that name a road, a flight or a weapon count nothing.
    Nearly and almost are `about`; "dozens" is at least 24, "hundreds" at least 200. Where the noun
    is left out, as in "eight were killed", the unit is "person".
    """
    sentence = _Sentence(document, parse)
    figures = sorted(_figures(sentence), key=lambda f: (f.start, -f.end))
    counts = [_count(document, each) for each in figures]
    counts.extend(_count(document, each) for each in _sums(sentence, figures))
    return tuple(sorted(counts, key=lambda c: (c.passage.end, -c.passage.start)))


def singular_count(parse: Parse, index: int) -> int | None:
    """1 where the noun at `index` stands alone and in the singular: "a sergeant", "one man".

    A name or a title counts as one as well; `None` where the noun is a plural, a mass or counted.
    """
    word = parse.words[index]
    if word.upos not in _NOUNS or "Number=Plur" in word.feats:
        return None
    own = [w for w in parse.words if w.head == index]
    if any(w.deprel.startswith("nummod") and w.text.lower() != "one" for w in own):
        return None
    if any(w.text.lower() in _SINGLE for w in own) or word.upos == "PROPN":
        return 1
    return None


_SINGLE = frozenset("a an one another the this that his her their its our my un una".split())


def find_ages(document: Document, parse: Parse) -> tuple[Count, ...]:
    """How old people are said to be: unit "year", `of` the head word of the person."""
    sentence = _Sentence(document, parse)
    found = []
    for number in find_numbers(sentence.text):
        if not isinstance(number.value, int) or not 0 < number.value < 120:
            continue
        person = _aged(sentence, number.start, number.end)
        if person is not None:
            word = parse.words[person]
            quantity = Quantity(number.value, number.value, EXACTLY, "year")
            passage = Passage(
                document.id, sentence.offset + number.start, sentence.offset + number.end
            )
            found.append(Count(passage, quantity, Passage(document.id, word.start, word.end)))
    return tuple(found)


class _Sentence:
    """The text of a sentence and its words by offset; `text` starts at `offset`."""

    def __init__(self, document: Document, parse: Parse) -> None:
        self.document = document
        self.parse = parse
        self.words = parse.words
        self.offset = parse.start
        self.text = document.text[parse.start : parse.end]
        self.is_english = document.language in ("en", "und")
        self._starts = [word.start for word in parse.words]

    def index(self, start: int) -> int:
        """The word that holds the character `start` of `text`."""
        return max(bisect_right(self._starts, start + self.offset) - 1, 0)


def _figures(sentence: _Sentence) -> Iterator[_Figure]:
    text = sentence.text
    times = time_spans(text)
    numbers = [n for n in find_numbers(text) if n.end > n.start]
    taken_to = 0
    last_unit: str | None = None
    for i, number in enumerate(numbers):
        start, end = number.start, number.end
        if start < taken_to or any(s < end and start < e for s, e in times):
            continue
        if _is_spanish_word(text[start:end]) and sentence.is_english:
            continue
        first = sentence.index(start)
        if is_label(text, start, end, sentence.words, first):
            continue
        if _aged(sentence, start, end) is not None:
            continue
        high: float | int | None = None
        following = numbers[i + 1] if i + 1 < len(numbers) else None
        if following and (joint := _TO.fullmatch(text[end : following.start])):
            # "3-2" is a score and "two and nine" are two figures, but "20 to 30" is one.
            if _is_range(text, start, joint[0], number.value, following.value):
                high, end = following.value, following.end
        figure = _figure(sentence, start, end, _scaled(text, number.value, start, end, high), high)
        if figure is not None:
            taken_to = figure.end - sentence.offset
            if last_unit and figure.noun is None and _OF_THEM.match(text, taken_to):
                figure = replace(figure, quantity=replace(figure.quantity, unit=last_unit))
            last_unit = figure.quantity.unit or last_unit
            yield figure
    for match in _PLURALS.finditer(text):
        if not any(s <= match.start() < e for s, e in times):
            yield from _plural(sentence, match)


def _is_spanish_word(words: str) -> bool:
    return words.lower() in SPANISH_ONLY


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
    sentence: _Sentence, start: int, end: int, low: float | int, high: float | int | None
) -> _Figure | None:
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
        noun, of, unit = _counted(sentence, start, end)
        if unit is None and noun is None and comparator is EXACTLY and _is_loose(sentence, start):
            return None
        if text[start:end].lower() in {"one", "uno", "una"} and not (
            _is_one_person(sentence, noun) or (unit == "person" and _is_told_next(sentence, end))
        ):
            return None
    quantity = _quantity(low, high, comparator, unit)
    return _Figure(offset + start, offset + end, quantity, noun, of)


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


def _counted(
    sentence: _Sentence, start: int, end: int
) -> tuple[int | None, tuple[int, int] | None, str | None]:
    """The counted noun's word, its words with what stands before it, and its unit."""
    words = sentence.words
    last = sentence.index(end - 1)
    noun = _noun_after(sentence, last)
    if noun is None:
        return None, None, _elliptic_unit(sentence, sentence.index(start), last)
    first = next((i for i in range(last + 1, noun + 1) if words[i].upos != "ADP"), noun)
    while first < noun and words[first].upos in ("DET", "ADP", "PUNCT", "NUM"):
        first += 1
    return noun, (words[first].start, words[noun].end), unit_of(words[noun], sentence.parse)


def _noun_after(sentence: _Sentence, last: int) -> int | None:
    """The noun that the figure ending in word `last` counts, by its syntax or by its place."""
    words = sentence.words
    if sentence.is_english:
        head = words[last].head
        if (
            last < head <= last + _REACH
            and words[head].upos in _NOUNS
            and words[head].text.lower() not in _STATES
            and not any(
                words[i].upos in ("VERB", "AUX", "SCONJ", "PRON")
                and not _inside_noun(words, i, head)
                for i in range(last + 1, head)
            )
        ):
            return head
    i = last + 1
    if i < len(words) and words[i].text.lower() in ("of", "de"):
        i += 1
        while (
            i < len(words) and words[i].upos in ("DET", "PRON") and words[i].text.lower() != "them"
        ):
            i += 1
    found = None
    while i < len(words) and i <= last + _REACH:
        word = words[i]
        if not sentence.is_english:
            plain = word.text.isalpha() and word.text.islower() and word.upos != "ADP"
            told = word.text in _SPANISH_TOLD
            return i if plain and len(word.text) > 3 and not told else None
        if word.upos in _NOUNS and not (found is not None and word.upos == "PROPN"):
            found = i
        elif found is not None or not _joins(words, i):
            break
        i += 1
    return None if found is None or words[found].text.lower() in _STATES else found


def _is_loose(sentence: _Sentence, start: int) -> bool:
    """Whether a bare figure hangs from a name or in brackets, and so is a number of something."""
    word = sentence.words[sentence.index(start)]
    if sentence.text[max(0, start - 1) : start] == "(":
        return True
    return word.deprel.startswith(("flat", "compound", "appos", "dep", "list", "parataxis"))


def _inside_noun(words: Sequence[Word], i: int, head: int) -> bool:
    return words[i].head in range(i + 1, head + 1) and words[i].deprel in ("amod", "compound")


def _joins(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` may stand between a figure and its noun."""
    word = words[i]
    if word.upos in ("ADJ", "ADV", "NUM") or word.text in ("-", '"', "”", "’", "'"):
        return word.text.lower() not in _STATES
    return word.upos == "VERB" and word.deprel == "amod"


def unit_of(word: Word, parse: Parse) -> str:
    """The singular of what is counted; "person" for people of no other description."""
    lower = word.text.lower()
    if (spanish := _SPANISH_UNITS.get(_singular(lower))) is not None:
        return spanish
    if lower in _PERSONS:
        return "person"
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    lemma = word.lemma.lower() or lower
    if lower.endswith(_ES) and lemma in (lower, lower[:-1]) and len(lower) > 5:
        return _singular(lower)
    if (
        lemma == lower
        and len(lower) > 3
        and lower.endswith("s")
        and "Number=Sing" not in word.feats
    ):
        return _singular(lower)
    return lemma


_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "policemen": "policeman",
    "gunmen": "gunman", "militiamen": "militiaman", "firemen": "fireman", "fishermen": "fisherman",
    "servicemen": "serviceman", "lawmen": "lawman", "police": "police", "wives": "wife",
    "lives": "life", "knives": "knife", "feet": "foot", "teeth": "tooth", "heridos": "injured",
    "muertos": "dead", "casualties": "casualty", "bodies": "body", "buses": "bus",
}  # fmt: skip


_ES = ("ies", "ches", "shes", "sses", "xes", "zes")


def _singular(lower: str) -> str:
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    if lower.endswith(_ES):
        return lower[:-2]
    return lower[:-1] if not lower.endswith(("ss", "us", "is")) else lower


def _elliptic_unit(sentence: _Sentence, first: int, last: int) -> str | None:
    """ "person" where a figure without a noun is what a verb of harm or arrest happens to."""
    words = sentence.words
    tolls = _TOLLS | _SPANISH_TOLD
    near = words[max(0, first - 4) : last + 5]
    heads = [words[i] for i in (words[last].head,) if i >= 0]
    told = any(_happens(w) or w.text.lower() in tolls for w in (*heads, *near))
    return "person" if told else None


def _happens(word: Word) -> bool:
    """Whether the word tells of what befalls people: killed, hurt, missing, arrested."""
    lemma, lower = word.lemma.lower(), word.text.lower()
    # A rare verb's lemma may lack its last letter.
    return not load_table("slots").keys().isdisjoint((lemma, lower, lemma + "e"))


_TOLLS = frozenset("toll others wounded injured crowd audience congregation".split())


def _is_told_next(sentence: _Sentence, end: int) -> bool:
    """ "one dead", "one was killed"."""
    i = sentence.index(end)
    following = [w for w in sentence.words[i + 1 : i + 3] if w.upos != "AUX"][:1]
    return any(_happens(w) for w in following)


def _is_one_person(sentence: _Sentence, noun: int | None) -> bool:
    """Whether "one" with this noun tells of a person something happened to, or heads a list."""
    words = sentence.words
    if noun is None or not is_person(words[noun]):
        return False
    governor = words[noun].head
    while governor >= 0 and words[noun].deprel == "conj":
        noun, governor = governor, words[governor].head
    told = governor >= 0 and words[governor].upos != "NOUN" and _happens(words[governor])
    return told or any(w.head == noun and w.deprel == "conj" for w in words)


def is_person(word: Word) -> bool:
    """Whether the noun counts people, by the encoder's kind or by the list of such nouns."""
    unit = unit_of(word, Parse(word.start, word.end, (word,), ()))
    return word.kind == "person" or unit == "person" or unit in load_words("people")


def _plural(sentence: _Sentence, match: re.Match[str]) -> Iterator[_Figure]:
    unit = match["unit"].lower()
    low = _PLURAL_OF[unit] * (10 if match["tens"] else 100 if match["hundreds"] else 1)
    if match["tens"] or match["hundreds"]:
        low = max(low, 2 * 10 * 1000 if match["tens"] else 200_000)
    noun, of, counted = _counted(sentence, match.start(), match.end())
    if noun is None and not match["of"] and counted is None:
        return
    offset = sentence.offset
    quantity = Quantity(low, None, AT_LEAST, counted)
    yield _Figure(offset + match.start(), offset + match.end(), quantity, noun, of)


def _aged(sentence: _Sentence, start: int, end: int) -> int | None:
    """The word of the person whose age the figure at `start:end` is, if it is one."""
    text, words = sentence.text, sentence.words
    i = sentence.index(start)
    after = text[end : end + 24]
    if old := re.match(r"(?:-|\s)(?:year|yr|month|week|day)s?(?:-|\s)old(?:s\b)?", after, re.I):
        j = sentence.index(end + old.end() - 1)
        head = words[j].head
        return head if head > j and words[head].upos in _NOUNS else j
    if re.search(r"\b(?:aged|age|edad)\s$", text[max(0, start - 6) : start], re.IGNORECASE):
        return _person_before(words, i)
    if _AGES.search(text[max(0, start - 40) : start]):
        return _person_before(words, i)
    if re.match(r"\s(?:años|years? of age)\b", after):
        return _person_before(words, i)
    if text[start:end].isdigit() and _is_predicate(words, i):
        subject = next(j for j, w in enumerate(words) if w.head == i and w.deprel == "nsubj")
        return subject if re.match(r"\s?(?:[,.;]|$|at\b|when\b|and\b)", after) else None
    closes = re.match(r"\s?(?:[,.;)’”\"']|$|\sand\b|\sof\b|\sfrom\b)", after)
    opens = _AFTER_COMMA.search(text[max(0, start - 24) : start])
    if closes and opens and text[start:end].isdigit():
        previous = words[_person_before(words, i)] if i else None
        if previous and (previous.upos == "PROPN" or is_person(previous)):
            return _person_before(words, i)
    return None


def _is_predicate(words: Sequence[Word], i: int) -> bool:
    """Whether the figure is what somebody is: "who was 17 at the time"."""
    own = [w for w in words if w.head == i]
    subjects = [w for w in own if w.deprel == "nsubj"]
    return any(w.deprel == "cop" for w in own) and any(
        w.text.lower() in ("he", "she", "who", "they", "i") or w.upos == "PROPN" or is_person(w)
        for w in subjects
    )


# "ages 3, 7 and 11"
_AFTER_COMMA = re.compile(r"[,(][’'”\"]?\s?(?:\d{1,3}(?:,? and |, )){0,4}$")
_AGES = re.compile(
    r"\bage[sd]?\s(?:of\s|from\s|between\s)?(?:\d{1,3}(?:,? (?:and|or|to) |, |-)){0,8}$",
    re.IGNORECASE,
)


def _person_before(words: Sequence[Word], i: int) -> int:
    j = i - 1
    while j > 0 and (
        words[j].upos in ("PUNCT", "ADP", "NUM", "CCONJ")
        or words[j].text.lower() in ("aged", "age", "ages")
    ):
        j -= 1
    while j > 0 and words[j].deprel == "flat" and 0 <= words[j].head < j:
        j = words[j].head
    return max(j, 0)


def _sums(sentence: _Sentence, figures: Sequence[_Figure]) -> Iterator[_Figure]:
    """One figure for each list of people: "two officers and nine soldiers" are eleven."""
    words = sentence.words
    counted = {each.noun: each for each in figures if each.noun is not None}
    for noun in sorted(counted):
        if words[noun].deprel == "conj" and words[noun].head in counted:
            continue
        members = [
            noun,
            *sorted(i for i, w in enumerate(words) if w.head == noun and w.deprel == "conj"),
        ]
        if (
            len(members) < 2
            or not _is_closed(words, members[-1])
            or not all(is_person(words[i]) for i in members)
        ):
            continue
        parts = [counted.get(i) or _single(sentence, i) for i in members]
        singles = [part for i, part in zip(members, parts, strict=True) if i not in counted]
        if len(singles) == len(parts) - 1 == (parts[0].quantity.low if parts[0] else None):
            # "two students, a girl and a boy": the list says who the two are.
            continue
        total = _total([part for part in parts if part is not None])
        if total is not None and None not in parts:
            first = parts[0]
            assert first is not None
            yield _Figure(first.start, words[members[-1]].end, total, None, None)


def _is_closed(words: Sequence[Word], last: int) -> bool:
    """Whether an "and" leads to the last member; without one it is an apposition."""
    return any(w.head == last and w.upos == "CCONJ" and w.text.lower() in ("and", "y", "e", "&")
               for w in words)  # fmt: skip


def _single(sentence: _Sentence, i: int) -> _Figure | None:
    own = [w for w in sentence.words if w.head == i and w.text.lower() in ("a", "an", "one")]
    if not own or singular_count(sentence.parse, i) is None:
        return None
    word = sentence.words[i]
    return _Figure(own[0].start, word.end, Quantity(1, 1, EXACTLY, "person"), i, None)


def _total(parts: Sequence[_Figure]) -> Quantity | None:
    comparators = {part.quantity.comparator for part in parts}
    if len(parts) < 2 or not comparators <= {EXACTLY, ABOUT, AT_LEAST, MORE}:
        return None
    low = sum(part.quantity.low or 0 for part in parts)
    if comparators & {AT_LEAST, MORE}:
        return Quantity(low, None, AT_LEAST, "person")
    return Quantity(low, low, ABOUT if ABOUT in comparators else EXACTLY, "person")


def _count(document: Document, figure: _Figure) -> Count:
    of = Passage(document.id, *figure.of) if figure.of else None
    return Count(Passage(document.id, figure.start, figure.end), figure.quantity, of)
