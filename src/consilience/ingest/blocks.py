"""The paragraphs of a text, whether they end at a line or at an empty line."""

import re
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…]['\"’”»)\]]{0,3}\Z")
# Of the lines that another follows at once: pages have nearly none, wrapped mails most.
_WRAPPED_SHARE = 0.5
_WRAPPED_MAX_CHARS = 100


class Block(NamedTuple):
    """A paragraph: `text` stands at `start:end`; `group` counts the empty lines before it."""

    start: int
    end: int
    text: str
    group: int

    @property
    def n_words(self) -> int:
        return len(self.text.split())

    @property
    def ends_sentence(self) -> bool:
        return _SENTENCE_END.search(self.text) is not None


def blocks_of(text: str) -> list[Block]:
    """The paragraphs in order, stripped: the lines, or in hard-wrapped text the groups of lines."""
    lines = _lines(text)
    return _unwrapped(text, lines) if _is_wrapped(lines) else lines


def _lines(text: str) -> list[Block]:
    blocks: list[Block] = []
    group = 0
    last_end = 0
    for found in _LINE.finditer(text):
        words = found[0].strip()
        if not words:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        if blocks and text.count("\n", last_end, start) > 1:
            group += 1
        last_end = start + len(words)
        blocks.append(Block(start, last_end, words, group))
    return blocks


def _is_wrapped(lines: list[Block]) -> bool:
    """Whether lines break inside sentences: the next one goes on in small letters.

    In a text all in capitals any line that ends no sentence is broken.
    """
    inner = [(a, b) for a, b in pairwise(lines) if a.group == b.group and a.n_words > 3]
    is_upper = not any(char.islower() for line in lines for char in line.text)
    broken = sum((is_upper or b.text[0].islower()) and not a.ends_sentence for a, b in inner)
    longest = max((len(line.text) for line in lines), default=0)
    return broken >= 2 and broken >= len(inner) * _WRAPPED_SHARE and longest <= _WRAPPED_MAX_CHARS


def _unwrapped(text: str, lines: list[Block]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if blocks and blocks[-1].group == line.group:
            start = blocks[-1].start
            blocks[-1] = Block(start, line.end, "", line.group)
        else:
            blocks.append(line)
    return [Block(b.start, b.end, text[b.start : b.end], b.group) for b in blocks]
