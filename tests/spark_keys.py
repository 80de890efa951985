"""Brings pairs together on a cluster, slowly, and prints what became of each key as it comes.

python -m tests.spark_keys MASTER
"""

import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256

from consilience.engine.spark import open_spark

N_KEYS = 90
KEY_S = 0.2


def pairs() -> Iterator[tuple[str, bytes]]:
    """Half of them of one key."""
    for n in range(20 * N_KEYS):
        yield f"k{n // 2 % N_KEYS if n % 2 else 7:02}", f"value {n * 7919 % 10_007}".encode()


def tell(key: str, values: Iterator[bytes]) -> str:
    time.sleep(KEY_S)
    told = sha256()
    for value in values:
        told.update(value + b"\n")
    return told.hexdigest()


def make() -> Callable[[str, Iterator[bytes]], str]:
    return tell


if __name__ == "__main__":
    with open_spark(sys.argv[1]) as engine:
        for key, told in engine.reduce("tell", make, pairs()):
            print(key, told, flush=True)
