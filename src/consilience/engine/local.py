"""The engine of one machine: this process, or a few beside it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Any

from consilience.engine.contract import A, B
from consilience.errors import ConsilienceError
from consilience.records import Failure

# Items on their way per worker: enough that none waits, few enough that memory stays flat.
AHEAD = 4


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """One worker works in this process; more are processes of their own, which start in a second.

    With more than one, `make` and the items travel by pickle, and a calling script needs its
    `if __name__ == "__main__"`.
    """

    workers: int = 1

    def map(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        if self.workers == 1:
            return _map_here(stage, make, items)
        return self._map_beside(stage, make, items)

    def _map_beside(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        # Not fork: threads of the encoder's library do not survive it.
        pool = ProcessPoolExecutor(
            self.workers, get_context("spawn"), initializer=_remember, initargs=(make,)
        )
        waiting: deque[Future[B | Failure]] = deque()
        rest = iter(items)
        try:
            for item in islice(rest, self.workers * AHEAD):
                waiting.append(pool.submit(_call_remembered, stage, item))
            while waiting:
                yield waiting.popleft().result()
                for item in islice(rest, 1):
                    waiting.append(pool.submit(_call_remembered, stage, item))
        finally:
            pool.shutdown(cancel_futures=True)


def _map_here(
    stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
) -> Iterator[B | Failure]:
    call: Callable[[A], B] | None = None
    for item in items:
        if call is None:
            call = make()  # not before there is work: it may load an encoder
        yield _try(call, stage, item)


def _try(call: Callable[[A], B], stage: str, item: A) -> B | Failure:
    try:
        return call(item)
    except ConsilienceError as error:
        return Failure(item.name, stage, str(error))


# One worker process holds one callable. It is made at the first item, where an error can travel
# back; one raised in the initializer would only break the pool.
_remembered: list[Callable[[], Any]] = []
_made: list[Callable[[Any], Any]] = []


def _remember(make: Callable[[], Any]) -> None:
    _remembered.append(make)


def _call_remembered(stage: str, item: Any) -> Any:
    if not _made:
        _made.append(_remembered[0]())
    return _try(_made[0], stage, item)
