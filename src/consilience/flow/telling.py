"""The whole flow: a stream of documents to a file with a line for each event."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from consilience import __version__
from consilience.engine import Engine
from consilience.files import make_folder, write, writing
from consilience.flow.choosing import TOLD_MAX
from consilience.flow.gathering import Events, Gathered, gather, to_events
from consilience.flow.journal import Journal
from consilience.flow.steps import (
    STAGE,
    Item,
    OneDocument,
    ProberMaker,
    TellerMaker,
    document_value,
    failed_line,
    failed_value,
    failure_to_json,
    is_failed_line,
    untold_value,
)
from consilience.group import Grouping
from consilience.interchange import dumps
from consilience.pipeline import Phase, Watch
from consilience.read import reader_version
from consilience.records import Failure

_STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Told:
    """How many events came out as dossiers, and how many as failures."""

    n_dossiers: int
    n_failures: int


def work_folder(out: Path) -> Path:
    """Where a run keeps, beside what it will write, what it has done so far."""
    return out.with_name(f".{out.name}.work")


def manifest_of(out: Path) -> Path:
    return out.with_name(f"{out.name}.manifest.json")


def tell_stream(
    items: Iterable[Item | Failure],
    out: Path,
    engine: Engine,
    started: datetime,
    memory: Path | None,
    watch: Watch,
    most: int = TOLD_MAX,
) -> Told:
    """Write {"case": event, "dossier": ..., "untold": [...]} a line, by the order of the events'
    ids, and a manifest beside it.

    Killed and run again on the same input, it tells no event twice, and writes the bytes that it
    would have written undisturbed.
    """
    work = work_folder(out)
    make_folder(work)
    maker = f"{__version__} {reader_version()} {most}"
    journal = Journal(work / "told", maker, started.strftime(_STAMP))
    with closing(journal):
        gathered = gather(items, engine, work, watch)
        events = to_events(gathered, Grouping(), watch, most)
        digests = _digests(gathered, events)
        began = datetime.strptime(journal.started, _STAMP).replace(tzinfo=UTC)
        left = {key for key, digest in digests.items() if not journal.has(key, digest)}
        flow = _Flow(gathered, events, engine, TellerMaker(began, memory), watch, len(digests))
        for key, line, failure in flow.tell(left):
            journal.add(key, digests[key], line)
            if failure is not None:
                watch(failure)
        watch(Phase("writing"))
        told = _write(out, journal, sorted(digests), gathered, events)
    shutil.rmtree(work)
    return told


@dataclass(frozen=True, slots=True)
class _Flow:
    gathered: Gathered
    events: Events
    engine: Engine
    make: TellerMaker
    watch: Watch
    n_events: int

    def tell(self, left: set[str]) -> Iterator[tuple[str, str, Failure | None]]:
        """The lines of these events; those whose worker died of a document are told without it."""
        dead: set[str] = set()
        for key, outcome in self._told(_values(self.gathered, self.events, left, {})):
            if isinstance(outcome, Failure):
                dead.add(key)
            else:
                yield key, *outcome
        killers = self._killers(dead) if dead else {}
        for key, outcome in self._told(_values(self.gathered, self.events, dead, killers)):
            yield key, *(failed_line(key, outcome) if isinstance(outcome, Failure) else outcome)

    def _told(
        self, pairs: Iterable[tuple[str, bytes]]
    ) -> Iterator[tuple[str, tuple[str, Failure | None] | Failure]]:
        for n, one in enumerate(self.engine.reduce(STAGE, self.make, pairs), 1):
            self.watch(Phase(f"telling, {n} of {self.n_events} events"))
            yield one

    def _killers(self, keys: set[str]) -> Mapping[int, Failure]:
        """The documents of these events that end the worker which reads them."""
        numbers = [
            n for n, key in enumerate(self.events.keys)
            if key in keys and self.events.why_untold(n) is None
        ]  # fmt: skip
        wanted = set(numbers)
        ones = (
            OneDocument(self.events.ids[n], document)
            for n, document in enumerate(self.gathered.documents())
            if n in wanted
        )
        outcomes = self.engine.map(STAGE, ProberMaker(self.make.memory), ones)
        return {
            n: outcome
            for n, outcome in zip(numbers, outcomes, strict=True)
            if isinstance(outcome, Failure)
        }


def _values(
    gathered: Gathered, events: Events, keys: set[str], killers: Mapping[int, Failure]
) -> Iterator[tuple[str, bytes]]:
    """What each of these events is told of."""
    for number, document in enumerate(gathered.documents() if keys else ()):
        if events.keys[number] in keys:
            failure = killers.get(number)
            value = _value(events, number, document) if failure is None else failed_value(failure)
            yield events.keys[number], value


def _value(events: Events, number: int, document: bytes) -> bytes:
    why = events.why_untold(number)
    return document_value(document) if why is None else untold_value(events.ids[number], why)


def _digests(gathered: Gathered, events: Events) -> dict[str, str]:
    """For each event a digest of all that it is told of, in whatever order that comes."""
    sums: Counter[str] = Counter()
    for number, document in enumerate(gathered.documents()):
        digest = hashlib.sha256(_value(events, number, document)).digest()
        sums[events.keys[number]] += int.from_bytes(digest[:16])
    return {key: f"{total:x}" for key, total in sums.items()}


def _write(
    out: Path, journal: Journal, keys: list[str], gathered: Gathered, events: Events
) -> Told:
    sha256 = hashlib.sha256()
    n_dossiers = 0
    with writing(out) as file:
        for key in keys:
            line = journal.line(key)
            n_dossiers += not is_failed_line(key, line)
            sha256.update(line.encode())
            file.write(line)
    told = Told(n_dossiers, len(keys) - n_dossiers)
    manifest = _manifest(gathered, events, told)
    output = {"name": out.name, "sha256": sha256.hexdigest(), "lines": len(keys)}
    write(manifest_of(out), dumps({**manifest, "output": output}))
    return told


def _manifest(gathered: Gathered, events: Events, told: Told) -> dict[str, Any]:
    n_untold = events.n_copies + events.n_beyond
    failures = sorted(gathered.failures, key=lambda one: (one.name, one.stage, one.error))
    return {
        "schema": "consilience.manifest/1",
        "version": __version__,
        "reader": reader_version(),
        "documents": {
            "usable": len(gathered.ids),
            "given_again": len(gathered.given) - len(gathered.ids),
            "failed": len(failures),
            "told": len(gathered.ids) - n_untold,
            "untold_copies": events.n_copies,
            "untold_beyond_limit": events.n_beyond,
        },
        "groups": told.n_dossiers + told.n_failures,
        "dossiers": told.n_dossiers,
        "failures": [failure_to_json(one) for one in failures],
    }
