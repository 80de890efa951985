"""Files that every worker can open are read where the work is done."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from consilience.engine import Engine
from consilience.errors import InputError
from consilience.flow.steps import Item
from consilience.ingest.stream import list_lines
from consilience.ingest.stretches import Stretch, count_ends, numbered, stretches
from consilience.records import Failure


def list_shared(inputs: Iterable[str], engine: Engine, stdin: BinaryIO) -> Iterator[Item | Failure]:
    """As `list_lines`, but of files of JSON Lines the stretches that a worker is to read.

    The ends of lines are counted by the workers first, so that lines are named by their numbers.
    """
    seen: set[Path] = set()
    for given in inputs:
        path = Path(given).absolute()
        if path.suffix.lower() != ".jsonl" or not path.is_file():
            yield from list_lines((given,), stdin=stdin)
        elif path.resolve() not in seen:
            seen.add(path.resolve())
            cut = list(stretches(path))
            counts = engine.map("ingest", make_counter, cut)
            yield from numbered(zip(cut, map(_counted, counts), strict=True))


def make_counter() -> Callable[[Stretch], int]:
    return count_ends


def _counted(count: int | Failure) -> int:
    if isinstance(count, Failure):
        raise InputError(count.error)
    return count
