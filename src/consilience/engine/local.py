"""The engine of one machine: this process, or a few beside it."""

import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any, Generic

from consilience.engine.contract import A, B
from consilience.engine.sorting import Span, spans
from consilience.errors import ConsilienceError
from consilience.records import Failure

# Items on their way per worker: enough that none waits, few enough that memory stays flat.
AHEAD = 4
# A worker is a second of imports before its first document, which takes a fifth of a second.
BESIDE_FROM = 20


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Works in this process, or where items are many with `workers` processes beside it.

    What `make` made in this process is kept for the next call with the same `make`. To processes
    beside, `make` and the items travel by pickle, and a script that calls needs its
    `if __name__ == "__main__"`.
    """

    workers: int = 1
    beside_from: int = BESIDE_FROM
    _made: dict[Any, Callable[[Any], Any]] = field(default_factory=dict, init=False, repr=False)

    def map(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        rest = iter(items)
        first = list(islice(rest, self.beside_from if self.workers > 1 else 0))
        if self.workers == 1 or len(first) < self.beside_from:
            return self._map_here(stage, make, chain(first, rest))
        return self._map_beside(stage, make, chain(first, rest))

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], B]],
        pairs: Iterable[tuple[str, bytes]],
    ) -> Iterator[tuple[str, B | Failure]]:
        """See `Engine.reduce`. Pairs lie in a temporary folder, at most three times over."""
        with tempfile.TemporaryDirectory(prefix="consilience-") as folder:
            keys: deque[str] = deque()

            def named() -> Iterator[Span]:
                for span in spans(pairs, Path(folder)):
                    keys.append(span.name)
                    yield span

            for outcome in self.map(stage, _OverSpans(make), named()):
                yield keys.popleft(), outcome

    def _map_here(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        for item in items:
            if make not in self._made:
                self._made[make] = make()  # not before there is work: it may load an encoder
            yield _try(self._made[make], stage, item)

    def _map_beside(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterator[A]
    ) -> Iterator[B | Failure]:
        # Not fork: threads of the encoder's library do not survive it.
        pool = ProcessPoolExecutor(
            self.workers, get_context("spawn"), initializer=_remember, initargs=(make,)
        )
        waiting: deque[Future[B | Failure]] = deque()
        try:
            with _deaf_to_interrupts():
                for item in islice(items, self.workers * AHEAD):
                    waiting.append(pool.submit(_call_remembered, stage, item))
            while waiting:
                yield waiting.popleft().result()
                for item in islice(items, 1):
                    waiting.append(pool.submit(_call_remembered, stage, item))
        finally:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _OverSpans(Generic[B]):
    """Makes what is called on a key and its values be called on where these lie."""

    make: Callable[[], Callable[[str, Iterator[bytes]], B]]

    def __call__(self) -> Callable[[Span], B]:
        call = self.make()
        return lambda span: call(span.name, span.values())


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes begun here take no Ctrl-C of their own: who began them ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """The queue of work stays open in its readers: a parent that was killed would leave us."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call_remembered(stage: str, item: Any) -> Any:
    if not _made:
        _made.append(_remembered[0]())
    return _try(_made[0], stage, item)
