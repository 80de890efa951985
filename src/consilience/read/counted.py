"""What a figure counts: its noun, the unit, and "person" where the noun is left out."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table, load_words
from consilience.read.encoder import Parse, Word
from consilience.records import Document, Quantity

_PERSONS = frozenset("people persons person personas persona others folks olds old".split())
_STATES = frozenset("dead killed wounded injured hurt missing arrested detained more alive".split())
_SPANISH_TOLD = frozenset(
    """
    murieron muertos muertas fallecieron fallecidos fallecidas resultaron heridos heridas lesionados
    detenidos detenidas desaparecidos desaparecidas fueron quedaron siguen
    """.split()
)
_ARTICLES = frozenset("los las".split())
_SPANISH_UNITS = {
    "hombre": "man", "mujer": "woman", "mujere": "woman", "niño": "child", "niña": "girl",
    "soldado": "soldier", "militar": "soldier", "militare": "soldier", "policía": "police",
    "agente": "agent", "civile": "civilian", "civil": "civilian", "víctima": "victim",
    "casa": "house", "vivienda": "home", "arma": "weapon", "vehículo": "vehicle",
    "bala": "bullet", "familia": "family", "herido": "person", "muerto": "person",
}  # fmt: skip
# Where those end up of whom a figure alone tells: "all four were taken to hospital".
_ENDS = frozenset("hospital hospitals custody charged convicted acquitted trapped".split())
_TOLLS = frozenset("toll others wounded injured crowd audience congregation".split())
NOUNS = frozenset({"NOUN", "PROPN"})
# "Two more victims", "their 40 other members".
_NOT_OF_IT = frozenset("more other further additional de".split())
_REACHED = frozenset("to at is was reached reaching exceeds exceeded hit passed topped".split())
_REACH_BACK = 12  # words between "number of" and its figure
_REACH = 6  # words between a figure and the noun it counts, more than any we have seen
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "policemen": "policeman",
    "gunmen": "gunman", "militiamen": "militiaman", "firemen": "fireman", "fishermen": "fisherman",
    "servicemen": "serviceman", "lawmen": "lawman", "police": "police", "wives": "wife",
    "lives": "life", "knives": "knife", "feet": "foot", "teeth": "tooth", "heridos": "injured",
    "muertos": "dead", "casualties": "casualty", "bodies": "body", "buses": "bus",
    "pence": "penny", "km": "kilometre", "kms": "kilometre", "kg": "kilogram", "kgs": "kilogram",
    "cm": "centimetre", "mm": "millimetre", "lb": "pound", "lbs": "pound", "ft": "foot",
    "kilometers": "kilometre", "meters": "metre", "millimeters": "millimetre",
    "centimeters": "centimetre", "liters": "litre", "tons": "ton",
}  # fmt: skip
_ES = ("ies", "ches", "shes", "sses", "xes", "zes")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one sentence: its words, value and what is counted, offsets of the document."""

    start: int
    end: int
    quantity: Quantity
    noun: int | None  # index of the counted noun's word
    of: tuple[int, int] | None


class Sentence:
    """The text of a sentence and its words by offset; `text` starts at `offset`."""

    def __init__(self, document: Document, parse: Parse) -> None:
        self.document = document
        self.parse = parse
        self.words = parse.words
        self.offset = parse.start
        self.text = document.text[parse.start : parse.end]
        self.is_english = document.language in ("en", "und")
        self._starts = [word.start for word in parse.words]
        self._children: dict[int, list[int]] = defaultdict(list)
        for i, word in enumerate(parse.words):
            self._children[word.head].append(i)

    def index(self, start: int) -> int:
        """The word that holds the character `start` of `text`."""
        return max(bisect_right(self._starts, start + self.offset) - 1, 0)

    def children(self, i: int) -> Sequence[int]:
        """The words that hang from word `i`, in text order."""
        return self._children.get(i, ())


def counted_noun(
    sentence: Sentence, start: int, end: int
) -> tuple[int | None, tuple[int, int] | None, str | None]:
    """The counted noun's word, its words with what stands before it, and its unit."""
    words = sentence.words
    last = sentence.index(end - 1)
    noun = _noun_after(sentence, last)
    first = last + 1
    if noun is None:
        named = _number_of(words, sentence.index(start))
        noun = _noun_after(sentence, named) if named is not None else None
        if named is None or noun is None:
            return None, None, _elliptic_unit(sentence, sentence.index(start), last)
        first = named + 1
    while first < noun and _is_apart(words, first):
        first += 1
    return noun, (words[first].start, words[noun].end), unit_of(words[noun])


def _is_apart(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` stands before the counted words: "more", "of the eight", but not "9mm"."""
    word = words[i]
    if word.upos == "NUM":
        return word.end < words[i + 1].start
    is_loose = word.upos in ("DET", "ADP", "PUNCT", "PRON")
    return is_loose or word.text.lower() in _NOT_OF_IT | _ARTICLES


def _number_of(words: Sequence[Word], first: int) -> int | None:
    """The word before the "of" in "the number of cases rose to" before the figure."""
    if first == 0 or words[first - 1].text.lower() not in _REACHED:
        return None
    for i in range(first - 2, max(-1, first - 2 - _REACH_BACK), -1):
        if words[i].upos == "NUM" or words[i].upos == "PUNCT":
            return None
        if words[i].text.lower() in ("number", "total") and words[i + 1].text.lower() == "of":
            named = [w.text.lower() for w in words[i + 2 : first] if w.upos != "DET"][:1]
            return None if _STATES.issuperset(named) else i
    return None


def _noun_after(sentence: Sentence, last: int) -> int | None:
    """The noun that the figure ending in word `last` counts, by its syntax or by its place."""
    words = sentence.words
    if sentence.is_english:
        head = words[last].head
        if (
            last < head <= last + _REACH
            and words[head].upos in NOUNS
            and words[head].text.lower() not in _STATES
            and not any(_parts(words, i, head) for i in range(last + 1, head))
        ):
            return _past_measure(words, head)
    i = last + 1
    if i < len(words) and words[i].text.lower() == "out":
        i += 1
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
            if word.text.lower() in _ARTICLES or word.text.isdigit():
                i += 1
                continue
            plain = word.text.isalpha() and word.text.islower() and word.upos != "ADP"
            told = word.text in _SPANISH_TOLD
            return i if plain and len(word.text) > 3 and not told else None
        if word.upos in NOUNS and not (found is not None and word.upos == "PROPN"):
            found = i
        elif found is not None or not _joins(words, i):
            break
        i += 1
    return None if found is None or words[found].text.lower() in _STATES else found


def _parts(words: Sequence[Word], i: int, head: int) -> bool:
    """Whether word `i` keeps a figure from counting the noun: "8 missing, officials said"."""
    word = words[i]
    if word.text.lower() in _STATES and word.head < i:
        return True
    return word.upos in ("VERB", "AUX", "SCONJ", "PRON") and not _inside_noun(words, i, head)


def _past_measure(words: Sequence[Word], noun: int) -> int:
    """The noun after a bore: "three .38-caliber revolvers" are revolvers."""
    if words[noun].text.lower() not in ("caliber", "calibre", "gauge"):
        return noun
    i = noun
    while i + 1 < len(words) and words[i + 1].upos in NOUNS:
        i += 1
    return i


def _inside_noun(words: Sequence[Word], i: int, head: int) -> bool:
    return words[i].head in range(i + 1, head + 1) and words[i].deprel in ("amod", "compound")


def _joins(words: Sequence[Word], i: int) -> bool:
    """Whether word `i` may stand between a figure and its noun."""
    word = words[i]
    if word.upos in ("ADJ", "ADV", "NUM") or word.text in ("-", '"', "”", "’", "'"):
        is_said_of = word.deprel == "amod" and word.head > i
        return is_said_of or word.text.lower() not in _STATES
    return word.upos == "VERB" and word.deprel == "amod"


def unit_of(word: Word) -> str:
    """The singular of what is counted; "person" for people of no other description."""
    lower = word.text.lower()
    spanish = _SPANISH_UNITS.get(lower) or _SPANISH_UNITS.get(_singular(lower))
    if spanish is not None:
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


def _singular(lower: str) -> str:
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    if lower.endswith(_ES):
        return lower[:-2]
    return lower[:-1] if not lower.endswith(("ss", "us", "is")) else lower


def _elliptic_unit(sentence: Sentence, first: int, last: int) -> str | None:
    """ "person" where a figure without a noun is what a verb of harm or arrest happens to."""
    words = sentence.words
    tolls = _TOLLS | _SPANISH_TOLD
    near = words[max(0, first - 4) : last + 5]
    if any(w.text.lower() in _ENDS for w in words[last + 1 : last + 5]):
        return "person"
    heads = [words[i] for i in (words[last].head,) if i >= 0]
    told = any(happens(w) or w.text.lower() in tolls for w in (*heads, *near))
    return "person" if told else None


def happens(word: Word) -> bool:
    """Whether the word tells of what befalls people: killed, hurt, missing, arrested."""
    lemma, lower = word.lemma.lower(), word.text.lower()
    # A rare verb's lemma may lack its last letter.
    return not load_table("slots").keys().isdisjoint((lemma, lower, lemma + "e"))


def is_told_next(sentence: Sentence, end: int) -> bool:
    """ "one dead", "one was killed"."""
    i = sentence.index(end)
    following = [w for w in sentence.words[i + 1 : i + 3] if w.upos != "AUX"][:1]
    return any(happens(w) for w in following)


def is_one_person(sentence: Sentence, noun: int | None) -> bool:
    """Whether "one" with this noun tells of a person something happened to, or heads a list."""
    words = sentence.words
    if noun is None or not is_person(words[noun]):
        return False
    governor = words[noun].head
    while governor >= 0 and words[noun].deprel == "conj":
        noun, governor = governor, words[governor].head
    told = governor >= 0 and words[governor].upos != "NOUN" and happens(words[governor])
    return told or any(w.head == noun and w.deprel == "conj" for w in words)


def is_person(word: Word) -> bool:
    """Whether the noun counts people, by the encoder's kind or by the list of such nouns."""
    unit = unit_of(word)
    return word.kind == "person" or unit == "person" or unit in load_words("people")
