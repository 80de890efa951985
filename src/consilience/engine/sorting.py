"""Pairs of keys and values in order, more of them than memory holds."""

import struct
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

RUN_BYTES = 64 * 1024**2  # so much is sorted in memory at once
_PAIR_BYTES = 150  # of Python's own for a pair
_LENGTHS = struct.Struct(">IQ")
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Span:
    """Where the values of the key `name` lie in a file; the whole of it need never be read."""

    name: str
    path: str
    start: int
    end: int

    def values(self) -> Iterator[bytes]:
        with Path(self.path).open("rb") as file:
            file.seek(self.start)
            while file.tell() < self.end:
                (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
                yield file.read(length)


def sorted_pairs(
    pairs: Iterable[tuple[str, bytes]], folder: Path, run_bytes: int = RUN_BYTES
) -> Iterator[tuple[bytes, bytes]]:
    """The pairs by key, then by value; keys in UTF-8, which sorts as code points do.

    An external merge sort (Knuth, TAOCP 3, 5.4): runs sorted in memory, merged from `folder`.
    """
    runs = [_spilled(run, folder) for run in _runs(pairs, run_bytes)]
    return merge(*map(_records, runs))


def spans(
    pairs: Iterable[tuple[str, bytes]], folder: Path, run_bytes: int = RUN_BYTES
) -> Iterator[Span]:
    """Each key once, in order, its values sorted in a file of `folder`."""
    path = folder / "sorted"
    with path.open("wb") as out:
        for key, of_key in groupby(sorted_pairs(pairs, folder, run_bytes), key=itemgetter(0)):
            start = out.tell()
            for _, value in of_key:
                out.write(_LENGTH.pack(len(value)))
                out.write(value)
            out.flush()  # whoever is told of it reads it in another process
            yield Span(key.decode(), str(path), start, out.tell())


def _runs(
    pairs: Iterable[tuple[str, bytes]], run_bytes: int
) -> Iterator[list[tuple[bytes, bytes]]]:
    run: list[tuple[bytes, bytes]] = []
    size = 0
    for name, value in pairs:
        key = name.encode()
        run.append((key, value))
        size += len(key) + len(value) + _PAIR_BYTES
        if size >= run_bytes:
            yield run
            run, size = [], 0
    yield run


def _spilled(run: list[tuple[bytes, bytes]], folder: Path) -> BinaryIO:
    run.sort()
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - the merge reads it to its end
    for key, value in run:
        file.write(_LENGTHS.pack(len(key), len(value)))
        file.write(key)
        file.write(value)
    run.clear()
    file.seek(0)
    return file


def _records(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    with file:
        while head := file.read(_LENGTHS.size):
            n_key, n_value = _LENGTHS.unpack(head)
            yield file.read(n_key), file.read(n_value)
