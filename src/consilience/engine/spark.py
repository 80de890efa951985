"""The engine of a cluster: Apache Spark, whose local mode is the cores of this machine."""

import pickle
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from consilience.engine.beside import left_out
from consilience.engine.contract import A, B
from consilience.engine.local import LIMIT_S
from consilience.engine.spark_shares import Pace, Sample, cut, shares
from consilience.engine.spark_start import WorkerDiedError, asked, spark_context
from consilience.engine.spark_work import (
    Ended,
    Pair,
    Work,
    code_mark,
    keys_of,
    map_share,
    reduce_share,
)
from consilience.records import Failure

if TYPE_CHECKING:
    from pyspark import RDD, Broadcast, SparkContext

    Together = RDD[tuple[Pair, None]]

T = TypeVar("T")

# Jobs under way per core: enough that none waits while the driver hands out the next.
_AHEAD = 2
_JOBS_MAX = 512


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

    `make`, items and results travel by pickle. The share of a machine that dies is done again; an
    item, or key, that workers die of is a Failure.
    """

    context: "SparkContext"
    limit_s: float = LIMIT_S

    def map(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        do = partial(map_share, Work(stage, make, self.limit_s, code_mark()))

        def job(share: list[bytes]) -> list[bytes]:
            try:
                return asked(self.context.parallelize(share, 1).mapPartitions(do).collect)
            except WorkerDiedError:
                if len(share) == 1:
                    return [pickle.dumps(left_out(_name(share[0]), stage, self.limit_s))]
                return [outcome for one in share for outcome in job([one])]

        pace = Pace(self.context)
        for outcome in self._outcomes(partial(job, share) for share in shares(items, pace)):
            yield outcome
            pace.n_done += 1

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], B]],
        pairs: Iterable[Pair],
    ) -> Iterator[tuple[str, B | Failure]]:
        sample = Sample()
        # A broadcast is held by the driver, in memory or on its disk, and fetched block by block.
        pieces = [self.context.broadcast(piece) for piece in cut(pairs, sample)]
        if not pieces:
            return
        try:
            borders = sample.borders(self.context.defaultParallelism * 4)
            together = self._together(pieces, borders)
            do = Work(stage, make, self.limit_s, code_mark())
            # A job a partition, so that what became of one can be written and let go. All wait for
            # the first, which brings everything together.
            yield from self._outcomes(
                partial(self._reduced, together, number, do) for number in range(len(borders) + 1)
            )
        finally:
            for piece in pieces:
                piece.destroy()

    def _reduced(self, together: "Together", number: int, work: Work) -> list[bytes]:
        """What became of each key of a partition; key by key where one of them kills."""
        try:
            return self._run(together.mapPartitions(partial(reduce_share, work)), number)
        except WorkerDiedError:
            keys = self._run(together.mapPartitions(keys_of), number)
            return [outcome for key in keys for outcome in self._alone(together, number, work, key)]

    def _alone(self, together: "Together", number: int, work: Work, key: str) -> list[bytes]:
        of_key = together.filter(lambda pair: pair[0][0] == key)
        try:
            return self._run(of_key.mapPartitions(partial(reduce_share, work)), number)
        except WorkerDiedError:
            return [pickle.dumps((key, left_out(key, work.stage, work.limit_s)))]

    def _run(self, rdd: "RDD[T]", number: int) -> list[T]:
        return asked(partial(self.context.runJob, rdd, iter, [number]))

    def _together(self, pieces: "list[Broadcast[list[Pair]]]", borders: list[str]) -> "Together":
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
                waiting.append(pool.submit(job))
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


def _name(item: bytes) -> str:
    name: str = pickle.loads(item).name  # noqa: S301 - what we pickled ourselves
    return name


def _unpacked(piece: "Broadcast[list[Pair]]", _: Iterable[int]) -> Iterator[tuple[Pair, None]]:
    return ((pair, None) for pair in piece.value)
