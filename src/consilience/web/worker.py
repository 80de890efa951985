"""Tells a case anew in a process of its own, which may be killed at any moment.

`python -m consilience.web.worker CASE.db WORKERS` tells stdout, a line of JSON each, what it has in
hand and how far it is, and ends when stdin does: it does not outlive the server.
"""

import json
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

from consilience import __version__
from consilience.engine import LocalEngine
from consilience.errors import ConsilienceError
from consilience.ingest import Raw
from consilience.ingest.inputs import suffix_of
from consilience.pipeline import Phase, is_told, run
from consilience.places import Place, parse_place
from consilience.records import Document, Failure
from consilience.store import Addition, Store, open_register, open_store


def main() -> None:
    path, workers = parse_place(sys.argv[1]), int(sys.argv[2])
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    try:
        _tell(path, LocalEngine(workers))
    except ConsilienceError as error:
        _say(error=str(error))
        sys.exit(1)


def _tell(path: Place, engine: LocalEngine) -> None:
    with closing(open_register(path)) as register, closing(open_store(path)) as store:
        while True:
            batch = _unlike(register.waiting())
            numbers = [addition.number for addition, _ in batch]
            if not batch and is_told(store):
                return
            _say(hand=numbers, stage="ingesting", done=0, of=len(batch))
            try:
                _run(store, engine, path, [_raw(*one) for one in batch])
            finally:
                # Where nothing could be used at all they are inputs all the same.
                register.take_up(
                    addition.number
                    for addition, _ in batch
                    if store.has_input(addition.name, addition.sha256, __version__)
                )


def _run(store: Store, engine: LocalEngine, path: Place, raws: Sequence[Raw]) -> None:
    stage, n_read, of = "ingesting", 0, len(raws)

    def watch(now: Document | Failure | Phase) -> None:
        nonlocal stage, n_read, of
        if isinstance(now, Phase):
            stage, n_read, of = now.name, 0, now.n_documents
        elif isinstance(now, Document):
            n_read += 1
        _say(stage=stage, done=n_read, of=of)

    run(raws, store, engine, datetime.now(UTC), watch, path)


def _unlike(waiting: Sequence[tuple[Addition, bytes]]) -> list[tuple[Addition, bytes]]:
    """The first of them, until a name comes again: of two texts of a name the later counts."""
    batch: dict[str, tuple[Addition, bytes]] = {}
    for addition, data in waiting:
        if addition.name in batch:
            break
        batch[addition.name] = (addition, data)
    return [*batch.values()]


def _raw(addition: Addition, data: bytes) -> Raw:
    return Raw(addition.name, suffix_of(addition.name), addition.sha256, data)


def _say(**fields: object) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def _end_with_the_server() -> None:
    # Not through sys.stdin, whose lock the interpreter wants when it ends.
    while os.read(0, 1):
        pass
    os._exit(2)


if __name__ == "__main__":
    main()
