"""What can still be read of a damaged case, proven where it can be, laid into a new one."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from consilience.errors import StoreError
from consilience.interchange import decision_to_json, dumps, said_digest
from consilience.records import Decision, DecisionKind, Document, Failure
from consilience.store.migrations import APPLICATION_ID, MIGRATIONS, schema_made
from consilience.store.register import AdditionStatus, Role
from consilience.store.sql import outcome_row
from consilience.store.sqlite import explained
from consilience.store.wal import find_damage

# Rows looked for one by one where a page between them cannot be read.
_PROBED_MAX = 20_000
# What other rows point at comes first. Browsers sign in again.
_TABLES = (
    "blob", "input", "outcome", "reading", "judgement", "withdrawal", "decision", "known",
    "dossier", "token", "addition", "sentence", "forgotten",
)  # fmt: skip
# Made from the others whenever an account is told.
_MADE_AGAIN = frozenset({"outcome", "reading", "judgement", "withdrawal", "sentence"})
# Where an older case would need its records themselves brought up.
_OLDEST_SCHEMA = 3

_NEVER = "1970-01-01T00:00:00Z"

Row = dict[str, Any]


# The documents and failures in the bytes given under a name.
Ingest = Callable[[str, bytes], Sequence[Document | Failure]]


def salvage(damaged: Path, new: Path, ingester: str, ingest: Ingest) -> tuple[str, ...]:
    """Lay all that holds into a new case; what was lost of what was given, a line each.

    The damaged file is not touched. Bytes hold where their hash is theirs, records where their
    seal is; of the rest it is said that nothing proves it where its table is damaged.

    Raises:
        StoreError: nothing can be read of it, or the new file cannot be written.
    """
    found = find_damage(damaged)
    copy = new.with_name(f"{new.stem}-of-damaged.db")
    ends = ("", "-wal", "-journal")
    try:
        for end in ends:
            beside = damaged.with_name(damaged.name + end)
            if beside.is_file():
                shutil.copyfile(beside, copy.with_name(copy.name + end))
        with (
            closing(_opened(copy, str(damaged))) as old,
            explained(str(new)),
            closing(apsw.Connection(str(new))) as db,
        ):
            db.pragma("foreign_keys", True)
            with db:
                lost = tuple(_laid_over(old, db))
                _ingest_again(db, ingester, ingest)
                _keep_numbers(db)
    finally:
        for end in (*ends, "-shm"):
            copy.with_name(copy.name + end).unlink(missing_ok=True)
    return lost if found is None else (f"{damaged.name}: {found}", *lost)


def _opened(copy: Path, name: str) -> apsw.Connection:
    """With the header and the schema that it should have."""
    with copy.open("r+b") as file:
        content = file.read(100)
        if _header_of(content, copy.stat().st_size) != content:
            file.seek(0)
            file.write(_header_of(content, copy.stat().st_size))
    with explained(name):
        db = apsw.Connection(str(copy))
        db.execute("PRAGMA writable_schema = ON")  # a broken schema is put right, not refused
        try:
            made = _schema_of(db)
            found = {str(row[0]) for row in db.execute("SELECT name FROM sqlite_schema")}
        except apsw.Error as error:
            raise StoreError(
                f"{name}: nothing can be read of it; restore it from a backup"
            ) from error
        if db.pragma("application_id") != APPLICATION_ID or not found & set(_TABLES):
            raise StoreError(f"{name}: nothing of a case is in it; restore it from a backup")
        for kind, table, of, sql in made:
            if sql is not None:
                db.execute(
                    "UPDATE sqlite_schema SET type = ?, tbl_name = ?, sql = ? WHERE name = ?",
                    (kind, of, sql, table),
                )
        db.execute("PRAGMA writable_schema = RESET")
    return db


def _schema_of(db: apsw.Connection) -> frozenset[tuple[str, ...]]:
    """The one it must have by the number it gives."""
    version = db.pragma("user_version")
    return schema_made(version if version in range(1, len(MIGRATIONS)) else len(MIGRATIONS))


def _header_of(found: bytes, size_bytes: int) -> bytes:
    """What it must say; only a header that says nothing itself is made up."""
    if found[:16] == b"SQLite format 3\0" and found[68:72] == APPLICATION_ID.to_bytes(4):
        return found
    page = 4096
    words = [
        b"SQLite format 3\0", page.to_bytes(2), bytes((1, 1, 0, 64, 32, 32)),
        (1).to_bytes(4), (size_bytes // page).to_bytes(4), bytes(8), (1).to_bytes(4),
        (4).to_bytes(4), bytes(8), (1).to_bytes(4), len(MIGRATIONS).to_bytes(4), bytes(4),
        APPLICATION_ID.to_bytes(4), bytes(20), (1).to_bytes(4), (3_051_003).to_bytes(4),
    ]  # fmt: skip
    return b"".join(words)


def _laid_over(old: apsw.Connection, new: apsw.Connection) -> Iterator[str]:
    for number, step in enumerate(MIGRATIONS, 1):
        step(new)
        new.pragma("user_version", number)
    is_old = old.pragma("user_version") < _OLDEST_SCHEMA
    for table in _TABLES:
        found = _found(old, table)
        if table in _MADE_AGAIN and is_old:
            continue
        if table == "outcome":
            yield from _inputs_named_by(found.rows.values(), new)
        for at, row in found.rows.items():
            is_laid = _holds(table, row) and _laid(new, table, row)
            if table in _MADE_AGAIN:
                continue
            if not is_laid:
                yield f"{table} {_called(row)}: damaged, and lost"
            elif not (found.is_whole or table == "blob" or _is_doubled(old, table, at, row)):
                yield f"{table} {_called(row)}: damaged; look whether it is as it was"
        if not (found.is_all or table in _MADE_AGAIN):
            yield f"{table}: damaged; it may have held more than could be read"


def _inputs_named_by(outcomes: Iterable[Row], new: apsw.Connection) -> Iterator[str]:
    """Bytes that are there, and of whose name only what they yielded tells."""
    for row in outcomes:
        if _holds("outcome", row):
            made = json.loads(row["json"])
            given: Row = {k: row[k] for k in ("name", "sha256")} | {"ingester": "", "counts": 1}
            is_named = row["name"] in (made.get("name"), made.get("input"))
            if is_named and _laid(new, "input", given):
                yield f"input {row['name']}: damaged; look whether it still counts"


def _ingest_again(db: apsw.Connection, ingester: str, ingest: Ingest) -> None:
    """Where less is left of what an input yielded than it yields."""
    sql = (
        "SELECT name, sha256, (SELECT count(*) FROM outcome o"
        " WHERE (o.name, o.sha256) = (input.name, input.sha256)) FROM input"
        " WHERE sha256 NOT IN (SELECT sha256 FROM forgotten)"
    )
    for name, sha256, n_left in db.execute(sql).fetchall():
        ((raw,),) = db.execute("SELECT bytes FROM blob WHERE sha256 = ?", (sha256,))
        made = ingest(str(name), bytes(raw))
        if len(made) == n_left:
            continue  # what was left knows more: where a page was fetched, and when
        key = (name, sha256)
        db.execute("DELETE FROM outcome WHERE (name, sha256) = (?, ?)", key)
        rows = [(*key, n, *outcome_row(outcome)) for n, outcome in enumerate(made)]
        db.executemany("INSERT INTO outcome VALUES (?, ?, ?, ?, ?, ?)", rows)
        db.execute("UPDATE input SET ingester = ? WHERE (name, sha256) = (?, ?)", (ingester, *key))


def _laid(new: apsw.Connection, table: str, row: Row) -> bool:
    """Whether the new case takes it: what it points at must be there."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
    try:
        new.execute(sql, tuple(row.values()))
    except apsw.ConstraintError:
        return False
    return True


def _keep_numbers(new: apsw.Connection) -> None:
    """Decisions are spoken of by number: one that changes nothing stands for each that is lost."""
    numbers = {int(row[0]) for row in new.execute("SELECT seq FROM decision")}
    for number in set(range(1, max(numbers, default=0))) - numbers:
        lost = Decision(
            DecisionKind.UNDO, (), (), number, "nobody", _NEVER, "lost in a damaged case"
        )
        line = dumps(decision_to_json(lost))
        seal = hashlib.sha256(line.encode()).hexdigest()
        new.execute("INSERT INTO decision VALUES (?, ?, ?)", (number, line, seal))


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of a table by number, whether it is whole, and whether these are all it held."""

    rows: dict[int, Row]
    is_whole: bool
    is_all: bool


def _found(db: apsw.Connection, table: str) -> _Found:
    columns: list[str] = []
    is_whole = False
    with suppress(apsw.Error, UnicodeDecodeError):
        columns = [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]
        is_whole = db.execute(f"PRAGMA integrity_check({table})").fetchall() == [("ok",)]
    if not columns:
        is_earlier = all(name != table for _, name, *_ in _schema_of(db))
        return _Found({}, is_whole=is_earlier, is_all=is_earlier)
    rows, is_all = _scan(db, table, columns, "ASC")
    if is_whole and is_all:
        return _Found(rows, is_whole=True, is_all=True)
    rows |= _scan(db, table, columns, "DESC")[0]
    for at in _between(rows):
        with suppress(apsw.Error, UnicodeDecodeError):
            sql = f"SELECT * FROM {table} NOT INDEXED WHERE rowid = ?"  # noqa: S608
            for row in db.execute(sql, (at,)):
                rows[at] = dict(zip(columns, row, strict=True))
    # Bytes are missed where an input is without them.
    is_all = table == "blob" or _numbers(db, table) == set(rows)
    return _Found(dict(sorted(rows.items())), is_whole=False, is_all=is_all)


def _numbers(db: apsw.Connection, table: str) -> set[int] | None:
    """Those of its rows as an index knows them."""
    with suppress(apsw.Error, UnicodeDecodeError):
        sql = f"SELECT rowid FROM {table} INDEXED BY {table}_double"  # noqa: S608
        return {int(row[0]) for row in db.execute(sql)}
    return None


def _is_doubled(db: apsw.Connection, table: str, at: int, row: Row) -> bool:
    """Whether each column but the sealed one stands in an index as it stands in the table."""
    left = set(row) - {"json", "seq", "row"}
    with suppress(apsw.Error, UnicodeDecodeError):
        for _, index, *_ in db.execute(f"PRAGMA index_list({table})").fetchall():
            columns = [str(c[2]) for c in db.execute(f"PRAGMA index_info({index})") if c[2]]
            same = " AND ".join(f"{column} IS ?" for column in columns)
            sql = f"SELECT 1 FROM {table} INDEXED BY {index} WHERE rowid = ? AND {same}"  # noqa: S608
            if db.execute(sql, (at, *(row[column] for column in columns))).get:
                left -= set(columns)
    return not left


def _scan(
    db: apsw.Connection, table: str, columns: Sequence[str], order: str
) -> tuple[dict[int, Row], bool]:
    """The rows until one cannot be read, and whether that was not so."""
    rows: dict[int, Row] = {}
    sql = f"SELECT rowid, * FROM {table} NOT INDEXED ORDER BY rowid {order}"  # noqa: S608
    try:
        for at, *values in db.execute(sql):
            rows[at] = dict(zip(columns, values, strict=True))
    except (apsw.Error, UnicodeDecodeError):
        return rows, False
    return rows, True


def _between(found: dict[int, Row]) -> Iterator[int]:
    """The numbers that are missing, and as many again after the last."""
    last = max(found, default=0)
    for at in range(1, min(2 * last + 100, _PROBED_MAX)):
        if at not in found:
            yield at


def _holds(table: str, row: Row) -> bool:
    """Whether what proves a row does so; what follows from it is put right."""
    if table == "blob":
        found = row["bytes"]  # none: forgotten
        return isinstance(found, bytes) and (not found or _is_sha256(found, row["sha256"]))
    if table == "token":
        return row["role"] in [*Role]
    if table == "addition":
        return row["status"] in [*AdditionStatus]
    if "seal" not in row:
        return True
    line = row["json"]
    if table == "dossier" and (line, row["seal"], row["digest"]) == ("", "", ""):
        return True  # it told what was forgotten
    if not (isinstance(line, str) and _is_sha256(line.encode(), row["seal"])):
        return False
    made = json.loads(line)
    match table:
        case "outcome":
            row["document_id"] = made.get("id")
        case "reading":
            row["failed"] = int("error" in made)
        case "dossier":
            row["digest"] = said_digest(made)
    return True


def _is_sha256(content: bytes, sha256: Any) -> bool:
    return bool(hashlib.sha256(content).hexdigest() == sha256)


def _called(row: Row) -> str:
    return str(row.get("name") or row.get("seq") or row.get("sha256"))
