"""A case in a schema of its own in a PostgreSQL database."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from consilience.errors import StoreError
from consilience.places import PostgresCase
from consilience.store.database import Cell
from consilience.store.postgres_migrations import migrate

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

# As long as SQLite waits.
LOCK_TIMEOUT = "30s"
CONNECT_TIMEOUT_S = 10
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"

_ASK_AGAIN = "check the address, and that the server runs and lets you in; then run again"
REMEDIES: tuple[tuple[type[Exception], str], ...] = (
    (errors.LockNotAvailable, "in use by another process; wait for it to end"),
    (errors.DiskFull, "make room on the server and run again, finished work is kept"),
    (errors.ReadOnlySqlTransaction, "name a server that may be written to"),
    (errors.InsufficientPrivilege, "ask for CREATE on the database, or for the right to the case"),
    (errors.DataError, "PostgreSQL cannot keep it; take it out of the input"),
    (psycopg.OperationalError, _ASK_AGAIN),
)


class PostgresDatabase:
    """`consilience.store.database.Database` over a connection, made anew where the server ended it.

    Raises:
        StoreError: the server cannot be reached, the schema is another program's or newer than this
            code.
    """

    def __init__(self, place: PostgresCase, *, is_durable: bool = True) -> None:
        self._place = place
        self._is_durable = is_durable
        self._is_within = False
        # One number for each case of a database: one writes at a time.
        digest = hashlib.sha256(f"consilience {place.name}".encode()).digest()
        self._lock = int.from_bytes(digest[:8], signed=True)
        with explained(self.name):
            self._db = self._connected()
            try:
                migrate(self._db, self.name, schema_of(place), self._lock)
            except BaseException:
                self._db.close()
                raise

    @property
    def name(self) -> str:
        return str(self._place)

    def rows(self, sql: str, *bindings: Cell) -> list[tuple[Any, ...]]:
        with explained(self.name):
            cursor = self._begun(sql, bindings)
            return cursor.fetchall() if cursor.description else []

    def each(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        with explained(self.name), self._db.cursor() as cursor:
            cursor.executemany(sql.encode(), rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._within(_WRITING):
            self.rows("SELECT pg_advisory_xact_lock($1)", self._lock)
            yield

    @contextmanager
    def erasing(self) -> Iterator[None]:
        with self.writing():
            yield
        with explained(self.name):
            tables = self._db.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = $1", (schema_of(self._place),)
            ).fetchall()
            self._db.execute(f"VACUUM FULL {', '.join(str(name) for (name,) in tables)}".encode())

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with self._within(_SNAPSHOT):
            yield

    @contextmanager
    def _within(self, begin: str) -> Iterator[None]:
        if self._is_within:
            yield
            return
        with explained(self.name):
            self._begun(begin)
            self._is_within = True
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(psycopg.Error):  # what is told is why it came to this
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._is_within = False

    def _begun(self, sql: str, bindings: Sequence[Cell] = ()) -> Cursor:
        """The first statement on a connection that the server may have ended since the last."""
        try:
            return self._db.execute(sql.encode(), bindings)
        except psycopg.OperationalError:
            # Outside of a transaction we only read, so it may be asked again.
            if self._is_within or not self._db.closed:
                raise
        self._db = self._connected()
        return self._db.execute(sql.encode(), bindings)

    def _connected(self) -> Connection:
        db = connected(self._place)
        db.execute(f"SET search_path = {schema_of(self._place)}".encode())
        db.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'".encode())
        if not self._is_durable:
            db.execute("SET synchronous_commit = off")
        return db

    def close(self) -> None:
        self._db.close()


def is_kept(place: PostgresCase) -> bool:
    """
    Raises:
        StoreError: the server cannot be reached.
    """
    with explained(str(place)), connected(place) as db:
        return db.execute("SELECT to_regnamespace($1)", (schema_of(place),)).fetchone() != (None,)


def schema_of(place: PostgresCase) -> str:
    """Of a name that needs no quotes, as `parse_place` sees to."""
    return f"case_{place.name}"


def connected(place: PostgresCase) -> Connection:
    said = conninfo_to_dict(place.address)
    return psycopg.connect(
        place.address,
        autocommit=True,
        cursor_factory=psycopg.RawCursor,
        connect_timeout=said.get("connect_timeout", CONNECT_TIMEOUT_S),
        application_name=said.get("application_name", "consilience"),
        client_encoding="UTF8",
    )


@contextmanager
def explained(name: str) -> Iterator[None]:
    """What libpq and the server say, without what was sent to them."""
    try:
        yield
    except psycopg.Error as error:
        said = " ".join((error.diag.message_primary or str(error)).split())
        for kind, remedy in REMEDIES:
            if isinstance(error, kind):
                raise StoreError(f"{name}: {said}; {remedy}") from error
        raise StoreError(f"{name}: {said}") from error
