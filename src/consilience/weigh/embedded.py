"""What a page lays at another outlet's door, and which origin stands behind that door."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.outlets import known_outlet
from consilience.records import (
    Attribution,
    Document,
    Embedded,
    EmbeddedKind,
    Origin,
    PartKind,
    Passage,
    Reading,
    content_id,
)
from consilience.weigh.namings import Naming, find_namings, outlet_key, own_keys
from consilience.weigh.origins import first_published
from consilience.weigh.passages import Stretches, stretches

_WHOLE = (EmbeddedKind.AGENCY, EmbeddedKind.CREDIT)
# Between the words that say it and the name of whom it was said to ("told the").
_CUE_GAP_CHARS = 6
# How far above a quoted block its outlet may be named.
_BLOCK_GAP_CHARS = 700
_ADDRESS = re.compile(r"https?://[^\s\"'<>)\]]{4,300}")
_QUOTED = re.compile(r"[\"“«„][^\"”»“\n]{12,}[\"”»“]|(?:^|\n)>[^\n]+")


def find_embedded(
    documents: Sequence[Document], readings: Mapping[str, Reading], origins: Sequence[Origin]
) -> tuple[Embedded, ...]:
    """Passages that rest on another outlet's report, in the order of documents and text."""
    doors = _doors(documents, origins)
    outlets = frozenset(doors)
    found = []
    for document in documents:
        reading = readings.get(document.id)
        namings = find_namings(document, reading, outlets)
        passages: dict[Passage, tuple[Naming, EmbeddedKind]] = {}
        for passage, naming, kind in (
            *_blocks(document, namings),
            *_named(document, reading, namings),
            *_posted(document),
        ):
            passages.setdefault(passage, (naming, kind))
        for passage, (naming, kind) in sorted(passages.items(), key=lambda item: item[0]):
            key = outlet_key(naming.source)
            origin_id = doors.get(key) or content_id("origin", "outlet", key)
            found.append(Embedded(passage, naming.passage, naming.source, kind, origin_id))
    return tuple(found)


def _doors(documents: Sequence[Document], origins: Sequence[Origin]) -> dict[str, str]:
    """By each name of an outlet the origin of its first page."""
    by_document = {d: o.id for o in origins for d in o.document_ids}
    doors: dict[str, str] = {}
    for document in sorted(documents, key=first_published):
        for key in own_keys(document):
            doors.setdefault(key, by_document[document.id])
    return doors


Found = tuple[Passage, Naming, EmbeddedKind]


def _named(
    document: Document, reading: Reading | None, namings: Sequence[Naming]
) -> Iterator[Found]:
    """What is said to be an outlet's, as far as what it is said of reaches."""
    whole = {n.source: n for n in reversed(namings) if n.kind in _WHOLE}
    said = None if reading is None else _laid_out(reading)
    for naming in namings:
        if naming.kind in _WHOLE:
            # A page of two agencies is neither's.
            if len(whole) == 1 and whole[naming.source] is naming:
                yield _trimmed(document, 0, len(document.text)), naming, naming.kind
        elif naming.kind is EmbeddedKind.MATERIAL:
            yield _line(document, naming.passage), naming, naming.kind
        else:
            yield _reach(document, said, naming), naming, naming.kind


def _trimmed(document: Document, start: int, end: int) -> Passage:
    text = document.text[start:end]
    blank = len(text) - len(text.lstrip())
    return Passage(document.id, start + blank, start + len(text.rstrip()))


def _line(document: Document, inside: Passage) -> Passage:
    start = document.text.rfind("\n", 0, inside.start) + 1
    end = document.text.find("\n", inside.end)
    return _trimmed(document, start, len(document.text) if end < 0 else end)


@dataclass(frozen=True, slots=True)
class _Said:
    """The attributions of a page by the words for who says it and for saying, and its sentences."""

    by_source: Stretches[Attribution]
    by_cue: Stretches[Attribution]
    sentences: Stretches[Passage]


def _laid_out(reading: Reading) -> _Said:
    return _Said(
        stretches((p, a) for a in reading.attributions for p in a.source),
        stretches((p, a) for a in reading.attributions for p in a.cue),
        stretches((p, p) for p in reading.sentences),
    )


def _reach(document: Document, laid_out: _Said | None, naming: Naming) -> Passage:
    """From the name to all that is attributed to it, else the sentence."""
    name = naming.passage
    if laid_out is None:
        return _line(document, name)
    before = laid_out.by_cue.over(name.start - _CUE_GAP_CHARS - 1, name.start)
    saying = [
        *laid_out.by_source.over(name.start, name.end),
        *(a for a in before if any(0 <= name.start - p.end <= _CUE_GAP_CHARS for p in a.cue)),
    ]
    said = [passage for a in saying for passage in (*a.source, *a.cue, *a.content)]
    if not said:
        around = laid_out.sentences.over(name.start, name.end)
        said = [p for p in around if p.start <= name.start and name.end <= p.end]
    ends = [name, *said]
    return Passage(document.id, min(p.start for p in ends), max(p.end for p in ends))


def _blocks(document: Document, namings: Sequence[Naming]) -> Iterator[Found]:
    """Blocks quoted from an outlet, with the sentence above that names it."""
    for part in document.parts:
        if part.kind is not PartKind.QUOTED or part.author is None:
            continue
        key = outlet_key(part.author)
        above = [
            n for n in namings
            if outlet_key(n.source) == key
            and 0 <= part.passage.start - n.passage.end <= _BLOCK_GAP_CHARS
        ]  # fmt: skip
        if above:
            naming = above[-1]
            start = naming.passage.start
            yield _trimmed(document, start, part.passage.end), naming, EmbeddedKind.BLOCK


def _posted(document: Document) -> Iterator[Found]:
    """Comments that quote what stands behind an outlet's address."""
    for part in document.parts:
        if part.kind is not PartKind.COMMENT:
            continue
        inside = part.passage
        quoted = _QUOTED.search(document.text, inside.start, inside.end)
        for address in _ADDRESS.finditer(document.text, inside.start, inside.end):
            source = known_outlet(address[0])
            if quoted is None or source is None:
                continue
            start, end = min(quoted.start(), address.start()), max(quoted.end(), address.end())
            named = Passage(document.id, *address.span())
            naming = Naming(named, source, EmbeddedKind.POSTED)
            yield _trimmed(document, start, end), naming, EmbeddedKind.POSTED
            break
