"""What a worker of the cluster does with its share. It knows nothing of Spark.

Everything travels as pickled bytes, so that the share of a worker can be measured.
"""

import pickle
import re
import socket
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from itertools import groupby
from pathlib import Path
from typing import Any

import consilience
from consilience.engine.beside import limited
from consilience.errors import ConsilienceError, EngineError, ModelError
from consilience.records import Failure

Pair = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done to each item, or key. One that takes over `limit_s` ends its worker.

    `mark` is that of the machine which hands the work out. See `code_mark`.
    """

    stage: str
    make: Callable[[], Callable[..., Any]]
    limit_s: float
    mark: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The run must end with this error."""

    error: Exception


def map_share(work: Work, share: Iterable[bytes]) -> Iterator[bytes]:
    """What became of each item of the share, or after the last such an `Ended`."""

    def outcomes() -> Iterator[Any]:
        call = _made(work)
        for content in share:
            item = pickle.loads(content)  # noqa: S301 - what we pickled ourselves
            yield _try(work, item.name, call, item)

    return _pickled(outcomes())


def reduce_share(work: Work, share: Iterable[tuple[Pair, None]]) -> Iterator[bytes]:
    """Each key of the sorted share with what became of its values, one value held at a time."""

    def outcomes() -> Iterator[tuple[str, Any]]:
        call = _made(work)
        for key, pairs in groupby((pair for pair, _ in share), key=lambda pair: pair[0]):
            yield key, _try(work, key, call, key, (value for _, value in pairs))

    return _pickled(outcomes())


def keys_of(share: Iterable[tuple[Pair, None]]) -> Iterator[str]:
    return (key for key, _ in groupby(share, key=lambda pair: pair[0][0]))


def _try(work: Work, name: str, call: Callable[..., Any], *given: Any) -> Any:
    try:
        with limited(work.limit_s):
            return call(*given)
    except ModelError:
        raise  # a damaged installation would cost every item
    except ConsilienceError as error:
        return Failure(name, work.stage, str(error))


def _pickled(outcomes: Iterator[Any]) -> Iterator[bytes]:
    try:
        for outcome in outcomes:
            yield pickle.dumps(outcome)
    except (OSError, MemoryError):
        raise  # of this machine: Spark tries another
    except Exception as error:  # noqa: BLE001 - travels to who asked, and is raised there
        error.add_note(f"on {socket.gethostname()}:\n{traceback.format_exc()}")
        yield pickle.dumps(Ended(error))


# A process of a worker outlives its shares; what it made, an encoder maybe, serves the next one.
_kept: list[tuple[Callable[[], Any], Callable[..., Any]]] = []


def _made(work: Work) -> Callable[..., Any]:
    if work.mark != code_mark():
        why = "its consilience, or a package under it, is not the one that runs here"
        raise EngineError(f"{socket.gethostname()}: {why}; install the same on every machine")
    if not _kept or _kept[0][0] != work.make:
        _kept[:] = [(work.make, work.make())]
    return _kept[0][1]


@cache
def code_mark() -> str:
    """A hash of what must be alike on two machines for their answers to be.

    Our files, the model and the word lists among them, and the versions of what they stand on.
    """
    root = Path(consilience.__file__).parent
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    told = [f"{p.relative_to(root)} {sha256(p.read_bytes()).hexdigest()}" for p in files]
    for needed in metadata.requires("consilience") or ():
        name = re.match(r"[\w.-]+", needed)
        if name is not None and "extra ==" not in needed:
            told.append(f"{name[0]} {metadata.version(name[0])}")
    return sha256("\n".join(told).encode()).hexdigest()
