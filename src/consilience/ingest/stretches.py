"""A file of JSON Lines in stretches, so that whoever can open it may read one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from consilience.ingest.stream import StreamLine, lines
from consilience.records import Failure

STRETCH_BYTES = 1024**2
_PIECE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of a file that begin at the byte `start` or after it, and before `end`.

    `n_before` is the number of ends of lines before `start`, from which its lines are numbered.
    """

    path: Path
    start: int
    end: int
    n_before: int = 0

    @property
    def name(self) -> str:
        return f"{self.path}, bytes {self.start} to {self.end}"


def stretches(path: Path, size_bytes: int = STRETCH_BYTES) -> Iterator[Stretch]:
    """Not yet numbered; see `numbered`. Raises: OSError."""
    whole = path.stat().st_size
    for start in range(0, whole, size_bytes):
        yield Stretch(path, start, min(start + size_bytes, whole))


def count_ends(stretch: Stretch) -> int:
    """The ends of lines in it. Raises: OSError."""
    n, left = 0, stretch.end - stretch.start
    with stretch.path.open("rb") as file:
        file.seek(stretch.start)
        while left > 0 and (piece := file.read(min(left, _PIECE_BYTES))):
            n += piece.count(b"\n")
            left -= len(piece)
    return n


def numbered(unnumbered: Iterable[tuple[Stretch, int]]) -> Iterator[Stretch]:
    """The stretches of one file in order, each given with its ends of lines."""
    n_before = 0
    for stretch, n_ends in unnumbered:
        yield replace(stretch, n_before=n_before)
        n_before += n_ends


def lines_of(stretch: Stretch) -> Iterator[Failure | StreamLine]:
    """As if the whole file were read. Raises: OSError."""
    with stretch.path.open("rb") as file:
        at, number = _first_line(file, stretch)
        yield from lines(file, stretch.path.name, number, stretch.end - at)


def _first_line(file: BinaryIO, stretch: Stretch) -> tuple[int, int]:
    """Where the first line begins that is of this stretch, and its number; `file` is there."""
    if stretch.start == 0:
        return 0, 1
    at, piece = stretch.start - 1, b""  # where the line before may end
    file.seek(at)
    while not piece.endswith(b"\n") and at < stretch.end:
        piece = file.readline(_PIECE_BYTES)
        if not piece:
            break
        at += len(piece)
    is_ours = at > stretch.start  # the end of that line is among ours, not before us
    return at, stretch.n_before + 1 + is_ours
