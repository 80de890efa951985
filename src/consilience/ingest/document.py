"""Put a Document together from its characters and what is said of it from outside."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.errors import InputError
from consilience.ingest.language import language_of
from consilience.ingest.masthead import same_title
from consilience.ingest.normal import printed
from consilience.ingest.parts import Cut, Layout, layout_of
from consilience.ingest.prose import unprosed
from consilience.ingest.repair import repair
from consilience.ingest.unread import find_unread
from consilience.outlets import outlet_name, self_reference, source_of_address
from consilience.records import (
    DateBasis,
    Document,
    Part,
    PartKind,
    Passage,
    Repair,
    When,
    content_id,
)

_ID_DIGITS = 12  # 48 bits: two of a million documents collide once in 500 such cases
_TITLE_BLOCKS_CHARS = 1_000
_PROSE_CHARS = 100_000


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a document outside its text; `basis` is where `published` comes from."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: When | None = None
    basis: DateBasis = DateBasis.GIVEN
    updated: When | None = None
    retrieved: When | None = None
    language: str | None = None


def document_id(name: str, sha256: str) -> str:
    """A short id that depends on the name and the bytes alone."""
    return content_id("document", name, sha256).removeprefix("document-")[:_ID_DIGITS]


def document_of(
    text: str,
    given: Given,
    *,
    name: str,
    sha256: str,
    guessed: Sequence[tuple[int, int, int]] = (),
    kinds: Mapping[int, PartKind] | None = None,
) -> Document:
    """The document, its encoding mended and its text cut into parts.

    A title given and not standing at the top of the text is put there, as a paragraph of its
    own: offsets count the text with it. Of two answers to one question the one given from
    outside wins, then the page's own metadata, then what the text says.

    Args:
        kinds: kinds that the markup gave, by the number of the paragraph; `\\n\\n` divides them.

    Raises:
        InputError: the text has no words.
    """
    text = text.rstrip()
    if not text.strip():
        raise InputError(f"{name}: no text in it; give a document with words")
    title = None if given.title is None else _mended_title(given.title)
    if title and not _has_title(text, title):
        text = f"{title}\n\n{text}"
        guessed = [(a + len(title) + 2, b + len(title) + 2, n) for a, b, n in guessed]
        kinds = {0: PartKind.HEADLINE} | {i + 1: kind for i, kind in (kinds or {}).items()}
    mended, repairs = repair(text, guessed)
    layout = layout_of(mended, title=title or None, marked=_offsets(mended, kinds or {}))
    return _document(mended, repairs, layout, replace(given, title=title or None), name, sha256)


def document_of_title(given: Given, *, name: str, sha256: str) -> Document:
    """The document of a page whose title alone is known, or not even that: its text is empty."""
    title = "" if given.title is None else _mended_title(given.title)
    if title:
        return document_of(title, given, name=name, sha256=sha256)
    return _document("", (), layout_of(""), given, name, sha256)


def _mended_title(title: str) -> str:
    return repair(" ".join(title.split()))[0]


def _has_title(text: str, title: str) -> bool:
    mended = repair(text[:_TITLE_BLOCKS_CHARS])[0]
    return any(same_title(line, title) for line in mended.split("\n")[:12])


def _offsets(text: str, kinds: Mapping[int, PartKind]) -> dict[int, PartKind]:
    offsets: dict[int, PartKind] = {}
    at = 0
    for i, paragraph in enumerate(text.split("\n\n")):
        if i in kinds:
            offsets[at + len(paragraph) - len(paragraph.lstrip())] = kinds[i]
        at += len(paragraph) + 2
    return offsets


def _document(
    text: str,
    repairs: tuple[Repair, ...],
    layout: Layout,
    given: Given,
    name: str,
    sha256: str,
) -> Document:
    own_id = given.id or document_id(name, sha256)
    given = _printed(given)
    body = _text_of(text, layout.cuts, PartKind.BODY) or text
    language = _subtag(given.language) or _language(body, text)
    published, basis = given.published, given.basis
    if published is None:
        published, basis = layout.published, DateBasis.TEXT
    return Document(
        id=own_id,
        name=name,
        source=_source(given, layout, text),
        title=given.title or _text_of(text, layout.cuts[:_TITLE_PARTS], PartKind.HEADLINE, n=1),
        url=given.url,
        author=given.author or layout.author,
        published=published,
        published_basis=None if published is None else basis,
        updated=given.updated or layout.updated,
        retrieved=given.retrieved,
        language=language,
        text=text,
        sha256=sha256,
        parts=tuple(_part(cut, own_id) for cut in layout.cuts),
        repairs=repairs,
        unread=find_unread(own_id, text, language),
    )


def _printed(given: Given) -> Given:
    source, author, url = (
        None if words is None else printed(words)
        for words in (given.source, given.author, given.url)
    )
    return replace(given, source=source, author=author, url=url)


def _subtag(tag: str | None) -> str | None:
    """The language of a tag like "en-GB"."""
    return tag and re.split(r"[-_]", tag.strip().lower())[0]


def _language(body: str, text: str) -> str:
    """The language of the prose of the body, or else of the whole text."""
    found = language_of(_prose(body))
    return language_of(_prose(text)) if found == "und" else found


def _prose(text: str) -> str:
    """The prose at the top, more of it than the language of a text is told from."""
    text = text[:_PROSE_CHARS]
    pieces, at = [], 0
    for start, end in unprosed(text):
        pieces.append(text[at:start])
        at = end
    return "".join([*pieces, text[at:]])


_TITLE_PARTS = 6  # a headline further down is a heading inside the text


def _part(cut: Cut, own_id: str) -> Part:
    return Part(Passage(own_id, cut.start, cut.end), cut.kind, cut.author, cut.published)


def _text_of(text: str, cuts: Sequence[Cut], kind: PartKind, *, n: int | None = None) -> str | None:
    found = [text[cut.start : cut.end] for cut in cuts if cut.kind is kind]
    return "\n".join(found[:n]) or None


def _source(given: Given, layout: Layout, text: str) -> str | None:
    if given.source:
        return source_of_address(given.source) or given.source
    from_url = None if given.url is None else source_of_address(given.url)
    from_byline = None
    if layout.outlet is not None:
        from_byline = outlet_name(layout.outlet)
    return from_url or from_byline or self_reference(text) or layout.agency or layout.holder
