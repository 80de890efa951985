"""The full texts as a page holds them: each passage is one small link where it begins.

A link says by `data-n` how long its passage is, in UTF-16 units as a browser counts them, so that
every passage stands on the page once, however many of them overlap; and by `data-by` which of the
document's speakers is heard in it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from consilience.records import Document, Dossier, PartKind, Passage
from consilience.tell.evidence import Segment, by_document, segments
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import say_dated
from consilience.wording import label, printable

Who = Mapping[Passage, str]


def full_texts(
    dossier: Dossier,
    book: Lookup,
    ids: Mapping[Passage, str],
    speakers: Who,
    n_notes: int,
) -> list[dict[str, Any]]:
    """Of the passages the first `n_notes` lead to their notes."""
    cited = by_document(ids)
    places = {origin.id: n for n, origin in enumerate(dossier.origins, start=1)}
    return [
        {
            "document": document,
            "label": label(document),
            "title": document.title if document.source else None,
            "dated": say_dated(document),
            "origin": places.get(book.origin_ids.get(document.id, "")),
            "speakers": json.dumps(names, ensure_ascii=False) if names else None,
            "words": _words(document, held, names, speakers, n_notes),
        }
        for document in dossier.documents
        for held in [cited.get(document.id, [])]
        for names in [_names(held, speakers)]
    ]


def _names(held: Iterable[tuple[Passage, str]], who: Who) -> list[str]:
    """All who speak in a document, each once."""
    return list(dict.fromkeys(who[passage] for passage, _ in held if passage in who))


def shown_words(text: str) -> str:
    """Outside words without what a browser would obey: controls and marks of direction."""
    if text.isprintable():
        return text
    return "\n".join(printable(line) for line in text.replace("\t", " ").split("\n"))


def _words(
    document: Document, held: Sequence[tuple[Passage, str]], names: Sequence[str], who: Who, n: int
) -> Markup:
    links = {
        passage_id: _link(document, passage, passage_id, who.get(passage), names, n)
        for passage, passage_id in held
    }
    return Markup("".join(_pieces(segments(document, held), links)))  # noqa: S704  escaped there


def _link(
    document: Document,
    passage: Passage,
    passage_id: str,
    speaker: str | None,
    names: Sequence[str],
    n_notes: int,
) -> str:
    words = shown_words(document.text[passage.start : passage.end])
    length, n = len(words.encode("utf-16-le")) // 2, passage_id[1:]
    # To a passage without a note only a script has something to show.
    to = f" href=#n{n}" if int(n) <= n_notes else ""
    by = f" data-by={names.index(speaker)}" if speaker is not None else ""
    return f"<a id={passage_id}{to} data-n={length}{by}>{n}</a>"


def _pieces(cut: Iterable[Segment], links: Mapping[str, str]) -> Iterator[str]:
    kind, is_cited = PartKind.BODY, False
    for segment in cut:
        is_of_other_kind = segment.kind is not kind
        if is_cited and (is_of_other_kind or not segment.cited):
            yield "</mark>"
            is_cited = False
        if is_of_other_kind:
            if kind is not PartKind.BODY:
                yield "</span>"
            if segment.kind is not PartKind.BODY:
                yield f'<span class="{segment.kind}">'
            kind = segment.kind
        yield from (links[passage_id] for passage_id in segment.opens)
        if segment.cited and not is_cited:
            yield "<mark>"
            is_cited = True
        words = escape(shown_words(segment.text))
        if segment.was is not None:
            yield f'<ins title="stood as {escape(shown_words(segment.was))}">{words}</ins>'
        else:
            yield words
    if is_cited:
        yield "</mark>"
    if kind is not PartKind.BODY:
        yield "</span>"
