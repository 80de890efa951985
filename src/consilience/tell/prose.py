"""A sentence of ours as it is put together: stretches of words, each with what it rests on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from consilience.records import Cited, Document, Passage, Sentence
from consilience.wording import label

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Full:
    """Who a short name stands for: its entity, the name in full, and where that is read."""

    entity_id: str
    name: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that rest on `passages`; without any they only join others."""

    text: str
    passages: tuple[Passage, ...] = ()
    full: Full | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence before its place in the account is known."""

    stretches: tuple[Stretch, ...]
    finding_ids: tuple[str, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(sorted({p for s in self.stretches for p in s.passages}))

    @property
    def words(self) -> str:
        """What it says by its passages, without whose it is."""
        return "".join(s.text for s in self.stretches if s.passages)


def outlet(document: Document) -> str:
    """What a sentence calls a document.

    >>> from consilience.records import Document
    >>> page = Document(
    ...     id="d", name="03.txt", source=None, title=None, url=None, author=None, published=None,
    ...     published_basis=None, updated=None, language="en", text="", sha256="", parts=(),
    ...     repairs=())
    >>> outlet(page), outlet(replace(page, title="Dam breaks"))
    ('the document 03.txt', 'the report “Dam breaks”')
    """
    if document.source:
        return document.source
    return f"the report {label(document)}" if document.title else f"the document {label(document)}"


def written(paragraphs: Iterable[Sequence[Draft]]) -> tuple[Sentence, ...]:
    """The sentences of an account: nobody's name is short before it was given in full, and
    nothing is said twice."""
    named: set[str] = set()
    told: set[str] = set()
    sentences: list[Sentence] = []
    n_paragraphs = 0
    for drafts in paragraphs:
        before = len(sentences)
        for draft in drafts:
            sentence = _sentence(draft, n_paragraphs, named)
            if sentence.text not in told:
                told.add(sentence.text)
                sentences.append(sentence)
        n_paragraphs += len(sentences) > before
    return tuple(sentences)


def _sentence(draft: Draft, paragraph: int, named: set[str]) -> Sentence:
    stretches = [_named(stretch, named) for stretch in draft.stretches]
    whole = "".join(s.text for s in stretches)
    text, cited, at = "", [], 0
    for stretch in stretches:
        text += stretch.text
        if stretch.passages and stretch.text.strip():
            start = at + len(stretch.text) - len(stretch.text.lstrip())
            cited.append(Cited(start, at + len(stretch.text.rstrip()), stretch.passages))
        at = len(text)
    assert text == whole
    passages = {p for c in cited for p in c.passages}
    return Sentence(
        text=text,
        passages=tuple(sorted(passages)),
        finding_ids=draft.finding_ids,
        cited=tuple(_joined(cited, text)),
        paragraph=paragraph,
    )


def _named(stretch: Stretch, named: set[str]) -> Stretch:
    if stretch.full is None:
        return stretch
    is_known = stretch.full.entity_id in named
    named.add(stretch.full.entity_id)
    if is_known:
        return stretch
    passages = tuple(sorted({*stretch.passages, *stretch.full.passages}))
    return Stretch(stretch.full.name, passages)


def _joined(cited: Sequence[Cited], text: str) -> Iterable[Cited]:
    """Neighbours on the same passages as one; a comma rests on what the words before it do."""
    held: Cited | None = None
    for one in cited:
        if held is None:
            held = one
            continue
        until = one.start if one.passages == held.passages else one.end
        if set(one.passages) <= set(held.passages) and not _WORD.search(text, held.end, until):
            held = replace(held, end=one.end)
        else:
            yield held
            held = one
    if held is not None:
        yield held
