"""Words of a document as a page shows them: in their context, with what was looked for marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience.records import Passage
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import say_dated
from consilience.web.pages.render import in_address
from consilience.wording import fold, label

# About a line of context on either side.
_CONTEXT_CHARS = 90
_WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r"(-?)([^\W_]+)(\*?)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of a text; marked where it is what was looked for."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage with what stands around it, the document it is in, and where to read it there."""

    source: str
    dated: str
    address: str
    before: str
    stretches: tuple[Stretch, ...]
    after: str


def quoted(passage: Passage, book: Lookup, wanted: frozenset[str] = frozenset()) -> Quoted:
    document = book.documents[passage.document_id]
    text = document.text
    first = max(0, passage.start - _CONTEXT_CHARS)
    last = min(len(text), passage.end + _CONTEXT_CHARS)
    before, after = text[first : passage.start], text[passage.end : last]
    if first > 0:
        before = f"… {before.partition(' ')[2]}"
    if last < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return Quoted(
        source=label(document),
        dated=say_dated(document),
        address=address(passage),
        before=before.rpartition("\n")[2].lstrip(),
        stretches=tuple(marked(text[passage.start : passage.end], wanted)),
        after=after.partition("\n")[0].rstrip(),
    )


def address(passage: Passage) -> str:
    """Where the passage is read in its document."""
    document = in_address(passage.document_id)
    return f"/documents/{document}?start={passage.start}&end={passage.end}#here"


def wanted_words(query: str) -> frozenset[str]:
    """What a query asks for, folded; a word that may go on ends in *."""
    asked = _ASKED.findall(fold(query))
    return frozenset(f"{word}{star}" for minus, word, star in asked if not minus)


def marked(text: str, wanted: frozenset[str]) -> Iterator[Stretch]:
    """The text cut at the words that were looked for, small letters and accents being alike."""
    beginnings = tuple(word[:-1] for word in wanted if word.endswith("*"))
    at = 0
    for found in _WORD.finditer(text):
        word = fold(found[0])
        if word in wanted or word.startswith(beginnings):
            if at < found.start():
                yield Stretch(text[at : found.start()], is_marked=False)
            yield Stretch(found[0], is_marked=True)
            at = found.end()
    if at < len(text):
        yield Stretch(text[at:], is_marked=False)


def quoted_each(passages: Sequence[Passage], book: Lookup, most: int) -> list[Quoted]:
    return [quoted(passage, book) for passage in passages[:most]]
