"""What one document calls by name, ready to be compared with what the others call so."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.lexicon import load_words
from consilience.records import Document, Kind, Mention, Reading
from consilience.resolve.hard_facts import NOTHING_SAID, Facts, hard_facts
from consilience.wording import unhidden

_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d"})
_SPACE = re.compile(r"\s+")
_ADDRESS = re.compile(r"\b([^\W\d_]+)\.?\s$")
_ADDRESS_CHARS = 12
_NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)?")
RESOLVED = (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE)


def fold(text: str) -> str:
    """The text in small letters without accents, spaces single.

    >>> fold("Łukasz  Müller")
    'lukasz muller'
    """
    if text.isascii():
        return _SPACE.sub(" ", text.casefold()).strip()
    spread = unicodedata.normalize("NFKD", unhidden(text).casefold().translate(_SPECIAL))
    return _SPACE.sub(" ", "".join(c for c in spread if not unicodedata.combining(c))).strip()


@dataclass(frozen=True, slots=True)
class Chain:
    """The mentions of one thing in one document, at least one of them by name.

    `forms` are the distinct names as written, first seen first; `said_at` says for each named
    mention where it starts and in which sentence.
    """

    key: str
    document_id: str
    kind: Kind
    forms: tuple[str, ...]
    mentions: tuple[Mention, ...]
    titles: tuple[str, ...]
    said_at: tuple[tuple[int, int], ...]
    facts: Facts = NOTHING_SAID

    @property
    def start(self) -> int:
        return self.said_at[0][0]


def chain_key(document_id: str, chain_id: str) -> str:
    return f"{document_id}:{chain_id}"


def chains(documents: Sequence[Document], readings: Mapping[str, Reading]) -> tuple[Chain, ...]:
    """The named chains of all documents, by document id and place; readings keyed by document."""
    return tuple(
        chain
        for document in sorted(documents, key=lambda d: d.id)
        if document.id in readings
        for chain in _of_document(document, readings[document.id])
    )


def surface(document: Document, mention: Mention) -> str:
    return _SPACE.sub(" ", document.text[mention.passage.start : mention.passage.end]).strip()


def name_proper(form: str) -> str:
    """The form from its first word with a capital on: a tagger takes in "tycoon", "near".

    >>> name_proper("tycoon Anna Lind"), name_proper("4th Battalion")
    ('Anna Lind', '4th Battalion')
    """
    words = form.split(" ")
    first = next((i for i, word in enumerate(words) if any(c.isupper() for c in word)), 0)
    if first and _NUMBERED.fullmatch(words[first - 1]):
        first -= 1
    return " ".join(words[first:])


def sentence_at(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _titles(document: Document, mention: Mention) -> Iterator[str]:
    """The office a name is given and the form of address before it, folded."""
    if mention.title:
        yield fold(mention.title)
    start = mention.passage.start
    before = _ADDRESS.search(document.text[max(0, start - _ADDRESS_CHARS) : start])
    if before and fold(before[1]) in load_words("honorifics") and mention.kind is Kind.PERSON:
        yield fold(before[1])


def _of_document(document: Document, reading: Reading) -> list[Chain]:
    starts = [sentence.start for sentence in reading.sentences]
    grouped: dict[str, list[Mention]] = {}
    for mention in sorted(reading.mentions, key=lambda m: (m.passage, m.id)):
        grouped.setdefault(mention.chain_id, []).append(mention)
    found = []
    for chain_id, mentions in grouped.items():
        named = [m for m in mentions if m.named and m.kind in RESOLVED and surface(document, m)]
        if not named:
            continue
        kinds = Counter(m.kind for m in named)
        kind = max(kinds, key=lambda k: (kinds[k], k))
        found.append(
            Chain(
                key=chain_key(document.id, chain_id),
                document_id=document.id,
                kind=kind,
                forms=tuple(dict.fromkeys(name_proper(surface(document, m)) for m in named)),
                mentions=tuple(mentions),
                titles=tuple(dict.fromkeys(t for m in named for t in _titles(document, m))),
                said_at=tuple(
                    (m.passage.start, sentence_at(starts, m.passage.start)) for m in named
                ),
                facts=hard_facts(document, mentions) if kind is Kind.PERSON else NOTHING_SAID,
            )
        )
    return sorted(found, key=lambda c: (c.start, c.key))
