"""The flow in three pure functions: a piece of a stream to documents with their sketches, sketches
to events (`consilience.group.Grouping`), an event to the line that tells it."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

import msgspec

from consilience.engine import LocalEngine
from consilience.errors import ConsilienceError, ModelError
from consilience.group import Sketch, sketch_of
from consilience.group.sketch import Line
from consilience.ingest import Raw, ingest_one
from consilience.ingest.stream import StreamLine
from consilience.ingest.stretches import Stretch, lines_of
from consilience.interchange import (
    document_from_json,
    document_to_json,
    dossier_to_json,
    dumps,
    loads,
)
from consilience.pipeline import tell_unkept
from consilience.read import Reader
from consilience.records import Document, Dossier, Failure
from consilience.shapes import JsonObject
from consilience.store import open_memory

STAGE = "batch"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A document as ingested and its sketch, both as bytes: they lie on disk, or travel."""

    id: str
    name: str
    sha256: str
    document: bytes
    sketch: bytes


Item = Raw | StreamLine | Stretch


def map_document(one: Item) -> tuple[Mapped | Failure, ...]:
    """The documents of one piece of a stream."""
    if isinstance(one, Stretch):
        return tuple(chain.from_iterable(map(_map_line, lines_of(one))))
    return tuple(
        outcome if isinstance(outcome, Failure) else _mapped(outcome) for outcome in ingest_one(one)
    )


def _map_line(line: StreamLine | Failure) -> tuple[Mapped | Failure, ...]:
    return (line,) if isinstance(line, Failure) else map_document(line)


def make_mapper() -> Callable[[Item], tuple[Mapped | Failure, ...]]:
    return map_document


def _mapped(document: Document) -> Mapped:
    return Mapped(
        id=document.id,
        name=document.name,
        sha256=document.sha256,
        document=dumps(document_to_json(document)).encode(),
        sketch=msgspec.msgpack.encode(sketch_of(document)),
    )


def sketch_from(content: bytes) -> Sketch:
    """A sketch whose words are held once, however many sketches hold them."""
    sketch = msgspec.msgpack.decode(content, type=Sketch)
    lines = (Line(_once(line.words), _once(line.names)) for line in sketch.lines)
    return replace(sketch, lines=tuple(lines))


def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(sys.intern, words))


# What an event is told of comes as values of three kinds, known by their first byte.
_DOCUMENT, _FAILED, _UNTOLD = b"d", b"f", b"u"


def document_value(document: bytes) -> bytes:
    return _DOCUMENT + document


def failed_value(failure: Failure) -> bytes:
    """A document of the event that is lost."""
    return _FAILED + dumps(failure_to_json(failure)).encode()


def untold_value(document_id: str, why: str) -> bytes:
    """A document of the event that is only named."""
    return _UNTOLD + dumps({"document": document_id, "why": why}).encode()


def failure_to_json(failure: Failure) -> JsonObject:
    return {"input": failure.name, "stage": failure.stage, "error": failure.error}


@dataclass(frozen=True, slots=True)
class TellerMaker:
    """`memory` is a file of this machine to keep sentences in, once they are read."""

    started: datetime
    memory: Path | None

    def __call__(self) -> "Teller":
        return Teller(self.started, self.memory, LocalEngine())


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells one event after another; its engine keeps the reader, once loaded."""

    started: datetime
    memory: Path | None
    engine: LocalEngine

    def __call__(self, key: str, values: Iterator[bytes]) -> tuple[str, Failure | None]:
        """The line of an event, and why where it holds a failure instead of a dossier."""
        found: list[Document | Failure] = []
        untold: list[JsonObject] = []
        for value in values:
            content = loads(value[1:], key)
            match value[:1]:
                case b"d":
                    found.append(document_from_json(content))
                case b"f":
                    found.append(Failure(*(content[k] for k in ("input", "stage", "error"))))
                case _:
                    untold.append(content)
        found.sort(key=lambda one: one.name)

        def tell() -> Dossier:
            return tell_unkept(found, self.engine, self.started, self.memory)

        return told_line(key, key, tell, {"untold": untold})


def told_line(
    case: str | int, name: str, tell: Callable[[], Dossier], beside: JsonObject | None = None
) -> tuple[str, Failure | None]:
    """A line of JSON with the dossier of a case, or with what kept it from being told."""
    try:
        dossier = tell()
    except ModelError:
        raise  # a damaged installation would cost every case
    except ConsilienceError as error:
        return failed_line(case, Failure(name, STAGE, str(error)))
    except OSError:
        raise  # a full disk would cost every case
    except Exception as error:  # noqa: BLE001 - our bug in one case must not cost the others
        why = f"{name}: a fault of ours ({type(error).__name__}: {error}); please report it"
        return failed_line(case, Failure(name, STAGE, why))
    return dumps({"case": case, "dossier": dossier_to_json(dossier), **(beside or {})}), None


def failed_line(case: str | int | None, failure: Failure) -> tuple[str, Failure]:
    return dumps({"case": case, "failure": failure_to_json(failure)}), failure


def is_failed_line(case: str, line: str) -> bool:
    return line.startswith(f'{{"case":"{case}","failure":')


@dataclass(frozen=True, slots=True)
class OneDocument:
    """A document of an event, to be read by itself; `name` is the event's key and a number."""

    name: str
    document: bytes


@dataclass(frozen=True, slots=True)
class ProberMaker:
    """Makes what reads one document and keeps nothing of it: does its worker live through it?"""

    memory: Path | None

    def __call__(self) -> Callable[[OneDocument], None]:
        reader = Reader(None if self.memory is None else open_memory(self.memory))

        def probe(one: OneDocument) -> None:
            reader(document_from_json(loads(one.document, one.name)))

        return probe
