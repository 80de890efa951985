"""Whether the log beside a case (SQLite's write-ahead log) is whole as far as it was finished.

SQLite takes a log up to the first frame that its checksum does not prove, without a word. Behind a
process that ended there is nothing; where a finished change stands behind it the disk lost it.
Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HEADER_BYTES, _FRAME_HEADER_BYTES = 32, 24
_MAGIC = 0x377F0682  # and one more where checksums are of words with the high byte first
_SQLITE = b"SQLite format 3\x00"


class DamagedLogWarning(UserWarning):
    """What was written last to a case is lost, and what stood there before is taken."""


@dataclass(frozen=True, slots=True)
class _Frames:
    """Of each frame of a log: is it proven by the one before it, is it of this log, does it finish
    a change."""

    proven: "NDArray[np.bool_]"
    current: "NDArray[np.bool_]"
    finishing: "NDArray[np.bool_]"


def find_damage(path: Path) -> str | None:
    """What of the log of that file is lost, in words; None where it is as it was left.

    Raises:
        OSError: it cannot be read.
    """
    log = path.with_name(f"{path.name}-wal")
    if not log.is_file() or log.stat().st_size <= _HEADER_BYTES or not path.is_file():
        return None
    with path.open("rb") as file:
        head = file.read(100)
    page_bytes = int.from_bytes(head[16:18]) if head.startswith(_SQLITE) else 0
    content = log.read_bytes()
    page_bytes = {0: int.from_bytes(content[8:12]), 1: 65_536}.get(page_bytes, page_bytes)
    if page_bytes not in {2**n for n in range(9, 17)}:
        return None
    n_lost = max(_count_lost(content, page_bytes, order) for order in "<>")
    if n_lost == 0:
        return None
    changes = "a change" if n_lost == 1 else f"{n_lost} changes"
    return f"the log beside it is damaged, and {changes} written last cannot be read"


def _count_lost(content: bytes, page_bytes: int, order: str) -> int:
    """Changes that were finished behind the first frame that nothing proves."""
    frames = _frames(content, page_bytes, order)
    if frames is None:
        return 0
    is_taken = frames.proven & frames.current
    n_taken = len(is_taken) if is_taken.all() else int(is_taken.argmin())
    if not _is_header_whole(content, order):
        n_taken = 0
    behind = frames.proven[n_taken:] & frames.current[n_taken:] & frames.finishing[n_taken:]
    return int(behind.sum())


def _is_header_whole(content: bytes, order: str) -> bool:
    magic = _MAGIC + (order == ">")
    if int.from_bytes(content[:4]) != magic:
        return False
    s0 = s1 = 0
    byteorder = "little" if order == "<" else "big"
    words = [int.from_bytes(content[i : i + 4], byteorder) for i in range(0, 24, 4)]  # type: ignore[arg-type]
    for x0, x1 in zip(words[::2], words[1::2], strict=True):
        s0 = (s0 + x0 + s1) % 2**32
        s1 = (s1 + x1 + s0) % 2**32
    return content[24:32] == s0.to_bytes(4) + s1.to_bytes(4)


def _frames(content: bytes, page_bytes: int, order: str) -> _Frames | None:
    import numpy as np

    size = _FRAME_HEADER_BYTES + page_bytes
    n_frames = (len(content) - _HEADER_BYTES) // size
    if n_frames == 0:
        return None
    raw = np.frombuffer(content, np.uint8, n_frames * size, _HEADER_BYTES)
    raw = raw.reshape(n_frames, size)  # (F, bytes)
    head = np.ascontiguousarray(raw[:, :_FRAME_HEADER_BYTES]).view(">u4")  # (F, 6)
    data = np.concatenate((raw[:, :8], raw[:, _FRAME_HEADER_BYTES:]), axis=1)
    words = np.ascontiguousarray(data).view(f"{order}u4").astype(np.uint32)  # (F, words)
    stored = head[:, 4:].astype(np.uint32)
    first = np.frombuffer(content, ">u4", 2, 24).astype(np.uint32)
    before = np.concatenate((first[None], stored[:-1]))
    weights, carried = _weights(words.shape[1])
    sums = words @ np.array(weights, np.uint32) + before @ np.array(carried, np.uint32)
    salts = head[:, 2:4]
    # Of a log whose header is damaged the first frame says which it is.
    is_whole = _is_header_whole(content, order)
    own = np.frombuffer(content, ">u4", 2, 16) if is_whole else salts[0]
    return _Frames(
        proven=(sums == stored).all(axis=1),
        current=(salts == own).all(axis=1),
        finishing=head[:, 1] != 0,
    )


@cache
def _weights(n_words: int) -> tuple[list[list[int]], list[list[int]]]:
    """How often each word counts in the two sums, and each of the two sums before; modulo 2³².

    For words in pairs (x, y) the sums go on as s += x + t, t += y + s: linear in all of them.
    """
    # Rows: what one more of s, or of t, before the rest of the pairs adds to s and t after them.
    s, t = (1, 0), (0, 1)
    weights = []
    for _ in range(n_words // 2):
        # x adds to s and with it to t; y to t alone.
        weights += [list(t), [(s[0] + t[0]) % 2**32, (s[1] + t[1]) % 2**32]]
        s, t = (
            ((s[0] + t[0]) % 2**32, (s[1] + t[1]) % 2**32),
            ((s[0] + 2 * t[0]) % 2**32, (s[1] + 2 * t[1]) % 2**32),
        )
    return weights[::-1], [list(s), list(t)]
