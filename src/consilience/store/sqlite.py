"""A case in one SQLite file, or in memory."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from warnings import warn

import apsw

from consilience.errors import StoreError
from consilience.store.database import DAMAGED, Cell
from consilience.store.migrations import migrate
from consilience.store.wal import DamagedLogWarning, find_damage

BUSY_TIMEOUT_MS = 30_000
_AGAIN_S = 0.01
# Older ones can lose committed writes in WAL mode when a checkpoint meets a writer.
WAL_IS_SAFE_FROM = (3, 51, 3)

REMEDIES: tuple[tuple[type[Exception], str], ...] = (
    (apsw.NotADBError, "not a case or a memory; name another file"),
    (apsw.CantOpenError, "cannot be opened; name a file in a writable folder that exists"),
    (apsw.BusyError, "in use by another process; wait for it to end"),
    (apsw.LockedError, "in use by another process; wait for it to end"),
    (apsw.ReadOnlyError, "may not be written; change its permissions or name another file"),
    (apsw.FullError, "the disk is full; make room and run again, finished work is kept"),
    (apsw.IOError, "cannot be read or written on; make room, or check the disk, and run again"),
    (apsw.CorruptError, DAMAGED),
    (UnicodeDecodeError, DAMAGED),
)


class SqliteDatabase:
    """`consilience.store.database.Database` over a file; keeps to the thread that opened it.

    Raises:
        StoreError: the file is no case, cannot be opened, or is newer than this code.
    """

    def __init__(self, path: Path | None, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        self._path = path
        self._name = "memory" if path is None else str(path)
        if path is not None:
            _warn_of_log(path)
        with explained(self._name):
            self._db = apsw.Connection(":memory:" if path is None else str(path))
            try:
                self._db.set_busy_timeout(busy_timeout_ms)
                # Write locks are taken at the start, so that two runs wait instead of colliding.
                self._db.transaction_mode = "IMMEDIATE"
                # First of all: it refuses, untouched, what is no case.
                migrate(self._db, self._name)
                if not self._db.readonly("main"):  # one that may only be read is of use too
                    _set_journal(self._db, busy_timeout_ms)
                self._db.pragma("synchronous", "full")
                self._db.pragma("foreign_keys", True)
            except BaseException:
                self._db.close()
                raise

    @property
    def name(self) -> str:
        return self._name

    def check(self) -> None:
        """Once for each content of a file: of a big case it takes a second.

        Raises:
            StoreError: the file is damaged.
        """
        state = None if self._path is None else _state_of(self._path)
        if state is not None and _found_whole.get(self._name) == state:
            return
        with explained(self._name):
            # Not quick_check: columns without a seal stand in an index too, to be compared.
            is_whole = self._db.pragma("integrity_check", 1) == "ok"
            if not is_whole or self._db.pragma("foreign_key_check") is not None:
                raise StoreError(f"{self._name}: {DAMAGED}")
        if state is not None:
            _found_whole[self._name] = state

    def forgo_durability(self) -> None:
        """A power cut may take what was written last; the file stays whole."""
        self._db.pragma("synchronous", "normal")

    def rows(self, sql: str, *bindings: Cell) -> list[tuple[Any, ...]]:
        with explained(self._name):
            return self._db.execute(sql, bindings).fetchall()

    def each(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        with explained(self._name):
            self._db.executemany(sql, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with explained(self._name), self._db:
            yield

    @contextmanager
    def erasing(self) -> Iterator[None]:
        with explained(self._name):
            # Should this process end before the file is made anew: free pages hold nothing either.
            self._db.pragma("secure_delete", True)
            with self.writing():
                yield
            self._db.execute("VACUUM")
            self._db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self._db.in_transaction:
            yield
            return
        with explained(self._name):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                self._db.execute("ROLLBACK")

    def close(self) -> None:
        self._db.close()


# Of each file that was found whole, what it was known by then.
_found_whole: dict[str, tuple[int, ...]] = {}


def _state_of(path: Path) -> tuple[int, ...]:
    """What changes whenever a file, or the log beside it, is written."""
    files = [one for one in (path, path.with_name(f"{path.name}-wal")) if one.exists()]
    return tuple(
        number
        for at in map(Path.stat, files)
        for number in (at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns)
    )


def _warn_of_log(path: Path) -> None:
    """Before SQLite, which passes over it in silence, takes what it can of it."""
    with suppress(OSError):
        found = find_damage(path)
        if found is not None:
            why = f"{path}: {found}; what stood before is taken: add again what is missing"
            warn(why, DamagedLogWarning, stacklevel=3)


def _set_journal(db: apsw.Connection, busy_timeout_ms: int) -> None:
    """SQLite waits for others with all it does but with this, so the waiting is ours."""
    until = time.monotonic() + busy_timeout_ms / 1000
    while True:
        try:
            db.pragma("journal_mode", journal_mode(apsw.sqlite_lib_version()))
            return
        except apsw.BusyError:
            if time.monotonic() >= until:
                raise
            time.sleep(_AGAIN_S)


def journal_mode(version: str) -> str:
    """
    >>> journal_mode("3.51.2"), journal_mode("3.51.3"), journal_mode("3.54.0")
    ('delete', 'wal', 'wal')
    """
    numbers = tuple(int(part) for part in version.split("."))
    return "wal" if numbers >= WAL_IS_SAFE_FROM else "delete"


@contextmanager
def explained(name: str) -> Iterator[None]:
    try:
        yield
    except (apsw.Error, UnicodeDecodeError) as error:
        for kind, remedy in REMEDIES:
            if isinstance(error, kind):
                raise StoreError(f"{name}: {remedy}") from error
        raise StoreError(f"{name}: {error}; {DAMAGED}") from error
