"""How old people are said to be."""

import re
from collections.abc import Sequence

from consilience.read.counted import NOUNS, Sentence, is_person
from consilience.read.encoder import Parse, Word
from consilience.read.numbers import find_numbers
from consilience.records import Comparator, Count, Document, Passage, Quantity

# "ages 40, 52 and 61"
_AFTER_COMMA = re.compile(r"[,(][’'”\"]?\s?(?:\d{1,3}(?:,? and |, )){0,4}$")
_AGES = re.compile(
    r"\bage[sd]?\s(?:of\s|from\s|between\s)?(?:\d{1,3}(?:,? (?:and|or|to) |, |-)){0,8}$",
    re.IGNORECASE,
)


def find_ages(document: Document, parse: Parse) -> tuple[Count, ...]:
    """How old people are said to be: unit "year", `of` the head word of the person."""
    sentence = Sentence(document, parse)
    found = []
    for number in find_numbers(sentence.text, document.language):
        if not isinstance(number.value, int) or not 0 < number.value < 120:
            continue
        person = aged_person(sentence, number.start, number.end)
        if person is not None:
            word = parse.words[person]
            quantity = Quantity(number.value, number.value, Comparator.EXACTLY, "year")
            passage = Passage(
                document.id, sentence.offset + number.start, sentence.offset + number.end
            )
            found.append(Count(passage, quantity, Passage(document.id, word.start, word.end)))
    return tuple(found)


def aged_person(sentence: Sentence, start: int, end: int) -> int | None:
    """The word of the person whose age the figure at `start:end` is, if it is one."""
    text, words = sentence.text, sentence.words
    i = sentence.index(start)
    after = text[end : end + 24]
    if old := re.match(r"(?:-|\s)(?:year|yr|month|week|day)s?(?:-|\s)old(?:s\b)?", after, re.I):
        j = sentence.index(end + old.end() - 1)
        head = words[j].head
        if head > j and words[head].upos in NOUNS:
            return head
        own = (k for k in sentence.children(j) if words[k].deprel.startswith("nsubj"))
        return next(own, j)
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
    """Whether the figure is what somebody is: "she was 40 then"."""
    own = [w for w in words if w.head == i]
    subjects = [w for w in own if w.deprel == "nsubj"]
    return any(w.deprel == "cop" for w in own) and any(
        w.text.lower() in ("he", "she", "who", "they", "i") or w.upos == "PROPN" or is_person(w)
        for w in subjects
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
