"""What each mention of an event tells: of what kind, done by whom to whom, when and where."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from consilience.lexicon import load_table
from consilience.records import (
    Document,
    Factuality,
    Kind,
    Mention,
    Passage,
    Polarity,
    Proposition,
    Reading,
    When,
)
from consilience.resolve.chains import fold
from consilience.resolve.event_words import frame_of, singular, verb_of

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
# Words that head nothing: what stands behind a verb, or before a noun.
_SMALL = frozenset(
    "a an the of to in on off out up down over away into by at for from with and or that which was"
    " were is are be been being has have had get got his her its their back"
    " together through".split()
)
# Words of a name that many names have.
_COMMON_IN_NAMES = frozenset(
    "the of and for de la el al new san st mr mrs ms dr sen gov county city state".split()
)


Vector = np.ndarray[tuple[int], np.dtype[np.float32]]  # (D,)


@dataclass(frozen=True, slots=True)
class Participation:
    """Somebody or something in an event. `head` is the noun, `names` the words of its names."""

    role: str
    head: str
    names: frozenset[str]
    chain_id: str | None
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One mention of an event. What nobody says is empty.

    `lemma` is the verb that tells the same ("die" of "death"), `frame` what it has in common with
    its synonyms; `names_near` are words of the names in its sentence, `numbers` the figures
    there. `is_noun` says that a noun tells it. `vector` is that of the sentence, of length one,
    or all zero.
    """

    id: str
    passage: Passage
    sentence: Passage
    word: str
    lemma: str
    frame: str
    is_noun: bool
    sense: str | None
    kind: str | None
    participants: tuple[Participation, ...]
    when: When | None
    places: frozenset[str]
    numbers: frozenset[str]
    names_near: frozenset[str]
    polarity: Polarity
    factuality: Factuality
    attribution_id: str | None
    vector: Vector = field(compare=False, repr=False)


def own_mentions(readings: Mapping[str, Reading]) -> dict[str, Passage]:
    """The predicates that were read, by the ids of their propositions."""
    return {p.id: p.predicate for key in sorted(readings) for p in readings[key].propositions}


def event_mentions(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    mentions: Mapping[str, Passage],
) -> tuple[EventMention, ...]:
    """What is told of each mention, in the order of their passages."""
    by_document: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for id_, passage in mentions.items():
        by_document[passage.document_id].append((passage, id_))
    found: list[EventMention] = []
    for document in sorted(documents, key=lambda d: d.id):
        if document.id in by_document:
            page = _page(document, readings[document.id])
            found += [_event_mention(page, id_, at) for at, id_ in sorted(by_document[document.id])]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document whose reading is laid out by sentence and chain."""

    document: Document
    reading: Reading
    starts: Sequence[int]
    propositions: Mapping[int, Sequence[Proposition]]
    mentions: Mapping[int, Sequence[Mention]]
    names: Mapping[str, frozenset[str]]
    vectors: Sequence[Vector]

    def words(self, at: Passage) -> str:
        return self.document.text[at.start : at.end]

    def sentence(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)


def _page(document: Document, reading: Reading) -> _Page:
    starts = [s.start for s in reading.sentences]
    propositions: dict[int, list[Proposition]] = defaultdict(list)
    for proposition in sorted(reading.propositions, key=lambda p: p.predicate):
        propositions[bisect_right(starts, proposition.predicate.start) - 1].append(proposition)
    mentions: dict[int, list[Mention]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for mention in sorted(reading.mentions, key=lambda m: m.passage):
        mentions[bisect_right(starts, mention.passage.start) - 1].append(mention)
        if mention.named:
            said = document.text[mention.passage.start : mention.passage.end]
            names[mention.chain_id] |= name_words(said)
    frozen = {chain: frozenset(words) for chain, words in names.items()}
    vectors = [np.array(v, np.float32) / (float(np.linalg.norm(v)) or 1.0) for v in reading.vectors]
    return _Page(document, reading, starts, propositions, mentions, frozen, vectors)


def name_words(name: str) -> frozenset[str]:
    """The words of a name, without those that many names have."""
    words = (fold(word).removesuffix("'s").removesuffix("’s") for word in _WORD.findall(name))
    return frozenset(w for w in words if len(w) > 1 and w not in _COMMON_IN_NAMES)


def _event_mention(page: _Page, id_: str, at: Passage) -> EventMention:
    k = page.sentence(at.start)
    told = [
        p
        for p in page.propositions.get(k, ())
        if at.start <= p.predicate.start and p.predicate.end <= at.end
    ]
    proposition = told[-1] if told else None
    word = _head_word(page, at, proposition)
    lemma = _lemma(word, proposition)
    participants = _participants(page, k, proposition) if proposition else ()
    near = page.mentions.get(k, ())
    sentence = page.reading.sentences[k] if page.reading.sentences else at
    places = (page.names.get(m.chain_id, frozenset()) for m in near if m.kind is Kind.PLACE)
    others = (
        page.names.get(m.chain_id, frozenset())
        for m in near
        if m.kind in (Kind.PERSON, Kind.ORGANIZATION) or m.named
    )
    return EventMention(
        id=id_,
        passage=at,
        sentence=sentence,
        word=word,
        lemma=lemma,
        frame=frame_of(
            [w.casefold() for w in _WORD.findall(page.words(at))],
            word,
            lemma,
            _sense(proposition, participants),
        ),
        is_noun=proposition is None or _is_noun(word, proposition),
        sense=_sense(proposition, participants),
        kind=load_table("event_kinds").get(lemma),
        participants=participants,
        when=proposition.when if proposition else None,
        places=frozenset().union(*places),
        numbers=frozenset(_FIGURE.findall(page.words(sentence))),
        names_near=frozenset().union(*others),
        polarity=proposition.polarity if proposition else Polarity.POSITIVE,
        factuality=proposition.factuality if proposition else Factuality.HAPPENED,
        attribution_id=proposition.attribution_id if proposition else None,
        vector=page.vectors[k] if k < len(page.vectors) else np.zeros(1, np.float32),
    )


def _head_word(page: _Page, at: Passage, proposition: Proposition | None) -> str:
    if proposition is not None:
        said = page.words(proposition.predicate)
        return said.casefold()
    words: list[str] = [w.casefold() for w in _WORD.findall(page.words(at))]
    heads = [w for w in words if w not in _SMALL]
    return (heads or words or [page.words(at).casefold()])[-1]


def _lemma(word: str, proposition: Proposition | None) -> str:
    # What was read of a verb knows its particle; of a noun, the lists here know more.
    if proposition is not None and "_" in proposition.lemma:
        return proposition.lemma
    return verb_of(word)


def _sense(proposition: Proposition | None, participants: Sequence[Participation]) -> str | None:
    """The sense read, but that who is fired is dismissed, for which the encoder has no sense."""
    if proposition is None or proposition.sense != "fire.01":
        return proposition.sense if proposition else None
    whom = {p.kind for p in participants if p.role == "ARG1"}
    return "fire.02" if whom & {Kind.PERSON, Kind.ORGANIZATION} else "fire.01"


def _is_noun(word: str, proposition: Proposition) -> bool:
    return word not in (proposition.lemma, f"{proposition.lemma}s") and not word.endswith("ed")


def _participants(page: _Page, k: int, proposition: Proposition) -> tuple[Participation, ...]:
    found = []
    for argument in proposition.arguments:
        if argument.role.startswith("ARGM"):
            continue
        within = argument.passage
        mention = next(
            (
                m
                for m in page.mentions.get(k, ())
                if m.chain_id == argument.chain_id
                and within.start <= m.passage.start
                and m.passage.end <= within.end
            ),
            None,
        )
        head = page.words(mention.head) if mention else _noun(page.words(within))
        found.append(
            Participation(
                role=argument.role,
                head=singular(fold(head)),
                names=page.names.get(argument.chain_id or "", frozenset()),
                chain_id=argument.chain_id,
                kind=mention.kind if mention else None,
            )
        )
    return tuple(found)


def _noun(phrase: str) -> str:
    """The last word before the first that hangs something on: "the driver of a bus"."""
    words: list[str] = [w.casefold() for w in _WORD.findall(phrase)]
    while words and words[0] in _SMALL:
        words = words[1:]
    end = next((i for i, w in enumerate(words) if w in _SMALL), len(words))
    return words[end - 1] if end else ""
