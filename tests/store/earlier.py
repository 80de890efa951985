"""Cases as earlier versions of the program left them."""

import hashlib
from pathlib import Path

import apsw

from consilience.store.migrations import MIGRATIONS


def set_back(path: Path, schema: int) -> None:
    """Make of a closed case one of an earlier schema, with all that this had room for."""
    older = path.with_suffix(".older")
    db = apsw.Connection(str(older))
    for number, step in enumerate(MIGRATIONS[:schema], 1):
        step(db)
        db.pragma("user_version", number)
    db.execute("ATTACH ? AS newer", (str(path),))
    tables = db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    for (table,) in tables:
        columns = ", ".join(str(row[1]) for row in db.execute(f"PRAGMA main.table_info({table})"))
        db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
    db.execute("DETACH newer")
    if schema < 3:
        _without_unread(db)
    db.close()
    older.replace(path)


def _without_unread(db: apsw.Connection) -> None:
    """As it was before documents said what was not read of them."""
    for line, seal in db.execute("SELECT json, seal FROM outcome").fetchall():
        shorter = str(line).replace(',"unread":[]', "")
        new = hashlib.sha256(shorter.encode()).hexdigest()
        db.execute("UPDATE outcome SET json = ?, seal = ? WHERE seal = ?", (shorter, new, seal))
        db.execute("UPDATE reading SET document_seal = ? WHERE document_seal = ?", (new, seal))
