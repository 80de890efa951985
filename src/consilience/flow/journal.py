"""What a run has told so far, so that one that is killed need not tell it again."""

import fcntl
import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from consilience.errors import InputError


class _Kept(NamedTuple):
    digest: str
    start: int
    length: int


class Journal:
    """Lines by the key of their event and a digest of all that went into them.

    A file of records, each with a hash of its bytes: one that a kill or a power cut tore, and what
    follows it, is told again. One run at a time may hold it. `started` is when the first of the
    runs began, whose time all bear.
    """

    def __init__(self, path: Path, maker: str, started: str) -> None:
        self._kept: dict[str, _Kept] = {}
        self._file = path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            why = f"{path.parent}: another run is at work there; wait for it, or end it"
            raise InputError(why) from error
        self._file.seek(0)
        header = _parsed(self._file.readline())
        if header.get("maker") != maker:
            self._file.truncate(0)
            header = {"maker": maker, "started": started}
            self._file.write(json.dumps(header).encode() + b"\n")
            self._file.flush()
        else:
            self._load()
        self.started: str = header["started"]

    def has(self, key: str, digest: str) -> bool:
        return key in self._kept and self._kept[key].digest == digest

    def add(self, key: str, digest: str, line: str) -> None:
        content = zlib.compress(line.encode(), 1)
        sha256 = hashlib.sha256(content).hexdigest()
        head = {"key": key, "digest": digest, "length": len(content), "sha256": sha256}
        self._file.write(json.dumps(head).encode() + b"\n" + content)
        self._file.flush()
        self._kept[key] = _Kept(digest, self._file.tell() - len(content), len(content))

    def line(self, key: str) -> str:
        kept = self._kept[key]
        self._file.seek(kept.start)
        return zlib.decompress(self._file.read(kept.length)).decode()

    def close(self) -> None:
        self._file.close()

    def _load(self) -> None:
        whole = self._file.tell()
        for key, kept in self._records():
            self._kept[key] = kept
            whole = kept.start + kept.length
        self._file.truncate(whole)
        self._file.seek(whole)

    def _records(self) -> Iterator[tuple[str, _Kept]]:
        while head := _parsed(self._file.readline()):
            start = self._file.tell()
            content = self._file.read(head["length"])
            if hashlib.sha256(content).hexdigest() != head["sha256"]:
                return
            yield head["key"], _Kept(head["digest"], start, head["length"])


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(line))
    except ValueError:
        return {}
