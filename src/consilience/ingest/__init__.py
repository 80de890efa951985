"""Bytes to documents: one at a time, with nothing known of the others."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from consilience.ingest.held import begin
from consilience.ingest.inputs import STAGE, Fetch, Raw, list_inputs, may_hold_pages
from consilience.ingest.opened import documents_of, documents_of_line
from consilience.ingest.stream import StreamLine, list_lines
from consilience.records import Document, Failure

__all__ = ["Raw", "expect", "ingest", "ingest_json", "ingest_raw", "ingest_stream", "list_inputs"]


def ingest(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Document | Failure]:
    """Every document of the inputs, in their order, and a Failure for each that cannot be used.

    Ids are unique: a second document under an id that was given before is a Failure.
    """
    seen: set[str] = set()
    for raw in list_inputs(inputs, stdin=stdin, fetch=fetch):
        found = (raw,) if isinstance(raw, Failure) else ingest_raw(raw)
        yield from _unique(found, seen)


def expect(inputs: Iterable[str | Path]) -> None:
    """Where pages of HTML are among the inputs, the process that opens them begins right away.

    It takes a while, in which there may be other things to do.
    """
    if any(map(may_hold_pages, inputs)):
        begin()


def ingest_stream(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Document | Failure]:
    """As `ingest`, for streams of any length: of JSON Lines one line is held at a time.

    A line without text is a document of its title, or of nothing. One given twice comes twice; only
    what else is said under its id is a Failure.
    """
    seen: dict[str, str] = {}
    for one in list_lines(inputs, stdin=stdin, fetch=fetch):
        for outcome in (one,) if isinstance(one, Failure) else ingest_one(one):
            if isinstance(outcome, Document):
                is_other = seen.setdefault(outcome.id, outcome.sha256) != outcome.sha256
                yield id_taken(outcome.id, outcome.name) if is_other else outcome
            else:
                yield outcome


def ingest_one(one: Raw | StreamLine) -> tuple[Document | Failure, ...]:
    """The documents of one piece of a stream; a line may be one of its title, or of nothing."""
    if isinstance(one, Raw):
        return ingest_raw(one)
    return tuple(documents_of_line(one.content, one.name, needs_text=False))


def ingest_raw(raw: Raw) -> tuple[Document | Failure, ...]:
    """The documents of one input: one, or one for each line, entry or attachment.

    Where not all of a document could be used a Failure of its name stands behind it.
    """
    found = tuple(_unique(documents_of(raw), set()))
    if raw.given.retrieved is None:
        return found
    return tuple(_retrieved(one, raw) if isinstance(one, Document) else one for one in found)


def _retrieved(document: Document, raw: Raw) -> Document:
    """Where it came from, unless it says so itself, as an entry of a feed does."""
    retrieved = document.retrieved or raw.given.retrieved
    return replace(document, url=document.url or raw.given.url, retrieved=retrieved)


def ingest_json(line: bytes, place: str) -> tuple[Document | Failure, ...]:
    """The document that one JSON object describes; `place` names it where it does not itself."""
    return tuple(documents_of_line(line, place))


def _unique(found: Iterable[Document | Failure], seen: set[str]) -> Iterator[Document | Failure]:
    for item in found:
        if isinstance(item, Document):
            if item.id in seen:
                yield id_taken(item.id, item.name)
                continue
            seen.add(item.id)
        yield item


def id_taken(document_id: str, name: str) -> Failure:
    why = f"{name}: id {document_id} is taken; give every document its own"
    return Failure(name, STAGE, why)
