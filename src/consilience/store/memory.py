"""Sentences once read, in a case or in a file of their own."""

from pathlib import Path

import apsw

from consilience.store.migrations import migrate
from consilience.store.sqlite import explained, journal_mode

# Some 1.5 kB each; beyond, the oldest go. 4,000 articles of 25 sentences that nobody else had.
SENTENCES_MAX = 100_000
# Waiting longer for another process costs more than reading the sentence again.
BUSY_TIMEOUT_MS = 1_000


def open_memory(path: Path, most: int = SENTENCES_MAX) -> "SqliteMemory":
    """The memory in that file, which may be a case; made where there is none.

    Raises:
        StoreError: the file is neither, cannot be opened, or is newer than this code.
    """
    name = str(path)
    with explained(name):
        db = apsw.Connection(name)
        try:
            db.set_busy_timeout(BUSY_TIMEOUT_MS)
            db.transaction_mode = "IMMEDIATE"
            migrate(db, name)
            if not db.readonly("main"):  # one that may only be read is of use too
                db.pragma("journal_mode", journal_mode())
            # What a power cut takes is read again.
            db.pragma("synchronous", "normal")
        except BaseException:
            db.close()
            raise
    return SqliteMemory(db, most)


class SqliteMemory:
    """`consilience.read.Memory` over one connection; keeps to the thread that opened it.

    Where the file fails in use (damaged, locked, full), sentences are read afresh.
    """

    def __init__(self, db: apsw.Connection, most: int) -> None:
        self._db = db
        self._most = most
        self._keeps = not db.readonly("main")

    def find(self, name: bytes) -> bytes | None:
        try:
            found: bytes | None = self._db.execute(
                "SELECT sealed FROM sentence WHERE name = ?", (name,)
            ).get
        except apsw.Error:
            return None
        return found

    def keep(self, name: bytes, sealed: bytes) -> None:
        if not self._keeps:
            return
        try:
            with self._db:
                self._db.execute(
                    "INSERT OR REPLACE INTO sentence (name, sealed) VALUES (?, ?)", (name, sealed)
                )
                last = self._db.last_insert_rowid()
                self._db.execute("DELETE FROM sentence WHERE seq <= ?", (last - self._most,))
        except apsw.Error:
            self._keeps = False

    def close(self) -> None:
        self._db.close()
