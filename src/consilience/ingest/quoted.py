"""Blocks that an article takes over from somebody else."""

import re
from typing import NamedTuple

from consilience.ingest.blocks import Block
from consilience.ingest.stamps import parse_stamp
from consilience.outlets import outlet_name, sounds_like_outlet
from consilience.records import When

_WHO = r"(?P<who>(?:The |the )?[^\W\d_a-z][\w.&'’-]{0,25}(?:\s[\w.&'’-]{1,25}){0,4}?)"
_INTRODUCES = (
    re.compile(
        rf"(?:As |And |But )?{_WHO}(?:,? (?:also|further|additionally|has|had|previously|then))?"
        r" (?:reports?|reported|writes?|wrote|notes?|noted|adds?|added|explains?|explained|"
        r"continues?|"
        r"continued|details?|detailed|summari[sz]es?|relates?|says?|said|states?|stated)\b.{0,300}:"
    ),
    re.compile(
        rf".{{0,200}}\b(?:[Aa]ccording to|[Ff]rom|[Vv]ia|as reported by|report by) {_WHO}"
        r"(?:,[^:]{0,150})?:"
    ),
    re.compile(rf"{_WHO}:"),
)
_WRITTEN = re.compile(
    r".{0,300}\b(?:wrote|writes|reads|statement|letter|e-?mail|message)\b.{0,80}:",
    re.IGNORECASE,
)
_QUOTED_LINE = re.compile(r">(?!>)|>>.{0,600}[.!?][\"”’]?\Z", re.DOTALL)
_TWEET = re.compile(
    r".{0,600}[—–-]\s?(?P<who>[^—–\n]{1,60}?)\s\(@\w{1,20}\)\s(?P<date>\w{3,9} \d{1,2}, \d{4})"
)
_OPEN_QUOTE = "\"“‘'«„"
_LINE_MAX_CHARS = 700


class Taken(NamedTuple):
    """A paragraph in somebody else's words; `author` None where nobody is named."""

    block: int
    author: str | None
    published: When | None = None


def quoted_among(blocks: list[Block], *, is_open: list[bool], is_marked: list[bool]) -> list[Taken]:
    """The paragraphs taken over from others, in order; only those in `is_open` are in question.

    Those that the markup quotes (`is_marked`) are quoted from whoever was announced before them.

    An outlet introduced by name ("Bramley Post reports ...:") speaks until a heading, until it
    is named again, or to the end; a statement introduced without quotation marks is one
    paragraph. Lines that begin with `>` are quoted wherever they stand.
    """
    taken: list[Taken] = []
    speaker: str | None = None
    n_left = 0
    for i, block in enumerate(blocks):
        if is_marked[i]:
            taken.append(Taken(i, speaker))
            n_left = 0
            continue
        if not is_open[i]:
            if not block.text.endswith(":"):
                speaker, n_left = None, 0
            continue
        if _QUOTED_LINE.match(block.text):
            taken.append(Taken(i, None))
            continue
        tweet = _tweet(block)
        if tweet is not None:
            taken.append(tweet._replace(block=i))
            continue
        outlet = introduced_outlet(block.text)
        if outlet is not None:
            speaker, n_left = outlet, len(blocks)
            continue
        if n_left and speaker is not None and _names(block.text, speaker):
            n_left = 0
        if n_left:
            taken.append(Taken(i, speaker))
            n_left -= 1
            continue
        speaker = None
        n_left = int(_introduces_writing(blocks, i))
    return taken


def introduced_outlet(text: str) -> str | None:
    """The outlet that a paragraph ending in a colon announces, None if it announces none."""
    if not text.endswith(":") or len(text) > _LINE_MAX_CHARS:
        return None
    last = max(text.rfind(". "), text.rfind("? "), text.rfind("! ")) + 1
    for candidate in (text, text[last:].strip()):
        for pattern in _INTRODUCES:
            found = pattern.fullmatch(candidate)
            if found is not None and sounds_like_outlet(found["who"]):
                return outlet_name(found["who"].strip())
    return None


def _introduces_writing(blocks: list[Block], i: int) -> bool:
    if len(blocks[i].text) > _LINE_MAX_CHARS or i + 1 >= len(blocks):
        return False
    follower = blocks[i + 1]
    return (
        _WRITTEN.fullmatch(blocks[i].text) is not None
        and follower.text[0] not in _OPEN_QUOTE
        and follower.ends_sentence
        and follower.n_words >= 8
    )


def _tweet(block: Block) -> Taken | None:
    if len(block.text) > _LINE_MAX_CHARS:
        return None
    found = _TWEET.fullmatch(block.text)
    return None if found is None else Taken(0, found["who"].strip(), parse_stamp(found["date"]))


def _names(text: str, outlet: str) -> bool:
    return re.search(rf"\b{re.escape(outlet)}\b", text) is not None
