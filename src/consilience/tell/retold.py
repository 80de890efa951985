"""Sentences without a time that tell again what another one dates."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from consilience.records import Case, Document, PartKind, Passage, Proposition, Reading
from consilience.tell.joined import Happening
from consilience.tell.parts import inside
from consilience.tell.sorts import is_saying

# A sentence of fewer words may stand in two pages by chance.
_WORDS_MIN = 8
_UNTOLD = (PartKind.COMMENT, PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.DATELINE)
_TO = re.compile(r"(?:to|with)\s+", re.IGNORECASE)


def retold(case: Case, found: Sequence[Happening]) -> dict[int, tuple[Passage, ...]]:
    """By the index of each happening, the sentences that tell it again.

    Copied sentences do, whose "Wednesday" may be that of a page nobody has, and what somebody
    told the same hearer in the same page: one interview is one occasion.
    """
    more: dict[int, set[Passage]] = defaultdict(set)
    dated = {t.sentence for h in found for t in (*h.tellings, *h.differing)}
    copied = _copied(case, found)
    sayings: dict[str, dict[Passage, int]] = defaultdict(dict)
    for n, happening in enumerate(found):
        for t in happening.tellings:
            if t.is_saying and t.predicate is not None:
                sayings[t.sentence.document_id][t.predicate] = n
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        is_untold = inside(document, *_UNTOLD)
        for sentence in reading.sentences:
            if sentence in dated or is_untold(sentence.start):
                continue
            for n in copied.get(_words(document, sentence), ()):
                more[n].add(sentence)
        for n, sentence in _interviews(document, reading, sayings[document.id]):
            if sentence not in dated:
                more[n].add(sentence)
    return {n: tuple(sorted(sentences)) for n, sentences in more.items()}


def _words(document: Document, sentence: Passage) -> tuple[str, ...]:
    text = document.text[sentence.start : sentence.end]
    return tuple(re.findall(r"\w+", text.casefold()))


def _copied(case: Case, found: Sequence[Happening]) -> dict[tuple[str, ...], list[int]]:
    texts = {d.id: d for d in case.documents}
    by_words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, happening in enumerate(found):
        for sentence in sorted({t.sentence for t in happening.tellings}):
            words = _words(texts[sentence.document_id], sentence)
            if len(words) >= _WORDS_MIN and n not in by_words[words]:
                by_words[words].append(n)
    return by_words


def _interviews(
    document: Document, reading: Reading, sayings: Mapping[Passage, int]
) -> Iterator[tuple[int, Passage]]:
    """What is said to the hearer of a dated saying, by its speaker."""
    if not sayings:
        return
    said = [p for p in reading.propositions if is_saying(p)]
    told: dict[str | None, list[tuple[int, Proposition]]] = defaultdict(list)
    for p in said:
        if p.predicate in sayings:
            told[_hearer(document, p)].append((sayings[p.predicate], p))
    starts = [s.start for s in reading.sentences]
    for proposition in said:
        hearer = _hearer(document, proposition)
        if hearer is None or proposition.predicate in sayings:
            continue
        for n, other in told.get(hearer, ()):
            if _speak_as_one(document, proposition, other):
                k = bisect_left(starts, proposition.predicate.start + 1) - 1
                yield n, reading.sentences[k]


def _hearer(document: Document, proposition: Proposition) -> str | None:
    """Who is named as told: “The Post”."""
    for argument in proposition.arguments:
        if argument.role == "ARG2":
            words = document.text[argument.passage.start : argument.passage.end]
            name = _TO.sub("", words, count=1)
            return name.casefold() if any(c.isupper() for c in name) else None
    return None


def _speak_as_one(document: Document, a: Proposition, b: Proposition) -> bool:
    """Whether both have one speaker: the same person, or called by the same noun."""
    chains, words = [], []
    for proposition in (a, b):
        speakers = [x for x in proposition.arguments if x.role == "ARG0"]
        chains.append({x.chain_id for x in speakers if x.chain_id is not None})
        texts = (document.text[x.passage.start : x.passage.end] for x in speakers)
        words.append({w for t in texts for w in re.findall(r"\w{4,}", t.casefold())})
    return bool(chains[0] & chains[1]) or bool(words[0] & words[1])
