"""Where a case is kept, opened."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from consilience.errors import InputError, MissingExtraError, StoreError
from consilience.places import Place, PostgresCase, parse_place
from consilience.store.copying import copy
from consilience.store.database import Database
from consilience.store.memory import BUSY_TIMEOUT_MS, SENTENCES_MAX, SqlMemory
from consilience.store.register import Register
from consilience.store.sql import SqlStore
from consilience.store.sqlite import SqliteDatabase


def open_store(place: Place | str | None) -> SqlStore:
    """The case in that file or at that address, made where there is none; in memory where None.

    Raises:
        InputError: the address holds a password, or the name of a case that is none.
        MissingExtraError: it is in PostgreSQL, and the postgres extra is not installed.
        StoreError: it is no case, is damaged, locked, cannot be reached, or is newer than this
            code.

    >>> open_store(None).version()
    Version(n_states=0, n_decisions=0)
    """
    if isinstance(place, str):
        place = parse_place(place)
    return SqlStore(_checked(None) if place is None else _database(place))


def open_register(place: Place) -> Register:
    """The register of a kept case, which must be there.

    Raises:
        StoreError: there is no such case, or it cannot be opened; see `open_store`.
    """
    if not is_kept(place):
        raise StoreError(f"{place}: no such case; name a kept one")
    return Register(_database(place))


def open_memory(place: Place, most: int = SENTENCES_MAX) -> SqlMemory:
    """The memory in that file, or in that case; made where there is none.

    Raises:
        StoreError: it is neither, cannot be opened, or is newer than this code.
    """
    if isinstance(place, Path):
        db = SqliteDatabase(place, BUSY_TIMEOUT_MS)
        db.forgo_durability()  # what a power cut takes is read again
        return SqlMemory(db, most)
    return SqlMemory(_postgres(place, is_durable=False), most)


def copy_case(source: Place, target: Place) -> None:
    """All of a case, laid into a new one elsewhere.

    Raises:
        InputError: the source is no case, or the target holds something already.
        StoreError: one of them cannot be opened; see `open_store`.
    """
    if not is_kept(source):
        raise InputError(f"{source}: no such case; name a kept one")
    with closing(_database(source)) as one, closing(_database(target)) as other:
        copy(one, other)


def _database(place: Place) -> Database:
    return _checked(place) if isinstance(place, Path) else _postgres(place)


def is_kept(place: Place) -> bool:
    """Whether there is such a case, or something that stands in its place.

    Raises:
        StoreError: the server cannot be reached.
    """
    if isinstance(place, Path):
        return place.is_file()
    with _extra():
        from consilience.store import postgres
    return postgres.is_kept(place)


def _checked(path: Path | None) -> SqliteDatabase:
    db = SqliteDatabase(path)
    try:
        db.check()
    except BaseException:
        db.close()
        raise
    return db


def _postgres(place: PostgresCase, *, is_durable: bool = True) -> Database:
    with _extra():
        from consilience.store.postgres import PostgresDatabase
    return PostgresDatabase(place, is_durable=is_durable)


@contextmanager
def _extra() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(
            "PostgreSQL needs more packages; install consilience[postgres]"
        ) from error
