"""The engine of a cluster: Apache Spark, whose local mode is the cores of this machine."""

import pickle
import random
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from consilience.engine.contract import A, B
from consilience.engine.spark_start import asked, spark_context
from consilience.engine.spark_work import Ended, Pair, Work, code_mark, map_share, reduce_share
from consilience.records import Failure

if TYPE_CHECKING:
    from pyspark import RDD, Broadcast, SparkContext

# Jobs under way per core: enough that none waits while the driver hands out the next.
_AHEAD = 2
_JOBS_MAX = 512
# A share costs the driver some 20 ms, a document a worker as many, a case a second.
_SHARE_ITEMS_MAX = 16
_SHARE_BYTES_MAX = 1 << 20
# What is to be brought together waits in pieces of this size, on the disk where memory is short.
_PIECE_BYTES = 16 << 20
# Of what is brought together a worker takes about so much at a time.
_PARTITION_BYTES = 2 << 20
_PARTITIONS_MAX = 10_000
_SAMPLE = 100_000


@contextmanager
def open_spark(master: str) -> Iterator["SparkEngine"]:
    """An engine on a cluster, by its address, or on so many cores of this machine: `local[2]`.

    Raises:
        MissingExtraError: pyspark or a Java runtime is missing.
        EngineError: the cluster cannot be reached, or lets in whoever comes.
    """
    with spark_context(master) as context:
        yield SparkEngine(context)


@dataclass(frozen=True, slots=True)
class SparkEngine:
    """Hands work out over Spark; what `make` made is kept in each process of a worker.

    `make`, items and results travel by pickle. The share of a machine that dies is done again.
    """

    context: "SparkContext"

    def map(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        do = partial(map_share, Work(stage, make, code_mark()))

        def job(share: list[bytes]) -> list[bytes]:
            return self.context.parallelize(share, 1).mapPartitions(do).collect()

        return self._outcomes(partial(job, share) for share in _shares(items))

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], B]],
        pairs: Iterable[Pair],
    ) -> Iterator[tuple[str, B | Failure]]:
        sample = _Sample()
        # A broadcast is held by the driver, in memory or on its disk, and fetched block by block.
        pieces = [self.context.broadcast(piece) for piece in _pieces(pairs, sample)]
        try:
            if pieces:
                borders = sample.borders(self.context.defaultParallelism * 4)
                done = self._together(pieces, borders).mapPartitions(
                    partial(reduce_share, Work(stage, make, code_mark()))
                )
                # A job a partition, so that what became of one can be written and let go. All wait
                # for the first, which brings everything together.
                yield from self._outcomes(
                    partial(self.context.runJob, done, iter, [number])
                    for number in range(len(borders) + 1)
                )
        finally:
            for piece in pieces:
                piece.destroy()

    def _together(
        self, pieces: "list[Broadcast[list[Pair]]]", borders: list[str]
    ) -> "RDD[tuple[Pair, None]]":
        """All pairs in order, parted between keys: no key is in two partitions.

        Python's own hash would part them differently on each machine.
        """
        one = self.context.parallelize([0], 1)
        given = self.context.union([one.mapPartitions(partial(_unpacked, p)) for p in pieces])
        return given.repartitionAndSortWithinPartitions(
            len(borders) + 1, lambda pair: bisect_left(borders, pair[0])
        )

    def _outcomes(self, jobs: Iterable[Callable[[], list[bytes]]]) -> Iterator[Any]:
        """What the jobs yield, in their order; a few more are under way than there are cores."""
        waiting: deque[Future[list[bytes]]] = deque()
        pool = ThreadPoolExecutor(_JOBS_MAX)
        try:
            for job in jobs:
                waiting.append(pool.submit(asked, job))
                if len(waiting) >= min(_AHEAD * self.context.defaultParallelism, _JOBS_MAX):
                    yield from _opened(waiting.popleft().result())
            while waiting:
                yield from _opened(waiting.popleft().result())
        finally:
            if waiting:
                self.context.cancelAllJobs()
            pool.shutdown(cancel_futures=True)


def _opened(outcomes: list[bytes]) -> Iterator[Any]:
    for content in outcomes:
        outcome = pickle.loads(content)  # noqa: S301 - of our workers, who know our secret
        if isinstance(outcome, Ended):
            raise outcome.error
        yield outcome


def _shares(items: Iterable[Any]) -> Iterator[list[bytes]]:
    share: list[bytes] = []
    size = 0
    for item in items:
        share.append(pickle.dumps(item))
        size += len(share[-1])
        if len(share) == _SHARE_ITEMS_MAX or size >= _SHARE_BYTES_MAX:
            yield share
            share, size = [], 0
    if share:
        yield share


def _pieces(pairs: Iterable[Pair], sample: "_Sample") -> Iterator[list[Pair]]:
    piece: list[Pair] = []
    size = 0
    for key, value in pairs:
        piece.append((key, value))
        size += len(value)
        sample.add(key, len(value))
        if size >= _PIECE_BYTES:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _unpacked(piece: "Broadcast[list[Pair]]", _: Iterable[int]) -> Iterator[tuple[Pair, None]]:
    return ((pair, None) for pair in piece.value)


@dataclass(slots=True)
class _Sample:
    """Some of the keys, each as likely as any other (Vitter 1985, algorithm R)."""

    keys: list[str] = field(default_factory=list)
    n_seen: int = 0
    n_bytes: int = 0
    # Where partitions begin decides who does what, and nothing of what is done.
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311

    def add(self, key: str, n_bytes: int) -> None:
        self.n_seen += 1
        self.n_bytes += n_bytes
        if len(self.keys) < _SAMPLE:
            self.keys.append(key)
        elif (place := self.chance.randrange(self.n_seen)) < _SAMPLE:
            self.keys[place] = key

    def borders(self, n_least: int) -> list[str]:
        """The last key of each partition but the last, so that all hold about as much."""
        n = min(max(self.n_bytes // _PARTITION_BYTES, n_least), _PARTITIONS_MAX)
        ordered = sorted(self.keys)
        return sorted({ordered[len(ordered) * k // n] for k in range(1, n)})
