"""Worker processes that may die: what kills one is tried once more, then left out."""

import faulthandler
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Any

from consilience.errors import ConsilienceError, ModelError
from consilience.garbage import collect_rarely
from consilience.records import Failure

# Items on their way per worker: enough that none waits, few enough that memory stays flat.
AHEAD = 4
# Results held per worker while one before them takes long.
HELD = 32
TRIES = 2
# Workers that die one after another, with no result between: not the items are at fault.
_DEATHS_MAX = 20


@dataclass(slots=True)
class _Sent:
    """An item on its way, or there: `outcome` is what came of it, in a list of one."""

    item: Any
    n_deaths: int = 0
    outcome: list[Any] = field(default_factory=list)


class _Worker:
    """One process and what is on its way to it; another takes its place when it dies."""

    def __init__(self, make: Callable[[], Any], stage: str, limit_s: float) -> None:
        self._make, self._stage, self._limit_s = make, stage, limit_s
        self._on_way: dict[Future[Any], _Sent] = {}
        self._n_deaths = 0  # since the last result
        self._pool = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        # Not fork: threads of the encoder's library do not survive it.
        return ProcessPoolExecutor(
            1, get_context("spawn"), initializer=_remember, initargs=(self._make,)
        )

    @property
    def futures(self) -> Iterable[Future[Any]]:
        return self._on_way.keys()

    @property
    def n_on_way(self) -> int:
        return len(self._on_way)

    def send(self, sent: _Sent) -> None:
        with _deaf_to_interrupts():
            try:
                future = self._pool.submit(_call_remembered, self._stage, sent.item, self._limit_s)
            except BrokenProcessPool as death:
                future = Future()
                future.set_exception(death)
        self._on_way[future] = sent

    def receive(self) -> None:
        """Take what has come.

        Raises:
            BrokenProcessPool: nothing comes, whatever is sent.
        """
        for future, sent in list(self._on_way.items()):
            if not future.done():
                return
            death = future.exception()
            if isinstance(death, BrokenProcessPool):
                self._n_deaths += 1
                if self._n_deaths > _DEATHS_MAX:
                    raise death
                self._bury()
                return
            del self._on_way[future]
            sent.outcome.append(future.result())
            self._n_deaths = 0

    def _bury(self) -> None:
        """The first on its way was being worked on; the others are sent again."""
        left = list(self._on_way.values())
        self._on_way.clear()
        self._pool.shutdown()
        self._pool = self._begun()
        left[0].n_deaths += 1
        if left[0].n_deaths == TRIES:
            left[0].outcome.append(left_out(left[0].item.name, self._stage, self._limit_s))
            del left[0]
        for sent in left:
            self.send(sent)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def map_beside(
    stage: str, make: Callable[[], Any], items: Iterator[Any], n_workers: int, limit_s: float
) -> Iterator[Any]:
    """What comes of each item, in order; a Failure where its worker died of it, or hung, twice."""
    workers = [_Worker(make, stage, limit_s) for _ in range(n_workers)]
    held: deque[_Sent] = deque()
    try:
        while True:
            for worker in sorted(workers, key=lambda worker: worker.n_on_way):
                room = min(AHEAD - worker.n_on_way, HELD * n_workers - len(held))
                for item in islice(items, max(room, 0)):
                    held.append(_Sent(item))
                    worker.send(held[-1])
            while held and held[0].outcome:
                yield held.popleft().outcome[0]
            if not held:
                return
            wait([f for worker in workers for f in worker.futures], return_when=FIRST_COMPLETED)
            for worker in workers:
                worker.receive()
    finally:
        for worker in workers:
            worker.close()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes begun here take no Ctrl-C of their own: who began them ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def left_out(name: str, stage: str, limit_s: float) -> Failure:
    """What becomes of an item, or of a key, that workers die of."""
    why = f"ended each worker that tried it, by a crash or by more than {limit_s:.0f} s; left out"
    return Failure(name, stage, f"{name}: {why}")


def attempt(call: Callable[[Any], Any], stage: str, item: Any) -> Any:
    try:
        return call(item)
    except ModelError:
        raise  # a damaged installation would cost every item
    except ConsilienceError as error:
        return Failure(item.name, stage, str(error))


# One worker process holds one callable. It is made at the first item, where an error can travel
# back; one raised in the initializer would only break the pool.
_remembered: list[Callable[[], Any]] = []
_made: list[Callable[[Any], Any]] = []


def _remember(make: Callable[[], Any]) -> None:
    _remembered.append(make)
    collect_rarely()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """The queue of work stays open in its readers: a parent that was killed would leave us."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call_remembered(stage: str, item: Any, limit_s: float) -> Any:
    with limited(limit_s):
        if not _made:
            _made.append(_remembered[0]())
        return attempt(_made[0], stage, item)


@contextmanager
def limited(limit_s: float) -> Iterator[None]:
    """What takes longer ends this process."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - os.devnull is no path of ours
        # Ends the process from outside of Python, which a loop in foreign code never comes back to.
        faulthandler.dump_traceback_later(limit_s, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
