"""How work is cut into shares: that decides who does what, and nothing of what is done."""

import pickle
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from consilience.engine.spark_work import Pair

if TYPE_CHECKING:
    from pyspark import SparkContext

# A share costs the driver some 20 ms and takes a worker about so long.
_SHARE_S = 2.0
_SHARE_ITEMS_MAX = 500
_SHARE_BYTES_MAX = 1 << 20
# What is to be brought together waits in pieces of this size, on the disk where memory is short.
_PIECE_BYTES = 16 << 20
# Of what is brought together a worker takes about so much at a time.
_PARTITION_BYTES = 2 << 20
_PARTITIONS_MAX = 10_000
_SAMPLE = 100_000


@dataclass(slots=True)
class Pace:
    """How many items a core does in `_SHARE_S`, as far as can be seen from what is done."""

    context: "SparkContext"
    n_done: int = 0
    began: float = field(default_factory=time.monotonic)

    def share_items(self) -> int:
        took_s = (time.monotonic() - self.began) * self.context.defaultParallelism
        return min(max(int(self.n_done * _SHARE_S / took_s), 1), _SHARE_ITEMS_MAX)


def shares(items: Iterable[Any], pace: Pace) -> Iterator[list[bytes]]:
    """The items, pickled, as many at a time as a core does in `_SHARE_S`."""
    share: list[bytes] = []
    size, wanted = 0, 1
    for item in items:
        share.append(pickle.dumps(item))
        size += len(share[-1])
        if len(share) >= wanted or size >= _SHARE_BYTES_MAX:
            yield share
            share, size, wanted = [], 0, pace.share_items()
    if share:
        yield share


def cut(pairs: Iterable[Pair], sample: "Sample") -> Iterator[list[Pair]]:
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


@dataclass(slots=True)
class Sample:
    """Some of the keys, each as likely as any other (Vitter 1985, algorithm R)."""

    keys: list[str] = field(default_factory=list)
    n_seen: int = 0
    n_bytes: int = 0
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
