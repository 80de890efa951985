"""A stream of any length ingested to disk, and sorted into events from there."""

import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from consilience.engine import Engine
from consilience.engine.sorting import sorted_pairs
from consilience.files import scratch_beside, write
from consilience.flow.choosing import TOLD_MAX, choose
from consilience.flow.steps import Item, Mapped, make_mapper, sketch_from
from consilience.group import NO_SIGNATURE, Grouping, Sketch, load_state, state_of
from consilience.ingest import id_taken
from consilience.ingest.stretches import Stretch, lines_of
from consilience.pipeline import Phase, Watch
from consilience.records import Failure

_LENGTH = struct.Struct(">Q")
_NUMBER = struct.Struct(">Q")
_TOLD, _BEYOND = -1, -2


@dataclass(slots=True)
class Gathered:
    """What a stream held. Documents are numbered as they came; `given` has one number for each
    that could be used, the same again where it was given again."""

    folder: Path
    ids: list[str] = field(default_factory=list)
    given: "array[int]" = field(default_factory=lambda: array("q"))
    failures: list[Failure] = field(default_factory=list)

    def documents(self) -> Iterator[bytes]:
        return _records(self.folder / "documents")

    def sketches(self) -> Iterator[tuple[int, Sketch]]:
        """By their days, with the numbers of their documents; from disk."""
        encoded = enumerate(_records(self.folder / "sketches"))
        pairs = (
            (_place(sketch_from(content)), _NUMBER.pack(n) + content) for n, content in encoded
        )
        for _, value in sorted_pairs(pairs, self.folder):
            yield _NUMBER.unpack_from(value)[0], sketch_from(value[_NUMBER.size :])


def gather(items: Iterable[Item | Failure], engine: Engine, folder: Path, watch: Watch) -> Gathered:
    """Ingest everything, and keep it in `folder`; what cannot be used is told to `watch`.

    A second document under an id that another has is a Failure; one given again is one.
    """
    found = Gathered(folder)
    by_id: dict[str, tuple[int, str]] = {}

    def fail(failure: Failure) -> None:
        found.failures.append(failure)
        watch(failure)

    def usable(items: Iterable[Item | Failure]) -> Iterator[Item]:
        for item in items:
            if isinstance(item, Failure):
                fail(item)
            else:
                yield item

    def mapped() -> Iterator[tuple[Mapped | Failure, ...] | Failure]:
        cut: dict[str, Stretch] = {}
        for outcome in engine.map("ingest", make_mapper, _noted(usable(items), cut)):
            if isinstance(outcome, Failure) and outcome.name in cut:
                # Its worker died of one of its lines, which is to cost no other.
                yield from engine.map("ingest", make_mapper, usable(lines_of(cut[outcome.name])))
            else:
                yield outcome

    with (
        (folder / "documents").open("wb") as documents,
        (folder / "sketches").open("wb") as sketches,
    ):
        for outcome in mapped():
            for one in (outcome,) if isinstance(outcome, Failure) else outcome:
                if isinstance(one, Failure):
                    fail(one)
                    continue
                number, sha256 = by_id.setdefault(one.id, (len(found.ids), one.sha256))
                if sha256 != one.sha256:
                    fail(id_taken(one.id, one.name))
                    continue
                found.given.append(number)
                if number == len(found.ids):
                    found.ids.append(one.id)
                    _write(documents, one.document)
                    _write(sketches, one.sketch)
            if len(found.given) % 100 == 0:
                watch(Phase(f"ingesting, {len(found.given)} read"))
    return found


def _noted(items: Iterable[Item], cut: dict[str, Stretch]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Stretch):
            cut[item.name] = item
        yield item


@dataclass(frozen=True, slots=True)
class Events:
    """Which document is of which event, by the documents' numbers.

    `fates` says of each whether it is told, copies the document of that number, or is beyond the
    limit.
    """

    keys: list[str]
    ids: list[str]
    fates: "array[int]"
    most: int

    def why_untold(self, number: int) -> str | None:
        fate = self.fates[number]
        if fate == _BEYOND:
            return f"beyond the limit of {self.most}"
        return None if fate == _TOLD else f"copy of {self.ids[fate]}"

    @property
    def n_copies(self) -> int:
        return sum(fate >= 0 for fate in self.fates)

    @property
    def n_beyond(self) -> int:
        return sum(fate == _BEYOND for fate in self.fates)


def to_events(gathered: Gathered, grouping: Grouping, watch: Watch, most: int = TOLD_MAX) -> Events:
    """Group all, and choose what is told of an event of more than `most` documents."""
    numbers = array("q")  # of documents, in the order of the stream's days
    first = grouping.n_documents
    with (gathered.folder / "signatures").open("wb") as signatures:

        def in_turn() -> Iterator[Sketch]:
            for number, sketch in gathered.sketches():
                numbers.append(number)
                signatures.write(sketch.signature or NO_SIGNATURE)
                if len(numbers) % 1000 == 0:
                    watch(Phase(f"grouping, {len(numbers)} of {len(gathered.ids)}"))
                yield sketch

        grouping.add(in_turn())
    keys = [""] * len(numbers)
    for place, number in enumerate(numbers):
        keys[number] = grouping.name(first + place)
    return Events(keys, gathered.ids, _fates(gathered, grouping, keys, numbers, most), most)


def _fates(
    gathered: Gathered,
    grouping: Grouping,
    keys: Sequence[str],
    numbers: Sequence[int],
    most: int,
) -> "array[int]":
    fates = array("q", [_TOLD]) * len(numbers)
    sizes = Counter(keys)
    large: dict[str, list[int]] = {key: [] for key, n in sizes.items() if n > most}
    first = grouping.n_documents - len(numbers)
    for place, number in enumerate(numbers if large else ()):
        original = grouping.original(first + place) - first
        if keys[number] not in large:
            continue
        if original < 0 or original == place:  # below 0: of an earlier run
            large[keys[number]].append(place)
            fates[number] = _BEYOND
        else:
            fates[number] = numbers[original]
    for originals in large.values():
        for place in choose(originals, _signatures(gathered.folder / "signatures"), most):
            fates[numbers[place]] = _TOLD
    return fates


def group_stream(
    items: Iterable[Item | Failure], out: Path, engine: Engine, state: Path | None, watch: Watch
) -> list[tuple[str, str]]:
    """The id of each document with that of its group, in the order given.

    Meanwhile the stream lies beside `out`, where the caller will write. `state` is a file that is
    read where it exists, and written in the end: see `group.state`.
    """
    with scratch_beside(out) as folder:
        gathered = gather(items, engine, folder, watch)
        grouping = load_state(state)
        events = to_events(gathered, grouping, watch)
        if state is not None:
            write(state, state_of(grouping))
    return [(events.ids[number], events.keys[number]) for number in gathered.given]


def _signatures(path: Path) -> NDArray[np.uint32]:
    return np.memmap(path, "<u4", "r").reshape(-1, len(NO_SIGNATURE) // 4)


def _place(sketch: Sketch) -> str:
    return f"{sketch.day:07} {sketch.key} {sketch.document_id}"


def _write(file: BinaryIO, content: bytes) -> None:
    file.write(_LENGTH.pack(len(content)))
    file.write(content)


def _records(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while head := file.read(_LENGTH.size):
            yield file.read(_LENGTH.unpack(head)[0])
