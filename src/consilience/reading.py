"""Documents to readings, maybe in other processes: what these import is all they wait for."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consilience.engine import Engine
from consilience.places import Place
from consilience.read import Reader
from consilience.records import Document, Failure, Reading
from consilience.store import open_memory


@dataclass(frozen=True, slots=True)
class ReaderMaker:
    """Called once per worker, maybe in another process; a memory is a connection of its own."""

    memory: Place | None

    def __call__(self) -> Reader:
        return Reader(None if self.memory is None else open_memory(self.memory))


def read_each(
    found: Iterable[Document | Failure], engine: Engine, memory: Place | None = None
) -> Iterator[tuple[Document, Reading] | Failure]:
    """Each document with its reading, in order; failures of ingest first come, first served."""
    waiting: deque[Document] = deque()
    failed: deque[Failure] = deque()

    def documents() -> Iterator[Document]:
        for one in found:
            if isinstance(one, Failure):
                failed.append(one)
            else:
                waiting.append(one)
                yield one

    for outcome in engine.map("read", ReaderMaker(memory), documents()):
        while failed:
            yield failed.popleft()
        document = waiting.popleft()
        yield outcome if isinstance(outcome, Failure) else (document, outcome)
    yield from failed
