"""Bytes to documents: one at a time, with nothing known of the others."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from consilience.errors import InputError
from consilience.ingest.document import Given, document_of
from consilience.ingest.inputs import STAGE, Raw, list_inputs
from consilience.ingest.text import decode
from consilience.records import Document, Failure

__all__ = ["Raw", "ingest", "ingest_raw", "list_inputs"]


def ingest(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Document | Failure]:
    """Every document of the inputs, in their order, and a Failure for each that cannot be used.

    Ids are unique: a second document under an id that was given before is a Failure.
    """
    seen: set[str] = set()
    for raw in list_inputs(inputs, stdin=stdin):
        for found in (raw,) if isinstance(raw, Failure) else ingest_raw(raw):
            if isinstance(found, Document):
                if found.id in seen:
                    error = f"{found.name}: id {found.id} is taken; give every document its own"
                    yield Failure(found.name, STAGE, error)
                    continue
                seen.add(found.id)
            yield found


def ingest_raw(raw: Raw) -> tuple[Document | Failure, ...]:
    """The documents of one input: one, or one for each line of JSON Lines."""
    try:
        return _READERS[raw.suffix](raw)
    except InputError as error:
        return (Failure(raw.name, STAGE, str(error)),)


def _from_text(raw: Raw) -> tuple[Document | Failure, ...]:
    decoded = decode(raw.data, raw.name)
    document = document_of(
        decoded.text, Given(), name=raw.name, sha256=raw.sha256, guessed=decoded.guessed
    )
    return (document,)


_READERS = {".txt": _from_text, ".md": _from_text}
