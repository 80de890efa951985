"""Many cases: each line of a stream to a line with its dossier, in input order."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from consilience.engine import Engine, LocalEngine
from consilience.errors import InputError
from consilience.flow.steps import failed_line, told_line
from consilience.ingest import Raw
from consilience.ingest.stream import list_lines
from consilience.pipeline import outcomes_of, tell_unkept
from consilience.records import Dossier, Failure

_STAGE = "batch"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of input; `name` is its place, under which it fails where it names no case."""

    name: str
    content: bytes


class _Fields(msgspec.Struct):
    case: str | int
    documents: list[msgspec.Raw]


def case_lines(inputs: Iterable[str], stdin: BinaryIO) -> Iterator[CaseLine | Failure]:
    """The lines of JSON Lines inputs, one held at a time."""
    for one in list_lines(inputs, stdin=stdin):
        match one:
            case Raw():
                why = f"{one.name}: cases come as JSON Lines; name a .jsonl file, or -"
                yield Failure(one.name, _STAGE, why)
            case Failure():
                yield one
            case (place, content):
                yield CaseLine(place, content)


def tell_cases(
    lines: Iterable[CaseLine | Failure],
    engine: Engine,
    started: datetime,
    memory: Path | None = None,
) -> Iterator[tuple[str, Failure | None]]:
    """A line of JSON for each line given, and why where it holds a failure instead of a dossier.

    One case is told in one process, its documents one after another; sentences are remembered in
    `memory` across cases. What is wrong with a case costs no other.
    """
    failed: dict[str, Failure] = {}

    def given() -> Iterator[CaseLine]:
        for number, line in enumerate(lines):
            if isinstance(line, Failure):
                key = f"{number}"
                failed[key] = line
                yield CaseLine(key, b"")
            else:
                yield line

    for outcome in engine.map(_STAGE, _TellerMaker(started, memory), given()):
        match outcome:
            case Failure(name=name) if name in failed:
                yield failed_line(None, failed.pop(name))
            case Failure():
                yield failed_line(None, outcome)
            case _:
                yield outcome


@dataclass(frozen=True, slots=True)
class _TellerMaker:
    started: datetime
    memory: Path | None

    def __call__(self) -> Callable[[CaseLine], tuple[str, Failure | None]]:
        return _Teller(self.started, self.memory, LocalEngine())


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one case after another; its engine keeps the reader, once loaded."""

    started: datetime
    memory: Path | None
    engine: LocalEngine

    def __call__(self, line: CaseLine) -> tuple[str, Failure | None]:
        try:
            fields = msgspec.json.decode(line.content, type=_Fields)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            why = " ".join(str(error).split()) or "nested too deep"
            raise InputError(
                f"{line.name}: no case as JSON ({why}); give"
                ' {"case": id, "documents": [...]} on a line'
            ) from error
        name = str(fields.case)
        data = b"\n".join(bytes(document) for document in fields.documents)
        raw = Raw(name, ".jsonl", hashlib.sha256(data).hexdigest(), data)

        def tell() -> Dossier:
            return tell_unkept(outcomes_of(raw), self.engine, self.started, self.memory)

        return told_line(fields.case, name, tell)
