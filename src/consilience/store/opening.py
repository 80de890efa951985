"""Where a case is kept, opened."""

from pathlib import Path

from consilience.errors import StoreError
from consilience.store.register import Register
from consilience.store.sql import SqlStore
from consilience.store.sqlite import SqliteDatabase


def open_store(path: Path | None) -> SqlStore:
    """The case in that file, made where there is none; in memory where `path` is None.

    Raises:
        StoreError: the file is no case, is damaged, locked, or newer than this code.
    """
    return SqlStore(_checked(path))


def open_register(path: Path) -> Register:
    """The register of a kept case, which must be there.

    Raises:
        StoreError: the file is no case, is damaged, locked, or newer than this code.
    """
    if not path.is_file():
        raise StoreError(f"{path}: no such case; name the file of a kept one")
    return Register(_checked(path))


def _checked(path: Path | None) -> SqliteDatabase:
    db = SqliteDatabase(path)
    try:
        db.check()
    except BaseException:
        db.close()
        raise
    return db
