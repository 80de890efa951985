"""Sentences once read, in a case or in a file of their own."""

from consilience.errors import StoreError
from consilience.store.database import Database

# Some 1.5 kB each; beyond, the oldest go. 4,000 articles of 25 sentences that nobody else had.
SENTENCES_MAX = 100_000
# Waiting longer for another process costs more than reading the sentence again.
BUSY_TIMEOUT_MS = 1_000


class SqlMemory:
    """`consilience.read.Memory` over one connection.

    Where the database fails in use (damaged, locked, full), sentences are read afresh; one that
    may only be read is of use too.
    """

    def __init__(self, db: Database, most: int) -> None:
        self._db = db
        self._most = most
        self._keeps = True

    def find(self, name: bytes) -> bytes | None:
        try:
            rows = self._db.rows("SELECT sealed FROM sentence WHERE name = $1", name)
        except StoreError:
            return None
        return bytes(rows[0][0]) if rows else None

    def keep(self, name: bytes, sealed: bytes) -> None:
        if not self._keeps:
            return
        try:
            with self._db.writing():
                ((last,),) = self._db.rows(
                    "INSERT INTO sentence (name, sealed) VALUES ($1, $2)"
                    " ON CONFLICT (name) DO UPDATE SET sealed = $2 RETURNING seq",
                    name,
                    sealed,
                )
                self._db.rows("DELETE FROM sentence WHERE seq <= $1", int(last) - self._most)
        except StoreError:
            self._keeps = False

    def close(self) -> None:
        self._db.close()
