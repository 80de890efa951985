"""Lists of people that add up: "two nurses and five porters" are seven."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from consilience.read.counted import NOUNS, Figure, Sentence, is_person
from consilience.read.encoder import Parse, Word
from consilience.records import Comparator, Quantity

_ADDED = {
    Comparator.EXACTLY, Comparator.ABOUT, Comparator.AT_LEAST, Comparator.MORE_THAN,
}  # fmt: skip
_SINGLE = frozenset("a an one another the this that his her their its our my un una".split())
_MODIFIERS = ("det", "nmod:poss", "nmod:desc", "amod", "compound")
_SPANISH_JOINT = re.compile(r"(?:\s[a-záéíóúñ]{2,20})?\s[ye]\s", re.IGNORECASE)


def sums(sentence: Sentence, figures: Sequence[Figure]) -> Iterator[Figure]:
    """One figure for each list of people in which at least one member is counted."""
    if not sentence.is_english:
        yield from _spanish_sums(sentence, figures)
        return
    words = sentence.words
    counted = {each.noun: each for each in figures if each.noun is not None}
    lists: dict[int, list[int]] = {}
    for noun in sorted(counted):
        first = _first_member(words, noun)
        if first not in lists:
            lists[first] = list(_members(sentence, first))
    for members in lists.values():
        parts = [counted.get(i) or _single(sentence, i) for i in members]
        known = [part for part in parts if part is not None]
        if len(known) < max(2, len(parts)) or not _is_closed(sentence, members[-1]):
            continue
        if not all(is_person(words[i]) for i in members) or not _is_one_list(sentence, known):
            continue
        total = _total(known)
        if total is None or _is_explained(sentence, members):
            continue
        start, end = known[0].start, words[members[-1]].end
        singles = [i for i in members if i not in counted]
        is_headed = members[0] in counted and len(singles) == len(parts) - 1
        may_explain = is_headed and len(singles) == known[0].quantity.low
        # "Two students, a girl and a boy" are two, unless a figure before says three.
        if may_explain and not any(f.end <= start and f.quantity == total for f in figures):
            continue
        yield Figure(start, end, total, None, None)


def singular_count(parse: Parse, index: int) -> int | None:
    """1 where the noun at `index` stands alone and in the singular: "a sergeant", "one man".

    A name or a title counts as one as well; `None` where the noun is a plural, a mass or counted.
    """
    word = parse.words[index]
    if word.upos not in NOUNS or "Number=Plur" in word.feats:
        return None
    own = [w for w in parse.words if w.head == index]
    if any(w.deprel.startswith("nummod") and w.text.lower() != "one" for w in own):
        return None
    if any(w.text.lower() in _SINGLE for w in own) or word.upos == "PROPN":
        return 1
    return None


def _first_member(words: Sequence[Word], i: int) -> int:
    while words[i].deprel == "conj" and 0 <= words[i].head < i:
        i = words[i].head
    return i


def _members(sentence: Sentence, first: int) -> Iterator[int]:
    """The heads of a list in text order, whether all hang from the first or each from the last."""
    heads = [first]
    while heads:
        i = heads.pop(0)
        yield i
        joined = [j for j in sentence.children(i) if sentence.words[j].deprel == "conj"]
        heads = sorted((*heads, *joined))


def _is_explained(sentence: Sentence, members: Sequence[int]) -> bool:
    """Whether the first member is told again: "two students, a girl" and whoever follows."""
    first, second = members[0], members[1]
    told = (i for i in sentence.children(first) if first < i < second)
    return any(sentence.words[i].deprel == "appos" and is_person(sentence.words[i]) for i in told)


def _is_one_list(sentence: Sentence, parts: Sequence[Figure]) -> bool:
    """Whether no verb stands between: "killed one man and wounded four" is no list."""
    befores = (sentence.index(part.start - sentence.offset) - 1 for part in parts[1:])
    return all(sentence.words[i].upos != "VERB" for i in befores)


def _is_closed(sentence: Sentence, last: int) -> bool:
    """Whether an "and" leads to the last member; without one it is an apposition."""
    own = (sentence.words[i] for i in sentence.children(last))
    return any(w.upos == "CCONJ" and w.text.lower() in ("and", "&") for w in own)


def _single(sentence: Sentence, i: int) -> Figure | None:
    if singular_count(sentence.parse, i) is None:
        return None
    word = sentence.words[i]
    own = (sentence.words[j] for j in sentence.children(i) if j < i)
    start = next((w.start for w in own if w.deprel.startswith(_MODIFIERS)), word.start)
    return Figure(start, word.end, Quantity(1, 1, Comparator.EXACTLY, "person"), i, None)


def _spanish_sums(sentence: Sentence, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Neighbours only, since the syntax is read of English alone."""
    for one, other in zip_longest(figures, figures[1:]):
        if one.noun is None or not is_person(sentence.words[one.noun]):
            continue
        end = sentence.words[one.noun].end
        following = other if other is not None and other.noun is not None else None
        if (lone := _lone_after(sentence, one.noun)) is not None:
            following = lone
        if following is None or following.noun is None:
            continue
        noun = sentence.words[following.noun]
        total = _total([one, following])
        joint = sentence.document.text[end : following.start]
        if _SPANISH_JOINT.fullmatch(joint) and total and is_person(noun):
            yield Figure(one.start, noun.end, total, None, None)


def _lone_after(sentence: Sentence, noun: int) -> Figure | None:
    """The "un hombre" of "dos mujeres y un hombre"."""
    texts = [w.text.lower() for w in sentence.words[noun + 1 : noun + 4]]
    if len(texts) < 3 or texts[0] not in ("y", "e") or texts[1] not in ("un", "una"):
        return None
    one = Quantity(1, 1, Comparator.EXACTLY, "person")
    article, person = sentence.words[noun + 2], sentence.words[noun + 3]
    return Figure(article.start, person.end, one, noun + 3, None)


def _total(parts: Sequence[Figure]) -> Quantity | None:
    comparators = {part.quantity.comparator for part in parts}
    if not comparators <= _ADDED:
        return None
    low = sum(part.quantity.low or 0 for part in parts)
    if comparators & {Comparator.AT_LEAST, Comparator.MORE_THAN}:
        return Quantity(low, None, Comparator.AT_LEAST, "person")
    is_about = Comparator.ABOUT in comparators
    return Quantity(low, low, Comparator.ABOUT if is_about else Comparator.EXACTLY, "person")
