"""A case laid from one database into another."""

from collections.abc import Iterator
from typing import Any

from consilience.errors import InputError
from consilience.store.database import Database

# What other rows point at comes first; each with what it is known by. Sentences are read again, and
# browsers sign in again.
_TABLES = {
    "blob": ("sha256",),
    "input": ("name", "sha256"),
    "outcome": ("name", "sha256", "position"),
    "reading": ("document_seal", "reader"),
    "judgement": ("seq",),
    "withdrawal": ("judgement",),
    "decision": ("seq",),
    "known": ("name",),
    "dossier": ("seq",),
    "told": ("row",),
    "token": ("name",),
    "addition": ("seq",),
    "forgotten": ("sha256",),
}
# The columns that are numbers in SQLite and truths in PostgreSQL.
_TRUTHS = {"input": 3, "reading": 2}
# An input may be of 20 MB.
_ROWS_HELD = 20


def copy(source: Database, target: Database) -> None:
    """All of a case as it is at this moment, or nothing.

    Raises:
        InputError: the target holds something already.
    """
    with source.snapshot(), target.writing():
        if any(target.rows(f"SELECT 1 FROM {table} LIMIT 1") for table in _TABLES):  # noqa: S608
            raise InputError(f"{target.name}: holds something already; name a new case")
        for table, key in _TABLES.items():
            for rows in _batches(source, table, key):
                marks = ", ".join(f"${n + 1}" for n in range(len(rows[0])))
                target.each(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608


def _batches(source: Database, table: str, key: tuple[str, ...]) -> Iterator[list[list[Any]]]:
    keys, marks = ", ".join(key), ", ".join(f"${n + 1}" for n in range(len(key)))
    start = f"SELECT {keys}, {table}.* FROM {table}"  # noqa: S608
    end = f"ORDER BY {keys} LIMIT {_ROWS_HELD}"
    rows = source.rows(f"{start} {end}")
    while rows:
        yield [_row(table, list(row[len(key) :])) for row in rows]
        rows = source.rows(f"{start} WHERE ({keys}) > ({marks}) {end}", *rows[-1][: len(key)])


def _row(table: str, row: list[Any]) -> list[Any]:
    if table in _TRUTHS:
        row[_TRUTHS[table]] = bool(row[_TRUTHS[table]])
    return row
